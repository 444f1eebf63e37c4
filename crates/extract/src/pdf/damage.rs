//! Is all of a page's content there? The engine salvages what it can of a damaged stream and skips what it
//! cannot decode, both without a word.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page;

/// The header before the compressed data.
const ZLIB_HEADER_BYTES: usize = 2;
const BUFFER_BYTES: usize = 32 * 1024;

/// Is part of the page's content missing, or behind something that cannot be parsed?
pub(super) fn is_content_damaged(page: &Page<'_>) -> bool {
    is_stream_damaged(page) || is_text_out_of_reach(page)
}

/// The engine ends a page at the first bytes that are no operand and no operator. Text behind them is lost.
fn is_text_out_of_reach(page: &Page<'_>) -> bool {
    let content = page.page_stream().unwrap_or_default();
    let mut operations = page.operations();
    let mut rest = content;
    while let Some(operation) = operations.next() {
        let operator = operation.operator;
        let Some(start) = operator.first().and_then(|byte| content.element_offset(byte)) else { continue };
        // The bytes of an inline image follow its operator; they are no content.
        let is_image = operator.as_ref() == b"BI";
        rest = if is_image { &[] } else { content.get(start..).unwrap_or_default() };
        rest = rest.get(operator.len()..).unwrap_or_default();
    }
    rest.windows(2).any(|pair| pair == b"Tj" || pair == b"TJ")
}

fn is_stream_damaged(page: &Page<'_>) -> bool {
    let raw = page.raw();
    match raw.get::<Object<'_>>(CONTENTS) {
        Some(Object::Stream(stream)) => !is_whole(&stream),
        Some(Object::Array(parts)) => is_part_damaged(&parts),
        Some(Object::Null(_)) => false,
        Some(
            Object::Boolean(_) | Object::Number(_) | Object::String(_) | Object::Name(_) | Object::Dict(_),
        ) => true,
        None => raw.contains_key(CONTENTS),
    }
}

fn is_part_damaged(parts: &Array<'_>) -> bool {
    let whole = parts.iter::<Object<'_>>().filter_map(Object::into_stream).filter(is_whole).count();
    whole < parts.raw_iter().count()
}

fn is_whole(stream: &Stream<'_>) -> bool {
    match stream.filters().first() {
        Some(Filter::FlateDecode) => {
            let raw = stream.raw_data();
            raw.is_empty() || is_deflate_whole(&raw)
        }
        // Without compression there is nothing to check; rarer filters are checked by decoding.
        None => true,
        Some(_) => stream.decoded_data().is_ok(),
    }
}

/// Does the data end where its last block says? The checksum behind it is left alone: some writers get it
/// wrong, and every reader ignores it.
pub(super) fn is_deflate_whole(zlib: &[u8]) -> bool {
    let Some(mut input) = zlib.get(ZLIB_HEADER_BYTES..) else { return false };
    let mut inflate = Decompress::new(false);
    let mut output = vec![0; BUFFER_BYTES];
    loop {
        let (read_before, written_before) = (inflate.total_in(), inflate.total_out());
        match inflate.decompress(input, &mut output, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return true,
            Ok(Status::Ok | Status::BufError) => {}
            Err(_) => return false,
        }
        let read = inflate.total_in().saturating_sub(read_before);
        if read == 0 && inflate.total_out() == written_before {
            return false;
        }
        input = usize::try_from(read).ok().and_then(|read| input.get(read..)).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::is_deflate_whole;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    #[test]
    fn cut_and_damaged_streams_are_not_whole() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(|i| (i % 977).to_string().into_bytes()).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&text).unwrap();
        let whole = encoder.finish().unwrap();
        assert!(is_deflate_whole(&whole));
        assert!(is_deflate_whole(&[whole.as_slice(), b"\r\n"].concat()));
        let without_checksum = whole.len() - 4;
        assert!(is_deflate_whole(&whole[..without_checksum]));
        assert!(!is_deflate_whole(&whole[..without_checksum - 1]));
        assert!(!is_deflate_whole(&whole[..whole.len() / 2]));
        assert!(!is_deflate_whole(b"this was never deflated"));
        assert!(!is_deflate_whole(b""));
    }
}
