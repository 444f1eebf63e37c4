//! The sweeper: one sweep, the schedule, and somebody's wish.

use crate::clock_guard::ClockGuard;
use crate::erase::drive;
use crate::observe;
use crate::orphans::OrphanHunt;
use crate::plan::plan;
use crate::turn::Turn;
use crate::{
    ClassRule, Classes, DocumentFacts, Orphans, Plan, PlanEntry, Reason, SweepFailure, SweepHealth,
    SweepReport, SweepTrouble,
};
use jiff::{SignedDuration, Timestamp};
use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::port::{
    Actor, Anchor, Document, DocumentQuery, DueDocument, DueQuery, EraseCause, EraseRequest, Erasure, Lookup,
    Receipt, ReceiptId, Tombstoned,
};
use smartexus_platform::{PlatformError, World};
use std::collections::BTreeSet;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tracing::Instrument as _;

/// When to sweep and what to leave alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepConfig {
    /// Time between two sweeps.
    pub interval: Duration,
    /// Time between two looks for erasures that somebody in another process asked for, or that were cut.
    pub resume_interval: Duration,
    /// Younger intents and objects are left alone: longer than any upload and any job may take.
    pub orphan_horizon: Duration,
    /// Documents read at once.
    pub page: u32,
}

impl Default for SweepConfig {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5 * 60),
            resume_interval: Duration::from_secs(5),
            orphan_horizon: Duration::from_secs(60 * 60),
            page: DocumentQuery::MAX_LIMIT,
        }
    }
}

/// The answer to somebody's wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErasureAnswer {
    /// Nobody sees the document any more. [`Sweeper::finish`] or the next look of the schedule does the rest.
    Erasing(Erasure),
    /// It was erased before.
    Erased(ReceiptId),
    /// Something stronger stands in the way; the entry says what, and until when.
    Refused(PlanEntry),
    /// Not in this workspace.
    Absent,
}

/// Plans, erases, proves. Several may run at once, in one process or many: every step is idempotent.
pub struct Sweeper {
    world: World,
    classes: Classes,
    config: SweepConfig,
    health: Mutex<SweepHealth>,
    guard: Mutex<ClockGuard>,
    turn: Turn,
    nudged: Notify,
}

impl Sweeper {
    /// A sweeper over these classes.
    #[must_use]
    pub fn new(world: World, classes: Classes, config: SweepConfig) -> Self {
        let health = Mutex::new(SweepHealth::new(world.clock.now()));
        Self {
            world,
            classes,
            config,
            health,
            guard: Mutex::default(),
            turn: Turn::default(),
            nudged: Notify::new(),
        }
    }

    /// One sweep over every workspace: finishes what was begun, plans, executes the plan, removes orphans.
    /// A dry run stops after planning and counts what it would remove.
    ///
    /// # Errors
    /// When the plan itself cannot be made. What fails for one document is in the report.
    pub async fn once(&self, dry_run: bool) -> Result<SweepReport, PlatformError> {
        self.sweep(dry_run).instrument(observe::sweep()).await
    }

    async fn sweep(&self, dry_run: bool) -> Result<SweepReport, PlatformError> {
        let now = self.world.clock.now();
        let paused = lock(&self.guard).look(now, self.world.clock.monotonic_us());
        let workspaces = self.world.documents.workspaces().await?;
        let mut facts = Vec::new();
        // What the schedule must not believe in, it does not even plan.
        for workspace in workspaces.iter().filter(|_| paused.is_none()) {
            self.due_facts(*workspace, now, &mut facts).await?;
        }
        let plan = plan(&self.classes, &facts, now);
        tracing::info!(
            documents = plan.entries.len(),
            erasures = plan.erasures().count(),
            dry_run,
            "sweep planned"
        );
        let mut report = SweepReport {
            dry_run,
            plan,
            resumed: Vec::new(),
            receipts: Vec::new(),
            held: Vec::new(),
            failures: Vec::new(),
            orphans: Orphans::default(),
            paused,
        };
        for workspace in &workspaces {
            self.resume(*workspace, &mut BTreeSet::new(), &mut report).await?;
        }
        if !dry_run {
            self.execute(&mut report).await?;
        }
        if paused.is_none() {
            for workspace in &workspaces {
                self.hunt(*workspace, now, &mut report).await?;
            }
        }
        self.settle(&report);
        Ok(report)
    }

