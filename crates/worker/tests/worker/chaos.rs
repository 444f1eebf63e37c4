//! Many faults at once, out of a seed: several documents, one of them in parts and one sent by two clients, three
//! processes that fail, die and stand still, a bell that loses and repeats, a broker whose wire is cut.
//!
//! A seed decides what befalls the nth call of a method in each process. Which call that is depends a little on the
//! machine as well, so a seed that failed is thrown more than once. `main.rs` says how.

use crate::house::{CSV, PDF, PDF_PAGES, changed};
use crate::lane::{Lane, Sent};
use crate::place::Backing;
use crate::process::Tools;
use crate::{say, trial};
use libtest_mimic::Trial;
use std::ops::Range;

/// In every run of the tests. Servers have connections for few, so there it goes more slowly.
const fn seeds(backing: Backing) -> Range<u64> {
    match backing {
        Backing::Embedded => 1..13,
        Backing::Postgres | Backing::Fleet => 1..7,
    }
}

/// Installations that are harmed beside each other: much of their time is spent waiting for pauses that workers make.
const fn lanes_of(backing: Backing) -> usize {
    match backing {
        Backing::Embedded => 4,
        Backing::Postgres | Backing::Fleet => 2,
    }
}

/// On an average, so that a run is no stroll.
const FAULTS_MIN: usize = 10;

pub(crate) fn trials() -> Vec<Trial> {
    let trials = Backing::ALL.map(|backing| {
        let name = format!("chaos::{}::every_seed_keeps_the_invariants", backing.as_str());
        trial(&name, move || throw(backing, seeds(backing).collect()))
    });
    trials.into()
}

/// Throws these seeds, and says what they did.
pub(crate) async fn throw(backing: Backing, seeds: Vec<u64>) {
    let tools = Tools::new(changed("pages_per_job: 50", "pages_per_job: 1"));
    let mut first = Lane::open(backing, &tools, all_sent()).await;
    first.find_out().await;
    let mut lanes = Vec::new();
    for _ in 1..lanes_of(backing).min(seeds.len()) {
        let mut lane = Lane::open(backing, &tools, all_sent()).await;
        lane.readings.clone_from(&first.readings);
        lanes.push(lane);
    }
    lanes.push(first);
    let count = lanes.len();
    let runs = lanes.into_iter().enumerate().map(|(number, mut lane)| {
        let seeds: Vec<u64> = seeds.iter().skip(number).step_by(count).copied().collect();
        tokio::spawn(async move {
            let mut faults = 0;
            for seed in seeds {
                faults += lane.run(seed).await;
            }
            lane.end().await;
            faults
        })
    });
    let mut faults = 0;
    for run in futures::future::join_all(runs).await {
        faults += run.expect("all invariants hold");
    }
    say(&format!("{}: {faults} faults in {} runs, no invariant broken", backing.as_str(), seeds.len()));
    assert!(faults >= seeds.len() * FAULTS_MIN, "{faults} faults in {} runs", seeds.len());
}

fn all_sent() -> Vec<Sent> {
    let mut longer = CSV.to_vec();
    longer.extend(b"2026-03-06,CORNER SHOP,-1.00,1534.50\n");
    vec![
        Sent { content: CSV.to_vec(), parts: 0, clients: 2 },
        Sent { content: PDF.to_vec(), parts: PDF_PAGES, clients: 1 },
        Sent { content: longer, parts: 0, clients: 1 },
    ]
}
