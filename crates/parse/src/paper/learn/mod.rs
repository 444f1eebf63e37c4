//! A layout out of rows that a person confirmed: where their figures stand gives the columns, and only a hint under which
//! the same pages are read into exactly these rows, proved, is one.

#![expect(clippy::float_arithmetic, reason = "geometry")]

mod columns;
mod error;
mod headings;
mod printed;

pub use error::LearnError;

use super::hinted::Head;
use super::{lines_of, who};
use crate::hint::{
    HintColumns, HintHeading, HintRole, HintSide, HintSigns, IssuerHint, PrintedNumbers, PrintedOrder,
    Recognize,
};
use crate::lexicon::fold;
use crate::{ParseOptions, paper};
use printed::Printed;
use smartexus_domain::{DateOrder, NumberStyle, Pages, Statement, Transaction, Verdict};

/// Pages of widths no farther apart than this are of one size, in points.
const SAME_WIDTH: f64 = 1.0;
/// Countries whose IBAN begins with the code of the bank, and how long that is (IBAN registry, ISO 13616).
const BANK_CODES: &[(&str, usize)] = &[
    ("AT", 5),
    ("CH", 5),
    ("DE", 8),
    ("ES", 4),
    ("FR", 5),
    ("GB", 4),
    ("IE", 4),
    ("LI", 5),
    ("NL", 4),
    ("PT", 4),
];

/// The hint under which these pages are read as a person approved them. It reads the pages five times at most.
pub(crate) fn learn(
    pages: &Pages,
    approved: &Statement,
    options: &ParseOptions,
) -> Result<IssuerHint, LearnError> {
    let lines = lines_of(pages);
    let rereading = Rereading { pages, approved, options };
    rereading.without()?;
    let printed = Printed::find(&lines, approved)?;
    if !adds_up(approved) {
        return Err(LearnError::NotProved);
    }
    let edges = columns::columns(&printed);
    let mut headings = headings::above(&lines, &printed, &edges);
    // A word that names two columns names none.
    let words: Vec<String> = headings.iter().map(|heading| fold(&heading.words)).collect();
    headings.retain(|h| words.iter().filter(|words| **words == fold(&h.words)).count() == 1);
    let base = IssuerHint {
        name: name(&lines, approved)?,
        recognize: recognize(&lines, approved)?,
        headings: Vec::new(),
        columns: None,
        date_order: printed.order.map(|order| match order {
            DateOrder::DayMonth => PrintedOrder::DayMonth,
            DateOrder::MonthDay => PrintedOrder::MonthDay,
        }),
        numbers: printed.style_is_certain.then_some(match printed.style {
            NumberStyle::Point => PrintedNumbers::Point,
            NumberStyle::Comma => PrintedNumbers::Comma,
        }),
        signs: signs(&printed, edges.iter().map(|column| column.role)),
        side: side(&printed),
        currency: Some(approved.account.currency).filter(|currency| currency.is_known()),
    };
    let columns = page_width(pages).map(|page_width| HintColumns { page_width, edges });
    rereading.proved(base, columns, headings)
}

/// Whether opening and rows give the closing: without it nothing can be verified.
fn adds_up(approved: &Statement) -> bool {
    let rows = approved.transactions.iter().map(|row| row.amount);
    let sum = rows.fold(approved.opening_balance, |sum, amount| sum?.checked_add(amount).ok());
    sum.is_some() && sum == approved.closing_balance
}

/// The pages, read again.
struct Rereading<'a> {
    pages: &'a Pages,
    approved: &'a Statement,
    options: &'a ParseOptions,
}

impl Rereading<'_> {
    /// An error where no hint is needed, or none would be asked.
    fn without(&self) -> Result<(), LearnError> {
        match self.read(Vec::new()) {
            Ok(()) => Err(LearnError::NothingToLearn),
            Err(LearnError::ReadOtherwise) => Err(LearnError::ReadOtherwise),
            Err(_) => Ok(()),
        }
    }

    /// Headings and places, each only if it is enough by itself.
    fn proved(
        &self,
        base: IssuerHint,
        columns: Option<HintColumns>,
        headings: Vec<HintHeading>,
    ) -> Result<IssuerHint, LearnError> {
        let reads = |hint: &IssuerHint| {
            let hint = hint.clone().checked().map_err(LearnError::Hint)?;
            self.read(vec![hint])
        };
        let by_headings = IssuerHint { headings, ..base.clone() };
        let by_columns = IssuerHint { columns, ..base.clone() };
        let both = match (reads(&by_headings), reads(&by_columns)) {
            (Ok(()), Ok(())) => {
                let both = IssuerHint { headings: by_headings.headings.clone(), ..by_columns };
                return reads(&both).map(|()| both);
            }
            (Ok(()), Err(_)) => by_headings,
            (Err(_), Ok(())) => by_columns,
            (Err(_), Err(error)) => return Err(error),
        };
        Ok(both)
    }

    /// Whether the pages are read into the approved rows and ends, and proved.
    fn read(&self, hints: Vec<IssuerHint>) -> Result<(), LearnError> {
        let is_hinted = !hints.is_empty();
        let options = ParseOptions { hints, ..self.options.clone() };
        let reading = paper::read(self.pages, &options).map_err(LearnError::Unreadable)?;
        let proved = |statement: &&Statement| statement.verdict == Verdict::Verified;
        let differences: Vec<Option<Difference>> =
            reading.statements.iter().map(|statement| difference(statement, self.approved)).collect();
        let mut same = reading.statements.iter().zip(&differences).filter(|(_, d)| d.is_none());
        if let Some((statement, _)) = same.next() {
            return if proved(&statement) { Ok(()) } else { Err(LearnError::NotProved) };
        }
        // What is proved is never read in another way, whatever a hint says.
        if !is_hinted && !reading.statements.is_empty() && reading.statements.iter().all(|s| proved(&s)) {
            return Err(LearnError::ReadOtherwise);
        }
        let seq = differences.iter().flatten().filter_map(|difference| difference.seq).max();
        Err(LearnError::NotReproduced { seq })
    }
}

