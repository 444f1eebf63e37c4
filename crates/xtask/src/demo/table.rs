//! The table: *file, issuer, rows, verdict, status, ms*.

use super::reading::Reading;
use std::path::Path;

const HEADINGS: [&str; 6] = ["file", "issuer", "rows", "verdict", "status", "ms"];

/// Numbers stand on the right.
const RIGHT: [bool; 6] = [false, false, true, false, false, true];

/// One line a reading under one line of headings.
pub(super) fn of(readings: &[Reading]) -> String {
    let mut lines = vec![HEADINGS.map(str::to_owned)];
    lines.extend(readings.iter().map(cells));
    let width =
        |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..HEADINGS.len()).map(|column| width(column).unwrap_or(0)).collect();
    lines.iter().map(|line| render(line, &widths) + "\n").collect()
}

fn cells(reading: &Reading) -> [String; 6] {
    [
        short_name(reading.file()),
        reading.issuer().to_owned(),
        reading.rows().to_string(),
        reading.verdict(),
        reading.status().to_owned(),
        format!("{:.1}", reading.milliseconds()),
    ]
}

/// The fixture's folder and the file in it.
fn short_name(file: &str) -> String {
    let parts: Vec<_> = Path::new(file).iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

fn render(line: &[String], widths: &[usize]) -> String {
    let padded = line.iter().zip(widths).zip(RIGHT).map(|((cell, width), right)| {
        let gap = " ".repeat(width - cell.chars().count());
        if right { gap + cell } else { format!("{cell}{gap}") }
    });
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
