//! `twicetold` finds text told twice, and stories that do not agree.
//!
//! This page is the map of the house. Text flows upwards once and never comes back down; a room
//! imports only rooms on lower floors.
//!
//! ```text
//! 9  src/bin/twicetold/   the doors: check, diff, report, blocks, pairs, values, claims, rule, why, test, schema, init …
//! 8  src/lib.rs           the front door: this map
//! 7  config/  report/     defaults, then file, then flags; findings to bytes
//!    cache/  fix/         what was read of documents, kept from run to run; what is mended without judgement
//! 6  pipeline/            the order of the stages
//! 5  findings/            copies and conflicts become one kind of thing
//! 4  reconcile/  checks/  claims that cannot hold together; slips inside one article
//!    collation/           versions of a text, paragraph by paragraph
//! 3  copies/  drift/      pairs to copies; what differs in fact between copies
//!    extract/             blocks to claims
//! 2  read/  segment/      files of all formats to documents to blocks
//!    matching/  rules/    words to pairs; rule files
//!    names/  clause/      who is meant; yes or no, how sure, who says so
//! 1  fingerprint/  value/ words and their hashes; typed values that agree or differ
//! 0  corpus/              where text stands
//! ```
//!
//! # What happens to a paragraph
//!
//! [`read`] makes its document and [`segment`] makes it a block. Then two rooms look at it side by
//! side: [`fingerprint`] hashes its words and [`extract`] reads its claims by the [`rules`], from what [`value`] says its
//! words mean, [`names`] whom they mean and [`clause`] how they are meant.
//! [`matching`] finds every text where the words stand again, and [`copies`] which of these an editor would
//! call copies; [`drift`] tells which of them differ in a fact. [`reconcile`] finds which claims cannot hold together,
//! and [`checks`] what cannot be right in one article alone.
//! [`findings`] names both alike, and [`report`] shows them with lines and columns.
//! [`collation`] takes another way: it puts versions of one text side by side, and [`report::diff`] shows them.
//!
//! # What is absent on purpose
//!
//! * Below [`config`] nobody knows the terminal, the environment, the clock or the current directory.
//! * Only [`read`], [`rules`], [`config`], [`cache`] and the binary open files, and only the first three have
//!   an `Error`. From [`segment`] to [`findings`] nothing fails.
//! * Only [`read`], [`segment`], [`pipeline`], [`matching`] and [`copies`] use threads, with the same result for any
//!   number of them.
//! * No output depends on hash order or thread timing; no claim holds a float.
//!
//! # To add something
//!
//! | what | write | and one line in |
//! |---|---|---|
//! | an output format | `report/NAME.rs` (`Renderer`) | `report/format.rs`, `report/mod.rs` |
//! | an input format | `read/NAME.rs` (`Reader`) | `read/format.rs` |
//! | a phrase of page furniture | | `rules/furniture.toml`, `rules/markup.toml` |
//! | a kind of value | `value/NAME.rs` | `value/mod.rs`, and for a slot `rules/pattern.rs` (`ValueKind`) |
//! | a way to write dates or numbers | | `rules/values/LANGUAGE.toml`; what it means, `value/makers/` |
//! | a unit, a currency, a holiday | | `rules/values/units.toml`, `rules/values/holidays.toml` |
//! | a language of values | `rules/values/NAME.toml` | `value/lexicon.rs` |
//! | a rule pack, or a fact file | `rules/general/NAME.toml`, `rules/facts/NAME.toml` | `src/rules/builtin.rs` |
//! | a country, a city, a title, a word that ends names | | `rules/names/` |
//! | a word that tells how a clause is meant | | `rules/english/cues.toml` |
//! | what a finding looks like on the page | `report/html/finding.html`, `page.css` | `report/html/card.rs` for what it needs to know |
//! | a key, a filter of the page | `report/html/page.js`, `page.html` | |
//! | a drawing | `report/html/NAME.rs`, `overview.html` | `report/html/overview.rs` |
//! | a format of differences | `report/diff/NAME.rs` | `report/diff/mod.rs` |
//! | a check of one article | `checks/NAME.rs` with its tests | `checks/mod.rs`, `findings/code.rs` |
//! | an opposite, a series of words | | `rules/english/opposites.toml` |
//! | a code | | `findings/code.rs` |
//! | a key of the configuration | `config/written.rs` | `config/mod.rs`, `config/shown.rs`, `init.toml` |
//! | a verb | `src/bin/twicetold/NAME.rs` | `args/`, `main.rs` |

pub mod cache;
pub mod checks;
pub mod clause;
pub mod collation;
pub mod config;
pub mod copies;
pub mod corpus;
pub mod drift;
pub mod extract;
pub mod findings;
pub mod fingerprint;
pub mod fix;
pub mod matching;
pub mod names;
pub mod pipeline;
pub mod read;
pub mod reconcile;
pub mod report;
pub mod rules;
pub mod segment;
pub mod value;
