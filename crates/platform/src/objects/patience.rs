//! How long a store is waited for.

use super::fault::StoreFault;
use crate::Result;
use std::time::Duration;

/// Does one step with a store, or gives up on it. Whatever a store does, it cannot make a caller wait for longer.
pub(super) async fn in_time<T>(patience: Duration, step: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(patience, step).await.unwrap_or_else(|_| Err(StoreFault::TimedOut.into()))
}
