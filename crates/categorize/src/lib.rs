#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod clean;
mod corrections;
mod decide;
mod direction;
mod embedded;
mod evidence;
mod features;
mod fold;
mod hash;
mod lexicon;
mod memory;
mod merchants;
mod model;
mod phrases;
mod processors;
mod questions;
mod rulebook;
mod rules;
mod rules_file;
mod strength;
mod tags;
mod taxonomy;
mod title;
#[doc(hidden)]
pub mod training;
mod vocabulary;
mod workspace;

pub use corrections::{CORRECTIONS_MAX, Correction, Corrections};
pub use decide::{Categorizer, ReadingRow, categorize, categorize_for, categorize_row, rows_of};
pub use direction::{AccountSide, Direction, RowWords};
pub use questions::{
    ANSWER_CONFIDENCE_MAX, ASK_BELOW, Answer, Answers, PROMPT_VERSION, Prompt, QUESTIONS_PER_CALL, Question,
    prompt, questions, read_reply, take_answers,
};
pub use rulebook::{Rulebook, RulebookError, RulebookText};
pub use smartexus_domain::CategoryId;
pub use strength::Strength;
pub use tags::RowTag;
pub use taxonomy::{Leaf, LeafDirection, Taxonomy};
pub use workspace::{
    RULE_ID_CHARS_MAX, RULES_MAX, TERM_CHARS_MAX, TERMS_MAX, Touched, Workspace, WorkspaceError,
    WorkspaceRule, WorkspaceRules,
};
