//! How much a page speaks for each kind: phrases, layout, form codes, check digits, and arithmetic that holds.

#![expect(clippy::float_arithmetic, reason = "geometry, and logarithms of odds")]

use super::phrases::{Phrase, by_first_word};
use crate::lexicon::{Role, fold};
use crate::paper::facts;
use crate::paper::header;
use crate::paper::line::Line;
use crate::paper::vocabulary::Vocabulary;
use smartexus_domain::{DocumentKind, Page, PaperProof};

/// Every kind, in the order of the scores.
pub(super) const KINDS: [DocumentKind; 10] = [
    DocumentKind::BankStatement,
    DocumentKind::CardStatement,
    DocumentKind::Invoice,
    DocumentKind::Payslip,
    DocumentKind::ProfitAndLoss,
    DocumentKind::BalanceSheet,
    DocumentKind::TaxForm,
    DocumentKind::ApplicationForm,
    DocumentKind::Identity,
    DocumentKind::Other,
];

/// The title stands in this share of the page, or in so many lines of it.
const TITLE_ZONE: f64 = 0.34;
const TITLE_LINES: usize = 9;
/// Lines of a page that may be the heading of its first table.
const HEADING_LINES: usize = 30;
/// Lines of a row below that with its day.
const ROW_LINES_MAX: usize = 4;
/// Larger than the page's text by this.
const TITLE_SIZE: f64 = 1.25;
/// What speaks for `other` before anything was read: a page has to say what it is.
const OTHER_PRIOR: i32 = 26;
/// A page of another kind that has this little of its own is not asked for its arithmetic.
const WORTH_PROVING: i32 = 14;
const IDENTITY: i32 = 70;
/// A page with so many fields to fill in is a form.
const FORM_FIELDS: u32 = 8;
/// Scores count things that go together, so their sum says less than its parts: tenths of a natural logarithm.
const SPREAD: f64 = 0.085;

/// What a page says about its kind.
#[derive(Debug, Clone)]
pub(super) struct Scores {
    tenths: [i32; 10],
    /// The kind whose arithmetic or check digits hold on this page alone.
    pub(super) proved: Option<DocumentKind>,
    /// The kinds whose names stand in the title zone.
    titles: [bool; 10],
}

pub(super) fn place(kind: DocumentKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len() - 1)
}

impl Scores {
    pub(super) fn of(page: &Page, lines: &[Line]) -> Self {
        let mut scores = Self { tenths: [0; 10], proved: None, titles: [false; 10] };
        scores.add(DocumentKind::Other, OTHER_PRIOR);
        scores.words(page, lines);
        scores.layout(page, lines);
        if facts::tax_code(lines).is_some() {
            scores.add(DocumentKind::TaxForm, 32);
        }
        scores.identities(lines);
        scores
    }

    fn add(&mut self, kind: DocumentKind, tenths: i32) {
        if let Some(slot) = self.tenths.get_mut(place(kind)) {
            *slot += tenths;
        }
    }

    pub(super) fn is_titled(&self, kind: DocumentKind) -> bool {
        self.titles.get(place(kind)).copied().unwrap_or(false)
    }

    /// Whether the title zone names any kind.
    pub(super) fn has_title(&self) -> bool {
        self.titles.contains(&true)
    }

    fn get(&self, kind: DocumentKind) -> i32 {
        self.tenths.get(place(kind)).copied().unwrap_or(0)
    }

    /// Probabilities in the order of [`KINDS`].
    pub(super) fn shares(&self) -> [f64; 10] {
        let most = self.tenths.iter().copied().max().unwrap_or(0);
        let odds = self.tenths.map(|tenths| (f64::from(tenths - most) * SPREAD).exp());
        let all: f64 = odds.iter().sum();
        odds.map(|one| one / all)
    }

