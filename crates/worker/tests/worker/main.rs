//! The sandbox and the worker, with this very binary as the sandboxed child: hence its own `main`.

#![expect(clippy::expect_used, clippy::panic, reason = "all of this binary is tests")]

mod bell;
mod canary;
mod cases;
mod categories;
mod chance;
mod chaos;
mod doubles;
mod endpoint;
mod faults;
mod forms;
mod harmed;
mod house;
mod invariants;
mod journey;
mod lane;
mod parts;
mod place;
mod process;
mod sandbox;
mod storm;

use futures::FutureExt as _;
use libtest_mimic::{Arguments, Trial};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    // A child is told its role by its first argument, before anything else happens.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(child) = words.first().and_then(|role| doubles::child(role)) {
        return child();
    }
    if let [seeds, backing, which @ ..] = words.as_slice()
        && seeds == "seeds"
    {
        return throw(backing, which);
    }
    let mut trials = Vec::new();
    trials.extend(sandbox::trials());
    trials.extend(journey::trials());
    trials.extend(parts::trials());
    trials.extend(cases::trials());
    trials.extend(categories::trials());
    trials.extend(endpoint::trials());
    trials.extend(forms::trials());
    trials.extend(faults::trials());
    trials.extend(chaos::trials());
    trials.extend(canary::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Throws seeds: one that failed, or more than the tests do.
///
/// ```text
/// cargo test -p smartexus-worker --test worker -- seeds fleet 17 17 17
/// cargo test -p smartexus-worker --test worker -- seeds embedded 1..1000
/// ```
fn throw(backing: &str, which: &[String]) -> ExitCode {
    let backing = backing.parse().unwrap_or_else(|error| panic!("{error}"));
    let number =
        |word: &str| word.parse::<u64>().expect("a seed is a number, and many are two with `..` between");
    let mut seeds = Vec::new();
    for word in which {
        match word.split_once("..") {
            Some((from, to)) => seeds.extend(number(from)..number(to)),
            None => seeds.push(number(word)),
        }
    }
    runtime().expect("a runtime").block_on(chaos::throw(backing, seeds));
    ExitCode::SUCCESS
}

fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// A test that needs the runtime; panics are failures.
fn trial<F: Future<Output = ()>>(name: &str, test: impl FnOnce() -> F + Send + 'static) -> Trial {
    Trial::test(name, move || {
        runtime()?.block_on(test());
        Ok(())
    })
}

/// What a test that passed has covered.
#[expect(clippy::print_stdout, reason = "where a test tells what it did")]
fn say(what: &str) {
    println!("{what}");
}

/// Says beside a panic what it was about.
async fn about<T>(what: impl FnOnce() -> String, work: impl Future<Output = T>) -> T {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|panic| {
        #[expect(clippy::print_stderr, reason = "where a failed test is explained")]
        {
            eprintln!("{}", what());
        }
        std::panic::resume_unwind(panic)
    })
}
