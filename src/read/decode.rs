//! From bytes to text, with the way back.
//!
//! UTF-8 with or without a byte order mark, UTF-16 with a mark or recognisable without, and the
//! legacy encodings of the web platform: the one that the file declares, or else guessed from the
//! content (`chardetng`).

use super::Error;
use crate::corpus::OffsetMap;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding};
use std::borrow::Cow;

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Its text, without a byte order mark.
    pub(super) text: String,
    /// From the text back to the bytes.
    pub(super) encoding: OffsetMap,
}

/// How much of the start of a file is looked at to tell text from binary data, in bytes.
const PROBE: usize = 8 << 10;

/// Decodes a whole file, as `asked` or as it looks. Linear; malformed sequences become U+FFFD.
pub(super) fn decode(bytes: Cow<'_, [u8]>, asked: Option<&'static Encoding>) -> Result<Decoded, Error> {
    if let Some(encoding) = asked {
        return decode_as(&bytes, encoding);
    }
    if let Some(unit) = utf16(&bytes) {
        return Ok(from_utf16(&bytes, unit));
    }
    binary_at(&bytes).map_or(Ok(()), |at| Err(Error::Binary(at)))?;
    let mark = if bytes.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    if std::str::from_utf8(&bytes[mark..]).is_err() {
        let is_utf8 = mark > 0 || is_nearly_utf8(&bytes);
        return Ok(if is_utf8 { from_broken_utf8(&bytes, mark) } else { from_legacy(&bytes) });
    }
    let mut owned = bytes.into_owned();
    owned.drain(..mark);
    let mut encoding = OffsetMap::identity();
    if mark > 0 {
        encoding.push(0, mark, 1, 1);
    }
    Ok(Decoded { text: String::from_utf8(owned).expect("it was checked above"), encoding })
}

/// Where the start of a file holds what text does not: NUL never stands in text, and text has few other
/// control characters.
fn binary_at(bytes: &[u8]) -> Option<usize> {
    let start = &bytes[..bytes.len().min(PROBE)];
    let is_odd = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let odd = start.iter().filter(|b| is_odd(b)).count();
    let nul = memchr::memchr(0, start);
    nul.or_else(|| (odd * 10 > start.len()).then(|| start.iter().position(is_odd)).flatten())
}

#[derive(Clone, Copy)]
struct Utf16 {
    is_big_endian: bool,
    mark: usize,
}

/// UTF-16 by its mark, or by the zeros that every other byte of Latin text is.
fn utf16(bytes: &[u8]) -> Option<Utf16> {
    match bytes {
        [0xfe, 0xff, ..] => return Some(Utf16 { is_big_endian: true, mark: 2 }),
        [0xff, 0xfe, ..] => return Some(Utf16 { is_big_endian: false, mark: 2 }),
        _ => {}
    }
    let probe = &bytes[..bytes.len().min(PROBE) & !1];
    let zeros = |offset: usize| probe.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), probe.len() / 2);
    let is_one_sided = pairs >= 8 && even.max(odd) * 10 >= pairs * 7 && even.min(odd) == 0;
    is_one_sided.then_some(Utf16 { is_big_endian: even > odd, mark: 0 })
}

fn from_utf16(bytes: &[u8], Utf16 { is_big_endian, mark }: Utf16) -> Decoded {
    let unit =
        |pair: [u8; 2]| if is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
    let (pairs, _) = bytes[mark..].as_chunks::<2>();
    let mut out = Decoded { text: String::with_capacity(pairs.len()), encoding: OffsetMap::identity() };
    let mut at = mark;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        out.push(c, at, 2 * c.len_utf16());
        at += 2 * c.len_utf16();
    }
    out
}

/// A few bad bytes among many characters of more than one byte: UTF-8 that was cut or spoiled.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    wide >= 2 * bad
}

