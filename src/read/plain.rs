//! Plain text.

use super::Error;
use super::reader::{Extracted, File, Reader};
use crate::corpus::{Document, Origin};
use std::sync::Arc;

/// `.txt`, and every named file of a kind that is not known.
pub(super) struct Plain;

impl Reader for Plain {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let origin = Arc::new(Origin::verbatim(decoded.encoding));
        let document =
            Document { origin, is_line_based: true, ..Document::plain(file.path.as_str(), decoded.text) };
        Ok(Extracted::of(document))
    }
}
