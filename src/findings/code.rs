//! The codes findings are known by; they are never reused.

use crate::rules::Severity;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// Its number behind `TT`.
    pub number: u16,
    /// Its name in kebab-case.
    pub name: &'static str,
    /// What it is, as a heading.
    pub title: &'static str,
    /// How much it matters where nobody says otherwise.
    pub severity: Severity,
    /// What to do about it.
    pub help: &'static str,
}

impl Code {
    /// The same words stand twice in one article.
    pub const PASTED_TWICE: Self = CODES[0];
    /// The same words stand in two articles.
    pub const COPIED_ACROSS: Self = CODES[1];
    /// Most of the words stand again.
    pub const REWRITTEN: Self = CODES[2];
    /// Most of the smaller block stands in the larger.
    pub const EXCERPT: Self = CODES[3];
    /// A run of words stands again.
    pub const REUSED_PASSAGE: Self = CODES[4];
    /// Somebody's words that two articles quote.
    pub const SHARED_QUOTE: Self = CODES[5];
    /// A text that many articles carry.
    pub const BOILERPLATE: Self = CODES[6];
    /// A copy with another figure.
    pub const DRIFTED_FIGURE: Self = CODES[7];
    /// A copy with another date.
    pub const DRIFTED_DATE: Self = CODES[8];
    /// A copy with another name.
    pub const DRIFTED_NAME: Self = CODES[9];
    /// A copy with a "not" more or less.
    pub const DRIFTED_NEGATION: Self = CODES[10];
    /// A copy that says the opposite.
    pub const DRIFTED_DIRECTION: Self = CODES[11];
    /// A version that says another thing than the one before.
    pub const CHANGED_BETWEEN_VERSIONS: Self = CODES[12];
    /// Two articles differ in their own words.
    pub const SOURCES_DISAGREE: Self = CODES[13];
    /// Articles tell an order of things that cannot be.
    pub const IMPOSSIBLE_TIMELINE: Self = CODES[14];
    /// An article differs from somebody it or another reports.
    pub const DISPUTED: Self = CODES[15];
    /// People who are reported differ.
    pub const SPEAKERS_DIFFER: Self = CODES[16];
    /// An article differs from what is known.
    pub const AGAINST_FACTS: Self = CODES[17];
    /// An `[[allow]]` entry has run out.
    pub const EXPIRED_ALLOWANCE: Self = CODES[30];
    /// An `[[allow]]` entry silences nothing.
    pub const UNUSED_ALLOWANCE: Self = CODES[31];
    /// A comment silences nothing.
    pub const UNUSED_SUPPRESSION: Self = CODES[32];
    /// A comment names what nobody knows.
    pub const UNKNOWN_SUPPRESSION: Self = CODES[33];

    /// All that a finding of this code and a rule is called, the narrowest first; `number` is the code as text.
    pub fn aliases<'a>(self, number: &'a str, rule: &'a str) -> [&'a str; 5] {
        [rule, self.name, number, &number[..4], &number[..3]]
    }

    /// The code of this number.
    pub fn of_number(number: u16) -> Option<Self> {
        CODES.iter().copied().find(|code| code.number == number)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TT{:03}", self.number)
    }
}

const fn code(
    number: u16,
    name: &'static str,
    title: &'static str,
    severity: Severity,
    help: &'static str,
) -> Code {
    Code { number, name, title, severity, help }
}

const SLIP_HELP: &str = "either could be wrong: check it, then correct the one that is";
const DRIFT_HELP: &str = "either could be wrong: check both against the source, then correct the one that is";

