//! What a page says of its article: title, meta elements, OpenGraph, JSON-LD, `<time>`.

use super::tokens::{Token, unescape};
use crate::corpus::Metadata;
use serde_json::Value;

/// Fields and where a page may say them, the most trusted first.
#[rustfmt::skip]
const SOURCES: [(&str, &[&str]); 8] = [
    ("title", &["ld:headline", "og:title", "twitter:title", "dc.title", "headline", "h1", "<title>"]),
    ("source", &["ld:publisher", "og:site_name", "publisher", "dc.publisher", "application-name"]),
    ("author", &["ld:author", "author", "article:author", "byl", "dc.creator", "parsely-author"]),
    ("published", &[
        "ld:datepublished", "article:published_time", "og:published_time", "datepublished", "publishdate",
        "publication_date", "pubdate", "date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date",
        "parsely-pub-date", "<time>",
    ]),
    ("modified", &["ld:datemodified", "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod"]),
    ("url", &["canonical", "ld:url", "og:url"]),
    ("lang", &["<html>", "ld:inlanguage", "og:locale", "content-language"]),
    ("version", &["ld:version"]),
];

/// Types of JSON-LD objects that are articles.
const ARTICLES: [&str; 9] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
    "BackgroundNewsArticle",
    "LiveBlogPosting",
    "ReviewNewsArticle",
];

/// Collects what a page says while it is read.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    found: Vec<(String, String)>,
    reading: Option<Reading>,
    /// Whether a heading of first rank was met: times before it are those of tickers and teasers.
    is_behind_heading: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Title,
    JsonLd,
}

impl PageFacts {
    /// Listens to a token of the page.
    pub(super) fn listen(&mut self, token: &Token, source: &str) {
        match token {
            Token::Start(tag, attributes) => {
                let get = |name: &str| attributes.get(name).map(str::trim).filter(|value| !value.is_empty());
                self.reading = match tag.name {
                    "title" if self.get("<title>").is_none() => Some(Reading::Title),
                    "script" if get("type").is_some_and(|kind| kind.contains("ld+json")) => {
                        Some(Reading::JsonLd)
                    }
                    _ => None,
                };
                self.is_behind_heading |= tag.name == "h1";
                let said = match tag.name {
                    "meta" => get("property").or(get("name")).or(get("itemprop")).zip(get("content")),
                    "link" if get("rel") == Some("canonical") => get("href").map(|href| ("canonical", href)),
                    "html" => get("lang").or(get("xml:lang")).map(|lang| ("<html>", lang)),
                    "time" if self.is_behind_heading => get("datetime").map(|time| ("<time>", time)),
                    _ => None,
                };
                if let Some((name, value)) = said {
                    self.add(name, value);
                }
            }
            Token::Text(range) => match self.reading.take() {
                Some(Reading::Title) => {
                    let text: String = unescape(&source[range.clone()]).map(|(text, _)| text).collect();
                    self.add("<title>", &text.split_whitespace().collect::<Vec<_>>().join(" "));
                }
                Some(Reading::JsonLd) => {
                    if let Ok(value) = serde_json::from_str(source[range.clone()].trim()) {
                        self.json_ld(&value);
                    }
                }
                None => {}
            },
            Token::End(_) => self.reading = None,
            Token::Remark(_) => {}
        }
    }

    /// What was found; a value that cannot be read gives way to the next. `headline` is the text of the
    /// heading that names the article.
    pub(super) fn metadata(&self, headline: Option<&str>) -> Metadata {
        let mut metadata = Metadata::default();
        for (field, sources) in SOURCES {
            let said = sources.iter().filter_map(|source| match *source {
                "h1" => headline,
                source => self.get(source),
            });
            // A value that is no date, such as "yesterday", is passed over.
            said.map(|value| metadata.set(field, value)).find(Result::is_ok);
        }
        metadata.lang = metadata.lang.map(|lang| lang.replace('_', "-"));
        metadata
    }

    /// What the page calls its article, most likely with the name of the site.
    pub(super) fn title(&self) -> Option<&str> {
        ["ld:headline", "og:title", "<title>"].into_iter().find_map(|name| self.get(name))
    }

    fn add(&mut self, name: &str, value: &str) {
        /// A page says a few dozen things; one that says thousands is not worth the memory.
        const MOST: usize = 500;
        if self.found.len() < MOST && !value.is_empty() {
            self.found.push((name.to_lowercase(), value.to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.found.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first article of a JSON-LD block, which may stand in lists and graphs.
    fn json_ld(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.json_ld(item)),
            Value::Object(object) => {
                let is_article = |kind: &Value| kind.as_str().is_some_and(|kind| ARTICLES.contains(&kind));
                let is_article = match object.get("@type") {
                    Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                    Some(kind) => is_article(kind),
                    None => false,
                };
                if is_article {
                    for key in [
                        "headline",
                        "datePublished",
                        "dateModified",
                        "url",
                        "inLanguage",
                        "author",
                        "publisher",
                        "version",
                    ] {
                        if let Some(text) = object.get(key).and_then(plain) {
                            self.add(&format!("ld:{key}"), &text);
                        }
                    }
                    if let Some(page) = object.get("mainEntityOfPage").and_then(plain) {
                        self.add("ld:url", &page);
                    }
                } else if let Some(graph) = object.get("@graph") {
                    self.json_ld(graph);
                }
            }
            _ => {}
        }
    }
}

/// A text, a number, what an object is called, or a list of these.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            ["name", "@id", "url"].into_iter().find_map(|key| object.get(key)).and_then(plain)
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(plain).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        _ => None,
    }
}
