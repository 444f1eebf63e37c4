//! A statement out of a draft, under one reading.

use super::axes::{Axes, SignRule, is_in};
use super::calendar::Calendar;
use super::order::pinned_by_order;
use super::{ends, pending};
use crate::draft::{RowDraft, SURE_DATE, StatementDraft};
use crate::lexicon::Section;
use smartexus_domain::{
    AmountToken, Counts, Currency, DateToken, Finding, Ink, Money, Period, RowDetails, RowStatus, SignMark,
    Statement, Totals, Transaction, Verdict,
};
use std::collections::HashMap;

/// Lines go on below a row as long as nothing else begins, which in a hostile file may be never.
const DESCRIPTION_BYTES_MAX: usize = 16 * 1024;

/// A statement with nothing in it but what is known about the account.
pub(super) fn empty(draft: &StatementDraft) -> Statement {
    Statement {
        account: draft.account.clone(),
        period: Period::default(),
        opening_balance: None,
        closing_balance: None,
        totals: Totals::default(),
        counts: Counts::default(),
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: draft.doubts.iter().map(|d| (*d).to_owned()).collect(),
        checks: draft.checks.clone(),
        repairs: Vec::new(),
        transactions: Vec::new(),
        pending: Vec::new(),
    }
}

/// Rows, ends and doubts under a reading, without texts: readings differ in figures alone. What cannot be read becomes a
/// doubt, never a value. `place` is where the rows go; what is in it goes away.
pub(super) fn build(draft: &StatementDraft, axes: Axes, place: Vec<Transaction>) -> Built {
    let calendar = Calendar::new(draft, axes.order);
    let sure = Calendar::sure(draft, axes.order);
    let mut statement = empty(draft);
    statement.period = calendar.period;
    let mut unread = Unread::default();
    if sure.period != calendar.period {
        unread.note("doubtful_date", "The period is hard to read in the picture; compare it with the page.");
    }
    let signs = Signs::new(draft, &axes);
    let pinned = pinned_by_order(&draft.rows, &calendar);
    let mut rows = place;
    rows.clear();
    rows.reserve_exact(draft.rows.len());
    for (at, row) in by_columns(&draft.rows, &calendar) {
        let is_pinned = pinned.iter().any(|pinned| std::ptr::eq(*pinned, row));
        note_doubtful_dates(row, is_pinned, (&calendar, &sure), &mut unread);
        if let Some(read) = transaction(row, draft, &axes, &calendar, &signs, &mut unread) {
            rows.push(Transaction { seq: at, ..read });
        }
    }
    put_in_ledger_order(&mut rows, draft);
    if axes.signs == SignRule::BalanceDelta {
        sign_by_delta(&mut rows, draft, &axes);
    }
    let mut origins = Vec::with_capacity(rows.len());
    for (seq, row) in (1..).zip(&mut rows) {
        origins.push(std::mem::replace(&mut row.seq, seq));
    }
    statement.transactions = rows;
    ends::fill(&mut statement, draft, &axes, &calendar);
    let (reasons, findings) = unread.into_parts();
    statement.unproved_because.extend(reasons);
    Built { statement, findings, origins }
}

/// A draft under a reading.
pub(super) struct Built {
    pub(super) statement: Statement,
    pub(super) findings: Vec<Finding>,
    /// Of each row its place in the draft.
    pub(super) origins: Vec<u32>,
}

/// Gives the reading that is kept its texts and the rows that are not booked; returns what is said of these.
pub(super) fn complete(
    statement: &mut Statement,
    origins: &[u32],
    draft: &StatementDraft,
    axes: &Axes,
) -> Option<Finding> {
    for (read, origin) in statement.transactions.iter_mut().zip(origins) {
        if let Some(row) = usize::try_from(*origin).ok().and_then(|at| draft.rows.get(at)) {
            tell(read, row);
        }
    }
    let calendar = Calendar::new(draft, axes.order);
    let signs = Signs::new(draft, axes);
    pending::fill(statement, draft, axes, |row| {
        let mut read = transaction(row, draft, axes, &calendar, &signs, &mut Unread::default())?;
        tell(&mut read, row);
        Some(read)
    })
}

/// Rows as they are meant to be read: a list in two or three columns goes down each of them, unless only its lines are in
/// the order of their days.
fn by_columns<'a>(rows: &'a [RowDraft], calendar: &Calendar) -> Vec<(u32, &'a RowDraft)> {
    let mut ordered: Vec<(u32, &RowDraft)> = (0..).zip(rows).collect();
    if rows.iter().all(|row| row.side.is_none()) {
        return ordered;
    }
    let falls = |rows: &[(u32, &RowDraft)]| {
        let days: Vec<_> = rows.iter().filter_map(|(_, row)| Some(calendar.date(row.date?)?.date)).collect();
        days.windows(2).filter(|pair| matches!(pair, [a, b] if a > b)).count()
    };
    for list in ordered.chunk_by_mut(|(_, a), (_, b)| a.side.is_some() == b.side.is_some()) {
        let mut down = list.to_vec();
        down.sort_by_key(|(_, row)| row.side);
        if falls(&down) <= falls(list) {
            list.copy_from_slice(&down);
        }
    }
    ordered
}

