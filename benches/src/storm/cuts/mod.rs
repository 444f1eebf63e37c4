//! The wire between the bell and the broker is cut, falls silent or loses its broker while many ring.
//!
//! A ring is *confirmed* when the product's bell says so, and *heard* when the product's listener has acknowledged it:
//! the wire, which sees both, keeps the book.

mod breaks;
mod frames;
mod ringing;
mod tap;
mod wire;

use super::fleet::{VirtualHost, broker};
use super::plan::Plan;
use super::{CALM, figures, runtime};
use anyhow::{Context, ensure};
use breaks::{Break, Measured};
use ringing::Ringers;
use smartexus_platform::port::Listener;
use smartexus_platform::{Backends, Durability, Queue, RabbitSettings, Secret, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tap::Tap;
use wire::Wire;

/// Slots that listen.
const LISTENERS: usize = 4;
/// What hearing again may take, in 99 of 100 cases, once the broker is back.
const BACK_LIMIT: Duration = Duration::from_secs(5);
/// How long an idle slot waits before it looks.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs the storm and prints what it did.
pub(super) fn run(plan: &Plan) -> anyhow::Result<()> {
    runtime()?.block_on(storm(plan))
}

async fn storm(plan: &Plan) -> anyhow::Result<()> {
    let host = VirtualHost::make()?;
    let (login, server) = broker_parts()?;
    let tap = Arc::new(Tap::default());
    let wire = Wire::before(server, Arc::clone(&tap)).await?;
    let directory = tempfile::tempdir()?;
    let url = Secret::new(host.url(&format!("{login}@{}", wire.address())));
    let world = Backends::embedded(directory.path(), Durability::Ephemeral)
        .queue(Queue::Rabbit(Box::new(RabbitSettings::new(&url)?)))
        .open()
        .await?;
    let over = Arc::new(AtomicBool::new(false));
    let listening: Vec<_> =
        (0..LISTENERS).map(|_| tokio::spawn(listen(world.doorbell.listen(&[]), Arc::clone(&over)))).collect();
    let started = Instant::now();
    let ringers = Ringers::start(&world, plan.seed);
    let measured = breaks::strike(plan, &wire, &tap, &ringers).await;
    let rung = ringers.finish(plan.documents, CALM).await?;
    let measured = measured?;
    let stormed = started.elapsed();
    let left = quiet(&host, &tap, &rung.confirmed).await?;
    over.store(true, Ordering::Relaxed);
    let mut woken = 0;
    for ear in listening {
        woken += ear.await?;
    }
    close(world).await;
    let unheard = tap.missing(&rung.confirmed);
    print(plan, &measured, &rung, stormed);
    println!("{}", figures::of(unheard, rung.confirmed.len(), "confirmed and never heard"));
    println!(
        "a slot was woken {woken} times; {} rings were refused by it; {left} messages are left",
        tap.refused()
    );
    let hit = measured.iter().filter(|one| one.failed > 0).count();
    println!("breaks that a ring fell into: {hit} of {}", plan.blows);
    ensure!(unheard == 0 && left == 0 && tap.refused() == 0, "the storm did harm");
    ensure!(hit * 2 > plan.blows, "most breaks hit nobody: ask for more rings a break");
    judge(&measured)
}

/// `user:password` with the scheme, and the address.
fn broker_parts() -> anyhow::Result<(String, std::net::SocketAddr)> {
    let url = broker();
    let (login, server) = url.rsplit_once('@').context("a broker's URL with a login")?;
    Ok((login.to_owned(), server.parse().context("a broker's address and port")?))
}

/// A slot that finds no job: it hears, looks, and waits on. Returns how often it was woken.
async fn listen(mut ear: Box<dyn Listener>, over: Arc<AtomicBool>) -> usize {
    let mut woken = 0;
    while !over.load(Ordering::Relaxed) {
        woken += usize::from(ear.wait(PATIENCE).await);
        ear.claimed(false).await;
    }
    woken
}

/// Waits until everything confirmed was heard and the queues are empty; how many messages are left otherwise.
async fn quiet(
    host: &VirtualHost,
    tap: &Tap,
    confirmed: &[smartexus_domain::JobId],
) -> anyhow::Result<usize> {
    let deadline = Instant::now() + CALM;
    loop {
        let left = host.messages()?;
        if (left == 0 && tap.missing(confirmed) == 0) || Instant::now() >= deadline {
            return Ok(left);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn close(world: World) {
    world.doorbell.close().await;
}

fn print(plan: &Plan, measured: &[Measured], rung: &ringing::Rung, stormed: Duration) {
    let counts: Vec<String> = Break::ALL
        .iter()
        .map(|kind| format!("{} {}", measured.iter().filter(|one| one.kind == *kind).count(), kind.words()))
        .collect();
    println!(
        "cuts · RabbitMQ · {} breaks ({}) during {} confirmed rings of {} callers, seed {}, {stormed:.0?} of storm",
        measured.len(),
        counts.join(", "),
        rung.confirmed.len(),
        ringing::CALLERS,
        plan.seed,
    );
    println!("rings that failed and were rung anew: {}", rung.failed);
    for kind in Break::ALL {
        let times: Vec<Duration> =
            measured.iter().filter(|one| one.kind == kind).filter_map(|one| one.back).collect();
        if let Some(spread) = figures::Spread::of(times) {
            println!("hearing again, {}: {spread}", kind.since());
        }
    }
    if let Some(spread) = figures::Spread::of(restored(measured)) {
        println!("hearing again after the broker was there again, all kinds: {spread}");
    }
}

/// Times since the broker could be reached again. A half-open wire is another matter: the broker was never away, and the
/// time is that of finding out.
fn restored(measured: &[Measured]) -> Vec<Duration> {
    measured.iter().filter(|one| one.kind != Break::HalfOpen).filter_map(|one| one.back).collect()
}

fn judge(measured: &[Measured]) -> anyhow::Result<()> {
    let deaf = measured.iter().filter(|one| one.back.is_none()).count();
    ensure!(deaf == 0, "after {deaf} breaks nothing was heard again in time");
    let slow = figures::Spread::of(restored(measured)).is_some_and(|spread| spread.p99 > BACK_LIMIT);
    ensure!(!slow, "hearing again took longer than {BACK_LIMIT:?}");
    Ok(())
}
