//! Markdown as GitHub and GitLab show it, for comments on pull requests and job summaries.
//!
//! What stands in articles is text: every mark of Markdown is escaped, and no name, number or address in it becomes a link
//! or calls somebody.

use super::full::reading_text;
use super::model::{EvidenceView, FindingView, MemberView};
use super::stretch::stretches;
use super::wrap::visible;
use super::{Renderer, Report, Style};
use std::io;

/// `markdown`
pub(super) struct Markdown;

/// Characters after which findings are only counted: a comment on GitHub holds 65,536.
const MOST_CHARACTERS: usize = 60_000;
/// Places shown of one finding; the others are only named.
const MOST_PLACES: usize = 6;

impl Renderer for Markdown {
    fn render(&self, report: &Report, _: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text = format!("## {}\n", heading(report));
        if report.findings.is_empty() {
            text.push_str("\nNothing stands twice, and no two statements disagree.\n");
        }
        let mut length = text.chars().count();
        for (number, finding) in (1..).zip(&report.findings) {
            let entry = entry(number, finding);
            length += entry.chars().count();
            if length > MOST_CHARACTERS {
                let left = report.findings.len() + 1 - number;
                text.push_str(&format!("\n{left} more: see the whole report.\n"));
                break;
            }
            text.push_str(&entry);
        }
        out.write_all(text.as_bytes())
    }
}

/// `twicetold: 5 errors, 3 warnings in 5 documents`
fn heading(report: &Report) -> String {
    format!("twicetold: {}", report.counted())
}

fn entry(number: usize, finding: &FindingView) -> String {
    let mut out = format!("\n### {number}. {}\n\n", escaped(&visible(&finding.message)));
    let disputed = if finding.disputed { ", disputed" } else { "" };
    let rule = escaped(&visible(&finding.rule));
    out.push_str(&format!(
        "**{}** {}, rule {rule}{disputed}{}\n",
        finding.severity,
        finding.code,
        escaped(&visible(&finding.aside()))
    ));
    if let EvidenceView::Conflict(conflict) = &finding.evidence {
        let step = |step: &String| format!("1. {}\n", plain_start(&escaped(&visible(step))));
        if !conflict.steps.is_empty() {
            out.push('\n');
            out.extend(conflict.steps.iter().map(step));
        }
    }
    for member in finding.members.iter().take(MOST_PLACES) {
        out.push_str(&place(member));
        out.push_str(&quote(member));
    }
    for member in finding.members.iter().skip(MOST_PLACES) {
        out.push_str(&place(member));
    }
    out.push_str(&format!("\nWhat to do: {}.\n", escaped(&visible(&finding.help))));
    out
}

fn place(member: &MemberView) -> String {
    let role = match member.role.as_str() {
        "claim" => "",
        role => role,
    };
    let reading = member.reading.as_ref().map(|reading| escaped(&visible(&reading_text(reading))));
    let told: Vec<String> =
        [(!role.is_empty()).then(|| role.to_owned()), reading].into_iter().flatten().collect();
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
    let (path, start) = (escaped(&visible(&member.path)), &member.start);
    format!("\n**{path}:{}:{}**{told}\n", start.line, start.column)
}

/// The quote with its marks; what need not be read is left out.
fn quote(member: &MemberView) -> String {
    let mut text = String::new();
    for stretch in stretches(&member.quote, &member.marks) {
        if stretch.folded > 0 {
            text.push_str(" … ");
            continue;
        }
        let (open, close) = match (stretch.mark.as_str(), member.role.as_str()) {
            ("", _) => ("", ""),
            ("changed", "original") => ("<del>", "</del>"),
            ("changed", _) => ("<ins>", "</ins>"),
            ("moved", _) => ("<em>", "</em>"),
            _ => ("<strong>", "</strong>"),
        };
        text.push_str(open);
        text.push_str(&escaped(&stretch.text));
        text.push_str(close);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold("\n".to_owned(), |out, line| format!("{out}> {}\n", plain_start(line)))
}

/// Text of which nothing is markup, a mention, a reference or an address.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // Mentions and references to issues are found behind the escapes; an empty comment breaks them.
            '@' | '#' => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            // These are marks only at the start of a line, or behind others.
            '-' | '+' | '=' | '(' | ')' | '{' | '}' | '^' => out.push(c),
            ':' | '.' | ',' | '\'' | '"' | '/' | '?' | '%' | ';' => out.push(c),
            c if c.is_ascii_punctuation() => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // Addresses become links by themselves.
    out.replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
}

/// A line that would start a list, or underline a heading, is a line of text.
pub(super) fn plain_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].starts_with(['.', ')']) && digits > 0 || line.starts_with(['-', '+', '=']) {
        true => format!("{}\\{}", &line[..digits], &line[digits..]),
        false => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, plain_start};

    #[test]
    fn nothing_of_an_article_is_markup() {
        for (text, expected) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("**bold** `code`", "\\*\\*bold\\*\\* \\`code\\`"),
            ("ask @octocat about #12", "ask @<!-- -->octocat about #<!-- -->12"),
            (
                "see https://example.org or www.example.org",
                "see https:<!-- -->//example.org or www<!-- -->.example.org",
            ),
            ("[a](b) ![c](d) | e", "\\[a\\](b) \\!\\[c\\](d) \\| e"),
            ("1. no list", "1\\. no list"),
            ("- no list\n--- no line\n=== no heading", "\\- no list\n\\--- no line\n\\=== no heading"),
            ("in 1999. It - well", "in 1999. It - well"),
        ] {
            let lines: Vec<String> = escaped(text).lines().map(plain_start).collect();
            assert_eq!(lines.join("\n"), expected);
        }
    }
}
