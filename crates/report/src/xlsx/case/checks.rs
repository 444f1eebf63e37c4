//! *Checks*: what was proved in each ledger and each statement, what was not, and which change would make it hold.

use super::super::sheet::{Column, Sheet};
use super::Book;
use crate::ReportError;
use crate::case_report::Ledger;
use crate::notice::Tone;
use crate::words;
use rust_xlsxwriter::{Format, Worksheet};
use smartexus_domain::{Outcome, Severity, Verdict};

const fn column(title: &'static str, width: f64) -> Column {
    Column { title, width, right: false }
}

const COLUMNS: [Column; 7] = [
    column("Where", 40.0),
    column("What is asked", 62.0),
    column("Outcome", 16.0),
    Column { title: "Row", width: 8.0, right: true },
    column("Expected", 22.0),
    column("Found", 22.0),
    column("Note", 60.0),
];
const TITLES: u32 = 1;
const LAST: u16 = 6;

/// One line of the sheet.
#[derive(Default)]
struct Line {
    place: String,
    what: String,
    outcome: &'static str,
    tone: Option<Tone>,
    row: Option<u32>,
    expected: Option<String>,
    found: Option<String>,
    note: String,
}

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Checks", &book.report.notice, &book.style, LAST)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    let ledgers = book.report.accounts.iter().flat_map(|ledger| of_ledger(book, ledger));
    let lines: Vec<Line> = ledgers.chain(of_statements(book)).chain(of_case(book)).collect();
    for (at, line) in (TITLES + 1..).zip(&lines) {
        write(&mut sheet, at, line)?;
    }
    let last = TITLES + u32::try_from(lines.len().max(1)).unwrap_or(1);
    sheet.inner.autofilter(TITLES, 0, last, LAST)?;
    sheet.inner.set_freeze_panes(TITLES + 1, 1)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    Ok(sheet.inner)
}

fn write(sheet: &mut Sheet<'_>, at: u32, line: &Line) -> Result<(), ReportError> {
    let style = sheet.style;
    let badge: Format = line.tone.map_or_else(|| style.muted.clone(), |tone| style.badge(tone));
    sheet.text(at, 0, &line.place, &style.text)?;
    sheet.text(at, 1, &line.what, &style.wrapped)?;
    sheet.text(at, 2, line.outcome, &badge)?;
    sheet.count(at, 3, line.row, &style.count)?;
    sheet.maybe_text(at, 4, line.expected.as_deref(), &style.text)?;
    sheet.maybe_text(at, 5, line.found.as_deref(), &style.text)?;
    sheet.text(at, 6, &line.note, &style.wrapped)
}

const fn tone_of(outcome: Outcome) -> Option<Tone> {
    match outcome {
        Outcome::Pass => Some(Tone::Good),
        Outcome::Fail => Some(Tone::Bad),
        Outcome::NotStated => None,
    }
}

/// Parts, seams, gaps and differences of one merged ledger.
fn of_ledger<'b>(book: &'b Book<'_>, ledger: &'b Ledger<'_>) -> Vec<Line> {
    let place = || format!("Ledger of {}", ledger.name);
    let account = ledger.account;
    let mut lines = Vec::new();
    for part in &account.proof.parts {
        lines.push(Line {
            place: place(),
            what: format!(
                "First opening balance plus {} gives the last closing balance, {} to {}",
                words::counted(usize::try_from(part.rows).unwrap_or(0), "row", "rows"),
                part.days.start,
                part.days.end
            ),
            outcome: words::outcome(part.outcome),
            tone: tone_of(part.outcome),
            expected: part.closing.clone(),
            found: part.sum.clone().map(|sum| format!("{} + {sum}", part.opening.as_deref().unwrap_or("?"))),
            ..Line::default()
        });
    }
    for reason in &account.proof.unproved_because {
        lines.push(unproved(place(), reason));
    }
    for seam in account.seams.iter().filter(|seam| seam.outcome != Outcome::Pass) {
        lines.push(Line {
            place: place(),
            what: "A statement begins with the balance that the one before it ends with".to_owned(),
            outcome: words::outcome(seam.outcome),
            tone: tone_of(seam.outcome),
            expected: seam.closing.clone(),
            found: seam.opening.clone(),
            note: format!(
                "{}, then {}",
                book.report.statement_words(seam.before),
                book.report.statement_words(seam.after)
            ),
            ..Line::default()
        });
    }
    for gap in &account.gaps {
        let note = match (gap.bridged, gap.stated) {
            (true, _) => "The balances on both sides are equal.",
            (false, true) => "Ask for the missing statement.",
            (false, false) => "No period is printed: nothing may have happened.",
        };
        lines.push(Line {
            place: place(),
            what: format!("Every day is in a statement: {} to {} are in none", gap.days.start, gap.days.end),
            outcome: if gap.bridged { "bridged" } else { "MISSING" },
            tone: Some(Tone::Warn),
            note: note.to_owned(),
            ..Line::default()
        });
    }
    for differ in &account.disagreements {
        lines.push(Line {
            place: place(),
            what: format!("Two documents agree: {}", words::difference(differ.difference)),
            outcome: "differs",
            tone: Some(match differ.severity {
                Severity::Warn => Tone::Bad,
                Severity::Info => Tone::Warn,
            }),
            row: differ.row.map(|row| row.row),
            expected: differ.expected.clone(),
            found: differ.found.clone(),
            note: book.report.statement_words(differ.source),
        });
    }
    for gone in &account.removed {
        let at = smartexus_domain::StatementRef { document: gone.at.document, statement: gone.at.statement };
        lines.push(Line {
            place: place(),
            what: "A row that does not count".to_owned(),
            outcome: "left out",
            row: Some(gone.at.row),
            note: format!("{}: {}", book.report.statement_words(at), words::removal(gone.reason)),
            ..Line::default()
        });
    }
    lines
}

