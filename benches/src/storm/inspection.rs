//! What the rows and the sink say after a storm.

use super::figures;
use super::installation::Installation;
use super::sink::Told;
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};
use smartexus_platform::World;
use smartexus_platform::port::{AuditAction, AuditFlaw, Document, DocumentQuery, JobState};
use std::collections::{BTreeMap, BTreeSet};

/// Audit events that are read at a time.
const PAGE: u32 = 5_000;

/// Counts of what must not be.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The door accepted it, and there is no row.
    lost: usize,
    /// There is a row, and the door never said so.
    extra: usize,
    failed: usize,
    /// Every document of a storm is a proved statement.
    unproved: usize,
    doubled: usize,
    attempts: u64,
    losses: u64,
    jobs: usize,
    flaw: Option<(u64, AuditFlaw)>,
    /// What was told to the sink, and of how many documents not as it should.
    told: Told,
    mistold: usize,
}

impl Report {
    pub(crate) async fn of(
        installation: &Installation,
        answered: &[DocumentId],
        apart: &[DocumentId],
        told: Told,
    ) -> anyhow::Result<Self> {
        let (world, workspace) = (installation.world(), installation.workspace());
        let mut documents = installation.documents().await?;
        let [answered, apart]: [BTreeSet<DocumentId>; 2] =
            [answered, apart].map(|ids| ids.iter().copied().collect());
        // What is judged apart has been told of like the rest.
        let mistold = documents.iter().filter(|document| !told.is_right(document.id, document.state)).count();
        documents.retain(|document| !apart.contains(&document.id));
        let there: BTreeSet<DocumentId> = documents.iter().map(|document| document.id).collect();
        let lost = answered.difference(&there).count();
        let extra = there.difference(&answered).count();
        let (accepted, completed, settled) = events(world, workspace).await?;
        let mut report = Self { lost, extra, mistold, told, ..Self::default() };
        for document in &documents {
            report.failed += usize::from(document.failure.is_some());
            report.unproved += usize::from(document.state != DocumentState::Approved);
            let once = |counts: &Counts, times| counts.get(&document.id) == Some(&times);
            let jobs = world.jobs.of_document(workspace, document.id).await?;
            let whole = once(&accepted, 1)
                && once(&completed, 1)
                && once(&settled, StageKind::ALL.len())
                && jobs.len() == StageKind::ALL.len()
                && jobs.iter().all(|job| job.state == JobState::Done);
            report.doubled += usize::from(!whole);
            report.jobs += jobs.len();
            report.attempts += jobs.iter().map(|job| u64::from(job.attempts)).sum::<u64>();
            report.losses += jobs.iter().map(|job| u64::from(job.losses)).sum::<u64>();
        }
        report.flaw = world.audit.verify(workspace).await?.flaw;
        Ok(report)
    }

    /// Nothing lost, nothing doubled, no attempt but those that ended with a verdict.
    pub(crate) fn is_clean(&self) -> bool {
        self.lost == 0
            && self.extra == 0
            && self.failed == 0
            && self.unproved == 0
            && self.doubled == 0
            && self.attempts == self.jobs as u64
            && self.flaw.is_none()
            && self.mistold == 0
            && self.told.altered() == 0
    }

    /// Leases that ended without a verdict.
    pub(crate) const fn losses(&self) -> u64 {
        self.losses
    }

    pub(crate) fn print(&self, documents: usize, stuck: usize) {
        for (count, what) in [
            (self.lost, "lost"),
            (self.extra, "there though the door never said so"),
            (self.doubled, "with an effect missing or doubled (audit trail, outbox, jobs)"),
            (self.failed, "failed"),
            (self.unproved, "without a proof in the end"),
            (stuck, "stuck when time was up"),
        ] {
            println!("{}", figures::of(count, documents, what));
        }
        println!("{}", figures::of(self.mistold, documents, "doubled or missing in the external sink"));
        println!("told again: {} in the same words, {} in others", self.told.repeats(), self.told.altered());
        let beyond = self.attempts.saturating_sub(self.jobs as u64);
        println!("{beyond} attempts used beyond one a job; {} leases lost to the storm", self.losses);
        println!("audit chain: {}", if self.flaw.is_none() { "whole" } else { "BROKEN" });
    }
}

/// Every document, newest first.
pub(crate) async fn all_documents(world: &World, workspace: WorkspaceId) -> anyhow::Result<Vec<Document>> {
    let mut all: Vec<Document> = Vec::new();
    loop {
        let before = all.last().map(|document| document.id);
        let query = DocumentQuery { before, ..DocumentQuery::default() };
        let page = world.documents.list(workspace, &query).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

type Counts = BTreeMap<DocumentId, usize>;

/// How often each document was accepted, completed, and had a job settled.
async fn events(world: &World, workspace: WorkspaceId) -> anyhow::Result<(Counts, Counts, Counts)> {
    let (mut accepted, mut completed, mut settled) = (Counts::new(), Counts::new(), Counts::new());
    let mut after = 0;
    loop {
        let page = world.audit.events(workspace, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok((accepted, completed, settled)) };
        after = last.sequence;
        for event in &page {
            let Some(document) = event.document else { continue };
            let counts = if event.action == AuditAction::DocumentAccepted {
                &mut accepted
            } else if event.action == AuditAction::DocumentCompleted {
                &mut completed
            } else if event.action == AuditAction::JobSettled {
                &mut settled
            } else {
                continue;
            };
            *counts.entry(document).or_default() += 1;
        }
    }
}
