//! What holds of every case: parts make the whole, and no order changes a figure.

use crate::draft::{case, figures_of};
use crate::random;
use proptest::prelude::*;
use smartexus_domain::{Case, Currency, Figure, Figures, Money, Statement};
use std::collections::BTreeMap;

type Papers = Vec<(String, Vec<Statement>)>;

fn made(seed: u64) -> (Case, Papers) {
    let (drafts, pairs) = random::case(seed);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    case(&drafts, &pairs)
}

fn minor(text: &str, currency: Option<&str>) -> i64 {
    let currency = currency.and_then(Currency::from_code).unwrap_or(Currency::UNKNOWN);
    Money::from_decimal(text, currency).unwrap().minor()
}

/// Sums of a key by account, currency and period.
fn by_scope(figures: &Figures, key: &str) -> BTreeMap<String, i64> {
    let of = |figure: &&Figure| figure.key == key && figure.value.is_some();
    let scope = |figure: &Figure| {
        format!("{} {:?} {} {:?}", figure.account, figure.currency, figure.is_whole, figure.period)
    };
    let value = |figure: &Figure| minor(figure.value.as_deref().unwrap(), figure.currency.as_deref());
    figures.figures.iter().filter(of).map(|figure| (scope(figure), value(figure))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gross_is_true_and_deducted_and_undecided(seed: u64) {
        let (case, papers) = made(seed);
        let figures = figures_of(&case, &papers, |_| {});
        let of = |key| by_scope(&figures, key);
        let (gross, included) = (of("gross_deposits"), of("true_revenue"));
        let (deducted, undecided) = (of("revenue_deductions"), of("revenue_undecided"));
        for (scope, gross) in gross {
            if let Some(included) = included.get(&scope) {
                prop_assert_eq!(gross, included + deducted[&scope] + undecided[&scope], "{}", scope);
            }
        }
    }

    #[test]
    fn months_add_to_the_whole(seed: u64) {
        let (case, papers) = made(seed);
        let figures = figures_of(&case, &papers, |_| {});
        let whole: Vec<&Figure> =
            figures.figures.iter().filter(|f| f.key == "gross_deposits" && f.is_whole && f.value.is_some()).collect();
        for figure in whole {
            let months = figures.cash_flow.iter().filter(|flow| {
                flow.kind == smartexus_domain::FlowKind::Month
                    && flow.account == figure.account
                    && flow.currency == figure.currency
            });
            let sum: i64 = months.map(|flow| minor(&flow.money_in, flow.currency.as_deref())).sum();
            prop_assert_eq!(minor(figure.value.as_deref().unwrap(), figure.currency.as_deref()), sum);
        }
    }

    #[test]
    fn statements_sum_their_lines(seed: u64) {
        let (case, papers) = made(seed);
        let figures = figures_of(&case, &papers, |_| {});
        for statement in &figures.statements {
            let currency = statement.currency.as_deref();
            let (mut group, mut lines) = (None, 0);
            for line in &statement.lines {
                let total = line.total.as_deref().map_or(0, |total| minor(total, currency));
                let months: i64 = line.by_month.iter().flatten().map(|month| minor(month, currency)).sum();
                prop_assert!(total == months || line.key.ends_with("_balance"), "{} {}", line.key, total);
                match line.level {
                    1 => {
                        prop_assert_eq!(group.unwrap_or(lines), lines);
                        (group, lines) = (Some(total), 0);
                    }
                    2 => lines += total,
                    _ => {}
                }
            }
            prop_assert_eq!(group.unwrap_or(lines), lines);
        }
    }

    #[test]
    fn no_order_changes_a_figure(seed: u64) {
        let (case, mut papers) = made(seed);
        let once = serde_json::to_string(&figures_of(&case, &papers, |_| {})).unwrap();
        papers.reverse();
        for (_, statements) in &mut papers {
            statements.iter_mut().for_each(|statement| statement.transactions.reverse());
        }
        prop_assert_eq!(once, serde_json::to_string(&figures_of(&case, &papers, |_| {})).unwrap());
    }

    #[test]
    fn splitting_a_row_keeps_every_sum(seed: u64) {
        let (mut drafts, _) = random::case(seed);
        let sums = |drafts: &[crate::draft::Draft]| {
            let (case, papers) = case(drafts, &[]);
            let figures = figures_of(&case, &papers, |_| {});
            ["gross_deposits", "debt_service", "average_daily_balance"].map(|key| by_scope(&figures, key))
        };
        let before = sums(&drafts);
        for paper in drafts.iter_mut().flat_map(|draft| &mut draft.papers) {
            let Some(whole) = paper.rows.first_mut().filter(|row| row.minor.abs() > 1) else { continue };
            let mut half = whole.clone();
            (half.minor, half.balance) = (whole.minor / 2, None);
            whole.minor -= half.minor;
            paper.rows.insert(0, half);
        }
        prop_assert_eq!(before, sums(&drafts));
    }
}
