//! Accounts that the rows name and nobody sent (mission 5.14), with a request to the client.

use crate::exact::{printed_or_too_large, sum};
use crate::ledger::{Book, Row, RowIndex, code};
use crate::taxonomy::Flag;
use smartexus_domain::{Currency, MissingAccount};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves of transfers whose other side is the holder's own.
const OWN: [&str; 4] = ["tin.own_account", "tout.own_account", "tin.savings", "tout.savings"];
const UNNAMED: &str = "own account";

/// By the end of a number where the rows name one, else all that say "own" together.
pub(crate) fn missing_accounts(book: &Book<'_>) -> Vec<MissingAccount> {
    let own: BTreeSet<String> = book.accounts.iter().filter_map(|account| account.tail()).collect();
    let mut groups: BTreeMap<(String, Currency), Vec<RowIndex>> = BTreeMap::new();
    for account in &book.accounts {
        for (index, row) in book.rows_of(account).filter(|(_, row)| row.minor != 0 && !row.is_neutral()) {
            let Some(named) = named(book, row).filter(|named| !own.contains(named)) else { continue };
            groups.entry((named, account.currency)).or_default().push(index);
        }
    }
    groups.into_iter().filter_map(|((named, currency), rows)| missing(book, named, currency, &rows)).collect()
}

/// The end of the number, of rows that say transfer; `own account` of those that say whose.
fn named(book: &Book<'_>, row: &Row<'_>) -> Option<String> {
    let leaf = book.leaf(row)?;
    let tail = row.facts.tail.and_then(|digits| String::from_utf8(digits.to_vec()).ok());
    let is_own = OWN.contains(&leaf.id.as_str());
    if !is_own && !leaf.has(Flag::Transfer) {
        return None;
    }
    tail.or_else(|| is_own.then(|| UNNAMED.to_owned()))
}

fn missing(
    book: &Book<'_>,
    named: String,
    currency: Currency,
    indices: &[RowIndex],
) -> Option<MissingAccount> {
    let rows: Vec<&Row<'_>> = indices.iter().filter_map(|index| book.row(*index)).collect();
    let total = |is: &dyn Fn(&Row<'_>) -> bool| {
        let sum = sum(rows.iter().filter(|row| is(row)).map(|row| row.amount()));
        sum.map_or_else(|_| "too large".to_owned(), |sum| printed_or_too_large(sum, currency))
    };
    let (to, from) = (total(&|row| row.is_out()), total(&|row| row.is_in()));
    let first = rows.iter().map(|row| row.day).min()?.date();
    let last = rows.iter().map(|row| row.day).max()?.date();
    let which = if named == UNNAMED {
        "your other account".to_owned()
    } else {
        format!("the account ending {named}")
    };
    let request = format!(
        "Please send the statements of {which} from {first} to {last}: {} between it and the accounts we have, {to} to it and {from} from it.",
        match rows.len() {
            1 => "1 transfer went".to_owned(),
            count => format!("{count} transfers went"),
        }
    );
    Some(MissingAccount {
        named,
        currency: code(currency),
        total_to: to,
        total_from: from,
        first_on: first,
        last_on: last,
        request,
        rows: rows.iter().map(|row| row.id.to_owned()).collect(),
    })
}
