//! `:86:`, what a row is for: German `?20…?63` subfields, `/TAG/` words, SEPA words inside either, or free text.

use super::MARKS;
use super::exact;
use super::line::Line;
use smartexus_domain::{BankCode, CodeList, Currency, Money};

/// Lines are wrapped here, words or not.
const LINE_CHARS: usize = 65;
/// Subfields are wrapped here.
const SUBFIELD_CHARS: usize = 27;
/// Words of SEPA payments inside a purpose, each followed by `+`.
const SEPA: [&str; 12] =
    ["EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC"];
/// Words between slashes.
const SLASHED: [&str; 24] = [
    "TRTP", "TRCD", "IBAN", "BIC", "NAME", "REMI", "EREF", "CSID", "MARF", "ORDP", "BENM", "RTRN", "PREF",
    "ISDT", "UDTR", "CNTP", "PURP", "ULTC", "ULTD", "SVCL", "OCMT", "CHGS", "ADDR", "ID",
];

/// The description of a row. A reference from end to end goes to the row itself.
pub(super) fn read(text: &str, row: &mut Line) -> String {
    if let Some((mark, code, fields)) = subfield_mark(text) {
        row.details.bank_code = Some(BankCode { list: CodeList::Gvc, code: code.to_owned() });
        return german(fields, mark, row);
    }
    let whole = unwrapped(text);
    if is_slashed(&whole) {
        return slashed(&whole, row);
    }
    let purpose = Purpose::of(std::iter::once(whole.as_str()));
    row.end_to_end = purpose.end_to_end.or_else(|| row.end_to_end.take());
    purpose.text
}

/// `01…14` purpose, `15`, `16` name, `17` kind: the older German list under `:NS:`.
pub(super) fn numbered(text: &str) -> String {
    let lines = || text.lines().filter_map(|line| line.split_at_checked(2));
    let of = |codes: std::ops::RangeInclusive<i16>| {
        lines()
            .filter(move |(code, _)| exact::number(code).is_some_and(|c| codes.contains(&c)))
            .map(|(_, t)| t)
    };
    of(17..=17).chain(of(15..=16)).chain(of(1..=14)).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The mark of subfields, the code of three digits before it, and all from the mark on.
fn subfield_mark(text: &str) -> Option<(char, &str, &str)> {
    let text = text.trim_start();
    let (code, rest) = text.split_at_checked(3)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '?' | '<' | '>' | '@' | '#' | '~' | '^'))?;
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    (digits && rest.matches(mark).count() > 1).then_some((mark, code, rest))
}

fn german(fields: &str, mark: char, row: &mut Line) -> String {
    // Lines end anywhere inside: that they do says nothing.
    let joined: String = fields.lines().collect();
    let subfields: Vec<(i16, &str)> = subfields(&joined, mark);
    let of = |codes: &[std::ops::RangeInclusive<i16>]| {
        let wanted = codes.to_vec();
        subfields.iter().filter(move |(c, _)| wanted.iter().any(|r| r.contains(c))).map(|(_, t)| *t)
    };
    let kind = of(&[0..=0]).collect::<Vec<_>>().join(" ");
    let name = wrapped(of(&[32..=33]).map(Part::of));
    let purpose = Purpose::of(of(&[20..=29, 60..=65]));
    row.end_to_end = purpose.end_to_end.or_else(|| row.end_to_end.take());
    [kind, name, purpose.text].join(" ")
}

/// Splits at the mark and two digits; a mark without them is text.
fn subfields(text: &str, mark: char) -> Vec<(i16, &str)> {
    let is_start = |at: &usize| {
        text.get(at.saturating_add(mark.len_utf8())..)
            .and_then(|rest| rest.get(..2))
            .and_then(exact::number)
            .is_some()
    };
    let starts: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).filter(is_start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let (code, value) = text.get(start.saturating_add(mark.len_utf8())..end)?.split_at_checked(2)?;
            Some((exact::number(code)?, value))
        })
        .collect()
}

/// A part of a text that was cut where a subfield was full; a shorter one ends with a word.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    is_full: bool,
}

impl<'a> Part<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, is_full: text.chars().count() >= SUBFIELD_CHARS }
    }
}

fn wrapped<'a>(parts: impl Iterator<Item = Part<'a>>) -> String {
    let mut whole = String::new();
    let mut is_full = true;
    for part in parts {
        if !is_full && !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(part.text);
        is_full = part.is_full;
    }
    whole
}

fn unwrapped(text: &str) -> String {
    let mut whole = String::new();
    let mut is_full = true;
    for line in text.lines() {
        if !is_full && !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(line);
        is_full = line.chars().count() >= LINE_CHARS;
    }
    whole
}

/// A purpose taken apart at its SEPA words.
struct Purpose {
    text: String,
    end_to_end: Option<String>,
}

