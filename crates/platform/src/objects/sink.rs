//! Sealed bytes on their way into a store, which shows them under their name only when all are there.

use super::fault::{StoreFault, told};
use super::patience::in_time;
use super::shelf::Spot;
use crate::Result;
use bytes::Bytes;
use object_store::{MultipartUpload, ObjectStoreExt as _, PutMode, PutPayload};
use std::time::Duration;
use tokio::runtime::Handle;

/// Sealed bytes that are collected before they are handed to the store: an object up to this size is written at
/// once, a larger one in parts of exactly this size and a last one. Object stores want parts of at least 5 MiB,
/// some want them equal, and take at most 10,000 of them: an object ends at 78 GiB.
pub(super) const PART_BYTES: usize = 8 * 1024 * 1024;

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The bytes are there, durable.
    Written,
    /// Something is there already, perhaps an earlier try of these very bytes. It was not touched.
    Taken,
}

/// One object being written. At most one part is in flight while the next one waits to be collected, so memory
/// stays at two parts however large the object is. Dropped before its end, it takes back what it wrote.
pub(super) struct Sink {
    spot: Spot,
    buffer: Vec<u8>,
    parts: Option<Box<dyn MultipartUpload>>,
}

impl Sink {
    pub(super) fn new(spot: Spot, header: Vec<u8>) -> Self {
        Self { spot, buffer: header, parts: None }
    }

    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Hands over whole parts. Waits for the store: this is what slows a fast upload down.
    pub(super) async fn flush_full(&mut self) -> Result<()> {
        while self.buffer.len() > PART_BYTES {
            let mut rest = Vec::with_capacity(PART_BYTES);
            rest.extend_from_slice(&self.buffer[PART_BYTES..]);
            self.buffer.truncate(PART_BYTES);
            let part = std::mem::replace(&mut self.buffer, rest);
            self.put_part(part).await?;
        }
        Ok(())
    }

    /// Writes what is left and makes the object visible.
    pub(super) async fn finish(mut self) -> Result<Ending> {
        let last = std::mem::take(&mut self.buffer);
        if self.parts.is_none() {
            return put_whole(&self.spot, last).await;
        }
        let completed = match self.put_part(last).await {
            Ok(()) => self.complete().await,
            Err(error) => Err(error),
        };
        if !matches!(completed, Ok(Ending::Written)) {
            self.abort().await;
        }
        completed
    }

    /// Takes back what was written. Best effort: what remains is found by the listing and removed by the sweeper.
    pub(super) async fn abort(&mut self) {
        if let Some(parts) = self.parts.take() {
            take_back(parts, self.spot.patience).await;
        }
    }

    async fn put_part(&mut self, sealed: Vec<u8>) -> Result<()> {
        let patience = self.spot.patience;
        let parts = match &mut self.parts {
            Some(parts) => parts,
            parts @ None => {
                let (store, path) = (&self.spot.store, &self.spot.path);
                let started = async { store.put_multipart(path).await.map_err(told) };
                parts.insert(in_time(patience, started).await?)
            }
        };
        let put = parts.put_part(PutPayload::from(Bytes::from(sealed)));
        in_time(patience, async { put.await.map_err(told) }).await
    }

    /// Looks whether the name is free, then completes. Not every store can make that one step; those that can are
    /// told to refuse (see `s3::WriteOnce`). In between only the holder of the same lease could come, and it
    /// writes once.
    async fn complete(&mut self) -> Result<Ending> {
        if is_taken(&self.spot).await? {
            return Ok(Ending::Taken);
        }
        let patience = self.spot.patience;
        let Some(parts) = &mut self.parts else { return Err(StoreFault::Failed.into()) };
        let completed = in_time(patience, async { parts.complete().await.map_err(told) }).await;
        match completed {
            Ok(_) => Ok(Ending::Written),
            // The answer may have been lost after the work was done: then the name is taken, by us.
            Err(error) => match is_taken(&self.spot).await {
                Ok(true) => Ok(Ending::Taken),
                Ok(false) | Err(_) => Err(error),
            },
        }
    }
}

impl Drop for Sink {
    /// The caller went away in the middle: nobody waits, so the parts are taken back on the side.
    fn drop(&mut self) {
        if let Some(parts) = self.parts.take()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(take_back(parts, self.spot.patience));
        }
    }
}

async fn put_whole(spot: &Spot, sealed: Vec<u8>) -> Result<Ending> {
    let put = spot.store.put_opts(&spot.path, PutPayload::from(sealed), PutMode::Create.into());
    in_time(spot.patience, async {
        match put.await {
            Ok(_) => Ok(Ending::Written),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Ending::Taken),
            Err(error) => Err(told(error)),
        }
    })
    .await
}

async fn is_taken(spot: &Spot) -> Result<bool> {
    in_time(spot.patience, async {
        match spot.store.head(&spot.path).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(told(error)),
        }
    })
    .await
}

async fn take_back(mut parts: Box<dyn MultipartUpload>, patience: Duration) {
    let taken_back = in_time(patience, async {
        match parts.abort().await {
            // Completed after all, or ended by somebody else.
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(told(error)),
        }
    });
    if taken_back.await.is_err() {
        tracing::warn!("broken upload remains");
    }
}
