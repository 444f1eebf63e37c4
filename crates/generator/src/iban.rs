//! IBANs of banks that do not exist, with check digits that are right.

/// The IBAN of a country code and a BBAN (ISO 13616, check digits by ISO 7064 mod 97-10).
pub(crate) fn iban(country: &str, bban: &str) -> String {
    let mut remainder: u32 = 0;
    for c in bban.chars().chain(country.chars()).chain("00".chars()) {
        let value = c.to_digit(36).unwrap_or(0);
        remainder = if value > 9 { remainder * 100 + value } else { remainder * 10 + value } % 97;
    }
    format!("{country}{:02}{bban}", 98 - remainder)
}

/// Groups of four, as printed on paper.
pub(crate) fn in_fours(iban: &str) -> String {
    let chars: Vec<char> = iban.chars().collect();
    chars.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_right() {
        // The example of ISO 13616.
        assert_eq!(iban("GB", "WEST12345698765432"), "GB82WEST12345698765432");
        assert_eq!(in_fours("DE0212"), "DE02 12");
    }
}
