//! `--watch`: looks again whenever something that is read changes.

use crate::args::Check;
use crate::trouble::Trouble;
use crate::{Outcome, screen, settings};
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long nothing must change before it is looked again: an editor that saves makes several changes.
const QUIET: Duration = Duration::from_millis(150);

/// Clears a terminal and goes to its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[H";

/// Looks, waits for a change, and looks again, until the process is ended. What is wrong is told, and may be right the next
/// time.
pub(super) fn run(args: &Check, look: impl Fn() -> Result<Outcome, Trouble>) -> Result<Outcome, Trouble> {
    let trouble = |error: notify::Error| Trouble::Usage(format!("failed to watch: {error}"));
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(trouble)?;
    let watched = Watched::of(args);
    for (folder, mode) in watched.folders() {
        watcher.watch(&folder, mode).map_err(trouble)?;
    }
    // What cannot be done at all is said at once, and not when something changes.
    clear()?;
    if look()? == Outcome::Incomplete {
        return Ok(Outcome::Incomplete);
    }
    loop {
        screen::tell("watching; Ctrl-C ends it");
        if !wait(&events, &watched) {
            return Err(Trouble::Usage("failed to watch: the system tells of no more changes".to_owned()));
        }
        // A folder that went and came back is another one to the system.
        for (folder, mode) in watched.folders() {
            _ = watcher.unwatch(&folder);
            _ = watcher.watch(&folder, mode);
        }
        clear()?;
        if let Err(trouble) = look() {
            screen::tell(&format!("error: {trouble}"));
        }
    }
}

fn clear() -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    if !out.is_terminal() {
        return Ok(());
    }
    out.write_all(CLEAR.as_bytes()).and_then(|()| out.flush()).map_err(Trouble::Output)
}

/// Waits for changes until there are none for a while; `false` where none can come any more.
fn wait(events: &Receiver<notify::Result<Event>>, watched: &Watched) -> bool {
    loop {
        match events.recv() {
            Err(_) => return false,
            Ok(Ok(event)) if !watched.is_changed(&event) => {}
            // A change, or one that was lost.
            Ok(_) => break,
        }
    }
    while events.recv_timeout(QUIET).is_ok() {}
    true
}

/// What decides what is found, by absolute paths.
struct Watched {
    /// Folders, with all that is in them.
    folders: Vec<PathBuf>,
    /// Files: the articles that are named, the configuration, and what both name.
    files: Vec<PathBuf>,
    /// What a run itself writes.
    own: Vec<PathBuf>,
}

impl Watched {
    fn of(args: &Check) -> Self {
        let input = &args.input;
        let named = input.paths.iter().chain(&args.scope.against).chain(&args.config.rules);
        let named = named.chain(&input.metadata).chain(&args.baseline.baseline).cloned();
        // A configuration that is wrong is told by the first look.
        let layers = settings::layers(&args.config.file, &input.paths).unwrap_or_default();
        let here = input.paths.is_empty().then(|| PathBuf::from("."));
        let absolute = |path: PathBuf| std::path::absolute(path).ok();
        let (folders, files) = named
            .chain(layers.files())
            .chain(here)
            .filter(|path| path != Path::new("-"))
            .filter_map(absolute)
            .partition(|path| path.is_dir());
        let own = args.output_format.iter().filter_map(|output| output.file.clone());
        Self { folders, files, own: own.filter_map(absolute).collect() }
    }

    /// The folders to hear of: a file that is replaced by another one is heard of only there.
    fn folders(&self) -> impl Iterator<Item = (PathBuf, RecursiveMode)> {
        let named = self.files.iter().chain(&self.folders);
        let parents = named.filter_map(|path| path.parent()).filter(|folder| folder.is_dir());
        let parents: BTreeSet<&Path> = parents.filter(|folder| !self.covers(folder)).collect();
        let parents = parents.into_iter().map(|folder| (folder.to_owned(), RecursiveMode::NonRecursive));
        let folders = self.folders.iter().filter(|folder| folder.is_dir());
        parents.chain(folders.map(|folder| (folder.clone(), RecursiveMode::Recursive)))
    }

    fn covers(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Whether an event changes what is found: not what is only read, what the run itself writes, and what is hidden, but
    /// for the index and the branch of git.
    fn is_changed(&self, event: &Event) -> bool {
        let is_change = |path: &PathBuf| {
            self.files.contains(path)
                || self.covers(path) && !self.is_own(path) && (is_of_git(path) || !self.is_hidden(path))
        };
        !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_change)
    }

    /// An output, or the file that is to become one.
    fn is_own(&self, path: &Path) -> bool {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.own.iter().any(|own| path.parent() == own.parent() && name(path).starts_with(&name(own)))
    }

    fn is_hidden(&self, path: &Path) -> bool {
        // Where the folder itself lies is nobody's business.
        if self.folders.iter().any(|folder| folder == path) {
            return false;
        }
        let below = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        below.min_by_key(|path| path.as_os_str().len()).is_some_and(|below| {
            below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
        })
    }
}

fn is_of_git(path: &Path) -> bool {
    path.ends_with(".git/index") || path.ends_with(".git/HEAD")
}
