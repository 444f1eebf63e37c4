//! Text to comparable words: lower case, accents folded, letters and digits only. The raw text keeps its place.

use crate::hash::{between, push, shifted};
use crate::vocabulary::{Vocabulary, WordId};
use std::ops::Range;

/// Words of one description that are read; what comes after them is not looked at.
pub(crate) const TOKENS_MAX: usize = 256;

/// A description with its folded words.
pub(crate) struct Folded<'t> {
    raw: &'t str,
    /// The words without blanks between them: letters of words in a row are one slice.
    buffer: String,
    tokens: Vec<Token>,
}

/// What a folded text needs of the heap, empty.
#[derive(Default)]
pub(crate) struct Room {
    buffer: String,
    tokens: Vec<Token>,
}

/// Where a word stands, in the folded buffer and in the raw text.
#[derive(Debug, Clone, Copy)]
struct Token {
    folded: (u32, u32),
    raw: (u32, u32),
    /// Of the letters up to its start and up to its end.
    hashes: (u64, u64),
    id: WordId,
    number: bool,
}

/// Bytes of one description that are read.
const RAW_BYTES_MAX: usize = 1 << 16;

impl<'t> Folded<'t> {
    /// Folds up to [`TOKENS_MAX`] words that are in no table.
    pub(crate) fn of(raw: &'t str) -> Self {
        let room = Room { buffer: String::with_capacity(raw.len()), tokens: Vec::new() };
        Self::start(raw, room)
    }

    /// Folds up to [`TOKENS_MAX`] words and looks them up.
    pub(crate) fn read(raw: &'t str, vocabulary: &Vocabulary) -> Self {
        Self::read_in(raw, vocabulary, Room::default())
    }

    /// The same, in the room that another text has left.
    pub(crate) fn read_in(raw: &'t str, vocabulary: &Vocabulary, room: Room) -> Self {
        let mut folded = Self::start(raw, room);
        folded.look_up(vocabulary);
        folded
    }

    /// Leaves the room to the next text.
    pub(crate) fn into_room(self) -> Room {
        let Self { mut buffer, mut tokens, .. } = self;
        buffer.clear();
        tokens.clear();
        Room { buffer, tokens }
    }

    fn start(raw: &'t str, room: Room) -> Self {
        let mut folded = Self { raw, buffer: room.buffer, tokens: room.tokens };
        folded.fold();
        folded
    }

    fn fold(&mut self) {
        let mut open: Option<Token> = None;
        let mut hash = 0;
        let mut end = self.raw.len().min(RAW_BYTES_MAX);
        while !self.raw.is_char_boundary(end) {
            end -= 1;
        }
        let mut hashed = 0;
        for (at, c) in self.raw[..end].char_indices() {
            let before = self.buffer.len();
            let kind = if c.is_ascii_alphanumeric() {
                self.buffer.push(c.to_ascii_lowercase());
                Fold::Letters
            } else {
                fold_char(c, &mut self.buffer)
            };
            match kind {
                // A combining mark belongs to the letter before it.
                Fold::Mark => {}
                Fold::Letters => {
                    let token = open.get_or_insert(Token {
                        folded: (short(before), 0),
                        raw: (short(at), 0),
                        hashes: (hash, 0),
                        id: WordId::UNKNOWN,
                        number: true,
                    });
                    for byte in self.buffer.as_bytes().get(hashed..).unwrap_or_default() {
                        hash = push(hash, *byte);
                        token.number &= byte.is_ascii_digit();
                    }
                    hashed = self.buffer.len();
                }
                Fold::Border => {
                    if let Some(token) = open.take() {
                        self.tokens.push(token.ended(before, at, hash));
                        if self.tokens.len() == TOKENS_MAX {
                            return;
                        }
                    }
                }
            }
        }
        if let Some(token) = open {
            self.tokens.push(token.ended(self.buffer.len(), end, hash));
        }
    }

    fn look_up(&mut self, vocabulary: &Vocabulary) {
        for token in &mut self.tokens {
            let (start, end) = (token.folded.0 as usize, token.folded.1 as usize);
            let word = &self.buffer[start..end];
            token.id = between(token.hashes.1, token.hashes.0, end - start)
                .map_or(WordId::UNKNOWN, |hash| vocabulary.find(hash, word));
        }
    }

    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word; empty beyond the last.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.letters(&(index..index + 1))
    }

    /// The letters of words in a row, without blanks; empty beyond the last.
    pub(crate) fn letters(&self, words: &Range<usize>) -> &str {
        match (self.tokens.get(words.start), words.end.checked_sub(1).and_then(|last| self.tokens.get(last)))
        {
            (Some(first), Some(last)) => {
                self.buffer.get(first.folded.0 as usize..last.folded.1 as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The hash of the letters of words in a row; `None` where there are too many.
    pub(crate) fn hash(&self, words: &Range<usize>) -> Option<u64> {
        let first = self.tokens.get(words.start)?;
        let last = self.tokens.get(words.end.checked_sub(1)?)?;
        let letters = (last.folded.1 as usize).checked_sub(first.folded.0 as usize)?;
        between(last.hashes.1, first.hashes.0, letters)
    }

    /// The hash of letters with those of one more word behind them.
    pub(crate) fn hash_after(&self, hash: u64, index: usize) -> Option<u64> {
        let letters = self.word(index).len();
        Some(shifted(hash, letters)?.wrapping_add(self.hash(&(index..index + 1))?))
    }

    /// The number of the word among those that tables know.
    pub(crate) fn id(&self, index: usize) -> WordId {
        self.tokens.get(index).map_or(WordId::UNKNOWN, |token| token.id)
    }

    /// Whether the word is digits only.
    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.number)
    }

    /// Where the word stands in the raw text.
    pub(crate) fn raw_range(&self, index: usize) -> Range<usize> {
        self.tokens
            .get(index)
            .map_or(self.raw.len()..self.raw.len(), |token| token.raw.0 as usize..token.raw.1 as usize)
    }

    /// The raw text under a range of words.
    pub(crate) fn raw_span(&self, words: &Range<usize>) -> &'t str {
        if words.is_empty() {
            return "";
        }
        &self.raw[self.raw_range(words.start).start..self.raw_range(words.end - 1).end]
    }
}

impl Token {
    fn ended(mut self, folded: usize, raw: usize, hash: u64) -> Self {
        self.folded.1 = short(folded);
        self.raw.1 = short(raw);
        self.hashes.1 = hash;
        self
    }
}

/// A place within [`RAW_BYTES_MAX`]; folding makes a letter at most three times as long.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
