//! What is on the wire: `job.v1` and `dead.v1`. JSON with ids only, and a MAC over every byte before it.
//!
//! ```text
//! {"message":"job.v1","ring":…,"workspace":…,"job":…,"stage":…,"priority":…,"issued_at_ms":…,"mac":"<64 hex>"}
//! ```
//!
//! The MAC is verified over the bytes as they came and before they are parsed, so there is no second way to write a
//! message, and nothing unproved reaches the parser.

use super::topology::Spot;
use crate::port::Priority;
use crate::{PlatformError, Result, SecretBytes};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use smartexus_domain::{JobId, StageKind, WorkspaceId};
use std::fmt::Write as _;
use std::time::Duration;
use uuid::Uuid;

/// The key of the messages' MAC. No `Debug`; wiped when dropped.
pub struct MacKey(SecretBytes);

const MAC_BYTES: usize = 32;
const MAC_OPENS: &str = ",\"mac\":\"";
const MAC_CLOSES: &str = "\"}";
/// Everything from the comma before the MAC to the end.
const TAIL_BYTES: usize = MAC_OPENS.len() + 2 * MAC_BYTES + MAC_CLOSES.len();
/// A message of ours has some 400.
const MESSAGE_MAX_BYTES: usize = 1024;

pub(super) const JOB: &str = "job.v1";
pub(super) const DEAD: &str = "dead.v1";

/// Why a message is not acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Refusal {
    /// Not of the shape of our messages.
    Undecodable,
    /// Of the shape, but not ours.
    BadMac,
    /// Ours, but not of a kind and version that this release hears.
    UnknownVersion,
    /// Ours, but in the queue of another stage or priority.
    Misrouted,
    /// Ours, but older than a ring is believed.
    Expired,
}

impl Refusal {
    #[cfg(test)]
    pub(super) const ALL: [Self; 5] =
        [Self::Undecodable, Self::BadMac, Self::UnknownVersion, Self::Misrouted, Self::Expired];

    /// The word in logs and metrics.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Undecodable => "undecodable",
            Self::BadMac => "bad_mac",
            Self::UnknownVersion => "unknown_version",
            Self::Misrouted => "misrouted",
            Self::Expired => "expired",
        }
    }
}

/// A ring as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JobMessage {
    /// Of this one ring: a job that is rung for twice has two.
    pub(super) ring: Uuid,
    pub(super) workspace: WorkspaceId,
    pub(super) job: JobId,
    pub(super) spot: Spot,
    /// By the sender's clock, whole milliseconds.
    pub(super) issued_at: Timestamp,
}

/// A job that died: a bell for operators. Nothing here reads it back.
#[derive(Debug, Clone)]
pub(super) struct DeadMessage<'a> {
    pub(super) ring: Uuid,
    pub(super) workspace: WorkspaceId,
    pub(super) job: JobId,
    pub(super) reason: &'a str,
    pub(super) issued_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JobWire {
    message: String,
    ring: Uuid,
    workspace: WorkspaceId,
    job: JobId,
    stage: String,
    priority: String,
    issued_at_ms: i64,
}

#[derive(Serialize)]
struct DeadWire<'a> {
    message: &'static str,
    ring: Uuid,
    workspace: WorkspaceId,
    job: JobId,
    reason: &'a str,
    issued_at_ms: i64,
}

#[derive(Deserialize)]
struct Kind {
    message: String,
}

impl MacKey {
    /// The key that follows from a deployment's key (HKDF-SHA-256): whoever has this one has not that one.
    ///
    /// # Errors
    /// `Inconsistent`, which cannot happen with keys of this length.
    pub fn derive(deployment: &SecretBytes) -> Result<Self> {
        let mut subkey = [0_u8; MAC_BYTES];
        Hkdf::<Sha256>::new(None, deployment.expose())
            .expand(b"smartexus/bell/1", &mut subkey)
            .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
        Ok(Self(SecretBytes::take(&mut subkey)))
    }

