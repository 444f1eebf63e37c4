//! What structure says of rows beside their categories, by tag of the closed list.

use super::series::Recurring;
use crate::ledger::{Book, Row, RowIndex};
use smartexus_domain::TaggedRows;
use std::collections::{BTreeMap, BTreeSet};

/// Rows by tag. `noted` are those of large, round and unusual rows.
pub(crate) fn tagged(
    book: &Book<'_>,
    series: &[Recurring],
    noted: impl IntoIterator<Item = (&'static str, Vec<RowIndex>)>,
) -> Vec<TaggedRows> {
    let mut tags: BTreeMap<&str, BTreeSet<RowIndex>> = BTreeMap::new();
    let certain = series.iter().filter(|recurring| !recurring.series.is_possible);
    tags.entry("recurring").or_default().extend(certain.flat_map(|recurring| recurring.rows.iter().copied()));
    tags.entry("transfer_paired").or_default().extend(rows_that(book, |row| row.is_paired));
    tags.entry("reversed").or_default().extend(rows_that(book, |row| row.is_reversed));
    for (tag, rows) in noted {
        tags.entry(tag).or_default().extend(rows);
    }
    let filled = tags.into_iter().filter(|(_, rows)| !rows.is_empty());
    filled
        .map(|(tag, rows)| {
            let (rows, rows_left_out) = book.ids(rows);
            TaggedRows { tag: tag.to_owned(), rows, rows_left_out }
        })
        .collect()
}

fn rows_that(book: &Book<'_>, is: impl Fn(&Row<'_>) -> bool) -> Vec<RowIndex> {
    let all = book.accounts.iter().flat_map(|account| book.rows_of(account));
    all.filter(|(_, row)| is(row)).map(|(index, _)| index).collect()
}
