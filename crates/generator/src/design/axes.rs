//! The axes in which statements differ: what a design may be.

use super::calendar::Days;
use super::country::Country;
use super::figure::{Figures, Mark, Sign};
use crate::book::{Entry, Section};
use crate::canvas::Strokes;
use crate::font::Family;
use crate::pdf::Container;
use crate::truth::Balances;

/// Declares an axis whose values have names.
macro_rules! axis {
    ($(#[$doc:meta])* $name:ident { $($value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($value),+ }

        impl $name {
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }

            #[cfg(test)]
            pub(crate) const NAMES: &'static [&'static str] = &[$($text),+];
        }
    };
}

axis!(Product { Current = "current", Savings = "savings", Business = "business", Card = "card", Loan = "loan" });
axis!(Length { Empty = "0 rows", Few = "1-8 rows", Month = "9-35 rows", Long = "36-120 rows" });
axis!(Order { Oldest = "oldest first", Newest = "newest first" });
axis!(
    /// How the direction of an amount is shown.
    Direction {
        TwoColumns = "two columns",
        Minus = "leading minus",
        PlusMinus = "plus and minus",
        TrailingMinus = "trailing minus",
        TrailingPlusMinus = "trailing plus and minus",
        Parentheses = "parentheses",
        Cr = "CR behind credits",
        CrDr = "CR and DR behind",
        HabenSoll = "H and S behind",
        SignColumn = "a column for the sign",
        Sections = "section headings",
        RedOut = "money out in red",
        GreenIn = "money in in green",
        RedAndGreen = "red and green",
    }
);
axis!(
    /// How a balance below nothing is marked.
    Overdrawn {
        Minus = "minus",
        TrailingMinus = "trailing minus",
        TrailingPlusMinus = "trailing plus and minus",
        Parentheses = "parentheses",
        Od = "OD",
        Dr = "DR",
        CrDr = "CR and DR",
        HabenSoll = "H and S",
    }
);
axis!(Ends { Both = "both ends", Closing = "closing only", None = "no ends" });
axis!(
    /// Where the ends are printed.
    Place {
        Box = "box beside the address",
        Strip = "strip of labels over values",
        Lines = "lines above the table",
        Below = "lines around the table",
        Table = "rows of the table",
        TableAndBox = "rows of the table and box",
    }
);
axis!(DateShow { Every = "on every row", Once = "once a day", Heading = "heading over the day" });
axis!(
    /// Order of the columns.
    Columns {
        TextFirst = "date, text, money",
        ValueLast = "date, text, value date, money",
        AmountFirst = "date, money, text",
        TextThenDate = "text, date, money",
    }
);
axis!(Paint { Plain = "plain", Ruled = "ruled", Zebra = "zebra", Boxed = "boxed" });
axis!(Letterhead { Left = "left", Right = "right", Centre = "centre" });
axis!(HeadAlign { Figures = "as the figures", Left = "left", Centre = "centred" });
axis!(MoneyLine { First = "first line", Last = "last line", Middle = "middle" });
axis!(Wrap { Natural = "as written", Narrow = "narrow column" });
axis!(PeriodStyle { Words = "in words", Numeric = "numeric", None = "not printed" });
axis!(Again { Full = "full letterhead", Short = "one line", None = "nothing" });
axis!(Notice { None = "none", Between = "notice between rows", Before = "notice above the table" });
axis!(Marks { None = "none", Ends = "on ends only", All = "on every figure" });

/// Boxes and lists around the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Extras {
    pub(crate) fees: bool,
    pub(crate) rates: bool,
    pub(crate) daily: bool,
    pub(crate) overview: bool,
}

/// The wordings that one bank uses.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub(crate) date: String,
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) out: String,
    pub(crate) into: String,
    pub(crate) amount: String,
    pub(crate) balance: String,
    pub(crate) kind: String,
    pub(crate) reference: String,
    pub(crate) sign: String,
    /// `{}` may hold a day.
    pub(crate) opening: String,
    pub(crate) closing: String,
    pub(crate) row_opening: String,
    pub(crate) row_closing: String,
    pub(crate) brought: String,
    pub(crate) carried: String,
    pub(crate) total_out: String,
    pub(crate) total_in: String,
    pub(crate) total: String,
    pub(crate) section_out: String,
    pub(crate) section_in: String,
    pub(crate) title: String,
    pub(crate) period: String,
    pub(crate) number: String,
    pub(crate) summary: String,
    pub(crate) page: String,
    pub(crate) legal: String,
    pub(crate) notice: &'static [&'static str],
    /// What a sign column says of money out and in.
    pub(crate) sign_out: &'static str,
    pub(crate) sign_in: &'static str,
}

