//! Objects in S3, in the bucket of each workspace's region.

use super::bucket::Bucket;
use super::listing::{Catalogue, Marker, Row};
use super::regions::{RegionTag, Regions};
use super::settings::{S3Settings, S3SettingsFault};
use crate::Result;
use crate::objects::fault::StoreFault;
use crate::objects::probe;
use crate::objects::sealed::Sealed;
use crate::objects::shelf::{Shelf, Spot, parse, relative};
use crate::port::{Blobs, Keys, ObjectEntry, ObjectName};
use async_trait::async_trait;
use futures::future::try_join_all;
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use object_store::path::Path as ObjectPath;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stands between the key of a half upload and its id, in the path of its entry.
const UPLOAD: &str = "#upload=";

/// Sealed objects in S3, named `<prefix>/<workspace>/<document>/<kind>/<version>`, each workspace's in the bucket
/// of its region. Connects to nothing yet: [`Blobs::probe`] tells whether the buckets answer.
///
/// - An object is written only where nothing is yet (`If-None-Match: *`). An upload in parts looks whether the
///   name is free before it is completed, and completes on the same condition where the server knows it.
/// - Listings show every version and every half upload; removing removes all of them, marks of removal last.
///   Where the server does not list versions (Cloudflare R2, Garage), only what can be read is found and removed;
///   where it does not list half uploads, they stay until the bucket's lifecycle rule ends them. MinIO lists them
///   by their full key only, and ends them itself after a day.
/// - A key that is not one of ours is listed without a name, and removed like any other; one with a part that is
///   `.` or `..` cannot be removed, because it cannot be asked for.
///
/// # Errors
/// [`S3SettingsFault`]: the first; [`S3Settings::faults`] tells all.
pub fn open_s3(
    settings: &S3Settings,
    regions: Arc<dyn Regions>,
    keys: Arc<dyn Keys>,
) -> Result<Arc<dyn Blobs>, S3SettingsFault> {
    if let Some(fault) = settings.faults().first() {
        return Err(*fault);
    }
    let mut buckets = BTreeMap::new();
    for (region, bucket) in &settings.buckets {
        buckets.insert(region.clone(), Arc::new(Bucket::open(bucket)?));
    }
    Ok(Arc::new(Sealed::new(S3 { buckets, regions }, keys)))
}

/// A bucket for each region, opened once.
struct S3 {
    buckets: BTreeMap<RegionTag, Arc<Bucket>>,
    regions: Arc<dyn Regions>,
}

impl S3 {
    /// A workspace's folder.
    async fn folder(&self, workspace: WorkspaceId) -> Result<Folder> {
        let region = self.regions.region(workspace).await?;
        let bucket = self.buckets.get(&region).ok_or(StoreFault::NoBucket)?;
        Ok(Folder { bucket: Arc::clone(bucket), name: workspace.to_string(), workspace })
    }
}

#[async_trait]
impl Shelf for S3 {
    async fn spot(&self, name: &ObjectName) -> Result<Spot> {
        Ok(self.folder(name.workspace).await?.spot(&relative(name)))
    }

    async fn remove(&self, workspace: WorkspaceId, path: &str) -> Result<()> {
        self.folder(workspace).await?.remove(path).await
    }

    async fn below(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        let document = document.to_string();
        let mut entries: Vec<ObjectEntry> =
            self.folder(workspace).await?.entries(&document).try_collect().await?;
        // Something of another name may begin alike.
        entries.retain(|entry| {
            entry
                .path
                .strip_prefix(&document)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#']))
        });
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    async fn all(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
        match self.folder(workspace).await {
            Ok(folder) => folder.entries(""),
            Err(error) => stream::once(std::future::ready(Err(error))).boxed(),
        }
    }

    async fn probe(&self) -> Result<()> {
        // Any workspace will do: no name in this folder is an object's.
        let workspace = WorkspaceId::from_uuid(uuid::Uuid::nil());
        let folder =
            |bucket| Folder { bucket: Arc::clone(bucket), name: probe::FOLDER.to_owned(), workspace };
        try_join_all(self.buckets.values().map(|bucket| folder(bucket).probe())).await.map(drop)
    }
}

/// One folder of a bucket. Paths are relative to it.
#[derive(Clone)]
struct Folder {
    bucket: Arc<Bucket>,
    name: String,
    workspace: WorkspaceId,
}

impl Folder {
    fn key(&self, path: &str) -> String {
        format!("{}{}/{path}", self.bucket.prefix(), self.name)
    }

