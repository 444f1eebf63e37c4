//! Closing what was inherited.

use super::raw;
use std::io::{Error, Result};

/// The first descriptor that is not standard input, output or error.
const FIRST: u32 = 3;

/// Closes every descriptor but standard input, output and error.
///
/// Our own descriptors close themselves at `exec`; this is about those that whoever started the program left open, and
/// about what a child has from its nursery.
pub(super) fn close_all_but_pipes() -> Result<()> {
    raw::close_from(FIRST)
}

/// Whether nothing but standard input, output and error is open. The listing itself holds one descriptor while it looks.
pub(super) fn only_pipes_are_open() -> Result<bool> {
    let mut above: usize = 0;
    for entry in std::fs::read_dir("/proc/self/fd")? {
        let name = entry?.file_name();
        let descriptor: Option<u32> = name.to_str().and_then(|name| name.parse().ok());
        let descriptor = descriptor.ok_or_else(|| Error::other("a descriptor without a number"))?;
        above = above.saturating_add(usize::from(descriptor >= FIRST));
    }
    Ok(above <= 1)
}
