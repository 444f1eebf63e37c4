//! The door before a real embedded platform.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

mod api;
mod canary;
mod cases;
mod categories;
mod forms;
mod house;
mod socket;
mod trace;
