use super::*;
use crate::decide::categorize;
use smartexus_domain::{
    Account, Counts, Currency, DocumentKind, DocumentSource, Method, Money, Period, RowStatus, Statement,
    Totals, Transaction, Verdict,
};
use std::sync::LazyLock;

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

/// Nothing here can tell what these are.
const ODD: &str = "QUXVORNE BLAFNER";

fn reading(rows: &[(&str, i64)]) -> Reading {
    let transactions = (1..).zip(rows).map(|(seq, (text, minor))| Transaction {
        seq,
        date: "2026-03-02".parse().unwrap(),
        value_date: None,
        description: (*text).to_owned(),
        amount: Money::new(*minor, Currency::UNKNOWN),
        balance: None,
        reference: None,
        check_number: None,
        status: RowStatus::Booked,
        details: None,
        categorization: None,
        confidence: 1.0,
        method: Method::Text,
        source: None,
    });
    let account = Account { holders: vec!["Marigold Fenwick".to_owned()], ..Account::default() };
    let statement = Statement {
        account,
        period: Period::default(),
        opening_balance: None,
        closing_balance: None,
        totals: Totals::default(),
        counts: Counts::default(),
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: Vec::new(),
        checks: Vec::new(),
        repairs: Vec::new(),
        transactions: transactions.collect(),
        pending: Vec::new(),
    };
    let mut reading = Reading {
        kind: DocumentKind::BankStatement,
        kind_confidence: 1.0,
        page_kinds: Vec::new(),
        children: Vec::new(),
        source: DocumentSource::Text,
        statements: vec![statement],
        facts: Vec::new(),
        signals: Vec::new(),
        findings: Vec::new(),
        categorized_with: None,
    };
    categorize(&mut reading, &BOOK);
    reading
}

fn texts(rows: &[(&str, i64)]) -> Vec<String> {
    questions(&reading(rows), &BOOK).into_iter().map(|question| question.text).collect()
}

#[test]
fn what_nobody_can_tell_is_asked_once_for_each_name_and_direction() {
    let rows =
        [(ODD, -10_00), ("POS PURCHASE 0302 QUXVORNE BLAFNER", -5_00), (ODD, 10_00), ("STARBUCKS", -5_00)];
    let asked = questions(&reading(&rows), &BOOK);
    let shown: Vec<_> = asked.iter().map(|q| (q.text.as_str(), q.direction)).collect();
    assert_eq!(shown, [("quxvorne blafner", Direction::Out), ("quxvorne blafner", Direction::In)]);
}

#[test]
fn nothing_goes_out_that_names_a_person_or_an_account() {
    assert_eq!(texts(&[(ODD, -1)]), ["quxvorne blafner"], "the measure sees a question");
    for row in [
        "QUXVORNE BLAFNER MARIGOLD",
        "FENWICK QUXVORNE",
        "ZELLE TO QUXVORNE BLAFNER",
        "WIRE TRANSFER QUXVORNE BLAFNER",
        "ONLINE TRANSFER TO QUXVORNE",
        "CHECK 1042",
        "4111 1111 1111 1111",
        "X9",
    ] {
        assert_eq!(texts(&[(row, -1)]), [] as [&str; 0], "{row}");
    }
    for row in
        ["QUXVORNE BLAFNER 44556677", "QUXVORNE BLAFNER AC1234567", "QUXVORNE BLAFNER GB29NWBK60161331926819"]
    {
        let asked = texts(&[(row, -1)]);
        let digits = asked.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).count();
        assert!(digits <= DIGITS_MAX, "{row}: {asked:?}");
    }
    assert_eq!(texts(&[(ODD, 0)]), [] as [&str; 0], "no money, no question");
}

