//! A bell that loses some rings and repeats others.

use crate::chance::Chance;
use async_trait::async_trait;
use smartexus_domain::StageKind;
use smartexus_platform::Result;
use smartexus_platform::port::{Doorbell, Listener, Ring};
use std::sync::{Arc, Mutex, PoisonError};

/// Of a hundred rings.
const LOST: u64 = 20;
const REPEATED: u64 = 20;

/// How the bell does: as a seed says, or well.
#[derive(Default)]
pub(crate) struct Mood(Mutex<(Option<Chance>, u64)>);

impl Mood {
    /// From now on.
    pub(crate) fn turn(&self, chance: Option<Chance>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (chance, 0);
    }

    /// How often the next ring rings.
    fn times(&self) -> usize {
        let mut mood = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(chance), number) = &mut *mood else { return 1 };
        *number += 1;
        match chance.of(*number).below(100) {
            thrown if thrown < LOST => 0,
            thrown if thrown < LOST + REPEATED => 2,
            _ => 1,
        }
    }
}

pub(crate) struct MoodyBell {
    pub(crate) inner: Arc<dyn Doorbell>,
    pub(crate) mood: Arc<Mood>,
}

#[async_trait]
impl Doorbell for MoodyBell {
    async fn ring(&self, ring: &Ring) -> Result<()> {
        for _ in 0..self.mood.times() {
            self.inner.ring(ring).await?;
        }
        Ok(())
    }

    fn listen(&self, stages: &[StageKind]) -> Box<dyn Listener> {
        self.inner.listen(stages)
    }

    fn is_shared(&self) -> bool {
        self.inner.is_shared()
    }

    async fn check(&self) -> Result<()> {
        self.inner.check().await
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}
