//! An answer as a form prints it, read as the value it stands for.

use crate::facts::{FactType, FactValue, ValueError};
use smartexus_domain::{Currency, DateOrder, Money};

/// Whether the day or the month stands first, as a pattern says.
pub(super) fn day_order(pattern: Option<&str>, hint: Option<&str>) -> Option<DateOrder> {
    let pattern = pattern.or_else(|| hint?.strip_prefix("date "))?.to_lowercase();
    match (pattern.find('d'), pattern.find('m')) {
        (Some(day), Some(month)) if day < month => Some(DateOrder::DayMonth),
        (Some(_), Some(_)) => Some(DateOrder::MonthDay),
        _ => None,
    }
}

/// As [`FactValue::read`], and amounts in the shapes that this crate itself writes: a form's mapping says which currency
/// and style its amounts are in, so `18,251` is no riddle there.
pub(super) fn printed_value(
    text: &str,
    kind: FactType,
    currency: Currency,
    order: Option<DateOrder>,
) -> Result<FactValue, ValueError> {
    if kind == FactType::Money
        && let Some(amount) = our_amount(text, currency)
    {
        return Ok(FactValue::Money(amount));
    }
    // A point stands before decimals in this style: `1.234` is no amount of dollars, and no thousand either.
    let decimals = text.rsplit_once('.').map_or("", |(_, decimals)| decimals.trim_end());
    let is_other_style = decimals.len() > usize::try_from(currency.exponent()).unwrap_or(usize::MAX)
        && decimals.bytes().all(|b| b.is_ascii_digit());
    if kind == FactType::Money && is_other_style {
        return Err(ValueError::Ambiguous);
    }
    FactValue::read(text, kind, currency, order)
}

/// `1,234,567.50`, `1,235`, `1235`: commas between thousands, a point before decimals or none.
fn our_amount(text: &str, currency: Currency) -> Option<Money> {
    let (sign, magnitude) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let magnitude = magnitude.trim().strip_prefix('$').unwrap_or(magnitude).trim();
    let (whole, decimals) = magnitude.split_once('.').map_or((magnitude, None), |(w, d)| (w, Some(d)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = whole.contains(',');
    let sound = !first.is_empty()
        && digits(first)
        && (!is_grouped || first.len() <= 3)
        && groups.clone().all(|group| group.len() == 3 && digits(group));
    if !sound {
        return None;
    }
    let whole: String = std::iter::once(first).chain(groups).collect();
    let exponent = usize::try_from(currency.exponent()).ok()?;
    let text = match decimals {
        Some(decimals) => format!("{sign}{whole}.{decimals}"),
        None if exponent == 0 => format!("{sign}{whole}"),
        None => format!("{sign}{whole}.{}", "0".repeat(exponent)),
    };
    Money::from_decimal(&text, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::{day_order, printed_value};
    use crate::facts::{FactType, FactValue};
    use smartexus_domain::{Currency, DateOrder};

    #[test]
    fn amounts_are_read_as_forms_write_them() {
        let dollars = Currency::from_code("USD").unwrap();
        for (text, minor) in [
            ("18,251", Some(1_825_100)),
            ("$1,234.50", Some(123_450)),
            ("-1,234", Some(-123_400)),
            ("1234", Some(123_400)),
            ("1,23", Some(123)),
            ("1.234", None),
            ("abc", None),
        ] {
            let read = printed_value(text, FactType::Money, dollars, None).ok();
            let read =
                read.map(|value| if let FactValue::Money(amount) = value { amount.minor() } else { 0 });
            assert_eq!(read, minor, "{text}");
        }
    }

    #[test]
    fn a_pattern_says_what_stands_first() {
        for (pattern, hint, order) in [
            (Some("mm/dd/yyyy"), None, Some(DateOrder::MonthDay)),
            (None, Some("date dd.mm.yyyy"), Some(DateOrder::DayMonth)),
            (Some("yyyy"), Some("date dd.mm.yyyy"), None),
            (None, Some("number 2"), None),
        ] {
            assert_eq!(day_order(pattern, hint), order, "{pattern:?} {hint:?}");
        }
    }
}
