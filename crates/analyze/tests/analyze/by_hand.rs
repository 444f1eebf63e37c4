//! Formulas worked out by hand.

use crate::draft::{Draft, draft, figures, figures_with, whole};
use smartexus_domain::{Figures, RuleResult, Verdict};

#[track_caller]
fn check(figures: &Figures, account: &str, expected: &[(&str, &str)]) {
    for (key, value) in expected {
        assert_eq!(whole(figures, key, account), *value, "{key} of {account}");
    }
}

/// Ten days: 1000 on the 1st to the 2nd, 400 on the 3rd to the 6th, -50 on the 7th, 950 from the 8th to the 10th.
const TEN_DAYS: &str = "
    2026-03-03 | -600.00 | hou.rent | Landlord
    2026-03-07 | -450.00 | food.groceries | Corner Shop
    2026-03-08 | 1000.00 | rev.customer_payment | Fernwood Ltd
    ";

fn ten_days(printed: bool) -> Draft {
    draft("a", ("2026-03-01", "2026-03-10"), "1000.00", printed, TEN_DAYS)
}

#[test]
fn balances_by_day() {
    for printed in [true, false] {
        let figures = figures(&[ten_days(printed)], &[]);
        for account in ["a", "all"] {
            check(
                &figures,
                account,
                &[
                    // (2 × 1000 + 4 × 400 − 50 + 3 × 950) / 10
                    ("average_daily_balance", "640.00"),
                    // The 1st, 7th and 8th are a weekend: (1000 + 4 × 400 + 2 × 950) / 7 = 642.857…
                    ("average_daily_balance_weekday", "642.86"),
                    ("balance_min", "-50.00"),
                    ("balance_max", "1000.00"),
                    ("negative_days", "1"),
                    ("low_days", "4"),
                    ("intraday_negative_days", "0"),
                    ("coverage", "1.0000"),
                    ("covered_days", "10"),
                ],
            );
        }
        let lowest = figures.figures.iter().find(|f| f.key == "balance_min" && f.is_whole).unwrap();
        assert_eq!(
            (lowest.dates.clone(), lowest.rows.clone()),
            (vec!["2026-03-07".parse().unwrap()], vec!["a2".to_owned()])
        );
    }
}

#[test]
fn a_dip_within_a_day() {
    let lines = "2026-03-02 | -150.00 | hou.rent | L\n2026-03-02 | 500.00 | rev.gig | G";
    let account = draft("a", ("2026-03-01", "2026-03-03"), "100.00", true, lines);
    check(
        &figures(&[account], &[]),
        "a",
        &[("intraday_negative_days", "1"), ("negative_days", "0"), ("low_days", "3")],
    );
}

#[test]
fn a_day_without_a_balance_is_no_day_at_nothing() {
    let mut account = ten_days(false);
    account.papers[0].opening = None;
    account.papers[0].closing = None;
    check(
        &figures(&[account.clone()], &[]),
        "a",
        &[("average_daily_balance", "NoBalance"), ("gross_deposits", "1000.00")],
    );
    // A closing alone is counted back.
    account.papers[0].closing = Some(95_000);
    check(&figures(&[account], &[]), "a", &[("average_daily_balance", "640.00")]);
}

#[test]
fn gaps_are_left_out_and_nothing_is_carried_across() {
    let mut account = ten_days(false);
    let later = draft("a", ("2026-03-21", "2026-03-22"), "20.00", false, "");
    account.papers.extend(later.papers);
    let figures = figures(&[account], &[]);
    // (6400 + 2 × 20) / 12 = 536.666…
    check(
        &figures,
        "a",
        &[("average_daily_balance", "536.67"), ("covered_days", "12"), ("coverage", "0.5455")],
    );
    assert_eq!(figures.accounts[0].gaps.len(), 1);
}

