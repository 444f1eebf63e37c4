//! Eight-bit gray pictures: 0 is ink, 255 is paper.

/// Below this, a pixel is ink, where nothing better is known.
const INK: u8 = 128;

/// Rows of pixels, top to bottom, without padding.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Gray {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// A quarter turn, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    None,
    Right,
    Half,
    Left,
}

impl Turn {
    /// Degrees clockwise.
    pub(crate) const fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }

    /// From degrees clockwise, of which only whole quarters count.
    pub(crate) const fn of_degrees(degrees: u16) -> Self {
        match degrees / 90 % 4 {
            1 => Self::Right,
            2 => Self::Half,
            3 => Self::Left,
            _ => Self::None,
        }
    }

    pub(crate) const fn swaps_sides(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

impl Gray {
    /// `None` where the pixels are not width times height, or there are none.
    pub(crate) fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && width.checked_mul(height) == Some(pixels.len());
        fits.then_some(Self { width, height, pixels })
    }

    pub(crate) fn paper(width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self { width, height, pixels: vec![255; width.saturating_mul(height)] }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(crate) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    pub(crate) fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    pub(crate) fn rows(&self) -> std::slice::ChunksExact<'_, u8> {
        self.pixels.chunks_exact(self.width)
    }

    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let start = y.saturating_mul(self.width);
        self.pixels.get(start..start.saturating_add(self.width)).unwrap_or_default()
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        self.row(y).get(x).copied().unwrap_or(255)
    }

    /// How many pixels are dark.
    pub(crate) fn ink(&self) -> usize {
        self.pixels.iter().filter(|pixel| **pixel < INK).count()
    }

    pub(crate) fn turned(&self, turn: Turn) -> Self {
        match turn {
            Turn::None => self.clone(),
            Turn::Half => {
                let pixels = self.pixels.iter().rev().copied().collect();
                Self { width: self.width, height: self.height, pixels }
            }
            Turn::Right => self.transposed().mirrored(),
            Turn::Left => self.mirrored().transposed(),
        }
    }

    /// Left and right exchanged.
    pub(crate) fn mirrored(&self) -> Self {
        let pixels = self.rows().flat_map(|row| row.iter().rev().copied()).collect();
        Self { width: self.width, height: self.height, pixels }
    }

    /// Top and bottom exchanged.
    pub(crate) fn flipped(&self) -> Self {
        let pixels = self.rows().rev().flatten().copied().collect();
        Self { width: self.width, height: self.height, pixels }
    }

    /// Rows and columns exchanged.
    pub(crate) fn transposed(&self) -> Self {
        let mut pixels = vec![0; self.pixels.len()];
        for (y, row) in self.rows().enumerate() {
            let column = pixels.iter_mut().skip(y).step_by(self.height);
            for (target, pixel) in column.zip(row) {
                *target = *pixel;
            }
        }
        Self { width: self.height, height: self.width, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Gray {
        Gray::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap()
    }

    #[test]
    fn turns_are_clockwise() {
        let check = |turn, width, pixels: [u8; 6]| {
            let turned = picture().turned(turn);
            assert_eq!((turned.width(), turned.pixels()), (width, pixels.as_slice()), "{turn:?}");
        };
        check(Turn::None, 3, [1, 2, 3, 4, 5, 6]);
        check(Turn::Right, 2, [4, 1, 5, 2, 6, 3]);
        check(Turn::Half, 3, [6, 5, 4, 3, 2, 1]);
        check(Turn::Left, 2, [3, 6, 2, 5, 1, 4]);
    }

    #[test]
    fn mirrors() {
        assert_eq!(picture().mirrored().pixels(), [3, 2, 1, 6, 5, 4]);
        assert_eq!(picture().flipped().pixels(), [4, 5, 6, 1, 2, 3]);
    }

    #[test]
    fn sizes_that_do_not_fit_are_no_picture() {
        assert!(Gray::new(3, 2, vec![0; 5]).is_none());
        assert!(Gray::new(0, 2, Vec::new()).is_none());
        assert!(Gray::new(usize::MAX, 2, vec![0; 4]).is_none());
    }
}
