#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::{Layout, lay_out};
use crate::pdf::{Glyph, GlyphText};

const PAGE: (f64, f64) = (600.0, 800.0);

fn glyph(c: char, x: f64, y: f64) -> Glyph {
    let text = if c == ' ' { GlyphText::Space } else { GlyphText::Char(c) };
    let (origin, size) = ((x, y), 10.0);
    Glyph { text, origin, direction: 0, advance: 5.0, size, color: None, certain: true }
}

/// Letters of half an em, `step` points apart.
fn write(text: &str, x: f64, y: f64, step: f64) -> Vec<Glyph> {
    text.chars().enumerate().map(|(i, c)| glyph(c, x + i as f64 * step, y)).collect()
}

fn read(glyphs: &[Glyph]) -> Layout {
    lay_out(glyphs, PAGE, 1000)
}

#[test]
fn splits_at_gaps_and_spaces() {
    let check = |glyphs: Vec<Glyph>, expected: &str| assert_eq!(read(&glyphs).text, expected);
    check(write("one two", 10.0, 10.0, 5.0), "one two");
    check([write("one", 10.0, 10.0, 5.0), write("two", 27.0, 10.0, 5.0)].concat(), "one two");
    // Kerned apart by a tenth of an em: still one word.
    check([write("one", 10.0, 10.0, 5.0), write("two", 26.0, 10.0, 5.0)].concat(), "onetwo");
    // A digit group set apart by a space stays two words: the parser knows about digit groups.
    check(write("1 234,56", 10.0, 10.0, 5.0), "1 234,56");
}

#[test]
fn the_order_of_drawing_does_not_matter() {
    let mut glyphs = [write("left", 10.0, 10.0, 5.0), write("right", 80.0, 10.0, 5.0)].concat();
    let forward = read(&glyphs);
    glyphs.reverse();
    let backward = read(&glyphs);
    assert_eq!((backward.words, backward.text.as_str()), (forward.words, forward.text.as_str()));
    assert_eq!(forward.text, "left right");
}

#[test]
fn overprinted_letters_count_once() {
    let bold = |text: &str| {
        let twice = |g: Glyph| [g.clone(), Glyph { origin: (g.origin.0 + 0.3, g.origin.1), ..g }];
        write(text, 10.0, 10.0, 5.0).into_iter().flat_map(twice).collect::<Vec<_>>()
    };
    assert_eq!(read(&bold("ball 100")).text, "ball 100");
    let shifted = |by: f64| write("total 100", 10.0 + by, 10.0 + by, 5.0);
    assert_eq!(read(&[shifted(0.0), shifted(0.3), shifted(0.6)].concat()).text, "total 100");
}

#[test]
fn one_text_over_another_does_not_interleave() {
    let words = read(&[write("100.00", 10.0, 10.0, 5.0), write("987.65", 11.0, 10.0, 5.0)].concat());
    assert_eq!(words.text, "100.00 987.65");
}

#[test]
fn superscripts_keep_their_own_line() {
    let raised = Glyph { size: 6.0, advance: 3.0, ..glyph('1', 25.0, 6.5) };
    let layout = read(&[write("sum", 10.0, 10.0, 5.0), vec![raised]].concat());
    assert_eq!(layout.text, "1\nsum");
}

#[test]
fn spaced_letters_are_one_word() {
    assert_eq!(read(&write("STATEMENT", 10.0, 10.0, 8.0)).text, "STATEMENT");
    assert_eq!(read(&write("YNY", 10.0, 10.0, 8.0)).text, "Y N Y");
    assert_eq!(read(&write("YNYNY", 10.0, 10.0, 30.0)).text, "Y N Y N Y");
    assert_eq!(read(&write("12345", 10.0, 10.0, 8.0)).text, "1 2 3 4 5");
}

#[test]
fn boxes_follow_the_direction() {
    let check = |direction: u16, origin: (f64, f64), expected: [f64; 4], angle: i16| {
        let layout = read(&[Glyph { direction, origin, ..glyph('A', 0.0, 0.0) }]);
        let word = layout.words.first().unwrap();
        assert_eq!((<[f64; 4]>::from(word.bounds), word.angle), (expected, angle));
    };
    check(0, (100.0, 200.0), [100.0, 192.5, 105.0, 202.5], 0);
    check(900, (100.0, 200.0), [92.5, 195.0, 102.5, 200.0], 90);
    check(1800, (100.0, 200.0), [95.0, 197.5, 100.0, 207.5], 180);
    check(2700, (100.0, 200.0), [97.5, 200.0, 107.5, 205.0], 270);
}

#[test]
fn words_beyond_the_limit_are_cut() {
    let glyphs = write("a b c", 10.0, 10.0, 5.0);
    let cut = |limit| {
        let layout = lay_out(&glyphs, PAGE, limit);
        (layout.text, layout.is_cut)
    };
    assert_eq!(cut(3), ("a b c".to_owned(), false));
    assert_eq!(cut(2), ("a b".to_owned(), true));
}

#[test]
fn boxes_stay_on_the_page() {
    let layout = read(&write("edge", 590.0, 2.0, 5.0));
    let bounds = layout.words.first().unwrap().bounds;
    assert_eq!((bounds.x1, bounds.y0), (600.0, 0.0));
}

#[test]
fn words_of_right_to_left_letters_are_in_logical_order() {
    assert_eq!(read(&write("םולש 12", 10.0, 10.0, 5.0)).text, "שלום 12");
    assert_eq!(read(&write("א12", 10.0, 10.0, 5.0)).text, "א12");
}

#[test]
fn letters_piled_on_one_spot_are_one_letter() {
    assert_eq!(read(&write(&"1".repeat(50_000), 10.0, 10.0, 0.0)).text, "1");
}
