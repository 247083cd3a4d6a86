//! Slips inside one article, found without any rule: each check is a room of its own.
//!
//! Takes the paragraphs of an article and its claims, gives [`Slip`]s. Every check says in [`Check`] what it looks at
//! and what it does not catch. Both sides of a slip could be wrong: none is offered as the right one, but for the
//! calendar's.

mod announced;
mod converted;
mod dates;
mod headline;
mod lifetime;
mod parts;
mod percentages;
mod ranges;
mod sheet;
mod spelling;
mod stretches;
mod weekdays;

pub use sheet::{Check, Sheet, Slip};

/// All checks, by their codes.
pub static CHECKS: [Check; 12] = [
    weekdays::CHECK,
    dates::DATES,
    dates::TIMES,
    ranges::CHECK,
    lifetime::CHECK,
    stretches::CHECK,
    parts::CHECK,
    percentages::CHECK,
    announced::CHECK,
    spelling::CHECK,
    headline::CHECK,
    converted::CHECK,
];

/// All slips of an article, by check and in the order of the text. Linear in it but for names, which are compared with
/// each other.
pub fn slips(sheet: &Sheet<'_>) -> Vec<Slip> {
    CHECKS.iter().flat_map(|check| (check.run)(sheet).into_iter()).collect()
}

#[cfg(test)]
mod tests;
