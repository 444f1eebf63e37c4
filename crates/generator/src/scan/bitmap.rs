//! Pixels of a page.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Below this a pixel is black, where only black and white are kept.
const BLACK: u8 = 150;

/// A gray picture: 0 is ink, 255 is paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row, without padding.
    pub pixels: Vec<u8>,
    /// Pixels an inch.
    pub dpi: u32,
}

/// The pages of one of our PDF files, `dpi` pixels an inch.
///
/// # Panics
/// Where the file is none of ours.
#[must_use]
#[expect(clippy::expect_used, reason = "its input is made here")]
pub fn pages(pdf: &[u8], dpi: u32) -> Vec<Bitmap> {
    let pdf = Pdf::new(pdf.to_vec()).expect("a file of ours");
    let cache = RenderCache::new();
    let scale = dpi as f32 / 72.0;
    let output = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (interpreter, settings) = (InterpreterSettings::default(), RenderSettings::default());
    let bitmap = |page| {
        let pixmap = render(page, &cache, &interpreter, &settings, &output);
        let gray = |rgba: &[u8]| {
            let (r, g, b) = (u32::from(rgba[0]), u32::from(rgba[1]), u32::from(rgba[2]));
            u8::try_from((77 * r + 150 * g + 29 * b) >> 8).unwrap_or(255)
        };
        Bitmap {
            width: usize::from(pixmap.width()),
            height: usize::from(pixmap.height()),
            pixels: pixmap.data_as_u8_slice().chunks_exact(4).map(gray).collect(),
            dpi,
        }
    };
    pdf.pages().iter().map(bitmap).collect()
}

impl Bitmap {
    /// Black and white only.
    #[must_use]
    pub fn bilevel(mut self) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = if *pixel < BLACK { 0 } else { 255 });
        self
    }

    /// A quarter turn to the right, so many times.
    #[must_use]
    pub fn turned(self, quarters: u32) -> Self {
        (0..quarters % 4).fold(self, |picture, _| {
            let Self { width, height, pixels, dpi } = picture;
            let column = |x: usize| (0..height).rev().map(move |y| (x, y));
            let turned = (0..width).flat_map(column).map(|(x, y)| pixels[y * width + x]).collect();
            Self { width: height, height: width, pixels: turned, dpi }
        })
    }

    /// Which pixels of each row are black.
    pub(super) fn black_rows(&self) -> impl Iterator<Item = Vec<bool>> {
        self.pixels.chunks_exact(self.width).map(|row| row.iter().map(|pixel| *pixel < BLACK).collect())
    }

    /// Pixels as numbers of so many bits, 0 for the brightest; rows padded to whole bytes.
    pub(super) fn indexed(&self, bits: u8) -> Vec<u8> {
        let last = (1_u32 << bits) - 1;
        let number = |gray: &u8| u8::try_from((u32::from(255 - gray) * last + 127) / 255).unwrap_or(0);
        let byte = |pixels: &[u8]| {
            let places = (0..8 / bits).rev();
            pixels.iter().zip(places).fold(0_u8, |byte, (gray, place)| byte | number(gray) << (place * bits))
        };
        let each = usize::from(8 / bits);
        self.pixels
            .chunks(self.width)
            .flat_map(|row| row.chunks(each).map(byte).collect::<Vec<u8>>())
            .collect()
    }

    /// Eight pixels a byte, rows padded to whole bytes; black is 0.
    pub(super) fn packed(&self) -> Vec<u8> {
        let byte = |pixels: &[bool]| {
            pixels.iter().enumerate().fold(
                0xFF_u8,
                |byte, (at, black)| {
                    if *black { byte & !(0x80 >> at) } else { byte }
                },
            )
        };
        self.black_rows().flat_map(|row| row.chunks(8).map(byte).collect::<Vec<u8>>()).collect()
    }
}
