//! A form that is filled from a case: its documents, and what their ledgers come to.

use super::FormFault;
use super::desk::FormDesk;
use super::request::CaseFigures;
use crate::cases::{CaseDesk, CaseFault};
use smartexus_domain::{DocumentId, StageKind};
use smartexus_platform::port::ObjectKind;
use std::sync::Arc;

/// A case whose figures are there.
pub(super) struct Sources {
    pub(super) documents: Vec<DocumentId>,
    pub(super) figures: CaseFigures,
}

impl FormDesk {
    /// What a settled case is made from and comes to. One that shows what its documents do not say any more is refused.
    pub(super) async fn case(&self, id: DocumentId) -> Result<Sources, FormFault> {
        let desk = CaseDesk::new(self.world.clone(), Arc::clone(&self.pipelines), self.workspace, self.actor);
        let case = desk.look(id).await.map_err(fault)?;
        if !case.document.state.is_settled() {
            return Err(FormFault::NotReady(id));
        }
        if case.outdated {
            let message =
                format!("documents of {id} read otherwise since; make the case again and name that one");
            return Err(FormFault::refused("case_outdated", message));
        }
        let kind = ObjectKind::artifact(StageKind::Analyze);
        let found = self.world.documents.artifact(self.workspace, id, &kind).await?.found().flatten();
        let Some(artifact) = found else {
            return Err(FormFault::refused("no_figures", format!("{id} came to no figures")));
        };
        let figures = CaseFigures { case: id, version: artifact.object.version, bytes: artifact.bytes };
        Ok(Sources { documents: case.documents, figures })
    }
}

fn fault(fault: CaseFault) -> FormFault {
    match fault {
        CaseFault::Refused { code, message } => FormFault::Refused { code, message },
        CaseFault::Absent(id) => FormFault::Absent(id),
        CaseFault::Gone(id) => FormFault::Gone(id),
        CaseFault::NotReady(id) => FormFault::NotReady(id),
        CaseFault::Platform(error) => FormFault::Platform(error),
    }
}
