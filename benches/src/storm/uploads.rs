//! Documents that a storm invents, and their way in.

use anyhow::{Context, ensure};
use smartexus_domain::DocumentId;
use smartexus_simulation::http;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A document is sent again and again for at most so long.
const ACCEPT_LIMIT: Duration = Duration::from_secs(60);

/// What the door said.
#[derive(Default)]
pub(crate) struct Uploads {
    /// Refusals with a reason and a time to come back.
    pub(crate) refused: usize,
    /// Refusals without.
    pub(crate) untyped: usize,
    /// Exchanges that broke off.
    pub(crate) broken: usize,
    /// By number, what each was accepted as.
    pub(crate) answered: Vec<(usize, DocumentId)>,
}

/// Keeps uploads in step with the storm: each blow finds new documents.
pub(crate) struct Pace {
    begun: AtomicUsize,
    blows: usize,
    documents: usize,
}

impl Pace {
    pub(crate) const fn new(documents: usize, blows: usize) -> Self {
        Self { begun: AtomicUsize::new(0), blows, documents }
    }

    /// Without a storm to keep step with.
    pub(crate) const fn free(documents: usize) -> Self {
        Self { begun: AtomicUsize::new(1), blows: 1, documents }
    }

    /// So many blows are about to fall.
    pub(crate) fn begin(&self, blows: usize) {
        self.begun.fetch_add(blows, Ordering::Relaxed);
    }

    /// Whatever happened to the storm, the uploads come to their end.
    pub(crate) fn finish(&self) {
        self.begun.store(self.blows, Ordering::Relaxed);
    }

    fn is_due(&self, number: usize) -> bool {
        number * self.blows <= self.begun.load(Ordering::Relaxed) * self.documents
    }
}

/// Sends every document until it is accepted, from so many callers at once.
pub(crate) fn send_all(
    door: SocketAddr,
    pace: &Pace,
    callers: usize,
    content: &(impl Fn(usize) -> String + Sync),
) -> anyhow::Result<Uploads> {
    let (next, uploads) = (AtomicUsize::new(0), Mutex::new(Uploads::default()));
    thread::scope(|scope| {
        let calling: Vec<_> = (0..callers)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= pace.documents {
                            return anyhow::Ok(());
                        }
                        while !pace.is_due(number) {
                            thread::sleep(Duration::from_millis(2));
                        }
                        send(door, number, &content(number), &uploads)?;
                    }
                })
            })
            .collect();
        calling
            .into_iter()
            .try_for_each(|caller| caller.join().map_err(|_| anyhow::anyhow!("the uploads panicked"))?)
    })?;
    Ok(uploads.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn send(door: SocketAddr, number: usize, content: &str, uploads: &Mutex<Uploads>) -> anyhow::Result<()> {
    let deadline = Instant::now() + ACCEPT_LIMIT;
    loop {
        let answer = http::upload(door, "/v1/documents", &format!("{number}.csv"), content.as_bytes());
        let mut uploads = uploads.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(answer) if matches!(answer.status, 200 | 202) => {
                uploads.answered.push((number, accepted_as(&answer)?));
                return Ok(());
            }
            Ok(answer) if is_typed(&answer) => uploads.refused += 1,
            Ok(_) => uploads.untyped += 1,
            Err(_) => uploads.broken += 1,
        }
        drop(uploads);
        ensure!(Instant::now() < deadline, "an upload was never accepted");
        thread::sleep(Duration::from_millis(50));
    }
}

/// A refusal that says when to come back.
fn is_typed(answer: &http::Answer) -> bool {
    let when = answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok());
    matches!(answer.status, 429 | 503 | 507) && when
}

fn accepted_as(answer: &http::Answer) -> anyhow::Result<DocumentId> {
    let place = answer.header("location").context("an answer without a place")?;
    let id = place.rsplit('/').next().unwrap_or_default();
    id.parse().ok().context("a place without an id")
}

impl Uploads {
    /// What all of them were accepted as.
    pub(crate) fn ids(&self) -> Vec<DocumentId> {
        self.answered.iter().map(|(_, id)| *id).collect()
    }

    /// What a person reads about them.
    pub(crate) fn words(&self) -> String {
        let Self { refused, untyped, broken, .. } = self;
        format!(
            "uploads that were asked again: {refused} after a refusal that said when, {untyped} after any other, \
             {broken} that broke off"
        )
    }
}

/// Cents of the first row: enough for any number of rows.
const OPENING: usize = 50_000_000;

/// A proved statement of so many rows, unlike any other. `mark` is a word of its descriptions.
pub(crate) fn statement(number: usize, rows: usize, mark: &str) -> String {
    let money = |cents: usize| format!("{}.{:02}", cents / 100, cents % 100);
    let mut balance = OPENING;
    let mut lines = format!("2026-03-01,OPENING TRANSFER {number},{0},{0}\n", money(balance));
    for row in 1..rows {
        let cents = 100 + (number * 31 + row * 17) % 9_900;
        balance -= cents;
        let day = 2 + 26 * row / rows;
        let (cents, balance) = (money(cents), money(balance));
        lines.push_str(&format!("2026-03-{day:02},CARD PURCHASE {mark}{row},-{cents},{balance}\n"));
    }
    let ends = format!("Opening balance,0.00\nClosing balance,{}\n", money(balance));
    format!("{ends}Date,Description,Amount,Balance\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_keep_step_with_the_blows() {
        let pace = Pace::new(10, 5);
        assert!(pace.is_due(0) && !pace.is_due(1));
        pace.begin(2);
        assert!(pace.is_due(4) && !pace.is_due(5));
        pace.finish();
        assert!(pace.is_due(9));
        assert!(Pace::free(10).is_due(9));
    }

    #[test]
    fn no_two_statements_are_the_same_and_each_adds_up() {
        assert_ne!(statement(1, 2, ""), statement(2, 2, ""));
        let text = statement(7, 3, "");
        let rows: Vec<Vec<&str>> = text.lines().skip(3).map(|line| line.split(',').collect()).collect();
        let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        for pair in rows.windows(2) {
            assert_eq!(cents(pair[0][3]) + cents(pair[1][2]), cents(pair[1][3]));
        }
    }
}
