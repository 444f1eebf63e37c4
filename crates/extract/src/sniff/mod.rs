//! What the bytes are, by content only: a file's name is somebody's claim.

mod csv;
mod text;

use self::text::TextView;
use smartexus_domain::MediaType;

/// How far a `%PDF-` header may be pushed down by leading junk.
const PDF_HEADER_WITHIN_BYTES: usize = 1024;
/// How much of a text is looked at.
const TEXT_HEAD_BYTES: usize = 64 * 1024;

/// How older office programs begin every file.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Says what the bytes are. Never fails: what is not recognised is [`MediaType::Unknown`].
#[must_use]
pub fn sniff(bytes: &[u8]) -> MediaType {
    if let Some(image_or_archive) = by_magic(bytes) {
        return image_or_archive;
    }
    if contains(head(bytes, PDF_HEADER_WITHIN_BYTES), b"%PDF-") {
        return MediaType::Pdf;
    }
    match TextView::new(head(bytes, TEXT_HEAD_BYTES), bytes.len() > TEXT_HEAD_BYTES) {
        Some(view) => by_text(&view),
        None => MediaType::Unknown,
    }
}

fn by_magic(bytes: &[u8]) -> Option<MediaType> {
    match infer::get(bytes)?.mime_type() {
        "image/png" => Some(MediaType::Png),
        "image/jpeg" => Some(MediaType::Jpeg),
        "image/tiff" => Some(MediaType::Tiff),
        "image/webp" => Some(MediaType::Webp),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(MediaType::Xlsx),
        // Entry names stand uncompressed in an archive, in an order that writers are free to choose.
        "application/zip" if contains(bytes, b"xl/workbook.xml") => Some(MediaType::Xlsx),
        "application/vnd.oasis.opendocument.spreadsheet" => Some(MediaType::Ods),
        "application/zip" => Some(MediaType::Unknown),
        _ if bytes.starts_with(&COMPOUND_FILE) && contains(bytes, &wide(b"Workbook")) => Some(MediaType::Xls),
        _ => None,
    }
}

fn by_text(view: &TextView) -> MediaType {
    if view.is_ofx() {
        MediaType::Ofx
    } else if view.is_camt() {
        MediaType::Camt
    } else if view.is_qif() {
        MediaType::Qif
    } else if view.is_mt940() {
        MediaType::Mt940
    } else if view.is_bai2() {
        MediaType::Bai2
    } else if view.is_transactions_json() {
        MediaType::Json
    } else if !view.is_markup() && csv::is_delimited(view) {
        MediaType::Csv
    } else {
        MediaType::Unknown
    }
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// ASCII as UTF-16, as the directory of a compound file writes names.
fn wide(ascii: &[u8]) -> Vec<u8> {
    ascii.iter().flat_map(|byte| [*byte, 0]).collect()
}

#[cfg(test)]
mod tests;