/// What a reading could not make sense of.
#[derive(Default)]
struct Unread {
    noted: Vec<(&'static str, &'static str)>,
}

impl Unread {
    fn note(&mut self, reason: &'static str, message: &'static str) {
        if !self.noted.iter().any(|(noted, _)| *noted == reason) {
            self.noted.push((reason, message));
        }
    }

    fn into_parts(self) -> (Vec<String>, Vec<Finding>) {
        let reasons = self.noted.iter().map(|(reason, _)| (*reason).to_owned()).collect();
        (reasons, self.noted.into_iter().map(|(reason, message)| Finding::new(reason, message)).collect())
    }
}

fn transaction(
    row: &RowDraft,
    draft: &StatementDraft,
    axes: &Axes,
    calendar: &Calendar,
    signs: &Signs,
    unread: &mut Unread,
) -> Option<Transaction> {
    let currency = draft.account.currency;
    let dated = row.date.and_then(|token| calendar.date(token));
    let Some(dated) = dated else {
        unread.note("unread_date", "A row's date could not be read; the row is left out.");
        return None;
    };
    if dated.assumed {
        unread.note("year_assumed", "No year is printed; the year of the file itself was used.");
    }
    let Some(amount) = signs.amount(row, axes, currency) else {
        unread.note("unread_amount", "A row's amount could not be read; the row is left out.");
        return None;
    };
    let balance = row.balance.as_ref().map(|token| ends::balance(token, axes, currency));
    if balance == Some(None) {
        unread.note("unread_balance", "A row's balance could not be read.");
    }
    Some(Transaction {
        seq: 0,
        date: dated.date,
        value_date: row.value_date.and_then(|token| calendar.date(token)).map(|d| d.date),
        description: String::new(),
        amount,
        balance: balance.flatten(),
        reference: None,
        check_number: None,
        status: RowStatus::Booked,
        details: original(row, axes, amount),
        categorization: None,
        confidence: row.confidence,
        method: row.method,
        source: row.source,
    })
}

/// Gives a row its texts.
fn tell(read: &mut Transaction, row: &RowDraft) {
    let kind = row.kind.as_deref().unwrap_or_default();
    read.description = short(if row.description.is_empty() { kind } else { &row.description });
    read.reference.clone_from(&row.reference);
    read.check_number = row.check_number.clone().or_else(|| named_check(&row.description));
}

/// What a row was in another currency, with the sign of its amount.
fn original(row: &RowDraft, axes: &Axes, amount: Money) -> Option<Box<RowDetails>> {
    let original = row.original.as_deref()?;
    let currency = original.currency.filter(|currency| *currency != amount.currency());
    let minor = original.amount.as_ref().zip(currency).and_then(|(token, currency)| {
        let magnitude = token.minor(axes.style, currency.exponent())?.checked_abs()?;
        Some(if amount.minor() < 0 { -magnitude } else { magnitude })
    });
    let details = RowDetails {
        original_currency: currency,
        original_amount: minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency)),
        fx_rate: original.rate.clone().filter(|_| currency.is_some()),
        ..RowDetails::default()
    };
    details.boxed()
}

fn note_doubtful_dates(
    row: &RowDraft,
    is_pinned: bool,
    (calendar, sure): (&Calendar, &Calendar),
    unread: &mut Unread,
) {
    let knows_alike = calendar == sure;
    if row.date_confidence >= SURE_DATE && knows_alike {
        return;
    }
    let decides_alike = |token: &DateToken| {
        let day = |calendar: &Calendar| calendar.date(*token).map(|dated| dated.date);
        knows_alike || day(calendar) == day(sure)
    };
    if row.date.and_then(|token| calendar.date(token)).is_none() {
        // Said where the row is left out.
    } else if row.date_confidence < SURE_DATE && !is_pinned {
        unread
            .note("doubtful_date", "A row's date is hard to read in the picture; compare it with the page.");
    } else if ![&row.date, &row.value_date].into_iter().flatten().all(decides_alike) {
        unread.note("doubtful_date", "The date that says which year it is is hard to read in the picture.");
    }
}

