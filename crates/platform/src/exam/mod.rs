//! The exam: what every set of backends must do, embedded or fleet. Public, so that a new set sits the same one.
//!
//! A backend passes when each function returns. A failed demand panics with the sentence that was not true, as a
//! test does. Every function makes its own worlds, so they can run side by side.

#![expect(clippy::expect_used, clippy::panic, reason = "an exam fails as a test does: by panicking")]

mod audit;
mod cache;
mod categories;
mod documents;
mod erasure;
mod faults;
mod jobs;
mod mappings;
mod objects;
mod s3;
mod servers;
mod signals;
mod sources;
mod wire;

pub use cache::{CACHE_QUESTIONS, CachePlace, CacheQuestion, MakeCachePlace, Standing};
pub use faults::{Effect, Faults, Harm, Moment, Point, WrittenVerdict};
pub use s3::{S3Kind, S3Server};
#[cfg(test)]
pub(crate) use servers::outside;
pub use servers::{FreshDatabase, FreshNames, Proxy, Wire, broker_url, postgres_url};
pub use wire::hear;

use crate::port::{
    Actor, Clock, Derivation, DocumentOutcome, DocumentRole, EraseCause, EraseRequest, FakeClock, Lease,
    NextJob, ObjectKind, PipelineRef, Priority, Settlement, Upload,
};
use crate::{Result, Submission, World};
use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt as _;
use futures::future::BoxFuture;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, MediaType, PageRange, RetentionClass, StageKind, WorkspaceId};
use std::sync::Arc;
use uuid::Uuid;

/// A place where a set of backends keeps its things: empty at first, and openable again after a crash.
#[async_trait]
pub trait Place: Send + Sync {
    /// Opens the place with this clock; may be called while an earlier world of it is still open.
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<World>;

    /// Changes the stored bytes of one object behind the backend's back; `None` removes it. `path` is relative to
    /// the workspace, as a listing shows it.
    async fn tamper(&self, workspace: WorkspaceId, path: &str, content: Option<Vec<u8>>);

    /// The stored bytes of one object, as they lie there.
    async fn stored(&self, workspace: WorkspaceId, path: &str) -> Vec<u8>;

    /// Whether these bytes occur in anything that is stored, rows and logs and objects.
    async fn contains(&self, needle: &[u8]) -> bool;
}

/// Makes an empty place.
pub type MakePlace<'a> = &'a (dyn Fn() -> Box<dyn Place> + Sync);

/// One question of the exam.
pub type Question = for<'a> fn(MakePlace<'a>) -> BoxFuture<'a, ()>;

