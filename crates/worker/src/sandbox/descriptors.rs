//! Closing what was inherited. The only `unsafe` of the crate.

use std::io::{Error, Result};

/// Closes every descriptor but standard input, output and error, and makes sure of it.
///
/// Our own descriptors close themselves at `exec`; this is about those that whoever started the program left open.
pub(super) fn close_all_but_pipes() -> Result<()> {
    for descriptor in above_standard()? {
        #[expect(unsafe_code, reason = "no safe call closes a descriptor that nobody in this program owns")]
        // SAFETY: the child has just started and has one thread. Nothing in it owns a descriptor above 2, save the
        // listing below, whose own descriptor is closed by now; closing that number again fails and harms nothing.
        unsafe {
            libc::close(descriptor);
        }
    }
    // The listing itself holds one descriptor while it looks.
    if above_standard()?.len() > 1 { Err(Error::other("descriptors remain open")) } else { Ok(()) }
}

fn above_standard() -> Result<Vec<i32>> {
    let mut descriptors = Vec::new();
    for entry in std::fs::read_dir("/proc/self/fd")? {
        let name = entry?.file_name();
        let descriptor = name.to_str().and_then(|name| name.parse().ok());
        descriptors.push(descriptor.ok_or_else(|| Error::other("a descriptor without a number"))?);
    }
    descriptors.retain(|descriptor| *descriptor > 2);
    Ok(descriptors)
}
