//! How an amount is printed: digits, currency mark, and the mark of its direction.

use crate::notation::Digits;

/// Where the currency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    None,
    SymbolBefore,
    SymbolAfter,
    CodeBefore,
    CodeAfter,
}

/// How money out is told from money in beside the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Another place says it: a column, a heading.
    Unsigned,
    Minus,
    PlusMinus,
    TrailingMinus,
    TrailingPlusMinus,
    Parentheses,
    /// `CR` behind what is money in, nothing behind the rest.
    Cr,
    /// `DR` behind what is money out, nothing behind the rest.
    Dr,
    /// `OD` behind an overdrawn balance.
    Od,
    CrDr,
    /// `H` and `S`.
    HabenSoll,
}

impl Sign {
    fn suffix(self, is_out: bool) -> &'static str {
        match (self, is_out) {
            (Self::TrailingMinus | Self::TrailingPlusMinus, true) => "-",
            (Self::TrailingPlusMinus, false) => "+",
            (Self::Cr | Self::CrDr, false) => "CR",
            (Self::Dr | Self::CrDr, true) => "DR",
            (Self::Od, true) => "OD",
            (Self::HabenSoll, true) => "S",
            (Self::HabenSoll, false) => "H",
            (Self::Unsigned | Self::Minus | Self::PlusMinus | Self::Parentheses, _)
            | (Self::Cr | Self::TrailingMinus, _)
            | (Self::Dr | Self::Od, false) => "",
        }
    }

    fn prefix(self, is_out: bool) -> &'static str {
        match (self, is_out) {
            (Self::Minus | Self::PlusMinus, true) => "-",
            (Self::PlusMinus, false) => "+",
            _ => "",
        }
    }
}

/// A printed figure: what is aligned, and the mark behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Figure {
    pub(crate) body: String,
    pub(crate) mark: String,
}

impl Figure {
    pub(crate) fn whole(&self) -> String {
        format!("{}{}", self.body, self.mark)
    }
}

/// The notation of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) digits: Digits,
    pub(crate) symbol: &'static str,
    pub(crate) code: &'static str,
    /// A mark behind the digits stands apart from them.
    pub(crate) is_apart: bool,
}

impl Figures {
    /// Minor units, negative for out.
    pub(crate) fn figure(&self, minor: i64, sign: Sign, mark: Mark) -> Figure {
        let is_out = minor < 0;
        let digits = self.digits.format(minor);
        // "R1,200.00" and "€1,200.00" stand together; longer marks do not.
        let gap = if self.symbol.len() > 3 || self.symbol.ends_with('.') { " " } else { "" };
        let marked = match mark {
            Mark::None => digits,
            Mark::SymbolBefore => format!("{}{gap}{digits}", self.symbol),
            Mark::SymbolAfter => format!("{digits} {}", self.symbol),
            Mark::CodeBefore => format!("{} {digits}", self.code),
            Mark::CodeAfter => format!("{digits} {}", self.code),
        };
        let suffix = sign.suffix(is_out);
        let space = if self.is_apart && !suffix.is_empty() { " " } else { "" };
        let body = if sign == Sign::Parentheses && is_out {
            format!("({marked})")
        } else {
            format!("{}{marked}", sign.prefix(is_out))
        };
        Figure { body, mark: format!("{space}{suffix}") }
    }
}
