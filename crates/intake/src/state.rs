//! What every handler is given.

use crate::admission::Admission;
use crate::category_ask::{CategoryAsk, CategoryReply};
use crate::pressure::Gauge;
use crate::problem::{Problem, ProblemCode};
use crate::{IntakeConfig, Neighbours};
use serde_json::json;
use smartexus_domain::DocumentId;
use smartexus_platform::World;
use smartexus_platform::port::{Document, Gone, Lookup};
use std::sync::Arc;

/// Shared by all requests.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) world: World,
    pub(crate) config: Arc<IntakeConfig>,
    pub(crate) neighbours: Arc<dyn Neighbours>,
    pub(crate) admission: Arc<Admission>,
    pub(crate) gauge: Arc<Gauge>,
}

impl Door {
    pub(crate) fn new(world: World, config: IntakeConfig, neighbours: Arc<dyn Neighbours>) -> Self {
        let admission = Arc::new(Admission::new(&config.limits));
        Self { world, config: Arc::new(config), neighbours, admission, gauge: Arc::default() }
    }

    /// What another room says about the workspace's categories.
    pub(crate) async fn categories(&self, ask: CategoryAsk) -> Result<CategoryReply, Problem> {
        Ok(self.neighbours.categories(self.config.workspace, ask).await?)
    }

    /// An id as it stands in a path. What is no id at all is answered like one that never was.
    pub(crate) fn id(text: &str) -> Result<DocumentId, Problem> {
        text.parse().map_err(|_| ProblemCode::NotFound.into())
    }

    /// A document of the workspace.
    pub(crate) async fn document(&self, id: DocumentId) -> Result<Document, Problem> {
        let looked = self.world.documents.document(self.config.workspace, id).await?;
        self.found(looked).await
    }

    /// What was found, or the problem that says why nothing was.
    pub(crate) async fn found<T>(&self, looked: Lookup<T>) -> Result<T, Problem> {
        match looked {
            Lookup::Found(value) => Ok(value),
            Lookup::Absent => Err(ProblemCode::NotFound.into()),
            Lookup::Gone(gone) => Err(self.gone(gone).await),
        }
    }

    /// 410, with the receipt once it is written.
    pub(crate) async fn gone(&self, gone: Gone) -> Problem {
        let problem = Problem::new(ProblemCode::Gone).with("receipt_id", json!(gone.receipt));
        if !gone.finished {
            return problem.with("erasing", json!(true));
        }
        let problem = problem.with("receipt_url", json!(format!("/v1/erasures/{}", gone.receipt)));
        match self.world.retention.receipt(self.config.workspace, gone.receipt).await {
            Ok(Some(receipt)) => problem.with("receipt", json!(receipt)),
            Ok(None) => problem,
            Err(error) => error.into(),
        }
    }
}
