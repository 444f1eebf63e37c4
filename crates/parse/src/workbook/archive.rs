//! A look into an archive before anybody unpacks it: every entry is unpacked once into nothing and counted, because what an
//! archive says of its sizes is a claim.

use crate::{ParseError, ParseOptions};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Below this, a ratio says nothing: a sheet of equal rows packs very well.
const RATIO_FROM_BYTES: u64 = 4 * 1024 * 1024;
/// Read at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// What no part of a workbook has; the names of entities stand in a document type.
const FORBIDDEN: &[u8] = b"<!DOCTYPE";

/// An archive within its limits.
pub(super) fn open<'b>(
    bytes: &'b [u8],
    options: &ParseOptions,
) -> Result<ZipArchive<Cursor<&'b [u8]>>, ParseError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ParseError::Corrupt)?;
    let entries = u32::try_from(archive.len()).unwrap_or(u32::MAX);
    if entries > options.entries_max {
        return Err(ParseError::TooMuchPacked);
    }
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let ratio_bytes = packed.saturating_mul(u64::from(options.ratio_max)).max(RATIO_FROM_BYTES);
    let mut room = ratio_bytes.min(u64::from(options.unpacked_bytes_max));
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| ParseError::Corrupt)?;
        let taken = count(entry, room)?;
        room = room.saturating_sub(taken);
    }
    Ok(archive)
}

/// Bytes of an entry, unpacked.
fn count(mut entry: impl Read, room: u64) -> Result<u64, ParseError> {
    let mut chunk = vec![0_u8; CHUNK_BYTES];
    let mut tail: Vec<u8> = Vec::new();
    let mut taken = 0_u64;
    loop {
        let read = entry.read(&mut chunk).map_err(|_| ParseError::Corrupt)?;
        if read == 0 {
            return Ok(taken);
        }
        taken = taken.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if taken > room {
            return Err(ParseError::TooMuchPacked);
        }
        // The mark may lie across two reads.
        tail.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if tail.windows(FORBIDDEN.len()).any(|window| window == FORBIDDEN) {
            return Err(ParseError::ForbiddenMarkup);
        }
        let kept = tail.len().saturating_sub(FORBIDDEN.len());
        tail.drain(..kept);
    }
}
