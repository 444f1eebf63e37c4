//! Forms: a blank that somebody brought, and what it is answered from. A filled form is a document of its own, with its own
//! key; it is erased with the blank and with the first of the documents whose facts it holds. An edit is a new form that
//! names the one before it: nothing that was shown once changes.

mod case;
mod desk;
mod fault;
mod mappings;
mod own;
mod request;

pub use desk::{FormDesk, FormView, FormWish, MappingCheck};
pub use fault::FormFault;
pub use mappings::built_in as built_in_mappings;
pub use own::{OwnMapping, OwnMappings, UnreadMapping};
pub(crate) use request::{FilledSource, FormRequest};

/// What is told of a blank, `smartexus.blank/1`.
pub(crate) const INSPECTION: &str = "form/inspection";
/// A mapping to look over.
pub(crate) const DRAFT: &str = "form/mapping.yaml";
/// `smartexus.form/1`.
pub(crate) const RESULT: &str = "form/result";
/// The filled file.
pub(crate) const FILLED: &str = "form/filled.pdf";