    fn spot(&self, path: &str) -> Spot {
        let path = ObjectPath::from(self.key(path));
        Spot { store: self.bucket.store(), path, patience: self.bucket.patience() }
    }

    /// The entries whose paths begin with this, a page at a time: objects, then half uploads.
    fn entries(self, beginning: &str) -> BoxStream<'static, Result<ObjectEntry>> {
        let walk = Walk {
            prefix: self.key(beginning),
            folder: self,
            next: Some((Catalogue::Versions, None)),
            pending: None,
        };
        stream::try_unfold(walk, Walk::page)
            .map_ok(|entries| stream::iter(entries.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    async fn remove(&self, path: &str) -> Result<()> {
        if path.is_empty() {
            return Err(StoreFault::Path.into());
        }
        // A foreign key may look like a half upload's entry, so both are removed.
        if let Some((path, upload)) = path.rsplit_once(UPLOAD) {
            self.bucket.delete(&self.key(path), &[("uploadId", upload)]).await?;
        }
        let key = self.key(path);
        let Some(versions) = self.bucket.versions(&key).await? else {
            return self.bucket.delete(&key, &[]).await;
        };
        // Marks last: without its mark, an older version would come into view again.
        let (marks, bytes): (Vec<Row>, Vec<Row>) = versions.into_iter().partition(|row| row.is_mark);
        for version in bytes.iter().chain(&marks) {
            let id = version.id.as_deref().unwrap_or("null");
            self.bucket.delete(&key, &[("versionId", id)]).await?;
        }
        Ok(())
    }

    async fn probe(self) -> Result<()> {
        let name = probe::name()?;
        let spot = self.spot(&name);
        probe::write_and_read(&spot).await?;
        let listed: Vec<ObjectEntry> = self.clone().entries("").try_collect().await?;
        for path in probe::to_remove(&listed, &name)? {
            self.remove(&path).await?;
        }
        probe::is_gone(&spot).await
    }
}

/// A listing under way.
struct Walk {
    folder: Folder,
    /// What every key begins with.
    prefix: String,
    /// What is asked next.
    next: Option<(Catalogue, Option<Marker>)>,
    /// The last key seen: more of its versions may be on the next page.
    pending: Option<ObjectEntry>,
}

impl Walk {
    /// The next entries, none when only a part of one was seen; `None` at the end.
    async fn page(mut self) -> Result<Option<(Vec<ObjectEntry>, Self)>> {
        let Some((catalogue, from)) = self.next.take() else { return Ok(None) };
        let page = self.folder.bucket.page(catalogue, &self.prefix, from.as_ref()).await?;
        let (rows, more) = match page {
            Some(page) => (page.rows, page.next),
            None if catalogue == Catalogue::Versions => {
                self.next = Some((Catalogue::Objects, None));
                return Ok(Some((Vec::new(), self)));
            }
            None if catalogue == Catalogue::Uploads => (Vec::new(), None),
            None => return Err(StoreFault::Garbled.into()),
        };
        self.next = match more {
            Some(marker) => Some((catalogue, Some(marker))),
            None if catalogue == Catalogue::Uploads => None,
            None => Some((Catalogue::Uploads, None)),
        };
        let ends = !matches!(&self.next, Some((next, _)) if *next == catalogue);
        let mut entries = Vec::new();
        for row in rows {
            entries.extend(self.add(catalogue, row)?);
        }
        if ends {
            entries.extend(self.pending.take());
        }
        Ok(Some((entries, self)))
    }

    /// Adds a row; the entry before it when that is complete.
    fn add(&mut self, catalogue: Catalogue, row: Row) -> Result<Option<ObjectEntry>> {
        let root = self.folder.key("");
        let Some(path) = row.key.strip_prefix(&root) else { return Err(StoreFault::Garbled.into()) };
        let (name, path) = match (catalogue, row.id) {
            (Catalogue::Uploads, id) => (None, format!("{path}{UPLOAD}{}", id.unwrap_or_default())),
            (Catalogue::Versions | Catalogue::Objects, _) => {
                (parse(self.folder.workspace, path), path.to_owned())
            }
        };
        if let Some(pending) = &mut self.pending
            && pending.path == path
        {
            pending.stored_bytes = pending.stored_bytes.saturating_add(row.bytes);
            pending.modified_at = pending.modified_at.max(row.at);
            return Ok(None);
        }
        let entry = ObjectEntry { name, path, stored_bytes: row.bytes, modified_at: row.at };
        Ok(self.pending.replace(entry))
    }
}
