//! The words of statements: one language a file, each with the wordings that banks there use for the same thing.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pt;

use crate::book::Section;

pub(crate) use de::GERMAN;
pub(crate) use en::ENGLISH;
pub(crate) use es::SPANISH;
pub(crate) use fr::FRENCH;
pub(crate) use it::ITALIAN;
pub(crate) use nl::DUTCH;
pub(crate) use pt::PORTUGUESE;

/// Wordings that mean the same.
pub(crate) type Same = &'static [&'static str];
/// Wordings of two things that belong together: money out and in, brought and carried forward.
pub(crate) type Pairs = &'static [(&'static str, &'static str)];

/// One kind of movement.
pub(crate) struct Tale {
    /// Short code of a type column.
    pub(crate) code: &'static str,
    /// Lines joined by `|`; `#` is a digit, `@` a letter, `%` day and month, `*` a firm, `&` a person, `$` a figure that
    /// looks like money and is none.
    pub(crate) text: &'static str,
    /// Range in minor units, signed.
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) section: Section,
}

/// Words of a card's summary.
pub(crate) struct CardWords {
    pub(crate) previous: Same,
    pub(crate) payments: Same,
    pub(crate) purchases: Same,
    pub(crate) new: Same,
    pub(crate) minimum: &'static str,
    pub(crate) limit: &'static str,
    /// Headings of two columns: charged, paid.
    pub(crate) columns: Pairs,
    /// Headings of two sections: charged, paid.
    pub(crate) sections: Pairs,
    pub(crate) title: Same,
}

/// A language.
pub(crate) struct Tongue {
    pub(crate) code: &'static str,
    pub(crate) date: Same,
    pub(crate) value: Same,
    pub(crate) text: Same,
    pub(crate) columns: Pairs,
    pub(crate) amount: Same,
    pub(crate) balance: Same,
    pub(crate) kind: Same,
    pub(crate) reference: Same,
    pub(crate) sign: Same,
    /// `{}` holds the day.
    pub(crate) ends: Pairs,
    /// The same without a day, for rows of a table.
    pub(crate) plain_ends: Pairs,
    pub(crate) carried: Pairs,
    pub(crate) totals: Pairs,
    pub(crate) total: Same,
    /// Headings of two sections: out, in.
    pub(crate) sections: Pairs,
    pub(crate) title: Same,
    pub(crate) savings: &'static str,
    pub(crate) business: &'static str,
    pub(crate) loan: &'static str,
    pub(crate) current: &'static str,
    /// `{}` twice: first and last day.
    pub(crate) period: Same,
    pub(crate) number: Same,
    pub(crate) summary: Same,
    pub(crate) currency: &'static str,
    pub(crate) overview: &'static str,
    /// `{n}` and `{t}`.
    pub(crate) page: Same,
    pub(crate) made_on: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) more: &'static str,
    pub(crate) items: &'static str,
    pub(crate) notices: &'static [&'static [&'static str]],
    pub(crate) legal: Same,
    pub(crate) fees: (&'static str, [&'static str; 3]),
    pub(crate) rates: (&'static str, [&'static str; 3]),
    pub(crate) months: [&'static str; 12],
    pub(crate) short_months: [&'static str; 12],
    pub(crate) weekdays: [&'static str; 7],
    pub(crate) tales: &'static [Tale],
    pub(crate) card_tales: &'static [Tale],
    pub(crate) loan_tales: &'static [Tale],
    pub(crate) card: CardWords,
}
