//! What is known about a document besides its text.

use super::Edition;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The field that silences findings.
const SILENCED: &str = "twicetold-disable";

/// What is known about a document besides its text; every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline as the container gives it.
    pub title: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day (or month, or year) the text speaks from.
    pub published: Option<Dateline>,
    /// Documents of one series are not compared with each other.
    pub series: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Language as a BCP 47 tag.
    pub lang: Option<String>,
    /// When this version of it was made; in UTC where the zone is known.
    pub modified: Option<DateTime>,
    /// Which version of its story it says it is.
    pub edition: Option<Edition>,
    /// Which findings on it are silenced and why, as in a comment: `TT102, TT103 -- reason`; one such a line.
    pub silenced: Option<String>,
}

impl Metadata {
    /// The names of the fields, as front matter, records and metadata files spell them.
    pub const KEYS: [&'static str; 10] =
        [SILENCED, "title", "source", "author", "published", "modified", "version", "series", "url", "lang"];

    /// The text of a field's value, where it is one: a text, a number; and for the field that silences findings a list of
    /// names, or `true` for all.
    pub fn text_of(key: &str, value: &serde_json::Value) -> Option<String> {
        use serde_json::Value::{Array, Bool, Number, String};
        match value {
            String(text) => Some(text.clone()),
            Number(number) => Some(number.to_string()),
            Array(names) if key == SILENCED => {
                let names: Option<Vec<&str>> = names.iter().map(serde_json::Value::as_str).collect();
                names.map(|names| names.join("\n"))
            }
            Bool(yes) if key == SILENCED => Some(if *yes { "ALL" } else { "" }.to_owned()),
            _ => None,
        }
    }

    /// Sets a field by its name; an unknown name is `Ok(false)`.
    ///
    /// # Errors
    ///
    /// A date that is none, as a message for people.
    pub fn set(&mut self, key: &str, value: &str) -> Result<bool, String> {
        let field = match key {
            "title" => &mut self.title,
            "source" => &mut self.source,
            "author" => &mut self.author,
            "series" => &mut self.series,
            "url" => &mut self.url,
            "lang" => &mut self.lang,
            "published" => {
                self.published = Some(Dateline::parse(value)?);
                return Ok(true);
            }
            "modified" => {
                self.modified = Some(moment(value)?);
                return Ok(true);
            }
            SILENCED if value.trim().is_empty() => return Ok(true),
            SILENCED => &mut self.silenced,
            "version" => {
                let number =
                    value.trim().parse().map_err(|_| format!("`{value}` is not the number of a version"))?;
                self.edition = Some(Edition { number, is_corrected: false });
                return Ok(true);
            }
            _ => return Ok(false),
        };
        *field = Some(value.to_owned());
        Ok(true)
    }

    /// Whether the document is written in a language (`en` holds for `en-GB`); an unnamed one counts as English.
    pub fn is_language(&self, language: &str) -> bool {
        let tag = self.lang.as_deref().unwrap_or("en");
        tag.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(language))
    }

    /// Fills the fields that are missing here from `other`.
    pub fn fill_from(&mut self, other: &Self) {
        fn fill<T: Clone>(mine: &mut Option<T>, theirs: &Option<T>) {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
        fill(&mut self.title, &other.title);
        fill(&mut self.source, &other.source);
        fill(&mut self.author, &other.author);
        fill(&mut self.published, &other.published);
        fill(&mut self.series, &other.series);
        fill(&mut self.url, &other.url);
        fill(&mut self.lang, &other.lang);
        fill(&mut self.modified, &other.modified);
        fill(&mut self.edition, &other.edition);
        fill(&mut self.silenced, &other.silenced);
    }
}

/// Reads a time stamp such as `2024-06-19T10:00:00+02:00`, or a day.
fn moment(text: &str) -> Result<DateTime, String> {
    let text = text.trim();
    let in_utc = |stamp: jiff::Timestamp| stamp.to_zoned(TimeZone::UTC).datetime();
    let stamp = text.parse::<jiff::Timestamp>().map(in_utc);
    stamp
        .or_else(|_| text.parse::<DateTime>())
        .or_else(|_| jiff::fmt::rfc2822::parse(text).map(|zoned| in_utc(zoned.timestamp())))
        .map_err(|_| format!("`{text}` is not a time such as 2024-06-19T10:00:00Z"))
}

/// The half-open run of days a text may speak from: one day where the day is known, else its month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dateline {
    /// First possible day.
    pub from: Date,
    /// Day after the last possible one.
    pub to: Date,
}

impl Dateline {
    /// Reads `2024`, `2024-06`, `2024-06-19`, a time stamp that starts like the last, or the date of an e-mail
    /// or a feed (`Wed, 19 Jun 2024 10:00:00 GMT`). The day is that of the writer's own zone.
    ///
    /// # Errors
    ///
    /// Anything else, as a message for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
            let from = zoned.date();
            let to = from.tomorrow().map_err(|_| format!("`{text}` is the last day there is"))?;
            return Ok(Self { from, to });
        }
        let bad = || format!("`{text}` is not a date such as 2024-06-19, 2024-06 or 2024");
        let day = text.get(..10).filter(|_| text[10..].is_empty() || text[10..].starts_with(['T', ' ', 't']));
        let (from, to) = if let Some(day) = day {
            let from: Date = day.parse().map_err(|_| bad())?;
            (from, from.tomorrow())
        } else {
            let (year, month) = text.split_once('-').unwrap_or((text, "01"));
            let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
            if !digits(year, 4) || !digits(month, 2) {
                return Err(bad());
            }
            let from = format!("{year}-{month}-01").parse::<Date>().map_err(|_| bad())?;
            let length =
                if text.len() == 4 { jiff::Span::new().years(1) } else { jiff::Span::new().months(1) };
            (from, from.checked_add(length))
        };
        Ok(Self { from, to: to.map_err(|_| bad())? })
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<Date> {
        (self.from.tomorrow().ok()? == self.to).then_some(self.from)
    }
}

impl std::fmt::Display for Dateline {
    /// Prints as far as it is known: `2024-06-19`, `2024-06`, `2024`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let months =
            (self.from.day() == 1).then(|| self.from.until((jiff::Unit::Month, self.to)).ok()).flatten();
        match months.map(|span| (span.get_months(), span.get_days())) {
            Some((1, 0)) => write!(f, "{}", self.from.strftime("%Y-%m")),
            Some((12, 0)) => write!(f, "{}", self.from.strftime("%Y")),
            _ => write!(f, "{}", self.from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dateline;

    #[test]
    fn datelines_print_as_they_were_written() {
        for text in ["2024-06-19", "2024-06", "2024", "2024-12-31", "2024-12"] {
            assert_eq!(Dateline::parse(text).map(|date| date.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(
            Dateline::parse("2024-06-19T10:00:00Z").map(|d| d.to_string()),
            Ok("2024-06-19".to_owned())
        );
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "spring",
            "2024-13",
            "2024-02-30",
            "19.6.2024",
            "20240",
            "2024-6",
            "9999-12-31",
            "2024-06-1é",
        ] {
            assert!(Dateline::parse(text).is_err(), "{text}");
        }
    }
}