/// Every question, by name.
pub const QUESTIONS: &[(&str, Question)] = &[
    ("accept_keeps_what_it_took", |m| Box::pin(documents::accept_keeps_what_it_took(m))),
    ("equal_submissions_are_one_document", |m| Box::pin(documents::equal_submissions_are_one_document(m))),
    ("racing_equal_submissions_are_one_document", |m| {
        Box::pin(documents::racing_equal_submissions_are_one_document(m))
    }),
    ("a_broken_upload_leaves_nothing", |m| Box::pin(documents::a_broken_upload_leaves_nothing(m))),
    ("an_intent_outlives_a_crash", |m| Box::pin(documents::an_intent_outlives_a_crash(m))),
    ("a_closed_intent_cannot_commit", |m| Box::pin(documents::a_closed_intent_cannot_commit(m))),
    ("workspaces_do_not_see_each_other", |m| Box::pin(documents::workspaces_do_not_see_each_other(m))),
    ("listing_pages_without_gap_or_repeat", |m| Box::pin(documents::listing_pages_without_gap_or_repeat(m))),
    ("one_job_has_one_owner", |m| Box::pin(jobs::one_job_has_one_owner(m))),
    ("claims_follow_priority_and_stage", |m| Box::pin(jobs::claims_follow_priority_and_stage(m))),
    ("a_stale_epoch_changes_nothing", |m| Box::pin(jobs::a_stale_epoch_changes_nothing(m))),
    ("a_settle_counts_once", |m| Box::pin(jobs::a_settle_counts_once(m))),
    ("a_settle_refuses_foreign_artifacts", |m| Box::pin(jobs::a_settle_refuses_foreign_artifacts(m))),
    ("heartbeats_keep_leases_and_name_the_lost", |m| {
        Box::pin(jobs::heartbeats_keep_leases_and_name_the_lost(m))
    }),
    ("retries_are_counted_to_the_last", |m| Box::pin(jobs::retries_are_counted_to_the_last(m))),
    ("the_worlds_fault_is_not_counted", |m| Box::pin(jobs::the_worlds_fault_is_not_counted(m))),
    ("losses_are_counted_to_the_last", |m| Box::pin(jobs::losses_are_counted_to_the_last(m))),
    ("a_leased_job_outlives_a_crash", |m| Box::pin(jobs::a_leased_job_outlives_a_crash(m))),
    ("a_ring_that_was_lost_is_made_good", |m| Box::pin(jobs::a_ring_that_was_lost_is_made_good(m))),
    ("workspaces_take_turns", |m| Box::pin(jobs::workspaces_take_turns(m))),
    ("parts_are_gathered_exactly_once", |m| Box::pin(jobs::parts_are_gathered_exactly_once(m))),
    ("a_part_that_dies_leaves_a_hole", |m| Box::pin(jobs::a_part_that_dies_leaves_a_hole(m))),
    ("the_dead_are_listed_revived_and_dropped", |m| {
        Box::pin(jobs::the_dead_are_listed_revived_and_dropped(m))
    }),
    ("the_bell_wakes_and_misses_nothing", |m| Box::pin(jobs::the_bell_wakes_and_misses_nothing(m))),
    ("objects_come_back_equal", |m| Box::pin(objects::objects_come_back_equal(m))),
    ("tampered_objects_are_refused", |m| Box::pin(objects::tampered_objects_are_refused(m))),
    ("moved_objects_are_refused", |m| Box::pin(objects::moved_objects_are_refused(m))),
    ("a_name_is_written_once", |m| Box::pin(objects::a_name_is_written_once(m))),
    ("a_probe_leaves_nothing", |m| Box::pin(objects::a_probe_leaves_nothing(m))),
    ("nothing_is_stored_in_clear", |m| Box::pin(objects::nothing_is_stored_in_clear(m))),
    ("orphans_are_told_from_work_in_flight", |m| Box::pin(objects::orphans_are_told_from_work_in_flight(m))),
    ("erasure_leaves_a_receipt_and_nothing_else", |m| {
        Box::pin(erasure::erasure_leaves_a_receipt_and_nothing_else(m))
    }),
    ("erasure_resumes_at_every_step", |m| Box::pin(erasure::erasure_resumes_at_every_step(m))),
    ("a_hold_wins", |m| Box::pin(erasure::a_hold_wins(m))),
    ("what_is_made_from_a_document_goes_with_it", |m| {
        Box::pin(sources::what_is_made_from_a_document_goes_with_it(m))
    }),
    ("nothing_is_made_from_what_is_not_there", |m| {
        Box::pin(sources::nothing_is_made_from_what_is_not_there(m))
    }),
    ("a_tombstone_stops_work", |m| Box::pin(erasure::a_tombstone_stops_work(m))),
    ("due_dates_follow_their_anchor", |m| Box::pin(erasure::due_dates_follow_their_anchor(m))),
    ("every_effect_leaves_an_event", |m| Box::pin(audit::every_effect_leaves_an_event(m))),
    ("the_outbox_tells_until_ticked_off", |m| Box::pin(audit::the_outbox_tells_until_ticked_off(m))),
    ("each_outbox_row_is_told_by_one_at_a_time", |m| {
        Box::pin(audit::each_outbox_row_is_told_by_one_at_a_time(m))
    }),
    ("rules_keep_their_order_and_count_their_changes", |m| {
        Box::pin(categories::rules_keep_their_order_and_count_their_changes(m))
    }),
    ("corrections_are_added_and_taken_back", |m| {
        Box::pin(categories::corrections_are_added_and_taken_back(m))
    }),
    ("categories_stay_sealed_and_in_their_workspace", |m| {
        Box::pin(categories::categories_stay_sealed_and_in_their_workspace(m))
    }),
    ("what_was_learned_goes_with_its_document", |m| {
        Box::pin(categories::what_was_learned_goes_with_its_document(m))
    }),
    ("mappings_are_kept_sealed_and_in_their_workspace", |m| {
        Box::pin(mappings::mappings_are_kept_sealed_and_in_their_workspace(m))
    }),
];

