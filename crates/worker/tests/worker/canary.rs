//! Canaries: words of a document, its name and its password, which neither the log at its most talkative nor the
//! metrics may repeat while a worker reads it. The only trial that starts telemetry, which can be started once a
//! process.

use crate::doubles::program;
use crate::trial;
use futures::StreamExt as _;
use libtest_mimic::Trial;
use smartexus_categorize::Rulebook;
use smartexus_domain::{DocumentId, MediaType, StageKind, WorkspaceId};
use smartexus_platform::port::{Actor, NextJob, PipelineRef};
use smartexus_platform::telemetry::{LogFormat, ServiceRole, Telemetry, TelemetrySettings};
use smartexus_platform::{Durability, Secret, Submission, World, open_embedded};
use smartexus_worker::Worker;
use smartexus_worker::pipeline::PipelineSet;
use smartexus_worker::sandbox::Sandbox;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial(
        "canary::no_canary_is_in_the_log_or_in_the_metrics",
        no_canary_is_in_the_log_or_in_the_metrics,
    )]
}

const WORDS: [&str; 6] =
    ["quetzalcanary", "de02120300000000202051", "4321.98", "1234.56", "5556.54", "canary-password"];

const READABLE: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-03-01,QUETZALCANARY GOODS DE02120300000000202051,4321.98,5556.54\n\
    2026-03-02,CARD PURCHASE QUETZALCANARY,-1234.56,4321.98\n";
const UNREADABLE: &[u8] = b"%PDF-1.7\nQUETZALCANARY DE02120300000000202051 1234.56\n%%EOF\n";

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

async fn submit(
    world: &World,
    workspace: WorkspaceId,
    pipeline: PipelineRef,
    bytes: &'static [u8],
) -> DocumentId {
    let submission = Submission {
        actor: Actor::Operator,
        pipeline,
        retention: "financial-document".to_owned().try_into().expect("a class"),
        media_type: MediaType::Unknown,
        file_name: Some("Quetzalcanary März.csv".to_owned()),
        password: Some(Secret::from(Zeroizing::new("canary-password".to_owned()))),
        first: NextJob {
            stage: StageKind::Extract,
            priority: smartexus_platform::port::Priority::Interactive,
        },
        trace: None,
        limit_bytes: 1024 * 1024,
    };
    let body = futures::stream::once(std::future::ready(Ok(bytes.into()))).boxed();
    world.accept(workspace, submission, body).await.expect("accepted").document
}

/// One document that is read to its report, one that fails, and one on which its reader panics with its content.
async fn live(world: &World) {
    let pipelines = Arc::new(PipelineSet::built_in().expect("pipelines"));
    let pipeline = pipelines.newest("bank-statement").expect("a pipeline").reference();
    let workspace = world.ids.workspace().expect("an id");
    for (role, bytes) in
        [("honest", READABLE), ("honest", UNREADABLE), ("panics_with_content", b"quetzalcanary 1234.56")]
    {
        let document = submit(world, workspace, pipeline.clone(), bytes).await;
        let sandbox = Sandbox::open(program(role), 1).expect("a sandbox");
        let rulebook = Rulebook::embedded().expect("rules");
        let worker =
            Worker::new(world.clone(), Arc::clone(&pipelines), Arc::new(sandbox), Arc::new(rulebook), 1);
        let settled = async {
            let deadline = Instant::now() + Duration::from_secs(60);
            loop {
                let found = world.documents.document(workspace, document).await.expect("answers").found();
                if found.expect("is there").state.is_settled() {
                    return;
                }
                assert!(Instant::now() < deadline, "never settles");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        worker.run(settled).await.expect("not halted");
    }
}

async fn no_canary_is_in_the_log_or_in_the_metrics() {
    let written = Written::default();
    let writer = written.clone();
    let settings = TelemetrySettings {
        log_format: LogFormat::Json,
        log_filter: "trace".to_owned(),
        otlp_endpoint: None,
        service_role: ServiceRole::Worker,
    };
    let telemetry = Telemetry::start_with_writer(&settings, move || writer.clone()).expect("telemetry");
    let directory = tempfile::tempdir().expect("a directory");
    live(&open_embedded(directory.path(), Durability::Ephemeral).await.expect("a world")).await;

    let log = String::from_utf8(written.0.lock().expect("not poisoned").clone()).expect("text");
    let metrics = telemetry.render();
    for (place, text) in [("log", &log), ("metrics", &metrics)] {
        let text = text.to_lowercase();
        for word in WORDS {
            let found = text.lines().find(|line| line.contains(word));
            assert_eq!(found, None, "{word} is in the {place}");
        }
    }
    // Three documents, one of which was read; the one that was tried again counts once.
    for counted in [
        "smartexus_statements_total{verdict=\"unverifiable\"} 1",
        "smartexus_documents_total{outcome=\"failed\"} 2",
        "smartexus_slots_busy 0",
    ] {
        assert!(metrics.lines().any(|line| line == counted), "{counted}:\n{metrics}");
    }
    // It was really there and really talkative.
    for told in ["document completed", "document rejected", "job retried", "\"level\":\"DEBUG\""] {
        assert!(log.contains(told), "{told} is not in the log");
    }
}