/// Everything that was drawn for a document.
pub(crate) struct Axes {
    pub(crate) country: &'static Country,
    pub(crate) product: Product,
    pub(crate) accounts: usize,
    pub(crate) length: Length,
    pub(crate) order: Order,
    pub(crate) direction: Direction,
    pub(crate) in_first: bool,
    /// The section of money out stands before that of money in.
    pub(crate) out_first: bool,
    /// Checks stand in a list of their own.
    pub(crate) checks: bool,
    /// Ends that are rows have a day.
    pub(crate) dated_ends: bool,
    pub(crate) balances: Balances,
    pub(crate) overdrawn: Overdrawn,
    pub(crate) ends: Ends,
    pub(crate) place: Place,
    pub(crate) totals: bool,
    pub(crate) total_row: bool,
    pub(crate) counts: bool,
    pub(crate) days: Days,
    pub(crate) date_show: DateShow,
    pub(crate) value_column: bool,
    pub(crate) kind_column: bool,
    pub(crate) reference_column: bool,
    pub(crate) columns: Columns,
    pub(crate) family: Family,
    pub(crate) size: f32,
    pub(crate) pitch: f32,
    pub(crate) gap: f32,
    pub(crate) margin: f32,
    pub(crate) paint: Paint,
    pub(crate) letterhead: Letterhead,
    pub(crate) landscape: bool,
    pub(crate) turned: bool,
    pub(crate) two_line_heads: bool,
    pub(crate) head_align: HeadAlign,
    pub(crate) left_figures: bool,
    pub(crate) hanging: bool,
    pub(crate) strokes: Strokes,
    /// One string for each line of the table, padded with spaces.
    pub(crate) line_printer: bool,
    pub(crate) container: Container,
    pub(crate) money_line: MoneyLine,
    pub(crate) wrap: Wrap,
    pub(crate) capitals: bool,
    pub(crate) carry: bool,
    pub(crate) heads_repeat: bool,
    pub(crate) more: bool,
    pub(crate) again: Again,
    pub(crate) notice: Notice,
    pub(crate) period: PeriodStyle,
    pub(crate) extras: Extras,
    pub(crate) figures: Figures,
    /// The currency on a line of its own.
    pub(crate) currency_line: bool,
    pub(crate) mark: Mark,
    pub(crate) marks: Marks,
    pub(crate) voice: Voice,
}

const fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

impl Axes {
    pub(crate) const fn is_liability(&self) -> bool {
        matches!(self.product, Product::Card | Product::Loan)
    }

    /// Place of a row's section among the sections, in the order in which they are printed.
    pub(crate) fn section(&self, entry: &Entry) -> u8 {
        let out_first = self.out_first || self.product == Product::Card;
        match (entry.amount > 0, self.checks && entry.section == Section::Check) {
            (true, _) if out_first => 2,
            (true, _) => 0,
            (false, true) => u8::from(!out_first),
            (false, false) => 1 + u8::from(!out_first),
        }
    }

    /// The mark of an amount in a row.
    pub(crate) const fn row_mark(&self) -> Mark {
        if matches!(self.marks, Marks::All) { self.mark } else { Mark::None }
    }

    /// The mark of an end or a total outside the table.
    pub(crate) const fn end_mark(&self) -> Mark {
        if matches!(self.marks, Marks::None) { Mark::None } else { self.mark }
    }

    pub(crate) const fn amount_sign(&self) -> Sign {
        match self.direction {
            Direction::TwoColumns
            | Direction::SignColumn
            | Direction::Sections
            | Direction::RedOut
            | Direction::GreenIn
            | Direction::RedAndGreen => Sign::Unsigned,
            Direction::Minus => Sign::Minus,
            Direction::PlusMinus => Sign::PlusMinus,
            Direction::TrailingMinus => Sign::TrailingMinus,
            Direction::TrailingPlusMinus => Sign::TrailingPlusMinus,
            Direction::Parentheses => Sign::Parentheses,
            Direction::Cr => Sign::Cr,
            Direction::CrDr => Sign::CrDr,
            Direction::HabenSoll => Sign::HabenSoll,
        }
    }

    /// The color of an amount, where colors say its direction.
    pub(crate) const fn tint(&self, amount: i64) -> Option<[f32; 3]> {
        const RED: [f32; 3] = [0.78, 0.09, 0.12];
        const GREEN: [f32; 3] = [0.05, 0.5, 0.2];
        match (self.direction, amount < 0) {
            (Direction::RedOut | Direction::RedAndGreen, true) => Some(RED),
            (Direction::GreenIn | Direction::RedAndGreen, false) => Some(GREEN),
            _ => None,
        }
    }

    pub(crate) const fn balance_sign(&self) -> Sign {
        match self.overdrawn {
            Overdrawn::Minus => Sign::Minus,
            Overdrawn::TrailingMinus => Sign::TrailingMinus,
            Overdrawn::TrailingPlusMinus => Sign::TrailingPlusMinus,
            Overdrawn::Parentheses => Sign::Parentheses,
            Overdrawn::Od => Sign::Od,
            Overdrawn::Dr => Sign::Dr,
            Overdrawn::CrDr => Sign::CrDr,
            Overdrawn::HabenSoll => Sign::HabenSoll,
        }
    }

