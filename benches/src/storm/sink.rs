//! The sink outside: what the door tells on its standard output, at least once, kept by whoever listens.

use serde_json::Value;
use smartexus_domain::{DocumentId, DocumentState};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Listens on a thread of its own for as long as the door lives.
pub(crate) struct Sink {
    told: Arc<Mutex<Told>>,
}

/// What was told so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    documents: BTreeMap<DocumentId, BTreeMap<String, Event>>,
    /// Told again in the same words.
    repeats: usize,
    /// Told again under the same id in other words.
    altered: usize,
}

#[derive(Debug, Clone)]
struct Event {
    topic: String,
    line: String,
}

impl Sink {
    pub(crate) fn of(stream: impl Read + Send + 'static) -> Self {
        let told = Arc::new(Mutex::new(Told::default()));
        let hearing = Arc::clone(&told);
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                hearing.lock().unwrap_or_else(PoisonError::into_inner).hear(line);
            }
        });
        Self { told }
    }

    /// What was told, as soon as so many documents have their two events, at the latest after `limit`.
    pub(crate) async fn wait_for(&self, documents: usize, limit: Duration) -> Told {
        let deadline = Instant::now() + limit;
        loop {
            let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let complete = told.documents.values().filter(|events| events.len() >= 2).count();
            if complete >= documents || Instant::now() >= deadline {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Told {
    /// Takes one line. Lines about no document are the server's own.
    fn hear(&mut self, line: String) {
        let Ok(event) = serde_json::from_str::<Value>(&line) else { return };
        let word = |name: &str| event.get(name).and_then(Value::as_str);
        let (Some(topic), Some(Ok(document))) = (word("event"), word("document").map(str::parse)) else {
            return;
        };
        // Without an id the words themselves tell one event from another.
        let id = event.get("id").map_or_else(|| line.clone(), Value::to_string);
        let known = self.documents.entry(document).or_default();
        match known.get(&id) {
            Some(before) if before.line == line => self.repeats += 1,
            Some(_) => self.altered += 1,
            None => drop(known.insert(id, Event { topic: topic.to_owned(), line })),
        }
    }

    /// Whether this document was told of exactly as it should: accepted, and how it ended, each under one id.
    pub(crate) fn is_right(&self, document: DocumentId, state: DocumentState) -> bool {
        let expected = ["document.accepted".to_owned(), format!("document.{}", state.as_str())];
        let Some(events) = self.documents.get(&document) else { return false };
        let once = |topic: &String| events.values().filter(|event| event.topic == *topic).count() == 1;
        events.len() == expected.len() && expected.iter().all(once)
    }

    pub(crate) const fn repeats(&self) -> usize {
        self.repeats
    }

    pub(crate) const fn altered(&self) -> usize {
        self.altered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0193a0d2-0000-7000-8000-000000000001";

    fn told(lines: &[&str]) -> Told {
        let mut told = Told::default();
        lines.iter().for_each(|line| told.hear(line.replace("ID", ID)));
        told
    }

    fn right(lines: &[&str]) -> bool {
        told(lines).is_right(ID.parse().unwrap(), DocumentState::Approved)
    }

    const ACCEPTED: &str = r#"{"event":"document.accepted","id":"1","document":"ID","at":"x"}"#;
    const APPROVED: &str = r#"{"event":"document.approved","id":"2","document":"ID","at":"y"}"#;

    #[test]
    fn one_of_each_is_right_however_often_it_is_repeated() {
        assert!(right(&[ACCEPTED, APPROVED]));
        assert!(right(&[ACCEPTED, ACCEPTED, APPROVED, ACCEPTED]));
        assert_eq!(told(&[ACCEPTED, ACCEPTED, APPROVED]).repeats(), 1);
        assert!(right(&[&ACCEPTED.replace(r#""id":"1","#, ""), &APPROVED.replace(r#""id":"2","#, "")]));
    }

    #[test]
    fn missing_doubled_wrong_and_altered_are_found() {
        let twice = APPROVED.replace('2', "3");
        let failed = APPROVED.replace("approved", "failed");
        for lines in [&[][..], &[ACCEPTED], &[ACCEPTED, APPROVED, &twice], &[ACCEPTED, &failed]] {
            assert!(!right(lines), "{lines:?}");
        }
        assert_eq!(told(&[ACCEPTED, &ACCEPTED.replace('x', "z")]).altered(), 1);
        assert!(told(&[r#"{"event":"listening","address":"http://127.0.0.1:1"}"#]).documents.is_empty());
    }
}
