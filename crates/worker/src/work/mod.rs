//! Claim, run, record, announce.

mod ending;
mod heap;
mod leases;
mod review;
mod settle;
mod stages;
mod tally;
mod worker;

pub(crate) use review::needs_person;
pub use worker::{Halted, Worker};
