#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accept;
mod artifact;
mod backends;
mod embedded;
mod error;
#[cfg(any(test, feature = "exam"))]
pub mod exam;
mod metadata;
pub mod port;
mod sealing;
mod secret;
mod sql;
pub mod telemetry;
mod world;

pub use accept::Submission;
pub use backends::{Backends, RowStore, create_key_file, open_embedded};
pub use embedded::Durability;
pub use error::{KeyFault, PlatformError, Result, SchemaFault};
pub use metadata::Metadata;
pub use secret::{Secret, SecretBytes};
pub use sql::PostgresSettings;
pub use world::World;