    fn words(&mut self, page: &Page, lines: &[Line]) {
        let mut seen: Vec<*const Phrase> = Vec::new();
        let text_size = median_size(lines);
        let table = self.table_of_movements(lines).unwrap_or(lines.len());
        // What stands in the rows of a statement is no title, however high.
        let booked = first_booking(lines).unwrap_or(lines.len()).min(table);
        for (number, line) in lines.iter().enumerate() {
            let folded = fold(&line.text());
            let words: Vec<&str> = folded.split(' ').collect();
            let is_high = line.bounds.y0 < page.height * TITLE_ZONE;
            let is_title =
                is_high && number < booked && (line.size > text_size * TITLE_SIZE || number < TITLE_LINES);
            let mut at = 0;
            while at < words.len() {
                let Some(phrase) = phrase_at(&words, at) else {
                    at += 1;
                    continue;
                };
                // A name inside a sentence or a booking speaks of another paper.
                let is_alone = words.len() <= phrase.words.len() + 5 && !line.has_money();
                self.count(phrase, &mut seen, is_title && is_alone);
                at += phrase.words.len();
            }
        }
    }

    /// The first heading that names the columns of a statement; a balance or two ways of the money are hardly anything
    /// else's.
    fn table_of_movements(&mut self, lines: &[Line]) -> Option<usize> {
        let may_be = |at: &usize| lines.get(*at).is_some_and(speaks_of_movements);
        let (at, found) = (0..lines.len().min(HEADING_LINES))
            .filter(may_be)
            .find_map(|at| Some((at, header::find(lines, at, &Vocabulary::default())?)))?;
        let has = |role: Role| found.columns.iter().any(|column| column.role == role);
        let is_dated = found.columns.iter().any(|column| column.role.is_date());
        let worth = match (has(Role::Balance), has(Role::Out) && has(Role::In), is_dated) {
            (true, _, true) => 34,
            (_, true, true) => 26,
            (true, ..) | (_, true, _) => 14,
            (false, false, true) => 8,
            (false, false, false) => 0,
        };
        self.add(DocumentKind::BankStatement, worth);
        self.add(DocumentKind::CardStatement, worth / 2);
        (worth > 8).then_some(at)
    }

    fn count(&mut self, phrase: &'static Phrase, seen: &mut Vec<*const Phrase>, is_title: bool) {
        let key = std::ptr::from_ref(phrase);
        if seen.contains(&key) {
            return;
        }
        // A name below the title may come again in it on no page: it counts once, where it was first.
        seen.push(key);
        let weight = match (phrase.is_title, is_title) {
            (true, true) => 2 * phrase.weight,
            (true, false) => phrase.weight / 3,
            (false, _) => phrase.weight,
        };
        self.add(phrase.kind, weight);
        if phrase.is_title
            && is_title
            && let Some(slot) = self.titles.get_mut(place(phrase.kind))
        {
            *slot = true;
        }
    }

    fn layout(&mut self, page: &Page, lines: &[Line]) {
        let layout = Layout::of(lines);
        let booked = i32::try_from(layout.dated.min(12)).unwrap_or(0) * 4;
        self.add(DocumentKind::BankStatement, booked);
        self.add(DocumentKind::CardStatement, booked);
        let is_form = page.facts.form_fields >= FORM_FIELDS;
        if layout.prose >= 5 && layout.prose * 2 > lines.len() && !is_form {
            self.add(DocumentKind::Other, 22);
        }
        let empty = layout.blanks + layout.open_labels / 2;
        if empty >= 4 {
            self.add(DocumentKind::ApplicationForm, i32::try_from((12 + 2 * empty).min(30)).unwrap_or(0));
        }
        if is_form {
            self.add(DocumentKind::ApplicationForm, 75);
        } else if page.facts.form_fields >= 3 {
            self.add(DocumentKind::ApplicationForm, 18);
        }
    }

    /// Arithmetic outweighs words, but only where the words gave it a chance: sums hold by accident, too.
    fn identities(&mut self, lines: &[Line]) {
        if facts::zone(lines).is_some() {
            self.add(DocumentKind::Identity, 2 * IDENTITY);
            self.proved = Some(DocumentKind::Identity);
            return;
        }
        let provable = [
            DocumentKind::Invoice,
            DocumentKind::Payslip,
            DocumentKind::ProfitAndLoss,
            DocumentKind::BalanceSheet,
        ];
        let mut asked: Vec<DocumentKind> = provable
            .into_iter()
            .filter(|kind| self.get(*kind) >= WORTH_PROVING)
            // What calls itself an offer or a receipt adds up, too.
            .filter(|kind| self.is_titled(*kind) || !self.is_titled(DocumentKind::Other))
            .collect();
        asked.sort_by_key(|kind| std::cmp::Reverse(self.get(*kind)));
        for kind in asked.into_iter().take(2) {
            if facts::read(kind, lines).proof == PaperProof::Proved {
                self.add(kind, IDENTITY);
                self.proved = Some(kind);
                return;
            }
        }
    }
}