/// Each bad sequence becomes U+FFFD.
fn from_broken_utf8(bytes: &[u8], mark: usize) -> Decoded {
    let mut out = Decoded { text: String::with_capacity(bytes.len()), encoding: OffsetMap::identity() };
    let mut at = mark;
    for chunk in bytes[mark..].utf8_chunks() {
        if !chunk.valid().is_empty() {
            out.encoding.push(out.text.len(), at, 1, 1);
            out.text.push_str(chunk.valid());
            at += chunk.valid().len();
        }
        if !chunk.invalid().is_empty() {
            out.push(char::REPLACEMENT_CHARACTER, at, chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
    out
}

/// Decodes what somebody says is in this encoding.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Error> {
    let mark =
        Encoding::for_bom(bytes).filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
    let is_big_endian = encoding == encoding_rs::UTF_16BE;
    if is_big_endian || encoding == encoding_rs::UTF_16LE {
        return Ok(from_utf16(bytes, Utf16 { is_big_endian, mark }));
    }
    binary_at(bytes).map_or(Ok(()), |at| Err(Error::Binary(at)))?;
    Ok(if encoding == encoding_rs::UTF_8 {
        from_broken_utf8(bytes, mark)
    } else {
        decode_stepwise(bytes, encoding)
    })
}

/// The encoding that a page or an XML file declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let at = ["charset", "encoding"].iter().filter_map(|name| Some(head.find(name)? + name.len())).min()?;
    let value = head[at..].trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label: String =
        value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    // These bytes are neither of them: they were looked at.
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
}

fn from_legacy(bytes: &[u8]) -> Decoded {
    if let Some(encoding) = declared(bytes) {
        return decode_stepwise(bytes, encoding);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    decode_stepwise(bytes, detector.guess(None, Utf8Detection::Allow))
}

/// Decodes byte by byte, so that each character is known by the bytes it came from.
fn decode_stepwise(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = Decoded { text: String::with_capacity(bytes.len()), encoding: OffsetMap::identity() };
    let (mut start, mut buffer) = (0, [0_u8; 32]);
    for at in 0..bytes.len() {
        let is_last = at + 1 == bytes.len();
        let (result, _, written, _) = decoder.decode_to_utf8(&bytes[at..=at], &mut buffer, is_last);
        debug_assert!(matches!(result, CoderResult::InputEmpty), "32 bytes hold what one byte can complete");
        let text = std::str::from_utf8(&buffer[..written]).unwrap_or_default();
        // A byte that ends a bad sequence and starts the next gives two characters: each is given all the bytes.
        for c in text.chars() {
            out.push(c, start, at + 1 - start);
        }
        if written > 0 {
            start = at + 1;
        }
    }
    out
}

impl Decoded {
    fn push(&mut self, c: char, there: usize, length: usize) {
        self.encoding.push(self.text.len(), there, c.len_utf8(), length);
        self.text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoded, decode};
    use std::borrow::Cow;

    fn read(bytes: &[u8]) -> Decoded {
        decode(Cow::Borrowed(bytes), None).expect("the tests give text")
    }

    /// Finds `needle` in the text and asserts that its bytes on disk are `bytes`.
    fn check(file: &[u8], needle: &str, bytes: &[u8]) {
        let decoded = read(file);
        let start = decoded.text.find(needle).expect("the needle stands in the text");
        let from = decoded.encoding.start(start as u32) as usize;
        let to = decoded.encoding.end((start + needle.len()) as u32) as usize;
        assert_eq!(&file[from..to], bytes, "{}", decoded.text);
    }

    #[test]
    fn every_encoding_leads_back_to_its_bytes() {
        check("Ein Mädchen".as_bytes(), "Mädchen", "Mädchen".as_bytes());
        check("\u{feff}Ein Mädchen".as_bytes(), "Mädchen", "Mädchen".as_bytes());
        check(b"caf\xc3\xa9 \xc3\xa9t\xc3\xa9 \xff fin", "fin", b"fin");
        check(b"\xef\xbb\xbfEin \xff Wort", "Wort", b"Wort");
        check(b"Un caf\xe9 tr\xe8s agr\xe9able", "très", b"tr\xe8s");
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        check(&wide("\u{feff}Ein Mädchen 😀 und"), "😀 und", &wide("😀 und"));
        check(&wide("A plain line of text"), "plain", &wide("plain"));
        let big: Vec<u8> = "\u{feff}Ein Mädchen".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&big, "Ein", &big[2..8]);
    }

    #[test]
    fn shift_jis_is_guessed() {
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("これは日本語の文章です。東京で会談が行われた。");
        let (needle, ..) = encoding_rs::SHIFT_JIS.encode("東京");
        check(&bytes, "東京", &needle);
    }

    #[test]
    fn what_is_declared_is_believed() {
        check(b"<?xml version='1.0' encoding='ISO-8859-2'?><p>\xb1\xe6</p>", "\u{105}\u{107}", b"\xb1\xe6");
        check(b"<meta charset=windows-1251><p>\xcf\xf3", "\u{41f}\u{443}", b"\xcf\xf3");
        let asked = decode(Cow::Borrowed(b"\xcf\xf3"), Some(encoding_rs::WINDOWS_1251)).expect("it is text");
        assert_eq!(asked.text, "\u{41f}\u{443}");
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode(Cow::Borrowed(b"\x7fELF\x02\x01\x01\0\0\0"), None).is_err());
        assert!(decode(Cow::Borrowed(&[1, 2, 3, 4, 5, 6]), None).is_err());
        assert!(decode(Cow::Borrowed(b""), None).is_ok());
    }
}