#[test]
fn revenue_is_split_without_a_rest() {
    let lines = "
        2026-03-02 | 700.00 | rev.card_settlement | Square
        2026-03-02 | 300.00 | tin.p2p | Somebody
        2026-03-04 | 5000.00 | lin.mca | OnDeck | ONDECK CAPITAL FUNDING
        2026-03-05 | 40.00 | unc.unknown | Corner Shop | CORNER SHOP
        2026-03-05 | -60.00 | food.groceries | Corner Shop
        2026-03-06 | 50.00 | unc.unknown | Corner Shop | CORNER SHOP
        2026-03-06 | 0.00 | unc.unknown
        ";
    let account = draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines);
    let all = figures(std::slice::from_ref(&account), &[]);
    check(
        &all,
        "all",
        &[
            ("gross_deposits", "6090.00"),
            ("true_revenue", "700.00"),
            // The advance, and 50.00 back of the 60.00 that were paid before; not the 40.00 that came first.
            ("revenue_deductions", "5050.00"),
            ("revenue_undecided", "340.00"),
            ("deposit_count", "5"),
            ("deposit_days", "4"),
            ("true_revenue_average_3", "TooFew"),
        ],
    );
    let moved = figures_with(&[account], &[], |choices| {
        let text = "schema: smartexus.analytics/1\nrevenue: { leaves: [ { leaf: tin.p2p, as: included } ], \
            rows: [ { row: a1, as: undecided } ], counterparties: [ { counterparty: ondeck, as: undecided } ] }\n";
        *choices = choices.with_file("ours.yaml", text).unwrap();
    });
    check(
        &moved,
        "all",
        &[("true_revenue", "300.00"), ("revenue_deductions", "50.00"), ("revenue_undecided", "5740.00")],
    );
    assert!(moved.choices.iter().any(|choice| choice.name == "revenue_leaves" && !choice.is_default));
}

#[test]
fn transfers_and_reversals_are_no_revenue() {
    let one = draft(
        "a",
        ("2026-03-01", "2026-03-31"),
        "0.00",
        true,
        "2026-03-02 | 100.00 | rev.gig | Me\n2026-03-03 | 70.00 | rev.gig | Rider",
    );
    let two = draft(
        "b",
        ("2026-03-01", "2026-03-31"),
        "500.00",
        true,
        "2026-03-02 | -100.00 | tout.own_account\n2026-03-05 | 80.00 | rev.customer_payment | Elm\n2026-03-09 | -80.00 | adj.returned_payment | Elm | RETURNED DEPOSIT",
    );
    check(
        &figures(&[one, two], &[("b1", "a1")]),
        "all",
        &[("gross_deposits", "250.00"), ("true_revenue", "70.00"), ("revenue_deductions", "180.00")],
    );
}

#[test]
fn over_all_accounts_only_common_days_count() {
    let one = ten_days(true);
    let two = draft(
        "b",
        ("2026-03-08", "2026-03-12"),
        "100.00",
        true,
        "2026-03-08 | 10.00 | rev.gig | G\n2026-03-12 | 5.00 | rev.gig | G",
    );
    let figures = figures(&[one, two], &[]);
    // Three common days of 950 + 110; the row of the 12th is on none.
    check(
        &figures,
        "all",
        &[("average_daily_balance", "1060.00"), ("gross_deposits", "1010.00"), ("coverage", "0.2500")],
    );
    assert!(figures.findings.iter().any(|finding| finding.code == "rows_not_on_common_days"));
    let mut card = draft(
        "c",
        ("2026-03-01", "2026-03-10"),
        "-300.00",
        true,
        "2026-03-02 | -20.00 | food.coffee | Heron",
    );
    card.kind = "credit_card";
    let figures = self::figures(&[ten_days(true), card], &[]);
    check(
        &figures,
        "all",
        &[("average_daily_balance", "640.00"), ("gross_deposits", "1000.00"), ("balance_min", "-50.00")],
    );
    check(&figures, "c", &[("balance_max", "-300.00")]);
    let common = figures.cash_flow.iter().find(|flow| flow.account == "all").unwrap();
    assert_eq!((common.money_out.as_str(), common.opening.as_deref()), ("-1070.00", Some("1000.00")));
}

