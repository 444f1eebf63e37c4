//! The digits of a printed number with what stands between them, without a place of their own in memory: a document
//! has as many numbers as words.

/// Longest digit string that is still money: 16 digits of whole and minor units fit 64 bits.
const DIGITS_MAX: usize = 17;
/// Between each two digits stands one separator at most.
const BYTES_MAX: usize = 2 * DIGITS_MAX - 1;

/// Digits and separators as printed: `1'234.56`. Blanks of every width are `' '`, both apostrophes `'\''`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct PrintedDigits {
    /// ASCII; zero behind the last.
    text: [u8; BYTES_MAX],
    length: u8,
}

impl PrintedDigits {
    /// Takes `1,23,456.78` apart; `None` for anything but digits with single separators between them.
    pub(crate) fn read(text: &str, is_blank: impl Fn(char) -> bool) -> Option<Self> {
        let mut read = Self { text: [0; BYTES_MAX], length: 0 };
        // ".50" is printed by some spreadsheets; nothing else may have an empty group.
        if text.starts_with(['.', ',']) && text.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
            read.push(b'0')?;
        }
        let mut digits = usize::from(read.length);
        for c in text.chars() {
            let byte = match c {
                '0'..='9' | '.' | ',' | '\'' => u8::try_from(c).ok()?,
                '\u{2019}' => b'\'',
                blank if is_blank(blank) => b' ',
                _ => return None,
            };
            digits += usize::from(byte.is_ascii_digit());
            let is_second = !byte.is_ascii_digit() && !read.ends_in_digit();
            if is_second || digits > DIGITS_MAX {
                return None;
            }
            read.push(byte)?;
        }
        read.ends_in_digit().then_some(read)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.text.get_mut(usize::from(self.length))? = byte;
        self.length += 1;
        Some(())
    }

    fn ends_in_digit(&self) -> bool {
        self.bytes().last().is_some_and(u8::is_ascii_digit)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Runs of digits.
    pub(crate) fn groups(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.bytes().split(|byte| !byte.is_ascii_digit())
    }

    /// What stands between them.
    pub(crate) fn separators(&self) -> impl DoubleEndedIterator<Item = u8> + '_ {
        self.bytes().iter().copied().filter(|byte| !byte.is_ascii_digit())
    }

    pub(crate) fn separators_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut u8> {
        self.text.iter_mut().filter(|byte| !byte.is_ascii_digit() && **byte != 0)
    }

    pub(crate) fn has_separators(&self) -> bool {
        self.separators().next().is_some()
    }

    pub(crate) fn last_group(&self) -> usize {
        self.groups().next_back().map_or(0, <[u8]>::len)
    }

    pub(crate) fn first_group(&self) -> &[u8] {
        self.groups().next().unwrap_or_default()
    }
}

impl std::fmt::Debug for PrintedDigits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.bytes()))
    }
}

/// Western groups of three, or Indian groups (two, two, …, three); one kind of separator throughout.
pub(crate) fn is_evenly_grouped(whole: &[u8]) -> bool {
    let Some(first_separator) = whole.iter().find(|byte| !byte.is_ascii_digit()).copied() else {
        return true;
    };
    let is_one_kind = whole.iter().all(|byte| byte.is_ascii_digit() || *byte == first_separator);
    let mut groups = whole.split(|byte| !byte.is_ascii_digit()).map(<[u8]>::len);
    let (Some(first), Some(last)) = (groups.next(), groups.next_back()) else { return false };
    let (mut is_western, mut is_indian) = (true, first_separator == b',' && first <= 2);
    for middle in groups {
        is_western &= middle == 3;
        is_indian &= middle == 2;
    }
    is_one_kind && (1..=3).contains(&first) && last == 3 && (is_western || is_indian)
}
