//! From pages to statements: lines, tables, one pass, then the search for the reading that proves.

mod bidi;
mod cells;
mod columns;
mod dates;
mod facts;
mod furniture;
mod header;
mod hinted;
mod kinds;
mod labels;
mod learn;
mod line;
mod marks;
mod misread;
mod numbers;
mod papers;
mod plan;
mod scan;
mod spelled;
mod vocabulary;
mod who;

pub use learn::LearnError;
pub(crate) use learn::learn;

use crate::account;
use crate::draft::{self, SURE_DATE, StatementDraft};
use crate::lexicon::{Label, Role};
use crate::page_numbers::{self, Numbered};
use crate::period;
use crate::solve::{self, Solved};
use crate::{ParseError, ParseOptions};
use hinted::Issuer;
use line::{Line, Token};
use smartexus_domain::{
    Check, CheckName, Currency, DateToken, DocumentKind, DocumentSource, Finding, NumberStyle, Outcome,
    PAGES_UNREAD, PageMethod, Pages, Reading, Statement,
};

/// The dash of a period, with the blanks around it, is no wider than this, in font sizes; columns are farther apart.
const LOST_DASH: f64 = 2.0;

/// Reads pages into proved statements.
pub(crate) fn read(pages: &Pages, options: &ParseOptions) -> Result<Reading, ParseError> {
    let lines = lines_of(pages);
    if lines.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    let kinds = kinds::judge(&pages.pages, &lines);
    let numbered = page_numbers::of(&pages.pages);
    let file = File { pages, lines: &lines, kinds: &kinds, numbered: &numbered, options };
    let (solved, is_card) = file.read();
    let mut findings: Vec<Finding> = solved.iter().flat_map(|s| s.findings.clone()).collect();
    findings.dedup();
    let statements: Vec<Statement> = solved.into_iter().map(|s| s.statement).collect();
    let rows: usize = statements.iter().map(|s| s.transactions.len()).sum();
    if rows > usize::try_from(options.rows_max).unwrap_or(usize::MAX) {
        return Err(ParseError::TooManyRows);
    }
    let mut reading = draft::reading(statements, source(pages), is_card, findings, Vec::new());
    papers::settle(&mut reading, kinds, &lines, is_card);
    reading.findings.extend(numbers::findings(&numbered, &reading.statements));
    Ok(reading)
}

/// A file and what is known of its pages before a statement is looked for.
struct File<'a> {
    pages: &'a Pages,
    lines: &'a [Line],
    kinds: &'a kinds::Kinds,
    numbered: &'a [Numbered],
    options: &'a ParseOptions,
}

impl File<'_> {
    /// Statements as the pages stand, or as the numbers of the pages say that they belong, where that is proved or better.
    fn read(&self) -> (Vec<Solved>, bool) {
        let read = self.read_statements();
        let Some(order) = page_numbers::mended(&self.pages.pages, self.numbered) else { return read };
        let own = |page: u32| !self.is_kept_out(page);
        let lines = order.into_iter().filter(|page| own(*page)).map(|page| kinds::lines_of(self.lines, page));
        let mended = self.read_lines(&lines.flatten().cloned().collect::<Vec<Line>>(), true);
        let (rank, other) = (solve::rank(&read.0), solve::rank(&mended.0));
        // What is there twice counts twice nowhere, unless only that reading has rows at all.
        let counts_twice = self.numbered.iter().any(|paper| !paper.repeated.is_empty());
        let is_better = solve::is_proved(&mended.0) || other > rank;
        if is_better || (counts_twice && other.0 >= rank.0) { mended } else { read }
    }

    /// Statements as they are best read: from all pages, or, where pages of other papers stand between, from what is left
    /// of them together or from each part by itself.
    fn read_statements(&self) -> (Vec<Solved>, bool) {
        if !self.pages.pages.iter().any(|page| self.is_kept_out(page.page)) {
            return self.read_lines(self.lines, false);
        }
        let runs = papers::runs(|page| self.is_kept_out(page), &self.pages.pages, self.lines);
        let together: Vec<Line> = runs.iter().flatten().cloned().collect();
        let mut ways = vec![self.read_lines(&together, false)];
        if runs.len() > 1 {
            let mut apart = (Vec::new(), false);
            for run in &runs {
                let (solved, is_card) = self.read_lines(run, false);
                apart.0.extend(solved.into_iter().filter(|one| !one.statement.transactions.is_empty()));
                apart.1 |= is_card;
            }
            ways.push(apart);
        }
        solve::best(ways.into_iter(), |(solved, _)| solve::rank(solved)).unwrap_or_default()
    }

    /// Whether a page is another paper's. One that is numbered among the pages of a statement is not, whatever its words
    /// speak of.
    fn is_kept_out(&self, page: u32) -> bool {
        let is_statement = |page: u32| {
            matches!(self.kinds.kind_of(page), DocumentKind::BankStatement | DocumentKind::CardStatement)
        };
        let is_among = |paper: &Numbered| paper.has(page) && paper.pages().any(is_statement);
        self.kinds.is_kept_from_statements(page) && !self.numbered.iter().any(is_among)
    }

    fn read_lines(&self, lines: &[Line], is_mended: bool) -> (Vec<Solved>, bool) {
        if lines.is_empty() {
            return (Vec::new(), false);
        }
        let issuer = Issuer::of(lines, &self.options.hints);
        let kept_out = |page: u32| self.is_kept_out(page);
        let (pages, numbered, options) = (self.pages, self.numbered, self.options);
        Paper { pages, lines, kept_out: &kept_out, numbered, is_mended, options, issuer }.read()
    }
}