impl Purpose {
    fn of<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let mut items: Vec<(Option<&str>, Vec<Part>)> = vec![(None, Vec::new())];
        for piece in parts.flat_map(at_words) {
            let (word, text) = sepa_word(piece.text);
            let piece = Part { text, ..piece };
            match (word, items.last_mut()) {
                (None, Some((_, texts))) => texts.push(piece),
                (word, _) => items.push((word, vec![piece])),
            }
        }
        let of = |wanted: &[Option<&str>]| {
            let kept = items.iter().filter(|(word, _)| wanted.contains(word));
            kept.map(|(_, texts)| wrapped(texts.iter().copied())).collect::<Vec<_>>().join(" ")
        };
        let end_to_end = exact::folded(&of(&[Some("EREF")]));
        let text = exact::folded(&of(&[None, Some("SVWZ")]));
        let is_named = !matches!(end_to_end.as_str(), "" | "NOTPROVIDED" | "NOT PROVIDED");
        Self { text, end_to_end: is_named.then_some(end_to_end) }
    }
}

/// Cuts in front of every word that stands behind a blank.
fn at_words(part: &str) -> Vec<Part<'_>> {
    let mut cuts = vec![0];
    cuts.extend(
        part.match_indices(' ')
            .map(|(at, _)| at.saturating_add(1))
            .filter(|at| part.get(*at..).is_some_and(|rest| sepa_word(rest).0.is_some())),
    );
    let ends = cuts.iter().skip(1).copied().chain([part.len()]);
    let is_full = Part::of(part).is_full;
    let pieces = cuts.iter().zip(ends).filter_map(|(start, end)| Some((part.get(*start..end)?, end)));
    pieces.map(|(text, end)| Part { text, is_full: is_full && end == part.len() }).collect()
}

fn sepa_word(text: &str) -> (Option<&'static str>, &str) {
    let found = SEPA.into_iter().find_map(|word| Some((word, text.strip_prefix(word)?.strip_prefix('+')?)));
    found.map_or((None, text), |(word, rest)| (Some(word), rest))
}

fn is_slashed(text: &str) -> bool {
    let first = text.trim_start().strip_prefix('/').and_then(|rest| rest.split_once('/'));
    first.is_some_and(|(word, _)| SLASHED.contains(&word))
}

/// `/TRTP/SEPA OVERBOEKING/IBAN/…/NAME/…/REMI/…`: kind, name and purpose; the rest is numbers.
fn slashed(text: &str, row: &mut Line) -> String {
    let pieces: Vec<&str> = text.trim().split('/').collect();
    let mut items: Vec<(&str, String)> = Vec::new();
    for piece in pieces.into_iter().skip(1) {
        match items.last_mut() {
            _ if SLASHED.contains(&piece) => items.push((piece, String::new())),
            Some((_, text)) => {
                text.push_str(piece);
                text.push('/');
            }
            None => {}
        }
    }
    let of = |wanted: &str| {
        let kept = items.iter().filter(|(word, _)| *word == wanted);
        kept.map(|(_, text)| bare(text)).collect::<Vec<_>>().join(" ")
    };
    row.end_to_end =
        Some(of("EREF")).filter(|e| !matches!(e.as_str(), "" | "NOTPROVIDED")).or(row.end_to_end.take());
    let told = [of("TRTP"), of("NAME"), party(&of("CNTP")), of("ORDP"), of("BENM"), of("REMI")];
    let description = exact::folded(&told.join(" "));
    if description.is_empty() { exact::folded(text) } else { description }
}

/// What the row was in another currency, its rate and its charges: `/OCMT/USD12,50/EXCH/1,0817/CHGS/EUR0,50/`, in the
/// field itself or below the row.
pub(super) fn converted(text: &str, row: &mut Line) {
    if !["/OCMT/", "/EXCH/", "/CHGS/"].iter().any(|word| text.contains(word)) {
        return;
    }
    let joined: String = text.lines().collect();
    let of = |word: &str| Some(joined.split_once(word)?.1.split('/').next().unwrap_or_default().trim());
    let money = |text: &str| {
        let (code, digits) = text.split_at_checked(3)?;
        let currency = Currency::from_code(code)?;
        let minor = exact::minor(digits.trim(), &MARKS, currency)?;
        Some(Money::new(minor, currency))
    };
    let signed = |money: Money| if row.amount.minor() < 0 { money.checked_neg().ok() } else { Some(money) };
    if let Some(original) = of("/OCMT/").and_then(money).and_then(signed) {
        row.details.original_currency = Some(original.currency());
        row.details.original_amount = Some(original);
    }
    let rate = of("/EXCH/").filter(|rate| rate.bytes().any(|b| b.is_ascii_digit()));
    row.details.fx_rate = rate.map(exact::folded).or_else(|| row.details.fx_rate.take());
    let own = |money: &Money| money.currency() == row.amount.currency();
    let charges = of("/CHGS/").and_then(money).filter(own).and_then(|money| money.checked_neg().ok());
    row.details.charges = charges.or(row.details.charges);
}

/// A remittance without the words that say how it is built.
fn bare(text: &str) -> String {
    let text = text.trim().trim_matches('/');
    let text = text.strip_prefix("USTD").or_else(|| text.strip_prefix("STRD")).unwrap_or(text);
    text.trim_matches('/').trim().to_owned()
}

/// Account, bank, name and town of the other side.
fn party(text: &str) -> String {
    text.split('/').nth(2).unwrap_or_default().to_owned()
}
