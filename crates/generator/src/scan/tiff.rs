//! Scans as TIFF: a picture a page, one strip each.

use super::{Bitmap, color_jpeg, fax, jpeg};

/// How the pixels are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TiffCodec {
    /// Gray, as they are.
    Gray,
    /// Black and white, as they are.
    Bilevel,
    /// Fax group 3, one-dimensional.
    FaxGroup3,
    /// Fax group 4.
    FaxGroup4,
    /// Numbers of gray colors, of this many bits each: 1, 2, 4 or 8.
    Palette(u8),
    /// Gray JPEG of this quality, 1 to 100.
    Jpeg(u8),
    /// The same in color, as brightness and two differences.
    ColorJpeg(u8),
}

impl TiffCodec {
    /// Bits of a sample, number of the compression, what 0 means, and the data.
    fn encode(self, picture: &Bitmap) -> (u16, u16, u16, Vec<u8>) {
        match self {
            Self::Palette(bits) => (u16::from(bits), 1, 3, picture.indexed(bits)),
            Self::Jpeg(quality) => (8, 7, 1, jpeg(picture, quality)),
            Self::ColorJpeg(quality) => (8, 7, 6, color_jpeg(picture, quality)),
            Self::Gray => (8, 1, 1, picture.pixels.clone()),
            Self::Bilevel => (1, 1, 1, picture.packed()),
            Self::FaxGroup3 => (1, 3, 0, fax::group3(picture)),
            Self::FaxGroup4 => (1, 4, 0, fax::group4(picture)),
        }
    }

    fn samples(self) -> u16 {
        if matches!(self, Self::ColorJpeg(_)) { 3 } else { 1 }
    }

    /// All reds, all greens, all blues; the last color is black, as a number means nothing of itself.
    fn colors(self) -> Vec<u16> {
        let Self::Palette(bits) = self else { return Vec::new() };
        let last = (1_u32 << bits) - 1;
        let third = (0..=last).map(|number| u16::try_from((last - number) * 65_535 / last).unwrap_or(0));
        third.collect::<Vec<u16>>().repeat(3)
    }
}

/// A file of these pictures.
#[must_use]
pub fn tiff(pictures: &[Bitmap], codec: TiffCodec) -> Vec<u8> {
    let mut out = b"II*\0".to_vec();
    let mut link = out.len();
    out.extend([0; 4]);
    for picture in pictures {
        let (bits, compression, meaning, data) = codec.encode(picture);
        let strip = word(out.len());
        out.extend(&data);
        if out.len() % 2 == 1 {
            out.push(0);
        }
        let resolution = word(out.len());
        out.extend(picture.dpi.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        let colors = codec.colors();
        let color_map = word(out.len());
        out.extend(colors.iter().flat_map(|color| color.to_le_bytes()));
        let (samples, several) = (codec.samples(), word(out.len()));
        if samples > 1 {
            out.extend([bits, bits, bits].iter().flat_map(|bits| bits.to_le_bytes()));
        }
        let directory = word(out.len());
        out[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let (short, long, ratio) = (3_u16, 4_u16, 5_u16);
        let mut entries: Vec<(u16, u16, u32, u32)> = vec![
            (256, long, 1, word(picture.width)),
            (257, long, 1, word(picture.height)),
            (258, short, u32::from(samples), if samples > 1 { several } else { u32::from(bits) }),
            (259, short, 1, u32::from(compression)),
            (262, short, 1, u32::from(meaning)),
            (273, long, 1, strip),
            (277, short, 1, u32::from(samples)),
            (278, long, 1, word(picture.height)),
            (279, long, 1, word(data.len())),
            (282, ratio, 1, resolution),
            (283, ratio, 1, resolution),
            (296, short, 1, 2),
        ];
        if !colors.is_empty() {
            entries.push((320, short, word(colors.len()), color_map));
        }
        out.extend(u16::try_from(entries.len()).unwrap_or(0).to_le_bytes());
        for (tag, kind, count, value) in entries {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(count.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        link = out.len();
        out.extend([0; 4]);
    }
    out
}

fn word(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(0)
}
