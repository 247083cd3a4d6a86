//! The report page in a real browser: what a person reads, clicks, presses, saves and prints.

use super::browser::Screen;
use super::{folder, root, run_in, stdout};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The page of `check` with these arguments.
fn page(at: &Path, args: &[&str]) -> PathBuf {
    let file = at.join("page.html");
    let target = format!("html={}", file.display());
    let output = run_in(root(), &[&["check", "--isolated", "-q", "--output-format", &target], args].concat());
    assert!(output.status.code() != Some(2), "{}", super::stderr(&output));
    file
}

/// The page of a report that is made up.
fn page_of(at: &Path, report: &Value) -> PathBuf {
    std::fs::write(at.join("report.json"), report.to_string()).unwrap();
    let output = run_in(at, &["report", "report.json", "-q", "--output-format", "html=page.html"]);
    assert_eq!(output.status.code(), Some(0), "{}", super::stderr(&output));
    at.join("page.html")
}

/// So many copies of made-up words, no two of one text.
fn many(n: usize) -> Value {
    const WORDS: [&str; 16] = [
        "harbour", "council", "bridge", "market", "winter", "budget", "station", "river", "school", "strike",
        "vote", "museum", "tunnel", "mayor", "festival", "flood",
    ];
    let mut seed = 7_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{}{}", WORDS[(seed >> 33) as usize % 16], (seed >> 40) % 997)
    };
    let place = |byte: usize, line: usize| json!({ "byte": byte, "line": line, "column": 1 });
    let finding = |number: usize| {
        let words: Vec<String> = (0..60).map(|_| word()).collect();
        let quote = words.join(" ");
        let member = |path: &str, role: &str| {
            json!({ "path": path, "start": place(0, 1), "end": place(quote.len(), 1), "quote": quote, "role": role,
                "context": [{ "line": 1, "text": quote }] })
        };
        let (one, two) = (format!("a/{number}.md"), format!("b/{number}.md"));
        let (code, severity) = [("TT100", "error"), ("TT101", "warning"), ("TT104", "info")][number % 3];
        json!({
            "code": code, "rule": "copied-across", "severity": severity, "message": format!("number {number} stands again"),
            "fingerprint": format!("{number:032x}"), "overlap": 58, "union": 58, "help": "keep one of the two",
            "members": [member(&one, "original"), member(&two, "copy")],
            "evidence": { "relation": "exact", "blocks": 1, "words": 60, "shared_words": 60, "articles": 2, "sha256": "0" }
        })
    };
    let findings: Vec<Value> = (0..n).map(finding).collect();
    let documents: Vec<Value> = (0..n)
        .flat_map(|number| ["a", "b"].map(|side| json!({ "path": format!("{side}/{number}.md"), "source": format!("Paper {side}{}", number % 9), "lang": "en", "blocks": 9, "words": 900, "bytes": 6000 })))
        .collect();
    let by = |n: usize| n / 3;
    json!({
        "schema_version": 1, "tool": { "name": "twicetold", "version": "0" },
        "settings": { "jaccard": "0.5", "containment": "0.5", "min_words": 8, "inside_words": 10, "across_words": 20, "packs": [], "rules": 0 },
        "documents": documents, "skipped": [], "findings": findings, "clusters": [],
        "stats": { "documents": 2 * n, "blocks": 18 * n, "furniture": 0, "boilerplate": 0, "words": 1800 * n, "claims": 0, "skipped": 0,
            "by_code": {}, "by_severity": { "error": by(n + 2), "warning": by(n + 1), "info": by(n) } }
    })
}

/// Where pictures are kept, for people to look at.
fn keep(name: &str, picture: &[u8]) {
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 20_000, "{name}: an empty page");
    if let Some(folder) = std::env::var_os("TWICETOLD_SCREENSHOTS") {
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), picture).unwrap();
    }
}

const SHOWN: &str = "document.querySelectorAll('#list > article').length";

