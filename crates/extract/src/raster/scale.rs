//! Smaller pictures. Never larger ones: enlarging adds nothing that was not there.

use super::Gray;

/// Each pixel the mean of `by` × `by` pixels.
pub(crate) fn shrink(picture: &Gray, by: u32) -> Gray {
    let by = by as usize;
    let (width, height) = (picture.width() / by.max(1), picture.height() / by.max(1));
    if by <= 1 || width == 0 || height == 0 {
        return picture.clone();
    }
    let area = u32::try_from(by.saturating_mul(by)).unwrap_or(u32::MAX);
    let mut pixels = Vec::with_capacity(width.saturating_mul(height));
    let mut sums = vec![0_u32; width];
    for y in 0..height {
        sums.fill(0);
        for row in (0..by).map(|inner| picture.row(y * by + inner)) {
            for (sum, block) in sums.iter_mut().zip(row.chunks_exact(by)) {
                *sum += block.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
            }
        }
        pixels.extend(sums.iter().map(|sum| u8::try_from((sum + area / 2) / area).unwrap_or(255)));
    }
    Gray::new(width, height, pixels).unwrap_or_else(|| picture.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_their_mean() {
        let picture = Gray::new(5, 4, (0..20).map(|i| i * 10).collect()).unwrap();
        let small = shrink(&picture, 2);
        assert_eq!((small.width(), small.height()), (2, 2));
        assert_eq!(small.pixels(), [30, 50, 130, 150]);
        assert!(shrink(&picture, 1) == picture);
        assert!(shrink(&picture, 9) == picture);
    }
}
