//! Amounts of formats that leave the decimal mark to whoever writes the file: the file as a whole says which it is.

use smartexus_domain::{AmountToken, Currency, NumberStyle, SignMark};

/// Why an amount has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LooseFault {
    NotANumber,
    /// `1.234` where nothing in the file says what its mark means.
    Ambiguous,
}

impl LooseFault {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::NotANumber => "its amount is no number",
            Self::Ambiguous => "its amount can be read in two ways",
        }
    }
}

/// The notation of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Loose {
    point: usize,
    comma: usize,
}

impl Loose {
    /// Counts an amount as evidence.
    pub(super) fn see(&mut self, text: &str) {
        match AmountToken::read(text).and_then(|token| token.proves_style()) {
            Some(NumberStyle::Point) => self.point = self.point.saturating_add(1),
            Some(NumberStyle::Comma) => self.comma = self.comma.saturating_add(1),
            None => {}
        }
    }

    /// The signed value of an amount. One that proves its own notation is read by it, whatever the others do.
    pub(super) fn minor(&self, text: &str, currency: Currency) -> Result<i64, LooseFault> {
        let token = AmountToken::read(text).ok_or(LooseFault::NotANumber)?;
        let exponent = currency.exponent();
        let style = match (token.proves_style(), self.point, self.comma) {
            (Some(style), ..) => style,
            (None, 0, 0) if token.is_ambiguous() => return Err(LooseFault::Ambiguous),
            (None, 1.., 1..) if token.is_ambiguous() => return Err(LooseFault::Ambiguous),
            (None, 0, 1..) => NumberStyle::Comma,
            (None, ..) => NumberStyle::Point,
        };
        let magnitude = token.minor(style, exponent).ok_or(LooseFault::NotANumber)?;
        match token.sign() {
            SignMark::Minus | SignMark::Debit => magnitude.checked_neg().ok_or(LooseFault::NotANumber),
            SignMark::None | SignMark::Plus | SignMark::Credit => Ok(magnitude),
            SignMark::Conflict => Err(LooseFault::NotANumber),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_what_a_mark_means() {
        let euro = Currency::from_code("EUR").unwrap();
        for (others, text, expected) in [
            (&[][..], "-12.50", Ok(-1_250)),
            (&[], "-12,50", Ok(-1_250)),
            (&[], "1234", Ok(123_400)),
            (&[], "1.234", Err(LooseFault::Ambiguous)),
            (&["5,00"], "1.234", Ok(123_400)),
            (&["5.00"], "1,234", Ok(123_400)),
            (&["5.00"], "1.234", Err(LooseFault::NotANumber)),
            (&["5.00", "5,00"], "1.234", Err(LooseFault::Ambiguous)),
            (&["5,00"], "1,234.56", Ok(123_456)),
            (&[], "1.234,56", Ok(123_456)),
            (&[], "two", Err(LooseFault::NotANumber)),
            (&[], "1e999", Err(LooseFault::NotANumber)),
            (&[], "-12.00 CR", Err(LooseFault::NotANumber)),
        ] {
            let mut loose = Loose::default();
            others.iter().for_each(|other| loose.see(other));
            assert_eq!(loose.minor(text, euro), expected, "{others:?} {text}");
        }
    }
}
