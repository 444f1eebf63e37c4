//! A fixture: one folder a case, with a document and what it really says.

use crate::Repository;
use serde::Deserialize;
use smartexus_domain::{Rect, Statement, Verdict};
use std::path::{Path, PathBuf};

/// Folders of `fixtures/` that hold no cases.
const NOT_CASES: [&str; 2] = ["hostile", "wire"];

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
