//! A model outside, asked what nobody here can tell. Off unless somebody names one and a workspace allows it.

use async_trait::async_trait;

/// Why there is no reply. None of it is a document's fault: what was to be asked stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskFault {
    /// Nobody answers there, or not under the name of the address.
    #[error("the model endpoint does not answer")]
    Away,
    /// No reply within the time.
    #[error("the model endpoint took too long")]
    Slow,
    /// It answered with this status. A redirect is one of them: it is not followed.
    #[error("the model endpoint answered {0}")]
    Status(u16),
    /// More than a reply may have.
    #[error("the reply of the model endpoint is too large")]
    TooLarge,
    /// Not the reply that such an endpoint gives.
    #[error("the reply of the model endpoint is not understood")]
    Malformed,
}

impl AskFault {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Slow => "slow",
            Self::Status(_) => "status",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
        }
    }

    /// Whether the same once more may be answered.
    pub(crate) const fn may_pass(self) -> bool {
        match self {
            Self::Away | Self::Status(429 | 500..=599) => true,
            Self::Slow | Self::Status(_) | Self::TooLarge | Self::Malformed => false,
        }
    }
}

/// A model outside.
#[async_trait]
pub trait Adviser: Send + Sync {
    /// Its name, as it stands in reasons.
    fn model(&self) -> &str;

    /// Asks once, and once more where that may help; the reply as the model wrote it. What is sent is the caller's duty.
    ///
    /// # Errors
    /// [`AskFault`].
    async fn ask(&self, system: &str, user: &str) -> Result<String, AskFault>;
}
