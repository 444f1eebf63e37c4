//! Publishing: many callers, one clerk, one channel, in batches that form by themselves.
//!
//! While one batch waits for its confirms the next one gathers, as in a group commit. Nothing is published while a
//! batch is open, and that is not only for speed: the client hands a returned message to whichever confirm comes
//! next, which with a sliding window is often another message's. Over a whole batch the returns are exact.

use super::fault::BellFault;
use super::letter::Letter;
use super::line::Line;
use super::session::Session;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::ShortString;
use lapin::{Channel, Confirmation};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// The desk where letters are left.
pub(super) struct Publisher {
    line: Arc<Line>,
    post: mpsc::Sender<Posted>,
    answer: Duration,
    clerk: JoinHandle<()>,
}

struct Posted {
    letter: Letter,
    done: oneshot::Sender<Result<(), BellFault>>,
}

/// Letters of one batch.
const BATCH_MAX: usize = 256;
/// Letters that may wait for the next batch; callers beyond wait at the desk.
const WAITING_MAX: usize = 1024;

impl Publisher {
    pub(super) fn start(line: Arc<Line>, answer: Duration) -> Self {
        let (post, letters) = mpsc::channel(WAITING_MAX);
        let clerk = Clerk { line: Arc::clone(&line), channel: None, answer };
        Self { line, post, answer, clerk: tokio::spawn(clerk.run(letters)) }
    }

    /// Returns once the broker has stored and routed the letter. Fails at once while there is no connection.
    pub(super) async fn publish(&self, letter: Letter) -> Result<(), BellFault> {
        let session = self.line.session().ok_or(BellFault::Away)?;
        if session.blocked() {
            return Err(BellFault::Blocked);
        }
        let (done, confirmed) = oneshot::channel();
        let posting = async {
            self.post.send(Posted { letter, done }).await.map_err(|_| BellFault::Away)?;
            confirmed.await.map_err(|_| BellFault::Away)?
        };
        timeout(self.answer, posting).await.unwrap_or(Err(BellFault::Overdue))
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.clerk.abort();
    }
}

struct Clerk {
    line: Arc<Line>,
    channel: Option<(Arc<Session>, Channel)>,
    answer: Duration,
}

impl Clerk {
    async fn run(mut self, mut letters: mpsc::Receiver<Posted>) {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        while letters.recv_many(&mut batch, BATCH_MAX).await > 0 {
            // Whoever waited too long has gone.
            batch.retain(|posted| !posted.done.is_closed());
            let outcome = self.deliver(&batch).await;
            for (index, posted) in batch.drain(..).enumerate() {
                let answer = match &outcome {
                    Ok(answers) => answers.get(index).cloned().unwrap_or(Err(BellFault::Overdue)),
                    Err(fault) => Err(fault.clone()),
                };
                // A caller who left does not want to know.
                let _ = posted.done.send(answer);
            }
        }
    }

    /// The answers in the order of the batch, or one fault for all.
    async fn deliver(&mut self, batch: &[Posted]) -> Result<Vec<Result<(), BellFault>>, BellFault> {
        let (session, channel) = self.channel().await?;
        if session.blocked() {
            return Err(BellFault::Blocked);
        }
        let answers = publish(&channel, batch, self.answer).await;
        let broken = answers.as_ref().map_or(true, |all| all.iter().any(is_broken));
        if broken && !session.blocked() {
            session.condemn("publishing failed");
        }
        if broken {
            // A confirm that comes later must not be taken for another batch's.
            self.channel = None;
        }
        answers
    }

    async fn channel(&mut self) -> Result<(Arc<Session>, Channel), BellFault> {
        let session = self.line.session().ok_or(BellFault::Away)?;
        if let Some((of, channel)) = &self.channel
            && Arc::ptr_eq(of, &session)
        {
            return Ok((session, channel.clone()));
        }
        let opening = async {
            let channel = session.channel().await?;
            super::fault::within(self.answer, channel.confirm_select(ConfirmSelectOptions::default()))
                .await?;
            Ok(channel)
        };
        let channel = opening.await.inspect_err(|_: &BellFault| session.condemn("publishing failed"))?;
        self.channel = Some((Arc::clone(&session), channel.clone()));
        Ok((session, channel))
    }
}

const fn is_broken(answer: &Result<(), BellFault>) -> bool {
    matches!(answer, Err(BellFault::Broker(_) | BellFault::Overdue))
}

/// Publishes everything, then waits for every confirm, in all no longer than `limit`. A batch that is cut short fails
/// as a whole: which of its confirms carried another's return is not known then.
async fn publish(
    channel: &Channel,
    batch: &[Posted],
    limit: Duration,
) -> Result<Vec<Result<(), BellFault>>, BellFault> {
    let mut flying: FuturesUnordered<_> = batch
        .iter()
        .enumerate()
        .map(|(index, posted)| async move { (index, confirm(channel, &posted.letter).await) })
        .collect();
    let mut confirms: Vec<_> = batch.iter().map(|_| Err(BellFault::Overdue)).collect();
    let gathering = async {
        while let Some((index, confirmed)) = flying.next().await {
            if let Some(slot) = confirms.get_mut(index) {
                *slot = confirmed;
            }
        }
    };
    timeout(limit, gathering).await.map_err(|_| BellFault::Overdue)?;
    let returned: HashSet<ShortString> = confirms.iter_mut().filter_map(take_returned).collect();
    let judge = |(posted, confirmed): (&Posted, Result<Confirmation, BellFault>)| match confirmed? {
        _ if returned.contains(&posted.letter.id) => Err(BellFault::Unroutable),
        Confirmation::Ack(_) => Ok(()),
        Confirmation::Nack(_) | Confirmation::NotRequested => Err(BellFault::Refused),
    };
    Ok(batch.iter().zip(confirms).map(judge).collect())
}

async fn confirm(channel: &Channel, letter: &Letter) -> Result<Confirmation, BellFault> {
    let options = BasicPublishOptions { mandatory: true, ..Default::default() };
    let (exchange, key) = (letter.exchange.clone(), letter.key.clone());
    let properties = letter.properties.clone();
    Ok(channel.basic_publish(exchange, key, options, &letter.body, properties).await?.await?)
}

/// The id of the message that came back with a confirm, whosesoever it is.
fn take_returned(confirmed: &mut Result<Confirmation, BellFault>) -> Option<ShortString> {
    match confirmed {
        Ok(Confirmation::Ack(returned) | Confirmation::Nack(returned)) => {
            returned.take().and_then(|message| message.properties.message_id().clone())
        }
        Ok(Confirmation::NotRequested) | Err(_) => None,
    }
}
