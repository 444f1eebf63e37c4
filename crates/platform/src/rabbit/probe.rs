//! What of the bell is not ready, for `doctor` and `/readyz`.

use super::canary::Aviary;
use super::line::{Line, State};
use super::shared::Shared;
use std::time::Duration;
use tokio::time::timeout;

/// A part of the bell that can be out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BellPart {
    /// The connection that rings.
    RingingConnection,
    /// The connection that listens.
    ListeningConnection,
    /// The exchanges and queues.
    Queues,
    /// The broker has raised an alarm (memory, disk) and takes no messages.
    Alarm,
    /// A message that is sent does not come back.
    RoundTrip,
}

impl BellPart {
    /// What is not ready, as a fragment for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RingingConnection => "broker connection for ringing",
            Self::ListeningConnection => "broker connection for listening",
            Self::Queues => "broker exchanges and queues",
            Self::Alarm => "broker alarm: it takes no messages",
            Self::RoundTrip => "round trip through the broker",
        }
    }
}

/// Looks at everything, in no more than `limit`.
pub(super) async fn probe(shared: &Shared, aviary: &Aviary, limit: Duration) -> Result<(), Vec<BellPart>> {
    let mut missing = Vec::new();
    let mut look = |line: &Line, connection| match line.state() {
        State::Up(session) if session.is_condemned() => missing.push(connection),
        State::Up(session) if session.blocked() => missing.push(BellPart::Alarm),
        State::Up(_) => {}
        State::Declaring => missing.push(BellPart::Queues),
        State::Away => missing.push(connection),
    };
    look(&shared.ringing, BellPart::RingingConnection);
    look(&shared.listening, BellPart::ListeningConnection);
    missing.dedup();
    if missing.is_empty() {
        let flown = timeout(limit, aviary.fly(shared, limit)).await;
        if !matches!(flown, Ok(Ok(()))) {
            missing.push(BellPart::RoundTrip);
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}
