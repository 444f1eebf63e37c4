//! What is made from sums: what is left of a month, rules beside figures, statements for people.

mod affordability;
mod cash_flow;
mod household;
mod profit;
mod rules;
mod statement;

pub(crate) use affordability::affordability;
pub(crate) use rules::prequalification;
pub(crate) use statement::statements;
