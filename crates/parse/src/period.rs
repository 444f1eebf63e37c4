//! The period a statement says it covers: two dates with a word or dash between.

use smartexus_domain::{DateOrder, DateToken, PartialDate, PrintedYear, month_of};

/// Words that may stand between two dates of a period.
const BETWEEN: &[&str] = &[
    "-", "to", "through", "thru", "until", "bis", "au", "a", "al", "tot", "and", "und", "t/m", "ate", "até",
    "till", "et", "e", "y", "en", "hasta", "ao", "fino",
];
/// And so many of these together: "tot en met", "bis zum", "up to and including".
const BETWEEN_WORDS_MAX: usize = 4;
const BESIDE: &[&str] =
    &["met", "zum", "zur", "up", "including", "inclusive", "incl", "jusqu'au", "a", "al", "el"];

/// A value date is days from its booking date; a period is longer, and no longer than a year and a month.
const DAYS_MIN: i32 = 20;
const DAYS_MAX: i32 = 400;

/// Words that announce a period.
const LABELS: &[&str] = &[
    "period",
    "from",
    "statement",
    "zeitraum",
    "periode",
    "periodo",
    "vom",
    "von",
    "du",
    "between",
    "covering",
    "opening/closing",
    "dates",
    "desde",
    "dal",
    "abrechnungszeitraum",
    "van",
    "for",
    "billing",
    "activity",
    "période",
    "período",
    "auszug",
    "del",
    "entre",
    "tussen",
    "zwischen",
    "fra",
    "tra",
    "movimientos",
    "movimentos",
    "movimenti",
    "mouvements",
    "operations",
    "opérations",
    "buchungen",
    "mutaties",
    "transactions",
];

/// How sure a line is about being the period: labelled, or two dates and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: DateToken,
    pub(crate) end: DateToken,
    pub(crate) labelled: bool,
}

/// The same where a recognizer lost the dash: two whole dates right behind each other, as far apart as a period is long, and
/// what stands before them.
pub(crate) fn without_dash(before: &str, start: DateToken, end: DateToken) -> Option<Found> {
    let labelled = is_labelled(&before.split_whitespace().collect::<Vec<&str>>());
    is_period_long(start, end).then_some(Found { start, end, labelled })
}

/// Whether two dates with their years are as far apart as the ends of a period, in every order that both can have.
fn is_period_long(start: DateToken, end: DateToken) -> bool {
    let day = |date: DateToken, order| date.resolve(order).and_then(PartialDate::complete);
    let orders = [DateOrder::DayMonth, DateOrder::MonthDay].into_iter();
    let mut days = orders.filter_map(|order| {
        let (start, end) = day(start, order).zip(day(end, order))?;
        // Civil days of at most four digits of a year: no overflow.
        Some((end - start).get_days())
    });
    let is_long = |days: i32| (DAYS_MIN..=DAYS_MAX).contains(&days);
    days.next().is_some_and(is_long) && days.all(is_long)
}

/// Two dates of a line with a connector between; the second must carry its year.
pub(crate) fn find(text: &str) -> Option<Found> {
    let spaced = text.replace(['\u{2013}', '\u{2014}', '\u{2212}'], " - ");
    // "1 de enero de 2026" and "1st of March" say no more than "1 enero 2026".
    let small = |word: &&str| matches!(*word, "de" | "of" | "do" | "den" | "le" | "il" | "el");
    let words: Vec<&str> = spaced.split_whitespace().filter(|w| !small(w)).flat_map(split_range).collect();
    // Without a word that may stand between two dates there is nothing to look for; most lines have none.
    if !words.iter().any(|word| is_one_of(BETWEEN, word)) {
        return None;
    }
    (0..words.len()).find_map(|at| {
        let (start, taken) = longest_date(&words, at)?;
        let between = connecting(words.get(at + taken..)?);
        if between == 0 {
            return None;
        }
        let after = at + taken + between;
        let end = longest_date(&words, after)
            .map(|(date, _)| date)
            .or_else(|| same_month(&words, at, taken, after))?;
        let has_year = !matches!(end.year(), PrintedYear::Missing);
        has_year.then(|| Found { start, end, labelled: is_labelled(&words) })
    })
}

fn is_labelled(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let lower = word.to_lowercase();
        LABELS.contains(&lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'))
    })
}

/// How many words at the beginning stand between two dates; 0 if they say something else.
fn connecting(words: &[&str]) -> usize {
    let joins = |word: &&&str| is_one_of(BETWEEN, word) || is_one_of(BESIDE, word);
    let count = words.iter().take(BETWEEN_WORDS_MAX).take_while(joins).count();
    if words.iter().take(count).any(|word| is_one_of(BETWEEN, word)) { count } else { 0 }
}

