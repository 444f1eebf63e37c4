//! Lines of text in a width.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use unicode_segmentation::UnicodeSegmentation;

/// Breaks `text` into lines no wider than `width`, between words where possible, and never inside of what a reader
/// takes for one character. `measure` gives the width of words. Nothing is lost but the blank at a break.
pub(super) fn wrap(text: &str, width: f32, measure: &dyn Fn(&str) -> f32) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, width, measure)).collect()
}

fn wrap_paragraph(paragraph: &str, width: f32, measure: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for word in paragraph.split_inclusive(' ') {
        let solid = measure(word.trim_end_matches(' '));
        if used + solid > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if solid <= width {
            line.push_str(word);
            used += measure(word);
            continue;
        }
        for c in word.graphemes(true) {
            if used + measure(c) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push_str(c);
            used += measure(c);
        }
    }
    lines.push(line);
    lines.iter().map(|line| line.trim_end_matches(' ').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use proptest::prelude::*;

    #[expect(clippy::cast_precision_loss, reason = "a short text")]
    fn letters(text: &str) -> f32 {
        text.chars().count() as f32
    }

    #[test]
    fn breaks_between_words_and_inside_long_ones() {
        for (text, lines) in [
            ("one two three", &["one two", "three"][..]),
            ("abcdefghij", &["abcdefg", "hij"]),
            ("a\n\nb", &["a", "", "b"]),
            ("", &[""]),
            ("ab abcdefghij", &["ab", "abcdefg", "hij"]),
        ] {
            assert_eq!(wrap(text, 7.0, &letters), lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn loses_nothing_and_fits(text in "[a-z \n]{0,80}", width in 1_u8..20) {
            let lines = wrap(&text, f32::from(width), &letters);
            let kept = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(kept(&lines.concat()), kept(&text));
            prop_assert!(lines.iter().all(|line| line.chars().count() <= usize::from(width)));
        }
    }
}
