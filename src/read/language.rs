//! The language of a text, where nobody says it.

use crate::corpus::{BlockKind, Document};

/// Bytes of a text that are looked at.
const SAMPLE: usize = 2400;
/// Texts of fewer letters are not judged.
const LEAST_LETTERS: usize = 100;
/// A line with a digit for every so many letters is a table: "Shr 34 cts vs 31 cts" is in no language.
const LETTERS_TO_A_DIGIT: usize = 10;

/// The BCP 47 tag of a document's language by its letters in threes (Cavnar, Trenkle 1994; `whatlang`), where
/// that is reliable.
pub(super) fn detect(document: &Document) -> Option<&'static str> {
    let mut sample = String::with_capacity(SAMPLE);
    let mut add = |text: &str| {
        for line in text.lines() {
            let count = |is: fn(char) -> bool| line.chars().take(SAMPLE).filter(|c| is(*c)).count();
            let is_prose = count(|c| c.is_ascii_digit()) * LETTERS_TO_A_DIGIT <= count(char::is_alphabetic);
            let room = SAMPLE.saturating_sub(sample.len());
            if room == 0 {
                return;
            }
            if is_prose {
                sample.extend(line.char_indices().take_while(|(at, _)| *at < room).map(|(_, c)| c));
                sample.push(' ');
            }
        }
    };
    match &document.outline {
        Some(blocks) => {
            let is_prose = |kind| !matches!(kind, BlockKind::Furniture | BlockKind::Code | BlockKind::Table);
            let prose = blocks.iter().filter(|block| is_prose(block.kind));
            prose.for_each(|block| add(block.span.of(&document.text)));
        }
        None => add(&document.text),
    }
    sample.chars().filter(|c| c.is_alphabetic()).nth(LEAST_LETTERS - 1)?;
    if is_english(&sample) {
        return Some("en");
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    tag(info.lang().code())
}

/// Whether a text is full of the words that only English is full of. It tells most articles a hundred times
/// faster than letters in threes do.
fn is_english(text: &str) -> bool {
    /// The commonest words that no other language of Latin letters spells so, and their least share in percent.
    const WORDS: [&str; 6] = ["the", "The", "of", "and", "that", "with"];
    const SHARE: usize = 6;
    let (mut n, mut hits) = (0, 0);
    for word in text.split_ascii_whitespace() {
        n += 1;
        hits += usize::from(WORDS.contains(&word));
    }
    hits * 100 >= n * SHARE
}

/// The shortest tag of each language by its three letters (ISO 639-3 to ISO 639-1, as BCP 47 asks).
#[rustfmt::skip]
const TAGS: [(&str, &str); 70] = [
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("dan", "da"), ("deu", "de"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"),
    ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"),
    ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("ron", "ro"),
    ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"), ("srp", "sr"),
    ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"),
    ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"), ("cym", "cy"),
];

fn tag(code: &str) -> Option<&'static str> {
    TAGS.iter().find(|(three, _)| *three == code).map(|(_, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::{detect, tag};
    use crate::corpus::Document;

    #[test]
    fn languages_of_news() {
        for (text, expected) in [
            (
                "Der Bürgermeister sagte am Dienstag, die Brücke werde frühestens im kommenden Frühjahr wieder für den Verkehr geöffnet, denn zwei Pfeiler seien gerissen.",
                Some("de"),
            ),
            (
                "The mayor said on Tuesday that the bridge would not be open to traffic again before the spring of next year, because two of its piers were found to be cracked.",
                Some("en"),
            ),
            (
                "Мэр заявил во вторник, что мост будет вновь открыт для движения не раньше весны следующего года, сообщает местная газета в четверг утром.",
                Some("ru"),
            ),
            ("Short.", None),
            (
                "Shr 34 cts vs 31 cts\nNet 12.4 mln vs 11.9 mln\nRevs 210.1 mln vs 198.4 mln\nAvg shrs 36.5 mln vs 38.4 mln\nNine months shr 1.02 dlrs vs 94 cts\nNet 37.1 mln vs 36.0 mln\n",
                None,
            ),
            (
                "De burgemeester zei dinsdag dat de brug niet voor het voorjaar van het volgende jaar open zou gaan, en dat twee van de pijlers gescheurd waren.",
                Some("nl"),
            ),
        ] {
            assert_eq!(detect(&Document::plain("a", text)), expected, "{text}");
        }
    }

    #[test]
    fn every_language_has_a_tag() {
        for lang in whatlang::Lang::all() {
            assert!(tag(lang.code()).is_some(), "{lang:?}");
        }
    }
}
