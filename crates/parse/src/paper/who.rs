//! Who issued the paper and whom it is about, where no label says so.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::line::{Line, TextCell};
use crate::account::HOLDER_LABELS;
use crate::lexicon::fold;
use smartexus_domain::Currency;

/// Words that name a kind of institution, folded.
const INSTITUTION_WORDS: &[&str] = &[
    "bank",
    "caja",
    "wallet",
    "money",
    "banking",
    "building",
    "union",
    "sparkasse",
    "volksbank",
    "banque",
    "banco",
    "banca",
    "caisse",
    "caixa",
    "trust",
    "bancorp",
    "savings",
    "society",
    "financial",
    "kantonalbank",
    "landesbank",
    "privatbank",
    "bankhaus",
    "raiffeisen",
    "cooperative",
    "mutual",
];
/// Words of headings and labels beside the letterhead.
const NOT_A_NAME: &[&str] = &[
    "information",
    "details",
    "number",
    "holder",
    "code",
    "name",
    "transfer",
    "contact",
    "since",
    "service",
    "call",
    "with",
    "member",
    "sort",
];
/// How many lines of the first page the letterhead may take.
const LETTERHEAD_LINES: usize = 14;
const ADDRESS_LINES: usize = 40;
/// An address stands within so many points below its name.
const ADDRESS_REACH: f64 = 45.0;
/// Between the lines of two joint holders there is less than this, in font sizes.
const JOINT_GAP: f64 = 1.0;
/// They are set in one size, give or take this share.
const SAME_SIZE: f64 = 0.15;

/// The issuer: among the first lines the largest print that has a word for banks, else the largest of all.
pub(super) fn institution(lines: &[Line]) -> Option<String> {
    let first_page = lines.first()?.page;
    let head: Vec<&Line> = lines.iter().take_while(|l| l.page == first_page).take(LETTERHEAD_LINES).collect();
    let cells = head.iter().flat_map(|l| l.text_cells().into_iter().map(move |c| (l.size, c.text)));
    let mut named: Vec<(f64, String)> = cells
        .filter(|(_, text)| {
            let folded = fold(text);
            let about = folded.split(' ').any(|w| INSTITUTION_WORDS.contains(&w) || w.ends_with("bank"));
            about
                && !folded.split(' ').any(|w| NOT_A_NAME.contains(&w))
                && folded.split(' ').count() <= 7
                && !folded.contains("statement")
                && !folded.starts_with("your ")
        })
        .collect();
    named.sort_by(|a, b| b.0.total_cmp(&a.0));
    issued_by(&head).or_else(|| named.into_iter().next().map(|(_, text)| text)).or_else(|| largest(&head))
}

/// "Issued by …".
fn issued_by(head: &[&Line]) -> Option<String> {
    head.iter().flat_map(|l| l.text_cells()).find_map(|cell| {
        let rest = cell.text.strip_prefix("Issued by ").or_else(|| cell.text.strip_prefix("Issuer: "))?;
        Some(rest.to_owned())
    })
}

fn largest(head: &[&Line]) -> Option<String> {
    let line = head
        .iter()
        .filter(|l| l.tokens.iter().all(|t| t.is_text()))
        .max_by(|a, b| a.size.total_cmp(&b.size))?;
    let median = head.get(head.len() / 2)?.size;
    let text = line.text_cells().into_iter().next()?.text;
    let title = fold(&text);
    let about_paper = [
        "statement",
        "account",
        "kontoauszug",
        "releve",
        "extracto",
        "estratto",
        "rekeningafschrift",
        "summary",
        "information",
        "payment",
        "activity",
    ];
    let is_title = about_paper.iter().any(|w| title.contains(w));
    (line.size > median * 1.2 && !is_title).then_some(text)
}

/// The holders: under a heading of its own, else the first lines of an address block.
pub(super) fn holders(lines: &[Line], institution: Option<&str>) -> Vec<String> {
    let Some(first_page) = lines.first().map(|line| line.page) else { return Vec::new() };
    let head: Vec<&Line> = lines.iter().take_while(|l| l.page == first_page).take(ADDRESS_LINES).collect();
    match labelled_above(&head) {
        Some(name) => vec![name],
        None => addressed(&head, institution),
    }
}

