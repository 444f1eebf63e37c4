//! The ways in which the wire breaks, and how long it takes until something is heard again.

use super::ringing::Ringers;
use super::tap::Tap;
use super::wire::{Mode, Wire};
use crate::storm::fleet;
use crate::storm::plan::Plan;
use anyhow::ensure;
use smartexus_simulation::Dice;
use std::time::{Duration, Instant};

/// A break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Every connection is reset, and each new one for a moment.
    Cut,
    /// Nothing passes for longer than anybody waits; nobody is told.
    Silent,
    /// What is open falls silent for ever; new connections pass at once.
    HalfOpen,
    /// The broker stops, and starts again.
    Stop,
}

/// What came of a break.
pub(super) struct Measured {
    pub(super) kind: Break,
    /// Until something was heard again; `None` when nothing was, in time.
    pub(super) back: Option<Duration>,
    /// Rings that failed meanwhile.
    pub(super) failed: usize,
}

/// Longer than the product waits for an answer: both its connections are given up by then.
const SILENCE: Duration = Duration::from_secs(8);
/// How long it is waited for something to be heard again.
const HEAR_LIMIT: Duration = Duration::from_secs(30);
/// How long a break may wait for its rings.
const RING_LIMIT: Duration = Duration::from_secs(60);

impl Break {
    pub(super) const ALL: [Self; 4] = [Self::Cut, Self::Silent, Self::HalfOpen, Self::Stop];

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Silent => "silent for 8 s",
            Self::HalfOpen => "half-open",
            Self::Stop => "broker stops",
        }
    }

    /// From when on the time counts.
    pub(super) const fn since(self) -> &'static str {
        match self {
            Self::Cut => "since the cut wire was whole",
            Self::Silent => "since the silence ended",
            Self::HalfOpen => "since the wire was half open",
            Self::Stop => "since the broker had started",
        }
    }

    /// A tenth of all are silent and a tenth half open, some are stops, the rest cuts, in any order.
    fn series(count: usize, stops: usize, dice: &mut Dice) -> Vec<Self> {
        let stops = stops.min(count);
        let tenth = (count - stops) / 10;
        let mut series = vec![Self::Stop; stops];
        series.extend([Self::Silent, Self::HalfOpen].into_iter().flat_map(|kind| vec![kind; tenth]));
        series.resize(count, Self::Cut);
        for last in (1..series.len()).rev() {
            series.swap(last, dice.below(last + 1));
        }
        series
    }

    /// Breaks the wire and mends it. Returns since when the broker can be reached.
    async fn happen(self, wire: &Wire, dice: &mut Dice) -> anyhow::Result<Instant> {
        match self {
            Self::Cut => {
                wire.set(Mode::Cut);
                tokio::time::sleep(Duration::from_millis(50 + dice.below(450) as u64)).await;
                wire.set(Mode::Whole);
                Ok(Instant::now())
            }
            Self::Silent => {
                wire.set(Mode::Silent);
                tokio::time::sleep(SILENCE).await;
                wire.set(Mode::Whole);
                Ok(Instant::now())
            }
            Self::HalfOpen => {
                wire.set(Mode::Silent);
                let fell = Instant::now();
                wire.set(Mode::Whole);
                Ok(fell)
            }
            Self::Stop => {
                let stopping = || fleet::run("rabbitmqctl", &["-q", "stop_app"]);
                tokio::task::spawn_blocking(stopping).await??;
                let starting = || fleet::run("rabbitmqctl", &["-q", "start_app"]);
                tokio::task::spawn_blocking(starting).await??;
                Ok(Instant::now())
            }
        }
    }
}

/// Breaks the wire again and again, each time in the middle of ringing.
pub(super) async fn strike(
    plan: &Plan,
    wire: &Wire,
    tap: &Tap,
    ringers: &Ringers,
) -> anyhow::Result<Vec<Measured>> {
    let mut dice = Dice::seeded(plan.seed);
    let mut measured = Vec::new();
    // Half of them before the break, half when the wire is mended: there is always something to hear.
    let share = plan.documents / plan.blows / 2;
    ensure!(share > 0, "fewer than two rings a break");
    for kind in Break::series(plan.blows, plan.stops, &mut dice) {
        let before = ringers.confirmed();
        ringers.allow(ringers.allowed() + share);
        let moment = before + (ringers.allowed() - before) * (10 + dice.below(40)) / 100;
        let deadline = Instant::now() + RING_LIMIT;
        while ringers.confirmed() < moment {
            ensure!(Instant::now() < deadline, "no rings are confirmed any more");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let failed = ringers.failed();
        let epoch = wire.next_epoch();
        let mended = kind.happen(wire, &mut dice).await?;
        ringers.allow(ringers.allowed() + share);
        let heard = hear(tap, epoch).await;
        let back = heard.map(|heard| heard.saturating_duration_since(mended));
        measured.push(Measured { kind, back, failed: ringers.failed() - failed });
    }
    Ok(measured)
}

/// When something was first heard on a connection of this epoch.
async fn hear(tap: &Tap, epoch: usize) -> Option<Instant> {
    let deadline = Instant::now() + HEAR_LIMIT;
    loop {
        if let Some(heard) = tap.first_heard(epoch) {
            return Some(heard);
        }
        if Instant::now() >= deadline {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_break_happens() {
        let series = Break::series(100, 2, &mut Dice::seeded(1));
        let count = |kind| series.iter().filter(|one| **one == kind).count();
        assert_eq!(Break::ALL.map(count), [80, 9, 9, 2]);
        assert_eq!(Break::series(1, 2, &mut Dice::seeded(1)), [Break::Stop]);
    }
}
