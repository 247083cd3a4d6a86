//! Patterns of paths, which mean the same wherever a person writes them.

use globset::{Glob, GlobSet, GlobSetBuilder};
use std::path::{Component, Path, PathBuf};

/// A folder that patterns start from, and the one that paths are given from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathBase {
    folder: PathBuf,
    here: PathBuf,
}

impl PathBase {
    /// Patterns of `folder` for paths that are given from `here`; both absolute, or `folder` from `here`.
    pub fn new(folder: &Path, here: &Path) -> Self {
        Self { folder: normal(&here.join(folder)), here: here.to_owned() }
    }

    /// A path as seen from the folder, where it lies in it. Links are not followed.
    pub fn relative(&self, path: impl AsRef<Path>) -> Option<PathBuf> {
        normal(&self.here.join(path)).strip_prefix(&self.folder).ok().map(Path::to_owned)
    }

    /// A path of the folder, from anywhere.
    pub fn absolute(&self, path: &str) -> PathBuf {
        normal(&self.folder.join(path))
    }
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = out.pop(),
            part => out.push(part),
        }
    }
    out
}

/// Globs of files and folders. One without a leading folder matches at any depth, and one that matches a folder holds
/// for all that is in it.
#[derive(Clone, Debug, Default)]
pub struct PathGlobs(Vec<(Option<PathBase>, GlobSet)>);

impl PathGlobs {
    /// Compiles patterns, which are held against paths as they are given.
    ///
    /// # Errors
    ///
    /// The first pattern that is no glob, and what is wrong with it.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, (String, String)> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let trimmed = pattern.trim_end_matches('/');
            let anywhere = format!("**/{}", trimmed.trim_start_matches("./").trim_start_matches('/'));
            for glob in [trimmed, &anywhere] {
                let bad = |error: globset::Error| (pattern.to_owned(), error.kind().to_string());
                set.add(Glob::new(glob).map_err(bad)?);
            }
        }
        let set = set.build().map_err(|error| (String::new(), error.kind().to_string()))?;
        Ok(Self(vec![(None, set)]))
    }

    /// The same, held against paths as they are seen from a folder; those that do not lie in it are met by nothing.
    #[must_use]
    pub fn from_folder(self, base: &PathBase) -> Self {
        Self(self.0.into_iter().map(|(_, set)| (Some(base.clone()), set)).collect())
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether a pattern matches this very path.
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        self.any(path.as_ref(), |set, path| set.is_match(path))
    }

    /// Whether a pattern matches a path or a folder that it lies in.
    pub fn covers(&self, path: impl AsRef<Path>) -> bool {
        self.any(path.as_ref(), |set, path| path.ancestors().any(|part| set.is_match(part)))
    }

    fn any(&self, path: &Path, meets: impl Fn(&GlobSet, &Path) -> bool) -> bool {
        let met = |(base, set): &(Option<PathBase>, GlobSet)| match base {
            _ if set.is_empty() => false,
            None => meets(set, path),
            Some(base) => base.relative(path).is_some_and(|path| meets(set, &path)),
        };
        self.0.iter().any(met)
    }
}

#[cfg(test)]
mod tests {
    use super::{PathBase, PathGlobs};
    use std::path::Path;

    #[test]
    fn a_folder_covers_what_is_in_it() {
        let globs = PathGlobs::new(["archive/", "*.draft.md", "/wire/2019"]).expect("globs");
        for path in ["archive/a.md", "site/archive/b/c.md", "x.draft.md", "news/x.draft.md", "wire/2019/a.md"]
        {
            assert!(globs.covers(path), "{path}");
        }
        for path in ["archives/a.md", "draft.md", "wire/2020/a.md"] {
            assert!(!globs.covers(path), "{path}");
        }
        assert!(!globs.is_match("archive/a.md") && globs.is_match("archive"));
    }

    #[test]
    fn patterns_of_a_folder_hold_wherever_one_stands() {
        let globs = |here: &str| {
            let base = PathBase::new(Path::new("/home/archive/site"), Path::new(here));
            PathGlobs::new(["archive", "wire/a.md"]).expect("globs").from_folder(&base)
        };
        for (here, path, expected) in [
            ("/home/archive/site", "archive/a.md", true),
            ("/home/archive/site/wire", "a.md", true),
            ("/home/archive/site/wire/x", "../a.md", true),
            ("/home", "archive/site/wire/a.md", true),
            ("/", "/home/archive/site/./wire/a.md", true),
            // What lies above or beside the folder is nobody's business.
            ("/home/archive/site", "news/a.md", false),
            ("/home/archive", "archive/a.md", false),
            ("/home/archive/site", "/home/archive/other/archive/a.md", false),
        ] {
            assert_eq!(globs(here).covers(path), expected, "{here} {path}");
        }
    }

    #[test]
    fn what_is_no_glob_is_told() {
        assert_eq!(PathGlobs::new(["a", "[b"]).expect_err("no glob").0, "[b");
    }
}
