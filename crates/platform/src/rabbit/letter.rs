//! A message on its way to the broker.

use super::message::{DEAD, DeadMessage, JOB, JobMessage, MacKey};
use super::topology::{DEAD_KEY, Names};
use crate::Result;
use crate::port::TraceParent;
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, LongString, ShortString};
use uuid::Uuid;

/// Survives a restart of the broker.
const PERSISTENT: u8 = 2;
const TRACEPARENT: &str = "traceparent";
const REASON: &str = "x-reason";

/// Where to, what, and under which id it comes back when no queue takes it.
pub(super) struct Letter {
    pub(super) exchange: ShortString,
    pub(super) key: ShortString,
    pub(super) id: ShortString,
    pub(super) body: Vec<u8>,
    pub(super) properties: BasicProperties,
}

impl Letter {
    /// A ring for a job.
    pub(super) fn job(
        names: &Names,
        key: &MacKey,
        message: &JobMessage,
        trace: Option<&TraceParent>,
    ) -> Result<Self> {
        let mut headers = FieldTable::default();
        if let Some(trace) = trace {
            headers.insert(TRACEPARENT.into(), AMQPValue::LongString(trace.as_str().into()));
        }
        Ok(Self {
            exchange: names.jobs(),
            key: names.key(message.spot),
            id: id(message.ring),
            body: message.to_bytes(key)?,
            properties: persistent(JOB, message.ring).with_headers(headers),
        })
    }

    /// A bell for operators: a job died.
    pub(super) fn dead(names: &Names, key: &MacKey, message: &DeadMessage<'_>) -> Result<Self> {
        let mut headers = FieldTable::default();
        headers.insert(REASON.into(), AMQPValue::LongString(message.reason.into()));
        Ok(Self {
            exchange: names.dead(),
            key: DEAD_KEY.into(),
            id: id(message.ring),
            body: message.to_bytes(key)?,
            properties: persistent(DEAD, message.ring).with_headers(headers),
        })
    }

    /// A canary for a queue that dies with its connection.
    pub(super) fn canary(nest: ShortString, bird: Uuid) -> Self {
        Self {
            exchange: ShortString::default(),
            key: nest,
            id: id(bird),
            body: bird.as_bytes().to_vec(),
            properties: BasicProperties::default().with_message_id(id(bird)),
        }
    }
}

/// The trace that came with a message. It is outside the MAC: the database's column is the truth.
pub(super) fn trace(properties: &BasicProperties) -> Option<TraceParent> {
    let headers = properties.headers().as_ref()?;
    let value = headers.inner().get(TRACEPARENT)?.as_long_string().map(LongString::as_bytes)?;
    std::str::from_utf8(value).ok()?.parse().ok()
}

fn persistent(kind: &str, ring: Uuid) -> BasicProperties {
    BasicProperties::default()
        .with_delivery_mode(PERSISTENT)
        .with_content_type("application/json".into())
        .with_type(kind.into())
        .with_message_id(id(ring))
}

fn id(uuid: Uuid) -> ShortString {
    uuid.to_string().into()
}
