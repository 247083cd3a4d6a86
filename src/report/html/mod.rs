//! One self-contained page: what was found, both sides next to each other, and drawings of the whole.
//!
//! [`card`] makes of each finding what a template shows, [`overview`] draws what all of them have in common, and
//! [`data`] packs what the page loads when it is asked for. The first findings are plain HTML and need no script. The
//! templates escape everything that comes from articles; the policy in the page's head allows its own script and nothing
//! else, and no request to anywhere.

mod axis;
mod card;
mod data;
mod overview;
mod strip;

use super::template::{Templates, told};
use super::{Renderer, Report, Style};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io;

/// `html`
pub(super) struct Html;

/// Findings that are plain HTML; the others are packed in parcels of as many.
const PLAIN: usize = 50;

impl Renderer for Html {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let builtin = Templates::default();
        let page = Page::new(style.templates.unwrap_or(&builtin))?;
        let cards = card::cards(report);
        let articles =
            cards.iter().map(|card| page.filled("finding.html", context! { card => as_value(card) }));
        let articles = articles.collect::<io::Result<Vec<String>>>()?;
        let plain = articles.len().min(PLAIN);
        let context = context! {
            report => as_value(report),
            counted => report.counted(),
            severities => as_value(data::counts(report)),
            kinds => as_value(data::kinds(&cards)),
            rules => as_value(data::rules(&cards)),
            statuses => as_value(data::statuses(&cards)),
            sources => as_value(data::sources(&cards)),
            overview => as_value(overview::overview(report, &cards)),
            articles => as_value(&articles[..plain]),
            left => articles.len() - plain,
            index => data::index(&cards),
            step => PLAIN,
            parcels => as_value(data::parcels(&cards, &articles, PLAIN)?),
        };
        page.write("page.html", context, out)
    }
}

/// The templates, and what all pages share.
pub(super) struct Page<'a> {
    environment: Environment<'a>,
    style: &'a str,
    script: &'a str,
}

impl<'a> Page<'a> {
    pub(super) fn new(templates: &'a Templates) -> io::Result<Self> {
        Ok(Self {
            environment: templates.environment()?,
            style: templates.text("page.css"),
            script: templates.text("page.js"),
        })
    }

    fn filled(&self, template: &str, context: Value) -> io::Result<String> {
        self.environment.get_template(template).and_then(|template| template.render(context)).map_err(told)
    }

    /// Fills in a template and writes it, with a line end.
    pub(super) fn write(&self, template: &str, context: Value, out: &mut dyn io::Write) -> io::Result<()> {
        // The policy names the script by its hash, which a browser takes with the line ends of HTML.
        let script = self.script.replace("\r\n", "\n");
        let shared = context! {
            style => self.style,
            script_hash => STANDARD.encode(Sha256::digest(script.as_bytes())),
            script => script,
            version => env!("CARGO_PKG_VERSION"),
        };
        let page = self.environment.get_template(template).map_err(told)?;
        page.render_captured_to(context! { ..context, ..shared }, &mut *out).map_err(told)?;
        out.write_all(b"\n")
    }
}

pub(super) fn as_value(value: impl Serialize) -> Value {
    Value::from(Serde(value))
}
