//! One printed figure or row made another, as a forger or a broken printer does.

use super::axes::{Axes, Ends};
use crate::book::Book;
use crate::random::Random;
use crate::truth::{Balances, Expect};

/// What was done.
pub(crate) struct Change {
    pub(crate) account: usize,
    pub(crate) what: String,
    pub(crate) expect: Expect,
}

/// Changes one thing of one account. Every other figure stays as it was.
pub(crate) fn apply(axes: &Axes, books: &mut [Book], random: &mut Random) -> Option<Change> {
    let account = usize::try_from(random.between(0, i64::try_from(books.len()).ok()? - 1)).ok()?;
    let book = books.get_mut(account)?;
    let way = *random.pick(&["amount", "amount", "sign", "drop", "double", "swap", "balance", "end"]);
    let row = match way {
        "end" => end(axes, book, random)?,
        "balance" if axes.balances == Balances::None => return None,
        _ if book.entries.is_empty() => return None,
        way => of_row(axes, book, way, random)?,
    };
    let is_proved = axes.ends == Ends::Both;
    let seq = row
        .filter(|index| axes.balances == Balances::Every && *index < book.entries.len())
        .and_then(|index| u32::try_from(index + 1).ok());
    let expect = if is_proved { Expect::broken(seq) } else { Expect::unproved() };
    let place = row.map_or_else(String::new, |index| format!(" of row {}", index + 1));
    Some(Change { account, what: format!("{way}{place}"), expect })
}

fn end(axes: &Axes, book: &mut Book, random: &mut Random) -> Option<Option<usize>> {
    if axes.ends == Ends::None {
        return None;
    }
    let end =
        if axes.ends == Ends::Both && random.chance(50) { &mut book.opening } else { &mut book.closing };
    *end = another(*end, random);
    Some(None)
}

fn of_row(axes: &Axes, book: &mut Book, way: &str, random: &mut Random) -> Option<Option<usize>> {
    let last = i64::try_from(book.entries.len()).ok()? - 1;
    let index = usize::try_from(random.between(0, last)).ok()?;
    match way {
        "amount" => book.entries[index].amount = another(book.entries[index].amount, random),
        "sign" => book.entries[index].amount = -book.entries[index].amount,
        "drop" => {
            book.entries.remove(index);
        }
        "double" => {
            let twin = book.entries[index].clone();
            book.entries.insert(index, twin);
        }
        "swap" => book.entries[index].amount = swapped(book.entries[index].amount)?,
        _ => {
            if axes.balances == Balances::DayEnd && !book.ends_day(index) {
                return None;
            }
            book.entries[index].balance = another(book.entries[index].balance, random);
        }
    }
    Some(Some(index))
}

/// The figure with one of its digits another; never nothing, and the sign stays.
fn another(minor: i64, random: &mut Random) -> i64 {
    let digits: Vec<char> = format!("{:03}", minor.unsigned_abs()).chars().collect();
    loop {
        let at =
            usize::try_from(random.between(0, i64::try_from(digits.len()).unwrap_or(3) - 1)).unwrap_or(0);
        let mut new = digits.clone();
        new[at] = *random.pick(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let value: i64 = new.iter().collect::<String>().parse().unwrap_or(0);
        if new != digits && value != 0 && new[0] != '0' {
            return if minor < 0 { -value } else { value };
        }
    }
}

/// Two neighboring digits that differ, exchanged.
fn swapped(minor: i64) -> Option<i64> {
    let mut digits: Vec<char> = minor.unsigned_abs().to_string().chars().collect();
    let at = (1..digits.len()).find(|at| digits[*at] != digits[at - 1] && (*at > 1 || digits[1] != '0'))?;
    digits.swap(at - 1, at);
    let value: i64 = digits.iter().collect::<String>().parse().ok()?;
    Some(if minor < 0 { -value } else { value })
}
