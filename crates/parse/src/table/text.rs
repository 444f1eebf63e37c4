//! Bytes to text: the declared encoding where there is a mark, proof by validity, detection last.

use crate::ParseError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// Decodes a text file. UTF-8 and UTF-16 by their marks, UTF-8 by validity, else the legacy encoding that the
/// bytes look like (windows-1252 for most bank exports).
pub(super) fn decode(bytes: &[u8]) -> Result<String, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::Corrupt);
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Deny)
        }
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') {
        return Err(ParseError::Corrupt);
    }
    Ok(text.into_owned())
}
