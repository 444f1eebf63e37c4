//! The sandbox and the worker, with this very binary as the sandboxed child: hence its own `main`.

#![expect(clippy::expect_used, clippy::panic, reason = "all of this binary is tests")]

mod canary;
mod doubles;
mod faults;
mod house;
mod journey;
mod parts;
mod sandbox;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A child is told its role by its first argument, before anything else happens.
    let role = std::env::args().nth(1).unwrap_or_default();
    if let Some(child) = doubles::child(&role) {
        return child();
    }
    let mut trials = Vec::new();
    trials.extend(sandbox::trials());
    trials.extend(journey::trials());
    trials.extend(parts::trials());
    trials.extend(faults::trials());
    trials.extend(canary::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test that needs the runtime; panics are failures.
fn trial<F: Future<Output = ()> + 'static>(name: &str, test: fn() -> F) -> Trial {
    Trial::test(name, move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(test());
        Ok(())
    })
}
