//! Where every run ends: one place, one transaction, one log line.

use super::ending::{Ending, JobError};
use super::tally::Tally;
use smartexus_domain::{DocumentState, FailureCode, PageRange};
use smartexus_platform::metric::{self, DeadReason, FencedWrite, JobEnding, MessagingSystem, Outcome};
use smartexus_platform::port::{
    DocumentOutcome, Lease, ProgressEvent, Released, Retried, RetryPlan, Ring, Settled, Settlement,
};
use smartexus_platform::{PlatformError, World};
use std::time::Duration;

/// First pause after a counted retry; four times longer each time.
const RETRY_DELAY: Duration = Duration::from_millis(250);
const RETRY_DELAY_MAX: Duration = Duration::from_secs(30);
/// Pause when the world is at fault, plus up to as much again, so that jobs do not come back in step.
const POSTPONE_DELAY: Duration = Duration::from_secs(2);
/// The verdict is written at most so many times before the lease is left to expire.
const TRIES: u32 = 3;
const TRY_DELAY: Duration = Duration::from_millis(200);

/// How a run ended.
pub(super) enum Ended {
    /// It came to its end.
    Ran(Result<(Settlement, Tally), JobError>),
    /// The lease is, or may be, somebody else's.
    Lost,
    /// The worker stops and has no time left for it.
    Stopped,
}

/// What the slot does next.
pub(super) enum Onward {
    /// Claims the next job.
    Claim,
    /// Stops: we are at fault.
    Halt(String),
}

/// Ends runs of one lease.
pub(super) struct Settler<'w> {
    pub(super) world: &'w World,
    pub(super) lease: &'w Lease,
    /// The pipeline's limit of attempts.
    pub(super) max_attempts: u32,
    /// How long the run took.
    pub(super) timing_us: u64,
    /// What rang for it.
    pub(super) system: MessagingSystem,
}

