//! What the allocator keeps of a large document is given back to the system before the next one.

use crate::sandbox::give_back_memory;
use std::sync::atomic::{AtomicU64, Ordering};

/// Growth that is worth a walk over the heap.
const WORTH_BYTES: u64 = 8 * 1024 * 1024;
/// What the kernel counts in, nearly everywhere; elsewhere the walk comes somewhat earlier or later.
const PAGE_BYTES: u64 = 4096;

/// How much memory this process held when it last gave some back.
#[derive(Debug, Default)]
pub(super) struct Heap {
    held_bytes: AtomicU64,
}

impl Heap {
    /// Called between jobs.
    pub(super) fn tidy(&self) {
        let Some(resident) = resident_bytes() else { return };
        if resident > self.held_bytes.load(Ordering::Relaxed).saturating_add(WORTH_BYTES) {
            give_back_memory();
            self.held_bytes.store(resident_bytes().unwrap_or(resident), Ordering::Relaxed);
        }
    }
}

/// `None` where the system does not say.
fn resident_bytes() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split(' ').nth(1)?.parse::<u64>().ok()?.saturating_mul(PAGE_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_large_document_took_is_given_back() {
        let heap = Heap::default();
        heap.tidy();
        let Some(before) = resident_bytes() else { return };
        // Small pieces with one between them that stays: freed, they are kept by the allocator.
        let mut pieces: Vec<Vec<u8>> = (0..40_000).map(|_| vec![1; 1024]).collect();
        let last = pieces.split_off(pieces.len() - 1);
        assert!(resident_bytes().unwrap() > before + 2 * WORTH_BYTES);
        drop(pieces);
        heap.tidy();
        assert!(resident_bytes().unwrap() < before + 2 * WORTH_BYTES);
        drop(last);
    }
}
