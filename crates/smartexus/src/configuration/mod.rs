//! Configuration: defaults < `smartexus.toml` < `SMARTEXUS_*` < flags, read once, all faults at once.

mod environment;
mod fault;
mod file;
mod fleet;
mod key;
mod layers;
mod values;

pub(crate) use environment::Environment;
pub(crate) use fault::Origin;
pub(crate) use fleet::{Bucket, Fleet};
pub(crate) use key::Key;
pub(crate) use layers::{Flags, Layers};
pub(crate) use values::{Configuration, Endpoint, LogStyle};
