//! A place in a written file that cannot be used, and the way out.

use std::path::Path;
use std::{fmt, io};

/// What is wrong in a file that a person wrote: where it is, what it says, how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: String,
    /// Line and column from 1, columns in code points; `None` where the whole file is meant.
    pub place: Option<(usize, usize)>,
    /// What is so, as a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// A fault of a file as a whole.
    pub fn of_file(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), place: None, message: message.into(), help: None }
    }

    /// A fault at a byte offset of the file's text.
    pub fn at(path: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let offset = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let place = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
        Self { place: Some(place), ..Self::of_file(path, message) }
    }

    /// A file that the system does not open.
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::of_file(&shown_path(path), system_message(error))
    }

    /// Adds the way out.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A fault found while reading TOML; an unknown key is answered with the nearest known one.
    pub fn from_toml(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
        let help = unknown_key(&message);
        let message = help.as_ref().map_or(message.clone(), |(key, _)| format!("unknown key `{key}`"));
        let mut fault = match error.span() {
            Some(span) => Self::at(path, text, span.start, message),
            None => Self::of_file(path, message),
        };
        fault.help = help.map(|(_, help)| help);
        fault
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl std::error::Error for Fault {}

/// A path as output shows it: `/` on every system.
pub fn shown_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The system's message as a fragment: lower case, without its number.
pub fn system_message(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// Splits serde's "unknown field `a`, expected one of `b`, `c`" into the key and a suggestion.
fn unknown_key(message: &str) -> Option<(String, String)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let key = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    let help = match nearest(key, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the keys here are {}", known.join(", ")),
    };
    Some((key.to_owned(), help))
}

/// The known name that is closest to `written`, where one is close enough to be meant
/// (Damerau-Levenshtein distance of at most a third of the length, or 2).
pub fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.chars().count() / 3).max(2);
    let distance = |name: &str| strsim::damerau_levenshtein(&written.to_lowercase(), &name.to_lowercase());
    known
        .map(|name| (distance(name), name))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::{Fault, nearest};

    #[test]
    fn the_nearest_key_is_offered() {
        assert_eq!(nearest("patern", ["patterns", "pattern", "key"].into_iter()), Some("pattern"));
        assert_eq!(nearest("colour", ["patterns", "key"].into_iter()), None);
    }

    #[test]
    fn columns_count_code_points() {
        let fault = Fault::at("a.toml", "é = 1\nüb = 2", 9, "x");
        assert_eq!(fault.place, Some((2, 2)));
    }
}
