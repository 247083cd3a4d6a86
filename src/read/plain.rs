//! Plain text.

use super::Error;
use super::reader::{Extracted, File, Reader};
use crate::corpus::Document;

/// `.txt`, and every named file of a kind that is not known.
pub(super) struct Plain;

impl Reader for Plain {
    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn read(&self, file: File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let document = Document { encoding: decoded.encoding, ..Document::plain(file.path, decoded.text) };
        Ok(Extracted { documents: vec![document], ..Extracted::default() })
    }
}
