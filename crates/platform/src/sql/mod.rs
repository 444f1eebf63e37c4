//! The rows, in SQLite or PostgreSQL: one set of queries for both. Table of contents.
//!
//! Written for the stricter of the two: parameters are `$1`, numbers are 64-bit, instants are milliseconds, ids are
//! text. What differs is in `database` (how a transaction begins) and in [`Tx::locking`](transaction::Tx::locking):
//! SQLite has one writer at a time, so its transactions need no row locks.

mod audit;
mod bells;
mod categories;
mod database;
mod documents;
mod erase;
mod from_row;
mod jobs;
mod keys;
mod log;
mod mappings;
mod migrations;
mod outbox;
mod postgres;
mod retention;
mod row;
mod sources;
mod sqlite;
#[cfg(test)]
mod tests;
mod transaction;

pub(crate) use audit::SqlAudit;
pub(crate) use categories::SqlCategories;
pub(crate) use database::Database;
pub(crate) use documents::SqlDocuments;
pub(crate) use jobs::SqlJobs;
pub(crate) use keys::SqlKeys;
pub(crate) use mappings::SqlMappings;
pub(crate) use migrations::{OF_SQLITE_KEYS, OF_SQLITE_ROWS};
pub(crate) use outbox::SqlOutbox;
pub use postgres::PostgresSettings;
pub(crate) use postgres::{migrate_keys, migrate_rows, open_keys, open_rows};
pub(crate) use retention::SqlRetention;
pub(crate) use sqlite::open as open_sqlite;
