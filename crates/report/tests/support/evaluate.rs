//! A small reader of the formulas that our workbooks hold, to see that each comes to what stands beside it.

use calamine::{Data, DataType, Range, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

/// A workbook with its formulas.
pub struct Book {
    values: BTreeMap<String, Range<Data>>,
    formulas: BTreeMap<(String, u32, u32), String>,
}

impl Book {
    /// Opens a workbook.
    pub fn open(bytes: Vec<u8>) -> Self {
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let (mut values, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for name in book.sheet_names() {
            values.insert(name.clone(), book.worksheet_range(&name).unwrap());
            let range = book.worksheet_formula(&name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, formula) in range.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
                let at =
                    (name.clone(), top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
                formulas.insert(at, formula.clone());
            }
        }
        Self { values, formulas }
    }

    /// Names of the sheets.
    pub fn sheets(&self) -> impl Iterator<Item = &String> {
        self.values.keys()
    }

    /// Every formula: where, what, what stands there, and what it comes to.
    pub fn recomputed(&self) -> Vec<(String, f64, f64)> {
        let formulas = self.formulas.iter();
        formulas
            .map(|((sheet, row, column), formula)| {
                let found = self.at(sheet, *row, *column).get_float().unwrap();
                (format!("{sheet} {row},{column}: {formula}"), found, self.formula(sheet, formula))
            })
            .collect()
    }

    /// The cell's value as the file holds it.
    pub fn at(&self, sheet: &str, row: u32, column: u32) -> Data {
        self.values[sheet].get_value((row, column)).cloned().unwrap_or(Data::Empty)
    }

    /// The formula of a cell.
    pub fn formula_at(&self, sheet: &str, row: u32, column: u32) -> Option<&String> {
        self.formulas.get(&(sheet.to_owned(), row, column))
    }

    /// How many formulas there are.
    pub fn formulas(&self) -> usize {
        self.formulas.len()
    }

    /// Places of cells with this text.
    pub fn find(&self, sheet: &str, text: &str) -> Vec<(u32, u32)> {
        let range = &self.values[sheet];
        let (top, left) = range.start().unwrap();
        let same =
            |(_, _, data): &(usize, usize, &Data)| matches!(data, Data::String(found) if found == text);
        range
            .used_cells()
            .filter(same)
            .map(|(row, column, _)| {
                (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap())
            })
            .collect()
    }

    fn number(&self, sheet: &str, row: u32, column: u32) -> f64 {
        match self.formula_at(sheet, row, column) {
            Some(formula) => self.formula(sheet, formula),
            None => match self.at(sheet, row, column) {
                Data::Float(number) => number,
                Data::Int(number) => number as f64,
                Data::DateTime(date) => date.as_f64(),
                _ => 0.0,
            },
        }
    }

    /// Sums and differences of the terms that we write.
    fn formula(&self, sheet: &str, text: &str) -> f64 {
        let text = text.trim_start_matches('=');
        let (mut depth, mut quoted, mut start, mut sign, mut sum) = (0, false, 0, 1.0, 0.0);
        for (at, c) in text.char_indices().chain([(text.len(), '+')]) {
            match c {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                '+' | '-' if !quoted && depth == 0 => {
                    if at > start {
                        sum += sign * self.term(sheet, &text[start..at]);
                    }
                    sign = if c == '-' { -1.0 } else { 1.0 };
                    start = at + 1;
                }
                _ => {}
            }
        }
        sum
    }

    fn term(&self, sheet: &str, text: &str) -> f64 {
        let Some((name, rest)) = text.split_once('(') else {
            let (row, column) = cell(text);
            return self.number(sheet, row, column);
        };
        let arguments = arguments(rest.strip_suffix(')').unwrap());
        match name {
            "ROUND" => {
                let scale = 10_f64.powi(arguments[1].parse().unwrap());
                (self.formula(sheet, arguments[0]) * scale).round() / scale
            }
            "SUM" => self.range(sheet, arguments[0]).iter().map(|(s, r, c)| self.number(s, *r, *c)).sum(),
            "SUBTOTAL" => {
                self.range(sheet, arguments[1]).iter().map(|(s, r, c)| self.number(s, *r, *c)).sum()
            }
            "SUMIFS" => {
                let kept = self.kept(sheet, &arguments[1..]);
                let cells = self.range(sheet, arguments[0]);
                cells
                    .iter()
                    .zip(kept)
                    .filter(|(_, kept)| *kept)
                    .map(|((s, r, c), _)| self.number(s, *r, *c))
                    .sum()
            }
            "COUNTIFS" => self.kept(sheet, &arguments).into_iter().filter(|kept| *kept).count() as f64,
            other => panic!("no such function here: {other}"),
        }
    }

    fn kept(&self, sheet: &str, pairs: &[&str]) -> Vec<bool> {
        let mut kept: Option<Vec<bool>> = None;
        for pair in pairs.chunks(2) {
            let cells = self.range(sheet, pair[0]);
            let holds: Vec<bool> =
                cells.iter().map(|(s, r, c)| self.holds(sheet, &self.at(s, *r, *c), pair[1])).collect();
            kept = Some(match kept {
                Some(before) => before.iter().zip(holds).map(|(one, other)| *one && other).collect(),
                None => holds,
            });
        }
        kept.unwrap()
    }

    fn holds(&self, sheet: &str, value: &Data, condition: &str) -> bool {
        let (operator, wanted) = match condition.strip_prefix('"').map(|rest| rest.split_once('"').unwrap()) {
            Some((quoted, reference)) => {
                let at = quoted.find(|c: char| !"<>=".contains(c)).unwrap_or(quoted.len());
                let (operator, literal) = quoted.split_at(at);
                match reference.strip_prefix('&') {
                    Some(reference) => {
                        let (row, column) = cell(reference);
                        (operator, self.number(sheet, row, column).to_string())
                    }
                    None => (operator, literal.to_owned()),
                }
            }
            None => ("=", condition.to_owned()),
        };
        let number = match value {
            Data::Float(number) => Some(*number),
            Data::Int(number) => Some(*number as f64),
            Data::DateTime(date) => Some(date.as_f64()),
            _ => None,
        };
        match (operator, number, wanted.parse::<f64>()) {
            ("=", Some(number), Ok(wanted)) => number == wanted,
            (">=", Some(number), Ok(wanted)) => number >= wanted,
            ("<=", Some(number), Ok(wanted)) => number <= wanted,
            (">", Some(number), Ok(wanted)) => number > wanted,
            ("<", Some(number), Ok(wanted)) => number < wanted,
            ("=", None, _) => match value {
                Data::String(text) => *text == wanted,
                _ => wanted.is_empty(),
            },
            _ => false,
        }
    }

    fn range(&self, sheet: &str, text: &str) -> Vec<(String, u32, u32)> {
        let (sheet, text) = text.split_once('!').unwrap_or((sheet, text));
        let (from, to) = text.split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (cell(from), cell(to));
        let rows = (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column)));
        rows.map(|(row, column)| (sheet.trim_matches('\'').to_owned(), row, column)).collect()
    }
}

fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start, mut found) = (0, false, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

/// `$G$3` as a 0-based place.
fn cell(text: &str) -> (u32, u32) {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = text[..digits].bytes().fold(0, |column, byte| column * 26 + u32::from(byte - b'A') + 1);
    (text[digits..].parse::<u32>().unwrap() - 1, column - 1)
}