/// Whether a word is one of a list in lower case, however it is written.
fn is_one_of(list: &[&str], word: &str) -> bool {
    if word.is_ascii() {
        return list.iter().any(|known| known.eq_ignore_ascii_case(word));
    }
    list.contains(&word.to_lowercase().as_str())
}

/// "01/03/2026-31/03/2026" without blanks: both halves are dates.
fn split_range(word: &str) -> Vec<&str> {
    let halves = word.match_indices('-').find_map(|(at, _)| {
        let (left, right) = (word.get(..at)?, word.get(at + 1..)?);
        (DateToken::read(left).is_some() && DateToken::read(right).is_some() && left.len() >= 6)
            .then_some((left, right))
    });
    match halves {
        Some((left, right)) => vec![left, "-", right],
        None => vec![word],
    }
}

fn longest_date(words: &[&str], at: usize) -> Option<(DateToken, usize)> {
    if !DateToken::may_begin(words.get(at)?) {
        return None;
    }
    (1..=4).rev().find_map(|count| {
        let run = words.get(at..at + count)?;
        if run.iter().any(|word| BETWEEN.contains(word)) {
            return None;
        }
        let joined = run.join(" ");
        let clean = joined.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '|'));
        DateToken::read(clean).map(|date| (date, count))
    })
}

/// "January 1 - 31, 2026": the second date borrows the month of the first.
fn same_month(words: &[&str], at: usize, taken: usize, after: usize) -> Option<DateToken> {
    let month = words.get(at..at + taken)?.iter().find(|w| month_of(w).is_some())?;
    let rest = words.get(after..after + 2)?.join(" ");
    DateToken::read(&format!("{month} {}", rest.trim_end_matches([',', '.'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, order: DateOrder, expected: Option<(&str, &str)>) {
        let found = find(text).map(|f| {
            let end = f.end.resolve(order).and_then(PartialDate::complete).expect("a date");
            let start = f.start.resolve(order).expect("a date");
            let start = start.complete().or_else(|| start.in_year(end.year())).expect("a date");
            (start.to_string(), end.to_string())
        });
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
    }

    #[test]
    fn a_dash_that_was_not_seen() {
        let date = |text: &str| DateToken::read(text).expect("a date");
        let labelled = |before: &str, start: &str, end: &str| {
            without_dash(before, date(start), date(end)).map(|found| found.labelled)
        };
        assert_eq!(labelled("Periodo:", "18 giugno 2023", "17 luglio 2023"), Some(true));
        assert_eq!(labelled("", "01/07/2024", "30/09/2024"), Some(false));
        assert_eq!(labelled("CO 80399", "Mar 27, 2023", "Jun 26, 2023"), Some(false));
        for (start, end) in [("02/03/2026", "04/03/2026"), ("30/09/2024", "01/07/2024"), ("01/07", "30/09")] {
            assert_eq!(labelled("", start, end), None, "{start} {end}");
        }
    }

    #[test]
    fn periods() {
        let march = Some(("2026-03-01", "2026-03-31"));
        check("Statement period: 1 March 2026 to 31 March 2026", DateOrder::DayMonth, march);
        check("Period 01/03/2026 - 31/03/2026", DateOrder::DayMonth, march);
        check("03/01/2026-03/31/2026", DateOrder::MonthDay, march);
        check("March 1 through March 31, 2026", DateOrder::MonthDay, march);
        check("Statement Period: March 1\u{2013}31, 2026", DateOrder::MonthDay, march);
        check("Zeitraum vom 01.03.2026 bis 31.03.2026", DateOrder::DayMonth, march);
        check("du 01/03/2026 au 31/03/2026", DateOrder::DayMonth, march);
        check("01 Mar 2026 \u{2014} 31 Mar 2026", DateOrder::DayMonth, march);
        check("Periodo: del 1 de marzo de 2026 al 31 de marzo de 2026", DateOrder::DayMonth, march);
        check("van 01-03-2026 tot en met 31-03-2026", DateOrder::DayMonth, march);
        check("Movimientos desde 1 de marzo de 2026 hasta 31 de marzo de 2026", DateOrder::DayMonth, march);
        check("Movimentos entre 1 de março de 2026 e 31 de março de 2026", DateOrder::DayMonth, march);
        check("Zeitraum: 2026-03-01 bis zum 2026-03-31", DateOrder::DayMonth, march);
        check("1 March 2026 and all the way down 31 March 2026", DateOrder::DayMonth, None);
        check("Opened 1 March 2026", DateOrder::DayMonth, None);
        check("CARD 12 - 13", DateOrder::DayMonth, None);
    }
}
