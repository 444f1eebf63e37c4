//! Claim, run, record, announce.

mod ending;
mod figures;
mod forms;
mod heap;
mod leases;
mod review;
mod settle;
mod stages;
mod tally;
mod worker;
mod written;

pub(crate) use review::needs_person;
pub use worker::{Halted, Worker};
