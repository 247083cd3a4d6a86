//! `--watch` looks again when something changes, and only then.

use super::{folder, twicetold};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const FERRY: &str = "The ferry to Lemden will not sail on Sunday, as divers have to look at its propeller, the harbour office said in the morning.";

/// How long a run may take to hear of a change, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run that watches, and the lines it says.
struct Watched {
    child: Child,
    lines: Receiver<String>,
}

impl Watched {
    fn start(at: &Path, args: &[&str]) -> Self {
        let mut command = twicetold();
        command.args(["check", "--watch"]).args(args).current_dir(at);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let told = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || told.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// What the next look says, up to the word that it waits.
    fn look(&self) -> Vec<String> {
        let mut look = Vec::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("after {look:?}"));
            if line.starts_with("watching") {
                return look;
            }
            // The output of the run lies among the articles, and is none.
            look.push(line.split(", 1 file not").next().unwrap().to_owned());
        }
    }

    fn is_silent(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(1500)).is_err()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[test]
fn a_change_is_looked_at() {
    let at = folder(&[("news/a.md", FERRY.as_bytes()), ("twicetold.toml", b"")]);
    let write = |name: &str, text: &str| std::fs::write(at.path().join(name), text).unwrap();
    let watched = Watched::start(
        at.path(),
        &["news", "--output-format", "json=news/out.json", "--output-format", "concise"],
    );
    assert_eq!(watched.look(), ["no findings in 1 document"]);
    // What the run writes, what is read, and what is hidden are no changes.
    std::fs::read(at.path().join("news/a.md")).unwrap();
    write("news/out.json", "{}");
    write("news/.a.md.swp", "x");
    assert!(watched.is_silent());
    write("news/a.md", &format!("{FERRY}\n\nThen this.\n\n{FERRY}\n"));
    assert_eq!(watched.look(), ["1 error in 1 document"]);
    write("news/b.md", FERRY);
    assert!(watched.look()[0].contains("in 2 documents"));
    // Saved as editors save, by another file that takes its name.
    write("news/c.tmp", "Nothing of this was said before, as far as anybody here remembers.\n");
    std::fs::rename(at.path().join("news/c.tmp"), at.path().join("news/a.md")).unwrap();
    assert!(watched.look().last().unwrap().contains("in 2 documents"));
    std::fs::remove_file(at.path().join("news/a.md")).unwrap();
    let mut last = watched.look();
    // Slow machines hear of the renaming in two steps.
    while last.last().unwrap().contains("2 documents") {
        last = watched.look();
    }
    assert_eq!(last, ["no findings in 1 document"]);
    // A folder that goes and comes back.
    std::fs::remove_dir_all(at.path().join("news")).unwrap();
    // The output lay in it as well: that it cannot be written is told, too.
    while !watched.look().iter().any(|line| line.contains("skipped")) {}
    std::fs::create_dir(at.path().join("news")).unwrap();
    write("news/a.md", FERRY);
    while watched.look() != ["no findings in 1 document"] {}
    write("news/b.md", &format!("{FERRY}\n\nThen this.\n\n{FERRY}\n"));
    while !watched.look().last().unwrap().contains("in 2 documents") {}
    std::fs::remove_file(at.path().join("news/b.md")).unwrap();
    while watched.look() != ["no findings in 1 document"] {}
    // A configuration that is wrong is told, and may be mended.
    write("twicetold.toml", "exclud = 1\n");
    assert!(watched.look()[0].starts_with("error: failed to read the configuration"));
    write("twicetold.toml", "[rules]\nTT100 = \"off\"\n");
    assert_eq!(watched.look(), ["no findings in 1 document"]);
}

#[test]
fn what_cannot_be_watched_is_told() {
    let at = folder(&[("a.md", FERRY.as_bytes())]);
    for args in [
        &["nowhere.md"][..],
        &["."],
        &["a.md", "--config", "none.toml"],
        &["a.md", "--fix"],
        &["a.md", "--diff"],
    ] {
        let mut command = twicetold();
        command.args(["check", "--watch"]).args(args).current_dir(at.path());
        if args == ["."] {
            // Nothing to read is nothing to watch.
            std::fs::remove_file(at.path().join("a.md")).unwrap();
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{args:?}");
        if args == ["."] {
            std::fs::write(at.path().join("a.md"), FERRY).unwrap();
        }
    }
}
