//! A draft of profit and loss, on a cash basis, by where an accountant books each leaf. What is personal, borrowed, moved
//! or unclear is listed below the line and in no total.

use super::statement::Desk;
use crate::facet::Facet;
use crate::sums::Cell;
use crate::taxonomy::{Flag, Leaf};
use smartexus_domain::{FinancialStatement, FinancialStatementKind};

/// Where a leaf stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Sales,
    CostOfSales,
    Expenses,
    Other,
    /// Not in any total.
    Below,
}

/// Primaries that are costs of a business where the hint names an account of one.
const EXPENSES: [&str; 11] = [
    "PAYROLL",
    "BUSINESS_COSTS",
    "HOUSING_UTILITIES",
    "INSURANCE",
    "BANK_FEES",
    "TRANSPORT",
    "TRAVEL",
    "FOOD_DRINK",
    "TAX_GOVERNMENT",
    "LIFESTYLE",
    "HEALTH_FAMILY",
];
/// Words of hints that are no account of profit and loss.
const NOT_BOOKED: [&str; 6] = ["personal", "equity", "Payable", "review", "Ask My Accountant", "Investments"];
const OTHER_INCOME: [&str; 4] = ["inc.interest", "inc.grant_insurance", "inc.other", "adj.rewards"];
const OTHER: [&str; 2] = ["adj.refund", "adj.reversal"];

pub(super) fn statement(desk: &Desk<'_>) -> FinancialStatement {
    let within = |places: &'static [Place]| desk.line(move |cell| places.contains(&of(desk, cell)));
    let mut lines = Vec::new();
    let group = |place, key, label| desk.group(key, label, move |cell| of(desk, cell) == place, account);
    lines.extend(group(Place::Sales, "sales", "Sales"));
    lines.extend(group(Place::CostOfSales, "cost_of_sales", "Cost of sales"));
    lines.push(desk.total("gross_profit", "Gross profit", 0, within(&[Place::Sales, Place::CostOfSales])));
    lines.extend(group(Place::Expenses, "expenses", "Expenses"));
    lines.extend(group(Place::Other, "other", "Other income and refunds"));
    let all = &[Place::Sales, Place::CostOfSales, Place::Expenses, Place::Other];
    lines.push(desk.total("net_profit", "Net profit (draft)", 0, within(all)));
    lines.extend(group(
        Place::Below,
        "not_in_profit",
        "Not in profit or loss: personal, borrowed, moved or unclear",
    ));
    let notes = [
        "A draft on a cash basis from categories: no accruals, no depreciation, no stock, tax as paid.",
        "An accountant decides what the lines below net profit are.",
    ];
    desk.statement(FinancialStatementKind::ProfitAndLoss, lines, &notes)
}

fn of(desk: &Desk<'_>, cell: &Cell) -> Place {
    let Some(leaf) = desk.leaf(cell) else { return Place::Below };
    let id = leaf.id.as_str();
    if cell.facets.has(Facet::Included) || leaf.has(Flag::RevenueDeduction) {
        Place::Sales
    } else if cell.facets.has(Facet::In) && leaf.primary == "REVENUE" {
        // A person counts it otherwise.
        Place::Below
    } else if leaf.has(Flag::Cogs) || leaf.has(Flag::CostOfSales) {
        Place::CostOfSales
    } else if OTHER_INCOME.contains(&id) || OTHER.contains(&id) {
        Place::Other
    } else if EXPENSES.contains(&leaf.primary.as_str()) && is_booked(leaf) {
        Place::Expenses
    } else {
        Place::Below
    }
}

fn is_booked(leaf: &Leaf) -> bool {
    leaf.accounting.starts_with("QBO:") && !NOT_BOOKED.iter().any(|word| leaf.accounting.contains(word))
}

/// The first account of the hint: `QBO: Rent & Lease; Xero: …` is `Rent & Lease`.
fn account(leaf: &Leaf) -> String {
    let first = leaf.accounting.strip_prefix("QBO:").and_then(|rest| rest.split([';', '/', '(']).next());
    first
        .map(str::trim)
        .filter(|name| !name.is_empty() && *name != "n")
        .map_or_else(|| leaf.name(), |name| format!("{name}: {}", leaf.name()))
}
