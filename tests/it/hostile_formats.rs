//! Hostile files of every format: a message with path and place, bounded time and memory, and the run goes on.

use super::{folder, run_in, stderr, stdout};
use std::io::Write;
use zip::write::{SimpleFileOptions, ZipWriter};

/// An article with a pair of copies: whatever stands beside it, it is told.
const TWICE: &str = "The ferry stayed at its pier all morning, since the engine had been taken apart.\n\n\
    Nobody minded, and the kiosk sold more ice than on any other day.\n\n\
    The ferry stayed at its pier all morning, since the engine had been taken apart.\n";

/// Checks a folder with the article and another file; gives what was told.
fn beside(name: &str, content: &[u8], words: &[&str]) -> String {
    let at = folder(&[("good.txt", TWICE.as_bytes()), (name, content)]);
    let output = run_in(at.path(), &["check", "--isolated", "."]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    assert!(stdout(&output).contains("./good.txt:5:1"), "{}", stdout(&output));
    for word in words {
        assert!(told.contains(word), "`{word}` is missing in: {told}");
    }
    told
}

/// The text of all blocks of one file.
fn text_of(name: &str, content: &[u8]) -> String {
    let at = folder(&[(name, content)]);
    let output = run_in(at.path(), &["blocks", "--isolated", "--output-format", "json-lines", name]);
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    stdout(&output)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn word_documents_that_are_none() {
    let part =
        "<w:document><w:body><w:p><w:r><w:t>One paragraph of text.</w:t></w:r></w:p></w:body></w:document>";
    let whole = archive(&[("word/document.xml", part.as_bytes())]);
    assert!(text_of("a.docx", &whole).contains("One paragraph of text."));
    beside(
        "cut.docx",
        &whole[..whole.len() / 2],
        &["warning: skipped ./cut.docx: the file: not a whole zip archive"],
    );
    beside(
        "other.docx",
        &archive(&[("a.txt", b"x")]),
        &["skipped ./other.docx: word/document.xml: the archive has no such part"],
    );
    beside("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &["an old or encrypted Word document"]);
    beside("text.docx", b"no archive at all", &["not a whole zip archive"]);
    let mut spoiled = whole.clone();
    spoiled[60] ^= 0xff;
    beside("spoiled.docx", &spoiled, &["skipped ./spoiled.docx: word/document.xml: cannot be unpacked"]);
    let broken = archive(&[("word/document.xml", part.replace("</w:t>", "<!-- ").as_bytes())]);
    beside("broken.docx", &broken, &["./broken.docx!word/document.xml: read up to line 1, column"]);
}

/// Styles, properties and notes that cannot be read are told, and the text is read.
#[test]
fn word_documents_with_broken_parts() {
    let text =
        "<w:document><w:body><w:p><w:r><w:t>One paragraph of text.</w:t></w:r></w:p></w:body></w:document>";
    for name in ["word/styles.xml", "docProps/core.xml", "word/footnotes.xml"] {
        let bytes = archive(&[("word/document.xml", text.as_bytes()), (name, b"<!DOCTYPE x><x/>")]);
        assert!(text_of("a.docx", &bytes).contains("One paragraph of text."), "{name}");
        beside("a.docx", &bytes, &["warning: skipped ./a.docx: ", name, "document type"]);
    }
}

#[test]
fn bombs_are_not_unpacked() {
    let bomb = vec![b' '; 64 << 20];
    let told = beside(
        "bomb.docx",
        &archive(&[("word/document.xml", &bomb)]),
        &["word/document.xml: unpacks to more than", "zip bomb"],
    );
    assert!(told.len() < 1000, "{told}");
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document><w:t>&b;</w:t></w:document>";
    beside(
        "entities.docx",
        &archive(&[("word/document.xml", entities.as_bytes())]),
        &["has a document type, which Word never writes"],
    );
    // The count at the end of an archive may lie.
    let parts: Vec<String> = (0..10_001).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let mut many = archive(&parts);
    beside("many.docx", &many, &["more parts than a Word document has"]);
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[5, 0, 5, 0]);
    beside("many.docx", &many, &["more parts than a Word document has"]);
}

#[test]
fn entities_are_neither_fetched_nor_expanded() {
    let at = folder(&[("secret.txt", b"TOP SECRET")]);
    let secret = at.path().join("secret.txt");
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file://{}\"><!ENTITY a \"bang bang\"><!ENTITY b \"&a;&a;\">]>\
         <rss version=\"2.0\"><channel><title>T</title><item><guid>1</guid><title>Title</title><description>Before &x; and &b; behind.</description></item></channel></rss>",
        secret.display()
    );
    let text = text_of("a.rss", feed.as_bytes());
    assert!(text.contains("Before") && !text.contains("SECRET") && !text.contains("bang"), "{text}");
    beside("a.rss", feed.as_bytes(), &["its own entities are not read"]);
}

#[test]
fn feeds_and_news_that_break_off() {
    let item = |id: u32| {
        format!(
            "<item><guid>{id}</guid><title>Title {id}</title><description><![CDATA[<p>Text of item {id}.</p>]]></description></item>"
        )
    };
    let feed = format!("<rss><channel><title>T</title>\n{}\n{}", item(1), &item(2)[..60]);
    assert!(text_of("a.rss", feed.as_bytes()).contains("Text of item 1."));
    beside("a.rss", feed.as_bytes(), &["./a.rss: line 3, column"]);
    let twice = format!("<rss><channel>{}{}</channel></rss>", item(1), item(1));
    beside("a.rss", twice.as_bytes(), &["entry 2: the id `1` was used before"]);
    beside("empty.rss", b"<rss><channel/></rss>", &["a feed without entries"]);
    beside("a.json", b"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":1,\"content_text\":\"Text.\"},7]}", &["item 2: not an object"]);
    beside("b.json", b"{\"uri\":\"x\",\"body_text\":\"y\"", &["./b.json: line 1, column"]);
    beside("c.ninjs", b"[{\"uri\":\"x\"},{\"uri\":\"y\",\"body_text\":\"Text.\"}]", &["item 1: no text"]);
    beside(
        "a.newsml",
        b"<newsItem guid='x'><contentSet><inlineXML><html><body><p>Text</p>",
        &["./a.newsml: line 1, column"],
    );
    beside("a.newsml", b"", &["no news item with a text"]);
}

/// Pages that no one wrote by hand, at a size that stays quick; `benches/README.md` has larger ones.
#[test]
fn pages_of_any_shape_take_linear_time() {
    let deep = format!(
        "{}The text at the bottom of it all is read, as it should be.{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    assert!(text_of("deep.html", deep.as_bytes()).contains("bottom of it all"));
    let unclosed = format!(
        "<p>{}<div>x{}",
        "<b><i><span class=a>".repeat(50_000),
        "</b></section></td></a></i>".repeat(50_000)
    );
    text_of("unclosed.html", unclosed.as_bytes());
    let lists = format!("<ul>{}", "<li><ul><table><tr><td>x</div></li></ul>".repeat(20_000));
    text_of("lists.html", lists.as_bytes());
    let line = format!("<p>{}</p>", "word &amp; <b>word</b> ".repeat(200_000));
    text_of("line.html", line.as_bytes());
    let cards = "<div>".repeat(1000) + &"<div><h3><a href=x>A linked title here</a></h3></div>".repeat(5_000);
    text_of("cards.html", cards.as_bytes());
    let names = format!("<div class=\"{}\">x</div>", "related-links ".repeat(100_000));
    text_of("names.html", names.as_bytes());
}

#[test]
fn bytes_that_are_no_text() {
    let spoiled = [
        b"<p>Before caf\xc3\xa9 and \xc3\xa9t\xc3\xa9 \xff behind it, which is text.</p>".as_slice(),
        b"<p>More.</p>",
    ]
    .concat();
    assert!(text_of("a.html", &spoiled).contains("\u{fffd} behind it"));
    beside(
        "nul.html",
        b"<p>A page with a \0 in it.</p>",
        &["./nul.html: not text: the file holds binary data, at byte 17"],
    );
    let late = [&b"<p>word</p>\n".repeat(1000)[..], b"<p>behind \0 it</p>"].concat();
    assert!(text_of("late.html", &late).contains("behind"));
    let odd = "&#xD800; &#99999999; &#x1F600; &nosuch; &amp &lt;b&gt; &#; &";
    let text = text_of("odd.html", format!("<p>{odd} text</p>").as_bytes());
    assert!(text.contains("😀 &nosuch; & <b> &#; & text"), "{text}");
}

#[test]
fn pages_full_of_script_stay_text() {
    let page = "<h1>Title of it</h1><p>One sentence with &lt;script&gt;alert(1)&lt;/script&gt; in it, that stands here twice on purpose.</p>\
        <script>document.write('<p>never</p>')</script><p>One sentence with &lt;script&gt;alert(1)&lt;/script&gt; in it, that stands here twice on purpose.</p>";
    let at = folder(&[("a.html", page.as_bytes())]);
    let output = run_in(at.path(), &["check", "--isolated", "a.html", "--output-format", "html"]);
    let report = stdout(&output);
    assert!(report.contains("&#x3c;script") || report.contains("&lt;script"), "{report}");
    assert!(!report.contains("<script>alert") && !report.contains("never"));
}

/// A front matter that cannot be read is told, and the article is read.
#[test]
fn front_matter_that_is_none() {
    beside("a.md", b"---\ntitle: [\n---\nText.\n", &["./a.md: front matter is passed over"]);
    // An article that is all front matter has no blocks, and is no trouble.
    let at = folder(&[("a.md", b"---\ntitle: A\n---\n".as_slice())]);
    let output = run_in(at.path(), &["check", "--isolated", "a.md"]);
    assert_eq!((output.status.code(), stderr(&output).trim()), (Some(0), "no findings in 1 document"));
}
