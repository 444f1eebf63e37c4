//! The machine-readable zone of passports, cards and visas (ICAO 9303), with its check digits.

use jiff::civil::Date;

/// What a zone says. Only a zone whose check digits all hold becomes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mrz {
    /// `P`, `ID`, `V`… as printed, fillers taken off.
    pub document: String,
    /// Issuing state, three letters (`D` for Germany).
    pub issuer: String,
    /// Document number.
    pub number: String,
    /// Family names.
    pub surname: String,
    /// Given names.
    pub given: String,
    /// Nationality, three letters.
    pub nationality: String,
    /// Birth.
    pub born: Date,
    /// `M`, `F`, or `None`.
    pub sex: Option<char>,
    /// Last day of validity.
    pub expires: Date,
}

/// Two-digit years of birth above this belong to the century before: a zone does not say which.
const BIRTH_PIVOT: i16 = 30;

impl Mrz {
    /// Reads a zone of three lines of 30 characters (TD1), two of 36 (TD2) or two of 44 (TD3). `None` unless every check
    /// digit holds, the composite one too.
    #[must_use]
    pub fn read(lines: &[&str]) -> Option<Self> {
        if !lines.iter().all(|line| line.bytes().all(is_zone_byte)) {
            return None;
        }
        match lines {
            [a, b, c] if [a, b, c].iter().all(|line| line.len() == 30) => Self::td1(a, b, c),
            [a, b] if a.len() == 36 && b.len() == 36 => Self::two_lines(a, b, 35),
            [a, b] if a.len() == 44 && b.len() == 44 => Self::two_lines(a, b, 43),
            _ => None,
        }
    }

    fn td1(a: &str, b: &str, c: &str) -> Option<Self> {
        let composite = format!("{}{}{}{}", a.get(5..30)?, b.get(0..7)?, b.get(8..15)?, b.get(18..29)?);
        if !holds(&composite, b.get(29..30)?) {
            return None;
        }
        let (surname, given) = names(c);
        Some(Self {
            document: plain(a.get(0..2)?),
            issuer: plain(a.get(2..5)?),
            number: checked(a.get(5..14)?, a.get(14..15)?)?,
            surname,
            given,
            nationality: plain(b.get(15..18)?),
            born: birth(b.get(0..6)?, b.get(6..7)?)?,
            sex: sex(b.get(7..8)?),
            expires: expiry(b.get(8..14)?, b.get(14..15)?)?,
        })
    }

    fn two_lines(a: &str, b: &str, last: usize) -> Option<Self> {
        // Visas have no composite digit: a zone without one proves less and is not taken.
        let composite = format!("{}{}{}", b.get(0..10)?, b.get(13..20)?, b.get(21..last)?);
        let personal = b.len() < 44 || holds_or_empty(b.get(28..42)?, b.get(42..43)?);
        if !holds(&composite, b.get(last..)?) || !personal {
            return None;
        }
        let (surname, given) = names(a.get(5..)?);
        Some(Self {
            document: plain(a.get(0..2)?),
            issuer: plain(a.get(2..5)?),
            number: checked(b.get(0..9)?, b.get(9..10)?)?,
            surname,
            given,
            nationality: plain(b.get(10..13)?),
            born: birth(b.get(13..19)?, b.get(19..20)?)?,
            sex: sex(b.get(20..21)?),
            expires: expiry(b.get(21..27)?, b.get(27..28)?)?,
        })
    }
}

const fn is_zone_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<'
}

/// Weights 7, 3, 1; letters count from 10, fillers nothing; modulo 10 (ICAO 9303-3, 4.9).
#[must_use]
pub fn mrz_check_digit(field: &str) -> u32 {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    field.bytes().zip([7, 3, 1].into_iter().cycle()).map(|(byte, weight)| value(byte) * weight).sum::<u32>()
        % 10
}

fn holds(field: &str, digit: &str) -> bool {
    digit.parse() == Ok(mrz_check_digit(field))
}

fn holds_or_empty(field: &str, digit: &str) -> bool {
    holds(field, digit) || (digit == "<" && field.bytes().all(|byte| byte == b'<'))
}

fn plain(field: &str) -> String {
    field.trim_end_matches('<').replace('<', " ")
}

fn checked(field: &str, digit: &str) -> Option<String> {
    let value = plain(field);
    (holds(field, digit) && !value.is_empty()).then_some(value)
}

fn names(field: &str) -> (String, String) {
    let (surname, given) = field.split_once("<<").unwrap_or((field, ""));
    (plain(surname), plain(given))
}

fn sex(field: &str) -> Option<char> {
    field.chars().next().filter(|letter| matches!(letter, 'M' | 'F'))
}

fn parts(field: &str, digit: &str) -> Option<(i16, i8, i8)> {
    let part = |range: std::ops::Range<usize>| field.get(range)?.parse::<i8>().ok();
    let (year, month, day) = (part(0..2)?, part(2..4)?, part(4..6)?);
    holds(field, digit).then_some((i16::from(year), month, day))
}

fn birth(field: &str, digit: &str) -> Option<Date> {
    let (year, month, day) = parts(field, digit)?;
    Date::new(if year > BIRTH_PIVOT { 1900 + year } else { 2000 + year }, month, day).ok()
}

fn expiry(field: &str, digit: &str) -> Option<Date> {
    let (year, month, day) = parts(field, digit)?;
    Date::new(2000 + year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The specimens of ICAO 9303, parts 4, 5 and 6.
    const TD3: [&str; 2] =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    const TD1: [&str; 3] = [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ];
    const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];

    #[test]
    fn the_specimens_are_read() {
        for (lines, number) in [(&TD3[..], "L898902C3"), (&TD1[..], "D23145890"), (&TD2[..], "D23145890")] {
            let mrz = Mrz::read(lines).expect(number);
            assert_eq!((mrz.number.as_str(), mrz.surname.as_str()), (number, "ERIKSSON"));
            assert_eq!((mrz.given.as_str(), mrz.sex), ("ANNA MARIA", Some('F')));
            assert_eq!(
                (mrz.born.to_string(), mrz.expires.to_string()),
                ("1974-08-12".into(), "2012-04-15".into())
            );
        }
    }

    #[test]
    fn no_single_changed_digit_goes_through() {
        for at in TD3[1].char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at) {
            let mut second = TD3[1].as_bytes().to_vec();
            second[at] = if second[at] == b'9' { b'0' } else { second[at] + 1 };
            let second = String::from_utf8(second).expect("ASCII");
            assert_eq!(Mrz::read(&[TD3[0], &second]), None, "{at}");
        }
        assert_eq!(Mrz::read(&["", ""]), None);
        assert_eq!(Mrz::read(&["ä", "ö"]), None);
    }
}