#[test]
fn text_of_articles_arrives_as_text() {
    let markup = "<script>document.title = 'owned'</script> & <img src=x onerror=\"document.title='owned'\"> {{ 7 * 7 }} \
        {% raw %} </style></script><!-- ]]> stand in the middle of a sentence that is long enough to be a paragraph.";
    let signs = "Signs that a screen obeys \u{202e}stand here\u{202c} with \u{1b}[31m and \u{7} in them, and a\u{300}\u{301}\u{302}\u{303}\u{304} too.";
    let word = "Wort".repeat(250_000);
    let long = format!(
        "Before the word there are some words of no weight {word} and behind it there are some more of them."
    );
    let article = format!(
        "{markup}\n\n{signs}\n\n{long}\n\nSomething else stands between the two.\n\n{markup}\n\n{signs}\n\n{long}\n"
    );
    let at = folder(&[("a<b>\"&.txt", article.as_bytes())]);
    let output = run_in(
        at.path(),
        &["check", ".", "--isolated", "--output-format", "html=page.html", "--output-format", "json=r.json"],
    );
    assert_eq!(output.status.code(), Some(1));
    let page = std::fs::read_to_string(at.path().join("page.html")).unwrap();
    assert!(!page.contains("<script>document") && !page.contains("<img") && !page.contains("{{ 7 * 7 }}<"));
    assert!(page.contains("&lt;script&gt;"));
    assert!(page.chars().all(|c| !c.is_control() || c == '\n'), "no sign is obeyed");
    assert!(!page.contains('\u{202e}'));
    let Some(screen) = Screen::open(&at.path().join("page.html")) else { return };
    let title: String = screen.eval("document.title");
    assert!(title.starts_with("twicetold: "), "no script of the article ran: {title}");
    let text: String = screen.eval("document.querySelector('article').textContent");
    assert!(text.contains("<script>document.title = 'owned'</script> & <img src=x"), "{text}");
    assert!(text.contains("{{ 7 * 7 }}"));
    assert!(
        screen.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"),
        "the long word stays in its box"
    );
    // The whole of it is there, folded, and arrives in the export as it is in the file.
    let saved = screen.saved(at.path(), "document.getElementById('json').click()", "findings.json");
    let report: Value = serde_json::from_slice(&std::fs::read(at.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&saved).unwrap(), report["findings"]);
    assert_eq!(screen.troubles(), Vec::<String>::new());
}