/// Where two statements differ first: a row of the approved one, or its ends.
struct Difference {
    seq: Option<u32>,
}

fn difference(read: &Statement, approved: &Statement) -> Option<Difference> {
    let figures =
        |row: &Transaction| (row.date, row.value_date, row.amount.minor(), row.balance.map(|b| b.minor()));
    let mut pairs = read.transactions.iter().zip(&approved.transactions);
    if let Some((_, row)) = pairs.find(|(a, b)| figures(a) != figures(b)) {
        return Some(Difference { seq: Some(row.seq) });
    }
    let ends = |s: &Statement| [s.opening_balance, s.closing_balance].map(|end| end.map(|end| end.minor()));
    let is_same = read.transactions.len() == approved.transactions.len() && ends(read) == ends(approved);
    (!is_same).then_some(Difference { seq: None })
}

/// In whole points, where all pages have one.
fn page_width(pages: &Pages) -> Option<u16> {
    let first = pages.pages.first()?.width;
    let alike = pages.pages.iter().all(|page| (page.width - first).abs() < SAME_WIDTH);
    alike.then_some(columns::whole(first))
}

fn name(lines: &[super::line::Line], approved: &Statement) -> Result<String, LearnError> {
    letterhead(lines, approved).ok_or(LearnError::Unrecognizable)
}

/// The name of the institution as it stands in the head, else the first words there.
fn letterhead(lines: &[super::line::Line], approved: &Statement) -> Option<String> {
    let head = Head::of(lines);
    let institution = approved.account.institution.clone().or_else(|| who::institution(lines));
    if let Some(name) = institution.filter(|name| !fold(name).is_empty() && head.says(name)) {
        return Some(name);
    }
    let is_name = |text: &String| {
        text.chars().filter(|c| c.is_alphabetic()).count() > 2 && !text.chars().any(|c| c.is_ascii_digit())
    };
    let first = lines.first()?.page;
    let above = lines.iter().take_while(|line| line.page == first && !line.has_money());
    above.flat_map(super::line::Line::text_cells).map(|cell| cell.text).find(is_name)
}

fn recognize(lines: &[super::line::Line], approved: &Statement) -> Result<Recognize, LearnError> {
    let iban = approved.account.iban.as_deref().and_then(|iban| {
        let country = iban.get(..2)?;
        let length = BANK_CODES.iter().find(|(code, _)| *code == country)?.1;
        Some(format!("{country}{}", iban.get(4..4 + length)?))
    });
    let phrases = letterhead(lines, approved).into_iter().collect();
    let recognize = Recognize { phrases, iban, bic: None };
    let says_nothing = recognize.phrases.is_empty() && recognize.iban.is_none();
    if says_nothing { Err(LearnError::Unrecognizable) } else { Ok(recognize) }
}

fn signs(printed: &Printed<'_>, roles: impl Iterator<Item = HintRole>) -> Option<HintSigns> {
    let has_sides = roles.into_iter().any(|role| matches!(role, HintRole::Out | HintRole::In));
    let marks = printed.marks();
    match (marks.out_marked, marks.in_marked) {
        _ if has_sides => Some(HintSigns::Columns),
        (true, _) => Some(HintSigns::Marks),
        (false, true) => Some(HintSigns::CreditsMarked),
        (false, false) if printed.has_balances() => Some(HintSigns::BalanceDelta),
        (false, false) => None,
    }
}

/// Balances below nothing that are printed without a mark are owed.
fn side(printed: &Printed<'_>) -> Option<HintSide> {
    match printed.marks().unmarked_balance_is_owed? {
        true => Some(HintSide::Liability),
        false => Some(HintSide::Asset),
    }
}
