//! A real S3 server for tests: the protocol, on loopback, over files in a throw-away folder. Table of contents.

mod counter;
mod server;
mod shop;

pub use server::S3Server;
pub use shop::S3Kind;
