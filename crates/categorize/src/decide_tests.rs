use super::*;
use proptest::prelude::*;
use smartexus_domain::CategoryId;
use std::sync::LazyLock;

static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

const IN: Direction = Direction::In;
const OUT: Direction = Direction::Out;

fn row(description: &str, direction: Direction) -> RowWords<'_> {
    RowWords::plain(description, direction)
}

fn said(description: &str, direction: Direction) -> Categorization {
    categorize_row(&row(description, direction), &RULES)
}

fn check(cases: &[(&str, Direction, &str)]) {
    let wrong: Vec<String> = (cases.iter())
        .map(|(words, direction, leaf)| (words, leaf, said(words, *direction)))
        .filter(|(_, leaf, said)| said.category.as_str() != **leaf)
        .map(|(words, leaf, said)| {
            format!("{words}: expected {leaf}, got {} ({})", said.category.as_str(), said.reason)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_banks_own_words() {
    check(&[
        ("NSF RETURNED ITEM FEE", OUT, "fee.nsf"),
        ("OVERDRAFT ITEM PAID FEE", OUT, "fee.overdraft"),
        ("OVERDRAFT FEE REVERSAL", IN, "adj.reversal"),
        ("OVERDRAFT PROTECTION TRANSFER FROM 4455", IN, "tin.own_account"),
        ("DEPOSITED ITEM RETURNED", OUT, "adj.returned_payment"),
        ("DEPOSITED ITEM RETURNED FEE", OUT, "fee.nsf"),
        ("INTEREST PAYMENT", IN, "inc.interest"),
        ("INTEREST PAID", OUT, "fee.interest"),
        ("INTEREST CHARGE ON PURCHASES", OUT, "fee.interest"),
        ("MONTHLY SERVICE FEE", OUT, "fee.account"),
        ("INCOMING WIRE FEE", OUT, "fee.account"),
        ("NON-NETWORK ATM FEE-WITH", OUT, "fee.atm"),
        ("FOREIGN TRANSACTION FEE", OUT, "fee.atm"),
        ("LATE PAYMENT FEE", OUT, "fee.late"),
        ("MERCHANT BANKCD DISCOUNT 55512", OUT, "fee.processing"),
        ("ATM WITHDRAWAL 03/14 14 HARBOR ST", OUT, "tout.cash"),
        ("CHECK 1042", OUT, "tout.check"),
        ("MOBILE CHECK DEPOSIT", IN, "rev.cash_deposit"),
        ("STOP PAYMENT FEE", OUT, "fee.account"),
        ("CASHBACK BONUS", IN, "adj.rewards"),
    ]);
}

#[test]
fn direction_turns_the_meaning() {
    check(&[
        ("ACME STAFFING PAYROLL", IN, "inc.salary"),
        ("ACME STAFFING PAYROLL", OUT, "pay.wages"),
        ("HOME DEPOT 4411", OUT, "hou.improvement"),
        ("HOME DEPOT 4411", IN, "adj.refund"),
        ("FORWARD FINANCING DES:PURCHASE ID:882", OUT, "lout.mca"),
        ("FORWARD FINANCING DES:FUNDING ID:882", IN, "lin.mca"),
        ("IRS USATAXPYMT 2201", OUT, "gov.income_tax"),
        ("IRS TREAS 310 TAX REF", IN, "inc.tax_refund"),
        ("WORLDPAY MERCH SETTLE", IN, "rev.card_settlement"),
        ("WORLDPAY MERCH SETTLE", OUT, "fee.processing"),
        ("RENT MARCH", OUT, "hou.rent"),
        ("RENT MARCH", IN, "rev.rental"),
        ("GEICO CLAIMS", IN, "inc.grant_insurance"),
        ("ZELLE PAYMENT FROM JANE EXAMPLE", IN, "tin.p2p"),
        ("ZELLE PAYMENT TO JANE EXAMPLE", OUT, "tout.p2p"),
        ("OWNER DRAW", OUT, "tout.owner_draw"),
        ("CAPITAL CONTRIBUTION", IN, "tin.owner"),
        ("ONLINE TRANSFER TO SAV 9911", OUT, "tout.savings"),
        ("WIRE TYPE:WIRE IN ORIG:NORTHWIND GMBH", IN, "tin.other"),
    ]);
}

#[test]
fn other_languages() {
    check(&[
        ("Rücklastschrift Gebühr", OUT, "fee.nsf"),
        ("RUECKLASTSCHRIFT Muster GmbH", OUT, "adj.returned_payment"),
        ("Kontoführungsgebühr März", OUT, "fee.account"),
        ("Sollzinsen Q1", OUT, "fee.interest"),
        ("Habenzinsen", IN, "inc.interest"),
        ("Lohn/Gehalt 03/2026", IN, "inc.salary"),
        ("Finanzamt Musterstadt Umsatzsteuer", OUT, "gov.sales_tax"),
        ("Bargeldauszahlung Geldautomat", OUT, "tout.cash"),
        ("FRAIS DE TENUE DE COMPTE", OUT, "fee.account"),
        ("COMMISSION D'INTERVENTION", OUT, "fee.overdraft"),
        ("RETRAIT DAB 14/03", OUT, "tout.cash"),
        ("PRLV SEPA URSSAF", OUT, "pay.tax"),
        ("VIREMENT SALAIRE ACME", IN, "inc.salary"),
        ("Comisión por descubierto", OUT, "fee.overdraft"),
        ("ABONO NÓMINA", IN, "inc.salary"),
        ("Imposta di bollo", OUT, "fee.account"),
        ("PRELIEVO BANCOMAT", OUT, "tout.cash"),
        ("Kosten zakelijk betalingsverkeer", OUT, "fee.account"),
        ("Belastingdienst omzetbelasting", OUT, "gov.sales_tax"),
        ("JUROS CHEQUE ESPECIAL", OUT, "fee.interest"),
        ("PIX ENVIADO MARIA", OUT, "tout.p2p"),
    ]);
}

#[test]
fn names_processors_and_grammar() {
    check(&[
        ("POS PURCHASE 0302 WAL-MART #4411 AUSTIN TX", OUT, "shop.superstore"),
        ("CHECKCARD 0302 NETFLIX.COM", OUT, "lif.streaming"),
        ("TST* HARBOR LIGHT 0012", OUT, "food.restaurants"),
        ("UBER *EATS", OUT, "food.delivery"),
        ("LYFT *RIDE", OUT, "tra.rideshare"),
        ("NORTHWIND BANK ATM", OUT, "tout.cash"),
        ("AMZN MKTP US*2K44X81", OUT, "shop.marketplace"),
        ("7-ELEVEN 33412", OUT, "shop.convenience"),
        ("WIRE TRANSFER OUT NORTHWIND LTD", OUT, "tout.other"),
        ("CARD PURCHASE SHELL 57444", OUT, "tra.fuel"),
    ]);
}

#[test]
fn money_that_comes_back_is_a_refund_and_no_revenue() {
    for words in ["CARD REFUND STARBUCKS 0012", "PURCHASE RETURN WALMART", "STARBUCKS 0012"] {
        let said = said(words, IN);
        assert_eq!(said.category.as_str(), "adj.refund", "{words}: {}", said.reason);
        assert!(said.tags.iter().any(|tag| tag == "non_revenue"), "{:?}", said.tags);
    }
    // Who names a trade may be an employer or a customer: only a card says that the money comes back.
    for words in ["DIRECT CREDIT NORTHWIND RAIL PTY PAY548984", "NORTHWIND CONSULTING SERVICES"] {
        assert_ne!(said(words, IN).category.as_str(), "adj.refund", "{words}");
    }
}

#[test]
fn the_model_decides_between_names_and_grammar_and_says_why() {
    let said = said("NORTHWIND DENTAL SURGERY", OUT);
    assert_eq!(said.category.as_str(), "hea.medical", "{}", said.reason);
    assert!(said.reason.starts_with("Model: “") && said.reason.contains("DENTAL"), "{}", said.reason);
}

#[test]
fn rows_that_come_again_get_the_same_answer_and_only_these() {
    let mut categorizer = Categorizer::new(&RULES);
    let other = |text| RowWords { counterparty: Some("Starbucks"), ..row(text, OUT) };
    let card = |text| RowWords { account: AccountSide::Card, ..row(text, OUT) };
    let check = |text| RowWords { check_number: Some("1042"), ..row(text, OUT) };
    for text in ["ACME", "SHELL 57444", "PAYMENT - THANK YOU", "REF 1234"] {
        let rows = [
            row(text, OUT),
            row(text, IN),
            row(text, Direction::Neither),
            other(text),
            card(text),
            check(text),
        ];
        for row in rows.iter().cycle().take(3 * rows.len()) {
            assert_eq!(categorizer.row(row), categorize_row(row, &RULES), "{row:?}");
        }
    }
}

#[test]
fn ambiguous_and_short_words_never_decide_alone() {
    for (words, direction) in [
        ("GAP YEAR ADVENTURES", OUT),
        ("TARGET SHOOTERS CLUB", OUT),
        ("MAX PARK", OUT),
        ("QT", OUT),
        ("DR 5583 OFFICE", OUT),
        ("NORTHWIND", OUT),
        ("", OUT),
        ("***", IN),
    ] {
        let said = said(words, direction);
        assert_eq!(said.category.as_str(), CategoryId::UNCATEGORIZED, "{words}: {}", said.reason);
        assert!(said.confidence < 0.5 && said.reason.starts_with("Not enough to decide"), "{}", said.reason);
    }
    assert!(said("GAP YEAR ADVENTURES", OUT).reason.contains("“GAP” may mean shop.clothing"));
}

#[test]
fn a_payment_on_the_cards_own_account() {
    let mut paid = row("PAYMENT - THANK YOU", IN);
    paid.account = AccountSide::Card;
    assert_eq!(categorize_row(&paid, &RULES).category.as_str(), "lout.credit_card");
    check(&[
        ("CREDIT CARD PAYMENT 4455", OUT, "lout.credit_card"),
        ("PAYMENT THANK YOU", OUT, "lout.credit_card"),
    ]);
}

#[test]
fn tags_are_flags_of_the_leaf_and_words_of_the_row() {
    for (words, direction, expected) in [
        ("NSF RETURNED ITEM FEE", OUT, vec!["nsf", "nsf_returned"]),
        ("NSF PAID ITEM FEE", OUT, vec!["overdraft", "nsf_paid"]),
        ("ATM WITHDRAWAL", OUT, vec!["cash", "atm"]),
        ("CHECK 1042", OUT, vec!["review", "check"]),
        ("OUTGOING WIRE FEE", OUT, vec!["wire"]),
        ("FOREIGN TRANSACTION FEE", OUT, vec!["foreign_currency"]),
        ("DEPOSITED ITEM RETURNED", OUT, vec!["nsf", "returned_item", "returned_deposit"]),
        ("OVERDRAFT FEE REVERSAL", IN, vec!["non_revenue", "reversal", "reversed"]),
        ("TOTAL OVERDRAFT FEES YEAR TO DATE", OUT, vec!["overdraft", "year_to_date_line"]),
    ] {
        assert_eq!(said(words, direction).tags, expected, "{words}");
    }
    let mut numbered = row("HARBOR SUPPLIES", OUT);
    numbered.check_number = Some("1042");
    assert!(categorize_row(&numbered, &RULES).tags.contains(&"check".to_owned()));
}

#[test]
fn reasons_name_the_rule_and_the_words() {
    for (words, direction, expected) in [
        (
            "ACME Overdraft-Fee",
            OUT,
            "Rule en.overdraft_fee: “Overdraft-Fee” is a fee for being overdrawn. (money out)",
        ),
        (
            "HOME DEPOT 4411",
            IN,
            "Merchant list: “HOME DEPOT” is the name “home depot”, hou.improvement; money in from a shop is a refund. (money in)",
        ),
    ] {
        assert_eq!(said(words, direction).reason, expected);
    }
}

#[test]
fn a_counterparty_from_its_own_column_is_cleaned_and_may_decide() {
    let mut named = row("PAYMENT 88123", OUT);
    named.counterparty = Some("STARBUCKS STORE 0012");
    let said = categorize_row(&named, &RULES);
    assert_eq!((said.category.as_str(), said.counterparty.as_deref()), ("food.coffee", Some("Starbucks")));
}

#[test]
fn no_row_of_nothing_is_a_direction() {
    let said = said("NETFLIX.COM", Direction::Neither);
    assert_eq!(said.category.as_str(), "lif.streaming");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_has_one_fitting_answer(text in "\\PC{0,60}", pick in 0..3_u8, card in any::<bool>()) {
        total(&text, pick, card)?;
    }

    #[test]
    fn words_of_banks_in_any_order_have_one_fitting_answer(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "SQ", "*", "**1234", "DES:", "ORIG CO NAME:", "CHECK", "1042", "ATM", "FEE", "STORE", "#7", "AUSTIN", "TX", "CO",
                "WIRE", "TRANSFER", "TO", "FROM", "PAYPAL", "*ACME", "7-ELEVEN", "MAR", "14", "03/14", "REF", "é", "ﬁ", "İ", ":", "&",
                "PAYROLL", "HOTEL", "GAP", "12", "ST", "PAYMENT", "CARD", "x1234", "\u{301}", "REFUND", "LOAN",
            ]),
            0..12,
        ),
        glue in proptest::sample::select(vec![" ", "", "*", ":"]),
        pick in 0..3_u8,
        card in any::<bool>(),
    ) {
        total(&words.join(glue), pick, card)?;
    }
}

