//! A statement made wrong on purpose, in one small way, as careless readers and careful forgers do.

use crate::Dice;
use smartexus_domain::{Money, Statement};

/// What was done to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mutation {
    /// One row is missing.
    DropRow,
    /// One row stands twice.
    DoubleRow,
    /// One amount has the other sign.
    FlipSign,
    /// One digit of one amount is another.
    ChangeAmountDigit,
    /// One digit of one running balance is another.
    ChangeBalanceDigit,
    /// Two rows have changed places.
    SwapRows,
    /// Two rows have exchanged their amounts.
    SwapAmounts,
    /// One digit of the opening or closing balance is another.
    ChangeEndDigit,
}

impl Mutation {
    /// Every way.
    pub const ALL: [Self; 8] = [
        Self::DropRow,
        Self::DoubleRow,
        Self::FlipSign,
        Self::ChangeAmountDigit,
        Self::ChangeBalanceDigit,
        Self::SwapRows,
        Self::SwapAmounts,
        Self::ChangeEndDigit,
    ];

    /// Does it at a random place. `None` where the statement has no such place.
    pub fn apply(self, statement: &Statement, dice: &mut Dice) -> Option<Statement> {
        let mut mutant = statement.clone();
        let rows = &mut mutant.transactions;
        let at = dice.below(rows.len());
        match self {
            Self::DropRow => {
                (at < rows.len()).then(|| rows.remove(at))?;
            }
            Self::DoubleRow => {
                let twin = rows.get(at)?.clone();
                rows.insert(at, twin);
            }
            Self::FlipSign => {
                let row = rows.get_mut(at)?;
                row.amount = row.amount.checked_neg().ok()?;
            }
            Self::ChangeAmountDigit => {
                let row = rows.get_mut(at)?;
                row.amount = with_another_digit(row.amount, dice)?;
            }
            Self::ChangeBalanceDigit => {
                let printed: Vec<usize> =
                    (0..rows.len()).filter(|i| rows.get(*i).is_some_and(|r| r.balance.is_some())).collect();
                let row = rows.get_mut(*dice.pick(&printed)?)?;
                row.balance = Some(with_another_digit(row.balance?, dice)?);
            }
            Self::SwapRows => {
                let other = another(at, rows.len(), dice)?;
                rows.swap(at, other);
            }
            Self::SwapAmounts => {
                let other = another(at, rows.len(), dice)?;
                let (one, two) = (rows.get(at)?.amount, rows.get(other)?.amount);
                rows.get_mut(at)?.amount = two;
                rows.get_mut(other)?.amount = one;
            }
            Self::ChangeEndDigit => {
                let opening = mutant.closing_balance.is_none() || dice.below(2) == 0;
                let end = if opening { &mut mutant.opening_balance } else { &mut mutant.closing_balance };
                *end = Some(with_another_digit((*end)?, dice)?);
            }
        }
        for (row, seq) in mutant.transactions.iter_mut().zip(1..) {
            row.seq = seq;
        }
        Some(mutant)
    }
}

/// A position beside the first one.
fn another(first: usize, rows: usize, dice: &mut Dice) -> Option<usize> {
    (rows > 1).then(|| (first + 1 + dice.below(rows - 1)) % rows)
}

/// The amount with one of its digits changed to another digit.
fn with_another_digit(money: Money, dice: &mut Dice) -> Option<Money> {
    let text = money.to_string();
    let digits: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *dice.pick(&digits)?;
    let old = text.get(at..=at)?.parse::<usize>().ok()?;
    let new = (old + 1 + dice.below(9)) % 10;
    let changed = format!("{}{new}{}", text.get(..at)?, text.get(at + 1..)?);
    Money::from_decimal(&changed, money.currency()).ok()
}

/// Whether every printed equation still holds, by a second and naive reckoning: a mutant for which this is true
/// says something else than the paper, but no arithmetic can know. Dates are looked at only for their order.
#[must_use]
pub fn every_equation_holds(statement: &Statement) -> bool {
    let Some(opening) = statement.opening_balance else { return false };
    let amounts: Vec<i128> =
        statement.transactions.iter().map(|row| i128::from(row.amount.minor())).collect();
    let total = |upto: usize| i128::from(opening.minor()) + amounts.iter().take(upto).sum::<i128>();
    let balances = statement.transactions.iter().enumerate().all(|(index, row)| {
        row.balance.is_none_or(|printed| i128::from(printed.minor()) == total(index + 1))
    });
    let closing =
        statement.closing_balance.is_some_and(|closing| i128::from(closing.minor()) == total(amounts.len()));
    let side = |sign: i128| amounts.iter().filter(|amount| amount.signum() == sign).sum::<i128>();
    let credits = statement.totals.credits.is_none_or(|printed| i128::from(printed.minor()) == side(1));
    let debits = statement.totals.debits.is_none_or(|printed| i128::from(printed.minor()) == side(-1));
    balances && closing && credits && debits
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::Currency;

    #[test]
    fn a_digit_always_changes_and_the_sign_stays() {
        let mut dice = Dice::seeded(1);
        for minor in [0, 7, -6_120, 999_999] {
            let money = Money::new(minor, Currency::UNKNOWN);
            for _ in 0..200 {
                let changed = with_another_digit(money, &mut dice).unwrap();
                assert_ne!(changed, money);
                assert!(changed.minor() == 0 || minor == 0 || changed.minor().signum() == minor.signum());
            }
        }
    }

    #[test]
    fn another_position_is_never_the_same() {
        let mut dice = Dice::seeded(2);
        assert_eq!(another(0, 1, &mut dice), None);
        for _ in 0..200 {
            let first = dice.below(5);
            assert_ne!(another(first, 5, &mut dice), Some(first));
        }
    }
}
