//! The language of a text, where nobody says it.

use crate::corpus::{BlockKind, Document};

/// Bytes of a text that are looked at.
const SAMPLE: usize = 2400;
/// Texts of fewer letters are not judged.
const LEAST_LETTERS: usize = 80;

/// The BCP 47 tag of a document's language by its letters in threes (Cavnar, Trenkle 1994; `whatlang`), where
/// that is reliable.
pub(super) fn detect(document: &Document) -> Option<&'static str> {
    let mut sample = String::with_capacity(SAMPLE);
    let mut add = |text: &str| {
        let room = SAMPLE.saturating_sub(sample.len());
        sample.extend(text.char_indices().take_while(|(at, _)| *at < room).map(|(_, c)| c));
        sample.push(' ');
    };
    match &document.outline {
        Some(blocks) => {
            let is_prose = |kind| !matches!(kind, BlockKind::Furniture | BlockKind::Code | BlockKind::Table);
            let prose = blocks.iter().filter(|block| is_prose(block.kind));
            prose.for_each(|block| add(block.span.of(&document.text)));
        }
        None => add(&document.text),
    }
    if sample.chars().filter(|c| c.is_alphabetic()).nth(LEAST_LETTERS - 1).is_none() {
        return None;
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    tag(info.lang().code())
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
            ("Der Bürgermeister sagte am Dienstag, die Brücke werde frühestens im kommenden Frühjahr wieder für den Verkehr geöffnet.", Some("de")),
            ("The mayor said on Tuesday that the bridge would not be open to traffic again before the spring of next year.", Some("en")),
            ("Мэр заявил во вторник, что мост будет вновь открыт для движения не раньше весны следующего года, сообщает газета.", Some("ru")),
            ("Short.", None),
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
