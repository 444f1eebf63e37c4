//! Figures of whole cases: by hand, by properties, and against another implementation.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod by_hand;
mod draft;
mod properties;
mod random;
mod recompute;
mod structure;
