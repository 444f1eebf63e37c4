//! Debt, returned items, income, what comes again, a lender's own rules.

use super::{MARK_NOTE, currency_of, marked};
use crate::case_report::CaseReport;
use crate::pdf::model::{Table, amount, maybe};
use crate::words;
use smartexus_domain::{Affordability, Basis, Figures, Position, Series};

pub(in crate::pdf) fn structure(report: &CaseReport<'_>, figures: &Figures) -> Vec<Table> {
    let mut tables = vec![positions(figures), events(figures), returned(report, figures), income(figures)];
    tables.push(recurring(figures));
    tables.extend(figures.affordability.iter().map(affordability));
    tables.push(rules(figures));
    tables.into_iter().filter(|table| !table.lines.is_empty() || !table.nothing.is_empty()).collect()
}

fn positions(figures: &Figures) -> Table {
    let columns = [
        ("Lender", false, 3),
        ("Kind", false, 2),
        ("Received", true, 0),
        ("Paid", true, 0),
        ("Payments", true, 0),
        ("Typical", true, 0),
        ("Pace", false, 2),
        ("State", false, 0),
    ];
    let line = |position: &Position| {
        let currency = currency_of(position.currency.as_deref());
        vec![
            position.lender.clone(),
            words::words(&position.kind),
            amount(&position.received, currency),
            marked(amount(&position.paid, currency), position.basis),
            position.payments.to_string(),
            maybe(position.typical.as_deref(), currency),
            words::cadence(position.cadence).to_owned(),
            if position.is_active { "active" } else { "not active" }.to_owned(),
        ]
    };
    let is_marked = figures.positions.iter().any(|position| position.basis == Basis::IncludesUnverified);
    let mut table = Table::new("Debt positions", &columns)
        .filled(figures.positions.iter().map(line))
        .or_else("No lender was recognized in these rows. That does not say that there is no debt.");
    table.notes.extend(is_marked.then(|| MARK_NOTE.to_owned()));
    table
}

fn events(figures: &Figures) -> Table {
    let columns = [("Lender", false, 2), ("On", false, 0), ("What", false, 2), ("Evidence", false, 5)];
    let lines = figures.positions.iter().flat_map(|position| {
        position.events.iter().map(|event| {
            vec![
                position.lender.clone(),
                event.on.to_string(),
                words::event(event.event).to_owned(),
                event.evidence.clone(),
            ]
        })
    });
    Table::new("What happened with them", &columns).filled(lines)
}

fn returned(report: &CaseReport<'_>, figures: &Figures) -> Table {
    let columns = [
        ("Account", false, 4),
        ("Kind", false, 2),
        ("Events", true, 0),
        ("Days", true, 0),
        ("One fee", true, 0),
        ("Sum of fees", true, 0),
    ];
    let lines = figures.returned_items.iter().map(|items| {
        let currency = currency_of(items.currency.as_deref());
        vec![
            report.account_words(&items.account),
            words::words(&items.kind),
            items.count.to_string(),
            items.days.to_string(),
            maybe(items.divisor.as_deref(), currency),
            amount(&items.amount, currency),
        ]
    });
    Table::new("Returned items and overdrafts", &columns)
        .filled(lines)
        .or_else("No fee for a returned item or an overdraft was found.")
}

fn income(figures: &Figures) -> Table {
    let columns = [
        ("Payer", false, 3),
        ("Kind", false, 0),
        ("Pace", false, 2),
        ("Last", true, 0),
        ("Average", true, 0),
        ("A month", true, 0),
        ("Next due", false, 0),
        ("State", false, 0),
    ];
    let lines = figures.income_streams.iter().map(|stream| {
        let currency = currency_of(stream.currency.as_deref());
        vec![
            stream.payer.clone(),
            words::income(stream.kind).to_owned(),
            words::cadence(stream.cadence).to_owned(),
            amount(&stream.last, currency),
            amount(&stream.average, currency),
            maybe(stream.monthly.as_deref(), currency),
            stream.next_on.map(|day| day.to_string()).unwrap_or_default(),
            words::stream(stream.status).to_owned(),
        ]
    });
    Table::new("Income streams", &columns).filled(lines)
}

fn recurring(figures: &Figures) -> Table {
    let columns = [
        ("Counterparty", false, 3),
        ("Category", false, 2),
        ("Pace", false, 2),
        ("Rows", true, 0),
        ("Typical", true, 0),
        ("Last on", false, 0),
        ("Next due", false, 0),
        ("Missed", true, 0),
    ];
    let line = |series: &Series| {
        let currency = currency_of(series.currency.as_deref());
        let doubt = if series.is_possible { " (possible)" } else { "" };
        vec![
            format!("{}{doubt}", series.counterparty),
            series.category.clone().unwrap_or_default(),
            words::cadence(series.cadence).to_owned(),
            series.rows.len().to_string(),
            amount(&series.typical, currency),
            series.last_on.to_string(),
            series.next_on.map(|day| day.to_string()).unwrap_or_default(),
            series.missed.len().to_string(),
        ]
    };
    Table::new("What comes again", &columns)
        .filled(figures.recurring.iter().map(line))
        .or_else("No row comes again.")
}

fn affordability(of: &Affordability) -> Table {
    let currency = currency_of(of.currency.as_deref());
    let months = usize::try_from(of.months).unwrap_or(0);
    let heading = format!(
        "What is left of a month, by medians of {}",
        words::counted(months, "whole month", "whole months")
    );
    let lines = [
        ("Income", &of.income),
        ("Committed: debt payments and contracts", &of.committed),
        ("Essential", &of.essential),
        ("Discretionary, shown and not subtracted", &of.discretionary),
        ("Surplus", &of.surplus),
        ("After the proposed payment and a buffer", &of.after),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(label, text)| Some(vec![label.to_owned(), amount(text.as_deref()?, currency)]));
    let mut table = Table::new(heading, &[("", false, 4), ("A month", true, 1)]).filled(lines);
    if let Some(reason) = of.not_computable {
        table.nothing = format!("Not computed: {}.", words::not_computable(reason));
    }
    for declared in of.declared.iter().filter(|declared| declared.asks) {
        let observed = maybe(declared.observed.as_deref(), currency);
        let stated = amount(&declared.declared, currency);
        table.notes.push(format!(
            "Declared {} is {stated}, observed {observed}: they differ by more than 10 %, ask the client.",
            declared.line
        ));
    }
    table.notes.extend(of.notes.iter().cloned());
    table.notes.extend((of.basis == Basis::IncludesUnverified).then(|| MARK_NOTE.to_owned()));
    table
}

fn rules(figures: &Figures) -> Table {
    let columns = [
        ("Rule", false, 3),
        ("Figure", false, 3),
        ("", false, 0),
        ("Threshold", true, 0),
        ("Found", true, 0),
        ("Outcome", false, 0),
    ];
    let lines = figures.prequalification.iter().map(|rule| {
        vec![
            rule.rule.clone(),
            words::label(&rule.metric),
            rule.operator.clone(),
            rule.threshold.clone(),
            rule.actual.clone().unwrap_or_else(|| "not computed".to_owned()),
            words::rule(rule.result).to_owned(),
        ]
    });
    Table::new("The workspace's own rules", &columns).filled(lines)
}
