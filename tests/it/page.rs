//! The report page in a real browser: headless Chromium draws it, and its own text comes back.

use super::{folder, root, run_in, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The browser, where there is one. In CI there must be.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    let found = std::env::var_os("TWICETOLD_BROWSER").map(PathBuf::from).or(found);
    if found.is_none() {
        assert!(
            std::env::var_os("TWICETOLD_NEEDS_BROWSER").is_none(),
            "no browser on PATH, and TWICETOLD_NEEDS_BROWSER is set"
        );
        eprintln!("skipped: no Chromium on PATH; install one to test the report page");
    }
    found
}

/// Runs the browser on a local page and gives what it prints.
fn browse(browser: &Path, page: &Path, args: &[&str]) -> Option<String> {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--hide-scrollbars",
            "--virtual-time-budget=2000",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(args)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

const HOSTILE: &str = "<script>document.title = 'owned'</script> & <img src=x onerror=\"document.title='owned'\"> {{ 7 * 7 }} \
    {% raw %} </style></script><!-- stand in the middle of a sentence that is long enough to be a paragraph of its own.";

#[test]
fn text_of_articles_arrives_as_text() {
    let article = format!("{HOSTILE}\n\nSomething else stands between the two of them.\n\n{HOSTILE}\n");
    let at = folder(&[("a<b>\"&.txt", article.as_bytes())]);
    let output = run_in(at.path(), &["check", ".", "--isolated", "--output-format", "html=page.html"]);
    assert_eq!(output.status.code(), Some(1));
    let page = std::fs::read_to_string(at.path().join("page.html")).unwrap();
    assert!(
        !page.contains("<script") && !page.contains("<img") && !page.contains("{{ 7 * 7 }}<"),
        "nothing of the article is markup"
    );
    assert!(page.contains("&lt;script&gt;"));
    let Some(browser) = browser() else { return };
    let drawn =
        browse(&browser, &at.path().join("page.html"), &["--dump-dom"]).expect("the browser draws the page");
    assert!(drawn.contains("<title>twicetold: 1 finding</title>"), "no script of the article ran");
    assert!(
        drawn.contains("&lt;script&gt;document.title = 'owned'&lt;/script&gt; &amp; &lt;img src=x"),
        "{drawn}"
    );
    assert!(drawn.contains("{{ 7 * 7 }}"));
}

#[test]
fn the_page_is_drawn_in_both_themes() {
    let at = folder(&[]);
    let page = at.path().join("page.html");
    let target = format!("html={}", page.display());
    let output = run_in(
        root(),
        &["check", "seeds", "--isolated", "--output-format", &target, "--output-format", "concise"],
    );
    assert!(stdout(&output).contains("TT210"));
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(!text.contains("http://") && !text.contains("https://"), "nothing is fetched");
    let Some(browser) = browser() else { return };
    let keep = std::env::var_os("TWICETOLD_SCREENSHOTS").map(PathBuf::from);
    let mut sizes = Vec::new();
    for (theme, scheme) in [
        ("light", "--blink-settings=preferredColorScheme=1"),
        ("dark", "--blink-settings=preferredColorScheme=0"),
    ] {
        let file = keep.as_deref().unwrap_or(at.path()).join(format!("seeds-{theme}.png"));
        let shot = format!("--screenshot={}", file.display());
        browse(&browser, &page, &[&shot, "--window-size=1280,2600", scheme])
            .expect("the browser draws the page");
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 20_000, "{theme}: an empty page");
        sizes.push(bytes);
    }
    assert_ne!(sizes[0], sizes[1], "the themes differ");
}
