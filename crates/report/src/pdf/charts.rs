//! The two charts of a block of months.

use super::model::Chart;
use crate::chart::{Bar, Point, bars, line};
use crate::words;
use smartexus_domain::{Currency, FlowPeriod, Money};

/// Bars of money in and out; a line of closing balances, where every month has one.
pub(super) fn of_months(whose: &str, months: &[&FlowPeriod], currency: Currency) -> Vec<Chart> {
    if months.len() < 2 {
        return Vec::new();
    }
    let minor = |text: &str| Money::from_decimal(text, currency).ok().map(|money| i128::from(money.minor()));
    let digits = currency.exponent();
    let flows: Option<Vec<Bar>> = months
        .iter()
        .map(|month| {
            let label = words::month(month.period.start);
            Some(Bar { label, money_in: minor(&month.money_in)?, money_out: minor(&month.money_out)? })
        })
        .collect();
    let closings: Option<Vec<Point>> = months
        .iter()
        .map(|month| {
            Some(Point { label: words::month(month.period.start), value: minor(month.closing.as_deref()?)? })
        })
        .collect();
    let mut charts = Vec::new();
    if let Some(flows) = flows {
        charts.push(Chart {
            caption: "Money in (above) and money out (below) by month".to_owned(),
            alt: format!("Bars of money in and money out of {whose} by month; the table has the figures."),
            svg: bars(&flows, digits),
        });
    }
    if let Some(closings) = closings {
        charts.push(Chart {
            caption: "Balance at the end of each month".to_owned(),
            alt: format!("Line of the closing balance of {whose} by month; the table has the figures."),
            svg: line(&closings, digits),
        });
    }
    charts
}
