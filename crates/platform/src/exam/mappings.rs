//! Mappings of forms: versions, replacing, sealing, walls.

use super::{MakePlace, Sitting};
use crate::World;
use crate::port::{Actor, AuditAction, Edited};
use smartexus_domain::WorkspaceId;
use uuid::Uuid;

const ACTOR: Actor = Actor::Operator;

async fn listed(world: &World, workspace: WorkspaceId) -> (u64, Vec<(u64, Vec<u8>)>) {
    let kept = world.mapping_book(workspace).all().await.expect("answered");
    (kept.version, kept.mappings.into_iter().map(|one| (one.number, one.content)).collect())
}

pub(super) async fn mappings_are_kept_sealed_and_in_their_workspace(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    assert_eq!(listed(world, workspace).await, (0, vec![]), "nothing was ever kept");
    let book = world.mapping_book(workspace);
    let keep = |expected, replaces, content: &'static [u8]| book.keep(expected, replaces, content, ACTOR);
    let secret = b"brokers own wording";
    assert_eq!(keep(0, None, secret).await.expect("answered"), Edited::Done(1));
    assert_eq!(keep(0, None, b"late").await.expect("answered"), Edited::Stale(1), "somebody was faster");
    assert_eq!(keep(1, None, b"second").await.expect("answered"), Edited::Done(2));
    assert_eq!(keep(2, Some(9), b"x").await.expect("answered"), Edited::Absent, "nothing stands there");
    assert_eq!(keep(2, Some(2), b"second, better").await.expect("answered"), Edited::Done(3));
    let both = vec![(1, secret.to_vec()), (3, b"second, better".to_vec())];
    assert_eq!(listed(&sitting.reopen().await, workspace).await, (3, both));
    assert!(!sitting.place.contains(secret).await, "nothing lies in clear");

    let stranger = WorkspaceId::from_uuid(Uuid::from_u128(2));
    let foreign = world.mapping_book(stranger);
    assert_eq!(listed(world, stranger).await, (0, vec![]));
    assert_eq!(foreign.remove(0, 1, ACTOR).await.expect("answered"), Edited::Absent);
    assert_eq!(foreign.keep(0, Some(1), b"x", ACTOR).await.expect("answered"), Edited::Absent);
    assert_eq!(foreign.keep(0, None, b"own", ACTOR).await.expect("answered"), Edited::Done(1));
    assert_eq!(listed(world, stranger).await, (1, vec![(1, b"own".to_vec())]));

    assert_eq!(book.remove(2, 3, ACTOR).await.expect("answered"), Edited::Stale(3));
    assert_eq!(book.remove(3, 3, ACTOR).await.expect("answered"), Edited::Done(4));
    assert_eq!(book.remove(4, 3, ACTOR).await.expect("answered"), Edited::Absent, "gone already");
    assert_eq!(keep(4, None, b"new").await.expect("answered"), Edited::Done(5), "no number comes again");
    assert_eq!(listed(world, workspace).await, (5, vec![(1, secret.to_vec()), (5, b"new".to_vec())]));
    let events = world.audit.events(workspace, 0, 100).await.expect("answered");
    let told: Vec<_> = events.iter().skip(1).map(|event| (event.action, event.detail.as_str())).collect();
    let (kept, removed) = (AuditAction::FormMappingKept, AuditAction::FormMappingRemoved);
    assert_eq!(told, [(kept, "1"), (kept, "2"), (kept, "3"), (removed, "4"), (kept, "5")]);
}
