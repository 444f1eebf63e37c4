//! What the file says about itself.

use super::document::is_encrypted;
use super::revision::saves;
use super::signed::signed_ranges;
use super::xmp::read_xmp;
use hayro_syntax::object::dict::keys::{COUNT, CREATION_DATE, MOD_DATE, PAGES};
use hayro_syntax::object::{Dict, ObjectIdentifier, String as PdfString};
use hayro_syntax::{Pdf, PdfData, PdfVersion};
use memchr::memmem;
use smartexus_domain::{FileFacts, FileId};

/// No producer needs more; a longer entry is cut.
const FACT_CHARS: usize = 256;

pub(super) fn read_facts(bytes: &[u8], data: &PdfData, pdf: &Pdf) -> FileFacts {
    let metadata = pdf.metadata();
    let info = info_reference(bytes).and_then(|id| pdf.xref().get::<Dict<'_>>(id));
    let date = |key| info.as_ref()?.get::<PdfString<'_>>(key).and_then(|raw| text_string(raw.as_bytes()));
    FileFacts {
        encrypted: positions(bytes, b"/Encrypt").next().is_some() && is_encrypted(data),
        producer: metadata.producer.as_deref().and_then(text_string),
        creator: metadata.creator.as_deref().and_then(text_string),
        created: date(CREATION_DATE),
        modified: date(MOD_DATE),
        revisions: count(bytes, b"%%EOF"),
        version: Some(version(pdf.version()).to_owned()),
        signatures: count(bytes, b"/ByteRange"),
        saves: saves(bytes),
        signed: signed_ranges(bytes),
        id: file_id(bytes),
        xmp: read_xmp(pdf),
        picture: None,
    }
}

/// Digits of each half of an identifier that are kept.
const ID_DIGITS: usize = 64;

/// The last `/ID [<…> <…>]`: like `Info`, it stands in plain sight.
fn file_id(bytes: &[u8]) -> Option<FileId> {
    positions(bytes, b"/ID").filter_map(|at| id_pair(bytes.get(at.checked_add(3)?..)?)).last()
}

fn id_pair(after: &[u8]) -> Option<FileId> {
    let inner = after.trim_ascii_start().strip_prefix(b"[")?;
    let (first, rest) = id_half(inner)?;
    let (last, _) = id_half(rest)?;
    Some(FileId { first, last })
}

/// `<hexadecimal>`; halves written as plain bytes may hold brackets of their own and are left alone.
fn id_half(text: &[u8]) -> Option<(String, &[u8])> {
    let inner = text.trim_ascii_start().strip_prefix(b"<")?;
    let end = inner.iter().take(ID_DIGITS.saturating_mul(4)).position(|byte| *byte == b'>')?;
    let (digits, rest) = inner.split_at_checked(end)?;
    let digits: String = digits
        .iter()
        .filter(|b| b.is_ascii_hexdigit())
        .take(ID_DIGITS)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    (!digits.is_empty()).then_some((digits, rest.get(1..)?))
}

fn count(bytes: &[u8], mark: &[u8]) -> u32 {
    u32::try_from(positions(bytes, mark).count()).unwrap_or(u32::MAX)
}

fn version(version: PdfVersion) -> &'static str {
    match version {
        PdfVersion::Pdf10 => "1.0",
        PdfVersion::Pdf11 => "1.1",
        PdfVersion::Pdf12 => "1.2",
        PdfVersion::Pdf13 => "1.3",
        PdfVersion::Pdf14 => "1.4",
        PdfVersion::Pdf15 => "1.5",
        PdfVersion::Pdf16 => "1.6",
        PdfVersion::Pdf17 => "1.7",
        PdfVersion::Pdf20 => "2.0",
    }
}

/// `Count` of the page tree's root, 0 where it is missing or absurd.
pub(super) fn page_count_claimed(pdf: &Pdf) -> u64 {
    let xref = pdf.xref();
    let root = xref.get::<Dict<'_>>(xref.root_id());
    let count = root.and_then(|root| root.get::<Dict<'_>>(PAGES)).and_then(|pages| pages.get::<i32>(COUNT));
    count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0)
}

/// The last `/Info n g R`: trailers stand in plain sight even in encrypted and compressed files. The engine
/// knows the dictionary too, but keeps its dates parsed only, and a malformed date is itself a fact.
fn info_reference(bytes: &[u8]) -> Option<ObjectIdentifier> {
    last_reference(bytes, b"/Info")
}

/// The last `key n g R` in the file.
pub(super) fn last_reference(bytes: &[u8], key: &[u8]) -> Option<ObjectIdentifier> {
    let after = |at: usize| bytes.get(at.checked_add(key.len())?..);
    positions(bytes, key).filter_map(|at| reference(after(at)?)).last()
}

fn reference(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let head = bytes.get(..32).unwrap_or(bytes);
    let mut words = head.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number = || std::str::from_utf8(words.next()?).ok();
    let id = ObjectIdentifier::new(number()?.parse().ok()?, number()?.parse().ok()?);
    number()?.starts_with('R').then_some(id)
}

pub(super) fn positions<'b>(bytes: &'b [u8], needle: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    memmem::find_iter(bytes, needle)
}

/// A PDF text string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which is Latin-1 wherever producers'
/// names and dates live.
pub(super) fn decoded(raw: &[u8]) -> String {
    match raw {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => raw.iter().map(|byte| char::from(*byte)).collect(),
    }
}

pub(super) fn text_string(raw: &[u8]) -> Option<String> {
    let text: String = decoded(raw).chars().filter(|c| !c.is_control()).take(FACT_CHARS).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_by_their_mark() {
        let check = |raw: &[u8], expected: Option<&str>| assert_eq!(text_string(raw).as_deref(), expected);
        check(b"Writer 1.0", Some("Writer 1.0"));
        check(b"\xFE\xFF\0W\x20\xAC", Some("W€"));
        check(b"\xFF\xFEW\0\xAC\x20", Some("W€"));
        check(b"\xEF\xBB\xBF\xE2\x82\xAC", Some("€"));
        check(b" \0 ", None);
        check(&[b'a'; 300], Some(&"a".repeat(FACT_CHARS)));
    }

    #[test]
    fn both_halves_of_the_last_identifier() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let id = file_id(text.as_bytes()).map(|id| (id.first, id.last));
            assert_eq!(id, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
        };
        check("/ID[<0aFF><0AfF>] /ID [ <01> \n <02> ]", Some(("01", "02")));
        check("/ID[<0aFF><0AfF>]", Some(("0aff", "0aff")));
        check("/IDTree 3 0 R /ID [(ab)(cd)] /ID [<01>", None);
        check(
            &format!("/ID [<{0}><{0}>]", "a".repeat(ID_DIGITS + 1)),
            Some((&"a".repeat(ID_DIGITS), &"a".repeat(ID_DIGITS))),
        );
    }

    #[test]
    fn the_last_reference_counts() {
        let id = |text: &str| info_reference(text.as_bytes());
        assert_eq!(id("/Info 3 0 R /Info 12 0 R>>"), Some(ObjectIdentifier::new(12, 0)));
        assert_eq!(id("/Information 3 0 R"), None);
        assert_eq!(id("/Info"), None);
    }
}
