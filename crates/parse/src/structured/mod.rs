//! Formats that say what their fields mean: MT940, CAMT, OFX, QIF, BAI2, aggregator JSON.
//!
//! Every reader makes [`ledger::Ledger`]s, and [`settle`] proves them by the rules that hold for paper.

mod aggregator;
mod bai2;
mod camt;
mod exact;
mod ledger;
mod loose;
mod markup;
mod mt940;
mod notes;
mod ofx;
mod qif;
mod settle;

pub(crate) use aggregator::read as read_aggregator;
pub(crate) use bai2::read as read_bai2;
pub(crate) use camt::read as read_camt;
pub(crate) use exact::{folded, is_folded};
pub(crate) use markup::named as named_entity;
pub(crate) use mt940::read as read_mt940;
pub(crate) use ofx::read as read_ofx;
pub(crate) use qif::read as read_qif;