    /// Every document with its reason: what `retention plan` shows. Changes nothing.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn plan_all(&self) -> Result<Plan, PlatformError> {
        let now = self.world.clock.now();
        let mut facts = Vec::new();
        for workspace in self.world.documents.workspaces().await? {
            let mut query = DocumentQuery { limit: self.config.page, ..DocumentQuery::default() };
            loop {
                let page = self.world.documents.list(workspace, &query).await?;
                let Some(last) = page.last() else { break };
                query.before = Some(last.id);
                facts.extend(page.iter().map(|document| facts_of(document, false)));
            }
        }
        Ok(plan(&self.classes, &facts, now))
    }

    /// Erases a document because somebody with the right to asks for it: when this returns `Erasing`, nobody sees
    /// the document any more.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn request_erasure(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        actor: Actor,
    ) -> Result<ErasureAnswer, PlatformError> {
        let found = match self.world.documents.document(workspace, document).await? {
            Lookup::Absent => return Ok(ErasureAnswer::Absent),
            Lookup::Gone(gone) if gone.finished => return Ok(ErasureAnswer::Erased(gone.receipt)),
            Lookup::Gone(_) => None,
            Lookup::Found(found) => Some(facts_of(&found, true)),
        };
        // An erasure under way is past the point where anything could stand in its way.
        if let Some(facts) = &found {
            let planned = plan(&self.classes, std::slice::from_ref(facts), self.world.clock.now());
            if let Some(entry) = planned.entries.into_iter().find(|entry| entry.because.erases().is_none()) {
                return Ok(ErasureAnswer::Refused(entry));
            }
        }
        let request = EraseRequest { actor, cause: EraseCause::Request, rule: None };
        let answer = match self.world.retention.tombstone(workspace, document, &request).await? {
            Tombstoned::Erasing(erasure) => ErasureAnswer::Erasing(erasure),
            Tombstoned::Erased(receipt) => ErasureAnswer::Erased(receipt),
            Tombstoned::Held => refused_by_hold(found),
            Tombstoned::Absent => ErasureAnswer::Absent,
        };
        self.nudged.notify_one();
        Ok(answer)
    }

    /// Carries a requested erasure to its receipt, here and now.
    ///
    /// # Errors
    /// What stopped it. The schedule, or calling this again, goes on from there.
    pub async fn finish(&self, workspace: WorkspaceId, erasure: &Erasure) -> Result<Receipt, SweepFailure> {
        match drive(&self.world, workspace, erasure).await {
            Ok(receipt) => {
                tracing::info!(document = %receipt.document, receipt = %receipt.id, "document erased");
                Ok(receipt)
            }
            Err(stopped) => Err(SweepFailure {
                workspace,
                document: Some(erasure.document),
                step: Some(stopped.step),
                message: stopped.to_string(),
            }),
        }
    }

    /// Carries what was made from an erased document, and was marked with it, to its receipts.
    ///
    /// # Errors
    /// When they cannot be listed. What fails for one of them stands in its place.
    pub async fn finish_derived(
        &self,
        workspace: WorkspaceId,
        erasure: &Erasure,
    ) -> Result<Vec<Result<Receipt, SweepFailure>>, PlatformError> {
        let under_way = self.world.retention.erasures(workspace, u32::MAX).await?;
        // Marked in one transaction, so in one moment; whatever else was marked then has to go as well.
        let with_it = under_way.iter().filter(|other| other.tombstoned_at == erasure.tombstoned_at);
        let mut finished = Vec::new();
        for other in with_it.filter(|other| other.document != erasure.document) {
            finished.push(self.finish(workspace, other).await);
        }
        Ok(finished)
    }

    /// Sweeps at every interval and finishes requested erasures in between, until `shutdown` is ready. A sweep that
    /// is running is cut: every step may be. Of several processes on one schedule, one sweeps as long as the shared
    /// cache can say which.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = shutdown => {}
            () = self.for_ever() => {}
            () = self.turn.keep(&self.world, || self.trouble().is_none()) => {}
        }
        self.turn.resign(&self.world).await;
    }

    /// Whether sweeping works.
    #[must_use]
    pub fn health(&self) -> SweepHealth {
        lock(&self.health).clone()
    }

    /// What readiness has to name, if anything is wrong now.
    #[must_use]
    pub fn trouble(&self) -> Option<SweepTrouble> {
        self.health().trouble(self.world.clock.now(), self.config.interval)
    }

    async fn for_ever(&self) {
        let mut sweeps = tokio::time::interval(self.config.interval);
        let mut looks = tokio::time::interval(self.config.resume_interval);
        for timer in [&mut sweeps, &mut looks] {
            timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        }
        loop {
            let outcome = tokio::select! {
                _ = sweeps.tick() => self.sweep_in_turn().await,
                // Whoever is asked to erase does not wait for a leader.
                _ = looks.tick() => self.resume_all().await,
                () = self.nudged.notified() => self.resume_all().await,
            };
            if let Err(error) = outcome {
                // Readiness turns red by itself: no success is noted.
                tracing::error!(%error, "sweep failed");
            }
        }
    }

    async fn sweep_in_turn(&self) -> Result<(), PlatformError> {
        if !self.turn.is_ours(&self.world).await {
            let now = self.world.clock.now();
            // Whoever follows may lead next, and must know by then whether its clock can be believed.
            let paused = lock(&self.guard).look(now, self.world.clock.monotonic_us());
            lock(&self.health).note_elsewhere(now, paused);
            observe::followed();
            return Ok(());
        }
        let swept = self.once(false).await;
        if !swept.as_ref().is_ok_and(|report| report.succeeded() && report.paused.is_none()) {
            // The next one to ask leads: perhaps it can.
            self.turn.resign(&self.world).await;
        }
        swept.map(drop)
    }

    /// Finishes erasures that are under way, whoever began them.
    async fn resume_all(&self) -> Result<(), PlatformError> {
        for workspace in self.world.documents.workspaces().await? {
            for erasure in self.world.retention.erasures(workspace, self.config.page).await? {
                // A failure is reported by the next sweep, which tries again.
                let finished =
                    self.finish(workspace, &erasure).instrument(observe::erasure(erasure.document));
                let _reported_later = finished.await;
            }
        }
        Ok(())
    }

    async fn resume(
        &self,
        workspace: WorkspaceId,
        tried: &mut BTreeSet<DocumentId>,
        report: &mut SweepReport,
    ) -> Result<(), PlatformError> {
        let mut limit = self.config.page;
        loop {
            let page = self.world.retention.erasures(workspace, limit).await?;
            let full = page.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
            for erasure in page.iter().filter(|erasure| tried.insert(erasure.document)) {
                report.resumed.push(erasure.document);
                if !report.dry_run {
                    self.finish_into(workspace, erasure, report).await;
                }
            }
            if !full {
                return Ok(());
            }
            // Those that are stuck stay at the front; look past them.
            limit = limit.saturating_mul(2);
        }
    }

    async fn execute(&self, report: &mut SweepReport) -> Result<(), PlatformError> {
        let mut tried: BTreeSet<DocumentId> = report.resumed.iter().copied().collect();
        let mut touched = BTreeSet::new();
        let orders: Vec<_> = report.plan.erasures().map(|(entry, cause)| (entry.clone(), cause)).collect();
        for (entry, cause) in orders {
            let rule = Some(entry.class.as_str().to_owned());
            let request = EraseRequest { actor: Actor::Sweeper, cause, rule };
            match self.world.retention.tombstone(entry.workspace, entry.document, &request).await {
                Ok(Tombstoned::Erasing(erasure)) => {
                    touched.insert(entry.workspace);
                    tried.insert(erasure.document);
                    self.finish_into(entry.workspace, &erasure, report).await;
                }
                Ok(Tombstoned::Held) => report.held.push(entry.document),
                // Another sweeper was faster.
                Ok(Tombstoned::Erased(_) | Tombstoned::Absent) => {}
                Err(error) => report.failures.push(SweepFailure {
                    workspace: entry.workspace,
                    document: Some(entry.document),
                    step: None,
                    message: error.to_string(),
                }),
            }
        }
        // What was made from them was marked with them.
        for workspace in touched {
            self.resume(workspace, &mut tried, report).await?;
        }
        Ok(())
    }

    async fn finish_into(&self, workspace: WorkspaceId, erasure: &Erasure, report: &mut SweepReport) {
        match self.finish(workspace, erasure).await {
            Ok(receipt) => report.receipts.push(receipt),
            Err(failure) => report.failures.push(failure),
        }
    }

    async fn hunt(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
        report: &mut SweepReport,
    ) -> Result<(), PlatformError> {
        let horizon = SignedDuration::try_from(self.config.orphan_horizon)
            .ok()
            .and_then(|age| now.checked_sub(age).ok())
            .unwrap_or(Timestamp::MIN);
        let mut hunt = OrphanHunt {
            world: &self.world,
            workspace,
            horizon,
            dry_run: report.dry_run,
            found: report.orphans,
            failures: Vec::new(),
        };
        let outcome = hunt.run().await;
        report.orphans = hunt.found;
        report.failures.extend(hunt.failures);
        outcome
    }

    async fn due_facts(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
        facts: &mut Vec<DocumentFacts>,
    ) -> Result<(), PlatformError> {
        for rule in self.classes.iter() {
            let Some(cutoff) = rule.cutoff(now) else { continue };
            let mut query = DueQuery {
                class: rule.id.clone(),
                anchor: rule.anchor,
                cutoff,
                after: None,
                limit: self.config.page.max(1),
            };
            loop {
                let page = self.world.retention.due(workspace, &query).await?;
                let Some(last) = page.last() else { break };
                query.after = Some(last.document);
                facts.extend(page.iter().map(|due| facts_of_due(workspace, rule, due)));
            }
        }
        Ok(())
    }

    fn settle(&self, report: &SweepReport) {
        if report.dry_run {
            return;
        }
        let now = self.world.clock.now();
        lock(&self.health).note(report, now);
        observe::settled(report, now);
        for failure in &report.failures {
            tracing::warn!(
                document = failure.document.map(tracing::field::display),
                step = failure.step.map(|step| step.as_str()),
                error = %failure.message,
                "erasure stopped"
            );
        }
        if let Some(jump) = report.paused {
            tracing::error!(by_s = jump.by_s, "clock jumped");
        }
        tracing::info!(
            erased = report.receipts.len(),
            orphans = report.orphans.count(),
            failures = report.failures.len(),
            "sweep proved"
        );
    }
}

/// The hold came between the look and the tombstone.
fn refused_by_hold(found: Option<DocumentFacts>) -> ErasureAnswer {
    let refused = |facts: DocumentFacts| {
        let DocumentFacts { workspace, document, class, .. } = facts;
        ErasureAnswer::Refused(PlanEntry { workspace, document, class, because: Reason::Held })
    };
    found.map_or(ErasureAnswer::Absent, refused)
}

fn facts_of(document: &Document, erase_requested: bool) -> DocumentFacts {
    DocumentFacts {
        workspace: document.workspace,
        document: document.id,
        class: document.retention.clone(),
        received_at: Some(document.received_at),
        settled_at: document.settled_at,
        held: document.held,
        erase_requested,
    }
}

fn facts_of_due(workspace: WorkspaceId, rule: &ClassRule, due: &DueDocument) -> DocumentFacts {
    let at = |anchor: Anchor| (rule.anchor == anchor).then_some(due.anchored_at);
    DocumentFacts {
        workspace,
        document: due.document,
        class: rule.id.clone(),
        received_at: at(Anchor::Received),
        settled_at: at(Anchor::Settled),
        held: due.held,
        erase_requested: false,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
