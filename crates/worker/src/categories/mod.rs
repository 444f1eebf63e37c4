//! What a workspace knows about categories: kept by the platform, understood by `categorize`, edited here. Table of contents.

mod asking;
mod corrections;
mod desk;
mod fault;
mod kept;
mod known;
mod preview;

pub(crate) use asking::Endpoint;
pub use asking::EndpointPolicy;
pub use corrections::{CorrectionAsk, CorrectionView, CorrectionsView};
pub use desk::{CategoryDesk, RuleView, RulesView};
pub use fault::CategoryFault;
pub(crate) use known::Known;
pub use preview::{PREVIEW_CHANGES_SHOWN, PREVIEW_DOCUMENTS_MAX, PREVIEW_ROWS_MAX, RuleChange, RulePreview};
