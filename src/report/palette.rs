//! Colors as escape sequences (ECMA-48, SGR), or none.

/// The escape sequences of a style; all empty where there are no colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Errors.
    pub error: &'static str,
    /// Warnings.
    pub warning: &'static str,
    /// Infos.
    pub info: &'static str,
    /// Line numbers and frames.
    pub frame: &'static str,
    /// Messages.
    pub bold: &'static str,
    /// Words that are pointed at.
    pub mark: &'static str,
    /// Words that went.
    pub removed: &'static str,
    /// Words that came.
    pub added: &'static str,
    /// Back to plain.
    pub reset: &'static str,
}

impl Palette {
    /// No colors.
    pub const PLAIN: Self = Self {
        error: "",
        warning: "",
        info: "",
        frame: "",
        bold: "",
        mark: "",
        removed: "",
        added: "",
        reset: "",
    };

    /// The sixteen colors every terminal has.
    pub const COLORED: Self = Self {
        error: "\x1b[1;31m",
        warning: "\x1b[1;33m",
        info: "\x1b[1;36m",
        frame: "\x1b[34m",
        bold: "\x1b[1m",
        mark: "\x1b[1;35m",
        removed: "\x1b[31m",
        added: "\x1b[32m",
        reset: "\x1b[0m",
    };

    /// The color of a severity by its name.
    pub(super) fn severity(&self, name: &str) -> &'static str {
        match name {
            "error" => self.error,
            "warning" => self.warning,
            _ => self.info,
        }
    }
}
