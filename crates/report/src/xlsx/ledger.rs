//! Every row of every statement in sheet order, and the sums that the live formulas must agree with.

use super::number::EXACT_MINOR_MAX;
use crate::ReportError;
use smartexus_domain::{Currency, Money, Statement, StatementResult, Transaction};

/// Sheet row of the first transaction (0-based): the notice, then the titles, then data.
pub(super) const FIRST_ROW: u32 = 2;

/// Rows that a worksheet holds.
const SHEET_ROWS_MAX: usize = 1_048_576;

/// One row with the statement it belongs to.
pub(super) struct Entry<'a> {
    /// 1-based.
    pub(super) number: u32,
    pub(super) statement: &'a Statement,
    pub(super) row: &'a Transaction,
}

/// The rows as the Transactions sheet shows them.
pub(super) struct Ledger<'a> {
    pub(super) entries: Vec<Entry<'a>>,
}

/// Money in, money out and how many rows, over some of the ledger. Sums leave out what a cell cannot hold, as the
/// formulas do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) money_in: i128,
    pub(super) money_out: i128,
    pub(super) rows: u64,
    pub(super) currency: Currency,
}

impl<'a> Ledger<'a> {
    /// # Errors
    /// [`ReportError::TooManyRows`].
    pub(super) fn of(result: &'a StatementResult) -> Result<Self, ReportError> {
        let numbered = result.statements.iter().zip(1..);
        let entries: Vec<_> = numbered
            .flat_map(|(statement, number)| {
                statement.transactions.iter().map(move |row| Entry { number, statement, row })
            })
            .collect();
        if entries.len() + FIRST_ROW as usize > SHEET_ROWS_MAX {
            return Err(ReportError::TooManyRows);
        }
        Ok(Self { entries })
    }

    /// Last 1-based sheet row of the data, at least the first one, so that ranges are never empty.
    pub(super) fn last_row(&self) -> u32 {
        FIRST_ROW + u32::try_from(self.entries.len().max(1)).unwrap_or(u32::MAX)
    }

    /// Sums over the rows that `keep` keeps, in one currency.
    pub(super) fn flow(&self, currency: Currency, keep: impl Fn(&Entry<'_>) -> bool) -> Flow {
        let mut flow = Flow { money_in: 0, money_out: 0, rows: 0, currency };
        for entry in self.entries.iter().filter(|entry| keep(entry)) {
            flow.rows += 1;
            if fits_cell(entry.row.amount) {
                let minor = i128::from(entry.row.amount.minor());
                if minor > 0 { flow.money_in += minor } else { flow.money_out += minor }
            }
        }
        flow
    }

    /// Whether some amount is too large for a cell and stands as text, outside every sum.
    pub(super) fn has_text_amounts(&self) -> bool {
        self.entries.iter().any(|entry| !fits_cell(entry.row.amount))
    }

    /// The one currency of all rows, if there is one.
    pub(super) fn sole_currency(&self) -> Option<Currency> {
        let first = self.entries.first()?.row.amount.currency();
        self.entries.iter().all(|entry| entry.row.amount.currency() == first).then_some(first)
    }
}

impl Flow {
    pub(super) fn net(self) -> i128 {
        self.money_in + self.money_out
    }

    /// A sum of minor units as the decimal string of this currency: what a formula's cached result holds.
    pub(super) fn decimal(self, minor: i128) -> String {
        decimal(minor, self.currency)
    }
}

/// Minor units as a decimal string; sums of 64-bit amounts may need more than 64 bits.
pub(super) fn decimal(minor: i128, currency: Currency) -> String {
    let digits = currency.exponent() as usize;
    let sign = if minor < 0 { "-" } else { "" };
    let scale = 10_u128.pow(currency.exponent());
    let magnitude = minor.unsigned_abs();
    if digits == 0 {
        return format!("{sign}{magnitude}");
    }
    format!("{sign}{}.{:0digits$}", magnitude / scale, magnitude % scale)
}

fn fits_cell(amount: Money) -> bool {
    amount.minor().unsigned_abs() <= EXACT_MINOR_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_print_like_money() {
        for (minor, code, expected) in
            [(-6120, "USD", "-61.20"), (5, "USD", "0.05"), (1200, "JPY", "1200"), (-1, "KWD", "-0.001")]
        {
            assert_eq!(decimal(minor, Currency::from_code(code).unwrap()), expected);
        }
    }
}
