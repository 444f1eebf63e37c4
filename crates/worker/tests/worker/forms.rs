//! Blanks and filled forms: through the same worker and behind the same walls as every other file.

use crate::house::{CSV, House, built_in};
use crate::trial;
use futures::StreamExt as _;
use libtest_mimic::Trial;
use serde_json::Value;
use smartexus_domain::{
    DocumentId, DocumentState, FailureCode, FieldState, FilledField, FormResult, MediaType,
};
use smartexus_platform::Submission;
use smartexus_platform::port::{
    Actor, DocumentRole, EraseCause, EraseRequest, Lookup, NextJob, ObjectKind, Priority, Tombstoned,
};
use smartexus_worker::cases::{CaseDesk, CaseWish};
use smartexus_worker::forms::{FormDesk, FormFault, FormWish, OwnMappings};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("forms::a_blank_is_told_with_a_mapping_to_look_over", a_blank_is_told),
        trial("forms::a_blank_is_filled_from_documents_and_facts", filled_from_documents_and_facts),
        trial("forms::a_case_answers_with_its_documents_and_goes_with_them", a_case_answers),
        trial("forms::a_case_answers_with_its_figures_and_the_rows_behind_them", figures_answer),
        trial("forms::a_form_that_came_in_filled_answers_another", a_filled_form_answers),
        trial("forms::an_edit_is_a_new_form_and_changes_nothing_else", an_edit_is_a_new_form),
        trial("forms::a_kept_mapping_answers_its_form_in_its_workspace", a_kept_mapping_answers),
        trial("forms::a_kept_mapping_that_does_not_read_is_told_and_taken_out", an_unread_mapping_is_told),
        trial("forms::what_cannot_be_filled_is_refused", what_cannot_be_filled_is_refused),
        trial("forms::what_is_no_form_fails_with_its_code", what_is_no_form_fails_with_its_code),
        trial("forms::a_form_is_of_its_workspace_and_goes_with_what_it_holds", goes_with_what_it_holds),
    ]
}

/// Invented forms and facts of our own.
const BLANK: &[u8] = include_bytes!("../../../../fixtures/forms/loan-application/blank.pdf");
const FACTS: &str = include_str!("../../../../fixtures/forms/loan-application/facts.json");
const STATEMENT: &[u8] = include_bytes!("../../../../fixtures/us-checking-running/document.pdf");

fn desk(house: &House) -> FormDesk {
    FormDesk::new(house.world.clone(), Arc::clone(&house.pipelines), house.workspace, Actor::Intake)
}

fn wish(blank: DocumentId) -> FormWish {
    FormWish {
        blank,
        documents: Vec::new(),
        case: None,
        facts: None,
        mapping: None,
        edits: BTreeMap::new(),
        lock: false,
        flatten: false,
        trace: None,
    }
}

async fn upload(house: &House, bytes: &'static [u8]) -> DocumentId {
    let pipeline = house.pipelines.newest("form").expect("a pipeline");
    let submission = Submission {
        actor: Actor::Intake,
        pipeline: pipeline.reference(),
        retention: pipeline.retention.clone(),
        media_type: MediaType::Unknown,
        file_name: Some("application.pdf".to_owned()),
        password: None,
        first: NextJob { stage: pipeline.first(), priority: Priority::Interactive },
        trace: None,
        limit_bytes: pipeline.accepts.size_bytes,
    };
    let body = futures::stream::once(std::future::ready(Ok(bytes.into()))).boxed();
    house.world.accept(house.workspace, submission, body).await.expect("accepted").document
}

/// Lets a worker carry everything that waits to its end.
async fn worked(house: &House, documents: &[DocumentId]) {
    let running = house.start("honest");
    let deadline = Instant::now() + Duration::from_secs(60);
    for document in documents {
        while !house.state(*document).await.is_settled() {
            assert!(Instant::now() < deadline, "never settles: {:?}", house.jobs(*document).await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    running.stop().await.expect("stops in peace");
}

/// A blank that was read, and a statement.
async fn read(house: &House) -> (DocumentId, DocumentId) {
    let (blank, statement) = (upload(house, BLANK).await, house.submit_default(STATEMENT).await);
    worked(house, &[blank, statement]).await;
    (blank, statement)
}

async fn filled(house: &House, wish: FormWish) -> DocumentId {
    let form = desk(house).fill(wish).await.expect("accepted").document;
    worked(house, &[form]).await;
    form
}

async fn result(house: &House, form: DocumentId) -> FormResult {
    let stored = house.artifact(form, "form/result").await.expect("a result");
    serde_json::from_slice(&stored).expect("smartexus.form/1")
}

fn field<'r>(result: &'r FormResult, name: &str) -> &'r FilledField {
    result.fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("{name} is a field"))
}

