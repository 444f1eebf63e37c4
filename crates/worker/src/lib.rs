#![doc = include_str!("../README.md")]

pub mod cases;
pub mod categories;
#[cfg(feature = "exam")]
pub mod exam;
pub mod forms;
pub mod pipeline;
pub mod result;
pub mod sandbox;
mod work;

pub use work::{Halted, Worker};
