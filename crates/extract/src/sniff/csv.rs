//! Is a text a table of delimited values? Asked cautiously: prose has commas too.

use super::text::TextView;

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many lines are looked at.
const LINES: usize = 400;
/// Of the records after the preamble, how many percent must have the usual number of fields.
const STEADY_PERCENT: usize = 80;
/// Of those, how many percent must hold a number or a date: a list of payments does, prose does not.
const NUMERIC_PERCENT: usize = 50;
/// A header alone is accepted from this many fields on.
const HEADER_FIELDS: usize = 3;
/// No column name is longer.
const HEADER_FIELD_CHARS: usize = 40;

pub(super) fn is_delimited(view: &TextView) -> bool {
    DELIMITERS.iter().any(|delimiter| is_delimited_by(view, *delimiter))
}

fn is_delimited_by(view: &TextView, delimiter: char) -> bool {
    let records = records(view, delimiter);
    let Some(usual) = usual_width(&records) else { return false };
    if records.len() == 1 {
        return records.first().is_some_and(|record| is_header(record));
    }
    let Some(start) = records.iter().position(|record| record.len() == usual) else { return false };
    let body = records.get(start..).unwrap_or_default();
    let steady: Vec<_> = body.iter().filter(|record| record.len() == usual).collect();
    let numeric = steady.iter().filter(|record| record.iter().any(|field| is_number_or_date(field))).count();
    // A header without a single row is a table too, and so is one with a single row.
    let rows = steady.len().saturating_sub(1).max(1);
    steady.len() >= 2
        && steady.len() * 100 >= body.len() * STEADY_PERCENT
        && numeric * 100 >= rows * NUMERIC_PERCENT
}

/// The number of fields that most records have, from two on.
fn usual_width(records: &[Vec<String>]) -> Option<usize> {
    let mut widths: Vec<usize> = records.iter().map(Vec::len).filter(|width| *width >= 2).collect();
    widths.sort_unstable();
    widths.chunk_by(|a, b| a == b).max_by_key(|chunk| chunk.len()).and_then(|chunk| chunk.first().copied())
}

fn records(view: &TextView, delimiter: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for line in view.lines().take(LINES) {
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let Some(field) = fields.last_mut() else { break };
            if quoted {
                match c {
                    '"' if chars.peek() == Some(&'"') => field.extend(chars.next()),
                    '"' => quoted = false,
                    _ => field.push(c),
                }
            } else if c == '"' && field.trim().is_empty() {
                quoted = true;
            } else if c == delimiter {
                fields.push(String::new());
            } else {
                field.push(c);
            }
        }
        if !quoted {
            records.push(std::mem::replace(&mut fields, vec![String::new()]));
        }
    }
    records
}

fn is_header(record: &[String]) -> bool {
    let is_name = |field: &String| {
        let name = field.trim();
        // Prose puts a space behind its commas; column names have none.
        name.len() <= HEADER_FIELD_CHARS && !field.starts_with(' ') && !name.ends_with(['.', '!', '?'])
    };
    record.len() >= HEADER_FIELDS && record.iter().all(is_name) && record.iter().any(|f| !f.trim().is_empty())
}

/// Digits with nothing but signs, separators, a currency mark or a time around them.
fn is_number_or_date(field: &str) -> bool {
    let field = field.trim();
    let letters = field.chars().filter(char::is_ascii_alphabetic).count();
    field.chars().any(|c| c.is_ascii_digit())
        && letters <= 3
        && field.chars().all(|c| c.is_ascii_alphanumeric() || " .,-+/:'()$%".contains(c))
}