fn unproved(place: String, reason: &str) -> Line {
    Line {
        place,
        what: "Not proved because".to_owned(),
        outcome: "not proved",
        tone: Some(Tone::Warn),
        note: words::words(reason),
        ..Line::default()
    }
}

/// The checks of each document's own statements, and the changes that would make them hold.
fn of_statements<'b>(book: &'b Book<'_>) -> impl Iterator<Item = Line> + 'b {
    book.report.statements.iter().flat_map(|at| {
        let place = || {
            if at.document.statements > 1 {
                format!("{}, statement {}", at.document.file, at.number)
            } else {
                at.document.file.clone()
            }
        };
        let verdict = at.statement.verdict;
        let head = Line {
            place: place(),
            what: "This statement is".to_owned(),
            outcome: words::verdict(verdict),
            tone: Some(verdict_tone(verdict)),
            ..Line::default()
        };
        let checks = at.statement.checks.iter().map(|check| Line {
            place: place(),
            what: words::check(check.check).to_owned(),
            outcome: words::outcome(check.outcome),
            tone: tone_of(check.outcome),
            row: check.row,
            expected: check.expected.clone(),
            found: check.found.clone(),
            note: match check.outcome {
                Outcome::NotStated => "The document does not print what this check needs.".to_owned(),
                Outcome::Pass | Outcome::Fail => String::new(),
            },
        });
        let reasons = at.statement.unproved_because.iter().map(|reason| unproved(place(), reason));
        let repairs = at.statement.repairs.iter().map(|repair| Line {
            place: place(),
            what: format!("Change of {}: {}", words::words(&repair.field), words::check(repair.because)),
            outcome: if repair.applied { "applied" } else { "proposal" },
            tone: Some(if repair.applied { Tone::Good } else { Tone::Warn }),
            row: (repair.row > 0).then_some(repair.row),
            expected: Some(repair.to.clone()),
            found: Some(repair.from.clone()),
            note: String::new(),
        });
        std::iter::once(head).chain(checks).chain(reasons).chain(repairs).collect::<Vec<_>>()
    })
}

/// The tone of a verdict: nothing but `verified` looks green.
pub(super) const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Verified => Tone::Good,
        Verdict::Unverifiable => Tone::Warn,
        Verdict::Discrepancy => Tone::Bad,
    }
}

/// What only the documents together show.
fn of_case<'b>(book: &'b Book<'_>) -> impl Iterator<Item = Line> + 'b {
    let case = book.report.case;
    let file = |number: u32| {
        let document = case.documents.iter().find(|document| document.document == number);
        document.map_or_else(|| format!("document {number}"), |document| document.file.clone())
    };
    let twice = case.duplicates.iter().map(move |duplicate| Line {
        place: file(duplicate.document),
        what: "A document or statement that was there already".to_owned(),
        outcome: "counted once",
        note: format!("the same as {}", file(duplicate.duplicate_of_document)),
        ..Line::default()
    });
    let pages = case.missing_pages.iter().map(move |missing| Line {
        place: file(missing.document),
        what: "Every page is there".to_owned(),
        outcome: "MISSING",
        tone: Some(Tone::Warn),
        note: missing.evidence.clone(),
        ..Line::default()
    });
    let signals = case.signals.iter().map(move |signal| Line {
        place: signal.documents.iter().map(|number| file(*number)).collect::<Vec<_>>().join(", "),
        what: words::title(signal.signal.as_str()),
        outcome: "to look at",
        tone: Some(match signal.severity {
            Severity::Warn => Tone::Bad,
            Severity::Info => Tone::Warn,
        }),
        note: signal.evidence.clone(),
        ..Line::default()
    });
    let unread = case.documents.iter().filter(|document| !document.read).map(|document| Line {
        place: document.file.clone(),
        what: "The document was read".to_owned(),
        outcome: "NOT READ",
        tone: Some(Tone::Bad),
        note: "Nothing of it is in any figure.".to_owned(),
        ..Line::default()
    });
    unread.chain(twice).chain(pages).chain(signals)
}
