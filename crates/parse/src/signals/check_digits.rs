//! Numbers whose check digits do not hold: accounts by IBAN (ISO 13616) and ABA routing, and tax numbers whose countries
//! publish the rule.

use super::scene::Scene;
use crate::account::{aba_holds, iban_holds};
use crate::lexicon::fold;
use smartexus_domain::{Account, Page, Signal, SignalName, Statement};

/// Lengths of IBANs by country: the SWIFT registry's.
const IBAN_LENGTHS: [(&str, usize); 40] = [
    ("AD", 24),
    ("AE", 23),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
];
/// Words that make up one number: an IBAN in groups of four has nine.
const PIECES_MAX: usize = 9;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = scene.pages.iter().flat_map(of_page).collect();
    signals.dedup_by(|a, b| a.found == b.found);
    signals
}

/// What a data file says of its accounts.
pub(super) fn of_accounts(statements: &[Statement]) -> Vec<Signal> {
    let broken = |account: &Account| {
        let iban = [&account.iban, &account.number]
            .into_iter()
            .flatten()
            .find(|n| is_broken_iban(n))
            .map(|n| ("IBAN", n));
        let routing = account
            .routing_number
            .iter()
            .find(|n| n.len() == 9 && !aba_holds(n))
            .map(|n| ("routing number", n));
        iban.or(routing).map(|(what, number)| told(what, number))
    };
    statements.iter().filter_map(|statement| broken(&statement.account)).collect()
}

fn told(what: &str, number: &str) -> Signal {
    let signal =
        Signal::new(SignalName::CheckDigit, format!("The check digits of the {what} {number} do not hold."));
    Signal { found: Some(number.to_owned()), ..signal }
}

fn of_page(page: &Page) -> Vec<Signal> {
    let lines = page.text.lines().filter(|line| line.bytes().any(|b| b.is_ascii_digit()));
    lines.filter_map(of_line).map(|signal| signal.on_page(page.page)).collect()
}

/// What a label says the number is, folded; and what is wrong with a number that is it.
type Rule = (&'static [&'static str], &'static str, fn(&str) -> bool);

const RULES: [Rule; 5] = [
    (&["iban"], "IBAN", is_broken_iban),
    (&["routing number", "aba number", "aba routing number"], "routing number", |n| {
        is_digits(n, 9) && !aba_holds(n)
    }),
    (&["abn"], "ABN", |n| is_digits(n, 11) && !abn_holds(n)),
    (
        &[
            "vat",
            "vat no",
            "vat number",
            "vat id",
            "ust id",
            "ustid",
            "ust idnr",
            "ust id nr",
            "btw",
            "btw nr",
            "partita iva",
            "p iva",
            "tva",
            "n tva",
        ],
        "VAT number",
        is_broken_vat,
    ),
    (&["gstin", "gst no"], "GSTIN", |n| n.len() == 15 && !gstin_holds(n)),
];
/// Words of a label.
const LABEL_WORDS_MAX: usize = 3;

fn of_line(line: &str) -> Option<Signal> {
    let lower = line.to_ascii_lowercase();
    let may = ["iban", "aba", "routing", "abn", "vat", "ust", "btw", "iva", "tva", "gst"];
    if !may.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    (0..words.len()).find_map(|start| {
        (1..=LABEL_WORDS_MAX).rev().find_map(|count| {
            let label = folded.get(start..start + count)?.join(" ");
            let (_, what, is_broken) = RULES.iter().find(|(labels, ..)| labels.contains(&label.trim()))?;
            let number = broken_in(words.get(start + count..)?, *is_broken)?;
            Some(told(what, &number))
        })
    })
}

/// The number that the words begin with, if it is one and is broken; a longer one that holds is the number.
fn broken_in(words: &[&str], is_broken: fn(&str) -> bool) -> Option<String> {
    let mut number = String::new();
    let mut broken = None;
    for word in
        words.iter().skip_while(|word| matches!(**word, ":" | "|" | "-" | "No." | "Nr.")).take(PIECES_MAX)
    {
        let piece = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_piece =
            !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !is_piece {
            break;
        }
        number.push_str(piece);
        if broken.is_none() && is_broken(&number) {
            broken = Some(number.clone());
        }
        if word.ends_with([',', ';']) {
            break;
        }
    }
    broken
}

