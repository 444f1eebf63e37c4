//! What belongs to nothing: uploads that never became a document, objects without a row, remains of broken writes.

use crate::erase::delete_objects;
use crate::{Orphans, SweepFailure};
use futures::StreamExt as _;
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;
use smartexus_platform::port::{Intent, ObjectEntry, ObjectName};
use smartexus_platform::{PlatformError, World};
use std::collections::{BTreeMap, BTreeSet};

/// Objects that are asked about at once.
const BATCH: usize = 256;
/// Intents that are read at once.
const INTENTS_PAGE: u32 = 256;

/// One pass over a workspace. Everything younger than `horizon` is left alone: somebody may be writing it.
pub(crate) struct OrphanHunt<'w> {
    pub(crate) world: &'w World,
    pub(crate) workspace: WorkspaceId,
    pub(crate) horizon: Timestamp,
    pub(crate) dry_run: bool,
    pub(crate) found: Orphans,
    pub(crate) failures: Vec<SweepFailure>,
}

impl OrphanHunt<'_> {
    /// Finds and removes. Only a database or a store that does not answer at all is an error.
    pub(crate) async fn run(&mut self) -> Result<(), PlatformError> {
        self.intents().await?;
        self.objects().await
    }

    async fn intents(&mut self) -> Result<(), PlatformError> {
        let mut tried = BTreeSet::new();
        let mut limit = INTENTS_PAGE;
        loop {
            let page = self.world.retention.stale_intents(self.workspace, self.horizon, limit).await?;
            let full = page.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
            for intent in page {
                if tried.insert(intent.document) {
                    self.intent(intent).await;
                }
            }
            if !full {
                return Ok(());
            }
            // Those that could not be resolved stay at the front; look past them.
            limit = limit.saturating_mul(2);
        }
    }

    async fn intent(&mut self, intent: Intent) {
        if self.dry_run {
            self.found.intents = self.found.intents.saturating_add(1);
            return;
        }
        match self.resolve_intent(intent).await {
            Ok(true) => self.found.intents = self.found.intents.saturating_add(1),
            Ok(false) => {}
            Err(error) => self.failures.push(SweepFailure {
                workspace: self.workspace,
                document: Some(intent.document),
                step: None,
                message: error.to_string(),
            }),
        }
    }

    /// Closed first, so that an upload which is still running cannot commit what is being removed.
    async fn resolve_intent(&self, intent: Intent) -> Result<bool, PlatformError> {
        if !self.world.retention.close_intent(self.workspace, intent.document).await? {
            return Ok(false);
        }
        delete_objects(self.world, self.workspace, intent.document).await?;
        self.world.keys.destroy(self.workspace, intent.document).await?;
        self.world.retention.drop_intent(self.workspace, intent.document).await?;
        Ok(true)
    }

    async fn objects(&mut self) -> Result<(), PlatformError> {
        let mut listing = self.world.blobs.list(self.workspace).await;
        let mut batch = BTreeMap::new();
        while let Some(entry) = listing.next().await {
            let entry = entry?;
            if entry.modified_at > self.horizon {
                continue;
            }
            let Some(name) = entry.name.clone() else {
                // Never acknowledged to anybody: a broken write, or a file that is not ours.
                self.found.files = self.found.files.saturating_add(self.remove(&entry).await);
                continue;
            };
            batch.insert(name, entry);
            if batch.len() >= BATCH {
                self.settle(std::mem::take(&mut batch)).await?;
            }
        }
        self.settle(batch).await
    }

    async fn settle(&mut self, batch: BTreeMap<ObjectName, ObjectEntry>) -> Result<(), PlatformError> {
        let names: Vec<ObjectName> = batch.keys().cloned().collect();
        for orphan in self.world.retention.orphans(self.workspace, &names).await? {
            if let Some(entry) = batch.get(&orphan) {
                self.found.objects = self.found.objects.saturating_add(self.remove(entry).await);
            }
        }
        Ok(())
    }

    /// 1 when it is gone (or would be), 0 when it could not be removed.
    async fn remove(&mut self, entry: &ObjectEntry) -> u64 {
        if self.dry_run {
            return 1;
        }
        let Err(error) = self.world.blobs.delete_entry(self.workspace, entry).await else { return 1 };
        self.failures.push(SweepFailure {
            workspace: self.workspace,
            document: entry.name.as_ref().map(|name| name.document),
            step: None,
            message: error.to_string(),
        });
        0
    }
}