/// A description that nobody can mean is cut, and shows that it was.
fn short(description: &str) -> String {
    if description.len() <= DESCRIPTION_BYTES_MAX {
        return description.to_owned();
    }
    let kept = description.floor_char_boundary(DESCRIPTION_BYTES_MAX);
    format!("{}…", description.get(..kept).unwrap_or_default())
}

/// "CHECK 2961", "Cheque No. 000123": the number stands in the description.
fn named_check(description: &str) -> Option<String> {
    let mut words = description.split(' ');
    let first = words.next()?.to_lowercase();
    if !matches!(first.as_str(), "check" | "cheque" | "chq" | "chk" | "scheck") {
        return None;
    }
    let mut next = words.next()?;
    if matches!(next.to_lowercase().as_str(), "no" | "no." | "number" | "#" | "nr" | "nr.") {
        next = words.next()?;
    }
    let number = next.trim_start_matches('#');
    let shaped = (1..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    shaped.then(|| number.to_owned())
}

/// The sign rule with what it has to know about all rows.
struct Signs {
    /// Per section: the mark that most of its rows carry says nothing, the other one turns the row.
    marked_by_habit: HashMap<Section, bool>,
    /// The same of a column of money out: some banks print a minus in front of all of it.
    out_marked_by_habit: bool,
    /// No amount is green: what is not red is money in.
    has_no_green: bool,
    /// Only one row stands under headings of money in; of money out.
    has_lone_in: bool,
    has_lone_out: bool,
}

impl Signs {
    fn new(draft: &StatementDraft, axes: &Axes) -> Self {
        let mut marked_by_habit = HashMap::new();
        if axes.signs == SignRule::Sections {
            let mut counts: HashMap<Section, (usize, usize)> = HashMap::new();
            for row in &draft.rows {
                let (Some(section), Some(token)) = (row.section, &row.amount) else { continue };
                let entry = counts.entry(section).or_default();
                if is_marked(token.sign()) { entry.0 += 1 } else { entry.1 += 1 }
            }
            marked_by_habit
                .extend(counts.into_iter().map(|(section, (marked, bare))| (section, marked > bare)));
        }
        let out: Vec<&AmountToken> = draft.rows.iter().filter_map(|row| columns(row, axes).0).collect();
        let marked = out.iter().filter(|token| is_marked(token.sign())).count();
        let mut amounts = draft.rows.iter().filter_map(|row| row.amount.as_ref());
        let has_no_green = amounts.all(|token| token.ink() != Ink::Green);
        let under = |is_in: bool| draft.rows.iter().filter(|row| heads_in(row) == Some(is_in)).count();
        Self {
            marked_by_habit,
            out_marked_by_habit: 2 * marked > out.len(),
            has_no_green,
            has_lone_in: under(true) == 1,
            has_lone_out: under(false) == 1,
        }
    }

    /// The only row under a heading that says its direction: that is what a row in the wrong list looks like, and no other
    /// rule explains it away.
    fn stands_alone(&self, row: &RowDraft) -> bool {
        heads_in(row).is_some_and(|is_in| if is_in { self.has_lone_in } else { self.has_lone_out })
    }

    fn amount(&self, row: &RowDraft, axes: &Axes, currency: Currency) -> Option<Money> {
        let minor = |token: &AmountToken| {
            if token.sign() == SignMark::Conflict {
                None
            } else {
                token.minor(axes.style, currency.exponent())
            }
        };
        let signed =
            |magnitude: i64, into: bool| Money::new(if into { magnitude } else { -magnitude }, currency);
        if matches!(axes.signs, SignRule::Columns | SignRule::ColumnsTurned) && row.amount.is_none() {
            let (out, into) = columns(row, axes);
            // What is taken back stands in the column it came from, with the other sign.
            let out_is_taken_back = out.is_some_and(|token| match token.sign() {
                SignMark::Plus | SignMark::Credit => true,
                sign @ (SignMark::None | SignMark::Minus | SignMark::Debit | SignMark::Conflict) => {
                    is_marked(sign) != self.out_marked_by_habit
                }
            });
            let into_is_taken_back = into.is_some_and(|token| is_marked(token.sign()));
            return match (out.map(minor), into.map(minor)) {
                (Some(None), _) | (_, Some(None)) => None,
                (Some(Some(out)), None | Some(Some(0))) => Some(signed(out, out_is_taken_back)),
                (None | Some(Some(0)), Some(Some(into))) => Some(signed(into, !into_is_taken_back)),
                (Some(Some(_)), Some(Some(_))) | (None, None) => None,
            };
        }
        let token = row.amount.as_ref()?;
        let magnitude = minor(token)?;
        let into = match axes.signs {
            SignRule::Words => match row.direction {
                Some(direction) => direction,
                None => !is_marked(token.sign()),
            },
            SignRule::Sections => self.by_section(row, token),
            SignRule::Inks => self.by_ink(token),
            SignRule::Groups(mask) => {
                let into = row.group.is_some_and(|group| is_in(mask, usize::from(group)));
                is_marked(token.sign()) != into
            }
            SignRule::Marks | SignRule::OutUnlessMarked if self.stands_alone(row) => {
                self.by_section(row, token)
            }
            SignRule::Marks | SignRule::Columns | SignRule::ColumnsTurned | SignRule::BalanceDelta => {
                !is_marked(token.sign())
            }
            SignRule::OutUnlessMarked => {
                let is_marked = matches!(token.sign(), SignMark::Minus | SignMark::Credit | SignMark::Plus);
                is_marked || row.direction == Some(true)
            }
        };
        Some(signed(magnitude, into))
    }

    fn by_ink(&self, token: &AmountToken) -> bool {
        match token.ink() {
            Ink::Red => false,
            Ink::Green => true,
            Ink::Plain => self.has_no_green,
        }
    }

    fn by_section(&self, row: &RowDraft, token: &AmountToken) -> bool {
        let marked = is_marked(token.sign());
        let into = match row.section {
            Some(Section::In) => true,
            Some(Section::Out | Section::Checks) => false,
            Some(Section::Both | Section::Ignored | Section::Pending) | None => return !marked,
        };
        let habit = row.section.and_then(|s| self.marked_by_habit.get(&s)).copied().unwrap_or(false);
        // Money in marked with a minus among unmarked rows is a reversal; so is money out.
        if marked == habit { into } else { !into }
    }
}

/// What the heading over a row says of its direction: `true` for money in.
const fn heads_in(row: &RowDraft) -> Option<bool> {
    match row.section {
        Some(Section::In) => Some(true),
        Some(Section::Out | Section::Checks) => Some(false),
        Some(Section::Both | Section::Ignored | Section::Pending) | None => None,
    }
}

/// Money out and money in of a row.
fn columns<'a>(row: &'a RowDraft, axes: &Axes) -> (Option<&'a AmountToken>, Option<&'a AmountToken>) {
    let columns = (row.out.as_ref(), row.into.as_ref());
    if axes.signs == SignRule::ColumnsTurned { (columns.1, columns.0) } else { columns }
}