async fn a_blank_is_told() {
    let house = House::new(built_in()).await;
    let (blank, _) = read(&house).await;
    assert_eq!(house.state(blank).await, DocumentState::Approved);
    let told = house.artifact(blank, "form/inspection").await.expect("told");
    let told: Value = serde_json::from_slice(&told).expect("JSON");
    assert_eq!((&told["schema"], &told["file"]), (&"smartexus.blank/1".into(), &"application.pdf".into()));
    let fields = told["fields"].as_array().expect("fields");
    assert!(fields.iter().any(|field| field["name"] == "business_dba"));
    let suggested = told["suggestions"].as_array().expect("suggestions");
    assert!(suggested.iter().any(|one| one["key"] == "business.dba" && one["field"] == "business_dba"));
    // The draft is a mapping of this very blank.
    let draft = house.artifact(blank, "form/mapping.yaml").await.expect("a draft");
    let draft = String::from_utf8(draft).expect("text");
    let checked = desk(&house).check(&draft, Some(blank)).await.expect("checked");
    assert_eq!(checked.faults, None);
    let field = draft.replace("field: \"business_dba\"", "field: \"business_xyz\"");
    assert_ne!(field, draft);
    let checked = desk(&house).check(&field, Some(blank)).await.expect("checked");
    assert!(checked.faults.expect("a fault").contains('^'), "with a caret");
}

async fn filled_from_documents_and_facts() {
    let house = House::new(built_in()).await;
    let (blank, statement) = read(&house).await;
    let from_statement = filled(&house, FormWish { documents: vec![statement], ..wish(blank) }).await;
    // What goes out under somebody's name is never approved by a machine.
    assert_eq!(house.state(from_statement).await, DocumentState::NeedsReview);
    let told = result(&house, from_statement).await;
    let bank = field(&told, "bank_name");
    assert!(matches!(bank.state, FieldState::Filled | FieldState::Doubtful), "{bank:?}");
    assert_eq!(bank.sources[0].document.as_deref(), Some("march.csv"), "the statement as it was named");
    for name in ["bank_name", "account_number"] {
        let source = &field(&told, name).sources[0];
        assert!(source.page == Some(1) && source.bounds.is_some(), "where it is printed: {source:?}");
    }
    assert_eq!(field(&told, "loan_amount").state, FieldState::Missing, "nothing is invented");

    let with_facts = FormWish { facts: Some(FACTS.to_owned()), ..wish(blank) };
    let form = filled(&house, with_facts.clone()).await;
    let told = result(&house, form).await;
    assert_eq!(told.mapping.as_deref(), Some("loan-application/1"));
    assert_eq!(field(&told, "loan_amount").value.as_deref(), Some("85,000.00"));
    let left = |field: &&FilledField| field.state == FieldState::LeftToPerson;
    assert!(told.fields.iter().any(|field| left(&field)), "signatures are a person's");
    let file = house.artifact(form, "form/filled.pdf").await.expect("a file");
    assert!(file.starts_with(BLANK) && file.len() > BLANK.len(), "the blank stays byte for byte in front");
    let flat = filled(&house, FormWish { flatten: true, ..with_facts.clone() }).await;
    assert_ne!(flat, form);
    assert_ne!(house.artifact(flat, "form/filled.pdf").await, Some(file));
    let again = desk(&house).fill(with_facts).await.expect("accepted");
    assert_eq!((again.document, again.duplicate), (form, true), "the same wish is the same form");
}

