//! Which format a file has: by what is asked for, by its name, and by how it starts.

use super::Error;
use super::reader::{File, Reader};
use super::{docx, feed, html, jsonl, markdown, newsml, ninjs, plain};

/// An input format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, MDX.
    Markdown,
    /// A web page.
    Html,
    /// A Word document.
    Docx,
    /// A record a line.
    JsonLines,
    /// News in JSON, by the IPTC.
    Ninjs,
    /// News in XML, by the IPTC.
    NewsMl,
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
}

/// A format, its name in output and options, the extensions that are its own, and who reads it.
struct Row(Format, &'static str, &'static [&'static str], &'static dyn Reader);

const FORMATS: [Row; 8] = [
    Row(Format::Text, "txt", &["txt", "text"], &plain::Plain),
    Row(Format::Markdown, "md", &["md", "markdown", "mdown", "mkd", "mdx"], &markdown::Markdown),
    Row(Format::Html, "html", &["html", "htm", "xhtml", "shtml"], &html::Html),
    Row(Format::Docx, "docx", &["docx"], &docx::Docx),
    Row(Format::JsonLines, "jsonl", &["jsonl", "ndjson"], &jsonl::JsonLines),
    Row(Format::Ninjs, "ninjs", &["ninjs"], &ninjs::Ninjs),
    Row(Format::NewsMl, "newsml", &["newsml", "nmlg2"], &newsml::NewsMl),
    Row(Format::Feed, "feed", &["rss", "atom", "rdf", "jsonfeed"], &feed::Feed),
];

/// Extensions of files whose start tells what they are.
const CONTAINERS: [&str; 2] = ["json", "xml"];

/// Bytes of a file that are looked at to tell its format.
const HEAD: u64 = 64 << 10;

impl Format {
    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|row| row.1)
    }

    /// The name used in output and options.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> &'static Row {
        FORMATS.iter().find(|row| row.0 == self).unwrap_or(&FORMATS[0])
    }

    pub(super) fn reader(self) -> &'static dyn Reader {
        self.row().3
    }

    /// Whether files of this extension (lower case, without the dot) are looked at when a folder is walked.
    pub(super) fn is_known_extension(extension: &str) -> bool {
        Self::of_extension(extension).is_some() || CONTAINERS.contains(&extension)
    }

    fn of_extension(extension: &str) -> Option<Self> {
        FORMATS.iter().find(|row| row.2.contains(&extension)).map(|row| row.0)
    }

    /// The format of a file; its start is read only where its name does not tell.
    pub(super) fn of(file: &File<'_>) -> Result<Self, Error> {
        let extension = file.extension();
        if let Some(format) = Self::of_extension(&extension) {
            return Ok(format);
        }
        let head = file.head(HEAD)?;
        match Self::of_content(&head) {
            Some(format) => Ok(format),
            // A file of another kind that was named is read as text; one that was met is not ours.
            None if file.was_named && !CONTAINERS.contains(&extension.as_str()) => Ok(Self::Text),
            None => Err(Error::OtherKind),
        }
    }

    /// What starts like this.
    fn of_content(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") {
            return Some(Self::Docx);
        }
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.chars().next()? {
            '<' => Self::of_markup(text),
            '{' | '[' => Self::of_json(text),
            _ => None,
        }
    }

    fn of_markup(text: &str) -> Option<Self> {
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            let skipped = if rest.starts_with("<?") {
                rest.find("?>")? + 2
            } else if rest.starts_with("<!--") {
                rest.find("-->")? + 3
            } else if let Some(declared) = rest.strip_prefix("<!") {
                let name = declared.trim_start().get(..12).unwrap_or_default();
                if name.eq_ignore_ascii_case("doctype html") {
                    return Some(Self::Html);
                }
                // Declarations of its own stand in brackets, with ends of their own.
                let end = rest.find('>')?;
                if rest[..end].contains('[') { rest.find("]>")? + 2 } else { end + 1 }
            } else {
                break;
            };
            rest = &rest[skipped..];
        }
        let name: String =
            rest.strip_prefix('<')?.chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        match name.rsplit(':').next()?.to_ascii_lowercase().as_str() {
            "html" | "head" | "body" => Some(Self::Html),
            "rss" | "feed" | "rdf" => Some(Self::Feed),
            "newsitem" | "newsmessage" => Some(Self::NewsMl),
            _ => None,
        }
    }

    fn of_json(text: &str) -> Option<Self> {
        let has = |keys: &[&str]| keys.iter().any(|key| text.contains(key));
        if has(&["jsonfeed.org/version"]) {
            return Some(Self::Feed);
        }
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_object = |line: &str| line.starts_with('{') && line.ends_with('}');
        if lines.next().is_some_and(is_object) && lines.next().is_some_and(is_object) {
            return Some(Self::JsonLines);
        }
        let is_ninjs = has(&["\"body_text\"", "\"body_html\"", "\"body_xhtml\"", "\"bodies\"", "iptc.org"]);
        is_ninjs.then_some(Self::Ninjs)
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = FORMATS.iter().find(|row| row.1 == text).map(|row| row.0);
        named.ok_or_else(|| {
            format!("`{text}` is none of auto, {}", Self::names().collect::<Vec<_>>().join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn content_tells_the_format() {
        for (head, expected) in [
            ("<!DOCTYPE html><p>x", Some("html")),
            ("\u{feff} <?xml version='1.0'?>\n<!-- c --><rss version='2.0'>", Some("feed")),
            ("<?xml version='1.0'?><newsItem guid='x'>", Some("newsml")),
            ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", Some("feed")),
            ("<svg xmlns='x'/>", None),
            ("<!", None),
            ("{\"version\":\"https://jsonfeed.org/version/1.1\"", Some("feed")),
            ("{\"uri\":\"x\",\"body_text\":\"y\"}", Some("ninjs")),
            ("{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}\n", Some("jsonl")),
            ("{\"name\":\"package\"}", None),
            ("PK\u{3}\u{4}", Some("docx")),
            ("Plain text.", None),
        ] {
            assert_eq!(Format::of_content(head.as_bytes()).map(Format::name), expected, "{head}");
        }
    }
}
