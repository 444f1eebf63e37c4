//! What must be true of a workspace when all its documents are settled, whatever happened on the way.

use crate::house::House;
use futures::StreamExt as _;
use smartexus_domain::{DocumentId, StageKind};
use smartexus_platform::port::{
    Artifact, AuditAction, AuditEvent, JobPart, JobRecord, JobState, ObjectName, OutboxRow,
};
use std::collections::{BTreeMap, BTreeSet};

/// What was read of one document: every artifact by its kind. Workbooks bear the time of their making, so of them only
/// the kind is told.
pub(crate) type Readings = BTreeMap<String, Vec<u8>>;

/// What is expected of a document.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) document: DocumentId,
    /// Into how many parts it is cut; 0 for none.
    pub(crate) parts: usize,
    /// What an undisturbed run reads; empty while that is what is being found out.
    pub(crate) readings: Readings,
}

/// Everything that is told about one workspace, at one moment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    jobs: Vec<Vec<JobRecord>>,
    artifacts: Vec<Vec<Artifact>>,
    events: Vec<AuditEvent>,
    told: Vec<OutboxRow>,
}

impl Snapshot {
    pub(crate) async fn of(house: &House, documents: &[DocumentId]) -> Self {
        let (mut jobs, mut artifacts) = (Vec::new(), Vec::new());
        for document in documents {
            jobs.push(house.jobs(*document).await);
            artifacts.push(artifacts_of(house, *document).await);
        }
        Self { jobs, artifacts, events: events(house).await, told: told(house).await }
    }
}

/// Every artifact of a document.
pub(crate) async fn readings(house: &House, document: DocumentId) -> Readings {
    let mut readings = Readings::new();
    for artifact in artifacts_of(house, document).await {
        let kind = artifact.object.kind.as_str().to_owned();
        let content = house.world.read_object(&artifact.object, artifact.bytes).await;
        let content = content.unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(content.len() as u64, artifact.bytes, "{kind}: as long as its row says");
        let told = if kind.ends_with(".xlsx") { Vec::new() } else { content.to_vec() };
        readings.insert(kind, told);
    }
    readings
}

/// Panics with what is not true.
pub(crate) async fn hold(house: &House, expected: &[Expected]) {
    let (events, told) = (events(house).await, told(house).await);
    for expected in expected {
        let document = expected.document;
        let result = house.settled(document).await;
        assert_eq!(result.failure, None);
        assert_eq!(result.statements.len(), 1);
        let jobs = house.jobs(document).await;
        each_job_counts_once(&jobs, expected);
        each_effect_is_told_once(&events, &told, document, jobs.len());
        artifacts_are_those_of_the_jobs(&artifacts_of(house, document).await, &jobs);
        let read = readings(house, document).await;
        let same = expected.readings.is_empty() || expected.readings == read;
        assert!(same, "reads as an undisturbed run does: {:?}", read.keys());
    }
    let report = house.world.audit.verify(house.workspace).await.expect("answers");
    assert_eq!(report.flaw, None);
    let living = house.world.documents.list(house.workspace, &Default::default()).await.expect("answers");
    let living: Vec<DocumentId> = living.iter().map(|found| found.id).collect();
    assert_eq!(living.len(), expected.len(), "{living:?}");
    assert!(expected.iter().all(|expected| living.contains(&expected.document)), "{living:?}");
    every_object_is_wanted_or_swept(house, &living).await;
}

/// Nothing is left to do in the whole installation, at any later time.
pub(crate) async fn nothing_is_open(house: &House) {
    let jobs = &house.world.jobs;
    let found = jobs.reconcile(u32::MAX).await.expect("answers");
    assert!(found.ring.is_empty() && found.lost.is_empty(), "left to ring for: {found:?}");
    assert_eq!(jobs.claim(&[]).await.expect("answers"), None, "a lease or a job is left");
}

fn each_job_counts_once(jobs: &[JobRecord], expected: &Expected) {
    let mut found: Vec<(StageKind, &str)> = jobs.iter().map(|job| (job.stage, job.part.as_str())).collect();
    // Under a clock that stands still, jobs may bear the same time.
    found.sort_unstable();
    let mut wanted: Vec<_> = StageKind::OF_DOCUMENTS.map(|stage| (stage, "whole")).to_vec();
    wanted.extend((0..expected.parts).map(|_| (StageKind::Extract, "pages")));
    wanted.extend((expected.parts > 0).then_some((StageKind::Extract, JobPart::Gather.as_str())));
    wanted.sort_unstable();
    assert_eq!(found, wanted, "each stage has one job, and each part");
    let counted = jobs.iter().all(|job| job.state == JobState::Done && job.attempts == 1);
    assert!(counted, "the world's faults are not the document's: {jobs:?}");
}

