//! Rings that nobody needs to hear, taken out of the queues in bulk.
//!
//! A slot that finishes one job and finds the next without waiting leaves that job's ring behind. On a busy day that
//! would be every ring, and the first idle slot would wake for each of them. Two things keep the queues about as long
//! as there is work: a claim that found a job unheard *owes* one ring, paid within a second or so; and once a claim
//! found nothing, what was issued before it is *stale*.

use super::fault::{BellFault, within};
use super::shared::Shared;
use super::subscription::{close, take};
use super::surplus;
use super::topology::Spot;
use lapin::Channel;
use lapin::options::QueueDeclareOptions;
use lapin::types::FieldTable;
use smartexus_domain::StageKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What is owed, and where stale rings were seen.
#[derive(Default)]
pub(super) struct Overhang {
    book: Mutex<Book>,
    stale: Notify,
    owed: Notify,
}

#[derive(Default)]
struct Book {
    stale: BTreeSet<Spot>,
    /// By the stages that the claim was for.
    owed: BTreeMap<Vec<Spot>, u32>,
}

/// Deliveries taken at a time.
const TAKE_MAX: u16 = 64;

impl Overhang {
    /// A claim found a job whose ring nobody heard.
    pub(super) fn owe(&self, stages: &[StageKind]) {
        {
            let mut book = self.book();
            let owed = book.owed.entry(Spot::of(stages)).or_default();
            *owed = owed.saturating_add(1);
        }
        self.owed.notify_one();
    }

    /// A stale ring was seen here, and there may be more.
    pub(super) fn stale(&self, spot: Spot) {
        self.book().stale.insert(spot);
        self.stale.notify_one();
    }

    fn next_stale(&self) -> Option<Spot> {
        self.book().stale.pop_first()
    }

    fn take_owed(&self) -> BTreeMap<Vec<Spot>, u32> {
        std::mem::take(&mut self.book().owed)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drains for as long as the bell lives.
pub(super) async fn run(shared: Arc<Shared>) {
    let forgetting = async {
        loop {
            shared.overhang.stale.notified().await;
            while let Some(spot) = shared.overhang.next_stale() {
                // What fails is found again by the next slot that waits.
                let _ = forget(&shared, spot).await;
            }
        }
    };
    let paying = async {
        loop {
            shared.overhang.owed.notified().await;
            tokio::time::sleep(shared.pace.gather).await;
            for (spots, owed) in shared.overhang.take_owed() {
                // What fails stays in the queue and is stale one day.
                let _ = pay(&shared, &spots, owed).await;
            }
        }
    };
    tokio::join!(forgetting, paying);
}

/// Acknowledges the stale rings at the head of a queue.
async fn forget(shared: &Shared, spot: Spot) -> Result<(), BellFault> {
    let Some(session) = shared.listening.session() else { return Err(BellFault::Away) };
    let channel = session.channel().await?;
    loop {
        let taken = take(&session, &channel, shared.names.queue(spot), TAKE_MAX).await?;
        let full = taken.len() == usize::from(TAKE_MAX);
        let rest = taken.into_iter().map(|delivery| (spot, delivery)).collect();
        let fresh = surplus::settle(shared, &session, &channel, rest, &mut 0).await;
        if fresh > 0 || !full {
            break;
        }
    }
    close(&session, &channel).await;
    Ok(())
}

/// Takes as many rings as are owed, the most urgent first: a claim takes the most urgent job. What the queues do not
/// hold was heard by somebody else, and is owed no longer.
async fn pay(shared: &Shared, spots: &[Spot], mut owed: u32) -> Result<(), BellFault> {
    let Some(session) = shared.listening.session() else { return Err(BellFault::Away) };
    let channel = session.channel().await?;
    for &spot in spots {
        while owed > 0 {
            // Without looking, a subscription to an empty queue might catch a ring that somebody idle waits for.
            let waiting = waiting(shared, &channel, spot).await?;
            let most = u16::try_from(waiting.min(owed)).map_or(TAKE_MAX, |most| most.min(TAKE_MAX));
            if most == 0 {
                break;
            }
            let taken = take(&session, &channel, shared.names.queue(spot), most).await?;
            let rest: Vec<_> = taken.into_iter().map(|delivery| (spot, delivery)).collect();
            let paid = u32::try_from(rest.len()).unwrap_or(owed).min(owed);
            surplus::settle(shared, &session, &channel, rest, &mut paid.clone()).await;
            owed -= paid;
            if paid == 0 {
                break;
            }
        }
    }
    close(&session, &channel).await;
    Ok(())
}

/// Rings in a queue that nobody was given yet.
async fn waiting(shared: &Shared, channel: &Channel, spot: Spot) -> Result<u32, BellFault> {
    let options = QueueDeclareOptions { passive: true, durable: true, ..Default::default() };
    let asked = channel.queue_declare(shared.names.queue(spot), options, FieldTable::default());
    Ok(within(shared.pace.answer, asked).await?.message_count())
}
