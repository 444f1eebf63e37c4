#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod dice;
pub mod http;
mod program;
mod repository;

pub use dice::Dice;
pub use program::{Program, ProgramError};
pub use repository::Repository;