#[test]
fn the_prompt_has_questions_and_leaves_and_nothing_else_of_the_document() {
    let asked = questions(&reading(&[(ODD, -9_876_543)]), &BOOK);
    let prompt = prompt(&asked, &BOOK);
    assert_eq!(prompt.user, r#"{"rows":[{"direction":"out","id":0,"name":"quxvorne blafner"}]}"#);
    assert!(prompt.system.contains("biz.office") && !prompt.system.contains("unc.unknown"));
    let all = format!("{}{}", prompt.system, prompt.user);
    assert!(!all.contains("98765") && !all.contains("2026") && !all.to_lowercase().contains("fenwick"));
}

#[test]
fn a_reply_is_read_by_its_schema_and_anything_else_is_no_answer() {
    let asked = questions(&reading(&[(ODD, -1), ("BLAFNER WIZZLE", -1)]), &BOOK);
    assert_eq!(asked.len(), 2);
    let read = |reply: &str| {
        let answers = read_reply(reply, &asked, &BOOK)?;
        Some(
            answers
                .into_iter()
                .map(|a| (a.category.map(|c| c.as_str().to_owned()), a.confidence))
                .collect::<Vec<_>>(),
        )
    };
    let office = |confidence: f64| (Some("biz.office".to_owned()), confidence);
    let none = || (None, 0.0);
    for (reply, expected) in [
        (r#"{"answers":[]}"#, Some(vec![none(), none()])),
        (
            r#"{"answers":[{"id":1,"category":"biz.office","confidence":0.7}]}"#,
            Some(vec![none(), office(0.7)]),
        ),
        (r#"{"answers":[{"id":0,"category":"biz.office"}]}"#, Some(vec![office(0.6), none()])),
        (
            r#"{"answers":[{"id":0,"category":"biz.office","confidence":1.0}]}"#,
            Some(vec![office(0.79), none()]),
        ),
        (
            r#"{"answers":[{"id":0,"category":"biz.office","confidence":-3}]}"#,
            Some(vec![office(0.0), none()]),
        ),
        (r#"{"answers":[{"id":7,"category":"biz.office"}]}"#, Some(vec![none(), none()])),
        (r#"{"answers":[{"id":0,"category":"biz.nothing"}]}"#, Some(vec![none(), none()])),
        (r#"{"answers":[{"id":0,"category":"inc.salary"}]}"#, Some(vec![none(), none()])),
        (r#"{"answers":[{"id":0,"category":"unc.unknown"}]}"#, Some(vec![none(), none()])),
        (r#"{"answers":[{"id":0,"category":"biz.office","why":"x"}]}"#, None),
        (r#"{"answers":[{"id":-1,"category":"biz.office"}]}"#, None),
        (r#"[{"id":0,"category":"biz.office"}]"#, None),
        ("Sure! Here you go", None),
        ("", None),
    ] {
        assert_eq!(read(reply), expected, "{reply}");
    }
}

#[test]
fn an_answer_is_marked_stays_low_and_outranks_nothing() {
    let mut after = reading(&[(ODD, -1), ("STARBUCKS", -1)]);
    let before = after.clone();
    let answer = |text: &str| Answer {
        question: Question { text: text.to_owned(), direction: Direction::Out },
        category: Some(CategoryId::new("biz.office")),
        confidence: 1.0,
    };
    let answers = Answers {
        model: "a-model".to_owned(),
        prompt_version: PROMPT_VERSION,
        answers: vec![answer("quxvorne blafner"), answer("starbucks")],
    };
    take_answers(&mut after, &answers, &BOOK);
    let said =
        |reading: &Reading, at: usize| reading.statements[0].transactions[at].categorization.clone().unwrap();
    let told = said(&after, 0);
    assert_eq!((told.category.as_str(), told.confidence), ("biz.office", ANSWER_CONFIDENCE_MAX));
    assert!(told.reason.starts_with("endpoint:a-model "), "{}", told.reason);
    let leaf = BOOK.taxonomy().leaf(&told.category).unwrap();
    assert!(leaf.flags.iter().all(|flag| told.tags.contains(flag)));
    assert_eq!(said(&after, 1), said(&before, 1), "what was told here stays");
    let mut again = before;
    take_answers(&mut again, &answers, &BOOK);
    assert_eq!(again, after, "the same input, the same categories");
}
