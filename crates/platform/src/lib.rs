#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accept;
mod artifact;
mod error;
mod metadata;
pub mod port;
mod sealing;
mod secret;
mod world;

pub use accept::Submission;
pub use error::{KeyFault, PlatformError, Result};
pub use metadata::Metadata;
pub use secret::{Secret, SecretBytes};
pub use world::World;
