//! Picture files: each picture a page.

mod decode;
mod document;
mod exif;
mod fax;
mod palette;
mod tiff;

pub(crate) use document::{draw_image, extract_image, survey_image};

/// For the exam: decodes the pictures of a file that are small enough, and says how many there were.
#[cfg(feature = "exam")]
pub(crate) fn pictures(
    bytes: &[u8],
    media_type: smartexus_domain::MediaType,
    most: u32,
    pixels_max: u64,
) -> u32 {
    let Some(file) = decode::ImageFile::open(bytes, media_type) else { return 0 };
    let small = |number: &u32| file.sides(*number).filter(|sides| sides.pixels() <= pixels_max);
    let decoded = (1..=file.pages(most))
        .filter(|number| small(number).and_then(|sides| file.decode(*number, sides)).is_some());
    u32::try_from(decoded.count()).unwrap_or(u32::MAX)
}

/// For the exam: the pixels of fax rows, read in each way there is.
#[cfg(feature = "exam")]
pub(crate) fn fax_pixels(data: &[u8], columns: u16, rows: u16) -> usize {
    use hayro_ccitt::EncodingMode;
    let read = |encoding, byte_aligned| {
        let fax = fax::Fax { columns: u32::from(columns), rows: u32::from(rows), encoding, byte_aligned };
        fax.pixels(data).map_or(0, |pixels| pixels.len())
    };
    [EncodingMode::Group4, EncodingMode::Group3_1D, EncodingMode::Group3_2D]
        .map(|encoding| read(encoding, false).max(read(encoding, true)))
        .into_iter()
        .sum()
}
