#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod amount;
mod category;
mod currency;
mod date;
mod document;
mod failure;
mod fault;
mod finding;
mod id;
mod money;
mod page;
mod proof;
mod reading;
mod result;
mod retention;
mod statement;


pub use category::{CategoryId, Categorization};
pub use currency::Currency;

pub use document::{DocumentKind, DocumentSource, DocumentState, MediaType, StageKind};
pub use failure::{Failure, FailureCode};
pub use fault::FaultVerdict;
pub use finding::{Finding, Severity, Signal};
pub use id::{DocumentId, JobId, WorkspaceId};
pub use money::{Money, MoneyError};
pub use page::{FileFacts, Page, PageMethod, Pages, Rect, Word};

pub use reading::Reading;
pub use result::{DocumentFacts, PagesOutput, PagesOutputPage, PagesOutputWord, ResultStatus, StatementResult};
pub use retention::RetentionClass;
pub use statement::{
    Account, Check, CheckName, Fact, Method, Outcome, Period, Proof, Repair, Source, Statement, Totals,
    Transaction, Verdict,
};