/// "Account holder" as a heading with the name in the line below.
fn labelled_above(head: &[&Line]) -> Option<String> {
    head.windows(2).find_map(|pair| {
        let [above, below] = pair else { return None };
        above.text_cells().into_iter().find_map(|label| {
            let named = HOLDER_LABELS.contains(&fold(&label.text).as_str());
            let value = below.text_cells().into_iter().find(|c| (c.bounds.x0 - label.bounds.x0).abs() < 6.0);
            value.map(|c| c.text).filter(|text| named && is_name(text))
        })
    })
}

/// A line of a name with a street or a post code right below it, and the names right above that line: joint holders
/// are set one below the other.
fn addressed(head: &[&Line], institution: Option<&str>) -> Vec<String> {
    let is_holder = |cell: &TextCell| is_name(&cell.text) && institution != Some(cell.text.as_str());
    let heads_an_address = |index: usize, cell: &TextCell| {
        let aligned = |c: &TextCell| is_below(cell, c) && c.bounds.y0 - cell.bounds.y1 < ADDRESS_REACH;
        let below: Vec<String> = head
            .iter()
            .skip(index + 1)
            .take(5)
            .flat_map(|l| l.text_cells())
            .filter(aligned)
            .map(|c| c.text)
            .collect();
        match below.as_slice() {
            [first, ..] if is_address(first) => true,
            // A second line may belong to the address: "c/o", a house name.
            [first, second, ..] => !is_name(first) && is_address(second),
            _ => false,
        }
    };
    let found = head.iter().enumerate().find_map(|(index, line)| {
        let mut cells = line.text_cells().into_iter();
        cells.find(|cell| is_holder(cell) && heads_an_address(index, cell)).map(|cell| (index, cell))
    });
    let Some((index, mut lowest)) = found else { return Vec::new() };
    let size = head.get(index).map_or(0.0, |line| line.size);
    let mut names = vec![lowest.text.clone()];
    for line in head.iter().take(index).rev() {
        let is_next = |cell: &TextCell| {
            let gap = lowest.bounds.y0 - cell.bounds.y1;
            is_below(cell, &lowest) && gap < JOINT_GAP * size && is_holder(cell)
        };
        let is_same_size = (line.size - size).abs() < SAME_SIZE * size;
        match line.text_cells().into_iter().find(|cell| is_same_size && is_next(cell)) {
            Some(cell) => {
                names.insert(0, cell.text.clone());
                lowest = cell;
            }
            // Of what stands beside the address it says nothing.
            None if line.text_cells().iter().any(|cell| is_below(cell, &lowest)) => break,
            None => {}
        }
    }
    names
}

/// Whether a cell begins where the one above it does.
fn is_below(above: &TextCell, cell: &TextCell) -> bool {
    (cell.bounds.x0 - above.bounds.x0).abs() < 6.0
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let titled = words.iter().all(|w| {
        w.chars().next().is_some_and(char::is_uppercase) && !w.chars().any(|c| c.is_ascii_digit())
            || matches!(*w, "&" | "and" | "von" | "de" | "van" | "und" | "et" | "y" | "der")
    });
    let folded = fold(text);
    let about_bank = folded.split(' ').any(|w| INSTITUTION_WORDS.contains(&w));
    let about_paper = [
        "statement",
        "account",
        "bank",
        "page",
        "date",
        "period",
        "summary",
        "number",
        "customer service",
        "konto",
        "releve",
        "balance",
        "street",
        "road",
        "avenue",
        "box",
        "information",
        "questions",
        "contact",
        "service",
        "visit",
        "write",
    ];
    (2..=8).contains(&words.len())
        && titled
        && !about_bank
        && !about_paper.iter().any(|w| folded.contains(w))
        && !text.ends_with(':')
}

fn is_address(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (1..=6).contains(&digits) && letters >= 3 && !text.contains(':')
}

