//! Drawing the axes of a seed: only combinations that a bank prints and a person can read.

use super::axes::{
    Again, Axes, Columns, DateShow, Direction, Ends, Extras, HeadAlign, Length, Letterhead, Marks, MoneyLine,
    Notice, Order, Overdrawn, Paint, PeriodStyle, Place, Product, Wrap,
};
use super::calendar::Days;
use super::country::{COUNTRIES, Country};
use super::figure::{Figures, Mark};
use super::voice::voice;
use crate::canvas::Strokes;
use crate::font::Family;
use crate::notation::Digits;
use crate::pdf::Container;
use crate::random::Random;
use crate::truth::Balances;

/// One of the values, by weight.
fn weighed<T: Copy>(random: &mut Random, choices: &[(T, i64)]) -> T {
    let mut left = random.between(1, choices.iter().map(|(_, weight)| weight).sum());
    for (value, weight) in choices {
        left -= weight;
        if left <= 0 {
            return *value;
        }
    }
    choices[0].0
}

/// In tenths of a point.
fn tenths(random: &mut Random, low: i64, high: i64) -> f32 {
    f32::from(i16::try_from(random.between(low, high)).unwrap_or(80)) / 10.0
}

pub(crate) fn axes(random: &mut Random) -> Axes {
    let country = random.pick(&COUNTRIES);
    let product = weighed(
        random,
        &[
            (Product::Current, 50),
            (Product::Savings, 14),
            (Product::Business, 16),
            (Product::Card, 15),
            (Product::Loan, 5),
        ],
    );
    let mut axes = shell(country, product, random);
    look(&mut axes, random);
    surroundings(&mut axes, random);
    agree(&mut axes);
    axes
}

/// Some of those that print signs print colors instead. Drawn from numbers of their own.
pub(crate) fn in_colors(axes: &mut Axes, random: &mut Random) {
    let has_signs = matches!(
        axes.direction,
        Direction::Minus | Direction::PlusMinus | Direction::TrailingMinus | Direction::TrailingPlusMinus
    );
    if has_signs && !axes.line_printer && random.chance(14) {
        let is_card = axes.product == Product::Card;
        axes.direction = match random.between(0, 2) {
            0 if !is_card => Direction::RedOut,
            1 if !is_card => Direction::RedAndGreen,
            _ => Direction::GreenIn,
        };
    }
}

