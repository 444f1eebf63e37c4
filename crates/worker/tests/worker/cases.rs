//! Figures of a document, and cases over several: through the same worker, out of what is stored sealed.

use crate::house::{CSV, House, built_in, changed};
use crate::trial;
use libtest_mimic::Trial;
use serde_json::Value;
use smartexus_analyze::Analyst;
use smartexus_domain::{Basis, Case, DocumentId, DocumentState, Figures, StageKind, StatementResult};
use smartexus_parse::CaseLimits;
use smartexus_platform::port::{Actor, EraseCause, EraseRequest, JobState, Lookup, Tombstoned};
use smartexus_worker::cases::{CaseDesk, CaseFault, CaseFile, CaseWish};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("cases::a_document_has_figures_and_every_file", a_document_has_figures_and_every_file),
        trial("cases::a_document_without_rows_has_no_figures", a_document_without_rows_has_no_figures),
        trial("cases::a_case_is_what_its_documents_say_together", a_case_is_what_its_documents_say_together),
        trial("cases::what_is_not_proved_is_marked_and_refused", what_is_not_proved_is_marked_and_refused),
        trial("cases::the_same_wish_is_the_same_case", the_same_wish_is_the_same_case),
        trial("cases::choices_of_the_wish_change_figures", choices_of_the_wish_change_figures),
        trial("cases::what_cannot_be_put_together_is_refused", what_cannot_be_put_together_is_refused),
        trial("cases::a_case_is_of_its_workspace_and_goes_with_its_documents", goes_with_its_documents),
        trial("cases::a_case_of_too_many_rows_fails_alone", a_case_of_too_many_rows_fails_alone),
    ]
}

/// The month after [`CSV`], of the same account by its balances.
const APRIL: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-04-01,PAYROLL NORTHWIND GOODS,1500.00,3035.50\n\
    2026-04-02,CARD PURCHASE BLUE HERON COFFEE,-3.50,3032.00\n\
    2026-04-05,ATM WITHDRAWAL,-60.00,2972.00\n";
/// The second balance does not follow.
const ALTERED: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-04-01,PAYROLL NORTHWIND GOODS,1500.00,3035.50\n\
    2026-04-02,CARD PURCHASE BLUE HERON COFFEE,-3.50,3132.00\n\
    2026-04-05,ATM WITHDRAWAL,-60.00,2972.00\n";
const EVERY_FILE: [&str; 9] = [
    "report/case.xlsx",
    "report/figures.csv",
    "report/figures.json",
    "report/report.pdf",
    "report/transactions.camt.xml",
    "report/transactions.csv",
    "report/transactions.ofx",
    "report/transactions.parquet",
    "report/transactions.qif",
];

fn desk(house: &House) -> CaseDesk {
    CaseDesk::new(house.world.clone(), Arc::clone(&house.pipelines), house.workspace, Actor::Intake)
}

fn wish(documents: &[DocumentId]) -> CaseWish {
    CaseWish { documents: documents.to_vec(), ..CaseWish::default() }
}

