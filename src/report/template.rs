//! The page's templates: those that come with the program, and those that a newsroom puts in their place.

use minijinja::Environment;
use std::collections::BTreeMap;
use std::io;

/// The files that come with the program, by name.
const BUILTIN: [(&str, &str); 8] = [
    ("page.html", include_str!("html/page.html")),
    ("frame.html", include_str!("html/frame.html")),
    ("finding.html", include_str!("html/finding.html")),
    ("overview.html", include_str!("html/overview.html")),
    ("diff.html", include_str!("html/diff.html")),
    ("parts.html", include_str!("html/parts.html")),
    ("page.css", include_str!("html/page.css")),
    ("page.js", include_str!("html/page.js")),
];

/// Templates in the syntax of Jinja; text is escaped in those that are named `.html`.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    own: BTreeMap<String, String>,
}

impl Templates {
    /// The names of the templates that come with the program, which can be replaced one by one.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// The text of a template that comes with the program.
    pub fn builtin(name: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// These files by name, and for all others those that come with the program.
    ///
    /// # Errors
    ///
    /// A template that is none, with its name and line.
    pub fn new(own: BTreeMap<String, String>) -> Result<Self, String> {
        let templates = Self { own };
        templates.environment().map_err(|error| error.to_string())?;
        Ok(templates)
    }

    /// The text of a file.
    pub(super) fn text(&self, name: &str) -> &str {
        self.own.get(name).map(String::as_str).or_else(|| Self::builtin(name)).unwrap_or_default()
    }

    /// All of them, ready to be filled in.
    pub(super) fn environment(&self) -> io::Result<Environment<'_>> {
        let mut environment = Environment::new();
        let own = self.own.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        for (name, text) in BUILTIN.into_iter().chain(own) {
            // Styles and scripts are put in as they are.
            if !name.ends_with(".css") && !name.ends_with(".js") {
                environment.add_template(name, text).map_err(told)?;
            }
        }
        Ok(environment)
    }
}

/// A template's error in one line, with its name and place: of an error in a part, that of the part.
pub(super) fn told(error: minijinja::Error) -> io::Error {
    let mut inner = &error;
    while let Some(cause) =
        std::error::Error::source(inner).and_then(|cause| cause.downcast_ref::<minijinja::Error>())
    {
        inner = cause;
    }
    let place = match (inner.name(), inner.line()) {
        (Some(name), Some(line)) => format!("{name}:{line}: "),
        (Some(name), None) => format!("{name}: "),
        _ => String::new(),
    };
    let detail = inner.detail().map_or_else(|| inner.kind().to_string(), str::to_owned);
    io::Error::other(format!("template {place}{detail}"))
}
