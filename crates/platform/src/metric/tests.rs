use super::*;
use crate::telemetry::Metrics;
use jiff::Timestamp;
use smartexus_domain::{FailureCode, PageMethod, StageKind, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const ROUTE: Route = Route::new("/v1/documents/{id}");
const TOOK: Duration = Duration::from_millis(70);

/// Everything that can be counted, with every word.
fn record_everything() {
    for method in HttpMethod::ALL {
        StatusClass::ALL.iter().for_each(|status| http_request(ROUTE, *method, *status, TOOK));
    }
    for system in MessagingSystem::ALL {
        for operation in MessagingOperation::ALL {
            messaging_operation(*system, *operation, TOOK, Ok(()));
            for error in MessagingError::ALL {
                messaging_operation(*system, *operation, TOOK, Err(*error));
            }
        }
        for stage in StageKind::ALL {
            JobEnding::ALL.iter().for_each(|ending| job_ended(*system, stage, *ending, TOOK));
            stage_ended(stage, TOOK);
        }
    }
    Acceptance::ALL.iter().copied().for_each(document_accepted);
    Outcome::ALL.iter().copied().for_each(document_ended);
    FailureCode::ALL.into_iter().for_each(document_failed);
    [Verdict::Verified, Verdict::Discrepancy, Verdict::Unverifiable].into_iter().for_each(statement);
    [PageMethod::Text, PageMethod::Ocr, PageMethod::Mixed].into_iter().for_each(|method| pages(method, 3));
    DeadReason::ALL.iter().copied().for_each(job_dead);
    FencedWrite::ALL.iter().for_each(|write| fenced_out(*write, 2));
    rings_reconciled(4);
    ring_refused();
    queue_oldest(Duration::from_secs(5));
    slots(8);
    slot_taken();
    slot_taken();
    slot_freed();
    outbox_pending(6);
    review_open(7);
    ReviewField::ALL.iter().copied().for_each(review_edit);
    retention_overdue(1);
    sweep_succeeded(Timestamp::from_second(1_800_000_000).unwrap());
    EraseStore::ALL.iter().copied().for_each(erasure);
    audit_head(12);
    AuditVerification::ALL.iter().copied().for_each(audit_verified);
    Delivery::ALL.iter().copied().for_each(webhook_attempt);
    sandbox_refusal();
    SpanFate::ALL.iter().for_each(|fate| spans(*fate, 9));
}

/// What Prometheus would read after this.
fn rendered(record: impl FnOnce()) -> String {
    let recorder = prometheus().unwrap().build_recorder();
    let metrics = Metrics::of(&recorder);
    metrics::with_local_recorder(&recorder, || {
        describe();
        record();
    });
    metrics.render()
}

/// One sample line: name, labels, value.
fn sample(line: &str) -> (&str, BTreeMap<&str, &str>, &str) {
    let (series, value) = line.rsplit_once(' ').expect("a value");
    let Some((name, labels)) = series.split_once('{') else { return (series, BTreeMap::new(), value) };
    let labels = labels.strip_suffix("\"}").expect("closed");
    let pairs = labels.split("\",").map(|pair| pair.split_once("=\"").expect("a pair"));
    (name, pairs.collect(), value)
}

fn samples(text: &str) -> impl Iterator<Item = (&str, BTreeMap<&str, &str>, &str)> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(sample)
}

/// The metric that a sample belongs to: a histogram's samples have endings.
fn metric_of(name: &str) -> Option<&'static Metric> {
    let histogram =
        |name: &str| METRICS.iter().find(|m| m.name == name && matches!(m.kind, Kind::Histogram(_)));
    let ended = ["_bucket", "_sum", "_count"].iter().find_map(|end| histogram(name.strip_suffix(end)?));
    ended.or_else(|| METRICS.iter().find(|m| m.name == name && !matches!(m.kind, Kind::Histogram(_))))
}

#[test]
fn every_sample_is_of_the_table_and_every_metric_of_the_table_is_counted() {
    let text = rendered(record_everything);
    let mut seen = BTreeSet::new();
    for (name, mut labels, _) in samples(&text) {
        let metric = metric_of(name).unwrap_or_else(|| panic!("{name} is not in the table"));
        seen.insert(metric.name);
        labels.remove("le");
        let keys: BTreeSet<&str> = metric.labels.iter().map(|label| label.key).collect();
        assert_eq!(labels.keys().copied().collect::<BTreeSet<_>>(), keys, "{name}");
        for label in metric.labels {
            let value = labels[label.key];
            let known = match label.values {
                Values::Words(words) => words().contains(&value),
                Values::Routes => value == ROUTE.as_str(),
            };
            assert!(known, "{name}: {} may not be {value}", label.key);
        }
    }
    let all: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name).collect();
    assert_eq!(seen, all);
}