    fn over(&self, bytes: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose())
            .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
        mac.update(bytes);
        Ok(mac)
    }

    /// Adds the MAC to a JSON object as its last field.
    pub(super) fn seal(&self, wire: &impl Serialize) -> Result<Vec<u8>> {
        let mut text =
            serde_json::to_string(wire).map_err(|_| PlatformError::Inconsistent("message writing"))?;
        // The brace that closes the object comes after the MAC instead.
        text.pop();
        let mac = self.over(text.as_bytes())?.finalize().into_bytes();
        text.push_str(MAC_OPENS);
        for byte in mac {
            write!(text, "{byte:02x}").map_err(|_| PlatformError::Inconsistent("message writing"))?;
        }
        text.push_str(MAC_CLOSES);
        Ok(text.into_bytes())
    }

    /// The JSON object before the MAC, once the MAC is right.
    fn unseal(&self, bytes: &[u8]) -> Result<String, Refusal> {
        let at = bytes.len().checked_sub(TAIL_BYTES).ok_or(Refusal::Undecodable)?;
        if bytes.len() > MESSAGE_MAX_BYTES {
            return Err(Refusal::Undecodable);
        }
        let (head, tail) = bytes.split_at(at);
        let mac = tail
            .strip_prefix(MAC_OPENS.as_bytes())
            .and_then(|tail| tail.strip_suffix(MAC_CLOSES.as_bytes()))
            .and_then(from_hex)
            .ok_or(Refusal::Undecodable)?;
        // Compares in constant time.
        let proved = self.over(head).is_ok_and(|ours| ours.verify_slice(&mac).is_ok());
        let head = std::str::from_utf8(head).ok().filter(|_| proved).ok_or(Refusal::BadMac)?;
        Ok(format!("{head}}}"))
    }
}

impl JobMessage {
    pub(super) fn to_bytes(&self, key: &MacKey) -> Result<Vec<u8>> {
        key.seal(&JobWire {
            message: JOB.to_owned(),
            ring: self.ring,
            workspace: self.workspace,
            job: self.job,
            stage: self.spot.stage.as_str().to_owned(),
            priority: self.spot.priority.as_str().to_owned(),
            issued_at_ms: self.issued_at.as_millisecond(),
        })
    }

    /// Reads what came out of the queue of `spot`.
    pub(super) fn read(
        key: &MacKey,
        spot: Spot,
        bytes: &[u8],
        now: Timestamp,
        life: Duration,
    ) -> Result<Self, Refusal> {
        let text = key.unseal(bytes)?;
        let kind: Kind = serde_json::from_str(&text).map_err(|_| Refusal::Undecodable)?;
        if kind.message != JOB {
            return Err(Refusal::UnknownVersion);
        }
        let wire: JobWire = serde_json::from_str(&text).map_err(|_| Refusal::Undecodable)?;
        let stage: StageKind = wire.stage.parse().map_err(|()| Refusal::Undecodable)?;
        let priority: Priority = wire.priority.parse().map_err(|()| Refusal::Undecodable)?;
        if (Spot { stage, priority }) != spot {
            return Err(Refusal::Misrouted);
        }
        let issued_at = Timestamp::from_millisecond(wire.issued_at_ms).map_err(|_| Refusal::Undecodable)?;
        let age_ms = now.as_millisecond().saturating_sub(wire.issued_at_ms);
        if u128::try_from(age_ms).is_ok_and(|age| age > life.as_millis()) {
            return Err(Refusal::Expired);
        }
        Ok(Self { ring: wire.ring, workspace: wire.workspace, job: wire.job, spot, issued_at })
    }
}

impl DeadMessage<'_> {
    pub(super) fn to_bytes(&self, key: &MacKey) -> Result<Vec<u8>> {
        key.seal(&DeadWire {
            message: DEAD,
            ring: self.ring,
            workspace: self.workspace,
            job: self.job,
            reason: self.reason,
            issued_at_ms: self.issued_at.as_millisecond(),
        })
    }
}

/// For the exam: how many queues would take these bytes for a job; with `sealed`, as the content of a message of ours.
#[cfg(any(test, feature = "exam"))]
pub(super) fn hear(bytes: &[u8], sealed: bool) -> usize {
    const LIFE: Duration = Duration::from_secs(60);
    let Ok(key) = MacKey::derive(&SecretBytes::take(&mut [1; MAC_BYTES])) else { return 0 };
    let wire = match (sealed, key.over(bytes).map(hmac::Mac::finalize)) {
        (true, Ok(mac)) => {
            let mut wire = [bytes, MAC_OPENS.as_bytes()].concat();
            wire.extend(mac.into_bytes().iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
            wire.extend(MAC_CLOSES.bytes());
            wire
        }
        (true, Err(_)) | (false, _) => bytes.to_vec(),
    };
    let hears = |spot: &Spot| JobMessage::read(&key, *spot, &wire, Timestamp::UNIX_EPOCH, LIFE).is_ok();
    Spot::of(&StageKind::ALL).iter().filter(|spot| hears(spot)).count()
}

/// Lower case only: there is one way to write a MAC.
fn from_hex(text: &[u8]) -> Option<[u8; MAC_BYTES]> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0_u8; MAC_BYTES];
    if text.len() != 2 * MAC_BYTES {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}
