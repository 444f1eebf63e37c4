//! Every test of the whole, in one program: one link instead of six.

#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails; what it counted is printed"
)]

mod bank_files;
mod cases;
mod designs;
mod golden;
mod hostile;
mod journey;
mod kill;
mod kinds;
mod lies;
mod mutation;
mod page_numbers;
mod scans;
mod signals;
mod stage;
mod thrown;
mod tidy;
