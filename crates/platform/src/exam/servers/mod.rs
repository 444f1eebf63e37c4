//! The servers of a fleet that run on this machine, a place of one's own on each, and a wire to them that can be cut.
//! A server that is missing is a failure, never a test that is left out. Table of contents.

mod broker;
mod database;
mod wire;

#[cfg(test)]
pub(crate) use broker::outside;
pub use broker::{FreshNames, broker_url};
pub use database::{FreshDatabase, postgres_url};
pub use wire::{Proxy, Wire};

/// Finishes this, wherever the caller is: inside a runtime or outside, and while it unwinds.
fn finish<F: Future<Output = ()>>(work: impl FnOnce() -> F + Send + 'static) {
    let working = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work());
    });
    // What is left behind has a name of its own, and must not hide why a test failed.
    drop(working.join());
}

/// Where a server is: a setting of the machine that tests run on.
#[expect(clippy::disallowed_methods, reason = "not a setting of the program")]
fn setting(name: &str, otherwise: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}
