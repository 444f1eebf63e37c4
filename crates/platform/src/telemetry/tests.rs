use super::export::{collector, provider, spans};
use super::redact::{EXPORTED, Redacted};
use super::*;
use crate::port::TraceParent;
use crate::{span_name, trace_context};
use opentelemetry::trace::SpanKind;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SimpleSpanProcessor, SpanData, SpanExporter};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::info_span;
use tracing_subscriber::layer::SubscriberExt as _;

/// Keeps what a collector would get.
#[derive(Debug, Clone, Default)]
struct Kept(Arc<Mutex<Vec<SpanData>>>);

impl SpanExporter for Kept {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().append(&mut batch);
        Ok(())
    }
}

/// The spans that end while this runs, in the order of their ends.
fn exported(run: impl FnOnce()) -> Vec<SpanData> {
    let kept = Kept::default();
    let provider = provider(SimpleSpanProcessor::new(Redacted(kept.clone())), ServiceRole::Worker);
    let subscriber = tracing_subscriber::registry().with(vec![spans(&provider)]);
    tracing::subscriber::with_default(subscriber, run);
    std::mem::take(&mut *kept.0.lock().unwrap())
}

fn came() -> TraceParent {
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse().unwrap()
}

fn request() -> tracing::Span {
    info_span!(span_name::RECEIVE_REQUEST, trace_id = Empty)
}

fn job() -> tracing::Span {
    info_span!(span_name::PROCESS_DOCUMENTS, trace_id = Empty)
}

fn is_at(span: &SpanData, place: &TraceParent) -> bool {
    let context = &span.span_context;
    context.trace_id().to_string() == place.trace_id() && context.span_id().to_string() == place.span_id()
}

#[test]
fn a_request_goes_on_with_the_trace_that_came() {
    let mut here = None;
    let spans = exported(|| here = Some(trace_context::receive(&request(), Some(came())).unwrap()));
    let [span] = spans.as_slice() else { panic!("{spans:?}") };
    assert!(is_at(span, &here.unwrap()));
    assert_eq!(span.span_context.trace_id().to_string(), came().trace_id());
    assert_eq!(span.parent_span_id.to_string(), came().span_id());
    assert!(span.parent_span_is_remote);
    assert_eq!((span.name.as_ref(), &span.span_kind), ("receive request", &SpanKind::Server));
}

#[test]
fn a_strangers_flag_does_not_hide_our_work() {
    let unsampled = came().as_str().replace("-01", "-00").parse().unwrap();
    let spans = exported(|| drop(trace_context::receive(&request(), Some(unsampled)).unwrap()));
    assert_eq!(spans.len(), 1);
}

#[test]
fn from_upload_to_the_last_stage_it_is_one_trace() {
    let spans = exported(|| {
        let request = request();
        let row = trace_context::receive(&request, None).unwrap();
        drop(request);
        let extract = job();
        trace_context::child_of(&extract, &row);
        let row = extract.in_scope(|| trace_context::onward(&tracing::Span::current(), &row));
        drop(extract);
        trace_context::child_of(&job(), &row);
    });
    let [request, extract, parse] = spans.as_slice() else { panic!("{spans:?}") };
    for (child, parent) in [(extract, request), (parse, extract)] {
        assert_eq!(child.span_context.trace_id(), parent.span_context.trace_id());
        assert_eq!(child.parent_span_id, parent.span_context.span_id());
        assert!(child.links.links.is_empty());
    }
    assert_eq!(request.parent_span_id.to_string(), "0000000000000000");
    assert_eq!(extract.span_kind, SpanKind::Consumer);
}

#[test]
fn a_repeat_stands_by_itself_and_hands_on_what_it_was_given() {
    let mut onward = None;
    let spans = exported(|| {
        // Even where something else is current.
        request().in_scope(|| {
            let retry = job();
            trace_context::repeat_of(&retry, &came());
            onward = Some(retry.in_scope(|| trace_context::onward(&retry, &came())));
        });
    });
    let retry = spans.iter().find(|span| span.name == span_name::PROCESS_DOCUMENTS).unwrap();
    assert_eq!(retry.parent_span_id.to_string(), "0000000000000000");
    assert_ne!(retry.span_context.trace_id().to_string(), came().trace_id());
    let [link] = retry.links.links.as_slice() else { panic!("{:?}", retry.links) };
    assert_eq!(link.span_context.trace_id().to_string(), came().trace_id());
    assert_eq!(link.span_context.span_id().to_string(), came().span_id());
    assert_eq!(onward, Some(came()));
}

