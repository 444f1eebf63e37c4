//! Questions about forms: the door checks their shape and passes them on, because what a form means is another room's to
//! know.

use jiff::Timestamp;
use smartexus_domain::DocumentId;
use smartexus_platform::port::{Accepted, Document, TraceParent};
use std::collections::BTreeMap;

/// A question, or a form that is wished for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormAsk {
    /// Fill a blank.
    Fill(FormWish),
    /// A new form in place of one, with other words of a person.
    Edit {
        /// The form as it stands.
        form: DocumentId,
        /// By full field name; `None` takes a word back.
        edits: BTreeMap<String, Option<String>>,
        /// The trace it belongs to.
        trace: Option<TraceParent>,
    },
    /// How a form stands.
    Look(DocumentId),
    /// Read a mapping, and hold it against the fields of a blank.
    Check {
        /// As it would stand in a file.
        mapping: String,
        /// An uploaded blank.
        blank: Option<DocumentId>,
    },
    /// The mappings that the workspace keeps.
    Mappings,
    /// One of them, by name.
    ShowMapping(String),
    /// Keep one.
    KeepMapping {
        /// As it would stand in a file.
        mapping: String,
        /// An uploaded blank that it has to fit.
        blank: Option<DocumentId>,
    },
    /// Take one out, by name.
    RemoveMapping(String),
}

/// What a request says of the form that it wishes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormWish {
    /// An uploaded blank.
    pub blank: DocumentId,
    /// Documents whose facts answer.
    pub documents: Vec<DocumentId>,
    /// A case: its documents answer, and its figures.
    pub case: Option<DocumentId>,
    /// `smartexus.facts/1`, as text.
    pub facts: Option<String>,
    /// A mapping, as text.
    pub mapping: Option<String>,
    /// A person's own words, by full field name.
    pub edits: BTreeMap<String, String>,
    /// Every field becomes read-only.
    pub lock: bool,
    /// The answers become part of the pages.
    pub flatten: bool,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormReply {
    /// It is accepted.
    Made(Accepted),
    /// Here it is.
    Shown(Box<FormShown>),
    /// The mapping was read.
    Checked {
        /// Name and version, where it reads.
        mapping: Option<(String, u32)>,
        /// What is wrong with it, with lines and carets.
        faults: Option<String>,
    },
    /// Here they are.
    Mappings {
        /// What answers blanks.
        mappings: Vec<MappingShown>,
        /// What this program does not read any more.
        unread: Vec<UnreadMappingShown>,
    },
    /// Here it is, as it is kept now.
    Mapping(Box<MappingShown>),
    /// It is taken out.
    Removed,
    /// No mapping of this name is kept.
    NoMapping,
    /// It could never be meant.
    Refused {
        /// A stable word.
        code: &'static str,
        /// A sentence, or several with carets.
        message: String,
    },
    /// There is no such document or form.
    Absent(DocumentId),
    /// It is erased.
    Gone(DocumentId),
    /// It is still at work.
    NotReady(DocumentId),
}

/// A form as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormShown {
    /// Its row.
    pub document: Document,
    /// The blank.
    pub blank: DocumentId,
    /// Documents whose facts answer.
    pub documents: Vec<DocumentId>,
    /// The case whose figures answer.
    pub case: Option<DocumentId>,
    /// The form that this one takes the place of.
    pub revises: Option<DocumentId>,
    /// Counts the forms of one chain, from 1.
    pub version: u32,
    /// A person's own words.
    pub edits: BTreeMap<String, String>,
    /// Names for `/artifacts/{name}`.
    pub artifacts: Vec<String>,
}

/// A mapping that the workspace keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingShown {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// What the form is called.
    pub title: String,
    /// Its edition, as printed.
    pub edition: String,
    /// When it was kept.
    pub at: Timestamp,
    /// As it stands in a file.
    pub text: String,
}

/// A mapping that is kept and does not read any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadMappingShown {
    /// By which it is taken out.
    pub name: String,
    /// When it was kept.
    pub at: Timestamp,
    /// What is wrong with it, with lines and carets.
    pub faults: String,
    /// As it was given.
    pub text: String,
}
