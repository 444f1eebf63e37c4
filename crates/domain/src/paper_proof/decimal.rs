//! Decimal strings of facts, exactly.

/// A decimal number with up to six digits behind its point, as an integer of millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

const DIGITS: usize = 6;
const ONE: i128 = 1_000_000;
/// Longest text: sums of a thousand such numbers are far from the limits of the integer.
const TEXT_MAX: usize = 30;

impl Decimal {
    /// Reads `-1234.50`; `None` for anything else than digits, one point and a minus in front.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !is_number(whole)
            || !is_number(rest)
            || rest.len() > DIGITS
            || text.len() > TEXT_MAX
        {
            return None;
        }
        let padded: i128 = format!("{whole}{rest:0<DIGITS$}").parse().ok()?;
        Some(Self(if is_negative { padded.checked_neg()? } else { padded }))
    }

    /// Sum; the limits are out of reach of what [`Decimal::read`] gives.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Difference.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Sum of many.
    #[must_use]
    pub fn sum(items: impl Iterator<Item = Self>) -> Self {
        items.fold(Self::default(), Self::plus)
    }
}

impl std::fmt::Display for Decimal {
    /// With two digits behind the point, or as many as it takes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let rest = format!("{:06}", magnitude % ONE.unsigned_abs());
        let shown = rest.trim_end_matches('0');
        write!(f, "{sign}{}.{shown:0<2}", magnitude / ONE.unsigned_abs())
    }
}
