//! A case: what the documents of one client say together.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what it means by ending")]

mod accounts;
mod book;
mod claims;
mod named;
mod property;
mod transfers;