/// What is said of a document without a statement.
fn no_statement() -> Finding {
    Finding::new("no_statement_found", "No table of transactions was found in this document.")
}

fn lines_of(pages: &Pages) -> Vec<Line> {
    let mut lines = line::build(&misread::put_right(&pages.pages));
    marks::settle(&mut lines);
    lines
}

fn source(pages: &Pages) -> DocumentSource {
    let text = pages.pages.iter().filter(|p| p.method == PageMethod::Text).count();
    let scans = pages.pages.iter().filter(|p| p.method == PageMethod::Ocr).count();
    match pages.pages.len() {
        all if text == all => DocumentSource::Text,
        all if scans == all => DocumentSource::Scan,
        _ => DocumentSource::Mixed,
    }
}

/// A document and everything that is known before it is read.
struct Paper<'a> {
    pages: &'a Pages,
    lines: &'a [Line],
    /// Pages of other papers.
    kept_out: &'a dyn Fn(u32) -> bool,
    numbered: &'a [Numbered],
    /// The lines are in the order of the printed numbers, without pages that are there twice.
    is_mended: bool,
    options: &'a ParseOptions,
    issuer: Issuer<'a>,
}

impl Paper<'_> {
    /// The best reading, and whether it is one of a card. Hints are asked where nothing else is proved, so that a wrong
    /// one cannot make a right reading wrong; and where no heading that we know says otherwise, so that none explains away
    /// a figure in the wrong column.
    fn read(&self) -> (Vec<Solved>, bool) {
        let plans = plan::plans(self.lines);
        let tried = plans.iter().map(|plan| self.read_plan(plan));
        let read = solve::best(tried, |(solved, _)| solve::rank(solved)).unwrap_or_default();
        if solve::is_proved(&read.0) {
            return read;
        }
        let has_rows = read.0.iter().any(|one| !one.statement.transactions.is_empty());
        let more = plan::more_plans(self.lines, has_rows);
        let proved = more.iter().map(|plan| self.read_plan(plan));
        if let Some(proved) = proved.into_iter().find(|(solved, _)| solve::is_proved(solved)) {
            return proved;
        }
        if has_rows && plan::has_headings(&plans) {
            return read;
        }
        let widths: Vec<f64> = self.pages.pages.iter().map(|page| page.width).collect();
        let plans = self.issuer.hints.iter().flat_map(|hint| plan::hinted_plans(self.lines, hint, &widths));
        let hinted =
            plans.map(|plan| self.read_plan(&plan)).find(|(solved, _)| hinted::replaces(solved, &read.0));
        hinted.unwrap_or(read)
    }

    fn read_plan(&self, plan: &scan::Plan<'_>) -> (Vec<Solved>, bool) {
        let (pages, lines) = (self.pages, self.lines);
        let mut drafts: Vec<StatementDraft> =
            scan::scan(plan).into_iter().filter(|d| !d.is_empty()).collect();
        let with_rows = drafts.iter().filter(|d| !d.rows.is_empty()).count();
        if with_rows > 0 {
            // An account that is said to be quiet is one all the same.
            drafts.retain(|d| !d.rows.is_empty() || d.says_no_rows && d.account.number.is_some());
        }
        let institution = who::institution(lines);
        let head = plan.tables_at.iter().position(Option::is_some).unwrap_or(lines.len());
        let holders = who::holders(lines.get(..head).unwrap_or(lines), institution.as_deref());
        let printed_period = period_of(lines);
        let sure_dates = sure_dates(lines);
        let (mut solved, mut is_card) = (Vec::new(), false);
        let card_words = drafts.iter().any(|d| d.is_card);
        for mut draft in drafts {
            draft.is_card |= card_words && with_rows <= 1;
            draft.period = draft.period.or(printed_period);
            draft.sure_dates.clone_from(&sure_dates);
            draft.file_year = file_year(pages);
            if draft.account.institution.is_none() {
                draft.account.institution.clone_from(&institution);
            }
            if draft.account.holders.is_empty() {
                draft.account.holders.clone_from(&holders);
            }
            draft.leaning = self.issuer.leaning;
            self.settle_currency(&mut draft, head);
            settle_pages(&mut draft, pages, self.kept_out);
            numbers::settle(&mut draft, self.numbered, self.is_mended);
            is_card |= draft.is_card;
            solved.push(solve::solve(&draft, self.options));
        }
        (solved, is_card)
    }

    /// A certain mark or word names the currency; a shared symbol or nothing needs an assumption, which is said.
    fn settle_currency(&self, draft: &mut StatementDraft, head: usize) {
        let lines = self.lines;
        if draft.account.currency.is_known() {
            return;
        }
        let own = draft.rows.iter().flat_map(|r| r.tokens()).chain(draft.anchors.iter().map(|a| &a.amount));
        let (certain, shared) = account::currency_of_marks(own.filter_map(|t| t.currency_mark()));
        let by_iban = draft.account.iban.as_deref().and_then(account::iban_currency);
        // Descriptions speak of other currencies, and what stands above the table of the account's own.
        let by_head = lines.get(..head).and_then(who::currency_by_words);
        let by_address = shared.filter(|shared| *shared == "$").and_then(|_| who::dollars_by_address(lines));
        let by_words = || who::currency_by_words(lines);
        if let Some(currency) = certain.or(by_iban).or(by_head).or(by_address).or_else(by_words) {
            draft.account.currency = currency;
            return;
        }
        // What descriptions say of foreign amounts says nothing about the account.
        let above = lines.get(..head).unwrap_or_default();
        let printed = above.iter().flat_map(|l| &l.tokens).filter_map(|t| t.amount.as_ref()?.currency_mark());
        let (elsewhere, shared_elsewhere) = account::currency_of_marks(printed);
        if let Some(currency) = elsewhere {
            draft.account.currency = currency;
            return;
        }
        let rupees = lines
            .iter()
            .flat_map(Line::words)
            .any(|w| matches!(w.trim_matches(['(', ')', ':']), "Rs" | "Rs."));
        let shared = shared.or(shared_elsewhere).or(rupees.then_some("Rs"));
        let assumed = self.options.currency_default.or_else(|| match shared {
            Some("$") => who::dollars_by_address(lines).or_else(|| Currency::from_code("USD")),
            Some("Rs") => Currency::from_code("INR"),
            Some("¥") => Currency::from_code("JPY"),
            Some(_) => None,
            None => self.issuer.currency,
        });
        match assumed {
            Some(currency) => {
                draft.account.currency = currency;
                draft.findings.push(Finding::new(
                    "currency_assumed",
                    "The document prints no currency code; the currency is assumed from its symbol or the pipeline's default.",
                ));
            }
            None => draft.findings.push(Finding::new(
                "currency_unknown",
                "The document names no currency; set currency_default in the pipeline to supply one.",
            )),
        }
    }
}

