//! `smartexus categorize`: a category and its reason for every row of a CSV, row by row as they come.

use crate::cli::CategorizeArgs;
use crate::exit::{Exit, Stop};
use crate::output::{Output, one_line};
use crate::rows::{Columns, Fault, Row, Rows};
use crate::station::rulebook;
use serde::Serialize;
use smartexus_categorize::{Categorizer, RowWords};
use smartexus_domain::CategoryId;
use std::fs::File;
use std::io::{self, Read};

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

/// Reads rows from the file or from stdin and prints each as soon as it is decided.
pub(crate) fn run(output: Output, args: &CategorizeArgs) -> Result<Exit, Stop> {
    let rules = rulebook()?;
    let mut categorizer = Categorizer::new(&rules);
    let mut rows = Rows::open(source(args)?)?;
    let mut tally = Tally::default();
    while let Some((number, row)) = rows.next()? {
        tally.rows += 1;
        match row {
            Ok(row) => print_row(output, number, rows.columns(), &row, &mut categorizer)?,
            Err(fault) => {
                tally.malformed += 1;
                print_fault(output, number, fault)?;
            }
        }
    }
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
    output: Output,
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
    if output.json {
        return output.object(&Categorized {
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
    output.text(&(cells.map(one_line).join("\t") + "\n"))
}

fn print_fault(output: Output, number: u64, fault: Fault) -> Result<(), Stop> {
    if output.json {
        return output.object(&Categorized {
            row: number,
            category: CategoryId::UNCATEGORIZED,
            confidence: 0.0,
            reason: fault.message(),
            counterparty: None,
            tags: &[],
            error: Some(fault),
        });
    }
    output.text(&format!("{number}\t{}\t–\t{}\n", CategoryId::UNCATEGORIZED, fault.message()))
}

#[derive(Default)]
struct Tally {
    rows: u64,
    malformed: u64,
}

impl Tally {
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
