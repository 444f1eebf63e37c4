//! The one edge where money becomes a floating-point number: a spreadsheet cell is nothing else.

use smartexus_domain::Money;

/// Beyond this many minor units a double no longer tells neighbors apart (2^53).
pub(super) const EXACT_MINOR_MAX: u64 = 1 << 53;

/// The amount as a cell's number, or `None` when a double could not hold every minor unit of it.
///
/// Below the bound both operands are exact, so the quotient is the double nearest to the decimal amount, which is
/// what a spreadsheet itself stores for the typed digits.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a cell's number is a double; bounded above"
)]
pub(super) fn cell_number(money: Money) -> Option<f64> {
    if money.minor().unsigned_abs() > EXACT_MINOR_MAX {
        return None;
    }
    let scale = 10_u32.pow(money.currency().exponent());
    Some(money.minor() as f64 / f64::from(scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::Currency;

    #[test]
    fn exact_up_to_the_bound_and_refused_above() {
        let usd = Currency::from_code("USD").unwrap();
        let jpy = Currency::from_code("JPY").unwrap();
        let bound = i64::try_from(EXACT_MINOR_MAX).unwrap();
        for (money, expected) in [
            (Money::new(-6120, usd), Some(-61.2)),
            (Money::new(1, usd), Some(0.01)),
            (Money::new(1200, jpy), Some(1200.0)),
            (Money::new(bound, jpy), Some(9_007_199_254_740_992.0)),
            (Money::new(bound + 1, jpy), None),
            (Money::new(-bound - 1, usd), None),
            (Money::new(i64::MIN, usd), None),
        ] {
            assert_eq!(cell_number(money), expected, "{money}");
        }
    }
}