/// The figures and the table.
fn shell(country: &'static Country, product: Product, random: &mut Random) -> Axes {
    let direction = direction(country, product, random);
    let family = family(country, random);
    let mut digits = *random.pick(country.digits);
    // Only the embedded subset has the narrow space.
    if digits == Digits::FrenchNarrow && family != Family::Dejavu {
        digits = Digits::French;
    }
    let length =
        weighed(random, &[(Length::Empty, 2), (Length::Few, 16), (Length::Month, 52), (Length::Long, 30)]);
    let balances = balances(product, direction, random);
    let accounts = if matches!(product, Product::Current | Product::Savings) && random.chance(16) {
        usize::try_from(random.between(2, 3)).unwrap_or(2)
    } else {
        1
    };
    let is_apart = random.chance(60);
    let symbol = if country.currency == "INR" && family == Family::Dejavu { "₹" } else { country.symbol };
    Axes {
        country,
        product,
        accounts,
        length,
        order: weighed(random, &[(Order::Oldest, 78), (Order::Newest, 22)]),
        direction,
        in_first: random.chance(25),
        out_first: random.chance(30),
        checks: random.chance(60),
        dated_ends: random.chance(50),
        balances,
        overdrawn: overdrawn(country, product, direction, random),
        ends: weighed(random, &[(Ends::Both, 88), (Ends::Closing, 5), (Ends::None, 7)]),
        place: *random.pick(&[
            Place::Box,
            Place::Strip,
            Place::Lines,
            Place::Below,
            Place::Table,
            Place::Table,
            Place::TableAndBox,
        ]),
        totals: random.chance(55),
        total_row: random.chance(22),
        counts: random.chance(22),
        days: *random.pick(country.days),
        date_show: weighed(random, &[(DateShow::Every, 72), (DateShow::Once, 19), (DateShow::Heading, 9)]),
        value_column: random.chance(28),
        kind_column: random.chance(20),
        reference_column: random.chance(16),
        columns: weighed(
            random,
            &[
                (Columns::TextFirst, 70),
                (Columns::ValueLast, 14),
                (Columns::AmountFirst, 9),
                (Columns::TextThenDate, 7),
            ],
        ),
        family,
        size: tenths(random, 65, 105),
        pitch: tenths(random, 11, 14),
        gap: tenths(random, 70, 180),
        margin: tenths(random, 340, 620),
        paint: weighed(
            random,
            &[(Paint::Plain, 48), (Paint::Ruled, 24), (Paint::Zebra, 16), (Paint::Boxed, 12)],
        ),
        letterhead: *random.pick(&[
            Letterhead::Left,
            Letterhead::Left,
            Letterhead::Right,
            Letterhead::Centre,
        ]),
        landscape: random.chance(8),
        turned: random.chance(5),
        two_line_heads: random.chance(22),
        head_align: weighed(
            random,
            &[(HeadAlign::Figures, 70), (HeadAlign::Left, 15), (HeadAlign::Centre, 15)],
        ),
        left_figures: random.chance(7),
        hanging: random.chance(50),
        strokes: *random.pick(&[
            Strokes::Strings,
            Strokes::Words,
            Strokes::Kerned,
            Strokes::Glyphs,
            Strokes::Gaps,
        ]),
        line_printer: random.chance(40),
        container: *random.pick(&[Container::Table, Container::Streams]),
        money_line: MoneyLine::First,
        wrap: weighed(random, &[(Wrap::Natural, 70), (Wrap::Narrow, 30)]),
        capitals: random.chance(35),
        carry: random.chance(35),
        heads_repeat: random.chance(88),
        more: random.chance(25),
        again: Again::None,
        notice: Notice::None,
        period: PeriodStyle::Words,
        extras: Extras::default(),
        figures: Figures { digits, symbol, code: country.currency, is_apart },
        currency_line: random.chance(30),
        mark: Mark::None,
        marks: Marks::None,
        voice: voice(country.tongue, product, direction, random),
    }
}

fn family(country: &Country, random: &mut Random) -> Family {
    let choices = [(Family::Helvetica, 45), (Family::Times, 15), (Family::Courier, 18), (Family::Dejavu, 22)];
    let family = weighed(random, &choices);
    if family == Family::Dejavu && !country.fits_subset() { Family::Helvetica } else { family }
}

fn direction(country: &Country, product: Product, random: &mut Random) -> Direction {
    if product == Product::Loan {
        return Direction::TwoColumns;
    }
    let two = if product == Product::Card { 20 } else { 45 };
    let english = if country.tongue.code == "en" { 6 } else { 0 };
    let german = if country.tongue.code == "de" { 14 } else { 0 };
    let card = if product == Product::Card { 25 } else { 0 };
    weighed(
        random,
        &[
            (Direction::TwoColumns, two),
            (Direction::Minus, 22),
            (Direction::PlusMinus, if card > 0 { 0 } else { 6 }),
            (Direction::TrailingMinus, 5),
            (Direction::TrailingPlusMinus, if card > 0 { 0 } else { 5 }),
            (Direction::Parentheses, english),
            (Direction::Cr, card),
            (Direction::CrDr, english),
            (Direction::HabenSoll, german),
            (Direction::SignColumn, 5),
            (Direction::Sections, 10),
        ],
    )
}

fn balances(product: Product, direction: Direction, random: &mut Random) -> Balances {
    if direction == Direction::Sections || product == Product::Card {
        return Balances::None;
    }
    weighed(random, &[(Balances::Every, 62), (Balances::DayEnd, 16), (Balances::None, 22)])
}

