//! How much may be under way at once. Above it the answer is 503 at once, never a hang.

use crate::IntakeLimits;
use crate::problem::{Problem, ProblemCode};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Counts uploads and the bytes they announced.
#[derive(Debug)]
pub(crate) struct Admission {
    uploads: Arc<Semaphore>,
    blocks: Arc<Semaphore>,
    blocks_max: u32,
}

/// A place for one upload; it is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Admitted {
    _upload: OwnedSemaphorePermit,
    _blocks: OwnedSemaphorePermit,
}

/// Bytes are counted in blocks, because a semaphore counts no further than 32 bits at a time.
const BLOCK_BYTES: u64 = 64 * 1024;

impl Admission {
    pub(crate) fn new(limits: &IntakeLimits) -> Self {
        let blocks_max =
            u32::try_from(limits.bytes_in_flight.div_ceil(BLOCK_BYTES)).unwrap_or(u32::MAX).max(1);
        Self {
            uploads: Arc::new(Semaphore::new(limits.uploads.min(Semaphore::MAX_PERMITS))),
            blocks: Arc::new(Semaphore::new(usize::try_from(blocks_max).unwrap_or(1))),
            blocks_max,
        }
    }

    /// A place for an upload of so many bytes. One that is larger than everything allowed at once may come alone.
    pub(crate) fn admit(&self, announced_bytes: u64) -> Result<Admitted, Problem> {
        let busy = |_| Problem::new(ProblemCode::Busy);
        let wanted = u32::try_from(announced_bytes.div_ceil(BLOCK_BYTES)).unwrap_or(u32::MAX);
        let blocks = wanted.clamp(1, self.blocks_max);
        Ok(Admitted {
            _upload: Arc::clone(&self.uploads).try_acquire_owned().map_err(busy)?,
            _blocks: Arc::clone(&self.blocks).try_acquire_many_owned(blocks).map_err(busy)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(uploads: usize, blocks: u64) -> Admission {
        let bytes_in_flight = blocks * BLOCK_BYTES;
        Admission::new(&IntakeLimits { uploads, bytes_in_flight, ..IntakeLimits::default() })
    }

    #[test]
    fn uploads_up_to_the_limit_and_not_one_more() {
        let admission = admission(2, 100);
        let first = admission.admit(1).expect("the first");
        let _second = admission.admit(1).expect("the second");
        assert_eq!(admission.admit(1).expect_err("the third").code, ProblemCode::Busy);
        drop(first);
        admission.admit(1).expect("a place is free again");
    }

    #[test]
    fn bytes_up_to_the_limit_and_not_one_more() {
        let admission = admission(9, 4);
        let _three = admission.admit(3 * BLOCK_BYTES).expect("three blocks");
        assert!(admission.admit(BLOCK_BYTES + 1).is_err());
        let _fourth = admission.admit(BLOCK_BYTES).expect("the fourth block");
        assert!(admission.admit(0).is_err());
    }

    #[test]
    fn a_giant_may_come_alone() {
        let admission = admission(9, 4);
        let giant = admission.admit(u64::MAX).expect("alone");
        assert!(admission.admit(1).is_err());
        drop(giant);
        let _small = admission.admit(1).expect("small");
        assert!(admission.admit(u64::MAX).is_err());
    }
}
