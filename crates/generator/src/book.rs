//! The book behind a statement: what really happened on an invented account, and the figures that get printed.

use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::Date;

/// One booked row. `amount` and `balance` are the *printed* figures: a tampering changes them after the fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) date: Date,
    pub(crate) value_date: Date,
    /// Lines of the description as printed.
    pub(crate) lines: Vec<String>,
    /// Minor units, signed from the holder's side.
    pub(crate) amount: i64,
    /// Running balance after this row, minor units.
    pub(crate) balance: i64,
    pub(crate) reference: Option<String>,
    pub(crate) check_number: Option<String>,
    /// Which section or type of the layout the row belongs to.
    pub(crate) section: Section,
}

/// What kind of movement a row is; layouts turn it into sections or type codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Deposit,
    Check,
    Card,
    Electronic,
    Fee,
    Interest,
}

impl Section {
    const ALL: [Self; 6] =
        [Self::Deposit, Self::Check, Self::Card, Self::Electronic, Self::Fee, Self::Interest];
}

/// Whose account, as printed. Empty text means: not printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Owner {
    pub(crate) institution: &'static str,
    pub(crate) holders: Vec<&'static str>,
    pub(crate) address: Vec<&'static str>,
    pub(crate) number: String,
    pub(crate) iban: String,
    pub(crate) bic: &'static str,
    pub(crate) sort_code: &'static str,
    pub(crate) routing_number: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) currency: &'static str,
}

/// One account over one period.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) owner: Owner,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) opening: i64,
    pub(crate) closing: i64,
    /// Money in, as printed in a total.
    pub(crate) credits: i64,
    /// Money out, as printed in a total: negative.
    pub(crate) debits: i64,
    /// Rows of money in and of money out, as printed in a count.
    pub(crate) counts: (usize, usize),
    /// Sum and rows of each section, as printed in a summary.
    pub(crate) sections: Vec<(Section, i64, usize)>,
    pub(crate) entries: Vec<Entry>,
}

/// One kind of movement in a country's statements.
pub(crate) struct Habit {
    /// Lines joined by `|`; `#` is a random digit, `@` a random letter, `%` month and day, `~` the check's number.
    pub(crate) text: &'static str,
    /// Range in minor units, signed.
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) section: Section,
}

/// A movement that happens on a fixed day of the period.
pub(crate) struct Fixed {
    /// Days after the start.
    pub(crate) day: i64,
    pub(crate) text: &'static str,
    pub(crate) amount: i64,
    pub(crate) section: Section,
}

/// From what a book is grown.
pub(crate) struct Plan {
    pub(crate) owner: Owner,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) opening: i64,
    /// Random rows beside the fixed ones.
    pub(crate) rows: usize,
    pub(crate) habits: &'static [Habit],
    pub(crate) fixed: &'static [Fixed],
}

impl Plan {
    /// Grows the book: random rows by the habits, the fixed ones on their days, all in order, balances settled.
    pub(crate) fn grow(self, random: &mut Random) -> Book {
        let days = i64::from((self.end - self.start).get_days());
        let mut drafts: Vec<(i64, String, i64, Section)> = self
            .fixed
            .iter()
            .map(|f| (f.day.clamp(0, days), f.text.to_owned(), f.amount, f.section))
            .collect();
        for _ in 0..self.rows {
            let habit = random.pick(self.habits);
            let amount = random.between(habit.low, habit.high);
            drafts.push((random.between(0, days), habit.text.to_owned(), amount, habit.section));
        }
        drafts.sort_by_key(|draft| draft.0);
        let mut check_number = random.between(1001, 4800);
        let mut entries = Vec::new();
        for (day, text, amount, section) in drafts {
            let date = self.start.saturating_add(day.days());
            let mut check = None;
            if section == Section::Check {
                check = Some(check_number.to_string());
                check_number += random.between(1, 3);
            }
            let value_date = if random.chance(30) { date.saturating_sub(1.day()) } else { date };
            entries.push(Entry {
                date,
                value_date,
                lines: fill(&text.replace('~', check.as_deref().unwrap_or_default()), date, random),
                amount,
                balance: 0,
                reference: None,
                check_number: check,
                section,
            });
        }
        Book {
            owner: self.owner,
            start: self.start,
            end: self.end,
            opening: self.opening,
            closing: 0,
            credits: 0,
            debits: 0,
            counts: (0, 0),
            sections: Vec::new(),
            entries,
        }
        .settled()
    }
}

fn fill(text: &str, date: Date, random: &mut Random) -> Vec<String> {
    text.split('|')
        .map(|line| {
            let mut out = String::new();
            for c in line.chars() {
                match c {
                    '#' => out.push_str(&random.digits(1)),
                    '@' => {
                        out.push(*random.pick(&['A', 'B', 'C', 'D', 'F', 'H', 'K', 'M', 'R', 'T', 'W', 'X']))
                    }
                    '%' => out.push_str(&format!("{:02}{:02}", date.month(), date.day())),
                    other => out.push(other),
                }
            }
            out
        })
        .collect()
}

impl Book {
    /// Computes every figure from the opening balance and the amounts.
    pub(crate) fn settled(mut self) -> Self {
        let mut balance = self.opening;
        for entry in &mut self.entries {
            balance += entry.amount;
            entry.balance = balance;
        }
        self.closing = balance;
        self.credits = self.sum(|amount| amount > 0);
        self.debits = self.sum(|amount| amount < 0);
        let rows_in = self.entries.iter().filter(|e| e.amount >= 0).count();
        self.counts = (rows_in, self.entries.len() - rows_in);
        self.sections = Section::ALL
            .into_iter()
            .map(|section| {
                let rows = self.entries.iter().filter(|e| e.section == section);
                (section, rows.clone().map(|e| e.amount).sum(), rows.count())
            })
            .collect();
        self
    }

    fn sum(&self, wanted: impl Fn(i64) -> bool) -> i64 {
        self.entries.iter().map(|e| e.amount).filter(|a| wanted(*a)).sum()
    }

    /// Sum of the rows of a section, as printed in a summary.
    pub(crate) fn section_sum(&self, section: Section) -> i64 {
        self.sections.iter().find(|(known, ..)| *known == section).map_or(0, |(_, sum, _)| *sum)
    }

    /// Number of rows of a section, as printed in a summary.
    pub(crate) fn section_count(&self, section: Section) -> usize {
        self.sections.iter().find(|(known, ..)| *known == section).map_or(0, |(.., count)| *count)
    }

    /// The rows of a section in order.
    pub(crate) fn section(&self, section: Section) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.section == section)
    }

    /// Whether this row is the last of its day.
    pub(crate) fn ends_day(&self, index: usize) -> bool {
        self.entries.get(index + 1).is_none_or(|next| next.date != self.entries[index].date)
    }
}
