//! Mutations of PDF: numbers, names, references, whole objects, and what is inside packed streams, packed again.

use super::bytes::span;
use super::text::replace;
use crate::Dice;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::ops::Range;

const NUMBERS: [&str; 22] = [
    "0",
    "-1",
    "1",
    "2",
    "7",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "9223372036854775808",
    "99999999999999999999999999",
    "0.00000000001",
    "1.5",
    "-0",
    "1e9",
    "--1",
    "1 0 R",
    "4 0 R",
];
const NAMES: [&str; 26] = [
    "/Type",
    "/Pages",
    "/Page",
    "/Kids",
    "/Parent",
    "/Count",
    "/Contents",
    "/Resources",
    "/Font",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "/LZWDecode",
    "/ASCII85Decode",
    "/DCTDecode",
    "/JBIG2Decode",
    "/JPXDecode",
    "/CCITTFaxDecode",
    "/XObject",
    "/Form",
    "/Image",
    "/ObjStm",
    "/Type3",
    "/Type0",
    "/ToUnicode",
    "/Encrypt",
];
/// Operators and pieces of content.
const PIECES: [&str; 34] = [
    "BT", "ET", "q", "Q", "Tf", "Td", "Tm", "Tj", "TJ", "'", "\"", "T*", "Tr", "Tz", "Ts", "cm", "re", "W",
    "n", "f", "S", "Do", "BI", "ID", "EI", "BDC", "EMC", "gs", "sh", "scn", "d0", "[", "(", "<<",
];
/// Streams are unpacked up to here.
const STREAM_BYTES_MAX: usize = 1024 * 1024;
/// How often an object is repeated.
const REPEATS_MAX: usize = 30;

/// One mutation.
pub(super) fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(10) {
        0 => replace(bytes, |byte| byte.is_ascii_digit(), &NUMBERS, dice),
        1 => replace_name(bytes, dice),
        2..=5 => mutate_stream(bytes, dice),
        6 => {
            // An object in another one's place.
            let copy = bytes.get(object(bytes, dice)).unwrap_or_default().to_vec();
            let here = object(bytes, dice);
            bytes.splice(here, copy);
        }
        7 => {
            let here = object(bytes, dice);
            drop(bytes.drain(here));
        }
        8 => {
            let here = object(bytes, dice);
            let copy = bytes.get(here.clone()).unwrap_or_default().repeat(dice.below(REPEATS_MAX));
            bytes.splice(here.start..here.start, copy);
        }
        _ => {
            let copy = bytes.get(span(bytes.len(), dice)).unwrap_or_default().to_vec();
            let here = span(bytes.len(), dice);
            bytes.splice(here, copy);
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|at| from.saturating_add(at))
}

/// From behind `obj` to before `endobj`.
fn object(bytes: &[u8], dice: &mut Dice) -> Range<usize> {
    let from = dice.below(bytes.len());
    let start =
        find(bytes, b" obj", from).or_else(|| find(bytes, b" obj", 0)).map_or(0, |at| at.saturating_add(4));
    let end = find(bytes, b"endobj", start).unwrap_or(start);
    start..end
}

fn replace_name(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let from = dice.below(bytes.len());
    let Some(start) = find(bytes, b"/", from) else { return };
    let rest = bytes.get(start.saturating_add(1)..).unwrap_or_default();
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let new = dice.pick(&NAMES).copied().unwrap_or_default();
    bytes.splice(start..start.saturating_add(1).saturating_add(length), new.bytes());
}

/// Unpacks a stream, changes what is inside, packs it again, and most often says the new length.
fn mutate_stream(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let from = dice.below(bytes.len());
    let Some(word) = find(bytes, b"stream\n", from).or_else(|| find(bytes, b"stream\n", 0)) else { return };
    let start = word.saturating_add(b"stream\n".len());
    let Some(mut end) = find(bytes, b"endstream", start) else { return };
    if bytes.get(end.saturating_sub(1)) == Some(&b'\n') && end > start {
        end = end.saturating_sub(1);
    }
    let data = bytes.get(start..end).unwrap_or_default();
    let unpacked = decompress_to_vec_zlib_with_limit(data, STREAM_BYTES_MAX).ok();
    let packed = unpacked.is_some();
    let mut content = unpacked.unwrap_or_else(|| data.to_vec());
    for _ in 0..=dice.below(3) {
        mutate_content(&mut content, dice);
    }
    let new = if packed { compress_to_vec_zlib(&content, 1) } else { content };
    let length = new.len();
    bytes.splice(start..end, new);
    if dice.below(10) > 0 {
        say_length(bytes, word, length);
    }
}

/// The `/Length` that stands before the stream.
fn say_length(bytes: &mut Vec<u8>, word: usize, length: usize) {
    const KEY: &[u8] = b"/Length ";
    let before = bytes.get(..word).unwrap_or_default();
    let Some(key) = before.windows(KEY.len()).rposition(|window| window == KEY) else { return };
    let start = key.saturating_add(KEY.len());
    let digits =
        before.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.splice(start..start.saturating_add(digits), length.to_string().bytes());
}

fn mutate_content(content: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(6) {
        0 => replace(content, |byte| byte.is_ascii_digit() || byte == b'.', &NUMBERS, dice),
        1 => replace(content, |byte| byte.is_ascii_alphabetic(), &PIECES, dice),
        2 => {
            let at = dice.below(content.len().saturating_add(1));
            let piece = format!(" {} ", dice.pick(&PIECES).copied().unwrap_or_default());
            let often = if dice.below(8) == 0 { dice.below(2_000) } else { 1 };
            content.splice(at..at, piece.repeat(often).bytes());
        }
        3 => {
            let here = span(content.len(), dice);
            drop(content.drain(here));
        }
        4 => {
            let copy = content.get(span(content.len(), dice)).unwrap_or_default().to_vec();
            let at = dice.below(content.len().saturating_add(1));
            content.splice(at..at, copy);
        }
        _ => {
            let at = dice.below(content.len());
            if let Some(byte) = content.get_mut(at) {
                *byte = u8::try_from(dice.below(256)).unwrap_or(0);
            }
        }
    }
}
