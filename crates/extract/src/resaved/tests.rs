use super::*;
use smartexus_generator::scan::{Bitmap, jpeg};

/// Gray paper with strokes of uneven length, as text leaves them, and a little noise.
fn paper(seed: u64) -> Bitmap {
    let (width, height) = (480, 640);
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut pixels: Vec<u8> =
        (0..width * height).map(|_| 222 + u8::try_from(chance() % 7).unwrap()).collect();
    for line in 0..30 {
        let top = 20 + line * 20 + usize::try_from(chance() % 3).unwrap();
        let mut left = 20;
        while left < width - 30 {
            letter(&mut pixels, width, (left, top), chance());
            left += 8 + usize::try_from(chance() % 5).unwrap();
        }
    }
    Bitmap { width, height, pixels, dpi: 150 }
}

/// Bars of a letter.
fn letter(pixels: &mut [u8], width: usize, (left, top): (usize, usize), shape: u64) {
    for y in 0..11 {
        for x in 0..7 {
            let bar =
                (shape >> (x % 5)) & 1 == 1 && x % 2 == 0 || (shape >> (5 + y % 4)) & 1 == 1 && y % 5 == 0;
            if bar {
                pixels[(top + y) * width + left + x] = 60 + u8::try_from((shape >> 20) % 20).unwrap();
            }
        }
    }
}

fn opened(bytes: &[u8]) -> Bitmap {
    let (gray, _) = decode(bytes, 10_000_000).unwrap();
    Bitmap { width: gray.width(), height: gray.height(), pixels: gray.into_pixels(), dpi: 150 }
}

/// Puts a piece of another picture in.
fn patched(mut picture: Bitmap, other: &Bitmap) -> Bitmap {
    for y in 300..340 {
        for x in 200..300 {
            picture.pixels[y * picture.width + x] = other.pixels[(y + 3) * other.width + x + 5];
        }
    }
    picture
}

#[test]
fn a_region_that_was_not_saved_before_is_found() {
    for (seed, first, last) in [(1, 50, 85), (2, 60, 90), (3, 70, 92), (4, 75, 95)] {
        let before = opened(&jpeg(&paper(seed), first));
        let changed = jpeg(&patched(before, &paper(seed + 100)), last);
        let found = look(&changed, 10_000_000).unwrap_or_else(|| panic!("{first} then {last}"));
        let [left, top, right, bottom] = found.regions[0];
        assert_eq!(found.regions.len(), 1, "{found:?}");
        assert!(left < 290 && right > 210 && top < 335 && bottom > 305, "{found:?}");
    }
}

#[test]
fn what_is_the_same_all_over_is_not_told() {
    for seed in 1..=6 {
        let paper = paper(seed);
        for (first, last) in [(60, 90), (90, 60), (75, 75), (85, 70), (50, 95)] {
            let once = jpeg(&paper, first);
            assert_eq!(look(&once, 10_000_000), None, "{seed}: saved once");
            let twice = jpeg(&opened(&once), last);
            assert_eq!(look(&twice, 10_000_000), None, "{seed}: {first} then {last}");
            let thrice = jpeg(&opened(&twice), 88);
            assert_eq!(look(&thrice, 10_000_000), None, "{seed}: {first}, {last}, then 88");
        }
        // A patch on a picture that was never saved leaves nothing of this kind.
        let once = jpeg(&patched(paper, &self::paper(seed + 50)), 80);
        assert_eq!(look(&once, 10_000_000), None);
    }
}

#[test]
fn limits_hold() {
    let bytes = jpeg(&paper(1), 80);
    assert!(decode(&bytes, 480 * 640).is_some());
    assert!(decode(&bytes, 480 * 640 - 1).is_none());
}