#[test]
fn a_person_finds_their_way() {
    let at = folder(&[]);
    let file = page(at.path(), &["seeds"]);
    let Some(screen) = Screen::open(&file) else { return };
    assert_eq!(screen.eval::<usize>(SHOWN), 8);
    // Filters, one by one and together; the counts follow.
    let choose = |id: &str, value: &str| {
        format!(
            "document.getElementById('{id}').value = '{value}'; document.getElementById('{id}').dispatchEvent(new Event('input', {{ bubbles: true }}))"
        )
    };
    screen.after(&choose("severity", "warning"), &format!("{SHOWN} === 3"));
    assert_eq!(screen.eval::<String>("document.getElementById('status').textContent"), "3 of 8 findings");
    let chip = |code: &str| format!("document.querySelector('.chip[data-kind={code}] .count').textContent");
    assert_eq!(screen.eval::<String>(&chip("TT100")), "0", "counts follow");
    assert_eq!(screen.eval::<String>(&chip("TT103")), "2");
    screen.after(&choose("kind", "TT210"), &format!("{SHOWN} === 1"));
    assert_eq!(screen.eval::<String>(&chip("TT103")), "2", "a kind that is not chosen can be");
    screen.after(&choose("severity", "error"), &format!("{SHOWN} === 0"));
    assert!(
        screen.eval::<String>("document.getElementById('status').textContent").starts_with("No finding of 8")
    );
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    screen.after(&choose("rule", "birthday-greeting"), &format!("{SHOWN} === 1"));
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    screen.after(&choose("source", "004_"), &format!("{SHOWN} === 2"));
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    screen.after(&choose("words", "200"), &format!("{SHOWN} === 1"));
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    screen.after("document.querySelector('.chip[data-kind=TT100]').click()", &format!("{SHOWN} === 2"));
    assert_eq!(screen.eval::<String>("document.querySelector('.chip[data-kind=TT100]').ariaPressed"), "true");
    screen.after("document.querySelector('.chip[data-kind=TT100]').click()", &format!("{SHOWN} === 8"));
    // Sorting.
    screen.after(
        &choose("sort", "words"),
        "document.querySelector('#list article .facts')?.textContent.startsWith('249 words')",
    );
    screen.after(
        &choose("sort", "place"),
        "document.querySelector('#list article').textContent.includes('000_')",
    );
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    // Keys: `/` leads to the search, whose words may stand anywhere in a finding.
    screen.press("/");
    assert_eq!(screen.eval::<String>("document.activeElement.id"), "search");
    screen.write("ammunition");
    screen.wait(&format!("{SHOWN} === 1"));
    screen.press("Escape");
    screen.after("document.querySelector('[type=reset]').click()", &format!("{SHOWN} === 8"));
    let current = "[...document.querySelectorAll('#list > article')].indexOf(document.activeElement)";
    screen.press("j");
    screen.wait(&format!("{current} === 0"));
    screen.press("j");
    screen.wait(&format!("{current} === 1"));
    screen.press("n");
    screen.wait(&format!("{current} === 2"));
    screen.press("k");
    screen.wait(&format!("{current} === 1"));
    screen.press("n");
    screen.wait(&format!("{current} === 2"));
    screen.press("p");
    screen.wait(&format!("{current} === 0"));
    screen.press("?");
    screen.wait("document.getElementById('help').open");
    screen.press("Escape");
    screen.wait("!document.getElementById('help').open");
    // A link leads to its finding, also to one that is filtered out.
    let anchor: String = screen.eval("document.querySelectorAll('#list > article')[4].id");
    screen.after(&choose("kind", "TT210"), &format!("{SHOWN} === 1"));
    screen
        .after(&format!("location.hash = '{anchor}'"), &format!("document.activeElement.id === '{anchor}'"));
    assert_eq!(screen.eval::<usize>(SHOWN), 8);
    screen.after(
        &format!("document.querySelector('.copy-link[data-anchor={anchor}]').click()"),
        &format!("document.querySelector('.copy-link[data-anchor={anchor}]').textContent !== 'Copy link'"),
    );
    // Long texts are folded, and open without a script.
    assert!(screen.eval::<bool>("document.querySelector('details.fold').open === false"));
    screen.after(
        "document.querySelector('details.fold summary').click()",
        "document.querySelector('details.fold').open",
    );
    // Themes.
    let ground = "getComputedStyle(document.body).backgroundColor";
    let light: String = screen.eval(ground);
    screen.after(
        "document.getElementById('theme').click(); document.getElementById('theme').click()",
        "document.documentElement.dataset.theme === 'dark'",
    );
    assert_ne!(screen.eval::<String>(ground), light);
    screen.after("document.getElementById('theme').click()", "!document.documentElement.dataset.theme");
    // Plain text, to be copied.
    screen.after(
        "document.getElementById('plain').click()",
        "document.getElementById('text').textContent.includes('error[TT200] who sent birthday greetings')",
    );
    screen.after("document.getElementById('plain').click()", "document.getElementById('text').hidden");
    // Maps of articles lead to findings.
    screen.after("document.querySelector('.overview').open = true; document.querySelector('.strip [data-go]').dispatchEvent(new MouseEvent('click', { bubbles: true }))", "document.activeElement.matches('#list > article')");
    // On paper there are no buttons.
    screen.emulate("light", "print");
    assert_eq!(screen.eval::<String>("getComputedStyle(document.querySelector('.filters')).display"), "none");
    screen.emulate("light", "");
    assert!(screen.pdf().starts_with(b"%PDF"));
    assert_eq!(screen.troubles(), Vec::<String>::new());
}

#[test]
fn what_is_filtered_is_saved() {
    let at = folder(&[]);
    let file = page(
        at.path(),
        &["seeds", "--output-format", &format!("csv={}", at.path().join("all.csv").display())],
    );
    let Some(screen) = Screen::open(&file) else { return };
    // The page sorts by severity, so rows are compared in an order of their own.
    let rows = |text: &str| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().skip(1).map(str::to_owned).collect()).collect();
        rows.sort();
        (head, rows)
    };
    let saved = screen.saved(at.path(), "document.getElementById('csv').click()", "findings.csv");
    let all = std::fs::read_to_string(at.path().join("all.csv")).unwrap();
    assert_eq!(rows(&saved), rows(&all), "the page saves what the program writes");
    screen.after("document.querySelector('.chip[data-kind=TT210]').click()", &format!("{SHOWN} === 1"));
    let saved = screen.saved(at.path(), "document.getElementById('json').click()", "findings.json");
    let saved: Value = serde_json::from_str(&saved).unwrap();
    assert_eq!(saved.as_array().map(Vec::len), Some(1));
    assert_eq!(saved[0]["code"], "TT210");
    assert_eq!(saved[0]["members"].as_array().map(Vec::len), Some(4));
}