impl Settler<'_> {
    /// Writes the verdict. A verdict that cannot be written is dropped: the lease expires and the job runs again.
    pub(super) async fn settle(&self, ended: Ended) -> Onward {
        let error = match ended {
            Ended::Ran(Ok((settlement, tally))) => {
                self.record(settlement, &tally).await;
                return Onward::Claim;
            }
            Ended::Lost => {
                self.count(JobEnding::Lost);
                tracing::warn!("job lost");
                return Onward::Claim;
            }
            Ended::Stopped => {
                self.release("job released").await;
                return Onward::Claim;
            }
            Ended::Ran(Err(error)) => error,
        };
        match error.ending() {
            Ending::Fail(code) => self.fail(code).await,
            Ending::Retry(code) => self.retry(&error, code).await,
            Ending::Postpone => self.postpone(&error).await,
            Ending::Halt => {
                self.release("job halted").await;
                return Onward::Halt(error.to_string());
            }
        }
        Onward::Claim
    }

    async fn record(&self, settlement: Settlement, tally: &Tally) {
        let outcome = settlement.outcome;
        let recorded = self.persist(|| self.world.jobs.settle(self.lease.token, settlement.clone())).await;
        match recorded {
            Some(Settled::Recorded { next }) => {
                tracing::info!(timing_us = self.timing_us, "job finished");
                metric::stage_ended(self.lease.stage, self.took());
                tally.count();
                self.count(match outcome {
                    DocumentOutcome::Failed(_) => JobEnding::Rejected,
                    DocumentOutcome::Continues | DocumentOutcome::Completed(_) => JobEnding::Finished,
                });
                match outcome {
                    DocumentOutcome::Continues => self.tell(DocumentState::Processing),
                    DocumentOutcome::Completed(state) => {
                        if let Some(outcome) = Outcome::of(state) {
                            metric::document_ended(outcome);
                        }
                        self.tell(state);
                        tracing::info!(state = DocumentState::as_str(state), "document completed");
                    }
                    DocumentOutcome::Failed(code) => {
                        // Of a part, only its pages are lost.
                        if self.lease.part.pages().is_none() {
                            metric::document_failed(code);
                            self.tell(DocumentState::Failed);
                        }
                        tracing::info!(code = code.as_str(), "document rejected");
                    }
                }
                self.ring(&next).await;
            }
            Some(Settled::FencedOut) => self.fenced_out(FencedWrite::Settle),
            None => {}
        }
    }

    async fn fail(&self, code: FailureCode) {
        let settlement = Settlement {
            artifacts: Vec::new(),
            next: Vec::new(),
            fan_out: Vec::new(),
            outcome: DocumentOutcome::Failed(code),
            media_type: None,
            timing_us: self.timing_us,
        };
        self.record(settlement, &Tally::default()).await;
    }

    async fn retry(&self, error: &JobError, failure: FailureCode) {
        let delay =
            RETRY_DELAY.saturating_mul(4_u32.saturating_pow(self.lease.attempts)).min(RETRY_DELAY_MAX);
        let plan = RetryPlan { delay, max_attempts: self.max_attempts, failure, timing_us: self.timing_us };
        match self.persist(|| self.world.jobs.retry(self.lease.token, plan)).await {
            Some(Retried::Waits { .. }) => {
                self.count(JobEnding::Retried);
                tracing::warn!(%error, "job retried");
            }
            Some(Retried::Dead) => {
                self.count(JobEnding::Dead);
                metric::job_dead(DeadReason::Attempts);
                if self.lease.part.pages().is_none() {
                    metric::document_failed(failure);
                    self.tell(DocumentState::Failed);
                }
                tracing::error!(%error, code = failure.as_str(), "document rejected");
            }
            Some(Retried::FencedOut) => self.fenced_out(FencedWrite::Retry),
            None => {}
        }
    }

    async fn postpone(&self, error: &JobError) {
        // Chance without a source of chance: the last byte of the job's id.
        let [.., chance] = self.lease.token.job.as_uuid().into_bytes();
        let delay = POSTPONE_DELAY.saturating_add(POSTPONE_DELAY.saturating_mul(u32::from(chance)) / 256);
        match self.persist(|| self.world.jobs.postpone(self.lease.token, delay)).await {
            Some(Released::Ready) => {
                self.count(JobEnding::Postponed);
                tracing::warn!(%error, "job postponed");
            }
            Some(Released::FencedOut) => self.fenced_out(FencedWrite::Postpone),
            None => {}
        }
    }

    async fn release(&self, message: &'static str) {
        match self.persist(|| self.world.jobs.release(self.lease.token)).await {
            Some(Released::Ready) => {
                self.count(JobEnding::Released);
                tracing::info!(reason = message, "job released");
                self.ring(&[self.own_ring()]).await;
            }
            Some(Released::FencedOut) => self.fenced_out(FencedWrite::Release),
            None => {}
        }
    }

    fn took(&self) -> Duration {
        Duration::from_micros(self.timing_us)
    }

    fn count(&self, ending: JobEnding) {
        metric::job_ended(self.system, self.lease.stage, ending, self.took());
    }

    fn fenced_out(&self, write: FencedWrite) {
        self.count(JobEnding::Lost);
        metric::fenced_out(write, 1);
        tracing::warn!("job lost");
    }

    /// Tells whoever watches; it may be lost.
    fn tell(&self, state: DocumentState) {
        self.world.cache.publish(&ProgressEvent {
            workspace: self.lease.token.workspace,
            document: self.lease.document,
            state,
            stage: (state == DocumentState::Processing).then_some(self.lease.stage),
            pages_done: self.lease.part.pages().map_or(0, PageRange::last),
            pages_total: 0,
        });
    }

    fn own_ring(&self) -> Ring {
        Ring {
            workspace: self.lease.token.workspace,
            job: self.lease.token.job,
            stage: self.lease.stage,
            priority: self.lease.priority,
            trace: self.lease.trace.clone(),
        }
    }

    /// The rows are committed: a bell that is not heard is rung again by the reconciler.
    async fn ring(&self, rings: &[Ring]) {
        // At once: a broker confirms many rings in the time it takes for one.
        let rung = futures::future::join_all(rings.iter().map(|ring| self.world.doorbell.ring(ring))).await;
        if rung.iter().any(Result::is_err) {
            tracing::warn!("ring failed");
        }
    }

    async fn persist<T, F: Future<Output = Result<T, PlatformError>>>(
        &self,
        write: impl Fn() -> F,
    ) -> Option<T> {
        let mut delay = TRY_DELAY;
        for _ in 1..TRIES {
            match write().await {
                Ok(answer) => return Some(answer),
                Err(_) => tokio::time::sleep(delay).await,
            }
            delay = delay.saturating_mul(2);
        }
        match write().await {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::error!(%error, "verdict not written");
                None
            }
        }
    }
}
