#![doc = include_str!("../README.md")]

pub mod pipeline;
pub mod sandbox;
