#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod analyst;
mod analyze;
mod choices;
mod choices_file;
mod day;
mod decimal;
mod error;
mod exact;
mod facet;
mod id;
mod ledger;
mod lenders;
mod limits;
mod made;
mod metric;
mod rows;
mod scope;
mod structure;
mod sums;
mod taxonomy;

pub use analyst::Analyst;
pub use analyze::{FORMULAS, analyze};
pub use choices::{
    BenchmarkChoice, Choices, DeclaredAmounts, FeeDivisors, Operator, RevenueClass, RevenueMoves, Rule,
};
pub use decimal::{Number, NumberError};
pub use error::AnalyzeError;
pub use limits::Limits;
pub use rows::CaseRows;
