//! Patterns of paths, which mean the same wherever a person writes them.

use globset::{Glob, GlobSet, GlobSetBuilder};
use std::path::Path;

/// Globs of files and folders. One without a leading folder matches at any depth, and one that matches a folder holds
/// for all that is in it.
#[derive(Clone, Debug, Default)]
pub struct PathGlobs(GlobSet);

impl PathGlobs {
    /// Compiles patterns.
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
        set.build().map(Self).map_err(|error| (String::new(), error.kind().to_string()))
    }

    /// Whether a pattern matches this very path.
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        self.0.is_match(path)
    }

    /// Whether a pattern matches a path or a folder that it lies in.
    pub fn covers(&self, path: impl AsRef<Path>) -> bool {
        path.as_ref().ancestors().any(|part| self.0.is_match(part))
    }
}

#[cfg(test)]
mod tests {
    use super::PathGlobs;

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
    fn what_is_no_glob_is_told() {
        assert_eq!(PathGlobs::new(["a", "[b"]).expect_err("no glob").0, "[b");
    }
}