/// All codes, by number.
pub const CODES: [Code; 34] = [
    code(100, "pasted-twice", "Pasted twice in one article", Severity::Error, "remove one of the two"),
    code(
        101,
        "copied-across",
        "Copied across articles",
        Severity::Warning,
        "credit the original, or keep one of the two",
    ),
    code(
        102,
        "rewritten",
        "Rewritten copies",
        Severity::Warning,
        "check that the differences are meant, and keep one of the two",
    ),
    code(
        103,
        "excerpt",
        "Contained in another block",
        Severity::Warning,
        "keep the words in one place, or mark the excerpt as a quotation",
    ),
    code(
        104,
        "reused-passage",
        "Reused passages",
        Severity::Info,
        "reword one of the two, or mark it as a quotation",
    ),
    code(
        105,
        "shared-quote",
        "Shared quotations",
        Severity::Off,
        "credit whoever got the quotation first, or leave it",
    ),
    code(
        106,
        "boilerplate",
        "Texts of many articles",
        Severity::Info,
        "keep it in one place of the site, or leave it",
    ),
    code(110, "drifted-figure", "Copies with another figure", Severity::Error, DRIFT_HELP),
    code(111, "drifted-date", "Copies with another date", Severity::Error, DRIFT_HELP),
    code(112, "drifted-name", "Copies with another name", Severity::Error, DRIFT_HELP),
    code(113, "drifted-negation", "Copies with a “not” more or less", Severity::Error, DRIFT_HELP),
    code(114, "drifted-direction", "Copies that say the opposite", Severity::Error, DRIFT_HELP),
    code(
        115,
        "changed-between-versions",
        "Facts that changed between versions",
        Severity::Info,
        "say in the article what was corrected, or leave it",
    ),
    code(
        200,
        "sources-disagree",
        "Sources disagree",
        Severity::Error,
        "each side could be wrong: check them, then correct the one that is",
    ),
    code(
        201,
        "impossible-timeline",
        "Impossible order of things",
        Severity::Error,
        "one of the statements is wrong: check each, then correct that one",
    ),
    code(
        210,
        "disputed",
        "Disputed statements",
        Severity::Warning,
        "say who claims it, or report the denial as well",
    ),
    code(211, "speakers-differ", "Speakers differ", Severity::Info, "report both sides where it matters"),
    code(
        250,
        "against-facts",
        "Against the facts",
        Severity::Error,
        "check the article against the source of the fact; where the fact is wrong, leave its file out",
    ),
    code(300, "wrong-weekday", "Weekdays that do not fit their dates", Severity::Error, SLIP_HELP),
    code(301, "impossible-date", "Impossible dates", Severity::Error, SLIP_HELP),
    code(302, "impossible-time", "Impossible times", Severity::Error, SLIP_HELP),
    code(303, "backward-range", "Stretches that run backwards", Severity::Error, SLIP_HELP),
    code(304, "age-and-birth", "Ages that do not fit the year of birth", Severity::Warning, SLIP_HELP),
    code(305, "length-of-stretch", "Lengths that do not fit their years", Severity::Warning, SLIP_HELP),
    code(306, "parts-and-total", "Parts that do not fit their total", Severity::Warning, SLIP_HELP),
    code(307, "shares-of-one-whole", "Shares that are more than all", Severity::Warning, SLIP_HELP),
    code(308, "announced-and-listed", "Another number announced than listed", Severity::Warning, SLIP_HELP),
    code(309, "two-spellings", "Names spelled in two ways", Severity::Warning, SLIP_HELP),
    code(
        310,
        "headline-figure",
        "Figures of the headline that the text tells otherwise",
        Severity::Info,
        SLIP_HELP,
    ),
    code(311, "wrong-conversion", "Wrong conversions", Severity::Warning, SLIP_HELP),
    code(
        901,
        "expired-allowance",
        "Expired allowances",
        Severity::Warning,
        "look at the finding again, then renew `until` or take the entry out",
    ),
    code(
        902,
        "unused-allowance",
        "Unused allowances",
        Severity::Warning,
        "take the entry out of twicetold.toml",
    ),
    code(
        903,
        "unused-suppression",
        "Unused suppressions",
        Severity::Warning,
        "take the comment out of the article",
    ),
    code(
        904,
        "unknown-suppression",
        "Unknown suppressions",
        Severity::Warning,
        "correct the comment: <!-- twicetold-disable-next-line TT102 -- reason -->",
    ),
];

#[cfg(test)]
mod tests {
    use super::{CODES, Code};

    #[test]
    fn numbers_and_names_are_unique_and_sorted() {
        assert!(CODES.windows(2).all(|pair| pair[0].number < pair[1].number));
        let mut names: Vec<&str> = CODES.iter().map(|code| code.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CODES.len());
    }

    #[test]
    fn constants_name_their_codes() {
        let named = [
            (Code::PASTED_TWICE, 100),
            (Code::COPIED_ACROSS, 101),
            (Code::REWRITTEN, 102),
            (Code::EXCERPT, 103),
            (Code::REUSED_PASSAGE, 104),
            (Code::SHARED_QUOTE, 105),
            (Code::BOILERPLATE, 106),
            (Code::DRIFTED_FIGURE, 110),
            (Code::DRIFTED_DATE, 111),
            (Code::DRIFTED_NAME, 112),
            (Code::DRIFTED_NEGATION, 113),
            (Code::DRIFTED_DIRECTION, 114),
            (Code::CHANGED_BETWEEN_VERSIONS, 115),
            (Code::SOURCES_DISAGREE, 200),
            (Code::IMPOSSIBLE_TIMELINE, 201),
            (Code::DISPUTED, 210),
            (Code::SPEAKERS_DIFFER, 211),
            (Code::AGAINST_FACTS, 250),
            (Code::EXPIRED_ALLOWANCE, 901),
            (Code::UNUSED_ALLOWANCE, 902),
        ];
        for (code, number) in named {
            assert_eq!(code.number, number);
        }
    }
}
