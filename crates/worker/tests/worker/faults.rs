//! One document's journey with every single fault: each effect fails before it happens, after it happened, with the
//! process dying right there, and with the process standing still there until another one is at its work. Whatever
//! happens, the document is read once, and every trace of it says so once. On both databases and both bells.

use crate::harmed::{Harmed, Subject};
use crate::house::changed;
use crate::invariants;
use crate::place::Backing;
use crate::process::Tools;
use crate::{about, say, trial};
use libtest_mimic::Trial;
use smartexus_platform::exam::{Effect, Harm, Moment, Point};
use std::collections::BTreeSet;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for backing in Backing::ALL {
        for (harm, claim) in [
            (Harm::Error, "every_single_error_is_survived"),
            (Harm::Death, "every_single_death_is_survived"),
            (Harm::Pause, "every_single_pause_is_fenced"),
        ] {
            for (subject, suffix) in [(Subject::Whole, ""), (Subject::InParts, "_in_parts")] {
                let name = format!("faults::{}::{claim}{suffix}", backing.as_str());
                let extent = if backing == Backing::Embedded { Extent::Every } else { Extent::First };
                trials.push(trial(&name, move || sweep(backing, harm, subject, extent)));
                if extent == Extent::First {
                    // Some twelve minutes, and most of a server's connections: asked for by `--run-ignored`.
                    let whole = trial(&format!("{name}_every_time"), move || {
                        sweep(backing, harm, subject, Extent::Every)
                    });
                    trials.push(whole.with_ignored_flag(true));
                }
            }
        }
    }
    trials
}

/// How often an effect that happens more than once is disturbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Every time that it happens.
    Every,
    /// The first time, before and after.
    First,
}

/// Journeys that go on beside each other, each in an installation of its own: most of their time is spent waiting for
/// pauses that workers make. A server has connections for few.
const fn lanes(backing: Backing) -> usize {
    match backing {
        Backing::Embedded => 4,
        Backing::Postgres | Backing::Fleet => 2,
    }
}

/// What a worker does that others see. Of a document in parts these are harmed: what it reads on the way it reads as any
/// other document does.
const SEEN_BY_OTHERS: [&str; 4] = ["jobs.claim", "blobs.put", "jobs.settle", "doorbell.ring"];

/// The effects of an undisturbed journey, and every point at which one can be disturbed.
async fn points(lane: &mut Harmed, harm: Harm, subject: Subject) -> Vec<Point> {
    let document = lane.journey(None).await;
    lane.readings = invariants::readings(&lane.house, document).await;
    let effects = lane.process.faults.seen();
    let methods: BTreeSet<&str> = effects.iter().map(|effect| effect.method).collect();
    let of_doors = ["documents.commit", "keys.create", "retention.close_intent", "keys.destroy"];
    let doors = if harm == Harm::Pause { &[][..] } else { &of_doors[..] };
    for expected in SEEN_BY_OTHERS.iter().chain(doors) {
        assert!(methods.contains(expected), "the journey touches {expected}: {methods:?}");
    }
    let both = |effect: Effect| [Moment::Before, Moment::After].map(|moment| (effect, moment, harm));
    // A claim that gave a job can only fail afterwards.
    let possible = |(effect, moment, _): &Point| effect.method != "jobs.claim" || *moment == Moment::After;
    let wanted = |effect: &Effect| subject == Subject::Whole || SEEN_BY_OTHERS.contains(&effect.method);
    effects.into_iter().filter(wanted).flat_map(both).filter(possible).collect()
}

/// The reconciler rings whenever a job has waited for long: how often depends on the machine. Each document's first ring
/// is its own.
fn may_never_come((effect, _, _): &Point) -> bool {
    effect.method == "doorbell.ring" && effect.nth > 0
}

async fn sweep(backing: Backing, harm: Harm, subject: Subject, extent: Extent) {
    let tools = Tools::new(changed("pages_per_job: 50", "pages_per_job: 1"));
    let mut first = Harmed::open(backing, harm, subject, &tools).await;
    let points = points(&mut first, harm, subject).await;
    assert!(points.len() > 40, "{} points", points.len());
    let mut met = BTreeSet::new();
    let mut is_new = |(effect, moment, _): &Point| met.insert((effect.method, *moment == Moment::Before));
    let wanted = |point: &Point| extent == Extent::Every || is_new(point);
    let points: Vec<Point> = points.into_iter().filter(wanted).collect();
    let count = lanes(backing);
    let readings = first.readings.clone();
    let mut lanes = vec![first];
    for _ in 1..count {
        let mut lane = Harmed::open(backing, harm, subject, &tools).await;
        lane.readings = readings.clone();
        lanes.push(lane);
    }
    let sweeps = lanes.into_iter().enumerate().map(|(number, mut lane)| {
        let points: Vec<Point> = points.iter().skip(number).step_by(count).copied().collect();
        tokio::spawn(async move {
            for point in points {
                about(|| format!("{backing:?}: {point:?}"), lane.journey(Some(point))).await;
                let struck = lane.process.faults.struck();
                // A slow journey rings more often than a quick one: a ring that never came could not be disturbed.
                if struck.is_empty() && may_never_come(&point) {
                    assert!(!lane.process.faults.seen().contains(&point.0), "it came, and nothing befell it");
                    continue;
                }
                assert_eq!(struck, [point], "struck once, and nothing else");
            }
            lane.end().await;
        })
    });
    for swept in futures::future::join_all(sweeps).await {
        swept.expect("all invariants hold");
    }
    let (backing, count) = (backing.as_str(), points.len());
    say(&format!("{backing}, {subject:?}: {count} points of {harm:?}, no invariant broken"));
}