async fn an_edit_is_a_new_form() {
    let house = House::new(built_in()).await;
    let (blank, statement) = read(&house).await;
    let facts = Some(FACTS.to_owned());
    let first = filled(&house, FormWish { documents: vec![statement], facts, ..wish(blank) }).await;
    let desk = desk(&house);
    let words = |word: Option<&str>| BTreeMap::from([("loan_amount".to_owned(), word.map(str::to_owned))]);
    let second = desk.edit(first, words(Some("90,000.00")), None).await.expect("accepted").document;
    worked(&house, &[second]).await;
    let view = desk.look(second).await.expect("there");
    assert_eq!((view.version, view.revises, view.blank), (2, Some(first), blank));
    assert_eq!((view.documents, view.edits.len()), (vec![statement], 1));
    let (before, after) = (result(&house, first).await, result(&house, second).await);
    assert_eq!(field(&before, "loan_amount").value.as_deref(), Some("85,000.00"), "what was shown stays");
    assert_eq!(field(&after, "loan_amount").value.as_deref(), Some("90,000.00"));
    let other = |result: &FormResult| -> Vec<FilledField> {
        result.fields.iter().filter(|field| field.name != "loan_amount").cloned().collect()
    };
    assert_eq!(other(&before), other(&after), "nothing else changes");
    // Taken back, the facts answer again.
    let third = desk.edit(second, words(None), None).await.expect("accepted").document;
    worked(&house, &[third]).await;
    assert_eq!(result(&house, third).await.fields, before.fields);
    assert_eq!(desk.look(third).await.expect("there").version, 3);
}

async fn what_cannot_be_filled_is_refused() {
    let house = House::new(built_in()).await;
    let (blank, statement) = read(&house).await;
    let desk = desk(&house);
    let form = desk.fill(wish(blank)).await.expect("accepted").document;
    let text = |text: &str| Some(text.to_owned());
    let long = BTreeMap::from([("use_of_funds".to_owned(), "x".repeat(4_001))]);
    let never = || house.world.ids.document().expect("an id");
    for (wrong, code) in [
        (wish(statement), "not_a_blank"),
        (wish(form), "not_a_blank"),
        (FormWish { documents: vec![form], ..wish(blank) }, "not_a_document"),
        (FormWish { facts: text("{}"), ..wish(blank) }, "invalid_facts"),
        (FormWish { mapping: text("schema: x"), ..wish(blank) }, "invalid_mapping"),
        (FormWish { edits: long, ..wish(blank) }, "edits_too_large"),
    ] {
        let fault = desk.fill(wrong).await.expect_err("refused");
        assert!(matches!(fault, FormFault::Refused { code: found, .. } if found == code), "{code}: {fault}");
    }
    assert!(matches!(desk.fill(wish(never())).await, Err(FormFault::Absent(_))));
    let waiting = upload(&house, b"%PDF-1.7 not read yet").await;
    assert!(matches!(desk.fill(wish(waiting)).await, Err(FormFault::NotReady(id)) if id == waiting));
    let unread = house.submit_default(CSV).await;
    let early = FormWish { documents: vec![unread], ..wish(blank) };
    assert!(matches!(desk.fill(early).await, Err(FormFault::NotReady(id)) if id == unread));
    assert!(matches!(desk.look(blank).await, Err(FormFault::Absent(_))), "a blank is no filled form");
    assert!(matches!(desk.edit(blank, BTreeMap::new(), None).await, Err(FormFault::Absent(_))));
}

async fn a_case_answers() {
    let house = House::new(built_in()).await;
    let (blank, statement) = read(&house).await;
    let cases =
        CaseDesk::new(house.world.clone(), Arc::clone(&house.pipelines), house.workspace, Actor::Intake);
    let made = CaseWish { documents: vec![statement], ..CaseWish::default() };
    let case = cases.make(made).await.expect("accepted").document;
    let early = desk(&house).fill(FormWish { case: Some(case), ..wish(blank) }).await;
    assert!(matches!(early, Err(FormFault::NotReady(id)) if id == case));
    worked(&house, &[case]).await;
    let form = filled(&house, FormWish { case: Some(case), ..wish(blank) }).await;
    let shown = desk(&house).look(form).await.expect("shown");
    assert_eq!((shown.case, shown.documents), (Some(case), vec![statement]));
    let told = result(&house, form).await;
    assert_eq!(field(&told, "bank_name").sources[0].document.as_deref(), Some("march.csv"));
    let no_case = desk(&house).fill(FormWish { case: Some(statement), ..wish(blank) }).await;
    assert!(matches!(no_case, Err(FormFault::Absent(id)) if id == statement));
    let edits = BTreeMap::from([("business_dba".to_owned(), Some("Otter Creek".to_owned()))]);
    let second = desk(&house).edit(form, edits, None).await.expect("accepted").document;
    worked(&house, &[second]).await;
    assert_eq!(desk(&house).look(second).await.expect("shown").case, Some(case));
    let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
    let erased = house.world.retention.tombstone(house.workspace, case, &request).await;
    assert!(matches!(erased, Ok(Tombstoned::Erasing(_))));
    assert!(matches!(desk(&house).look(form).await, Err(FormFault::Gone(_))), "it holds its figures");
}

