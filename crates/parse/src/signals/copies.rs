//! The same row twice, to the letter and the place.
//!
//! The same text alone says nothing: standing orders repeat it, and in a text layer the same text has the same geometry. A
//! copy shows where it repeats what cannot repeat: the balance behind it, although money moved.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::scene::{Figure, Scene};
use smartexus_domain::{Signal, SignalName, Statement, Transaction};

/// Figures of two rows that stand this close to the same place across the page, in points.
const SAME_PLACE_PT: f64 = 0.05;
/// Rows that are compared with one before them.
const ROWS_BACK: usize = 64;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let statements = scene.statements.iter().enumerate();
    statements.flat_map(|(index, statement)| of_statement(scene, index, statement)).collect()
}

fn of_statement(scene: &Scene<'_>, index: usize, statement: &Statement) -> Vec<Signal> {
    let rows = &statement.transactions;
    let mut signals = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let before = rows.get(at.saturating_sub(ROWS_BACK)..at).unwrap_or_default();
        let twin = before.iter().rev().find(|twin| is_twin(row, twin));
        let Some((twin, source)) = twin.zip(row.source) else { continue };
        let breaks = rows.get(at.wrapping_sub(1)).is_some_and(|last| !follows(last, row));
        if breaks && stands_alike(scene, index, row, twin) {
            let evidence = format!(
                "Row {} repeats row {}: the same text, amount, balance and places, and the balances before it do not lead to it.",
                row.seq, twin.seq
            );
            signals.push(Signal::new(SignalName::CopiedRows, evidence).at(source.page, source.bounds));
        }
    }
    signals
}

fn is_twin(row: &Transaction, other: &Transaction) -> bool {
    row.balance.is_some()
        && row.balance == other.balance
        && row.amount == other.amount
        && row.amount.minor() != 0
        && row.description == other.description
}

/// Does the balance of a row follow from the one before it?
fn follows(before: &Transaction, row: &Transaction) -> bool {
    let (Some(last), Some(own)) = (before.balance, row.balance) else { return true };
    last.checked_add(row.amount) == Ok(own)
}

fn stands_alike(scene: &Scene<'_>, index: usize, row: &Transaction, twin: &Transaction) -> bool {
    let of = |seq: u32| {
        let key = |figure: &Figure<'_>| (figure.statement, figure.row.seq);
        let first = scene.figures.partition_point(|figure| key(figure) < (index, seq));
        scene.figures.get(first).map(|figure| scene.row_of(figure)).unwrap_or_default()
    };
    let (own, other) = (of(row.seq), of(twin.seq));
    let near = |a: f64, b: f64| (a - b).abs() <= SAME_PLACE_PT;
    let pairs = own.iter().filter_map(|f| Some((f, other.iter().find(|o| o.role == f.role)?)));
    let mut money = pairs.filter(|(figure, _)| !figure.role.is_date()).peekable();
    money.peek().is_some()
        && money.all(|(a, b)| {
            near(a.bounds.x0, b.bounds.x0) && near(a.bounds.x1, b.bounds.x1) && a.text == b.text
        })
}