/// The balance is marked as the amounts are, or as the country does it.
fn overdrawn(country: &Country, product: Product, direction: Direction, random: &mut Random) -> Overdrawn {
    if product == Product::Loan {
        return *random.pick(&[Overdrawn::Dr, Overdrawn::Minus, Overdrawn::CrDr]);
    }
    match direction {
        Direction::TrailingMinus => Overdrawn::TrailingMinus,
        Direction::TrailingPlusMinus => Overdrawn::TrailingPlusMinus,
        Direction::Parentheses => Overdrawn::Parentheses,
        Direction::CrDr => Overdrawn::CrDr,
        Direction::HabenSoll => Overdrawn::HabenSoll,
        Direction::TwoColumns | Direction::Sections | Direction::SignColumn if product != Product::Card => {
            match country.tongue.code {
                "en" => *random.pick(&[
                    Overdrawn::Minus,
                    Overdrawn::Od,
                    Overdrawn::Dr,
                    Overdrawn::CrDr,
                    Overdrawn::TrailingMinus,
                    Overdrawn::Parentheses,
                ]),
                "de" => *random.pick(&[
                    Overdrawn::Minus,
                    Overdrawn::TrailingMinus,
                    Overdrawn::HabenSoll,
                    Overdrawn::TrailingPlusMinus,
                ]),
                _ => *random.pick(&[Overdrawn::Minus, Overdrawn::Minus, Overdrawn::TrailingMinus]),
            }
        }
        Direction::TwoColumns
        | Direction::Sections
        | Direction::SignColumn
        | Direction::Minus
        | Direction::PlusMinus
        | Direction::RedOut
        | Direction::GreenIn
        | Direction::RedAndGreen
        | Direction::Cr => Overdrawn::Minus,
    }
}

/// What stands on the lines of the table, and around it.
fn look(axes: &mut Axes, random: &mut Random) {
    axes.money_line =
        weighed(random, &[(MoneyLine::First, 76), (MoneyLine::Last, 14), (MoneyLine::Middle, 10)]);
    let after = matches!(axes.country.tongue.code, "de" | "fr" | "es" | "it" | "pt");
    axes.mark = weighed(
        random,
        &[
            (Mark::SymbolBefore, if after { 5 } else { 60 }),
            (Mark::SymbolAfter, if after { 55 } else { 2 }),
            (Mark::CodeBefore, 12),
            (Mark::CodeAfter, 20),
        ],
    );
    axes.marks = weighed(random, &[(Marks::None, 35), (Marks::Ends, 40), (Marks::All, 25)]);
    axes.period =
        weighed(random, &[(PeriodStyle::Words, 48), (PeriodStyle::Numeric, 46), (PeriodStyle::None, 6)]);
}

fn surroundings(axes: &mut Axes, random: &mut Random) {
    axes.again = *random.pick(&[Again::Full, Again::Short, Again::Short, Again::None]);
    axes.notice = weighed(random, &[(Notice::None, 66), (Notice::Between, 18), (Notice::Before, 16)]);
    axes.extras = Extras {
        fees: random.chance(18),
        rates: random.chance(16),
        daily: random.chance(30),
        overview: random.chance(60),
    };
}

/// Takes back what does not go together.
fn agree(axes: &mut Axes) {
    if axes.length == Length::Empty && axes.ends == Ends::None {
        axes.ends = Ends::Both;
    }
    if axes.is_liability() {
        axes.ends = Ends::Both;
    }
    if axes.product == Product::Card {
        axes.counts = false;
        axes.kind_column = false;
        axes.date_show = DateShow::Every;
        // What is owed is told by the summary's words: rows of a table would not say it.
        axes.place = if axes.place == Place::Strip { Place::Strip } else { Place::Box };
    }
    if axes.direction == Direction::Sections {
        axes.order = Order::Oldest;
        axes.date_show = DateShow::Every;
        axes.total_row = false;
        if matches!(axes.place, Place::Table | Place::TableAndBox | Place::Below) {
            axes.place = Place::Box;
        }
    }
    axes.checks &=
        axes.direction == Direction::Sections && !axes.is_liability() && axes.country.tongue.code == "en";
    axes.out_first &= axes.direction == Direction::Sections;
    axes.extras.daily &= axes.direction == Direction::Sections && axes.product != Product::Card;
    if axes.order == Order::Newest || axes.date_show == DateShow::Heading {
        axes.value_column &= axes.date_show != DateShow::Heading;
        axes.balances = if axes.balances == Balances::DayEnd { Balances::Every } else { axes.balances };
    }
    if axes.order == Order::Newest || axes.balances == Balances::None {
        axes.carry = false;
    }
    if axes.direction != Direction::TwoColumns {
        axes.total_row = false;
        axes.in_first = false;
    }
    axes.kind_column &= axes.direction != Direction::SignColumn;
    axes.currency_line |= !tells_currency(axes);
    table(axes);
    line_printer(axes);
    days(axes);
}

