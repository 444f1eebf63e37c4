#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod class;
mod classes;
mod clock_guard;
mod erase;
mod health;
mod length;
mod observe;
mod orphans;
mod plan;
mod report;
mod sweeper;
mod turn;

pub use class::{ClassRule, Jurisdiction, JurisdictionError, Rounding, SignOff, TextChecked};
pub use classes::Classes;
pub use clock_guard::ClockJump;
pub use health::{SweepHealth, SweepTrouble};
pub use length::{Length, LengthError};
pub use plan::{DocumentFacts, Plan, PlanEntry, Reason, plan};
pub use report::{Orphans, SweepFailure, SweepReport};
pub use sweeper::{ErasureAnswer, SweepConfig, Sweeper};
