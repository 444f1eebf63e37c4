//! Text that the fonts inside the program can show. What they lack becomes a sign that stands for it, never a blank.

use serde_json::Value;

/// Stands for a letter that no font has.
const MISSING: char = '\u{25A1}';
/// Letters of one word before it may be broken.
const UNBROKEN_MAX: usize = 22;
/// A place where a line may break, and nothing to see.
const BREAK: char = '\u{200B}';
/// Key whose value is a picture, not text.
const PICTURE: &str = "svg";
/// Key that says how many letters are missing.
const MISSING_KEY: &str = "missing_letters";

/// The same data with readable text, and how many letters no font has.
pub(super) fn readable(mut data: Value, has_letter: impl Fn(char) -> bool) -> Value {
    let mut missing = 0_u64;
    visit(&mut data, &mut |text| *text = shown(text, &has_letter, &mut missing));
    if let Value::Object(fields) = &mut data {
        fields.insert(MISSING_KEY.to_owned(), missing.into());
    }
    data
}

fn visit(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| visit(value, change)),
        Value::Object(fields) => {
            for (_, value) in fields.iter_mut().filter(|(key, _)| *key != PICTURE) {
                visit(value, change);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn shown(text: &str, has_letter: &impl Fn(char) -> bool, missing: &mut u64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut unbroken = 0;
    for letter in text.chars().filter(|letter| !is_unseen(*letter)) {
        if letter.is_whitespace() || letter.is_control() {
            out.push(' ');
            unbroken = 0;
            continue;
        }
        unbroken += 1;
        if unbroken > UNBROKEN_MAX {
            out.push(BREAK);
            unbroken = 1;
        }
        let known = letter.is_ascii() || has_letter(letter);
        *missing += u64::from(!known);
        out.push(if known { letter } else { MISSING });
    }
    out
}

/// Marks of direction and joining, which would turn or hide what is around them.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_font_has_is_seen_and_counted() {
        let data = json!({"a": ["x\u{202E}y", {"b": "日本 bank\n2"}], "svg": "<日>"});
        let shown = readable(data, |letter| !('一'..='龥').contains(&letter));
        let expected = json!({"a": ["xy", {"b": "□□ bank 2"}], "svg": "<日>", "missing_letters": 2});
        assert_eq!(shown, expected);
    }

    #[test]
    fn long_words_may_break() {
        let mut missing = 0;
        let at_most = "a".repeat(UNBROKEN_MAX);
        assert_eq!(shown(&at_most, &|_| true, &mut missing), at_most);
        let above = "a".repeat(UNBROKEN_MAX + 1);
        assert_eq!(shown(&above, &|_| true, &mut missing), format!("{at_most}{BREAK}a"));
    }
}
