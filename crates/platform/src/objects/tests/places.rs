//! Regions: each workspace's objects lie in the bucket of its region and nowhere else.

use super::{LIMIT, is_store_fault, upload};
use crate::exam::{S3Kind, S3Server};
use crate::port::{Blobs, Keys, ObjectName, Upload};
use crate::{Backends, Durability, RegionTag, Result, S3Settings, World, open_s3};
use futures::StreamExt as _;
use smartexus_domain::WorkspaceId;
use std::sync::Arc;
use uuid::Uuid;

fn tag(text: &str) -> RegionTag {
    text.parse().unwrap()
}

fn workspace(number: u128) -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(number))
}

/// Workspace 1 at home, 2 far away, any other in a region that has no bucket.
fn blobs(server: &S3Server, keys: &Arc<dyn Keys>) -> Arc<dyn Blobs> {
    let mut settings = server.settings();
    settings.buckets.insert(tag("far"), server.bucket(S3Server::FAR));
    let regions = |asked: WorkspaceId| {
        if asked == workspace(1) {
            tag("home")
        } else if asked == workspace(2) {
            tag("far")
        } else {
            tag("nowhere")
        }
    };
    open_s3(&settings, Arc::new(regions), Arc::clone(keys)).unwrap()
}

async fn put(world: &World, workspace: WorkspaceId, body: Upload<'static>) -> Result<ObjectName> {
    let document = world.ids.document().unwrap();
    world.keys.create(workspace, document).await.unwrap();
    let name = ObjectName::source(workspace, document);
    world.blobs.put(&name, body, LIMIT).await.map(|_| name)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn objects_lie_in_the_region_of_their_workspace_and_nowhere_else() {
    let rows = tempfile::tempdir().unwrap();
    let server = S3Server::start(S3Kind::Versioned);
    let mut world = Backends::embedded(rows.path(), Durability::Ephemeral).open().await.unwrap();
    world.blobs = blobs(&server, &world.keys);
    let home = put(&world, workspace(1), upload(b"home")).await.unwrap();
    assert_eq!((server.objects(S3Server::HOME), server.objects(S3Server::FAR)), (1, 0));
    let far = put(&world, workspace(2), upload(b"far")).await.unwrap();
    assert_eq!((server.objects(S3Server::HOME), server.objects(S3Server::FAR)), (1, 1));
    assert!(is_store_fault(&put(&world, workspace(3), upload(b"lost")).await), "never somewhere else");
    assert_eq!((server.objects(S3Server::HOME), server.objects(S3Server::FAR)), (1, 1));
    let listed = world.blobs.list(workspace(3)).await.next().await.expect("an answer");
    assert!(is_store_fault(&listed), "an unknown region is no empty one");

    for (name, truth) in [(&home, b"home".as_slice()), (&far, b"far")] {
        assert_eq!(world.read_object(name, LIMIT).await.unwrap(), truth);
        assert_eq!(world.blobs.list(name.workspace).await.count().await, 1);
    }
    world.blobs.delete(&far).await.unwrap();
    assert_eq!((server.objects(S3Server::HOME), server.objects(S3Server::FAR)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_probe_asks_every_region() {
    let rows = tempfile::tempdir().unwrap();
    let server = S3Server::start(S3Kind::Plain);
    let world = Backends::embedded(rows.path(), Durability::Ephemeral).open().await.unwrap();
    blobs(&server, &world.keys).probe().await.unwrap();
    let mut settings: S3Settings = server.settings();
    settings.buckets.insert(tag("far"), server.bucket("not-there"));
    let half = open_s3(&settings, settings.all_at_home(), Arc::clone(&world.keys)).unwrap();
    assert!(is_store_fault(&half.probe().await), "one bad bucket is enough");
}
