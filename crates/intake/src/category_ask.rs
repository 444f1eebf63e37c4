//! Questions about a workspace's categories: the door checks their form and passes them on, because what a rule means is
//! another room's to know.

use serde_json::Value;
use smartexus_domain::DocumentId;

/// A question, or a change that is wished for.
#[derive(Debug, Clone, PartialEq)]
pub enum CategoryAsk {
    /// The rules in their order.
    Rules,
    /// Bring a rule in.
    AddRule {
        /// As the request says it.
        rule: Value,
        /// It came from this document, and goes with it.
        document: Option<DocumentId>,
        /// Where it stands, from 0; `None`: last.
        at: Option<u32>,
        /// The version of the list that the caller knows.
        expected: u64,
    },
    /// Take a rule out.
    RemoveRule {
        /// Its id.
        id: String,
        /// The version of the list that the caller knows.
        expected: u64,
    },
    /// Put the rules into another order.
    OrderRules {
        /// Each id once.
        ids: Vec<String>,
        /// The version of the list that the caller knows.
        expected: u64,
    },
    /// What a rule would change.
    PreviewRule {
        /// As the request says it.
        rule: Value,
    },
    /// Corrections after this number.
    Corrections {
        /// 0 for the first.
        after: u64,
        /// At most so many.
        limit: usize,
    },
    /// A person says what a row is.
    Correct {
        /// The row's document.
        document: DocumentId,
        /// Which of its statements, from 0.
        statement: usize,
        /// The row's `seq`.
        seq: u32,
        /// What it is.
        category: String,
    },
    /// Take a correction back.
    Undo(u64),
    /// Switch learning off, which is an objection, or on.
    SwitchLearning(bool),
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub enum CategoryReply {
    /// What was asked for, as it is shown.
    Shown {
        /// Of the list that it is or speaks of; `None` where it speaks of none.
        version: Option<u64>,
        /// A shape with its schema.
        body: Value,
    },
    /// It is done, and the list's version is this.
    Done(u64),
    /// It could never be meant.
    Refused {
        /// A stable word.
        code: &'static str,
        /// A sentence.
        message: String,
    },
    /// The list was changed meanwhile: its version is this.
    Stale(u64),
    /// There is no such rule, correction, document or row.
    Absent,
    /// The document is erased.
    Gone,
    /// The document has no rows yet.
    NotReady,
}