#[test]
fn currencies_are_never_added() {
    let mut euros = ten_days(true);
    (euros.id, euros.currency) = ("e".to_owned(), "EUR");
    let figures = figures(&[ten_days(true), euros], &[]);
    let of = |currency: &str| {
        figures.whole("gross_deposits", Figures::ALL, currency).and_then(|f| f.value.clone())
    };
    assert_eq!((of("USD"), of("EUR")), (Some("1000.00".to_owned()), Some("1000.00".to_owned())));
}

#[test]
fn debt_by_magnitude() {
    let lines = "
        2026-03-02 | 10000.00 | rev.card_settlement | Square
        2026-03-03 | -1500.00 | lout.mca | OnDeck | ONDECK CAPITAL
        2026-03-04 | -500.00 | lout.business_loan | Grenke
        2026-03-05 | -4000.00 | pay.wages | Staff
        2026-03-06 | -700.00 | tout.owner_draw | Owner
        2026-03-06 | -300.00 | tout.other | Wire
        2026-03-09 | 2000.00 | inc.salary | Employer
        ";
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    check(
        &figures,
        "all",
        &[
            ("debt_service", "2000.00"),
            ("holdback_actual", "0.1500"),
            // (10000 − 4000) / 2000
            ("dscr", "3.0000"),
            // 2000 / (10000 + 2000)
            ("dti", "0.1667"),
            ("burden", "0.1500"),
        ],
    );
    let burden = figures.whole("burden", "all", "USD").unwrap();
    assert!(burden.note.as_deref().unwrap().starts_with("medium"));
    check(
        &self::figures(&[ten_days(true)], &[]),
        "all",
        &[("dscr", "DividesByZero"), ("dti", "DividesByZero"), ("debt_service", "0.00")],
    );
}

#[test]
fn fees_are_counted_through_their_divisor() {
    let lines = "
        2026-03-02 | -35.00 | fee.nsf | Bank | NSF FEE | nsf_returned
        2026-03-03 | -105.00 | fee.nsf | Bank | NSF FEES 3 ITEMS | nsf_returned
        2026-03-03 | -999.00 | fee.nsf | Bank | TOTAL NSF FEES YEAR TO DATE | year_to_date_line
        2026-03-04 | -20.00 | fee.overdraft | Bank | OD FEE | nsf_paid
        2026-03-04 | -31.00 | fee.overdraft | Bank | OD FEE
        2026-03-05 | -80.00 | adj.returned_payment | Elm | RETURNED DEPOSIT
        ";
    let found = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    for account in ["a", "all"] {
        check(
            &found,
            account,
            &[
                ("nsf_count", "4"),
                ("nsf_rows", "2"),
                ("nsf_days", "2"),
                ("nsf_returned_rows", "2"),
                ("nsf_paid_rows", "1"),
                ("overdraft_count", "2"),
                ("returned_count", "1"),
            ],
        );
    }
    check(&found, "a", &[("fee_divisor", "35.00")]);
    let nsf = found.returned_items.iter().find(|item| item.kind == "nsf").unwrap();
    assert_eq!(
        (nsf.count, nsf.fee_rows, nsf.divisor.as_deref(), nsf.amount.as_str()),
        (4, 2, Some("35.00"), "-140.00")
    );
    let single =
        draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, "2026-03-02 | -108.00 | fee.nsf | Bank");
    assert!(figures(&[single], &[]).findings.iter().any(|finding| finding.code == "fee_divisor_ambiguous"));
}

#[test]
fn months_are_partial_and_averages_are_of_whole_ones() {
    let lines = "
        2026-01-20 | 100.00 | rev.gig | G
        2026-02-10 | 300.00 | rev.gig | G
        2026-03-10 | 500.00 | rev.gig | G
        2026-04-10 | 701.00 | rev.gig | G
        2026-05-02 | 900.00 | rev.gig | G
        ";
    let figures = figures(&[draft("a", ("2026-01-15", "2026-05-10"), "0.00", true, lines)], &[]);
    // (300 + 500 + 701) / 3
    check(&figures, "all", &[("true_revenue_average_3", "500.33"), ("true_revenue_average_6", "TooFew")]);
    let months: Vec<_> = figures.cash_flow.iter().filter(|f| f.account == "a").collect();
    let shown: Vec<_> =
        months.iter().map(|f| (f.is_partial, f.money_in.as_str(), f.opening.as_deref().unwrap())).collect();
    assert_eq!(
        shown,
        [
            (true, "100.00", "0.00"),
            (false, "300.00", "100.00"),
            (false, "500.00", "400.00"),
            (false, "701.00", "900.00"),
            (true, "900.00", "1601.00"),
            // From 11 April to 10 May.
            (false, "900.00", "1601.00"),
        ]
    );
    assert_eq!(figures.as_of, Some("2026-05-10".parse().unwrap()));
}