#[test]
fn five_thousand_findings_are_quick_to_read() {
    let at = folder(&[]);
    let file = page_of(at.path(), &many(5000));
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("<article id=").count(), 50, "the first are there without a script");
    assert!(text.contains("the other 4950 need a script"));
    let Some(screen) = Screen::open(&file) else { return };
    let paint: f64 = screen.eval("new Promise((done) => { const seen = () => { const [paint] = performance.getEntriesByName('first-contentful-paint'); if (paint) done(paint.startTime); else setTimeout(seen, 20); }; seen(); })");
    let usable: f64 = screen.eval("performance.getEntriesByName('usable')[0].startTime");
    eprintln!(
        "5000 findings: {} KB, first paint after {paint:.0} ms, usable after {usable:.0} ms",
        text.len() / 1024
    );
    assert!(paint < 2000.0 && usable < 4000.0, "{paint} {usable}");
    assert!(text.len() < 8 << 20, "{} bytes", text.len());
    assert_eq!(screen.eval::<usize>(SHOWN), 50);
    // More come when one scrolls to the end, and the last by its link.
    screen.wait(&format!(
        "(document.getElementById('end').scrollIntoView({{ behavior: 'instant' }}), {SHOWN} >= 100)"
    ));
    let last = format!("f-{:032x}", 4999);
    screen.after(&format!("location.hash = '{last}'"), &format!("document.activeElement.id === '{last}'"));
    let started = std::time::Instant::now();
    screen.after(
        "document.getElementById('search').value = 'number 4998 stands'; document.getElementById('search').dispatchEvent(new Event('input', { bubbles: true }))",
        &format!("{SHOWN} === 1"),
    );
    eprintln!("a search of all took {} ms", started.elapsed().as_millis());
    assert_eq!(
        screen.eval::<String>("document.querySelector('#list h3').textContent"),
        "Number 4998 stands again"
    );
    assert_eq!(screen.troubles(), Vec::<String>::new());
    for (scheme, width) in [("light", 1280), ("dark", 390)] {
        screen.emulate(scheme, "");
        screen.after(
            "scrollTo({ top: 0, behavior: 'instant' }); document.querySelector('[type=reset]').click()",
            &format!("{SHOWN} >= 50"),
        );
        keep(&format!("many-{scheme}-{width}"), &screen.picture(width, 2400));
    }
}

/// The pages that are looked at: the seeds, some forty articles, a difference of two and of three.
fn pages(at: &Path) -> Vec<(&'static str, PathBuf)> {
    let cases: Vec<String> = [
        "a-01-flood",
        "a-02-election",
        "a-04-football-final",
        "a-06-merger",
        "b-01-flood",
        "b-02-election",
        "b-05-court-case",
        "c-01-flood",
        "c-08-storm",
        "d-09-strike",
    ]
    .iter()
    .map(|name| format!("tests/cases/story-{name}"))
    .chain(
        [
            "drifted-copy",
            "copied-across",
            "pasted-twice",
            "slips-inside",
            "shared-quotes",
            "changed-between-versions",
        ]
        .map(|name| format!("tests/cases/{name}")),
    )
    .collect();
    let seeds = at.join("seeds.html");
    std::fs::rename(page(at, &["seeds"]), &seeds).unwrap();
    let forty = at.join("forty.html");
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    std::fs::rename(page(at, &[&cases[..], &["--exclude", "expected.txt"]].concat()), &forty).unwrap();
    let diff = |name: &str, witnesses: &[&str]| {
        let file = at.join(name);
        let target = format!("html={}", file.display());
        let output =
            run_in(root(), &[&["diff", "--isolated", "-q", "--output-format", &target], witnesses].concat());
        assert_eq!(output.status.code(), Some(1), "{}", super::stderr(&output));
        file
    };
    let versions = ["tests/versions/first.md", "tests/versions/second.md", "tests/versions/third.md"];
    let pair = diff("pair.html", &versions[..2]);
    let three = diff("three.html", &versions);
    vec![("seeds", seeds), ("forty", forty), ("pair", pair), ("three", three)]
}

#[test]
fn the_pages_are_for_everybody() {
    let at = folder(&[]);
    let pages = pages(at.path());
    let text = std::fs::read_to_string(&pages[0].1).unwrap();
    assert!(!text.contains("http://") && !text.contains("https://"), "nothing is fetched");
    let Some(screen) = Screen::open(&pages[0].1) else { return };
    // The picture in the README.
    screen.emulate("light", "");
    keep("report", &screen.picture(1100, 1480));
    for (name, file) in &pages {
        let mut pictures = Vec::new();
        for scheme in ["light", "dark"] {
            screen.emulate(scheme, "");
            screen.go(file);
            for width in [1280, 390] {
                let picture = screen.picture(width, 4000);
                keep(&format!("{name}-{scheme}-{width}"), &picture);
                pictures.push(picture);
                assert!(
                    screen.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"),
                    "{name} is too wide for {width}"
                );
            }
            // With all that is folded.
            let _: bool = screen
                .eval("(document.querySelectorAll('details').forEach((one) => { one.open = true; }), true)");
            keep(&format!("{name}-{scheme}-open"), &screen.picture(1280, 6000));
            assert_eq!(screen.axe().unwrap_or_default(), Vec::<String>::new(), "{name}, {scheme}");
        }
        assert_ne!(pictures[0], pictures[2], "{name}: the themes differ");
    }
    assert_eq!(screen.troubles(), Vec::<String>::new());
}

