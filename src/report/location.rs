//! Where a member stands, as machines want to hear it: a path from the root of the repository, and lines of that file.

use super::model::{DocumentView, FindingView, MemberView, PositionView, Report};
use rustc_hash::FxHashMap;

/// The way from the root of the repository to the folder that paths are given from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The root, `/`-separated and absolute.
    root: String,
    /// Below it the folder, `/`-separated; empty for the root itself.
    folder: String,
}

impl Base {
    /// A repository and the folder in it that paths are given from, both absolute; `None` where it does not lie in it.
    pub fn new(root: &std::path::Path, folder: &std::path::Path) -> Option<Self> {
        let below = folder.strip_prefix(root).ok()?;
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(Self { root: crate::corpus::shown_path(root), folder: parts.join("/") })
    }

    /// A path from the root; one that lies outside stays as it is.
    pub fn of(&self, path: &str) -> String {
        let (start, path) = match path.strip_prefix(&self.root).and_then(|below| below.strip_prefix('/')) {
            Some(below) => ("", below),
            None if path.starts_with('/') => return path.to_owned(),
            None => (self.folder.as_str(), path),
        };
        let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
            match part {
                ".." if parts.pop().is_none() => return path.to_owned(),
                ".." => {}
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location<'a> {
    /// The file, from the root of the repository where that is known.
    pub(super) path: String,
    /// Start and end; `None` where lines are not those of the file.
    pub(super) lines: Option<(&'a PositionView, &'a PositionView)>,
    /// The record or the part, where the file is not it.
    pub(super) record: Option<&'a str>,
}

/// The files of a report.
pub(super) struct Locations<'a> {
    documents: FxHashMap<&'a str, &'a DocumentView>,
    base: Option<&'a Base>,
}

impl<'a> Locations<'a> {
    pub(super) fn new(report: &'a Report, base: Option<&'a Base>) -> Self {
        let documents = report.documents.iter().map(|document| (document.path.as_str(), document)).collect();
        Self { documents, base }
    }

    /// Where a member stands; `None` for what stands in no file, as facts that come with the program do.
    pub(super) fn of(&self, member: &'a MemberView) -> Option<Location<'a>> {
        if member.path.starts_with("builtin:") {
            return None;
        }
        let document = self.documents.get(member.path.as_str());
        let file = document.and_then(|document| document.file.as_deref());
        let path = file.unwrap_or(&member.path);
        let has_lines = document.is_none_or(|document| !document.own_lines);
        Some(Location {
            path: self.base.map_or_else(|| path.to_owned(), |base| base.of(path)),
            lines: has_lines.then_some((&member.start, &member.end)),
            record: file
                .and_then(|file| member.path.strip_prefix(file))
                .map(|rest| rest.trim_start_matches(['#', '!'])),
        })
    }

    /// Where else a finding stands, in words: `wire/a.md:14, live/b.md:3`; empty where it stands in one place only.
    pub(super) fn elsewhere(&self, others: &[&'a MemberView]) -> String {
        others.iter().map(|member| named(self, member)).collect::<Vec<_>>().join(", ")
    }

    /// The message of a finding, with where else it stands.
    pub(super) fn message(&self, finding: &FindingView, others: &[&'a MemberView]) -> String {
        match others {
            [] => finding.message.clone(),
            others => format!("{} (also at {})", finding.message, self.elsewhere(others)),
        }
    }

    /// Where the member to look at first stands, and the others.
    pub(super) fn told(&self, finding: &'a FindingView) -> Option<(Location<'a>, Vec<&'a MemberView>)> {
        let in_file = |member: &&MemberView| self.of(member).is_some();
        let first = finding.first().filter(in_file).or_else(|| finding.members.iter().find(in_file))?;
        let others = finding.members.iter().filter(|member| !std::ptr::eq(*member, first)).collect();
        Some((self.of(first)?, others))
    }
}

/// `wire/a.md:14`, for messages.
pub(super) fn shown(location: &Location<'_>) -> String {
    let line = location.lines.map(|(start, _)| format!(":{}", start.line)).unwrap_or_default();
    match location.record {
        Some(record) => format!("{}#{record}{line}", location.path),
        None => format!("{}{line}", location.path),
    }
}

/// Where a member stands in words, also what stands in no file.
pub(super) fn named(locations: &Locations<'_>, member: &MemberView) -> String {
    locations
        .of(member)
        .map_or_else(|| format!("{}:{}", member.path, member.start.line), |location| shown(&location))
}

#[cfg(test)]
mod tests {
    use super::Base;
    use std::path::Path;

    #[test]
    fn paths_start_at_the_root() {
        let base = Base::new(Path::new("/repo"), Path::new("/repo/wire")).expect("it lies in it");
        for (path, expected) in [
            ("a.md", "wire/a.md"),
            ("./a.md", "wire/a.md"),
            ("../local/b.md", "local/b.md"),
            ("/repo/c.md", "c.md"),
            ("/elsewhere/d.md", "/elsewhere/d.md"),
            ("../../d.md", "../../d.md"),
        ] {
            assert_eq!(base.of(path), expected);
        }
        assert_eq!(Base::new(Path::new("/repo"), Path::new("/other")), None);
    }
}
