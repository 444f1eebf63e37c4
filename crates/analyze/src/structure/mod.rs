//! Structure in the flow: what comes again, who pays, whom one owes, what nobody sent.

mod cadence;
mod income;
mod missing;
mod position;
mod position_events;
mod series;
mod tagged;

pub(crate) use income::income_streams;
pub(crate) use missing::missing_accounts;
pub(crate) use position::{Positions, positions};
pub(crate) use series::recurring;
pub(crate) use tagged::tagged;