/// A world under a clock that stands still, and a workspace in it.
struct Sitting {
    place: Box<dyn Place>,
    world: World,
    clock: Arc<FakeClock>,
    workspace: WorkspaceId,
}

const START_SECONDS: i64 = 1_800_000_000;

impl Sitting {
    async fn begin(make: MakePlace<'_>) -> Self {
        let place = make();
        let start = Timestamp::from_second(START_SECONDS).expect("a valid instant");
        let clock = Arc::new(FakeClock::at(start));
        let world = place.open(Arc::<FakeClock>::clone(&clock)).await.expect("an empty place opens");
        Self { place, world, clock, workspace: WorkspaceId::from_uuid(Uuid::from_u128(1)) }
    }

    /// Opens the place again as another process would, without closing anything first.
    async fn reopen(&self) -> World {
        self.place.open(Arc::<FakeClock>::clone(&self.clock)).await.expect("the place opens again")
    }

    async fn accept(&self, content: &[u8]) -> DocumentId {
        let body = upload(content);
        let accepted = self.world.accept(self.workspace, submission(), body).await.expect("accepted");
        assert!(!accepted.duplicate, "new content is no duplicate");
        self.advance_ms(1);
        accepted.document
    }

    async fn claim(&self) -> Lease {
        claim(&self.world).await
    }

    fn advance_ms(&self, millis: i64) {
        self.clock.advance(jiff::SignedDuration::from_millis(millis));
    }
}

/// Leaves rows of every kind in a workspace, for questions that only one backend can answer.
pub async fn fill(world: &World, workspace: WorkspaceId) {
    let accept = async |content: &'static [u8]| {
        world.accept(workspace, submission(), upload(content)).await.expect("accepted").document
    };
    let erased = accept(b"to be erased").await;
    let erase = EraseRequest { actor: Actor::Operator, cause: EraseCause::Request, rule: None };
    world.retention.tombstone(workspace, erased, &erase).await.expect("answered");
    world.retention.erase_rows(workspace, erased).await.expect("answered");
    world.retention.finish(workspace, erased).await.expect("answered");
    let kept = accept(b"at work").await;
    let book = world.category_book(workspace);
    book.add_rule(0, b"a rule", (Some(kept), None), Actor::Operator).await.expect("answered");
    book.correct(kept, b"a correction", Actor::Operator).await.expect("answered");
    world.mapping_book(workspace).keep(0, None, b"a mapping", Actor::Operator).await.expect("answered");
    let lease = claim(world).await;
    let kind = ObjectKind::artifact(lease.stage);
    let artifact = world.put_artifact(&lease, kind, Bytes::from_static(b"{}")).await.expect("written");
    let fan_out = [1, 2].map(|page| PageRange::new(page, page).expect("a range")).to_vec();
    let settlement = Settlement {
        artifacts: vec![artifact],
        next: Vec::new(),
        fan_out,
        outcome: DocumentOutcome::Continues,
        media_type: None,
        timing_us: 1,
    };
    world.jobs.settle(lease.token, settlement).await.expect("answered");
    for _ in 0..2 {
        claim(world).await;
    }
    let derivation = Derivation { role: DocumentRole::Case, sources: vec![kept] };
    let made = world.accept_derived(workspace, submission(), derivation, upload(b"made from it")).await;
    made.expect("accepted");
    let intent = world.ids.document().expect("an id");
    world.documents.reserve_intent(workspace, intent).await.expect("answered");
}

async fn claim(world: &World) -> Lease {
    world.jobs.claim(&[]).await.expect("the queue answers").expect("a job to claim")
}

fn submission() -> Submission {
    Submission {
        actor: Actor::Intake,
        pipeline: PipelineRef { name: "bank-statement".to_owned(), version: "1".to_owned() },
        retention: class(),
        media_type: MediaType::Pdf,
        file_name: Some("Orinoco Trading March.pdf".to_owned()),
        password: None,
        first: NextJob { stage: StageKind::Extract, priority: Priority::Interactive },
        trace: None,
        limit_bytes: 64 * 1024 * 1024,
    }
}

fn class() -> RetentionClass {
    RetentionClass::try_from("financial-document".to_owned()).expect("a valid class")
}

/// The content in pieces of an odd size.
fn upload(content: &[u8]) -> Upload<'static> {
    let pieces: Vec<_> = content.chunks(70_001).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    futures::stream::iter(pieces).boxed()
}