#[test]
fn a_gathering_points_at_every_part() {
    let mut parts = Vec::new();
    let spans = exported(|| {
        let gather = job();
        trace_context::child_of(&gather, &came());
        for _ in 0..3 {
            let part = job();
            trace_context::child_of(&part, &came());
            let place = trace_context::of_span(&part).unwrap();
            trace_context::link(&gather, &place);
            parts.push(place);
        }
    });
    let gather = spans.last().unwrap();
    assert_eq!(gather.links.links.len(), 3);
    for (link, (span, place)) in gather.links.iter().zip(spans.iter().zip(&parts)) {
        assert!(is_at(span, place));
        assert_eq!(link.span_context.span_id(), span.span_context.span_id());
    }
    assert_eq!(gather.parent_span_id.to_string(), came().span_id());
}

#[test]
fn without_an_exporter_ids_are_made_and_handed_on() {
    let begun = trace_context::receive(&request(), None).unwrap();
    assert_ne!(begun, trace_context::receive(&request(), None).unwrap());
    assert_eq!(begun.as_str().len(), 55);
    assert_eq!(trace_context::receive(&request(), Some(came())).unwrap(), came());
    let span = job();
    trace_context::child_of(&span, &came());
    assert_eq!(trace_context::of_span(&span), None);
    assert_eq!(trace_context::onward(&span, &came()), came());
}

#[test]
fn log_lines_bear_the_trace_id_with_and_without_an_exporter() {
    for exports in [false, true] {
        let written = Written::default();
        let writer = written.clone();
        let mut layers = vec![log::lines(LogFormat::Json, "info", move || writer.clone()).unwrap()];
        let provider = provider(SimpleSpanProcessor::new(Redacted(Kept::default())), ServiceRole::Worker);
        layers.extend(exports.then(|| spans(&provider)));
        let subscriber = tracing_subscriber::registry().with(layers);
        tracing::subscriber::with_default(subscriber, || {
            let row = trace_context::receive(&request(), Some(came())).unwrap();
            for place in [trace_context::child_of, trace_context::repeat_of] {
                let span = job();
                place(&span, &row);
                span.in_scope(|| tracing::info!("job started"));
            }
        });
        let lines = written.lines();
        assert_eq!(lines.len(), 2);
        for line in lines {
            assert_eq!(line["message"], "job started");
            assert_eq!(line["span"]["trace_id"], came().trace_id(), "exports: {exports}");
            assert_eq!(line["span"]["name"], span_name::PROCESS_DOCUMENTS);
        }
    }
}

