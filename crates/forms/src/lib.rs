#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod appearance;
mod errand;
mod error;
mod facts;
mod fingerprint;
mod flat;
mod form;
mod limits;
mod map;
mod pdf;
mod read;
mod suggest;
mod write;

pub use errand::{
    CopyErrand, Errand, FillErrand, Inspection, MappingText, ReadErrand, packed, read_flat_copy, run_errand,
    unpacked,
};
pub use error::FormError;
pub use facts::{
    ClientFact, FactBook, FactStatus, FactType, FactValue, FactsError, Lead, ValueError, Vocabulary,
};
pub use flat::{PagePicture, Pictures, facts_of_flat_copy, likeness_percent};
pub use form::Form;
pub use limits::FormLimits;
pub use map::{
    FilledForm, FormReading, LeaveReason, LeftOut, Mapping, MappingSet, Plan, facts_of_form, fill_form, plan,
};
pub use suggest::{LIKELY_FROM, SUGGEST_FROM, Suggestion, draft_mapping, suggest};
pub use write::{FieldValue, FillOptions, FillProblem, Filled};
