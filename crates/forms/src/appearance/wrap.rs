//! Lines of text in a width.

#![expect(clippy::float_arithmetic, reason = "geometry")]

/// Breaks `text` into lines no wider than `width`, between words where possible. `measure` gives the width of a
/// character. No character is lost but the blank at a break.
pub(super) fn wrap(text: &str, width: f32, measure: &dyn Fn(char) -> f32) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, width, measure)).collect()
}

fn wrap_paragraph(paragraph: &str, width: f32, measure: &dyn Fn(char) -> f32) -> Vec<String> {
    let length = |text: &str| text.chars().map(measure).sum::<f32>();
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for word in paragraph.split_inclusive(' ') {
        let solid = length(word.trim_end_matches(' '));
        if used + solid > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if solid <= width {
            line.push_str(word);
            used += length(word);
            continue;
        }
        for c in word.chars() {
            if used + measure(c) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
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

    #[test]
    fn breaks_between_words_and_inside_long_ones() {
        for (text, lines) in [
            ("one two three", &["one two", "three"][..]),
            ("abcdefghij", &["abcdefg", "hij"]),
            ("a\n\nb", &["a", "", "b"]),
            ("", &[""]),
            ("ab abcdefghij", &["ab", "abcdefg", "hij"]),
        ] {
            assert_eq!(wrap(text, 7.0, &|_| 1.0), lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn loses_nothing_and_fits(text in "[a-z \n]{0,80}", width in 1_u8..20) {
            let lines = wrap(&text, f32::from(width), &|_| 1.0);
            let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| line.chars().count() <= usize::from(width)));
        }
    }
}
