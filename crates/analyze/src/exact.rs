//! Arithmetic without floats: quotients, medians and roots of integers, rounded once, half to even.

use smartexus_domain::{Currency, Money, NotComputable};

/// One, in ratios of four decimals.
pub(crate) const ONE: i128 = 10_000;

/// A value, or why there is none.
pub(crate) type Computed = Result<i128, NotComputable>;

/// `n / d` to the nearest integer, half to even.
pub(crate) fn quotient(n: i128, d: i128) -> Computed {
    if d == 0 {
        return Err(NotComputable::DividesByZero);
    }
    let (n, d) = if d < 0 { (negated(n)?, negated(d)?) } else { (n, d) };
    let (floor, rest) = (n.div_euclid(d), n.rem_euclid(d));
    // Compared with what is missing, so that nothing is doubled.
    let up = match rest.cmp(&(d - rest)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => floor.rem_euclid(2) == 1,
    };
    Ok(if up { floor + 1 } else { floor })
}

/// `n / d` with four decimals, as an integer.
pub(crate) fn ratio(n: i128, d: i128) -> Computed {
    quotient(product(n, ONE)?, d)
}

pub(crate) fn product(a: i128, b: i128) -> Computed {
    a.checked_mul(b).ok_or(NotComputable::TooLarge)
}

pub(crate) fn negated(a: i128) -> Computed {
    a.checked_neg().ok_or(NotComputable::TooLarge)
}

pub(crate) fn sum(values: impl IntoIterator<Item = i128>) -> Computed {
    values
        .into_iter()
        .try_fold(0_i128, |total, value| total.checked_add(value))
        .ok_or(NotComputable::TooLarge)
}

/// Twice the median, so that the mean of two middle values stays whole; `None` of nothing.
pub(crate) fn median_doubled(values: &mut [i128]) -> Option<i128> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = if values.len() % 2 == 1 { upper } else { *values.get(middle.checked_sub(1)?)? };
    lower.checked_add(upper)
}

/// The median to the nearest integer, half to even.
pub(crate) fn median(values: &mut [i128]) -> Option<i128> {
    quotient(median_doubled(values)?, 2).ok()
}

/// Four times the median of the distances from the median: a distance from a doubled median is doubled, and so is its median.
pub(crate) fn deviation_quadrupled(values: &[i128], median_doubled_of_them: i128) -> Option<i128> {
    let distance = |value: &i128| Some(value.checked_mul(2)?.checked_sub(median_doubled_of_them)?.abs());
    let mut distances = values.iter().map(distance).collect::<Option<Vec<_>>>()?;
    median_doubled(&mut distances)
}

/// `n / √v` with four decimals, to the nearest, half to even.
pub(crate) fn ratio_to_root(n: i128, v: i128) -> Computed {
    if v <= 0 {
        return Err(NotComputable::NoDeviation);
    }
    let scaled = product(n, ONE)?;
    let square = product(scaled, scaled)?;
    let floor = (square / v).isqrt();
    // Is the quotient past the middle between floor and floor + 1? (2 floor + 1)² v < 4 square.
    let middle = product(2 * floor + 1, 2 * floor + 1).and_then(|odd| product(odd, v))?;
    let up = match middle.cmp(&product(square, 4)?) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal => floor % 2 == 1,
    };
    let rounded = if up { floor + 1 } else { floor };
    Ok(if n < 0 { -rounded } else { rounded })
}

/// Four decimals as text.
pub(crate) fn ratio_text(value: i128) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    format!("{sign}{}.{:04}", magnitude / ONE.unsigned_abs(), magnitude % ONE.unsigned_abs())
}

/// Money as the contract prints it; `TooLarge` beyond 64 bits.
pub(crate) fn money_text(minor: i128, currency: Currency) -> Result<String, NotComputable> {
    let minor = i64::try_from(minor).map_err(|_| NotComputable::TooLarge)?;
    Ok(Money::new(minor, currency).to_string())
}

/// Money, or nothing where it is too large to print.
pub(crate) fn printed(minor: i128, currency: Currency) -> Option<String> {
    money_text(minor, currency).ok()
}

/// Money for a field that has no `null`. Sums of case ledgers fit: a row has at most 64 bits and a text says so if not.
pub(crate) fn printed_or_too_large(minor: i128, currency: Currency) -> String {
    printed(minor, currency).unwrap_or_else(|| "too large".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_round_half_to_even() {
        for (n, d, expected) in [
            (5, 2, 2),
            (7, 2, 4),
            (-5, 2, -2),
            (-7, 2, -4),
            (5, -2, -2),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (0, 7, 0),
            (i128::MAX, 1, i128::MAX),
        ] {
            assert_eq!(quotient(n, d), Ok(expected), "{n} / {d}");
        }
        assert_eq!(quotient(1, 0), Err(NotComputable::DividesByZero));
        assert_eq!(ratio(1, 3), Ok(3_333));
        assert_eq!(ratio(i128::MAX, 3), Err(NotComputable::TooLarge));
    }

    #[test]
    fn medians_and_deviations() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [5]), Some(5));
        assert_eq!(median(&mut [4, 1]), Some(2));
        assert_eq!(median(&mut [4, 3]), Some(4));
        assert_eq!(median(&mut [9, 1, 4]), Some(4));
        // 1 2 4 9: median 3, distances 2 1 1 6, their median 1.5.
        assert_eq!(deviation_quadrupled(&[1, 2, 4, 9], 6), Some(6));
    }

    #[test]
    fn roots_are_rounded_exactly() {
        assert_eq!(ratio_to_root(1, 4), Ok(5_000));
        assert_eq!(ratio_to_root(-3, 9), Ok(-10_000));
        assert_eq!(ratio_to_root(1, 2), Ok(7_071));
        assert_eq!(ratio_to_root(1, 3), Ok(5_774));
        assert_eq!(ratio_to_root(1, 0), Err(NotComputable::NoDeviation));
    }

    #[test]
    fn texts() {
        assert_eq!(ratio_text(-12_345), "-1.2345");
        assert_eq!(ratio_text(7), "0.0007");
        assert_eq!(money_text(i128::from(i64::MAX) + 1, Currency::UNKNOWN), Err(NotComputable::TooLarge));
    }
}