/// As long as an IBAN of its country, and wrong.
fn is_broken_iban(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let length = text.get(..2).and_then(|country| IBAN_LENGTHS.iter().find(|(code, _)| *code == country));
    let is_checked = text.get(2..4).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let is_plain = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    is_checked && is_plain && length.is_some_and(|(_, length)| text.len() == *length) && !iban_holds(&text)
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Australian business number: the first digit less one, weights 10, 1, 3 … 19, divisible by 89.
fn abn_holds(number: &str) -> bool {
    let mut digits = digits(number);
    if let Some(first) = digits.first_mut() {
        *first = first.wrapping_sub(1);
    }
    digits.first() < Some(&9)
        && weighted(&digits, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]).is_multiple_of(89)
}

/// European VAT numbers with a published rule: Germany, Belgium, Italy, and France by its SIREN.
fn is_broken_vat(text: &str) -> bool {
    let Some((country, number)) = text.split_at_checked(2) else { return false };
    match country {
        "DE" => is_digits(number, 9) && !iso_7064_holds(number),
        "BE" => is_digits(number, 10) && !belgian_holds(number),
        "IT" => is_digits(number, 11) && !luhn_holds(number),
        "FR" => is_digits(number, 11) && !number.get(2..).is_some_and(luhn_holds),
        _ => false,
    }
}

/// ISO 7064 mod 11, 10.
fn iso_7064_holds(number: &str) -> bool {
    let digits = digits(number);
    let Some((check, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| match (product + digit) % 10 {
        0 => 20 % 11,
        sum => sum * 2 % 11,
    });
    (11 - product) % 10 == *check
}

fn belgian_holds(number: &str) -> bool {
    let number: u64 = number.parse().unwrap_or(0);
    97 - number / 100 % 97 == number % 100
}

/// ISO/IEC 7812.
fn luhn_holds(number: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = digits(number);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

/// Indian GSTIN: base 36, factors 1 and 2 by turns.
fn gstin_holds(number: &str) -> bool {
    let values: Vec<u32> = number.chars().filter_map(|c| c.to_digit(36)).collect();
    let Some((check, body)) = values.split_last() else { return false };
    let part = |(at, value): (usize, &u32)| {
        let product = if at % 2 == 1 { value * 2 } else { *value };
        product / 36 + product % 36
    };
    let sum: u32 = body.iter().enumerate().map(part).sum();
    (36 - sum % 36) % 36 == *check
}

#[cfg(test)]
mod unit {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(of_line(line).and_then(|signal| signal.found).as_deref(), expected, "{line}");
    }

    #[test]
    fn numbers_that_hold_and_numbers_that_do_not() {
        check("IBAN: DE89 3704 0044 0532 0130 00", None);
        check("IBAN: DE89 3704 0044 0532 0130 01 BIC X", Some("DE89370400440532013001"));
        check("IBAN DE89 3704 0044", None);
        check("Routing number: 021000021", None);
        check("Routing number: 021000022", Some("021000022"));
        check("ABN 51 824 753 556", None);
        check("ABN: 51 824 753 557", Some("51824753557"));
        check("USt-IdNr. DE136695976", None);
        check("USt-IdNr.: DE136695977", Some("DE136695977"));
        check("VAT BE0428759497", None);
        check("VAT BE0428759498", Some("BE0428759498"));
        check("Partita IVA IT00743110157", None);
        check("Partita IVA IT00743110158", Some("IT00743110158"));
        check("TVA FR40303265045", None);
        check("TVA FR40303265046", Some("FR40303265046"));
        check("GSTIN: 27AAPFU0939F1ZV", None);
        check("GSTIN: 27AAPFU0939F1ZW", Some("27AAPFU0939F1ZW"));
        check("Card 4111", None);
    }
}