fn each_effect_is_told_once(events: &[AuditEvent], told: &[OutboxRow], document: DocumentId, jobs: usize) {
    let mut counted = BTreeMap::new();
    for event in events.iter().filter(|event| event.document == Some(document)) {
        *counted.entry(event.action.as_str()).or_insert(0) += 1;
    }
    // However often it was sent.
    counted.remove(AuditAction::DocumentRepeated.as_str());
    let wanted = [
        (AuditAction::DocumentAccepted.as_str(), 1),
        (AuditAction::DocumentCompleted.as_str(), 1),
        (AuditAction::JobSettled.as_str(), jobs),
    ];
    assert_eq!(counted, BTreeMap::from(wanted));
    let topics: Vec<&str> =
        told.iter().filter(|row| row.document == document).map(|row| row.topic.as_str()).collect();
    let ends = [["document.accepted", "document.needs_review"], ["document.accepted", "document.approved"]];
    assert!(ends.iter().any(|end| topics == end), "{topics:?}");
}

/// Of each kind there is the one that the job which counts has written.
fn artifacts_are_those_of_the_jobs(artifacts: &[Artifact], jobs: &[JobRecord]) {
    for artifact in artifacts {
        let kind = artifact.object.kind.as_str();
        let page = kind.strip_prefix("pages/").map(|page| page.parse::<u32>().expect("a page"));
        let wrote = |job: &&JobRecord| {
            let version = u64::from(job.run) << 32 | u64::from(job.epoch);
            let part = match job.part {
                JobPart::Pages(range) => page == Some(range.first()),
                JobPart::Whole | JobPart::Gather => page.is_none(),
            };
            job.stage == artifact.stage && part && version == artifact.object.version
        };
        assert!(jobs.iter().any(|job| wrote(&job)), "{kind} of {artifact:?} is of no job: {jobs:?}");
    }
    let stages: BTreeSet<StageKind> = artifacts.iter().map(|artifact| artifact.stage).collect();
    assert_eq!(stages, BTreeSet::from(StageKind::OF_DOCUMENTS), "each stage left something");
}

/// What no row names is what a sweeper takes, and it takes nothing else.
async fn every_object_is_wanted_or_swept(house: &House, documents: &[DocumentId]) {
    let (world, workspace) = (&house.world, house.workspace);
    let mut wanted = BTreeSet::new();
    for document in documents {
        wanted.insert(ObjectName::source(workspace, *document));
        wanted.extend(artifacts_of(house, *document).await.into_iter().map(|artifact| artifact.object));
    }
    let mut listing = world.blobs.list(workspace).await;
    let mut stored = BTreeSet::new();
    while let Some(entry) = listing.next().await {
        // A broken write bears no name, and is swept for that.
        stored.extend(entry.expect("listed").name);
    }
    let missing: Vec<&ObjectName> = wanted.difference(&stored).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let intents = world.retention.stale_intents(workspace, world.clock.now(), u32::MAX).await;
    let intents: BTreeSet<DocumentId> =
        intents.expect("answers").into_iter().map(|intent| intent.document).collect();
    let all: Vec<ObjectName> = stored.iter().cloned().collect();
    let orphans = world.retention.orphans(workspace, &all).await.expect("answers");
    let swept: BTreeSet<ObjectName> =
        stored.iter().filter(|name| intents.contains(&name.document)).cloned().chain(orphans).collect();
    let unswept: Vec<&ObjectName> = stored.difference(&wanted).filter(|name| !swept.contains(name)).collect();
    assert!(unswept.is_empty(), "nobody ever removes {unswept:?}");
    let lost: Vec<&ObjectName> = wanted.intersection(&swept).collect();
    assert!(lost.is_empty(), "a sweep would take {lost:?}");
}

async fn artifacts_of(house: &House, document: DocumentId) -> Vec<Artifact> {
    let found = house.world.documents.artifacts(house.workspace, document).await.expect("answers");
    let mut artifacts = found.found().expect("is there");
    artifacts.sort_by_key(|artifact| artifact.object.clone());
    artifacts
}

async fn events(house: &House) -> Vec<AuditEvent> {
    house.world.audit.events(house.workspace, 0, u32::MAX).await.expect("answers")
}

async fn told(house: &House) -> Vec<OutboxRow> {
    house.world.outbox.unsent(house.workspace, u32::MAX).await.expect("answers")
}
