//! ZIP archives that need not tell the truth.

use super::packed::deflated;
use super::png::crc32;

/// Stored or deflated.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// One entry, as its two headers describe it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(super) name: String,
    pub(super) data: Vec<u8>,
    pub(super) method: u16,
    pub(super) crc: u32,
    /// What the headers claim, true or not.
    pub(super) packed: u32,
    pub(super) unpacked: u32,
    /// Where the directory says that the entry stands; `None` for where it does.
    pub(super) offset: Option<u32>,
    /// Bit 0: encrypted; bit 3: sizes follow the data.
    pub(super) flags: u16,
}

impl Entry {
    pub(crate) fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            data: data.to_vec(),
            method: STORED,
            crc: crc32(data),
            packed: length(data),
            unpacked: length(data),
            offset: None,
            flags: 0,
        }
    }

    pub(super) fn packed(name: &str, text: &[u8]) -> Self {
        let zlib = deflated(text);
        let raw = zlib.get(2..zlib.len().saturating_sub(4)).unwrap_or_default();
        Self { method: DEFLATED, crc: crc32(text), unpacked: length(text), ..Self::stored(name, raw) }
    }

    /// Deflate made elsewhere, in its zlib frame, of so many bytes. The checksum is not known and so is wrong.
    pub(super) fn bomb(name: &str, zlib: &[u8], unpacked: u64) -> Self {
        let raw = zlib.get(2..zlib.len().saturating_sub(4)).unwrap_or_default();
        let unpacked = u32::try_from(unpacked).unwrap_or(u32::MAX);
        Self { method: DEFLATED, crc: 0, unpacked, ..Self::stored(name, raw) }
    }

    fn header(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for word in [20, self.flags, self.method, 0, 0] {
            out.extend(word.to_le_bytes());
        }
        for word in [self.crc, self.packed, self.unpacked] {
            out.extend(word.to_le_bytes());
        }
        out.extend(u16::try_from(self.name.len()).unwrap_or(0).to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out
    }
}

fn length(data: &[u8]) -> u32 {
    u32::try_from(data.len()).unwrap_or(u32::MAX)
}

/// The whole archive.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_claiming(entries, u16::try_from(entries.len()).unwrap_or(u16::MAX))
}

/// An archive whose last record claims so many entries.
pub(super) fn zip_claiming(entries: &[Entry], count: u16) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = entry.offset.unwrap_or_else(|| length(&out));
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(entry.header());
        // Comment, disk, attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(entry.header());
        out.extend(entry.name.as_bytes());
        out.extend(&entry.data);
    }
    let start = length(&out);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length(&directory).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
