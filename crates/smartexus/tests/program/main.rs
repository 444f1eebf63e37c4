//! The program as people and scripts meet it: commands, streams, exit codes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it means by ending")]

mod bad_input;
mod case;
mod doctor;
mod endpoint;
mod exit_codes;
mod forms;
mod interrupt;
mod json;
mod learn;
mod output;
mod passwords;
mod report;
mod rules;
mod schemas;
mod serve;
mod streams;
mod support;