/// A business account over 2025: a sale on the first of each month, a purchase on its last day.
fn year_of_sales() -> String {
    let mut rows = String::from("Date,Description,Amount,Balance,Currency\n");
    let mut balance = 0;
    for month in 1..=12 {
        let last = jiff::civil::date(2025, month, 1).last_of_month();
        balance += 1000;
        rows.push_str(&format!("2025-{month:02}-01,STRIPE PAYOUT {month},1000.00,{balance}.00,USD\n"));
        balance -= 50;
        rows.push_str(&format!("{last},OFFICE SUPPLIES STORE,-50.00,{balance}.00,USD\n"));
    }
    rows
}

async fn figures_answer() {
    let house = House::new(built_in()).await;
    let (blank, statement) =
        (upload(&house, BLANK).await, house.submit_default(year_of_sales().leak().as_bytes()).await);
    worked(&house, &[blank, statement]).await;
    let cases =
        CaseDesk::new(house.world.clone(), Arc::clone(&house.pipelines), house.workspace, Actor::Intake);
    let made = CaseWish { documents: vec![statement], ..CaseWish::default() };
    let case = cases.make(made).await.expect("accepted").document;
    worked(&house, &[case]).await;
    let named = r#"{"schema":"smartexus.facts/1","facts":[{"key":"business.legal_name","value":"Hedgerow Joinery LLC"}]}"#;
    let wish = FormWish { case: Some(case), facts: Some(named.to_owned()), ..wish(blank) };
    let told = result(&house, filled(&house, wish).await).await;
    let revenue = field(&told, "annual_revenue");
    // No statement says with which balance the list began, so nothing proves the rows: proposed, not filled.
    assert_eq!(
        (revenue.state, revenue.value.as_deref()),
        (FieldState::Doubtful, Some("12,000.00")),
        "{revenue:?}"
    );
    let source = &revenue.sources[0];
    assert!(source.document.as_deref().is_some_and(|from| from.starts_with(&format!("case {case}: "))));
    assert!(source.rows.len() >= 12, "every sale of the year: {:?}", source.rows);
}

async fn a_filled_form_answers() {
    let house = House::new(built_in()).await;
    let (blank, _) = read(&house).await;
    let first = filled(&house, FormWish { facts: Some(FACTS.to_owned()), ..wish(blank) }).await;
    let before = result(&house, first).await;
    let file = house.artifact(first, "form/filled.pdf").await.expect("a file");
    let came_in = upload(&house, file.leak()).await;
    worked(&house, &[came_in]).await;
    let from_form = FormWish { documents: vec![came_in], ..wish(blank) };
    let form = filled(&house, from_form.clone()).await;
    let told = result(&house, form).await;
    for name in ["business_dba", "federal_tax_id", "bank_name"] {
        let (now, then) = (field(&told, name), field(&before, name));
        assert_eq!((now.state, &now.value), (FieldState::Filled, &then.value), "{name}: {now:?}");
        let source = &now.sources[0];
        assert!(
            source.document.as_deref() == Some("application.pdf") && source.bounds.is_some(),
            "{source:?}"
        );
    }
    assert_eq!(desk(&house).look(form).await.expect("shown").documents, [came_in]);

    // Another form names another business: what either says of it is proposed only.
    let other = FACTS.replace("Bäckerei", "Konditorei");
    assert_ne!(other, FACTS, "the fixture names its business otherwise now");
    let second = filled(&house, FormWish { facts: Some(other), ..wish(blank) }).await;
    let second = house.artifact(second, "form/filled.pdf").await.expect("a file");
    let second = upload(&house, second.leak()).await;
    worked(&house, &[second]).await;
    let both = FormWish { documents: vec![came_in, second], ..wish(blank) };
    let mixed = result(&house, filled(&house, both).await).await;
    for name in ["business_legal_name", "federal_tax_id"] {
        assert_eq!(field(&mixed, name).state, FieldState::Doubtful, "{name}");
    }
    assert_eq!(field(&mixed, "bank_name").state, FieldState::Filled);

    // It is erased with the form that it was filled from.
    let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
    let erased = house.world.retention.tombstone(house.workspace, came_in, &request).await;
    assert!(matches!(erased, Ok(Tombstoned::Erasing(_))));
    assert!(matches!(desk(&house).look(form).await, Err(FormFault::Gone(_))));
}

