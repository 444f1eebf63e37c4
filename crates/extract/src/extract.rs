//! The stage: bytes in, pages out.

use crate::{ExtractError, ExtractOptions, pdf, sniff};
use smartexus_domain::{FileFacts, MediaType, Pages};

/// Reads the text layer of a document, or says what kind of structured file it is.
///
/// Structured files come back without pages: `parse` reads their bytes. The function is pure and
/// deterministic: the same bytes and options give the same `Pages`. It may still overflow the stack or run
/// for ever on hostile bytes, so it belongs into a child with a wall clock.
///
/// # Errors
/// Every error is the document's fault; see [`ExtractError`].
pub fn extract(bytes: &[u8], options: &ExtractOptions) -> Result<Pages, ExtractError> {
    let size_bytes = bytes.len() as u64;
    if size_bytes == 0 {
        return Err(ExtractError::Empty);
    }
    if size_bytes > options.limits.size_bytes {
        return Err(ExtractError::TooLarge { size_bytes, limit: options.limits.size_bytes });
    }
    let media_type = sniff(bytes);
    match media_type {
        MediaType::Pdf => pdf::extract_pdf(bytes, options),
        MediaType::Csv
        | MediaType::Ofx
        | MediaType::Qif
        | MediaType::Mt940
        | MediaType::Camt
        | MediaType::Xlsx => {
            Ok(Pages { media_type, facts: FileFacts::default(), pages: Vec::new(), findings: Vec::new() })
        }
        MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp | MediaType::Unknown => {
            Err(ExtractError::UnsupportedMedia)
        }
    }
}
