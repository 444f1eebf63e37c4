//! What comes again, who pays, whom one owes, what nobody sent.

use crate::draft::{draft, figures, figures_with, whole};
use smartexus_domain::{Cadence, IncomeKind, PositionEventKind, StreamStatus};

/// Weekdays from a day on, so many.
fn weekdays(from: &str, count: usize) -> Vec<jiff::civil::Date> {
    let first: jiff::civil::Date = from.parse().unwrap();
    let days = first.series(jiff::Span::new().days(1));
    days.filter(|day| !matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday))
        .take(count)
        .collect()
}

#[test]
fn salary_and_expenses_of_one_payer_are_two_series() {
    let lines = "
        2026-01-30 | 3000.00 | inc.salary | Fernwood Ltd
        2026-02-03 | 41.00 | inc.salary | Fernwood Ltd
        2026-02-27 | 3000.00 | inc.salary | Fernwood Ltd
        2026-03-03 | 40.00 | inc.salary | Fernwood Ltd
        2026-03-31 | 3050.00 | inc.salary | Fernwood Ltd
        2026-04-03 | 40.50 | inc.salary | Fernwood Ltd
        ";
    let figures = figures(&[draft("a", ("2026-01-01", "2026-04-10"), "0.00", true, lines)], &[]);
    let mut series = figures.recurring.clone();
    series.sort_by_key(|series| series.typical.len());
    let shown: Vec<_> = series
        .iter()
        .map(|s| (s.cadence, s.typical.as_str(), s.is_fixed, s.next_on.unwrap().to_string()))
        .collect();
    assert_eq!(
        shown,
        [
            (Cadence::Monthly, "40.50", true, "2026-05-04".to_owned()),
            (Cadence::Monthly, "3000.00", true, "2026-04-30".to_owned()),
        ]
    );
    let stream = figures.income_streams.iter().find(|s| s.average == "3016.67").unwrap();
    assert_eq!(
        (stream.kind, stream.status, stream.monthly.as_deref()),
        (IncomeKind::Salary, StreamStatus::Active, Some("3016.67"))
    );
}

#[test]
fn a_weekly_wage_a_month_and_one_that_ended() {
    let lines = "
        2026-01-02 | 100.00 | inc.salary | Elm
        2026-01-09 | 100.00 | inc.salary | Elm
        2026-01-16 | 101.00 | inc.salary | Elm
        ";
    let active = figures(&[draft("a", ("2026-01-01", "2026-01-20"), "0.00", true, lines)], &[]);
    // 301 / 3 × 52 / 12 = 434.777…
    assert_eq!(active.income_streams[0].monthly.as_deref(), Some("434.78"));
    let late = figures(&[draft("a", ("2026-01-01", "2026-01-24"), "0.00", true, lines)], &[]);
    assert_eq!(late.income_streams[0].status, StreamStatus::Late);
    let ended = figures(&[draft("a", ("2026-01-01", "2026-02-10"), "0.00", true, lines)], &[]);
    assert_eq!((ended.income_streams[0].status, ended.recurring[0].next_on), (StreamStatus::Ended, None));
}

fn advance(count: usize, amount: &str) -> String {
    let paid = weekdays("2026-03-10", count);
    let lines: Vec<String> = paid
        .iter()
        .map(|day| format!("{day} | -{amount} | lout.mca | OnDeck | ONDECK CAPITAL DAILY"))
        .collect();
    format!(
        "2026-03-05 | 20000.00 | lin.mca | OnDeck | ONDECK CAPITAL FUNDING\n2026-03-05 | 40000.00 | rev.card_settlement | Square\n{}",
        lines.join("\n")
    )
}

#[test]
fn an_advance_by_three_witnesses() {
    let figures =
        figures(&[draft("a", ("2026-03-01", "2026-04-10"), "0.00", true, &advance(24, "250.00"))], &[]);
    let position = &figures.positions[0];
    assert_eq!(position.known_by, ["dictionary", "words", "rhythm"]);
    let shown = [
        Some(&position.received),
        Some(&position.paid),
        position.typical.as_ref(),
        position.cost_per_business_day.as_ref(),
    ];
    assert_eq!(shown.map(|s| s.unwrap().as_str()), ["20000.00", "-6000.00", "-250.00", "-250.00"]);
    assert_eq!((position.cadence, position.is_active, position.kind.as_str()), (Cadence::Daily, true, "mca"));
    assert_eq!(position.events.iter().map(|e| e.event).collect::<Vec<_>>(), [PositionEventKind::New]);
    assert_eq!(whole(&figures, "stacking", "all"), "1");
    // 24 due dates × 250 / 40000.
    assert_eq!(whole(&figures, "holdback_expected", "all"), "0.1500");
}

