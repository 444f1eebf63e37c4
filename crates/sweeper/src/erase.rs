//! Carries one erasure from wherever it stands to its receipt. Every step may be cut and run again.

use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::metric::{self, EraseStore};
use smartexus_platform::port::{EraseStep, Erasure, Receipt};
use smartexus_platform::{PlatformError, World};

/// A run that was fenced out may still have been writing when the rows went, so what it left is removed and
/// verified again. More often than this, something keeps writing: leave it to the next sweep and report it.
const VERIFY_ROUNDS_MAX: u32 = 3;

/// Where an erasure stopped, and why.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub(crate) struct Stopped {
    pub(crate) step: EraseStep,
    #[source]
    pub(crate) error: StopCause,
}

/// Why an erasure stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StopCause {
    #[error(transparent)]
    Platform(#[from] PlatformError),
    #[error("something of the document is still there")]
    Residue,
}

/// Runs all remaining steps. The key goes first: from then on nothing that is left can be read.
pub(crate) async fn drive(
    world: &World,
    workspace: WorkspaceId,
    erasure: &Erasure,
) -> Result<Receipt, Stopped> {
    let document = erasure.document;
    for step in EraseStep::ALL.into_iter().filter(|step| *step >= erasure.step) {
        let stopped = |error: PlatformError| Stopped { step, error: error.into() };
        match step {
            EraseStep::DestroyKey => {
                world.keys.destroy(workspace, document).await.map_err(stopped)?;
                world
                    .retention
                    .advance(workspace, document, EraseStep::DeleteObjects)
                    .await
                    .map_err(stopped)?;
                metric::erasure(EraseStore::Keys);
            }
            EraseStep::DeleteObjects => {
                delete_objects(world, workspace, document).await.map_err(stopped)?;
                world.retention.advance(workspace, document, EraseStep::DeleteRows).await.map_err(stopped)?;
                metric::erasure(EraseStore::Blobs);
            }
            EraseStep::DeleteRows => {
                world.retention.erase_rows(workspace, document).await.map_err(stopped)?;
                world.retention.advance(workspace, document, EraseStep::Verify).await.map_err(stopped)?;
                metric::erasure(EraseStore::Database);
            }
            EraseStep::Verify => return verify(world, workspace, document).await,
        }
    }
    // `Verify` is the last step and every erasure's step is one of these, so the loop returned.
    Err(Stopped { step: erasure.step, error: StopCause::Residue })
}

async fn verify(world: &World, workspace: WorkspaceId, document: DocumentId) -> Result<Receipt, Stopped> {
    let stopped = |error: StopCause| Stopped { step: EraseStep::Verify, error };
    for _ in 0..VERIFY_ROUNDS_MAX {
        if is_absent(world, workspace, document).await.map_err(|e| stopped(e.into()))? {
            return world.retention.finish(workspace, document).await.map_err(|e| stopped(e.into()));
        }
        erase_again(world, workspace, document).await.map_err(|e| stopped(e.into()))?;
    }
    Err(stopped(StopCause::Residue))
}

/// Asks every place where something could be.
async fn is_absent(
    world: &World,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<bool, PlatformError> {
    Ok(!world.keys.holds(workspace, document).await?
        && world.blobs.list_document(workspace, document).await?.is_empty()
        && world.retention.residue(workspace, document).await?.is_clean())
}

async fn erase_again(
    world: &World,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<(), PlatformError> {
    world.keys.destroy(workspace, document).await?;
    delete_objects(world, workspace, document).await?;
    world.retention.erase_rows(workspace, document).await
}

/// Deletes what is stored for a document, the remains of broken writes too.
pub(crate) async fn delete_objects(
    world: &World,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<(), PlatformError> {
    for entry in world.blobs.list_document(workspace, document).await? {
        world.blobs.delete_entry(workspace, &entry).await?;
    }
    Ok(())
}
