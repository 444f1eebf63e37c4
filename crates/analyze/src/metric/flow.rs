//! Cash flow (mission 5.5): calendar months and the last 30 days.

use super::Maker;
use super::balance::mean;
use super::revenue::categorized;
use crate::exact::{Computed, printed, printed_or_too_large, ratio, ratio_text};
use crate::facet::Facet;
use crate::scope::SumOfDay;
use smartexus_domain::{FlowPeriod, NotComputable};

/// One period of one side; `None` for the whole, and where nothing is known.
pub(crate) fn flow(maker: &Maker<'_>) -> Option<FlowPeriod> {
    let scope = maker.scope;
    let (kind, period) = (scope.flow_kind()?, scope.span()?);
    if scope.days.count() == 0 && scope.rows.is_empty() {
        return None;
    }
    let currency = scope.side.currency;
    let money = |value: Computed| value.ok().and_then(|value| printed(value, currency));
    let total = |facet| maker.sums.total(scope, facet);
    let (into, out) = (total(Facet::In), total(Facet::Out));
    let shown = |sum: Option<i128>| {
        sum.map_or_else(|| "too large".to_owned(), |sum| printed_or_too_large(sum, currency))
    };
    let net = into.zip(out).and_then(|((into, _), (out, _))| into.checked_add(out));
    let days = scope.balances(maker.book);
    let known: &[SumOfDay] = days.as_deref().unwrap_or_default();
    let (low, high) = (
        known.iter().min_by_key(|day| (day.end, day.day)),
        known.iter().max_by_key(|day| (day.end, -day.day.0)),
    );
    let average = days.as_deref().map_err(|reason| *reason).and_then(mean);
    let revenue = categorized(maker, Facet::Included);
    let (rows, rows_left_out) = maker.book.ids(scope.rows.iter().copied());
    Some(FlowPeriod {
        kind,
        period,
        account: scope.side.name(maker.book),
        currency: scope.currency(),
        is_partial: scope.is_partial(),
        covered_days: scope.days.count(),
        opening: money(opening(maker, known)),
        closing: known.last().and_then(|day| printed(day.end, currency)),
        money_in: shown(into.map(|(sum, _)| sum)),
        money_out: shown(out.map(|(sum, _)| sum)),
        net: shown(net),
        count_in: into.map_or(u32::MAX, |(_, count)| count),
        count_out: out.map_or(u32::MAX, |(_, count)| count),
        average_daily_balance: money(average),
        balance_min: low.and_then(|day| printed(day.end, currency)),
        balance_min_on: low.map(|day| day.day.date()),
        balance_max: high.and_then(|day| printed(day.end, currency)),
        balance_max_on: high.map(|day| day.day.date()),
        true_revenue: money(revenue),
        debt_payments: money(categorized(maker, Facet::Debt)),
        balance_to_revenue: average.and_then(|average| ratio(average, revenue?)).ok().map(ratio_text),
        negative_days: days
            .is_ok()
            .then(|| u32::try_from(known.iter().filter(|day| day.end < 0).count()).unwrap_or(u32::MAX)),
        basis: scope.side.basis,
        not_computable: days.as_ref().err().copied(),
        rows,
        rows_left_out,
    })
}

/// What stood there before the first covered day, all accounts added that have a balance here.
fn opening(maker: &Maker<'_>, known: &[SumOfDay]) -> Computed {
    let first = known.first().ok_or(NotComputable::NoBalance)?.day;
    let side = maker.scope.side;
    let mut accounts = side.accounts.iter().filter_map(|at| maker.book.accounts.get(*at));
    accounts.try_fold(0_i128, |sum, account| {
        if side.is_all() && account.is_liability {
            return Ok(sum);
        }
        sum.checked_add(account.balances.before(first)?).ok_or(NotComputable::TooLarge)
    })
}
