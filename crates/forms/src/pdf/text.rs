//! Text strings: `PDFDocEncoding`, UTF-16BE or UTF-8 by their mark.

use lopdf::{Object, StringFormat};

/// `PDFDocEncoding` from 0x18 to 0x1F.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
/// `PDFDocEncoding` from 0x80 to 0xA0; `\u{FFFD}` where nothing is defined.
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
    'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// The characters of a text string, at most `chars_max` of them.
pub(crate) fn read_text(bytes: &[u8], chars_max: usize) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes, chars_max);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes, chars_max);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(rest).chars().take(chars_max).collect();
    }
    bytes.iter().take(chars_max).map(|byte| pdf_doc(*byte)).collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, chars_max: usize) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let chars = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}'));
    let mut text = String::new();
    let mut in_language_tag = false;
    for c in chars.take(chars_max) {
        match c {
            '\u{1B}' => in_language_tag = !in_language_tag,
            _ if in_language_tag => {}
            c => text.push(c),
        }
    }
    text
}

fn pdf_doc(byte: u8) -> char {
    match byte {
        0x18..=0x1F => LOW.get(usize::from(byte) - 0x18).copied().unwrap_or('\u{FFFD}'),
        0x80..=0xA0 => HIGH.get(usize::from(byte) - 0x80).copied().unwrap_or('\u{FFFD}'),
        other => char::from(other),
    }
}

/// A text string: ASCII as it is, everything else in UTF-16BE, which every viewer reads alike.
pub(crate) fn write_text(text: &str) -> Object {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b) || matches!(b, b'\n' | b'\r' | b'\t')) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::{read_text, write_text};
    use proptest::prelude::*;

    #[test]
    fn reads_each_encoding() {
        for (bytes, text) in [
            (&b"Zo\xEB \xA0 5"[..], "Zoë € 5"),
            (b"\xFE\xFF\x20\xAC\x00a", "€a"),
            (b"\xFF\xFE\xAC\x20a\x00", "€a"),
            (b"\xEF\xBB\xBF\xE2\x82\xAC", "€"),
            (b"\xFE\xFF\x00\x1B\x00e\x00n\x00\x1B\x00x", "x"),
            (b"\x9F", "\u{FFFD}"),
            (b"", ""),
        ] {
            assert_eq!(read_text(bytes, 100), text);
        }
    }

    #[test]
    fn stops_at_the_limit() {
        assert_eq!(read_text(b"abcd", 4), "abcd");
        assert_eq!(read_text(b"abcde", 4), "abcd");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "[^\u{1B}\u{FFFD}]{0,40}") {
            let object = write_text(&text);
            prop_assert_eq!(read_text(object.as_str().unwrap(), 1000), text);
        }

        #[test]
        fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_text(&bytes, 50);
        }
    }
}
