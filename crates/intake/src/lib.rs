#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod about;
mod admission;
mod config;
mod documents;
mod download;
mod endpoint;
mod erase;
mod form;
mod guard;
mod health;
mod neighbours;
mod observe;
mod pressure;
mod problem;
mod serve;
mod shape;
mod state;
mod upload;

pub use config::{IntakeConfig, IntakeLimits, PipelineOffer};
pub use endpoint::router;
pub use neighbours::{ErasureReply, Neighbours, NotReady};
pub use problem::ProblemCode;
pub use serve::{Intake, IntakeError};
