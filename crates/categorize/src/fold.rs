//! Text to comparable words: lower case, accents folded, letters and digits only. The raw text keeps its place.

use std::ops::Range;

/// Words of one description that are read; what comes after them is not looked at.
pub(crate) const TOKENS_MAX: usize = 256;

/// A description with its folded words.
pub(crate) struct Folded<'t> {
    raw: &'t str,
    buffer: String,
    tokens: Vec<Token>,
}

/// Where a word stands, in the folded buffer and in the raw text.
#[derive(Clone)]
struct Token {
    folded: Range<usize>,
    raw: Range<usize>,
}

impl<'t> Folded<'t> {
    /// Folds up to [`TOKENS_MAX`] words.
    pub(crate) fn of(raw: &'t str) -> Self {
        let mut folded = Self { raw, buffer: String::with_capacity(raw.len()), tokens: Vec::new() };
        let mut open: Option<(usize, usize)> = None;
        for (at, c) in raw.char_indices() {
            let before = folded.buffer.len();
            match fold_char(c, &mut folded.buffer) {
                // A combining mark belongs to the letter before it.
                Fold::Mark => {}
                Fold::Letters => {
                    open.get_or_insert((before, at));
                }
                Fold::Border => {
                    if let Some((start, raw_start)) = open.take() {
                        folded.tokens.push(Token { folded: start..before, raw: raw_start..at });
                        if folded.tokens.len() == TOKENS_MAX {
                            return folded;
                        }
                    }
                }
            }
        }
        if let Some((start, raw_start)) = open {
            folded.tokens.push(Token { folded: start..folded.buffer.len(), raw: raw_start..raw.len() });
        }
        folded
    }

    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word; empty beyond the last.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.buffer[token.folded.clone()])
    }

    /// Where the word stands in the raw text.
    pub(crate) fn raw_range(&self, index: usize) -> Range<usize> {
        self.tokens.get(index).map_or(self.raw.len()..self.raw.len(), |token| token.raw.clone())
    }

    /// The raw text under a range of words.
    pub(crate) fn raw_span(&self, words: &Range<usize>) -> &'t str {
        if words.is_empty() {
            return "";
        }
        &self.raw[self.raw_range(words.start).start..self.raw_range(words.end - 1).end]
    }
}

enum Fold {
    Letters,
    Mark,
    Border,
}

/// Appends what a character folds to: compatibility forms and accents of the Latin script by hand, everything else by
/// its lower case. Letters of other scripts are kept.
fn fold_char(c: char, out: &mut String) -> Fold {
    if c.is_ascii_alphanumeric() {
        out.push(c.to_ascii_lowercase());
        return Fold::Letters;
    }
    if c.is_ascii() {
        return Fold::Border;
    }
    // Combining marks after a decomposed letter, soft hyphen, zero-width marks.
    if matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') {
        return Fold::Mark;
    }
    // Full-width forms are ASCII, shifted.
    if let '\u{ff01}'..='\u{ff5e}' = c {
        let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(' ');
        return fold_char(narrow, out);
    }
    if let Some(plain) = latin(c) {
        out.push_str(plain);
        return Fold::Letters;
    }
    if c.is_alphanumeric() {
        out.extend(c.to_lowercase());
        return Fold::Letters;
    }
    Fold::Border
}

fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' | 'ª' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'Ć' | 'ĉ' | 'Ĉ' | 'ċ' | 'Ċ' | 'č' | 'Č' => "c",
        'ď' | 'Ď' | 'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ĕ' | 'Ĕ' | 'ė' | 'Ė' | 'ę' | 'Ę' | 'ě' | 'Ě' => {
            "e"
        }
        'ĝ' | 'Ĝ' | 'ğ' | 'Ğ' | 'ġ' | 'Ġ' | 'ģ' | 'Ģ' => "g",
        'ĥ' | 'Ĥ' | 'ħ' | 'Ħ' => "h",
        'ì'..='ï' | 'Ì'..='Ï' | 'ĩ' | 'Ĩ' | 'ī' | 'Ī' | 'ĭ' | 'Ĭ' | 'į' | 'Į' | 'ı' | 'İ' => {
            "i"
        }
        'ĵ' | 'Ĵ' => "j",
        'ķ' | 'Ķ' => "k",
        'ĺ' | 'Ĺ' | 'ļ' | 'Ļ' | 'ľ' | 'Ľ' | 'ł' | 'Ł' => "l",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ņ' | 'Ņ' | 'ň' | 'Ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ŏ' | 'Ŏ' | 'ő' | 'Ő' | 'º' => "o",
        'œ' | 'Œ' => "oe",
        'ŕ' | 'Ŕ' | 'ŗ' | 'Ŗ' | 'ř' | 'Ř' => "r",
        'ś' | 'Ś' | 'ŝ' | 'Ŝ' | 'ş' | 'Ş' | 'š' | 'Š' | 'ș' | 'Ș' => "s",
        'ß' | 'ẞ' => "ss",
        'ţ' | 'Ţ' | 'ť' | 'Ť' | 'ŧ' | 'Ŧ' | 'ț' | 'Ț' => "t",
        'þ' | 'Þ' => "th",
        'ù'..='ü' | 'Ù'..='Ü' | 'ũ' | 'Ũ' | 'ū' | 'Ū' | 'ŭ' | 'Ŭ' | 'ů' | 'Ů' | 'ű' | 'Ű' | 'ų' | 'Ų' => {
            "u"
        }
        'ŵ' | 'Ŵ' => "w",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' | 'ŷ' | 'Ŷ' => "y",
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ž' | 'Ž' => "z",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '¹' => "1",
        '²' => "2",
        '³' => "3",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &[&str]) {
        let folded = Folded::of(raw);
        let words: Vec<&str> = (0..folded.len()).map(|index| folded.word(index)).collect();
        assert_eq!(words, expected, "{raw:?}");
    }

    #[test]
    fn words_are_folded() {
        check("McDonald's #123", &["mcdonald", "s", "123"]);
        check("ÜBERWEISUNG Gebühr Straße", &["uberweisung", "gebuhr", "strasse"]);
        check("Prélèvement\u{a0}SEPA", &["prelevement", "sepa"]);
        check("e\u{301}te\u{301}", &["ete"]);
        check("ＡＣＭＥ　１２", &["acme", "12"]);
        check("oﬃce", &["office"]);
        check("株式会社 ООО Ромашка", &["株式会社", "ооо", "ромашка"]);
        check("***", &[]);
        check("", &[]);
    }

    #[test]
    fn the_raw_text_is_found_again() {
        let folded = Folded::of("  ﬁrst *Öl-Shop  x");
        assert_eq!(folded.raw_span(&(0..3)), "ﬁrst *Öl-Shop");
        assert_eq!(folded.raw_span(&(2..2)), "");
    }

    #[test]
    fn words_beyond_the_limit_are_left() {
        assert_eq!(Folded::of(&"a ".repeat(TOKENS_MAX)).len(), TOKENS_MAX);
        assert_eq!(Folded::of(&"a ".repeat(TOKENS_MAX + 1)).len(), TOKENS_MAX);
    }
}
