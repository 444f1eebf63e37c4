//! Questions about cases: the door checks their form and passes them on, because what can be made of documents is another
//! room's to know.

use smartexus_domain::DocumentId;
use smartexus_platform::port::{Accepted, Document, TraceParent};

/// A question, or a case that is wished for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseAsk {
    /// Put these documents together.
    Make(CaseWish),
    /// How a case stands.
    Look(DocumentId),
}

/// What a request says of the case that it wishes for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseWish {
    /// Which documents.
    pub documents: Vec<DocumentId>,
    /// The pipeline of cases.
    pub pipeline: Option<String>,
    /// Which files are written.
    pub formats: Option<Vec<String>>,
    /// How the reports are headed.
    pub title: Option<String>,
    /// For QBO files.
    pub bank_id: Option<String>,
    /// Write files that have no place for a verdict although not everything is proved.
    pub allow_unverified: bool,
    /// What changes figures.
    pub choices: Option<String>,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseReply {
    /// It is accepted.
    Made(Accepted),
    /// Here it is.
    Shown(Box<CaseShown>),
    /// It could never be meant.
    Refused {
        /// A stable word.
        code: &'static str,
        /// A sentence.
        message: String,
    },
    /// There is no such document or case.
    Absent(DocumentId),
    /// It is erased.
    Gone(DocumentId),
    /// The document is still at work.
    NotReady(DocumentId),
}

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseShown {
    /// Its row.
    pub document: Document,
    /// What it is made from.
    pub documents: Vec<DocumentId>,
    /// One of them reads otherwise since.
    pub outdated: bool,
    /// How the reports are headed.
    pub title: Option<String>,
    /// Names for `/artifacts/{name}`.
    pub artifacts: Vec<String>,
}
