//! Rows that are not booked, under the reading that the booked ones chose. They are in no sum, so nothing proves them, and
//! where the rule of signs needs what they do not have, they are counted and not shown.

use super::axes::{Axes, SignRule};
use crate::draft::{self, RowDraft, StatementDraft};
use smartexus_domain::{Finding, RowStatus, SignMark, Statement, Transaction};

/// Fills [`Statement::pending`]; returns what is said of them.
pub(super) fn fill(
    statement: &mut Statement,
    draft: &StatementDraft,
    axes: &Axes,
    mut read: impl FnMut(&RowDraft) -> Option<Transaction>,
) -> Option<Finding> {
    let mut unread = draft.pending_unread;
    for row in &draft.pending {
        let Some(row) = Some(row).filter(|row| is_signed(row, axes)).and_then(&mut read) else {
            unread = unread.saturating_add(1);
            continue;
        };
        let seq = u32::try_from(statement.pending.len()).unwrap_or(u32::MAX).saturating_add(1);
        statement.pending.push(Transaction { seq, status: RowStatus::Pending, ..row });
    }
    draft::pending_rows(statement.pending.len(), unread)
}

/// Whether the row itself says which way its money goes: neither the heading it stands under nor a balance does.
fn is_signed(row: &RowDraft, axes: &Axes) -> bool {
    let is_marked = || row.amount.as_ref().is_some_and(|token| token.sign() != SignMark::None);
    match axes.signs {
        SignRule::Sections | SignRule::Groups(_) | SignRule::BalanceDelta => is_marked(),
        SignRule::Inks => true,
        SignRule::Words => row.direction.is_some() || is_marked(),
        SignRule::Marks | SignRule::Columns | SignRule::ColumnsTurned | SignRule::OutUnlessMarked => true,
    }
}
