//! Decoding pictures: sizes from the header first, pixels only after they were found to fit.

use super::{exif, tiff};
use crate::raster::{Gray, Turn};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use smartexus_domain::{MediaType, PictureFacts};
use std::io::Cursor;

/// What a decoder may reserve for each pixel: colors, an alpha channel and a copy of them.
const BYTES_PER_PIXEL: u64 = 8;
/// And for its tables.
const TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// A picture file that has been recognised, not decoded.
pub(super) struct ImageFile<'b> {
    bytes: &'b [u8],
    kind: Kind,
}

enum Kind {
    /// One picture.
    Single(ImageFormat),
    Tiff,
}

/// How large a picture is, and how it has to be turned: what a camera writes beside the pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    pub(super) width: u32,
    pub(super) height: u32,
    /// After mirroring.
    pub(super) turn: Turn,
    /// Left and right are exchanged.
    pub(super) mirrored: bool,
}

impl Sides {
    pub(super) fn pixels(self) -> u64 {
        u64::from(self.width).saturating_mul(u64::from(self.height))
    }

    /// Width and height as a person sees them.
    pub(super) fn upright(self) -> (u32, u32) {
        if self.turn.swaps_sides() { (self.height, self.width) } else { (self.width, self.height) }
    }

    fn apply(self, picture: Gray) -> Gray {
        let picture = if self.mirrored { picture.mirrored() } else { picture };
        if self.turn == Turn::None { picture } else { picture.turned(self.turn) }
    }
}

impl<'b> ImageFile<'b> {
    pub(super) fn open(bytes: &'b [u8], media_type: MediaType) -> Option<Self> {
        let kind = match media_type {
            MediaType::Png => Kind::Single(ImageFormat::Png),
            MediaType::Jpeg => Kind::Single(ImageFormat::Jpeg),
            MediaType::Webp => Kind::Single(ImageFormat::WebP),
            MediaType::Tiff => Kind::Tiff,
            MediaType::Pdf
            | MediaType::Csv
            | MediaType::Ofx
            | MediaType::Qif
            | MediaType::Mt940
            | MediaType::Camt
            | MediaType::Xlsx
            | MediaType::Xls
            | MediaType::Ods
            | MediaType::Bai2
            | MediaType::Json
            | MediaType::Unknown => return None,
        };
        let file = Self { bytes, kind };
        file.sides(1)?;
        Some(file)
    }

    /// The file, where it is a JPEG.
    pub(super) const fn jpeg(&self) -> Option<&'b [u8]> {
        match self.kind {
            Kind::Single(ImageFormat::Jpeg) => Some(self.bytes),
            Kind::Single(_) | Kind::Tiff => None,
        }
    }

    /// How many pictures there are, counted up to `most`.
    pub(super) fn pages(&self, most: u32) -> u32 {
        match self.kind {
            Kind::Single(_) => 1,
            Kind::Tiff => tiff::pages(self.bytes, most),
        }
    }

    pub(super) fn sides(&self, number: u32) -> Option<Sides> {
        match self.kind {
            Kind::Single(format) => {
                let mut decoder = self.decoder(format, TABLE_BYTES)?;
                let (width, height) = decoder.dimensions();
                let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
                sides(width, height, orientation)
            }
            Kind::Tiff => {
                let (width, height, orientation) = tiff::sides(self.bytes, number)?;
                sides(width, height, Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms))
            }
        }
    }

    /// What a camera and the programs after it wrote beside the pixels.
    pub(super) fn facts(&self) -> Option<PictureFacts> {
        match self.kind {
            Kind::Single(format) => exif::read(&self.decoder(format, TABLE_BYTES)?.exif_metadata().ok()??),
            Kind::Tiff => exif::read(self.bytes),
        }
    }

    /// The picture as a person sees it. Whether its pixels are few enough was asked before.
    pub(super) fn decode(&self, number: u32, sides: Sides) -> Option<Gray> {
        let picture = match self.kind {
            Kind::Single(format) => {
                let bytes = sides.pixels().saturating_mul(BYTES_PER_PIXEL).saturating_add(TABLE_BYTES);
                gray(DynamicImage::from_decoder(self.decoder(format, bytes)?).ok()?)?
            }
            Kind::Tiff => tiff::decode(self.bytes, number)?,
        };
        Some(sides.apply(picture))
    }

    fn decoder(&self, format: ImageFormat, bytes_max: u64) -> Option<impl ImageDecoder + use<'b>> {
        let mut reader = ImageReader::with_format(Cursor::new(self.bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(bytes_max);
        reader.limits(limits);
        reader.into_decoder().ok()
    }
}

fn sides(width: u32, height: u32, orientation: Orientation) -> Option<Sides> {
    let (mirrored, turn) = match orientation {
        Orientation::NoTransforms => (false, Turn::None),
        Orientation::Rotate90 => (false, Turn::Right),
        Orientation::Rotate180 => (false, Turn::Half),
        Orientation::Rotate270 => (false, Turn::Left),
        Orientation::FlipHorizontal => (true, Turn::None),
        Orientation::FlipVertical => (true, Turn::Half),
        Orientation::Rotate90FlipH => (true, Turn::Left),
        Orientation::Rotate270FlipH => (true, Turn::Right),
    };
    (width > 0 && height > 0).then_some(Sides { width, height, turn, mirrored })
}

/// Gray on white paper, also where the picture is see-through.
pub(super) fn gray(image: DynamicImage) -> Option<Gray> {
    if !image.color().has_alpha() {
        let luma = image.into_luma8();
        return Gray::new(side(luma.width()), side(luma.height()), luma.into_raw());
    }
    let luma = image.into_luma_alpha8();
    let (width, height) = (side(luma.width()), side(luma.height()));
    let on_paper = |pixel: &[u8]| {
        let [ink, cover] = pixel else { return 255 };
        let (ink, cover) = (u32::from(*ink), u32::from(*cover));
        u8::try_from((ink * cover + 255 * (255 - cover)) / 255).unwrap_or(255)
    };
    Gray::new(width, height, luma.into_raw().chunks_exact(2).map(on_paper).collect())
}

fn side(side: u32) -> usize {
    usize::try_from(side).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a camera means by its number: where the first row and the first column of the pixels lie. The picture
    /// is the same in all eight.
    #[test]
    fn every_way_of_holding_a_camera_is_undone() {
        let seen = Gray::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let stored: [(u8, usize, [u8; 6]); 8] = [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [3, 6, 2, 5, 1, 4]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [4, 1, 5, 2, 6, 3]),
        ];
        for (number, width, pixels) in stored {
            let picture = Gray::new(width, 6 / width, pixels.to_vec()).unwrap();
            let orientation = Orientation::from_exif(number).unwrap();
            let sides = sides(width as u32, 6 / width as u32, orientation).unwrap();
            assert!(sides.apply(picture) == seen, "{number}");
            assert_eq!(sides.upright(), (3, 2), "{number}");
        }
    }

    #[test]
    fn what_is_see_through_is_paper() {
        let image = image::RgbaImage::from_raw(3, 1, vec![0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 128]).unwrap();
        assert_eq!(gray(DynamicImage::ImageRgba8(image)).unwrap().pixels(), [255, 0, 127]);
    }
}
