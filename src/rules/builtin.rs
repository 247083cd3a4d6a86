//! The packs that come with the program.

/// Name and text of each pack; a new one is one line here.
pub(super) const PACKS: [(&str, &str); 12] = [
    ("builtin:facts/wars.toml", include_str!("../../rules/facts/wars.toml")),
    ("builtin:facts/states.toml", include_str!("../../rules/facts/states.toml")),
    ("builtin:facts/offices.toml", include_str!("../../rules/facts/offices.toml")),
    ("builtin:general/people.toml", include_str!("../../rules/general/people.toml")),
    ("builtin:general/events.toml", include_str!("../../rules/general/events.toml")),
    ("builtin:general/casualties.toml", include_str!("../../rules/general/casualties.toml")),
    ("builtin:general/contests.toml", include_str!("../../rules/general/contests.toml")),
    ("builtin:general/figures.toml", include_str!("../../rules/general/figures.toml")),
    ("builtin:general/justice.toml", include_str!("../../rules/general/justice.toml")),
    ("builtin:general/relations.toml", include_str!("../../rules/general/relations.toml")),
    ("builtin:general/statements.toml", include_str!("../../rules/general/statements.toml")),
    ("builtin:korea.toml", include_str!("../../rules/korea.toml")),
];
