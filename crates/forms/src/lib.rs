#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod appearance;
mod errand;
mod error;
mod facts;
mod fingerprint;
mod form;
mod limits;
mod map;
mod pdf;
mod read;
mod suggest;
mod write;

pub use errand::{Errand, FillErrand, Inspection, MappingText, packed, run_errand, unpacked};
pub use error::FormError;
pub use facts::{
    ClientFact, FactBook, FactStatus, FactType, FactValue, FactsError, Lead, ValueError, Vocabulary,
};
pub use form::Form;
pub use limits::FormLimits;
pub use map::{FilledForm, LeaveReason, Mapping, MappingSet, Plan, fill_form, plan};
pub use suggest::{LIKELY_FROM, SUGGEST_FROM, Suggestion, draft_mapping, suggest};
pub use write::{FieldValue, FillOptions, FillProblem, Filled};