#[test]
fn nothing_but_ids_and_constants_leaves() {
    let spans = exported(|| {
        let span = info_span!(
            span_name::PROCESS_DOCUMENTS,
            otel.name = "canary",
            otel.status_code = "error",
            otel.status_description = "canary",
            document = "d-1",
            stage = "parse",
            file_name = "canary",
            error = &std::io::Error::other("canary") as &(dyn std::error::Error + 'static),
        );
        span.in_scope(|| tracing::error!(amount = "canary", "job failed"));
        info_span!("canary", document = "d-2").in_scope(|| ());
        info_span!(target: "canary", "canary").in_scope(|| ());
    });
    assert!(!format!("{spans:?}").contains("canary"), "{spans:?}");
    // In the order of their ends.
    let [unnamed, named] = spans.as_slice() else { panic!("{spans:?}") };
    let fields: Vec<&str> = named.attributes.iter().map(|attribute| attribute.key.as_str()).collect();
    assert_eq!(fields, ["document", "stage"]);
    assert!(named.events.events.is_empty());
    assert_eq!(unnamed.name, "unnamed");
    assert!(EXPORTED.iter().all(|field| !field.contains("name") && !field.contains("file")));
}

// On the only thread of a runtime, which the end then holds up: nothing may need that thread.
#[tokio::test]
async fn batches_reach_the_collector() {
    let (endpoint, requests) = fake_collector("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let provider = collector(&endpoint, ServiceRole::Worker).unwrap();
    let subscriber = tracing_subscriber::registry().with(vec![spans(&provider)]);
    tracing::subscriber::with_default(subscriber, || {
        for _ in 0..700 {
            info_span!(span_name::PROCESS_DOCUMENTS, document = "d-1", file_name = "canary").in_scope(|| ());
        }
        provider.shutdown_with_timeout(Duration::from_secs(5)).unwrap();
    });
    let requests: Vec<String> = requests.try_iter().collect();
    // At most 512 spans at a time; the sender may wake before as many wait, and then sends more often.
    let counts: Vec<usize> =
        requests.iter().map(|request| request.matches(span_name::PROCESS_DOCUMENTS).count()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 700, "every span once: {counts:?}");
    assert!(counts.iter().all(|count| *count <= 512), "{counts:?}");
    for request in requests {
        assert!(request.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("content-type: application/x-protobuf\r\n"), "{request}");
        let (_, body) = request.split_once("\r\n\r\n").unwrap();
        for word in ["smartexus-worker", "process documents", "d-1"] {
            assert!(body.contains(word), "no {word}");
        }
        assert!(!body.contains("canary") && !body.contains("file_name"));
    }
}

#[test]
fn a_collector_that_never_answers_holds_nobody_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let provider = collector(&endpoint, ServiceRole::Worker).unwrap();
    let subscriber = tracing_subscriber::registry().with(vec![spans(&provider)]);
    let begun = Instant::now();
    tracing::subscriber::with_default(subscriber, || {
        // More than the queue holds.
        (0..5000).for_each(|_| drop(info_span!(span_name::PROCESS_DOCUMENTS).entered()));
    });
    // One request alone would wait longer.
    assert!(begun.elapsed() < Duration::from_millis(1800), "spans waited: {:?}", begun.elapsed());
    let ending = Instant::now();
    assert!(provider.shutdown_with_timeout(Duration::from_millis(500)).is_err());
    assert!(ending.elapsed() < Duration::from_secs(1), "the end waited: {:?}", ending.elapsed());
}

#[tokio::test]
async fn an_endpoint_is_a_plain_url() {
    for good in ["http://127.0.0.1:4318", "https://collector.example/", "http://collector:4318/otlp"] {
        let provider = collector(good, ServiceRole::Intake).unwrap_or_else(|error| panic!("{good}: {error}"));
        provider.shutdown_with_timeout(Duration::from_secs(2)).unwrap();
    }
    for bad in [
        "",
        "127.0.0.1:4318",
        "collector",
        "grpc://collector:4317",
        "http://",
        "http://user:secret@collector:4318",
        "http://collector:4318?token=secret",
        "http://collector:4318/#secret",
        "/v1/traces",
    ] {
        let refused = collector(bad, ServiceRole::Intake).err().unwrap_or_else(|| panic!("{bad}"));
        assert!(matches!(refused, TelemetryError::Endpoint), "{bad}: {refused}");
        assert!(!format!("{refused} {refused:?}").contains("secret"));
    }
}

/// What was logged.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn lines(&self) -> Vec<serde_json::Value> {
        let bytes = self.0.lock().unwrap();
        std::str::from_utf8(&bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A server that gives this answer to every request, and the requests it got. Bodies are not text: what is not is
/// replaced.
fn fake_collector(answer: &'static str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, tell) = (stream.unwrap(), tell.clone());
            std::thread::spawn(move || {
                while let Some(request) = read_request(&mut stream) {
                    drop(tell.send(request));
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            });
        }
    });
    (endpoint, told)
}

/// One whole request; `None` at the end of the connection.
fn read_request(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        let head = text.split_once("\r\n\r\n").map(|(head, _)| head.to_owned());
        let length = head.as_deref().and_then(|head| {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
            length.parse::<usize>().ok()
        });
        if let (Some(head), Some(length)) = (head, length)
            && bytes.len() >= head.len() + 4 + length
        {
            return Some(text.into_owned());
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