#[test]
fn an_advance_that_stopped_is_never_paid_in_full() {
    let figures =
        figures(&[draft("a", ("2026-03-01", "2026-04-10"), "0.00", true, &advance(10, "250.00"))], &[]);
    let position = &figures.positions[0];
    assert!(!position.is_active);
    let stopped = position.events.iter().find(|e| e.event == PositionEventKind::Stopped).unwrap();
    assert!(stopped.evidence.contains("paid -2500.00, received 20000.00"), "{}", stopped.evidence);
    assert_eq!(whole(&figures, "stacking", "all"), "0");
}

#[test]
fn payments_that_moved_and_a_renewal() {
    let mut lines = advance(10, "250.00");
    for day in weekdays("2026-03-24", 10) {
        lines += &format!("\n{day} | -300.00 | lout.mca | OnDeck | ONDECK CAPITAL DAILY");
    }
    lines += "\n2026-03-25 | 9000.00 | lin.mca | OnDeck | ONDECK CAPITAL FUNDING";
    let mut sorted: Vec<&str> = lines.lines().collect();
    sorted.sort_unstable();
    let figures = figures(&[draft("a", ("2026-03-01", "2026-04-07"), "0.00", true, &sorted.join("\n"))], &[]);
    let events: Vec<_> = figures.positions[0].events.iter().map(|e| e.event).collect();
    assert_eq!(events, [PositionEventKind::New, PositionEventKind::Renewed, PositionEventKind::Increased]);
}

#[test]
fn a_merchant_with_a_lenders_name_is_no_position() {
    let lines = "2026-03-02 | -12.00 | food.restaurants | Upstart Cafe | UPSTART CAFE\n2026-03-03 | -9.00 | shop.other | Prospa Gifts | PROSPA GIFTS";
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    assert_eq!(figures.positions, []);
}

#[test]
fn accounts_that_nobody_sent() {
    let lines = "
        2026-03-02 | -500.00 | tout.own_account | | TRANSFER TO XXXX4821
        2026-03-09 | 120.00 | tin.own_account | | TRANSFER FROM XXXX4821
        2026-03-10 | -75.00 | tout.savings | | TO SAVINGS
        2026-03-11 | -50.00 | tout.own_account | | TRANSFER TO XXXX00-a
        ";
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    let named: Vec<_> = figures
        .missing_accounts
        .iter()
        .map(|m| (m.named.as_str(), m.total_to.as_str(), m.total_from.as_str()))
        .collect();
    assert_eq!(named, [("4821", "-500.00", "120.00"), ("own account", "-125.00", "0.00")]);
    assert!(
        figures.missing_accounts[0]
            .request
            .contains("ending 4821 from 2026-03-02 to 2026-03-09: 2 transfers")
    );
}

#[test]
fn tags_by_structure() {
    let lines = "2026-03-02 | -80.00 | biz.office | Acme | CARD ACME\n2026-03-04 | 80.00 | adj.reversal | Acme | REVERSAL ACME\n2026-03-05 | 1000.00 | rev.gig | G";
    let figures = figures(&[draft("a", ("2026-03-01", "2026-03-31"), "0.00", true, lines)], &[]);
    let tags: Vec<_> = figures.tagged.iter().map(|t| (t.tag.as_str(), t.rows.len())).collect();
    assert_eq!(tags, [("large_deposit", 1), ("reversed", 2), ("round_1000", 1)]);
}

#[test]
fn seen_from_a_later_day() {
    let account = draft("a", ("2026-03-01", "2026-03-31"), "10.00", true, "2026-03-20 | 5.00 | rev.gig | G");
    let figures =
        figures_with(&[account], &[], |choices| choices.as_of = Some("2026-04-10".parse().unwrap()));
    assert_eq!((figures.accounts[0].stale_days, whole(&figures, "stale_days", "a").as_str()), (10, "10"));
    let rolling = figures.cash_flow.iter().find(|f| f.kind == smartexus_domain::FlowKind::Rolling30).unwrap();
    assert_eq!((rolling.covered_days, rolling.is_partial, rolling.money_in.as_str()), (20, true, "5.00"));
}
