//! The cache in Redis: the exam, there and away, and what only Redis can do to us. Table of contents.

mod exam;
mod memory;
mod outage;
mod server;
mod settings;
mod tls;
