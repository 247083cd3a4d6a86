//! The packs that come with the program.

/// Name and text of each pack; a new one is one line here.
pub(super) const PACKS: [(&str, &str); 1] = [("builtin:korea.toml", include_str!("../../rules/korea.toml"))];