async fn a_kept_mapping_answers() {
    let house = House::new(built_in()).await;
    let (blank, _) = read(&house).await;
    let facts = FormWish { facts: Some(FACTS.to_owned()), ..wish(blank) };
    let before = result(&house, filled(&house, facts.clone()).await).await;
    assert!(before.mapping.expect("the program's own").starts_with("loan-application"));

    // A person looks the draft over and says what a field means.
    let draft = house.artifact(blank, "form/mapping.yaml").await.expect("a draft");
    let draft = String::from_utf8(draft).expect("text");
    let (head, _) = draft.split_once("fields:").expect("fields");
    let corrected =
        |words: &str| format!("{head}fields:\n  - {{ field: \"business_dba\", constant: \"{words}\" }}\n");
    let desk = desk(&house);
    let kept = desk.keep_mapping(&corrected("as corrected"), Some(blank)).await.expect("kept");
    assert_eq!((kept.mapping.name.as_str(), kept.mapping.version), ("application", 1));
    let after = result(&house, filled(&house, facts.clone()).await).await;
    assert!(after.mapping.as_deref().expect("one").starts_with("application"), "{:?}", after.mapping);
    assert_eq!(field(&after, "business_dba").value.as_deref(), Some("as corrected"));

    // The same again changes nothing; other words need a higher version.
    let again = desk.keep_mapping(&corrected("as corrected"), None).await.expect("kept");
    assert_eq!(again.at, kept.at);
    let code = |fault: FormFault| {
        let FormFault::Refused { code, .. } = fault else { panic!("{fault}") };
        code
    };
    let other_words = corrected("other words");
    assert_eq!(code(desk.keep_mapping(&other_words, None).await.expect_err("used")), "mapping_version");
    let second = other_words.replace("version: 1", "version: 2");
    assert_eq!(desk.keep_mapping(&second, None).await.expect("kept").mapping.version, 2);
    assert_eq!(desk.mappings().await.expect("listed").mappings.len(), 1, "in the place of the first");
    for (text, blank, refused) in [
        (
            second.replace("business_dba", "business_xyz").replace("version: 2", "version: 3"),
            Some(blank),
            "invalid_mapping",
        ),
        (of_another_form(&second), Some(blank), "other_form"),
        (second.replace("fingerprint: [", "signed_by: ["), None, "no_form"),
        ("name: x".to_owned(), None, "invalid_mapping"),
        (format!("{second}# {}", "x".repeat(256 * 1024)), None, "mapping_too_large"),
    ] {
        assert_eq!(code(desk.keep_mapping(&text, blank).await.expect_err(refused)), refused, "{text}");
    }

    // No other workspace has it, and here it can be taken out.
    let stranger = house.next_door();
    stranger.world.documents.ensure_workspace(stranger.workspace).await.expect("made");
    let foreign = FormDesk::new(
        stranger.world.clone(),
        Arc::clone(&stranger.pipelines),
        stranger.workspace,
        Actor::Intake,
    );
    assert_eq!(foreign.mappings().await.expect("listed"), OwnMappings::default());
    assert!(!foreign.remove_mapping("application").await.expect("answered"));
    assert!(desk.remove_mapping("application").await.expect("answered"));
    assert!(!desk.remove_mapping("application").await.expect("answered"));
    let last = result(&house, filled(&house, facts).await).await;
    assert_eq!(last.fields, before.fields, "the program's own answers again");
}

