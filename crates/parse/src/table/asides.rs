//! Columns that say more of a row than its money: whether it is booked, and what it was in another currency.

use super::dialect::Cell;
use crate::draft::{Original, RowDraft};
use crate::lexicon::{self, Role, State, fold};
use smartexus_domain::{AmountToken, Currency};

/// What such a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    State,
    /// `true` where the row is pending.
    IsPending,
    OriginalAmount,
    OriginalCurrency,
    Rate,
}

const ORIGINAL_AMOUNTS: &str = "original amount|foreign amount|foreign currency amount|amount in foreign currency|amount foreign currency|\
    transaction amount in foreign currency|local amount|source amount|fremdwahrungsbetrag|betrag in fremdwahrung|originalbetrag|\
    ursprungsbetrag|montant devise|montant en devise|montant d origine|importe original|importe en divisa|importe divisa|\
    importo originale|importo in valuta|oorspronkelijk bedrag|bedrag in vreemde valuta|montante original|valor original";
const ORIGINAL_CURRENCIES: &str = "original currency|foreign currency|local currency|source currency|currency of original amount|\
    fremdwahrung|originalwahrung|ursprungswahrung|devise d origine|devise origine|divisa original|moneda original|valuta originale|\
    oorspronkelijke valuta|vreemde valuta|moeda original";
const RATES: &str = "exchange rate|fx rate|conversion rate|currency rate|rate|wechselkurs|umrechnungskurs|kurs|devisenkurs|taux de change|\
    cours de change|tipo de cambio|cambio|tasso di cambio|wisselkoers|koers|taxa de cambio";

/// What each column of a heading says besides; nothing of the columns that the heading's roles need.
pub(super) fn of_heading(record: &[Cell]) -> Vec<Option<Aside>> {
    let is_one = |list: &str, cell: &str| list.split('|').any(|word| word.trim() == cell);
    let aside = |cell: &Cell| match fold(cell).as_str() {
        "pending" | "is pending" => Some(Aside::IsPending),
        cell if lexicon::names_state(cell) => Some(Aside::State),
        cell if is_one(ORIGINAL_AMOUNTS, cell) => Some(Aside::OriginalAmount),
        cell if is_one(ORIGINAL_CURRENCIES, cell) => Some(Aside::OriginalCurrency),
        cell if is_one(RATES, cell) => Some(Aside::Rate),
        _ => None,
    };
    record.iter().map(aside).collect()
}

/// Takes the role of a column whose heading says something else, if another column has that role too.
pub(super) fn free_roles(roles: &mut [Role], asides: &[Option<Aside>]) {
    for (index, _) in asides.iter().enumerate().filter(|(_, aside)| aside.is_some()) {
        let Some(role) = roles.get(index).copied() else { continue };
        let is_money = |role: Role| matches!(role, Role::Amount | Role::In | Role::Out);
        let serves = |(other, held): (usize, &Role)| {
            other != index
                && asides.get(other).copied().flatten().is_none()
                && (*held == role || is_money(*held) && is_money(role))
        };
        let needed = role.is_money() || role.is_date() || role == Role::Description;
        let is_free = !needed || roles.iter().enumerate().any(serves);
        if let Some(role) = roles.get_mut(index).filter(|_| is_free) {
            *role = Role::Other;
        }
    }
}

/// Whether the record has moved money. A date that is the word for pending says so too.
pub(super) fn state(record: &[Cell], roles: &[Role], asides: &[Option<Aside>]) -> State {
    let cells = record.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let says = |(index, cell): (usize, &Cell)| match asides.get(index).copied().flatten() {
        Some(Aside::State) => lexicon::state(&fold(cell)).filter(|state| *state != State::Booked),
        Some(Aside::IsPending) => matches!(fold(cell).as_str(), "true" | "yes" | "y" | "1" | "pending" | "x")
            .then_some(State::Pending),
        Some(Aside::OriginalAmount | Aside::OriginalCurrency | Aside::Rate) => None,
        None if roles.get(index).is_some_and(|role| role.is_date()) && !begins_with_digit(cell) => {
            lexicon::state(&fold(cell)).filter(|state| *state == State::Pending)
        }
        None => None,
    };
    cells.into_iter().find_map(says).unwrap_or(State::Booked)
}

/// As days do, and no word.
fn begins_with_digit(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
}

/// Gives the row what its columns say besides.
pub(super) fn fill(row: &mut RowDraft, record: &[Cell], asides: &[Option<Aside>]) {
    let mut original = Original::default();
    for (cell, aside) in record.iter().zip(asides).filter(|(cell, _)| !cell.is_empty()) {
        match aside {
            Some(Aside::OriginalAmount) => {
                original.amount = AmountToken::read(cell);
                let mut words = cell.split(' ').filter(|word| word.len() == 3);
                original.currency = original.currency.or_else(|| words.find_map(Currency::from_code));
            }
            Some(Aside::OriginalCurrency) => {
                original.currency = Currency::from_code(cell).filter(Currency::is_known);
            }
            Some(Aside::Rate) => original.rate = Some(cell.to_string()),
            Some(Aside::State | Aside::IsPending) | None => {}
        }
    }
    if original.currency.is_some() {
        row.original = Some(Box::new(original));
    }
}
