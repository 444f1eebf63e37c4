//! The embedded backends: two SQLite files, sealed files, a bell inside the process. Table of contents.

mod audit;
mod bell;
mod database;
mod directory;
mod documents;
mod erase;
mod jobs;
mod key_file;
mod keys;
mod objects;
mod open;
mod outbox;
mod retention;
mod row;
#[cfg(test)]
mod tests;
mod walk;

pub use open::{Durability, Embedded, open_embedded};