    /// Every axis and the value that was drawn.
    pub(crate) fn named(&self) -> Vec<(&'static str, &'static str)> {
        let digits = match self.figures.digits {
            crate::notation::Digits::English => "1,234.56",
            crate::notation::Digits::German => "1.234,56",
            crate::notation::Digits::French => "1 234,56",
            crate::notation::Digits::FrenchNarrow => "1 234,56 narrow",
            crate::notation::Digits::Indian => "12,34,567.89",
            crate::notation::Digits::Swiss => "1'234.56",
            crate::notation::Digits::Plain => "1234.56",
            crate::notation::Digits::Spaced => "1 234.56",
        };
        let mark = match (self.marks, self.mark) {
            (Marks::None, _) | (_, Mark::None) => "none",
            (_, Mark::SymbolBefore) => "symbol before",
            (_, Mark::SymbolAfter) => "symbol after",
            (_, Mark::CodeBefore) => "code before",
            (_, Mark::CodeAfter) => "code after",
        };
        vec![
            ("country", self.country.name),
            ("product", self.product.name()),
            ("accounts", if self.accounts > 1 { "several" } else { "one" }),
            ("length", self.length.name()),
            ("order", self.order.name()),
            ("direction", self.direction.name()),
            ("in column first", yes(self.in_first)),
            ("out section first", yes(self.out_first)),
            ("check list", yes(self.checks)),
            ("ends have a day", yes(self.dated_ends)),
            (
                "balances",
                match self.balances {
                    Balances::Every => "every row",
                    Balances::DayEnd => "once a day",
                    Balances::None => "none",
                },
            ),
            ("overdrawn", self.overdrawn.name()),
            ("ends", self.ends.name()),
            ("place of ends", self.place.name()),
            ("totals", yes(self.totals)),
            ("total row", yes(self.total_row)),
            ("counts", yes(self.counts)),
            ("days", if self.days.has_year() { "with year" } else { "no year" }),
            ("date", self.date_show.name()),
            ("value date column", yes(self.value_column)),
            ("type column", yes(self.kind_column)),
            ("reference column", yes(self.reference_column)),
            ("columns", self.columns.name()),
            (
                "font",
                match self.family {
                    Family::Helvetica => "Helvetica",
                    Family::Times => "Times",
                    Family::Courier => "Courier",
                    Family::Dejavu => "embedded subset",
                    Family::Dots => "dots",
                },
            ),
            ("paint", self.paint.name()),
            ("letterhead", self.letterhead.name()),
            ("landscape", yes(self.landscape)),
            ("turned", yes(self.turned)),
            ("headings on two lines", yes(self.two_line_heads)),
            ("headings", self.head_align.name()),
            ("figures left-aligned", yes(self.left_figures)),
            ("marks hang", yes(self.hanging)),
            ("line printer", yes(self.line_printer)),
            (
                "strokes",
                match self.strokes {
                    Strokes::Strings => "strings",
                    Strokes::Words => "words",
                    Strokes::Kerned => "kerned",
                    Strokes::Glyphs => "glyphs",
                    Strokes::Gaps => "gaps",
                },
            ),
            ("container", if self.container == Container::Table { "table" } else { "streams" }),
            ("money on", self.money_line.name()),
            ("text", self.wrap.name()),
            ("capitals", yes(self.capitals)),
            ("carried forward", yes(self.carry)),
            ("headings repeat", yes(self.heads_repeat)),
            ("continued", yes(self.more)),
            ("next pages", self.again.name()),
            ("notice", self.notice.name()),
            ("period", self.period.name()),
            ("fees box", yes(self.extras.fees)),
            ("rates table", yes(self.extras.rates)),
            ("daily balances", yes(self.extras.daily)),
            ("overview", yes(self.extras.overview)),
            ("currency line", yes(self.currency_line)),
            ("digits", digits),
            ("currency mark", mark),
            ("marks", self.marks.name()),
        ]
    }
}

#[cfg(test)]
impl Axes {
    /// The axes whose values are all declared here.
    pub(crate) const fn values() -> [(&'static str, &'static [&'static str]); 18] {
        [
            ("product", Product::NAMES),
            ("length", Length::NAMES),
            ("order", Order::NAMES),
            ("direction", Direction::NAMES),
            ("overdrawn", Overdrawn::NAMES),
            ("ends", Ends::NAMES),
            ("place of ends", Place::NAMES),
            ("date", DateShow::NAMES),
            ("columns", Columns::NAMES),
            ("paint", Paint::NAMES),
            ("letterhead", Letterhead::NAMES),
            ("headings", HeadAlign::NAMES),
            ("money on", MoneyLine::NAMES),
            ("text", Wrap::NAMES),
            ("period", PeriodStyle::NAMES),
            ("next pages", Again::NAMES),
            ("notice", Notice::NAMES),
            ("marks", Marks::NAMES),
        ]
    }
}
