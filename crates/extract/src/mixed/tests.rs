use super::*;
use smartexus_domain::{PageFacts, PageMethod, PageRoute};

const EXTENT: (f64, f64) = (600.0, 800.0);

/// Ten points high, five wide a letter, on this baseline.
fn word(text: &str, x: f64, baseline: f64, confidence: f64) -> Word {
    let bounds =
        Rect { x0: x, y0: baseline - 7.5, x1: x + 5.0 * pixels(text.chars().count()), y1: baseline + 2.5 };
    Word {
        text: text.to_owned(),
        bounds,
        confidence,
        size: 10.0,
        angle: 0,
        color: None,
        recognized: confidence < 1.0,
        alternatives: Vec::new(),
    }
}

fn page(lines: &[&[(&str, f64, f64)]], unmapped_glyphs: u32) -> Page {
    let words = lines.iter().copied().flatten().map(|(text, x, y)| word(text, *x, *y, 1.0)).collect();
    let line = |line: &&[(&str, f64, f64)]| line.iter().map(|(text, ..)| *text).collect::<Vec<_>>().join(" ");
    Page {
        page: 1,
        width: EXTENT.0,
        height: EXTENT.1,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words,
        hidden_words: Vec::new(),
        text: lines.iter().map(line).collect::<Vec<_>>().join("\n"),
        unmapped_glyphs,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: true,
    }
}

fn recognized(words: &[(&str, f64, f64, f64)]) -> Recognized {
    Recognized {
        words: words.iter().map(|(text, x, y, confidence)| word(text, *x, *y, *confidence)).collect(),
        text: String::new(),
        extent: EXTENT,
        turn: Turn::None,
        confidence: 0.9,
        is_blank: false,
    }
}

const HEADER: &[(&str, f64, f64)] = &[("Account", 50.0, 40.0), ("statement", 90.0, 40.0)];
const FOOTER: &[(&str, f64, f64)] = &[("Page", 50.0, 700.0)];

#[track_caller]
fn check(words: &[(&str, f64, f64, f64)], expected: &str) -> Joined {
    let joined = TextLayer::of(&page(&[HEADER, FOOTER], 0), &[]).join(recognized(words), EXTENT);
    assert_eq!(joined.text(), expected);
    assert_eq!(joined.words().iter().filter(|word| word.recognized).count(), joined.recognized);
    joined
}

#[test]
fn recognized_lines_stand_where_they_are_read() {
    check(&[("Rent", 50.0, 300.0, 0.9), ("12.00", 90.0, 300.0, 0.9)], "Account statement\nRent 12.00\nPage");
    check(&[("7", 90.0, 701.0, 0.95)], "Account statement\nPage 7");
    check(&[("Dated", 10.0, 39.0, 0.9)], "Dated Account statement\nPage");
    check(&[("End", 50.0, 760.0, 0.9)], "Account statement\nPage\nEnd");
}

#[test]
fn where_the_text_layer_has_a_word_it_is_kept_and_there_are_no_doubles() {
    let joined =
        check(&[("Acc0unt", 51.0, 41.0, 0.99), ("statemen", 91.0, 39.0, 0.99)], "Account statement\nPage");
    assert_eq!(joined.recognized, 0);
}

#[test]
fn grain_is_no_text_and_much_of_it_is_doubtful() {
    let kept = "Account statement\nPage";
    assert!(!check(&[("lIlil", 50.0, 300.0, 0.69)], kept).is_doubtful);
    check(&[("i", 50.0, 300.0, 0.89)], kept);
    check(&[("--", 50.0, 300.0, 0.99)], kept);
    let long = "x".repeat(DOUBTFUL_LETTERS);
    assert!(check(&[(&long, 50.0, 300.0, 0.69)], kept).is_doubtful);
    assert!(!check(&[(&long[1..], 50.0, 300.0, 0.69)], kept).is_doubtful);
}

#[test]
fn a_word_with_missing_letters_gives_way_and_others_do_not() {
    // `B?lance`: the second letter has no meaning.
    let line: &[(&str, f64, f64)] = &[("B", 50.0, 100.0), ("lance", 60.0, 100.0), ("of", 200.0, 100.0)];
    let gap = Rect { x0: 55.0, y0: 92.5, x1: 60.0, y1: 102.5 };
    let join = |read: &[(&str, f64, f64, f64)]| {
        let layer = TextLayer::of(&page(&[line], 1), &[gap]);
        layer.join(recognized(read), EXTENT)
    };
    let joined = join(&[("Balance", 50.0, 100.0, 0.9), ("0f", 200.0, 100.0, 0.9)]);
    assert_eq!((joined.text().as_str(), joined.gaps_left, joined.is_mapped), ("Balance of", 0, true));
    let joined = join(&[]);
    assert_eq!((joined.text().as_str(), joined.gaps_left, joined.is_mapped), ("B lance of", 1, false));
}

#[test]
fn words_are_painted_over_in_the_color_around_them() {
    let mut gray = Gray::paper(600, 800);
    gray.pixels_mut().iter_mut().for_each(|pixel| *pixel = 200);
    // A letter of the text layer, and one beside it.
    for (x, y) in [(55, 35), (56, 38), (300, 35)] {
        gray.pixels_mut()[y * 600 + x] = 0;
    }
    let mut picture = Picture { gray, place: [0.0, 0.0, EXTENT.0, EXTENT.1] };
    TextLayer::of(&page(&[HEADER], 0), &[]).erase_from(&mut picture);
    let (gray, dark) = (&picture.gray, |x: usize, y: usize| picture.gray.at(x, y));
    assert_eq!((dark(55, 35), dark(56, 38), dark(300, 35)), (200, 200, 0));
    assert_eq!(gray.pixels().iter().filter(|pixel| **pixel != 200).count(), 1);
}

#[test]
fn a_picture_that_lies_on_its_side_keeps_its_place() {
    let check = |turn, bounds: [f64; 4], angle| {
        let back = turned_back(word("Sum", 100.0, 57.5, 0.9), turn, EXTENT);
        assert_eq!((<[f64; 4]>::from(back.bounds), back.angle), (bounds, angle), "{turn:?}");
    };
    check(Turn::None, [100.0, 50.0, 115.0, 60.0], 0);
    check(Turn::Right, [50.0, 685.0, 60.0, 700.0], 90);
    check(Turn::Half, [485.0, 740.0, 500.0, 750.0], 180);
    check(Turn::Left, [540.0, 100.0, 550.0, 115.0], 270);
}
