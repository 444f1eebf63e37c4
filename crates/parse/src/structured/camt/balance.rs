//! Which of a report's balances are its ends.

use super::super::exact;
use super::super::ledger::{End, Ledger};
use super::super::markup::Node;
use jiff::civil::Date;
use smartexus_domain::{Currency, Money};

/// What a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// camt.052, during the day.
    Report,
    /// camt.053.
    Statement,
    /// camt.054: single bookings, no balances.
    Notification,
}

impl Kind {
    pub(super) fn of(element: &str) -> Option<Self> {
        match element {
            "Rpt" => Some(Self::Report),
            "Stmt" => Some(Self::Statement),
            "Ntfctn" => Some(Self::Notification),
            _ => None,
        }
    }
}

/// The booked balances of a report.
#[derive(Debug, Default)]
pub(super) struct Balances {
    found: Vec<(String, End)>,
}

impl Balances {
    /// `None` for a balance that cannot be read. Those of other kinds (available, expected) are none of ours.
    pub(super) fn take(&mut self, node: &Node) -> Option<()> {
        let code = node.text_at("Tp/CdOrPrtry/Cd").or_else(|| node.text_at("Tp/CdOrPrtry/Prtry"));
        let Some(code) = code.filter(|code| matches!(*code, "OPBD" | "PRCD" | "CLBD" | "ITBD")) else {
            return Some(());
        };
        let amount = node.at("Amt")?;
        let currency = amount.currency.as_deref().and_then(Currency::from_code).unwrap_or(Currency::UNKNOWN);
        let minor = exact::minor(&amount.text, &['.'], currency)?;
        let signed = if is_credit(node)? { minor } else { minor.checked_neg()? };
        let date = node.text_at("Dt/Dt").or_else(|| node.text_at("Dt/DtTm")).and_then(exact::iso_date);
        self.found.push((code.to_owned(), End { amount: Money::new(signed, currency), date }));
        Some(())
    }

    /// Of the first one.
    pub(super) fn currency(&self) -> Currency {
        self.found.first().map_or(Currency::UNKNOWN, |(_, end)| end.amount.currency())
    }

    /// Gives the ledger its ends.
    pub(super) fn settle(&self, kind: Kind, ledger: &mut Ledger) {
        if kind == Kind::Notification {
            return;
        }
        let currency = ledger.currency();
        let of = |code: &str| {
            let kept = self.found.iter().filter(|(c, end)| c == code && end.amount.currency() == currency);
            kept.map(|(_, end)| *end).collect::<Vec<_>>()
        };
        let between = of("ITBD");
        let previous = of("PRCD");
        let interim_first = (between.len() > 1).then(|| edge(&between, true)).flatten();
        ledger.opening = edge(&of("OPBD"), true).or_else(|| edge(&previous, false)).or(interim_first);
        ledger.closing = edge(&of("CLBD"), false);
        let left = edge(&previous, false).zip(ledger.opening);
        if left.is_some_and(|(left, opening)| left.amount != opening.amount) {
            ledger.notes.tell(
                "statement_gap",
                "The balance of the statement before differs from the opening balance.",
            );
        }
        if ledger.closing.is_none() {
            interim_end(edge(&between, false), kind, ledger);
        }
    }
}

/// An interim balance is the end of a page of a statement. Of a report during the day it is one only where the rows lead
/// to it: which of them the bank had booked by then is not said.
fn interim_end(end: Option<End>, kind: Kind, ledger: &mut Ledger) {
    let Some(end) = end else { return };
    let moved = ledger.entries.iter().map(|e| e.amount.minor()).try_fold(0_i64, i64::checked_add);
    let reached = ledger.opening.and_then(|opening| opening.amount.minor().checked_add(moved?));
    if kind == Kind::Statement || reached == Some(end.amount.minor()) {
        ledger.closing = Some(end);
    } else {
        ledger.notes.reason("interim_report");
    }
}

/// The earliest or the latest of several; of one day, the first or the last of the file.
fn edge(ends: &[End], is_first: bool) -> Option<End> {
    let day = |end: &End| end.date.unwrap_or(if is_first { Date::MAX } else { Date::MIN });
    if is_first {
        ends.iter().min_by_key(|end| day(end)).copied()
    } else {
        ends.iter().max_by_key(|end| day(end)).copied()
    }
}

/// Whether an amount is in favor of the holder.
pub(super) fn is_credit(node: &Node) -> Option<bool> {
    match node.text_at("CdtDbtInd")? {
        "CRDT" => Some(true),
        "DBIT" => Some(false),
        _ => None,
    }
}
