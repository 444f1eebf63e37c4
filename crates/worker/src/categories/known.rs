//! What workspaces know, built once for each version of it.

use super::kept;
use smartexus_categorize::{Rulebook, Workspace};
use smartexus_domain::{CategoryInputs, WorkspaceId};
use smartexus_platform::port::CategoryVersions;
use smartexus_platform::{PlatformError, World};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Workspaces that are held ready; the one that was not asked for longest makes room.
const WORKSPACES_HELD: usize = 8;

/// A workspace's rules and corrections, ready to decide.
#[derive(Clone)]
pub(crate) struct KnownWorkspace {
    pub(crate) workspace: Arc<Workspace>,
    /// What it was built from.
    pub(crate) inputs: CategoryInputs,
    /// Rules and corrections that this release does not carry any more.
    pub(crate) ignored: usize,
}

/// Those of this process. Each is found under its own id and no other.
#[derive(Clone, Default)]
pub(crate) struct Known(Arc<Mutex<VecDeque<(WorkspaceId, KnownWorkspace)>>>);

impl Known {
    /// What a workspace knows now; `None` when nothing was ever kept for it.
    pub(crate) async fn of(
        &self,
        world: &World,
        rulebook: &Arc<Rulebook>,
        workspace: WorkspaceId,
    ) -> Result<Option<KnownWorkspace>, PlatformError> {
        let versions = world.categories.versions(workspace).await?;
        if versions == CategoryVersions::default() {
            return Ok(None);
        }
        if let Some(held) = self.held(workspace, versions) {
            return Ok(Some(held));
        }
        let known = build(world, rulebook, workspace).await?;
        self.hold(workspace, known.clone());
        Ok(Some(known))
    }

    fn held(&self, workspace: WorkspaceId, versions: CategoryVersions) -> Option<KnownWorkspace> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(of, known)| *of == workspace && known.inputs == inputs(versions))?;
        let found = held.remove(at)?;
        let known = found.1.clone();
        held.push_back(found);
        Some(known)
    }

    fn hold(&self, workspace: WorkspaceId, known: KnownWorkspace) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(of, _)| *of != workspace);
        if held.len() >= WORKSPACES_HELD {
            held.pop_front();
        }
        held.push_back((workspace, known));
    }
}

const fn inputs(versions: CategoryVersions) -> CategoryInputs {
    CategoryInputs { rules_version: versions.rules, corrections_version: versions.corrections }
}

/// Each list is read at one moment of its own, and is named with the version it had then.
async fn build(
    world: &World,
    rulebook: &Arc<Rulebook>,
    workspace: WorkspaceId,
) -> Result<KnownWorkspace, PlatformError> {
    let book = world.category_book(workspace);
    let (rules, corrections) = (book.rules().await?, book.corrections().await?);
    let inputs = inputs(CategoryVersions { rules: rules.version, corrections: corrections.version });
    let lessons = kept::lessons(&corrections)?;
    let rules = kept::rules(rules)?.into_iter().map(|held| held.rule).collect();
    let rulebook = Arc::clone(rulebook);
    let built = tokio::task::spawn_blocking(move || Workspace::of_kept(rules, lessons, &rulebook)).await;
    let (workspace, ignored) = built.map_err(|_| PlatformError::Inconsistent("corrections"))?;
    Ok(KnownWorkspace { workspace: Arc::new(workspace), inputs, ignored })
}