#[test]
fn every_word_of_every_label_can_be_counted() {
    let text = rendered(record_everything);
    for metric in METRICS {
        for label in metric.labels {
            let Values::Words(words) = label.values else { continue };
            let found: BTreeSet<&str> = samples(&text)
                .filter(|(name, _, _)| metric_of(name).is_some_and(|m| m.name == metric.name))
                .filter_map(|(_, labels, _)| labels.get(label.key).copied())
                .collect();
            assert_eq!(found, words().into_iter().collect(), "{} {}", metric.name, label.key);
        }
    }
}

#[test]
fn counters_begin_at_zero_and_gauges_are_not_invented() {
    let text = rendered(|| {});
    assert!(text.contains("\nsmartexus_sandbox_refusals_total 0\n"), "{text}");
    assert!(text.contains("smartexus_documents_total{outcome=\"failed\"} 0\n"), "{text}");
    for metric in METRICS {
        let counted = samples(&text).any(|(name, _, _)| name == metric.name);
        assert_eq!(counted, metric.kind == Kind::Counter, "{}", metric.name);
    }
}

#[test]
fn values_arrive() {
    let text = rendered(record_everything);
    for line in [
        "smartexus_documents_total{outcome=\"approved\"} 1",
        "smartexus_documents_total{outcome=\"failed\"} 21",
        "smartexus_document_failures_total{code=\"timeout\"} 1",
        "smartexus_pages_total{method=\"ocr\"} 3",
        "smartexus_fenced_out_total{write=\"settle\"} 2",
        "smartexus_queue_oldest_seconds 5",
        "smartexus_slots_busy 1",
        "smartexus_outbox_pending 6",
        "smartexus_sweep_last_success_timestamp_seconds 1800000000",
        "smartexus_stage_duration_seconds_bucket{stage=\"parse\",le=\"0.05\"} 0",
        "smartexus_stage_duration_seconds_bucket{stage=\"parse\",le=\"0.1\"} 2",
        "messaging_process_duration_seconds_bucket{messaging_system=\"rabbitmq\",error_type=\"\",le=\"300\"} 6",
        "messaging_client_sent_messages_total{messaging_system=\"rabbitmq\",error_type=\"timeout\"} 1",
        "http_server_request_duration_seconds_count{http_request_method=\"POST\",\
         http_route=\"/v1/documents/{id}\",http_response_status_class=\"2xx\"} 1",
    ] {
        assert!(text.lines().any(|found| found == line), "no {line} in\n{text}");
    }
}

#[test]
fn names_follow_the_rules_and_each_constant_is_in_the_table() {
    let constants = include_str!("name.rs").matches("pub const ").count();
    assert_eq!(METRICS.len(), constants);
    for metric in METRICS {
        let name = metric.name;
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        assert!(["smartexus_", "http_", "messaging_"].iter().any(|start| name.starts_with(start)), "{name}");
        assert_eq!(name.ends_with("_total"), metric.kind == Kind::Counter, "{name}");
        assert_eq!(name.ends_with("duration_seconds"), matches!(metric.kind, Kind::Histogram(_)), "{name}");
        assert!(metric.help.ends_with('.'), "{name}");
        if let Kind::Histogram(buckets) = metric.kind {
            assert!(buckets.is_sorted(), "{name}");
        }
    }
}

#[test]
fn methods_and_statuses_fall_into_their_lists() {
    assert_eq!(HttpMethod::of("PATCH"), HttpMethod::Patch);
    assert_eq!(HttpMethod::of("patch"), HttpMethod::Other);
    assert_eq!(HttpMethod::of("BREW"), HttpMethod::Other);
    for (status, class) in
        [(101, "1xx"), (200, "2xx"), (304, "3xx"), (404, "4xx"), (499, "4xx"), (500, "5xx")]
    {
        assert_eq!(StatusClass::of(status).as_str(), class);
    }
}
