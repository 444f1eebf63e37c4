//! A fixture: one folder a case, with a document and what it really says.

use crate::Repository;
use serde::Deserialize;
use smartexus_domain::{Rect, Statement, Verdict};
use std::path::{Path, PathBuf};

/// Folders of `fixtures/` that hold no cases.
const NOT_CASES: [&str; 4] = ["forms", "hostile", "scans", "wire"];

/// Why the fixtures cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    /// A file is missing or unreadable.
    #[error("fixture file: {0}")]
    Read(#[from] std::io::Error),
    /// A file has another shape.
    #[error("fixture {0}: {1}")]
    Shape(String, serde_json::Error),
    /// There is not exactly one document in the folder.
    #[error("fixture {0}: not exactly one document")]
    Document(String),
    /// There is no fixture at all, so nothing could fail.
    #[error("no fixtures")]
    None,
}

/// A case.
#[derive(Debug, Clone)]
pub struct Fixture {
    name: String,
    source: PathBuf,
    statements: Vec<Statement>,
    expectations: Vec<Expectation>,
    pages: Vec<GoldenPage>,
}

/// What the proof must say about a statement.
#[derive(Debug, Clone, Deserialize)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Verdict,
    /// The row where the chain of balances breaks first.
    pub first_broken_row: Option<u32>,
}

/// A page of `words.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldenPage {
    /// 1-based.
    pub page: u32,
    /// Points.
    pub width: f64,
    /// Points.
    pub height: f64,
    /// Every visible word, in any order.
    pub words: Vec<GoldenWord>,
}

/// A word and where it stands.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldenWord {
    /// The characters.
    pub text: String,
    /// Points, origin top left.
    #[serde(rename = "box")]
    pub bounds: Rect,
}

#[derive(Deserialize)]
struct Truth {
    statements: Vec<StatementTruth>,
}

#[derive(Deserialize)]
struct StatementTruth {
    expect: Expectation,
    #[serde(flatten)]
    statement: serde_json::Value,
}

#[derive(Deserialize)]
struct Words {
    pages: Vec<GoldenPage>,
}

impl Fixture {
    /// Every case, by name.
    ///
    /// # Errors
    /// A case that is not whole is an error: a fixture that nobody can use proves nothing.
    pub fn all(repository: &Repository) -> Result<Vec<Self>, FixtureError> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(repository.root().join("fixtures"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() && !NOT_CASES.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names.sort();
        if names.is_empty() {
            return Err(FixtureError::None);
        }
        names.into_iter().map(|name| Self::load(repository, name)).collect()
    }

    fn load(repository: &Repository, name: String) -> Result<Self, FixtureError> {
        let folder = Path::new("fixtures").join(&name);
        let source = only_document(&repository.root().join(&folder), &name)?;
        let shape = |error| FixtureError::Shape(name.clone(), error);
        let truth: Truth =
            serde_json::from_str(&repository.read(folder.join("truth.json"))?).map_err(shape)?;
        let (mut statements, mut expectations) = (Vec::new(), Vec::new());
        for truth in truth.statements {
            statements.push(serde_json::from_value(truth.statement).map_err(shape)?);
            expectations.push(truth.expect);
        }
        let is_paper = source.extension().is_some_and(|extension| extension == "pdf");
        let pages = if is_paper {
            let words: Words =
                serde_json::from_str(&repository.read(folder.join("words.json"))?).map_err(shape)?;
            words.pages
        } else {
            Vec::new()
        };
        Ok(Self { source: folder.join(source), name, statements, expectations, pages })
    }

    /// The folder's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The document, relative to the root of the repository.
    #[must_use]
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// What the document says.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// What the proof must say, one a statement.
    #[must_use]
    pub fn expectations(&self) -> &[Expectation] {
        &self.expectations
    }

    /// The words on its pages; empty for a structured file.
    #[must_use]
    pub fn pages(&self) -> &[GoldenPage] {
        &self.pages
    }
}

/// The one file of the folder that is not JSON.
fn only_document(folder: &Path, name: &str) -> Result<PathBuf, FixtureError> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = PathBuf::from(entry?.file_name());
        if file.extension().is_none_or(|extension| extension != "json" && extension != "md") {
            documents.push(file);
        }
    }
    match documents.pop() {
        Some(document) if documents.is_empty() => Ok(document),
        Some(_) | None => Err(FixtureError::Document(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTH: &str = r#"{"kind":"bank_statement","statements":[{
        "account":{"institution":"Harbour Bank","holders":[],"currency":"USD"},"period":{"start":null,"end":null},
        "opening_balance":"1.00","closing_balance":"3.00","totals":{},"verdict":"verified",
        "expect":{"verdict":"verified","proof":"ends","first_broken_row":null},"transactions":[]}]}"#;

    fn load(files: &[(&str, &str)]) -> Result<Vec<Fixture>, FixtureError> {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("fixtures/case");
        std::fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
        Fixture::all(&Repository::at(root.path()))
    }

    #[test]
    fn a_structured_case_is_a_document_and_its_truth() {
        let fixtures = load(&[("statement.csv", "a,b"), ("truth.json", TRUTH)]).unwrap();
        assert_eq!(fixtures[0].source(), Path::new("fixtures/case/statement.csv"));
        assert_eq!(fixtures[0].statements()[0].account.institution.as_deref(), Some("Harbour Bank"));
        assert_eq!(fixtures[0].expectations()[0].verdict, Verdict::Verified);
    }

    #[test]
    fn a_paper_case_has_its_words_too() {
        let words =
            r#"{"pages":[{"page":1,"width":612.0,"height":792.0,"words":[{"text":"A","box":[1,2,3,4]}]}]}"#;
        let fixtures =
            load(&[("statement.pdf", "%PDF"), ("truth.json", TRUTH), ("words.json", words)]).unwrap();
        assert_eq!(fixtures[0].pages()[0].words[0].text, "A");
    }

    #[test]
    fn half_a_case_is_an_error() {
        for files in [
            &[("statement.csv", "")][..],
            &[("truth.json", TRUTH)],
            &[("a.csv", ""), ("b.csv", ""), ("truth.json", TRUTH)],
            &[("statement.csv", ""), ("truth.json", "{}")],
            &[("statement.pdf", ""), ("truth.json", TRUTH)],
        ] {
            assert!(load(files).is_err(), "{files:?}");
        }
    }
}