#[test]
fn trends_need_their_days() {
    let account = draft("a", ("2026-03-01", "2026-03-30"), "0.00", true, "2026-03-16 | 100.00 | rev.gig | G");
    let figures = figures(&[account], &[]);
    // Fifteen days of 0 and fifteen of 100: 100 over a deviation of 50. One of thirty flows is 100, in the second half.
    check(
        &figures,
        "a",
        &[("balance_trend_30", "2.0000"), ("flow_trend_30", "0.3714"), ("balance_trend_60", "TooFew")],
    );
    let flat = draft("a", ("2026-03-01", "2026-03-30"), "7.00", true, "");
    check(&self::figures(&[flat], &[]), "a", &[("balance_trend_30", "NoDeviation")]);
}

#[test]
fn shares_of_counterparties() {
    let lines = "
        2026-03-02 | 500.00 | rev.customer_payment | Fernwood Ltd
        2026-03-03 | 300.00 | rev.customer_payment | Elm
        2026-03-04 | 100.00 | rev.card_settlement | Square
        2026-03-05 | 100.00 | unc.unknown
        ";
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    check(
        &figures,
        "all",
        &[
            ("concentration_in_top_1", "0.5000"),
            ("concentration_in_top_5", "0.8000"),
            ("concentration_in_hhi", "0.3400"),
            ("concentration_in_processors", "0.1000"),
            ("concentration_out_top_1", "DividesByZero"),
        ],
    );
    let shares: Vec<_> = figures
        .concentration
        .iter()
        .map(|s| (s.counterparty.as_str(), s.share.as_str(), s.is_processor))
        .collect();
    assert_eq!(
        shares,
        [("Fernwood Ltd", "0.5000", false), ("Elm", "0.3000", false), ("Square", "0.1000", true)]
    );
}

#[test]
fn large_round_and_unusual_rows() {
    let coffee: String =
        (1..=9).map(|day| format!("2026-03-0{day} | -{day}.00 | food.coffee | Heron\n")).collect();
    let lines = format!(
        "{coffee}2026-03-10 | -100.00 | food.coffee | Heron\n2026-03-11 | 100.00 | rev.gig | G\n2026-03-12 | 100.00 | rev.gig | G\n2026-03-13 | 400.01 | rev.gig | G\n2026-03-14 | 1000.00 | rev.gig | H"
    );
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, &lines)], &[]);
    // Mean deposit 400.0025 × 1.5 = 600.00375.
    check(
        &figures,
        "a",
        &[("large_deposits", "1"), ("round_rows", "4"), ("round_1000_rows", "1"), ("unusual_rows", "1")],
    );
    let unusual = figures.noted.iter().find(|row| row.kind == "unusual").unwrap();
    // Median 5.50, deviation 2.50: 0.6745 × 94.5 / 2.5 = 25.4961.
    assert!(unusual.row == "a10" && unusual.evidence.contains("25.4961"), "{}", unusual.evidence);
    let large = figures.noted.iter().find(|row| row.kind == "large_deposit").unwrap();
    assert_eq!((large.threshold.as_str(), large.of_rows), ("600.00", 4));
}

