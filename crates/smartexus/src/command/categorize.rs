//! `smartexus categorize`: a category and its reason for every row of a CSV, row by row as they come.

use crate::cli::CategorizeArgs;
use crate::exit::{Exit, Stop};
use crate::output::{Output, one_line};
use crate::rows::{Columns, Fault, Row, Rows};
use crate::rules_file;
use crate::station::rulebook;
use serde::Serialize;
use smartexus_categorize::{Categorizer, RowWords, Workspace};
use smartexus_domain::CategoryId;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// So much is written at once.
const PAGE_BYTES: usize = 64 * 1024;
/// How often it says how far it is, and after how many rows it looks at the time.
const TELL_EVERY: Duration = Duration::from_secs(5);
const BEAT_ROWS: u64 = 1_024;

/// What is printed for each row.
#[derive(Serialize)]
struct Categorized<'r> {
    /// From 1, the header not counted.
    row: u64,
    category: &'r str,
    confidence: f64,
    reason: &'r str,
    counterparty: Option<&'r str>,
    tags: &'r [String],
    /// Why the row could not be read; it then has no category.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Fault>,
}

/// Reads rows from the file or from stdin, and prints what is decided before it waits for more of them. Nothing of a row
/// is kept, so there may be any number.
pub(crate) fn run(output: Output, args: &CategorizeArgs) -> Result<Exit, Stop> {
    let book = rulebook()?;
    let rules = args.rules.as_deref().map(|file| rules_file::read(file, &book)).transpose()?;
    let workspace = Workspace { rules: rules.unwrap_or_default(), ..Workspace::default() };
    let mut categorizer = Categorizer::for_workspace(&book, &workspace);
    let page = Rc::new(RefCell::new(Page::new(output)));
    let shown = Rc::clone(&page);
    let mut rows = Rows::open(source(args)?, Box::new(move || shown.borrow_mut().show()))?;
    let mut tally = Tally::default();
    while let Some((number, row)) = rows.next()? {
        tally.rows += 1;
        let mut page = page.borrow_mut();
        match row {
            Ok(row) => print_row(&mut page, number, rows.columns(), &row, &mut categorizer)?,
            Err(fault) => {
                tally.malformed += 1;
                print_fault(&mut page, number, fault)?;
            }
        }
        tally.beat(output);
    }
    page.borrow_mut().show()?;
    tally.summarize(output)
}

fn source(args: &CategorizeArgs) -> Result<Box<dyn Read>, Stop> {
    match &args.file {
        None => Ok(Box::new(io::stdin().lock())),
        Some(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(Stop::failed(format!("the CSV cannot be read: {}", error.kind()))
                .advise("check the path and its permissions")),
        },
    }
}

fn print_row(
    page: &mut Page,
    number: u64,
    columns: &Columns,
    row: &Row,
    categorizer: &mut Categorizer<'_>,
) -> Result<(), Stop> {
    let words = RowWords {
        counterparty: columns.counterparty(row),
        amount: row.amount,
        ..RowWords::plain(columns.description(row), row.direction)
    };
    let said = categorizer.row(&words);
    if page.output.json {
        return page.object(&Categorized {
            row: number,
            category: said.category.as_str(),
            confidence: said.confidence,
            reason: &said.reason,
            counterparty: said.counterparty.as_deref(),
            tags: &said.tags,
            error: None,
        });
    }
    let counterparty = said.counterparty.as_deref().unwrap_or("–");
    let cells = [&number.to_string(), said.category.as_str(), counterparty, said.reason.as_str()];
    page.text(&(cells.map(one_line).join("\t") + "\n"))
}

fn print_fault(page: &mut Page, number: u64, fault: Fault) -> Result<(), Stop> {
    if page.output.json {
        return page.object(&Categorized {
            row: number,
            category: CategoryId::UNCATEGORIZED,
            confidence: 0.0,
            reason: fault.message(),
            counterparty: None,
            tags: &[],
            error: Some(fault),
        });
    }
    page.text(&format!("{number}\t{}\t–\t{}\n", CategoryId::UNCATEGORIZED, fault.message()))
}

/// Lines that are decided and not shown yet.
struct Page {
    output: Output,
    lines: Vec<u8>,
}

impl Page {
    const fn new(output: Output) -> Self {
        Self { output, lines: Vec::new() }
    }

    fn object<T: Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        serde_json::to_writer(&mut self.lines, value)
            .map_err(|error| Stop::failed(format!("could not write JSON: {error}")))?;
        self.text("\n")
    }

    fn text(&mut self, text: &str) -> Result<(), Stop> {
        self.lines.extend_from_slice(text.as_bytes());
        if self.lines.len() >= PAGE_BYTES { Ok(self.show()?) } else { Ok(()) }
    }

    fn show(&mut self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(&self.lines)?;
        self.lines.clear();
        stdout.flush()
    }
}

struct Tally {
    rows: u64,
    malformed: u64,
    told: Instant,
}

impl Default for Tally {
    fn default() -> Self {
        Self { rows: 0, malformed: 0, told: Instant::now() }
    }
}

impl Tally {
    /// Says how far it is, when it is time to.
    fn beat(&mut self, output: Output) {
        if self.rows.is_multiple_of(BEAT_ROWS) && self.told.elapsed() >= TELL_EVERY {
            output.note(&format!("{} rows so far", self.rows));
            self.told = Instant::now();
        }
    }

    fn summarize(&self, output: Output) -> Result<Exit, Stop> {
        let read = self.rows - self.malformed;
        output.note(&format!("{read} rows categorized, {} could not be read", self.malformed));
        Ok(match (self.malformed, read) {
            (0, _) => Exit::Done,
            (_, 0) => Exit::Failed,
            _ => Exit::Partial,
        })
    }
}
