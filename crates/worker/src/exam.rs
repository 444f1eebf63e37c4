//! What crosses the wall between parent and child, for tests that throw bytes at it. The program has none of it.

/// Reads one frame, of at most so many bytes; says its tag and how long it was.
#[must_use]
pub fn frame(wire: &[u8], limit: u64) -> Option<(u8, usize)> {
    crate::sandbox::frame(wire, limit)
}
