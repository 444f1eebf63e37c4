#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
pub mod port;
mod secret;
mod world;

pub use error::{KeyFault, PlatformError, Result};
pub use secret::{Secret, SecretBytes};
pub use world::World;
