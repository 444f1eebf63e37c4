//! A fixture as the demo uses it: the file, and the truth beside it.

use super::reading::{Reading, rows_of, verdict_of};
use crate::json::Json;
use std::path::{Path, PathBuf};

/// What has to be equal in every row.
const FIELDS: [&str; 4] = ["date", "description", "amount", "balance"];

/// What has to be equal in every statement.
const ENDS: [&str; 3] = ["opening_balance", "closing_balance", "period"];

/// A sample document and what it really says.
pub(super) struct Sample {
    name: String,
    file: PathBuf,
    truth: Json,
}

impl Sample {
    /// The fixture of this name.
    pub(super) fn load(root: &Path, name: &str) -> Result<Self, String> {
        let folder = Path::new("fixtures").join(name);
        let file = ["document.pdf", "document.csv"]
            .iter()
            .map(|source| folder.join(source))
            .find(|file| root.join(file).is_file())
            .ok_or_else(|| format!("sample {name} has no document"))?;
        let truth = std::fs::read_to_string(root.join(&folder).join("truth.json"));
        let truth = Json::parse(&truth.map_err(|e| format!("sample {name} has no truth: {e}"))?)?;
        Ok(Self { name: name.to_owned(), file, truth })
    }

    /// Relative to the root.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Where the reading says something else than the paper, one sentence each; none if it is right.
    pub(super) fn differences(&self, reading: &Reading) -> Vec<String> {
        let truth = self.truth.get("statements").map(Json::items).unwrap_or_default();
        let read = reading.statements();
        if truth.is_empty() || truth.len() != read.len() {
            return vec![format!("{}: {} statements, not {}", self.name, read.len(), truth.len())];
        }
        truth.iter().zip(read).flat_map(|(truth, read)| self.compare(truth, read)).collect()
    }

    fn compare(&self, truth: &Json, read: &Json) -> Vec<String> {
        let mut found = Vec::new();
        if verdict_of(truth).is_none() || verdict_of(truth) != verdict_of(read) {
            found.push(format!(
                "{}: the verdict is not {}",
                self.name,
                verdict_of(truth).unwrap_or("stated")
            ));
        }
        let (wanted, rows) = (rows_of(truth), rows_of(read));
        if wanted.len() != rows.len() {
            found.push(format!("{}: {} rows, not {}", self.name, rows.len(), wanted.len()));
        }
        let ends = ENDS.iter().filter(|name| truth.get(name) != read.get(name));
        found.extend(ends.map(|name| format!("{}: the {} differs", self.name, name.replace('_', " "))));
        for (index, (wanted, row)) in wanted.iter().zip(rows).enumerate() {
            let wrong = FIELDS.iter().filter(|field| wanted.get(field) != row.get(field));
            found.extend(
                wrong.map(|field| format!("{}: the {field} of row {} differs", self.name, index + 1)),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(verdict: &str, amount: &str, rows: usize) -> String {
        let row =
            format!(r#"{{"date":"2026-03-02","description":"CARD","amount":"{amount}","balance":null}}"#);
        let rows = vec![row; rows].join(",");
        format!(
            r#"{{"schema":"smartexus.result/1","statements":[{{"verdict":"{verdict}","opening_balance":null,"closing_balance":null,"period":null,"transactions":[{rows}]}}]}}"#
        )
    }

    #[test]
    fn every_kind_of_difference_is_named() {
        let truth = Json::parse(&read("verified", "-1.00", 2)).unwrap();
        let sample = Sample { name: "case".to_owned(), file: PathBuf::new(), truth };
        let differences = |line: &str| sample.differences(&Reading::parse(line).unwrap());
        assert_eq!(differences(&read("verified", "-1.00", 2)), [""; 0]);
        assert_eq!(differences(&read("discrepancy", "-1.00", 2)), ["case: the verdict is not verified"]);
        assert_eq!(differences(&read("verified", "-1.00", 1)), ["case: 1 rows, not 2"]);
        assert_eq!(differences(&read("verified", "1.00", 2)).len(), 2);
        assert_eq!(differences(r#"{"schema":"smartexus.result/1"}"#), ["case: 0 statements, not 1"]);
    }
}
