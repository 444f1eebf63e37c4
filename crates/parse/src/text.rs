//! Bytes to text: the declared encoding where there is a mark, proof by validity, detection last.

use crate::ParseError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// Decodes a text file. UTF-8 and UTF-16 by their marks, UTF-8 by validity, else the legacy encoding that the
/// bytes look like (windows-1252 for most bank exports).
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::Corrupt);
    }
    let (text, _, broken) = encoding(bytes).decode(bytes);
    if broken || text.contains('\0') {
        return Err(ParseError::Corrupt);
    }
    Ok(text.into_owned())
}

/// Decodes the text of a format that is made of ASCII around names and purposes: a broken letter in a name is no
/// reason to refuse the figures, so bytes that fit no encoding are read as windows-1252, which takes them all.
/// `declared` is what the file says of itself, believed only where the bytes do not prove otherwise.
pub(crate) fn decode_leniently(bytes: &[u8], declared: Option<&str>) -> Result<String, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::Corrupt);
    }
    let proved = Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    let named = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let first = match named {
        // A label of ASCII, or of UTF-8 that the bytes are not, says nothing.
        Some(named) if !proved && named != encoding_rs::UTF_8 && named.is_ascii_compatible() => named,
        _ => encoding(bytes),
    };
    let (text, _, broken) = first.decode(bytes);
    let text = if broken { encoding_rs::WINDOWS_1252.decode(bytes).0 } else { text };
    if text.contains('\0') {
        return Err(ParseError::Corrupt);
    }
    Ok(text.into_owned())
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if let Some(wide) = unmarked_utf16(bytes) {
        return wide;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return encoding_rs::UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 whose mark was lost: every text we read begins with ASCII, whose other half is then a zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(encoding_rs::UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(encoding_rs::UTF_16LE),
        _ => None,
    }
}
