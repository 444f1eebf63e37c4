//! What a camera and the programs after it write beside the pixels: a few texts out of a TIFF directory and the one below it.

use smartexus_domain::{PICTURE_TEXT_CHARS, PictureFacts};

const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const SOFTWARE: u16 = 0x0131;
const CHANGED: u16 = 0x0132;
const TAKEN: u16 = 0x9003;
/// Where the directory of the camera starts.
const BELOW: u16 = 0x8769;
/// The type of texts.
const ASCII: u16 = 2;
/// Entries of a directory that are looked at.
const MOST_ENTRIES: u16 = 512;
const ENTRY_BYTES: usize = 12;

/// The facts in EXIF data, or in a whole TIFF file; `None` where there are none.
pub(super) fn read(data: &[u8]) -> Option<PictureFacts> {
    let data = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
    let is_little = match data.get(..4)? {
        b"II\x2A\0" => true,
        b"MM\0\x2A" => false,
        _ => return None,
    };
    let tiff = Tiff { data, is_little };
    let first = usize::try_from(tiff.long(4)?).ok()?;
    let mut facts = PictureFacts::default();
    tiff.directory(first, &mut facts, true);
    (facts != PictureFacts::default()).then_some(facts)
}

struct Tiff<'d> {
    data: &'d [u8],
    is_little: bool,
}

impl Tiff<'_> {
    /// Reads a directory, and the one below it if there may be one.
    fn directory(&self, at: usize, facts: &mut PictureFacts, may_go_below: bool) -> Option<()> {
        for index in 0..self.short(at)?.min(MOST_ENTRIES) {
            let entry = at.checked_add(2)?.checked_add(usize::from(index).checked_mul(ENTRY_BYTES)?)?;
            match self.short(entry)? {
                MAKE => facts.make = self.text(entry),
                MODEL => facts.model = self.text(entry),
                SOFTWARE => facts.software = self.text(entry),
                CHANGED => facts.modified = self.text(entry),
                TAKEN => facts.taken = self.text(entry),
                BELOW if may_go_below => {
                    let below = usize::try_from(self.long(entry.checked_add(8)?)?).ok()?;
                    self.directory(below, facts, false);
                }
                _ => {}
            }
        }
        Some(())
    }

    /// The text of an entry, cut at its first zero.
    fn text(&self, entry: usize) -> Option<String> {
        if self.short(entry.checked_add(2)?)? != ASCII {
            return None;
        }
        let length = usize::try_from(self.long(entry.checked_add(4)?)?).ok()?;
        let value = entry.checked_add(8)?;
        let start = if length <= 4 { value } else { usize::try_from(self.long(value)?).ok()? };
        let raw = self.data.get(start..start.checked_add(length)?)?;
        let text = String::from_utf8_lossy(raw.split(|byte| *byte == 0).next()?);
        let text: String = text.chars().filter(|c| !c.is_control()).take(PICTURE_TEXT_CHARS).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.data.get(at..)?.first_chunk::<2>()?;
        Some(if self.is_little { u16::from_le_bytes(*bytes) } else { u16::from_be_bytes(*bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.data.get(at..)?.first_chunk::<4>()?;
        Some(if self.is_little { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of texts, and one below it.
    fn tiff(first: &[(u16, &str)], below: &[(u16, &str)]) -> Vec<u8> {
        let mut data = b"II\x2A\0\x08\0\0\0".to_vec();
        let size = |entries: usize| 2 + ENTRY_BYTES * entries + 4;
        let second = 8 + size(first.len() + 1);
        let mut texts = second + size(below.len());
        let mut tail = Vec::new();
        for (entries, link) in [(first, Some(second)), (below, None)] {
            let count = entries.len() + usize::from(link.is_some());
            data.extend(u16::try_from(count).unwrap().to_le_bytes());
            for (tag, text) in entries {
                data.extend(tag.to_le_bytes());
                data.extend(ASCII.to_le_bytes());
                data.extend(u32::try_from(text.len() + 1).unwrap().to_le_bytes());
                data.extend(u32::try_from(texts).unwrap().to_le_bytes());
                tail.extend(text.bytes().chain([0]));
                texts += text.len() + 1;
            }
            if let Some(link) = link {
                data.extend([0x69, 0x87, 4, 0, 1, 0, 0, 0]);
                data.extend(u32::try_from(link).unwrap().to_le_bytes());
            }
            data.extend([0; 4]);
        }
        [data, tail].concat()
    }

    #[test]
    fn texts_of_both_directories() {
        let data = tiff(
            &[(SOFTWARE, "Editor 3"), (CHANGED, "2026:04:02 10:00:00")],
            &[(TAKEN, "2026:04:01 09:00:00")],
        );
        for data in [data.clone(), [b"Exif\0\0", data.as_slice()].concat()] {
            let facts = read(&data).unwrap();
            assert_eq!(facts.software.as_deref(), Some("Editor 3"));
            assert_eq!(facts.taken.as_deref(), Some("2026:04:01 09:00:00"));
            assert_eq!(facts.modified.as_deref(), Some("2026:04:02 10:00:00"));
        }
        assert_eq!(read(&tiff(&[], &[])), None);
    }

    #[test]
    fn no_cut_is_a_panic() {
        let data = tiff(&[(SOFTWARE, "Editor 3")], &[(TAKEN, "2026:04:01 09:00:00")]);
        for end in 0..data.len() {
            read(&data[..end]);
        }
        let mut loops = data;
        let at = loops.windows(2).position(|pair| pair == [0x69, 0x87]).unwrap();
        loops[at + 8] = 8;
        assert!(read(&loops).is_some());
    }
}
