//! Cash by operating, investing and financing, between the balances before and after. Every row is in exactly one group.

use super::statement::{Desk, Line};
use crate::day::Day;
use crate::scope::Scope;
use crate::sums::Cell;
use crate::taxonomy::{Flag, Leaf};
use smartexus_domain::{FinancialStatement, FinancialStatementKind, NotComputable};

/// What a row did to cash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Activity {
    Operating,
    Investing,
    Financing,
    /// Between the holder's own accounts.
    Own,
}

pub(super) fn statement(desk: &Desk<'_>) -> FinancialStatement {
    let mut lines = vec![desk.total("opening_balance", "Balance before", 0, ends(desk, true))];
    for (activity, key, label) in [
        (Activity::Operating, "operating", "Operating"),
        (Activity::Investing, "investing", "Investing"),
        (Activity::Financing, "financing", "Financing"),
        (Activity::Own, "own_transfers", "Between own accounts"),
    ] {
        lines.extend(desk.group(key, label, |cell| of(desk, cell) == activity, Leaf::name));
    }
    lines.push(desk.total("net_cash_flow", "Net cash flow", 0, desk.line(|_| true)));
    lines.push(desk.total("closing_balance", "Balance after", 0, ends(desk, false)));
    let notes = [
        "From rows, on a cash basis. Balances leave out cards and loans, whose rows are in the lines above.",
        "A month with a day that not every account covers is partial, and its lines count the common days only.",
    ];
    desk.statement(FinancialStatementKind::CashFlow, lines, &notes)
}

fn of(desk: &Desk<'_>, cell: &Cell) -> Activity {
    let Some(leaf) = desk.leaf(cell) else { return Activity::Operating };
    if leaf.pays_debt() || leaf.is_proceeds() || leaf.has(Flag::Owner) {
        Activity::Financing
    } else if leaf.has(Flag::Savings) || leaf.id == "tin.savings" || leaf.has(Flag::Crypto) {
        Activity::Investing
    } else if leaf.id == "tin.own_account" || leaf.id == "tout.own_account" {
        Activity::Own
    } else {
        Activity::Operating
    }
}

/// Balances before the first or after the last covered day of each month.
fn ends(desk: &Desk<'_>, before: bool) -> Line {
    let of_scope = |scope: &Scope<'_>| {
        let days = scope.balances(desk.book)?;
        let pick = if before { days.first() } else { days.last() };
        let day = pick.ok_or(NotComputable::NoBalance)?;
        if before { opening(desk, day.day) } else { Ok(day.end) }
    };
    let month = |month: &crate::day::Month| of_scope(&Scope::month(desk.book, desk.side, *month));
    Line { by_month: desk.months.iter().map(month).collect(), total: of_scope(&desk.scope) }
}

fn opening(desk: &Desk<'_>, day: Day) -> Result<i128, NotComputable> {
    let accounts = desk.side.accounts.iter().filter_map(|at| desk.book.accounts.get(*at));
    accounts.filter(|account| !account.is_liability).try_fold(0_i128, |sum, account| {
        sum.checked_add(account.balances.before(day)?).ok_or(NotComputable::TooLarge)
    })
}