/// Reads documents with a worker of its own.
async fn read(house: &House, contents: &[&'static [u8]]) -> (Vec<DocumentId>, Vec<StatementResult>) {
    let running = house.start("honest");
    let (mut documents, mut results) = (Vec::new(), Vec::new());
    for content in contents {
        let document = house.submit_default(content).await;
        results.push(house.settled(document).await);
        documents.push(document);
    }
    running.stop().await.expect("stops in peace");
    (documents, results)
}

/// Makes a case and lets a worker carry it to its end.
async fn made(house: &House, wish: CaseWish) -> DocumentId {
    let case = desk(house).make(wish).await.expect("accepted").document;
    let running = house.start("honest");
    let deadline = Instant::now() + Duration::from_secs(60);
    while !house.state(case).await.is_settled() {
        assert!(Instant::now() < deadline, "never settles: {:?}", house.jobs(case).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    running.stop().await.expect("stops in peace");
    case
}

async fn json<T: serde::de::DeserializeOwned>(house: &House, document: DocumentId, kind: &str) -> T {
    let stored = house.artifact(document, kind).await.unwrap_or_else(|| panic!("{kind} is there"));
    serde_json::from_slice(&stored).expect("of its shape")
}

/// The same without a worker, a key or a database.
fn computed(results: &[StatementResult]) -> (Case, Figures) {
    let analyst = Analyst::embedded().expect("the data reads");
    let mut file = CaseFile::open(results.len(), &analyst, CaseLimits::default()).expect("fits");
    results.iter().for_each(|result| file.add(result));
    file.close().expect("computed")
}

fn refused(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let files = list["files"].as_array().expect("a list");
    files.iter().map(|file| (text(&file["name"]), text(&file["code"]))).collect()
}

async fn a_document_has_figures_and_every_file() {
    let formats = "[csv, xlsx, json, pdf, parquet, ofx, qbo, qif, camt]";
    let house = House::new(changed("[csv, xlsx]", formats)).await;
    let (documents, results) = read(&house, &[CSV]).await;
    let stages: Vec<StageKind> = house.jobs(documents[0]).await.iter().map(|job| job.stage).collect();
    assert_eq!(stages, StageKind::OF_DOCUMENTS);
    assert!(results[0].timings_ms.contains_key("analyze"));
    let figures: Figures = json(&house, documents[0], "figures").await;
    assert_eq!(figures, computed(&results).1, "the worker's are ours");
    assert!(figures.figures.iter().any(|figure| figure.value.as_deref() == Some("1500.00")));
    let list: Value = json(&house, documents[0], "report/refused").await;
    for file in EVERY_FILE.iter().filter(|file| !matches!(**file, "report/case.xlsx" | "report/figures.csv"))
    {
        let is_refused = refused(&list).iter().any(|(name, _)| name == file);
        assert_ne!(house.artifact(documents[0], file).await.is_some(), is_refused, "{file}: {list}");
    }
    for file in ["report.pdf", "figures.json", "transactions.parquet", "transactions.csv", "statement.xlsx"] {
        assert!(house.artifact(documents[0], &format!("report/{file}")).await.is_some(), "{file}");
    }
    // A document has nobody to ask for the bank's id.
    assert_eq!(house.artifact(documents[0], "report/transactions.qbo").await, None);
}

async fn a_document_without_rows_has_no_figures() {
    let house = House::new(changed("[csv, xlsx]", "[csv, parquet]")).await;
    let (documents, _) = read(&house, &[b"Name,Colour\nrose,red\n"]).await;
    assert_eq!(house.artifact(documents[0], "figures").await, None);
    assert_eq!(house.artifact(documents[0], "report/transactions.parquet").await, None);
    if house.state(documents[0]).await == DocumentState::NeedsReview {
        let list: Value = json(&house, documents[0], "report/refused").await;
        assert_eq!(refused(&list), [("report/transactions.parquet".to_owned(), "no_figures".to_owned())]);
    }
}

async fn a_case_is_what_its_documents_say_together() {
    let house = House::new(built_in()).await;
    let (documents, results) = read(&house, &[CSV, APRIL]).await;
    let wished = CaseWish {
        title: Some("An invented client".to_owned()),
        bank_id: Some("3000".to_owned()),
        ..wish(&documents)
    };
    let case = made(&house, wished).await;
    let jobs = house.jobs(case).await;
    assert!(jobs.iter().all(|job| job.state == JobState::Done), "{jobs:?}");
    let stages: Vec<StageKind> = jobs.iter().map(|job| job.stage).collect();
    assert_eq!(stages, [StageKind::Analyze, StageKind::Report]);

    let (expected_case, expected) = computed(&results);
    let figures: Figures = json(&house, case, "figures").await;
    assert_eq!(figures, expected, "the worker's are ours");
    assert_eq!(json::<Case>(&house, case, "case").await, expected_case);
    // Two months of one account: more than any of the documents alone.
    assert!(figures.cash_flow.len() > 1);

    let view = desk(&house).look(case).await.expect("there");
    assert_eq!((view.title.as_deref(), view.outdated), (Some("An invented client"), false));
    assert_eq!(view.documents, documents);
    for file in EVERY_FILE.iter().chain(&["report/transactions.qbo"]) {
        let list: Value = json(&house, case, "report/refused").await;
        let is_refused = refused(&list).iter().any(|(name, _)| name == file);
        assert_ne!(house.artifact(case, file).await.is_some(), is_refused, "{file}: {list}");
    }
    let pdf = house.artifact(case, "report/report.pdf").await.expect("a report");
    assert!(pdf.starts_with(b"%PDF-"));
    let csv = house.artifact(case, "report/transactions.csv").await.expect("rows");
    assert_eq!(csv.iter().filter(|byte| **byte == b'\n').count(), 1 + 6);
}

async fn what_is_not_proved_is_marked_and_refused() {
    let house = House::new(built_in()).await;
    let (documents, _) = read(&house, &[CSV, ALTERED]).await;
    let case = made(&house, wish(&documents)).await;
    assert_eq!(house.state(case).await, DocumentState::NeedsReview);
    let figures: Figures = json(&house, case, "figures").await;
    assert!(figures.figures.iter().any(|figure| figure.basis == Basis::IncludesUnverified));
    let list: Value = json(&house, case, "report/refused").await;
    let codes: Vec<(String, String)> = refused(&list);
    for file in ["ofx", "qif", "camt.xml"] {
        let name = format!("report/transactions.{file}");
        assert!(codes.contains(&(name.clone(), "not_verified".to_owned())), "{name}: {list}");
        assert_eq!(house.artifact(case, &name).await, None);
    }
    let allowed = made(&house, CaseWish { allow_unverified: true, ..wish(&documents) }).await;
    assert_ne!(allowed, case);
    assert!(house.artifact(allowed, "report/transactions.qif").await.is_some());
}

async fn the_same_wish_is_the_same_case() {
    let house = House::new(built_in()).await;
    let (documents, _) = read(&house, &[CSV, APRIL]).await;
    let desk = desk(&house);
    let once = desk.make(wish(&documents)).await.expect("accepted");
    let other_order = [documents[1], documents[0], documents[1]];
    let twice = desk.make(wish(&other_order)).await.expect("accepted");
    assert_eq!((twice.document, once.duplicate, twice.duplicate), (once.document, false, true));
    // Another title is another case, with the same figures to the byte.
    let first = made(&house, wish(&documents)).await;
    let titled = CaseWish { title: Some("Other".to_owned()), ..wish(&documents) };
    let second = made(&house, titled).await;
    assert_ne!(first, second);
    for kind in ["figures", "case", "report/figures.csv", "report/transactions.parquet"] {
        assert_eq!(house.artifact(first, kind).await, house.artifact(second, kind).await, "{kind}");
    }
}

async fn choices_of_the_wish_change_figures() {
    let house = House::new(built_in()).await;
    let (documents, _) = read(&house, &[CSV]).await;
    let choices = "schema: smartexus.analytics/1\nlow_balance: \"9999.00\"\n".to_owned();
    let case = made(&house, CaseWish { choices: Some(choices), ..wish(&documents) }).await;
    let figures: Figures = json(&house, case, "figures").await;
    let shown = |choice: &&smartexus_domain::Choice| choice.value == "9999.00";
    assert_eq!(figures.choices.iter().filter(shown).count(), 1);
}

async fn what_cannot_be_put_together_is_refused() {
    let house = House::new(built_in()).await;
    let (documents, _) = read(&house, &[CSV]).await;
    let desk = desk(&house);
    let good = wish(&documents);
    let case = desk.make(good.clone()).await.expect("accepted").document;
    let text = |text: &str| Some(text.to_owned());
    let never = || house.world.ids.document().expect("an id");
    let many: Vec<DocumentId> = (0..201).map(|_| never()).collect();
    for (wrong, code) in [
        (wish(&[]), "no_documents"),
        (wish(&many), "too_many_documents"),
        (wish(&[case]), "not_a_document"),
        (CaseWish { pipeline: text("bank-statement"), ..good.clone() }, "unknown_pipeline"),
        (CaseWish { formats: Some(vec!["docx".to_owned()]), ..good.clone() }, "unknown_format"),
        (CaseWish { formats: Some(vec!["qbo".to_owned()]), ..good.clone() }, "bank_id_missing"),
        (CaseWish { bank_id: text("12a"), ..good.clone() }, "bank_id_malformed"),
        (CaseWish { title: Some("x".repeat(201)), ..good.clone() }, "title_too_long"),
        (CaseWish { choices: text("low_balance: [1"), ..good.clone() }, "invalid_choices"),
    ] {
        let fault = desk.make(wrong).await.expect_err("refused");
        assert!(matches!(fault, CaseFault::Refused { code: found, .. } if found == code), "{code}: {fault}");
    }
    assert!(matches!(desk.make(wish(&many[..200])).await, Err(CaseFault::Absent(_))), "just as many fit");
    let waiting = house.submit_default(APRIL).await;
    assert!(matches!(desk.make(wish(&[waiting])).await, Err(CaseFault::NotReady(id)) if id == waiting));
    assert!(matches!(desk.look(documents[0]).await, Err(CaseFault::Absent(_))), "a document is no case");
}

async fn goes_with_its_documents() {
    let house = House::new(built_in()).await;
    let (documents, _) = read(&house, &[CSV, APRIL]).await;
    let case = made(&house, wish(&documents)).await;
    let stranger = house.next_door();
    stranger.world.documents.ensure_workspace(stranger.workspace).await.expect("made");
    let foreign = desk(&stranger);
    assert!(matches!(foreign.make(wish(&documents)).await, Err(CaseFault::Absent(_))));
    assert!(matches!(foreign.look(case).await, Err(CaseFault::Absent(_))));

    let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
    let erased = house.world.retention.tombstone(house.workspace, documents[0], &request).await;
    assert!(matches!(erased, Ok(Tombstoned::Erasing(_))));
    assert!(matches!(desk(&house).look(case).await, Err(CaseFault::Gone(_))));
    let other = house.world.documents.document(house.workspace, documents[1]).await;
    assert!(matches!(other, Ok(Lookup::Found(_))), "the other document stays");
    assert!(matches!(desk(&house).make(wish(&documents)).await, Err(CaseFault::Gone(_))));
}

async fn a_case_of_too_many_rows_fails_alone() {
    let text = include_str!("../../../../pipelines/case.yaml").replace("rows_max: 200000", "rows_max: 5");
    let small = smartexus_worker::pipeline::Pipeline::from_yaml("p.yaml", &text).expect("valid");
    let built_in = smartexus_worker::pipeline::Pipeline::default_bank_statement().expect("valid");
    let house = House::new(smartexus_worker::pipeline::PipelineSet::of(vec![built_in, small])).await;
    let (documents, _) = read(&house, &[CSV, APRIL]).await;
    let case = made(&house, wish(&documents)).await;
    assert_eq!(house.state(case).await, DocumentState::Failed);
    let fits = made(&house, wish(&documents[..1])).await;
    assert_ne!(house.state(fits).await, DocumentState::Failed);
}
