//! The book of what passed through the wire: which rings the product's listener has heard.

use super::frames::{Content, Frame};
use serde::Deserialize;
use smartexus_domain::JobId;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What was heard on all connections.
#[derive(Default)]
pub(super) struct Tap {
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    heard: HashSet<JobId>,
    refused: usize,
    /// By epoch, when the first ring was acknowledged on a connection of it.
    first: HashMap<usize, Instant>,
}

/// One connection, from the moment it was made.
pub(super) struct Connection {
    tap: Arc<Tap>,
    /// How many breaks there had been.
    epoch: usize,
    /// The delivery whose body comes next, by channel.
    coming: HashMap<u16, u64>,
    /// Given to the client, and not acknowledged yet.
    given: HashMap<(u16, u64), JobId>,
}

/// As much of a ring as it takes to know it again.
#[derive(Deserialize)]
struct RingWords {
    job: JobId,
}

impl Tap {
    /// How many of these were never heard.
    pub(super) fn missing(&self, confirmed: &[JobId]) -> usize {
        let book = self.book();
        confirmed.iter().filter(|job| !book.heard.contains(job)).count()
    }

    /// Rings that the listener would not take.
    pub(super) fn refused(&self) -> usize {
        self.book().refused
    }

    pub(super) fn first_heard(&self, epoch: usize) -> Option<Instant> {
        self.book().first.get(&epoch).copied()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    pub(super) fn new(tap: Arc<Tap>, epoch: usize) -> Self {
        Self { tap, epoch, coming: HashMap::new(), given: HashMap::new() }
    }

    /// The broker is about to tell the client this.
    pub(super) fn given_by_broker(&mut self, frame: Frame) {
        match frame.content {
            Content::Deliver { tag } => drop(self.coming.insert(frame.channel, tag)),
            Content::Body(body) => {
                // Bodies of canaries are no rings.
                if let Some(tag) = self.coming.remove(&frame.channel)
                    && let Ok(RingWords { job }) = serde_json::from_slice(&body)
                {
                    self.given.insert((frame.channel, tag), job);
                }
            }
            Content::Opened | Content::Acknowledge { .. } | Content::Reject { .. } | Content::Other => {}
        }
    }

    /// The client has told the broker this.
    pub(super) fn told_by_client(&mut self, frame: &Frame) {
        match frame.content {
            Content::Opened => self.given.retain(|(channel, _), _| *channel != frame.channel),
            Content::Acknowledge { tag, multiple } => self.acknowledged(frame.channel, tag, multiple),
            Content::Reject { tag } => {
                if self.given.remove(&(frame.channel, tag)).is_some() {
                    self.tap.book().refused += 1;
                }
            }
            Content::Deliver { .. } | Content::Body(_) | Content::Other => {}
        }
    }

    fn acknowledged(&mut self, channel: u16, tag: u64, multiple: bool) {
        let is_meant = |(of, given): &(u16, u64)| {
            *of == channel && (*given == tag || (multiple && (*given < tag || tag == 0)))
        };
        let mut book = self.tap.book();
        for (_, job) in self.given.extract_if(|delivery, _| is_meant(delivery)) {
            book.heard.insert(job);
            book.first.entry(self.epoch).or_insert_with(Instant::now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = "0193a0d2-0000-7000-8000-000000000001";

    fn given() -> (Arc<Tap>, Connection) {
        let tap = Arc::new(Tap::default());
        let mut connection = Connection::new(Arc::clone(&tap), 3);
        let body = format!(r#"{{"message":"job.v1","job":"{JOB}"}}"#).into_bytes();
        for content in [Content::Deliver { tag: 5 }, Content::Other, Content::Body(body)] {
            connection.given_by_broker(Frame { channel: 1, content });
        }
        (tap, connection)
    }

    fn missing(tap: &Tap) -> usize {
        tap.missing(&[JOB.parse().unwrap()])
    }

    #[test]
    fn a_ring_is_heard_when_it_is_acknowledged() {
        for (channel, tag, multiple, heard) in
            [(1, 5, false, true), (1, 9, true, true), (1, 9, false, false), (2, 5, false, false)]
        {
            let (tap, mut connection) = given();
            assert_eq!((missing(&tap), tap.first_heard(3)), (1, None));
            connection.told_by_client(&Frame { channel, content: Content::Acknowledge { tag, multiple } });
            assert_eq!(missing(&tap) == 0, heard, "{channel} {tag} {multiple}");
            assert_eq!(tap.first_heard(3).is_some(), heard);
        }
    }

    #[test]
    fn a_refused_ring_or_one_of_a_closed_channel_is_not_heard() {
        let (tap, mut connection) = given();
        connection.told_by_client(&Frame { channel: 1, content: Content::Reject { tag: 5 } });
        assert_eq!((missing(&tap), tap.refused()), (1, 1));
        let (tap, mut connection) = given();
        connection.told_by_client(&Frame { channel: 1, content: Content::Opened });
        let content = Content::Acknowledge { tag: 5, multiple: false };
        connection.told_by_client(&Frame { channel: 1, content });
        assert_eq!((missing(&tap), tap.refused()), (1, 0));
    }
}