/// The currency the paper names outside its rows: a code in a heading ("Amount (USD)"), the name of a currency, or
/// words that only one country's banks print. What is named most often wins.
pub(super) fn currency_by_words(lines: &[Line]) -> Option<Currency> {
    let mut named: Vec<(Currency, usize)> = Vec::new();
    let mut name = |currency: Currency| match named.iter_mut().find(|(c, _)| *c == currency) {
        Some((_, count)) => *count += 1,
        None => named.push((currency, 1)),
    };
    // A row may speak of a foreign currency; a heading speaks of the account's.
    for line in lines.iter().filter(|line| !line.has_money()) {
        line.words().into_iter().filter_map(printed_code).for_each(&mut name);
        let folded = fold(&line.text());
        let padded = format!(" {folded} ");
        let said = CURRENCY_WORDS.iter().filter(|(phrase, _)| padded.contains(&format!(" {phrase} ")));
        said.filter_map(|(_, code)| Currency::from_code(code)).for_each(&mut name);
    }
    named.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(currency, _)| currency)
}

/// Whose dollars, by how postal codes are written where the account is kept: state and four digits in Australia, letters
/// and digits in turn in Canada, six digits behind the name of the city in Singapore, state and five digits in the
/// United States. `None` where no address says it, or two say different things.
pub(super) fn dollars_by_address(lines: &[Line]) -> Option<Currency> {
    const AUSTRALIA: [&str; 8] = ["NSW", "VIC", "QLD", "WA", "SA", "TAS", "ACT", "NT"];
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|b| b.is_ascii_digit());
    let shaped = |word: &str, shape: &str| {
        word.len() == shape.len()
            && word.chars().zip(shape.chars()).all(|(c, kind)| match kind {
                'A' => c.is_ascii_uppercase(),
                _ => c.is_ascii_digit(),
            })
    };
    let of_pair = |a: &str, b: &str| {
        if AUSTRALIA.contains(&a) && digits(b, 4) {
            Some("AUD")
        } else if shaped(a, "A0A") && shaped(b, "0A0") {
            Some("CAD")
        } else if a.trim_end_matches(',') == "Singapore" && digits(b, 6) {
            Some("SGD")
        } else if shaped(a, "AA") && (digits(b, 5) || b.len() == 10 && b.get(5..6) == Some("-")) {
            Some("USD")
        } else {
            None
        }
    };
    let mut found = None;
    for line in lines.iter().filter(|line| !line.has_money()) {
        for pair in line.words().windows(2) {
            let [a, b] = pair else { continue };
            match (found, of_pair(a, b)) {
                (Some(before), Some(now)) if before != now => return None,
                (None, Some(now)) => found = Some(now),
                _ => {}
            }
        }
    }
    found.and_then(Currency::from_code)
}

/// Folded words that stand for one currency.
const CURRENCY_WORDS: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pounds sterling", "GBP"),
    ("sort code", "GBP"),
    ("us dollars", "USD"),
    ("u s dollars", "USD"),
    ("member fdic", "USD"),
    ("routing number", "USD"),
    ("australian dollars", "AUD"),
    ("bsb", "AUD"),
    ("canadian dollars", "CAD"),
    ("new zealand dollars", "NZD"),
    ("singapore dollars", "SGD"),
    ("swiss francs", "CHF"),
    ("schweizer franken", "CHF"),
    ("indian rupees", "INR"),
    ("ifsc", "INR"),
    ("ifsc code", "INR"),
    ("bankleitzahl", "EUR"),
    ("blz", "EUR"),
    ("rand", "ZAR"),
];

/// Codes that are also words or abbreviations are left out: only those that statements print as currencies.
const PRINTED_CODES: &[&str] = &[
    "USD", "EUR", "GBP", "AUD", "CAD", "NZD", "CHF", "INR", "SGD", "ZAR", "JPY", "HKD", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "AED", "BRL", "MXN", "UYU", "CNY", "THB", "PHP", "IDR", "MYR", "KES", "NGN", "GHS",
    "ILS", "TRY", "RON", "BGN", "KWD", "BHD",
];

pub(super) fn printed_code(word: &str) -> Option<Currency> {
    let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    PRINTED_CODES.contains(&bare).then(|| Currency::from_code(bare)).flatten()
}
