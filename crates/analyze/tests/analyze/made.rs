//! What is made from sums: affordability, rules, statements.

use crate::by_hand::ten_days;
use crate::draft::{draft, figures, figures_with};
use smartexus_domain::RuleResult;

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