fn total(text: &str, pick: u8, card: bool) -> Result<(), TestCaseError> {
    let direction = [IN, OUT, Direction::Neither][usize::from(pick)];
    let account = if card { AccountSide::Card } else { AccountSide::Bank };
    let row = RowWords { account, counterparty: Some(text), ..RowWords::plain(text, direction) };
    let said = categorize_row(&row, &RULES);
    let leaf = RULES.taxonomy().leaf(&said.category);
    prop_assert!(leaf.is_some());
    let fits = leaf.is_some_and(|leaf| leaf.direction.fits(direction));
    prop_assert!(
        fits || (card && said.category.as_str() == "lout.credit_card"),
        "{}",
        said.category.as_str()
    );
    prop_assert!((0.0..=1.0).contains(&said.confidence) && !said.reason.is_empty());
    prop_assert!(said.counterparty.as_deref().is_none_or(|name| !name.trim().is_empty()));
    prop_assert_eq!(&said, &categorize_row(&row, &RULES));
    Ok(())
}

mod whole_reading {
    use super::*;
    use smartexus_domain::{
        Account, Currency, DocumentSource, Method, Money, Period, RowStatus, Statement, Totals, Transaction,
        Verdict,
    };

    #[test]
    fn every_row_is_filled_and_nothing_else_changes() {
        let usd = Currency::from_code("USD").unwrap();
        let row = |seq, description: &str, minor| Transaction {
            seq,
            date: jiff::civil::date(2026, 3, 2),
            value_date: None,
            description: description.to_owned(),
            amount: Money::new(minor, usd),
            balance: None,
            reference: None,
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method: Method::Text,
            source: None,
        };
        let rows = vec![row(1, "PAYMENT THANK YOU", 100), row(2, "NETFLIX.COM", -1599)];
        let statement = Statement {
            account: Account { kind: Some("credit_card".to_owned()), currency: usd, ..Account::default() },
            period: Period::default(),
            opening_balance: None,
            closing_balance: None,
            totals: Totals::default(),
            counts: Default::default(),
            verdict: Verdict::Unverifiable,
            proof: None,
            unproved_because: Vec::new(),
            checks: Vec::new(),
            repairs: Vec::new(),
            transactions: rows,
            pending: Vec::new(),
        };
        let before = Reading {
            kind: DocumentKind::CardStatement,
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
        let mut after = before.clone();
        categorize(&mut after, &RULES);
        let leaves: Vec<String> = (after.statements[0].transactions.iter_mut())
            .map(|row| row.categorization.take().unwrap().category.as_str().to_owned())
            .collect();
        assert_eq!(leaves, ["lout.credit_card", "lif.streaming"]);
        assert_eq!(after, before);
    }
}
