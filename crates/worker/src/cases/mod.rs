//! Cases: documents of one client looked at together. A case is a document of its own, with its own key: its source says
//! which readings of which documents it is made from, and it is erased with the first of them.

mod desk;
mod fault;
mod file;
mod request;

pub(crate) use desk::reading_of;
pub use desk::{CaseDesk, CaseView, CaseWish};
pub use fault::CaseFault;
pub use file::{CaseFile, CaseFileError};
pub(crate) use request::{CaseRequest, CaseSource, PinnedReading};
