//! A collector that is away: the program starts, works and ends as if there were none, and says so once. Alone in
//! this file, because telemetry is started once a process.

use smartexus_platform::span_name;
use smartexus_platform::telemetry::{LogFormat, ServiceRole, Telemetry, TelemetrySettings};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::ErrorKind::Other)?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Only spans of our own crates are exported.
fn job() -> tracing::Span {
    tracing::info_span!(target: "smartexus_worker", span_name::PROCESS_DOCUMENTS, document = "d-1")
}

#[test]
fn the_program_starts_works_and_ends() {
    // Bound and let go of: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let written = Written::default();
    let settings = TelemetrySettings {
        log_format: LogFormat::Json,
        log_filter: "trace".to_owned(),
        otlp_endpoint: Some(format!("http://{nobody}")),
        service_role: ServiceRole::Worker,
    };
    let begun = Instant::now();
    let writer = written.clone();
    let telemetry = Telemetry::start_with_writer(&settings, move || writer.clone()).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "the start waited: {:?}", begun.elapsed());

    // Several batches, so that there are several failures.
    for _ in 0..1500 {
        drop(job().entered());
    }
    std::thread::sleep(Duration::from_millis(2500));
    drop(job().entered());
    let metrics = telemetry.metrics();
    let ending = Instant::now();
    telemetry.shutdown();
    assert!(ending.elapsed() < Duration::from_secs(2), "the end waited: {:?}", ending.elapsed());

    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = log.lines().filter(|line| line.contains("smartexus")).collect();
    let [said] = ours.as_slice() else { panic!("said {} times:\n{log}", ours.len()) };
    assert!(said.contains("\"message\":\"spans not taken by the collector\""), "{said}");
    assert!(said.contains("\"level\":\"WARN\""), "{said}");
    let others: Vec<&str> =
        log.lines().filter(|line| !line.contains("TRACE") && !line.contains("DEBUG")).collect();
    assert_eq!(others.len(), 1, "{others:?}");
    assert!(metrics.render().contains("smartexus_spans_total{fate=\"lost\"} 1501"), "{}", metrics.render());
}
