//! Content streams, unpacked once and only whole ones.

use super::Unusual;
use crate::pdf::damage::is_deflate_whole;
use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::dict::keys::{CONTENTS, DECODE_PARMS, F};
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page;

/// Deflate packs no tighter than this; what claims more room is grown into.
const USUAL_RATIO: usize = 5;
const LEAST_ROOM_BYTES: usize = 4096;

/// Unpacks streams, one after the other, with one window.
pub(super) struct Unpacker {
    inflate: Decompress,
    limit_bytes: usize,
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), limit_bytes: usize::MAX }
    }
}

impl Unpacker {
    /// What is longer when it is unpacked is not read.
    pub(super) fn keep_to(&mut self, limit_bytes: usize) {
        self.limit_bytes = limit_bytes;
    }

    /// The content of a page; its parts are divided by a blank. `ends` are where they end, if there are several.
    pub(super) fn page(
        &mut self,
        page: &Page<'_>,
        content: &mut Vec<u8>,
        ends: &mut Vec<usize>,
    ) -> Result<(), Unusual> {
        content.clear();
        match page.raw().get::<Object<'_>>(CONTENTS) {
            Some(Object::Stream(stream)) => self.append(&stream, content),
            Some(Object::Array(parts)) => self.append_all(&parts, content, ends),
            Some(Object::Null(_)) => Ok(()),
            None if !page.raw().contains_key(CONTENTS) => Ok(()),
            Some(
                Object::Boolean(_)
                | Object::Number(_)
                | Object::String(_)
                | Object::Name(_)
                | Object::Dict(_),
            )
            | None => Err(Unusual::Stream),
        }
    }

    fn append_all(
        &mut self,
        parts: &Array<'_>,
        content: &mut Vec<u8>,
        ends: &mut Vec<usize>,
    ) -> Result<(), Unusual> {
        let mut count = 0;
        for part in parts.iter::<Object<'_>>() {
            let stream = part.into_stream().ok_or(Unusual::Stream)?;
            self.append(&stream, content)?;
            ends.push(content.len());
            content.push(b' ');
            count += 1;
        }
        // A part that is not there ends the list early.
        if count == parts.raw_iter().count() { Ok(()) } else { Err(Unusual::Stream) }
    }

    /// Appends what the stream holds.
    pub(super) fn append(&mut self, stream: &Stream<'_>, content: &mut Vec<u8>) -> Result<(), Unusual> {
        let dict = stream.dict();
        // Data in another file is not there.
        if matches!(dict.get::<Object<'_>>(F), Some(Object::String(_) | Object::Dict(_))) {
            return Err(Unusual::Stream);
        }
        let raw = stream.raw_data();
        match stream.filters().as_slice() {
            // Some writers say how they would have packed nothing.
            _ if raw.is_empty() => {}
            [] => content.extend_from_slice(&raw),
            [Filter::FlateDecode] if !dict.contains_key(DECODE_PARMS) && !dict.contains_key(b"DP") => {
                self.inflate(&raw, content)?;
            }
            [Filter::FlateDecode, ..] if !is_deflate_whole(&raw) => {
                return Err(Unusual::Stream);
            }
            _ => content.extend_from_slice(&stream.decoded_data().map_err(|_| Unusual::Stream)?),
        }
        if content.len() > self.limit_bytes { Err(Unusual::TooMuch) } else { Ok(()) }
    }

    /// The checksum behind the data is left alone: some writers get it wrong, and every reader ignores it.
    fn inflate(&mut self, zlib: &[u8], content: &mut Vec<u8>) -> Result<(), Unusual> {
        let mut input = deflated(zlib).ok_or(Unusual::Stream)?;
        self.inflate.reset(false);
        content.reserve(zlib.len().saturating_mul(USUAL_RATIO).max(LEAST_ROOM_BYTES));
        loop {
            let (read_before, length_before) = (self.inflate.total_in(), content.len());
            match self.inflate.decompress_vec(input, content, FlushDecompress::None) {
                Ok(Status::StreamEnd) if content.len() <= self.limit_bytes => return Ok(()),
                Ok(Status::StreamEnd | Status::Ok | Status::BufError) => {}
                Err(_) => return Err(Unusual::Stream),
            }
            let read = self.inflate.total_in().saturating_sub(read_before);
            let has_room = content.len() < content.capacity();
            if content.len() > self.limit_bytes {
                return Err(Unusual::TooMuch);
            }
            if read == 0 && content.len() == length_before && has_room {
                return Err(Unusual::Stream);
            }
            input = usize::try_from(read).ok().and_then(|read| input.get(read..)).unwrap_or_default();
            if !has_room {
                content.reserve(content.len());
            }
        }
    }
}

/// The data behind a header that says deflate.
fn deflated(zlib: &[u8]) -> Option<&[u8]> {
    let [method, flags, data @ ..] = zlib else { return None };
    let is_deflate = method & 0x0F == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31);
    (is_deflate && flags & 0x20 == 0).then_some(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    #[test]
    fn only_whole_streams_are_unpacked() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(|i| (i % 977).to_string().into_bytes()).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&text).unwrap();
        let whole = encoder.finish().unwrap();
        let mut unpacker = Unpacker::default();
        let mut check = |zlib: &[u8], expected: Result<&[u8], Unusual>| {
            let mut content = b"kept ".to_vec();
            let outcome = unpacker.inflate(zlib, &mut content);
            assert_eq!(outcome.map(|()| content.strip_prefix(b"kept ").unwrap()), expected);
        };
        check(&whole, Ok(&text));
        check(&[whole.as_slice(), b"\r\n"].concat(), Ok(&text));
        let without_checksum = whole.len() - 4;
        check(&whole[..without_checksum], Ok(&text));
        check(&whole[..without_checksum - 1], Err(Unusual::Stream));
        check(&whole[..whole.len() / 2], Err(Unusual::Stream));
        check(b"this was never deflated", Err(Unusual::Stream));
        check(b"", Err(Unusual::Stream));
        check(&whole, Ok(&text));
    }

    #[test]
    fn no_more_is_unpacked_than_the_limit() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&[b' '; 100_000]).unwrap();
        let zlib = encoder.finish().unwrap();
        let unpack = |limit_bytes| {
            let mut unpacker = Unpacker { limit_bytes, ..Unpacker::default() };
            unpacker.inflate(&zlib, &mut Vec::new())
        };
        assert_eq!(unpack(100_000), Ok(()));
        assert_eq!(unpack(99_999), Err(Unusual::TooMuch));
    }
}
