//! The stage: bytes in, pages out.

use crate::{ExtractError, ExtractOptions, OcrOptions, Survey, image, ocr, pdf, sniff};
use smartexus_domain::{FileFacts, MediaType, Pages};

/// Reads the text layer of a document, or says what kind of structured file it is.
///
/// Structured files come back without pages: `parse` reads their bytes. With a range, only its pages are read
/// and returned, and whether the document has any text is left to [`smartexus_domain::gather`], which makes
/// of the parts what reading all pages at once would have made. The function is pure and deterministic: the
/// same bytes and options give the same `Pages`. It may still overflow the stack or run for ever on hostile
/// bytes, so it belongs into a child with a wall clock.
///
/// # Errors
/// Every error is the document's fault; see [`ExtractError`].
pub fn extract(bytes: &[u8], options: &ExtractOptions) -> Result<Pages, ExtractError> {
    let media_type = readable_media(bytes, options)?;
    if media_type == MediaType::Pdf {
        return pdf::extract_pdf(bytes, options).map_err(|error| because(error, options));
    }
    if is_picture(media_type) {
        return image::extract_image(bytes, media_type, options).map_err(|error| because(error, options));
    }
    Ok(Pages { media_type, facts: FileFacts::default(), pages: Vec::new(), findings: Vec::new() })
}

/// Says what the bytes are and how many pages there are to read, without reading any. As unsafe with hostile
/// bytes as [`extract`].
///
/// # Errors
/// What [`extract`] fails with, fails here already and in the same way; except that only reading can tell
/// whether the pages have text.
pub fn survey(bytes: &[u8], options: &ExtractOptions) -> Result<Survey, ExtractError> {
    let media_type = readable_media(bytes, options)?;
    if media_type == MediaType::Pdf {
        return pdf::survey_pdf(bytes, options);
    }
    if is_picture(media_type) {
        return image::survey_image(bytes, media_type, options);
    }
    Ok(Survey { media_type, pages: 0 })
}

pub(crate) fn is_picture(media_type: MediaType) -> bool {
    matches!(media_type, MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp)
}

/// A document without words may only lack somebody who reads pictures.
fn because(error: ExtractError, options: &ExtractOptions) -> ExtractError {
    let is_ready = |ocr: OcrOptions| ocr::is_ready(ocr.languages);
    let lacks_engine = error == ExtractError::NothingReadable && !options.ocr.is_none_or(is_ready);
    if lacks_engine { ExtractError::OcrUnavailable } else { error }
}

/// What the bytes are: [`MediaType::Pdf`], a picture, or a structured file.
fn readable_media(bytes: &[u8], options: &ExtractOptions) -> Result<MediaType, ExtractError> {
    let size_bytes = bytes.len() as u64;
    if size_bytes == 0 {
        return Err(ExtractError::Empty);
    }
    if size_bytes > options.limits.size_bytes {
        return Err(ExtractError::TooLarge { size_bytes, limit: options.limits.size_bytes });
    }
    let media_type = sniff(bytes);
    match media_type {
        MediaType::Pdf
        | MediaType::Csv
        | MediaType::Ofx
        | MediaType::Qif
        | MediaType::Mt940
        | MediaType::Camt
        | MediaType::Xlsx
        | MediaType::Xls
        | MediaType::Ods
        | MediaType::Bai2
        | MediaType::Json
        | MediaType::Png
        | MediaType::Jpeg
        | MediaType::Tiff
        | MediaType::Webp => Ok(media_type),
        MediaType::Unknown => Err(ExtractError::UnsupportedMedia),
    }
}
