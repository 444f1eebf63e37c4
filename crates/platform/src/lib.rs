#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accept;
mod artifact;
mod embedded;
mod error;
#[cfg(any(test, feature = "exam"))]
pub mod exam;
mod metadata;
pub mod port;
mod sealing;
mod secret;
pub mod telemetry;
mod world;

pub use accept::Submission;
pub use embedded::{Durability, Embedded, open_embedded};
pub use error::{KeyFault, PlatformError, Result};
pub use metadata::Metadata;
pub use secret::{Secret, SecretBytes};
pub use world::World;
