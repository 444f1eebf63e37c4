#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod about;
mod admission;
mod body;
mod case_ask;
mod cases;
mod category_ask;
mod config;
mod corrections;
mod documents;
mod download;
mod endpoint;
mod erase;
mod form;
mod form_ask;
mod forms;
mod guard;
mod health;
mod mappings;
mod neighbours;
mod observe;
mod pressure;
mod problem;
mod rules;
mod serve;
mod shape;
mod state;
mod upload;
mod versions;

pub use case_ask::{CaseAsk, CaseReply, CaseShown, CaseWish};
pub use category_ask::{CategoryAsk, CategoryReply};
pub use config::{IntakeConfig, IntakeLimits, PipelineOffer};
pub use endpoint::router;
pub use form_ask::{FormAsk, FormReply, FormShown, FormWish, MappingShown, UnreadMappingShown};
pub use neighbours::{ErasureReply, Neighbours, NotReady};
pub use problem::ProblemCode;
pub use serve::{Intake, IntakeError};
