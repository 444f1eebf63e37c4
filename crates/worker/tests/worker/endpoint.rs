//! A model outside that is asked, or is not.

use crate::house::{House, built_in, changed};
use crate::trial;
use async_trait::async_trait;
use libtest_mimic::Trial;
use smartexus_domain::{DocumentId, Reading, StatementResult};
use smartexus_platform::port::{Actor, Adviser, AskFault, AuditAction};
use smartexus_worker::categories::EndpointPolicy;
use smartexus_worker::pipeline::PipelineSet;
use std::sync::{Arc, Mutex};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("endpoint::a_name_that_nobody_knows_is_asked_and_the_answer_marked", asked_and_marked),
        trial("endpoint::nothing_is_sent_unless_pipeline_and_workspace_say_so", nothing_is_sent),
        trial("endpoint::a_model_that_fails_costs_a_finding_and_no_document", a_failure_is_a_finding),
        trial("endpoint::the_budget_is_kept", the_budget_is_kept),
        trial("endpoint::a_rule_is_never_outranked", a_rule_is_never_outranked),
    ]
}

const ODD: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-03-01,QUXVORNE BLAFNER 0012,-15.00,85.00\n\
    2026-03-02,CARD PURCHASE STARBUCKS,-4.50,80.50\n\
    2026-03-05,ZELLE TO MIRANDA QUILLFEATHER,-60.00,20.50\n";
const ODD_LATER: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-04-01,QUXVORNE BLAFNER 0044,-25.00,75.00\n";