fn table(axes: &mut Axes) {
    let by_heading = axes.date_show == DateShow::Heading;
    if by_heading || axes.direction == Direction::TwoColumns && axes.columns == Columns::AmountFirst {
        axes.columns = Columns::TextFirst;
    }
    if axes.date_show == DateShow::Once && axes.columns == Columns::TextThenDate {
        axes.date_show = DateShow::Every;
    }
    axes.value_column |= axes.columns == Columns::ValueLast;
    if axes.columns == Columns::AmountFirst && matches!(axes.place, Place::Table | Place::TableAndBox) {
        axes.place = Place::Lines;
    }
    // Without lines between the rows nobody could tell whose text stands above the figures.
    if axes.money_line == MoneyLine::Middle && axes.paint == Paint::Plain {
        axes.paint = Paint::Ruled;
    }
    if axes.columns == Columns::AmountFirst && axes.money_line == MoneyLine::Last {
        axes.money_line = MoneyLine::First;
    }
    if by_heading && axes.money_line != MoneyLine::First {
        axes.money_line = MoneyLine::First;
    }
    axes.left_figures &= axes.direction != Direction::TwoColumns;
    axes.hanging &= !axes.left_figures;
    if matches!(axes.place, Place::Table) && axes.ends == Ends::Closing {
        axes.place = Place::Lines;
    }
    axes.totals &= axes.ends == Ends::Both;
    axes.counts &= axes.totals;
    axes.extras.overview &= axes.accounts > 1 && axes.ends == Ends::Both;
    axes.turned &= axes.landscape;
}

/// A line printer knows one letter in one size, and its columns are characters.
fn line_printer(axes: &mut Axes) {
    axes.line_printer &= axes.family == Family::Courier && axes.direction != Direction::Sections;
    if axes.line_printer {
        axes.money_line =
            if axes.money_line == MoneyLine::Middle { MoneyLine::First } else { axes.money_line };
        axes.paint = if axes.paint == Paint::Boxed { Paint::Plain } else { axes.paint };
        axes.head_align = HeadAlign::Figures;
        axes.strokes = if axes.strokes == Strokes::Kerned { Strokes::Gaps } else { axes.strokes };
    }
}

/// Whether a figure or the account's number says which money it is.
fn tells_currency(axes: &Axes) -> bool {
    let by_mark = match axes.mark {
        _ if axes.marks == Marks::None || axes.marks == Marks::Ends && axes.ends == Ends::None => false,
        Mark::None => false,
        Mark::CodeBefore | Mark::CodeAfter => true,
        Mark::SymbolBefore | Mark::SymbolAfter => {
            matches!(axes.figures.symbol, "€" | "£" | "₹") || axes.country.name == "US"
        }
    };
    by_mark || axes.country.has_iban() && axes.product != Product::Card
}

/// A day must be told from what is printed.
fn days(axes: &mut Axes) {
    if axes.period == PeriodStyle::None {
        axes.days = axes.days.with_year();
        // Both orders of day and month are usual there, and no period decides.
        if axes.country.name == "CA" && axes.days == Days::Us {
            axes.days = Days::Iso;
        }
        axes.voice.opening = axes.voice.row_opening.clone();
        axes.voice.closing = axes.voice.row_closing.clone();
        axes.dated_ends = false;
        if axes.length == Length::Empty {
            axes.period = PeriodStyle::Numeric;
        }
    }
    if axes.days == Days::Split && axes.columns == Columns::TextThenDate {
        axes.days = Days::Slash;
    }
}
