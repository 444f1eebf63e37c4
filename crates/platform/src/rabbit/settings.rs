//! How to reach the broker, what our names begin with, and how long things may take.

use crate::Secret;
use crate::link::is_this_machine;
use lapin::tcp::OwnedTLSConfig;
use lapin::uri::{AMQPScheme, AMQPUri};
use std::time::Duration;

/// The settings of a [`RabbitBell`](super::RabbitBell). No `Debug`: the URL holds a password.
#[derive(Clone)]
pub struct RabbitSettings {
    uri: AMQPUri,
    authority: Option<String>,
    prefix: String,
    pub(super) pace: Pace,
}

/// Why settings are not usable. Never holds the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Not of the form `amqps://user:password@host:port/vhost`.
    #[error("the broker URL is not understood; it looks like amqps://user:password@host:5671/vhost")]
    Url,
    /// Names are 1 to 64 lowercase letters, digits, dots, dashes and underscores.
    #[error("the queue prefix may hold lowercase letters, digits, dots, dashes and underscores only")]
    Prefix,
}

/// How long things may take, and how often they happen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// A connection stands within this, or is given up.
    pub(super) connect: Duration,
    /// The broker confirms, acknowledges and answers within this, or is taken for dead.
    pub(super) answer: Duration,
    /// A question to the broker on each connection this often: it finds a peer that has fallen silent.
    pub(super) pulse: Duration,
    /// A message through the broker and back this often.
    pub(super) canary: Duration,
    /// So long without one coming back is a dead consumer.
    pub(super) silence: Duration,
    /// The first pause after a failure; it doubles up to the longest.
    pub(super) pause_min: Duration,
    /// The longest pause between attempts.
    pub(super) pause_max: Duration,
    /// Rings that were claimed unheard are taken out of the queues this often.
    pub(super) gather: Duration,
    /// A ring is believed for this long after it was issued.
    pub(super) life: Duration,
}

impl Pace {
    pub(super) const DEFAULT: Self = Self {
        connect: Duration::from_secs(3),
        answer: Duration::from_secs(5),
        pulse: Duration::from_secs(2),
        canary: Duration::from_secs(10),
        silence: Duration::from_secs(30),
        pause_min: Duration::from_millis(100),
        pause_max: Duration::from_secs(1),
        gather: Duration::from_secs(1),
        life: Duration::from_secs(24 * 60 * 60),
    };
}

/// Seconds between heartbeats. Both sides give the other up after two without a sign.
const HEARTBEAT_S: u16 = 10;
/// Bytes of the largest frame. Our messages have some 400, and the client keeps 64 frames of room a connection.
const FRAME_MAX_BYTES: u32 = 16 * 1024;
const PREFIX_MAX_BYTES: usize = 64;

impl RabbitSettings {
    /// With the names `smartexus.…` and the system's certificate authorities.
    ///
    /// # Errors
    /// [`SettingsFault::Url`].
    pub fn new(url: &Secret) -> Result<Self, SettingsFault> {
        // The parser's own error repeats the URL.
        let mut uri: AMQPUri = url.expose().parse().map_err(|_| SettingsFault::Url)?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT_S);
        uri.query.frame_max.get_or_insert(FRAME_MAX_BYTES);
        Ok(Self { uri, authority: None, prefix: "smartexus".to_owned(), pace: Pace::DEFAULT })
    }

    /// Other names than `smartexus.…`, for several installations on one broker.
    ///
    /// # Errors
    /// [`SettingsFault::Prefix`].
    pub fn prefix(mut self, prefix: &str) -> Result<Self, SettingsFault> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if prefix.is_empty() || prefix.len() > PREFIX_MAX_BYTES || !prefix.chars().all(allowed) {
            return Err(SettingsFault::Prefix);
        }
        self.prefix = prefix.to_owned();
        Ok(self)
    }

    /// Trusts these certificate authorities too (PEM).
    #[must_use]
    pub fn trusting(mut self, authority_pem: String) -> Self {
        self.authority = Some(authority_pem);
        self
    }

    /// Believes a ring for this long after it was issued, instead of 24 hours.
    #[must_use]
    pub const fn ring_life(mut self, life: Duration) -> Self {
        self.pace.life = life;
        self
    }

    /// Whether the connection is encrypted and the broker's certificate verified: `amqps`.
    #[must_use]
    pub const fn encrypted(&self) -> bool {
        matches!(self.uri.scheme, AMQPScheme::AMQPS)
    }

    /// Whether somebody between us and the broker could listen: another machine, and no TLS.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.encrypted() && !is_this_machine(&self.uri.authority.host)
    }

    pub(super) fn uri(&self) -> AMQPUri {
        self.uri.clone()
    }

    pub(super) fn tls(&self) -> OwnedTLSConfig {
        OwnedTLSConfig { identity: None, cert_chain: self.authority.clone() }
    }

    pub(super) fn names_prefix(&self) -> &str {
        &self.prefix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> Result<RabbitSettings, SettingsFault> {
        RabbitSettings::new(&Secret::new(url.to_owned()))
    }

    #[test]
    fn a_url_is_taken_or_refused_without_repeating_it() {
        assert!(settings("amqps://me:secret@broker:5671/%2f").is_ok_and(|s| s.encrypted()));
        assert!(settings("amqp://127.0.0.1").is_ok_and(|s| !s.encrypted()));
        for bad in ["", "http://me:secret@broker", "secret", "amqp://me:secret@broker:port/"] {
            let fault = settings(bad).err();
            assert_eq!(fault, Some(SettingsFault::Url), "{bad}");
            assert!(!format!("{fault:?} {}", SettingsFault::Url).contains("me:secret"));
        }
    }

    #[test]
    fn a_prefix_holds_no_surprises() {
        let with = |prefix: &str| settings("amqp://127.0.0.1").and_then(|s| s.prefix(prefix)).is_ok();
        assert!(with("a") && with("smartexus-2.blue_1") && with(&"x".repeat(PREFIX_MAX_BYTES)));
        for bad in ["", "A", "a b", "a/b", "ä", "#", &"x".repeat(PREFIX_MAX_BYTES + 1)] {
            assert!(!with(bad), "{bad}");
        }
    }
}