async fn an_unread_mapping_is_told() {
    let house = House::new(built_in()).await;
    let (blank, _) = read(&house).await;
    let desk = desk(&house);
    let book = house.world.mapping_book(house.workspace);
    let version = book.all().await.expect("listed").version;
    book.keep(version, None, b"schema: of another age", Actor::Intake).await.expect("kept");
    let kept = desk.mappings().await.expect("listed");
    let [unread] = kept.unread.as_slice() else { panic!("{kept:?}") };
    assert_eq!((kept.mappings.len(), unread.text.as_str()), (0, "schema: of another age"));
    assert!(unread.faults.contains("schema"), "{}", unread.faults);
    let facts = FormWish { facts: Some(FACTS.to_owned()), ..wish(blank) };
    let is_told =
        |result: &FormResult| result.findings.iter().any(|finding| finding.code == "kept_mapping_unread");
    let told = result(&house, filled(&house, facts.clone()).await).await;
    assert!(told.mapping.is_some() && is_told(&told), "{:?}", told.findings);
    assert!(desk.remove_mapping(&unread.name).await.expect("answered"));
    assert_eq!(desk.mappings().await.expect("listed"), OwnMappings::default());
    assert!(!is_told(&result(&house, filled(&house, facts).await).await));
}

/// The same mapping with a fingerprint that no form has.
fn of_another_form(mapping: &str) -> String {
    let (head, rest) = mapping.split_once("fingerprint: [").expect("a fingerprint");
    let (_, tail) = rest.split_once(']').expect("its end");
    format!("{head}fingerprint: [\"{}\"]{tail}", "0".repeat(64))
}

async fn what_is_no_form_fails_with_its_code() {
    let house = House::new(built_in()).await;
    let [statement, broken, text] =
        [upload(&house, STATEMENT).await, upload(&house, b"%PDF-1.7 x").await, upload(&house, CSV).await];
    worked(&house, &[statement, broken, text]).await;
    for (document, code) in [
        (statement, FailureCode::NoFormFields),
        (broken, FailureCode::Corrupt),
        (text, FailureCode::UnsupportedMedia),
    ] {
        let found = house.world.documents.document(house.workspace, document).await.expect("answers");
        let found = found.found().expect("there");
        assert_eq!((found.state, found.failure), (DocumentState::Failed, Some(code)));
        let refused = desk(&house).fill(wish(document)).await;
        assert!(matches!(refused, Err(FormFault::Refused { code: "not_a_blank", .. })));
    }
}

async fn goes_with_what_it_holds() {
    let house = House::new(built_in()).await;
    let (blank, statement) = read(&house).await;
    let form = filled(&house, FormWish { documents: vec![statement], ..wish(blank) }).await;
    let empty = filled(&house, wish(blank)).await;
    let found = house.world.documents.document(house.workspace, form).await.expect("answers");
    assert_eq!(found.found().expect("there").role, DocumentRole::Form);
    let stranger = house.next_door();
    stranger.world.documents.ensure_workspace(stranger.workspace).await.expect("made");
    let foreign = desk(&stranger);
    assert!(matches!(foreign.look(form).await, Err(FormFault::Absent(_))));
    assert!(matches!(foreign.fill(wish(blank)).await, Err(FormFault::Absent(_))));
    let kind = ObjectKind::named("form/filled.pdf").expect("a kind");
    let stolen = house.world.documents.artifact(stranger.workspace, form, &kind).await;
    assert!(matches!(stolen, Ok(Lookup::Absent)));

    let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
    let erase = async |document| house.world.retention.tombstone(house.workspace, document, &request).await;
    assert!(matches!(erase(statement).await, Ok(Tombstoned::Erasing(_))));
    assert!(matches!(desk(&house).look(form).await, Err(FormFault::Gone(_))), "its facts are gone");
    assert!(desk(&house).look(empty).await.is_ok(), "it held none of them");
    assert!(matches!(erase(blank).await, Ok(Tombstoned::Erasing(_))));
    assert!(matches!(desk(&house).look(empty).await, Err(FormFault::Gone(_))));
}
