//! What befalls the processes of one run, as a seed says.

use crate::chance::Chance;
use crate::process::Process;
use smartexus_platform::exam::{Effect, Harm, Moment, Wire};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Of a thousand calls, before and after each.
const ERRORS: u64 = 35;
const DEATHS: u64 = 5;
const PAUSES: u64 = 5;
/// Harms of one run that cost a lease. A job whose lease ends ten times is given up, and rightly so.
const LEASES_MAX: usize = 8;

/// How long a process stands still at the most.
const PAUSE_MS_MAX: u64 = 400;
/// The wires that are cut in one run, each at one of the first so many calls, and for how long at the most.
const CUTS: u64 = 3;
const CUT_AT_MAX: u64 = 250;
const CUT_MS_MAX: u64 = 1_200;

/// One process, as the storm knows it.
#[derive(Default)]
struct Victim {
    pauses: u64,
    wakes_at: Option<Instant>,
    mended_at: Option<Instant>,
    /// Claims whose answer was lost.
    orphans: usize,
}

/// The storm over some processes.
pub(crate) struct Storm {
    chance: Chance,
    victims: Vec<Victim>,
    /// How many of the cuts have been.
    cuts: u64,
}

impl Storm {
    pub(crate) fn over(processes: &[Process], chance: Chance) -> Self {
        let costly = Arc::new(AtomicUsize::new(LEASES_MAX));
        for (number, process) in processes.iter().enumerate() {
            let (chance, costly) = (chance.of(number), Arc::clone(&costly));
            process.mood.turn(Some(chance.of("rings")));
            process.faults.befall(move |effect, moment| {
                let harm = harm(chance, effect, moment)?;
                let costs_a_lease = harm != Harm::Error || effect.method == "jobs.claim";
                let affordable =
                    || costly.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
                (!costs_a_lease || affordable().is_ok()).then_some(harm)
            });
        }
        Self { chance, victims: processes.iter().map(|_| Victim::default()).collect(), cuts: 0 }
    }

    /// Starts the dead again, wakes up those that stood still long enough, cuts and mends wires. Says whether somebody
    /// lost a lease by it, which then has to end.
    pub(crate) async fn blow(&mut self, processes: &mut [Process]) -> bool {
        let mut costs_a_lease = false;
        self.cut(processes);
        for (number, (victim, process)) in self.victims.iter_mut().zip(processes).enumerate() {
            if process.faults.is_dead() {
                process.start_again().await;
                (victim.wakes_at, victim.mended_at) = (None, None);
                costs_a_lease = true;
            }
            match victim.wakes_at {
                None if process.faults.is_frozen() => {
                    let long = self.chance.of(("pause", number, victim.pauses)).below(PAUSE_MS_MAX);
                    victim.wakes_at = Some(after(long));
                    victim.pauses += 1;
                    costs_a_lease = true;
                }
                Some(time) if is_over(&time) => {
                    victim.wakes_at = None;
                    process.faults.thaw();
                }
                Some(_) | None => {}
            }
            if victim.mended_at.as_ref().is_some_and(is_over) {
                victim.mended_at = None;
                process.set_wire(Wire::Whole);
            }
            let struck = process.faults.struck();
            let orphaning = struck
                .iter()
                .filter(|(effect, _, harm)| effect.method == "jobs.claim" && *harm == Harm::Error);
            let orphans = orphaning.count();
            costs_a_lease |= orphans > victim.orphans;
            victim.orphans = orphans;
        }
        costs_a_lease
    }

    fn cut(&mut self, processes: &[Process]) {
        let calls: usize = processes.iter().map(|process| process.faults.seen().len()).sum();
        while self.cuts < CUTS && calls as u64 > self.chance.of(("cut", self.cuts)).below(CUT_AT_MAX) {
            let whose = self.chance.of(("whose", self.cuts)).below(processes.len() as u64);
            let long = self.chance.of(("long", self.cuts)).below(CUT_MS_MAX);
            self.cuts += 1;
            let whose = usize::try_from(whose).unwrap_or(0);
            if let (Some(process), Some(victim)) = (processes.get(whose), self.victims.get_mut(whose)) {
                process.set_wire(Wire::Cut);
                victim.mended_at = Some(after(long));
            }
        }
    }

    /// Nothing befalls anybody any more. Who is dead or stands still is left so.
    pub(crate) fn ends(processes: &[Process]) {
        for process in processes {
            process.faults.relent();
            process.mood.turn(None);
            process.set_wire(Wire::Whole);
        }
    }
}

fn harm(chance: Chance, effect: Effect, moment: Moment) -> Option<Harm> {
    let thrown = chance.of((effect, moment)).below(1_000);
    let [errors, deaths, pauses] = [ERRORS, ERRORS + DEATHS, ERRORS + DEATHS + PAUSES];
    match thrown {
        thrown if thrown < errors => Some(Harm::Error),
        thrown if thrown < deaths => Some(Harm::Death),
        thrown if thrown < pauses => Some(Harm::Pause),
        _ => None,
    }
}

fn after(millis: u64) -> Instant {
    Instant::now() + Duration::from_millis(millis)
}

fn is_over(time: &Instant) -> bool {
    *time <= Instant::now()
}
