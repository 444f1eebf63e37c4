//! The ledgers of a case, with what is known of each row, the days that are covered and what stood there.

mod account;
mod balance;
mod book;
mod role;
mod row;

pub(crate) use account::Account;
pub(crate) use balance::DayBalance;
pub(crate) use book::{Book, code};
pub(crate) use row::{Row, RowIndex};
