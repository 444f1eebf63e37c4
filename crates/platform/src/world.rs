//! Everything outside, in one struct that is passed in.

use crate::port::{
    Audit, Blobs, Cache, Categories, Clock, Documents, Doorbell, Ids, Jobs, Keys, Mappings, Outbox, Retention,
};
use std::sync::Arc;

/// The ports, one of each. Cloning shares them.
#[derive(Clone)]
pub struct World {
    /// Documents: accept and look.
    pub documents: Arc<dyn Documents>,
    /// The queue.
    pub jobs: Arc<dyn Jobs>,
    /// Holds, due dates, erasure.
    pub retention: Arc<dyn Retention>,
    /// Rules and corrections of categories.
    pub categories: Arc<dyn Categories>,
    /// Mappings of forms.
    pub mappings: Arc<dyn Mappings>,
    /// The audit trail.
    pub audit: Arc<dyn Audit>,
    /// What has to be told.
    pub outbox: Arc<dyn Outbox>,
    /// The bell.
    pub doorbell: Arc<dyn Doorbell>,
    /// What replicas share and may lose.
    pub cache: Arc<dyn Cache>,
    /// Objects, sealed.
    pub blobs: Arc<dyn Blobs>,
    /// Keys.
    pub keys: Arc<dyn Keys>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Names made of time and chance.
    pub ids: Arc<dyn Ids>,
}