/// The first labelled pair of dates, else the first pair at all.
fn period_of(lines: &[Line]) -> Option<(DateToken, DateToken)> {
    let found: Vec<period::Found> = lines.iter().filter_map(period_on).collect();
    found.iter().find(|f| f.labelled).or(found.first()).map(|f| (f.start, f.end))
}

#[expect(clippy::float_arithmetic, reason = "geometry")]
fn period_on(line: &Line) -> Option<period::Found> {
    let lost = || {
        let mut pairs = line.tokens.windows(2).enumerate();
        pairs.find_map(|(at, pair)| {
            let [start, end] = pair else { return None };
            let is_close = end.bounds.x0 - start.bounds.x1 < LOST_DASH * start.size.max(end.size);
            let before: Vec<&str> = line.tokens.iter().take(at).map(|token| token.text.as_str()).collect();
            let dates = start.date.zip(end.date).filter(|_| is_close);
            dates.and_then(|(start, end)| period::without_dash(&before.join(" "), start, end))
        })
    };
    // A row may have two days side by side, too.
    let may_be_lost = line.method != PageMethod::Text && !line.has_money();
    period::find(&line.text()).or_else(|| if may_be_lost { lost() } else { None })
}

/// The dates that were read with confidence somewhere; `None` where no word had to be recognized.
fn sure_dates(lines: &[Line]) -> Option<Vec<DateToken>> {
    let is_sure = |token: &&Token| token.confidence >= SURE_DATE;
    if lines.iter().flat_map(|line| &line.tokens).all(|token| token.confidence >= 1.0) {
        return None;
    }
    let mut sure = Vec::new();
    for line in lines {
        sure.extend(line.tokens.iter().filter(is_sure).filter_map(|token| token.date));
        // A period may be printed in words that are no dates by themselves.
        let mut figures = line.tokens.iter().filter(|token| token.text.bytes().any(|b| b.is_ascii_digit()));
        if figures.all(|token| is_sure(&token)) {
            sure.extend(period_on(line).into_iter().flat_map(|found| [found.start, found.end]));
        }
    }
    Some(sure)
}