#[test]
fn a_newsroom_brands_the_page() {
    let at = folder(&[]);
    let written = run_in(at.path(), &["templates", "house"]);
    assert_eq!(written.status.code(), Some(0));
    let frame = std::fs::read_to_string(at.path().join("house/frame.html")).unwrap();
    std::fs::write(
        at.path().join("house/frame.html"),
        frame.replace("%}twicetold{%", "%}The Harbour <Post>{%"),
    )
    .unwrap();
    let style = std::fs::read_to_string(at.path().join("house/page.css")).unwrap();
    std::fs::write(at.path().join("house/page.css"), format!("{style}.brand {{ color: rgb(1, 2, 3) }}\n"))
        .unwrap();
    // What is there stays, and the rest is the program's own.
    let again = run_in(at.path(), &["templates", "house"]);
    assert!(super::stderr(&again).contains("frame.html is there already"));
    std::fs::remove_file(at.path().join("house/finding.html")).unwrap();
    let house = at.path().join("house").display().to_string();
    let file = page(at.path(), &["seeds", "--template", &house]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("The Harbour <Post>") && text.contains("<article id="));
    if let Some(screen) = Screen::open(&file) {
        assert_eq!(
            screen.eval::<String>("getComputedStyle(document.querySelector('.brand')).color"),
            "rgb(1, 2, 3)"
        );
        assert_eq!(
            screen.troubles(),
            Vec::<String>::new(),
            "the script is still the one that the policy names"
        );
    }
}

#[test]
fn a_template_that_is_none_is_told() {
    let at = folder(&[
        ("house/page.html", b"{% block body %}\n{{ report. }}"),
        ("empty/notes.txt", b""),
        ("a.txt", b"One paragraph."),
    ]);
    let run = |template: &str| {
        run_in(
            at.path(),
            &["check", "a.txt", "--isolated", "--template", template, "--output-format", "html=out.html"],
        )
    };
    for (template, told) in [("house", "page.html"), ("empty", "no template in it"), ("nowhere", "nowhere")] {
        let output = run(template);
        assert_eq!(output.status.code(), Some(2), "{template}");
        assert!(super::stderr(&output).contains(told), "{}", super::stderr(&output));
        assert!(!at.path().join("out.html").exists());
    }
    std::fs::write(at.path().join("house/page.html"), "{{ nothing() }}").unwrap();
    let output = run("house");
    assert_eq!(output.status.code(), Some(2));
    assert!(super::stderr(&output).contains("page.html:1"), "{}", super::stderr(&output));
    assert!(!at.path().join("out.html").exists(), "nothing is half-written");
}

#[test]
fn a_page_of_nothing_says_so() {
    let at = folder(&[("a.txt", b"One paragraph that stands once and says nothing twice.")]);
    let output = run_in(at.path(), &["check", "a.txt", "--isolated", "--output-format", "html"]);
    assert!(stdout(&output).contains("Nothing stands twice, and no two statements disagree."));
}

#[test]
fn texts_side_by_side_scroll_together() {
    let sentence = |number: usize, word: &str| {
        format!(
            "Sentence {number} of the long paragraph says that the {word} was seen by someone near the river at noon. "
        )
    };
    let text = |word: &str| {
        (0..40)
            .map(|number| sentence(number, if number % 3 == 0 { word } else { "boat" }))
            .collect::<String>()
    };
    let at = folder(&[("a.txt", text("heron").as_bytes()), ("b.txt", text("swan").as_bytes())]);
    let a = at.path().join("a.txt").display().to_string();
    let b = at.path().join("b.txt").display().to_string();
    let file = page(at.path(), &[&a, &b]);
    let Some(screen) = Screen::open(&file) else { return };
    let panes = "document.querySelectorAll('.synced blockquote')";
    assert!(screen.eval::<bool>(&format!("{panes}[0].scrollHeight > {panes}[0].clientHeight + 100")));
    screen.after(&format!("{panes}[0].scrollTop = 150"), &format!("{panes}[1].scrollTop > 100"));
    assert!(screen.eval::<usize>("document.querySelectorAll('.synced ins').length") > 5);
}