/// Whether a line has one of the words without which no heading is that of a statement; what they cost to find is
/// little beside the search for a heading, which forgives misread letters.
fn speaks_of_movements(line: &Line) -> bool {
    const WORDS: &[&str] = &[
        "balance",
        "saldo",
        "solde",
        "kontostand",
        "debit",
        "debits",
        "credit",
        "credits",
        "withdrawal",
        "withdrawals",
        "deposit",
        "deposits",
        "paid",
        "money",
        "soll",
        "haben",
        "belastung",
        "gutschrift",
        "lastschrift",
        "dare",
        "avere",
        "cargo",
        "cargos",
        "abono",
        "abonos",
        "debe",
        "haber",
        "entrate",
        "uscite",
        "addebiti",
        "accrediti",
        "debito",
        "debitos",
        "credito",
        "creditos",
        "ausgang",
        "eingang",
        "saida",
        "entrada",
        "saidas",
        "entradas",
        "payments",
        "receipts",
        "debet",
    ];
    const TOKENS_MAX: usize = 16;
    !line.has_money()
        && line.tokens.len() <= TOKENS_MAX
        && line.tokens.iter().any(|token| fold(&token.text).split(' ').any(|word| WORDS.contains(&word)))
}

/// A day and money behind it.
fn is_booking(line: &Line) -> bool {
    line.has_money() && is_dated(line)
}

fn is_dated(line: &Line) -> bool {
    line.tokens.iter().take(2).any(|token| token.date.is_some() && token.leads)
}

/// Where the rows of a page begin. The money of a row may stand lines below its day; one such row alone is none, for a
/// letter has its day above its subject.
fn first_booking(lines: &[Line]) -> Option<usize> {
    let whole = lines.iter().position(is_booking);
    let spread = |at: &usize| {
        let is_words = |line: &Line| is_dated(line) && !line.has_money() && line.tokens.len() > 1;
        let mut below = lines.iter().skip(at + 1).take(ROW_LINES_MAX).take_while(|line| !is_dated(line));
        lines.get(*at).is_some_and(is_words) && below.any(Line::has_money)
    };
    let mut spreads = (0..lines.len()).filter(spread);
    let first = spreads.next().filter(|_| spreads.next().is_some());
    [whole, first].into_iter().flatten().min()
}

fn phrase_at(words: &[&str], at: usize) -> Option<&'static Phrase> {
    let rest = words.get(at..)?;
    let phrases: &'static [Phrase] = by_first_word().get(*rest.first()?)?;
    phrases.iter().find(|phrase| rest.starts_with(&phrase.words))
}

fn median_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// What the lines of a page look like.
struct Layout {
    /// Lines that begin with a day and hold money, or are no more than a day.
    dated: usize,
    /// Lines of eight words and more without money.
    prose: usize,
    /// Labels with a colon and nothing behind it.
    open_labels: usize,
    /// Lines to write on and boxes to tick.
    blanks: usize,
}

impl Layout {
    fn of(lines: &[Line]) -> Self {
        let mut layout = Self { dated: 0, prose: 0, open_labels: 0, blanks: 0 };
        for line in lines {
            let is_day = line.tokens.iter().any(|token| token.date.is_some())
                && line
                    .tokens
                    .iter()
                    .all(|token| token.date.is_some() || token.text.chars().all(char::is_alphabetic))
                && line.tokens.len() <= 2;
            layout.dated += usize::from(is_booking(line) || is_day);
            layout.prose += usize::from(line.tokens.len() >= 8 && !line.has_money());
            for (index, token) in line.tokens.iter().enumerate() {
                let next = line.tokens.get(index + 1);
                let is_open = token.text.ends_with(':')
                    && next.is_none_or(|next| next.bounds.x0 - token.bounds.x1 > 6.0 * token.size);
                layout.open_labels += usize::from(is_open);
                let is_box = matches!(token.text.as_str(), "☐" | "□" | "❑" | "[]" | "[ ]" | "☒" | "☑");
                layout.blanks += usize::from(is_box || token.text.contains("____"));
            }
        }
        layout
    }
}