/// Year of `D:20260302…`.
fn file_year(pages: &Pages) -> Option<i16> {
    pages
        .facts
        .created
        .as_deref()?
        .trim_start_matches("D:")
        .get(..4)?
        .parse()
        .ok()
        .filter(|year| (1990..=2200).contains(year))
}

/// Pages that could not be read, and balances carried from page to page.
fn settle_pages(draft: &mut StatementDraft, pages: &Pages, kept_out: &dyn Fn(u32) -> bool) {
    if is_page_unread(pages, kept_out) || is_carried_to_another_paper(draft, pages, kept_out) {
        draft.doubt("page_unread");
    }
    if let Some(check) = page_carry(draft) {
        draft.checks.push(check);
    }
}

/// What is carried forward below the last row goes on somewhere: on a page that was taken for another paper's, it may be.
fn is_carried_to_another_paper(
    draft: &StatementDraft,
    pages: &Pages,
    kept_out: &dyn Fn(u32) -> bool,
) -> bool {
    let has_end = draft.anchors.iter().any(|anchor| anchor.label == Label::Closing);
    let is_last = |anchor: &&draft::Anchor| {
        anchor.label == Label::CarriedForward && anchor.rows_before == draft.rows.len()
    };
    let carried = draft.anchors.iter().filter(is_last).map(|anchor| anchor.page).max();
    let is_behind = |carried: u32| pages.pages.iter().any(|page| page.page > carried && kept_out(page.page));
    !has_end && carried.is_some_and(is_behind)
}

/// Is there a page whose content is not, or not wholly, among the words: one that says so, one that is not there
/// between those that are, or one that the file itself misses? What stands on it may be a second account. A page that is
/// surely another paper's says nothing about a statement.
fn is_page_unread(pages: &Pages, kept_out: &dyn Fn(u32) -> bool) -> bool {
    let has_gap = (1..).zip(&pages.pages).any(|(number, page)| page.page != number);
    let misses = |finding: &Finding| finding.code == "pages_missing" || finding.code == PAGES_UNREAD;
    has_gap
        || pages.pages.iter().any(|page| !page.complete && !kept_out(page.page))
        || pages.findings.iter().any(misses)
}

/// Carried forward of a page = brought forward of the next.
fn page_carry(draft: &StatementDraft) -> Option<Check> {
    let at = |label: Label| draft.anchors.iter().filter(move |a| a.label == label);
    let value = |a: &draft::Anchor| {
        let minor = |style| a.amount.minor(style, draft.account.currency.exponent());
        minor(NumberStyle::Point).or_else(|| minor(NumberStyle::Comma)).map(|minor| (minor, a.amount.sign()))
    };
    let mut compared = None;
    // Before any row "carried forward" is a name of the closing balance.
    let is_carry = |a: &&draft::Anchor| a.rows_before > 0 || draft.rows.is_empty();
    for carried in at(Label::CarriedForward).filter(is_carry) {
        let Some(brought) = at(Label::BroughtForward).find(|b| b.page == carried.page + 1) else { continue };
        let holds = value(carried) == value(brought);
        compared = Some(Check {
            check: CheckName::PageCarry,
            outcome: if holds { Outcome::Pass } else { Outcome::Fail },
            row: None,
            expected: None,
            found: None,
        });
        if !holds {
            break;
        }
    }
    compared
}

/// Whether a role holds money that moves: used when roles are tried without a heading.
pub(super) const fn money_roles(count: usize) -> &'static [&'static [Role]] {
    match count {
        1 => &[&[Role::Amount]],
        2 => &[&[Role::Amount, Role::Balance], &[Role::Out, Role::In]],
        3 => &[&[Role::Out, Role::In, Role::Balance], &[Role::In, Role::Out, Role::Balance]],
        _ => &[],
    }
}
