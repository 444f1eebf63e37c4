//! Why the broker did not do what was asked.

use crate::PlatformError;
use crate::metric::MessagingError;
use std::time::Duration;

/// A failed exchange with the broker. Holds no URL, no credentials and no message.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum BellFault {
    /// There is no connection at present.
    #[error("not connected to the broker")]
    Away,
    /// The broker has raised an alarm (memory, disk) and reads no messages.
    #[error("the broker takes no messages at present")]
    Blocked,
    /// No answer within the limit.
    #[error("no answer from the broker in time")]
    Overdue,
    /// The message was returned: no queue is bound for it.
    #[error("no queue took the message")]
    Unroutable,
    /// The message was refused, for instance by a queue that is full.
    #[error("the broker refused the message")]
    Refused,
    /// The connection or the channel failed.
    #[error("the broker connection failed")]
    Broker(#[from] lapin::Error),
}

impl BellFault {
    pub(super) const fn in_metrics(&self) -> MessagingError {
        match self {
            Self::Away | Self::Broker(_) => MessagingError::Connection,
            Self::Overdue => MessagingError::Timeout,
            Self::Unroutable => MessagingError::Unroutable,
            Self::Blocked | Self::Refused => MessagingError::Refused,
        }
    }
}

impl From<BellFault> for PlatformError {
    fn from(fault: BellFault) -> Self {
        Self::Queue { source: Box::new(fault) }
    }
}

/// Waits for an answer of the broker, but not for ever: some of them never come.
pub(super) async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = lapin::Result<T>>,
) -> Result<T, BellFault> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(BellFault::Broker),
        Err(_) => Err(BellFault::Overdue),
    }
}