const fn is_marked(sign: SignMark) -> bool {
    matches!(sign, SignMark::Minus | SignMark::Debit)
}

/// Oldest first. Balances tell the direction where there are any, dates otherwise; lists by section are sorted by
/// date, rows of one date keeping their printed order.
fn put_in_ledger_order(rows: &mut [Transaction], draft: &StatementDraft) {
    let pairs = || {
        rows.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((a.date, b.date)),
            _ => None,
        })
    };
    let (rises, falls) = (pairs().filter(|(a, b)| a < b).count(), pairs().filter(|(a, b)| a > b).count());
    let has_balances = rows.iter().any(|row| row.balance.is_some());
    if has_balances {
        let forward = chain_links(rows.iter());
        let backward = chain_links(rows.iter().rev());
        if backward > forward || (backward == forward && falls > rises) {
            rows.reverse();
        }
        return;
    }
    if falls > rises && draft.rows.iter().all(|row| row.section.is_none_or(|s| s == Section::Both)) {
        rows.reverse();
    }
    rows.sort_by_key(|row| row.date);
}

fn chain_links<'a>(rows: impl Iterator<Item = &'a Transaction>) -> usize {
    let mut before: Option<Money> = None;
    let mut links = 0;
    for row in rows {
        let expected = before.and_then(|balance| balance.checked_add(row.amount).ok());
        let turned = before.and_then(|balance| balance.checked_add(row.amount.checked_neg().ok()?).ok());
        links += usize::from(row.balance.is_some() && (row.balance == expected || row.balance == turned));
        before = row.balance.or(expected);
    }
    links
}

/// Unsigned amounts beside a balance on every row: the change says the direction.
fn sign_by_delta(rows: &mut [Transaction], draft: &StatementDraft, axes: &Axes) {
    let currency = draft.account.currency;
    let opening = draft
        .anchors
        .iter()
        .filter(|a| matches!(a.label, crate::lexicon::Label::Opening | crate::lexicon::Label::BroughtForward))
        .find_map(|a| ends::balance(&a.amount, axes, currency));
    let mut before = opening;
    for row in rows {
        if let (Some(start), Some(end)) = (before, row.balance) {
            let turned = row.amount.checked_neg().ok();
            let falls = turned.and_then(|amount| start.checked_add(amount).ok()) == Some(end);
            if let (true, Some(amount)) = (falls, turned) {
                row.amount = amount;
            }
        }
        before = row.balance.or_else(|| before.and_then(|b| b.checked_add(row.amount).ok()));
    }
}