#[test]
fn what_is_left_of_a_month() {
    let month = |m: u32, salary: &str| {
        format!(
            "2026-0{m}-01 | {salary} | inc.salary | Employer\n2026-0{m}-02 | -900.00 | hou.rent | Landlord\n2026-0{m}-03 | -200.00 | lout.personal | Zopa\n2026-0{m}-04 | -300.00 | food.groceries | Shop\n2026-0{m}-05 | -150.00 | food.restaurants | Cafe\n"
        )
    };
    let lines = [month(1, "2000.00"), month(2, "2200.00"), month(3, "2100.00")].concat();
    let mut account = draft("a", ("2026-01-01", "2026-03-31"), "0.00", true, &lines);
    account.currency = "GBP";
    let figures = figures_with(&[account], &[], |choices| {
        let text = "schema: smartexus.analytics/1\nproposed_payment: \"250\"\nbuffer: \"50\"\n\
            declared: { income: \"2600.00\", essential: \"310.00\" }\nbenchmark: { name: a floor, monthly: \"1500.00\" }\n\
            prequalification: [ { rule: paid, metric: dti, operator: \"<\", threshold: \"0.5\" }, \
            { rule: known, metric: true_revenue_average_6, operator: \">\", threshold: \"0\" } ]\n";
        *choices = choices.with_file("ours.yaml", text).unwrap();
    });
    let left = &figures.affordability[0];
    let shown =
        [&left.income, &left.committed, &left.essential, &left.discretionary, &left.surplus, &left.after];
    let shown: Vec<_> = shown.into_iter().map(|value| value.as_deref().unwrap()).collect();
    assert_eq!(shown, ["2100.00", "-1100.00", "-300.00", "-150.00", "700.00", "400.00"]);
    assert_eq!((left.manner.as_str(), left.months), ("uk", 3));
    assert_eq!(left.declared.iter().map(|d| d.asks).collect::<Vec<_>>(), [true, false]);
    assert!(left.benchmark.as_ref().unwrap().is_above_observed);
    let rules: Vec<_> = figures.prequalification.iter().map(|rule| rule.result).collect();
    assert_eq!(rules, [RuleResult::Met, RuleResult::Unknown]);
}

#[test]
fn statements_tie() {
    let figures = figures(&[ten_days(true)], &[]);
    let cash = &figures.statements[0];
    let total = |key: &str| {
        cash.lines.iter().find(|line| line.key == key).and_then(|line| line.total.clone()).unwrap()
    };
    assert_eq!(
        (total("opening_balance"), total("net_cash_flow"), total("closing_balance")),
        ("1000.00".into(), "-50.00".into(), "950.00".into())
    );
    let profit = &figures.statements[1];
    let net = profit.lines.iter().find(|line| line.key == "net_profit").and_then(|line| line.total.clone());
    // Rent of 600 is booked; groceries may be an owner's own.
    assert_eq!(net.as_deref(), Some("400.00"));
    let behind = profit.lines.iter().find(|line| line.key == "hou.rent").unwrap();
    assert_eq!((behind.rows.clone(), behind.label.as_str()), (vec!["a1".to_owned()], "Rent & Lease: Rent"));
}

#[test]
fn without_categories_only_what_needs_none() {
    let mut account = ten_days(true);
    account.verdict = Verdict::Unverifiable;
    account.papers[0].rows.iter_mut().for_each(|row| row.leaf = None);
    let figures = figures(&[account], &[]);
    check(
        &figures,
        "all",
        &[("gross_deposits", "1000.00"), ("true_revenue", "NotCategorized"), ("dscr", "NotCategorized")],
    );
    assert!(figures.figures.iter().all(|f| f.basis == smartexus_domain::Basis::IncludesUnverified));
    assert!(figures.statements.is_empty());
}

#[test]
fn every_key_is_listed_and_every_value_has_a_reason() {
    let figures = figures(&[ten_days(true)], &[]);
    for figure in &figures.figures {
        assert_eq!(figure.value.is_some(), figure.not_computable.is_none(), "{}", figure.key);
        let rule = format!(
            "schema: smartexus.analytics/1\nprequalification: [ {{ rule: r, metric: {}, operator: \"<\", threshold: \"1\" }} ]\n",
            figure.key
        );
        assert!(
            smartexus_analyze::Choices::embedded().unwrap().with_file("f", &rule).is_ok(),
            "{}",
            figure.key
        );
    }
}
