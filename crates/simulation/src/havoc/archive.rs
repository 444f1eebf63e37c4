//! Mutations of ZIP archives: what an entry holds, unpacked and packed again, and what its headers claim.

use super::{bytes, text};
use crate::Dice;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

const ENTRY_BYTES_MAX: usize = 1024 * 1024;
const LOCAL: &[u8] = b"PK\x03\x04";
const HEADER_BYTES: usize = 30;

/// One mutation. Local headers are followed; the directory behind them is made anew only where an entry changed.
pub(super) fn mutate(file: &mut Vec<u8>, dice: &mut Dice) {
    let Some(mut entries) = read(file) else {
        bytes::mutate(file, &[], dice);
        return;
    };
    let at = dice.below(entries.len());
    match dice.below(8) {
        0 => drop(entries.remove(at)),
        1 => entries.extend(entries.get(at).cloned()),
        2 => {
            if let Some(entry) = entries.get_mut(at) {
                bytes::mutate(&mut entry.name, b"../../xl/", dice);
            }
        }
        3 => {
            if let Some(entry) = entries.get_mut(at) {
                entry.claimed = Some(u32::try_from(dice.below(usize::MAX) & 0xFFFF_FFFF).unwrap_or(u32::MAX));
            }
        }
        _ => {
            if let Some(entry) = entries.get_mut(at) {
                text::mutate(&mut entry.data, dice);
            }
        }
    }
    *file = write(&entries);
}

#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    data: Vec<u8>,
    /// The size in the headers, where it is not the true one.
    claimed: Option<u32>,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    field
        .iter()
        .rev()
        .try_fold(0_usize, |value, byte| value.checked_mul(256)?.checked_add(usize::from(*byte)))
}

/// The entries, as long as their headers tell the truth; `None` where there is not even one.
fn read(file: &[u8]) -> Option<Vec<Entry>> {
    let (mut entries, mut at) = (Vec::new(), 0_usize);
    while file.get(at..at.saturating_add(4)) == Some(LOCAL) {
        let header = file.get(at..)?;
        let (method, packed) = (number(header, 8, 2)?, number(header, 18, 4)?);
        let name_end = HEADER_BYTES.checked_add(number(header, 26, 2)?)?;
        let start = name_end.checked_add(number(header, 28, 2)?)?;
        let name = header.get(HEADER_BYTES..name_end)?.to_vec();
        let end = start.checked_add(packed)?;
        let Some(data) = header.get(start..end) else { break };
        let data = match method {
            8 => decompress_to_vec_with_limit(data, ENTRY_BYTES_MAX).unwrap_or_default(),
            _ => data.to_vec(),
        };
        entries.push(Entry { name, data, claimed: None });
        at = at.checked_add(end)?;
    }
    (!entries.is_empty()).then_some(entries)
}

fn write(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let packed = compress_to_vec(&entry.data, 1);
        let mut header = Vec::new();
        for word in [20_u16, 0, 8, 0, 0] {
            header.extend(word.to_le_bytes());
        }
        let size = u32::try_from(entry.data.len()).unwrap_or(u32::MAX);
        for word in
            [crc32(&entry.data), u32::try_from(packed.len()).unwrap_or(0), entry.claimed.unwrap_or(size)]
        {
            header.extend(word.to_le_bytes());
        }
        header.extend(u16::try_from(entry.name.len()).unwrap_or(0).to_le_bytes());
        header.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend(u32::try_from(out.len()).unwrap_or(0).to_le_bytes());
        directory.extend(&entry.name);
        out.extend(LOCAL);
        out.extend(header);
        out.extend(&entry.name);
        out.extend(packed);
    }
    let count = u16::try_from(entries.len()).unwrap_or(0).to_le_bytes();
    let (start, length) =
        (u32::try_from(out.len()).unwrap_or(0), u32::try_from(directory.len()).unwrap_or(0));
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// CRC-32 of ZIP and PNG (ISO 3309), bit by bit.
pub(super) fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !data.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