/// Keeps what it is asked, and answers as it is told to.
struct Scripted {
    answer: Result<String, AskFault>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl Adviser for Scripted {
    fn model(&self) -> &str {
        "small-1"
    }

    async fn ask(&self, system: &str, user: &str) -> Result<String, AskFault> {
        self.asked.lock().expect("not poisoned").push(format!("{system}\n{user}"));
        self.answer.clone()
    }
}

fn scripted(answer: Result<&str, AskFault>) -> Arc<Scripted> {
    Arc::new(Scripted { answer: answer.map(str::to_owned), asked: Mutex::default() })
}

const OFFICE: &str = r#"{"answers":[{"id":0,"category":"biz.office","confidence":1.0}]}"#;

fn asking() -> PipelineSet {
    changed("use: categorize }", "use: categorize, with: { endpoint: ask } }")
}

async fn read(
    house: &House,
    content: &'static [u8],
    model: &Arc<Scripted>,
    policy: EndpointPolicy,
) -> (DocumentId, StatementResult) {
    let document = house.submit_default(content).await;
    let running = house.start_as("honest", |worker| {
        worker.with_endpoint(Arc::<Scripted>::clone(model) as Arc<dyn Adviser>, policy.clone())
    });
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    (document, result)
}

fn row(result: &StatementResult, at: usize) -> (String, f64, String) {
    let said = result.statements[0].transactions[at].categorization.as_ref().expect("categorized");
    (said.category.as_str().to_owned(), said.confidence, said.reason.clone())
}

fn codes(result: &StatementResult) -> Vec<&str> {
    let codes = result.findings.iter().map(|finding| &*finding.code);
    codes.filter(|code| code.starts_with("endpoint")).collect()
}

/// How many names each sending had, as the trail says.
async fn sendings(house: &House) -> Vec<String> {
    let events = house.world.audit.events(house.workspace, 0, 1_000).await.expect("answers");
    let sent = events.into_iter().filter(|event| event.action == AuditAction::EndpointAsked);
    sent.inspect(|event| assert_eq!(event.actor, Actor::Worker)).map(|event| event.detail).collect()
}

async fn asked_and_marked() {
    let house = House::new(asking()).await;
    let model = scripted(Ok(OFFICE));
    let policy = EndpointPolicy::new(vec![house.workspace]);
    let (document, result) = read(&house, ODD, &model, policy).await;
    let (category, confidence, reason) = row(&result, 0);
    assert_eq!((category.as_str(), confidence), ("biz.office", 0.79));
    assert!(reason.starts_with("endpoint:small-1 "), "{reason}");
    assert!(!row(&result, 1).2.contains("endpoint"), "what is known is not asked");
    assert_eq!(codes(&result), ["endpoint_asked"]);
    assert_eq!(sendings(&house).await, ["1"]);
    let asked = model.asked.lock().expect("not poisoned").clone();
    let [sent] = asked.as_slice() else { panic!("one call: {asked:?}") };
    assert!(sent.contains("quxvorne blafner"));
    for secret in ["0012", "15.00", "2026", "miranda", "MIRANDA", "quillfeather", "starbucks", "march.csv"] {
        assert!(!sent.contains(secret), "{secret}");
    }
    let kept = house.artifact(document, "answers/categories").await.expect("an input of the document");
    assert!(String::from_utf8_lossy(&kept).contains("small-1"));
    let reading: Reading =
        serde_json::from_slice(&house.artifact(document, "enriched").await.expect("it")).expect("a reading");
    assert!(reading.statements[0].transactions[0].categorization.is_some());
}

async fn nothing_is_sent() {
    // The pipeline does not ask; the workspace did not turn it on; both.
    for (pipelines, allowed) in [(built_in(), true), (asking(), false), (built_in(), false)] {
        let house = House::new(pipelines).await;
        let model = scripted(Ok(OFFICE));
        let workspaces = if allowed { vec![house.workspace] } else { vec![house.next_door().workspace] };
        let (document, result) = read(&house, ODD, &model, EndpointPolicy::new(workspaces)).await;
        assert!(model.asked.lock().expect("not poisoned").is_empty());
        assert_ne!(row(&result, 0).0, "biz.office");
        assert_eq!((codes(&result), sendings(&house).await.len()), (vec![], 0));
        assert!(house.artifact(document, "answers/categories").await.is_none());
    }
}

async fn a_failure_is_a_finding() {
    for answer in
        [Err(AskFault::Slow), Err(AskFault::Status(500)), Ok("no JSON at all"), Ok(r#"{"answers":"none"}"#)]
    {
        let house = House::new(asking()).await;
        let model = scripted(answer);
        let (_, result) = read(&house, ODD, &model, EndpointPolicy::new(vec![house.workspace])).await;
        assert_eq!((result.failure.clone(), codes(&result)), (None, vec!["endpoint_skipped"]));
        assert!(!row(&result, 0).2.contains("endpoint"));
        assert_eq!(sendings(&house).await, ["1"], "it was sent, so it is on record");
    }
}

async fn the_budget_is_kept() {
    let house = House::new(asking()).await;
    let model = scripted(Ok(OFFICE));
    let none = EndpointPolicy { calls_per_day: 0, ..EndpointPolicy::new(vec![house.workspace]) };
    let (_, result) = read(&house, ODD, &model, none).await;
    assert_eq!(codes(&result), ["endpoint_skipped"]);
    let none = EndpointPolicy { calls_per_document: 0, ..EndpointPolicy::new(vec![house.workspace]) };
    let (_, result) = read(&house, ODD_LATER, &model, none).await;
    assert_eq!(codes(&result), ["endpoint_skipped"]);
    assert!(model.asked.lock().expect("not poisoned").is_empty() && sendings(&house).await.is_empty());
}

async fn a_rule_is_never_outranked() {
    let house = House::new(asking()).await;
    let rule = br#"{"id":"odd","include":["quxvorne"],"category":"biz.software"}"#;
    let book = house.world.category_book(house.workspace);
    book.add_rule(0, rule, (None, None), Actor::Operator).await.expect("kept");
    let model = scripted(Ok(OFFICE));
    let (_, result) = read(&house, ODD, &model, EndpointPolicy::new(vec![house.workspace])).await;
    let (category, _, reason) = row(&result, 0);
    assert!(category == "biz.software" && reason.contains("odd"), "{category} {reason}");
    assert!(model.asked.lock().expect("not poisoned").is_empty(), "it is not even asked");
}
