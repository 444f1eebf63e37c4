//! The kinds of answers: how wide they are, and which fields take them.

use super::phrases::Country;
use super::style::{Placement, Style};
use crate::random::Random;

const ENTITIES: [&str; 5] = ["Corporation", "LLC", "Partnership", "Sole proprietorship", "Non-profit"];
const ENTITIES_ELSEWHERE: [&str; 4] = ["Limited company", "Partnership", "Sole trader", "Trust"];
const HOUSING: [&str; 3] = ["Own", "Rent", "Other"];
const MARITAL: [&str; 3] = ["Married", "Unmarried", "Separated"];
const ACCOUNTS: [&str; 2] = ["Checking", "Savings"];
const LOANS: [&str; 3] = ["Term loan", "Line of credit", "Other"];
const OCCUPANCY: [&str; 3] = ["Primary residence", "Second home", "Investment"];
const CONDITIONS: [&str; 2] = ["New", "Used"];
const YES_NO: [&str; 2] = ["Yes", "No"];

/// The names of states of buttons.
pub(super) const STATES: [&str; 5] = ["1", "2", "3", "4", "5"];

/// What stands beside a label.
#[derive(Debug, Clone)]
pub(super) enum Widget {
    /// Most characters, if it says so.
    Text(Option<i32>),
    Comb(i32),
    Multiline,
    Combo(&'static [&'static str]),
    Radio(&'static [&'static str]),
    Tick,
    Signature,
    /// Several boxes: characters of each, what stands before each, caption under each.
    Split(&'static [Piece]),
}

/// One box of a split answer.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) characters: i32,
    pub(super) before: &'static str,
    pub(super) caption: &'static str,
}

const fn piece(characters: i32, before: &'static str, caption: &'static str) -> Piece {
    Piece { characters, before, caption }
}

static DAY: [Piece; 3] = [piece(2, "", "DD"), piece(2, "/", "MM"), piece(4, "/", "YYYY")];
static DAY_AMERICAN: [Piece; 3] = [piece(2, "", "MM"), piece(2, "/", "DD"), piece(4, "/", "YYYY")];
static PHONE: [Piece; 2] = [piece(3, "(", ""), piece(8, ")", "")];
static SSN: [Piece; 3] = [piece(3, "", ""), piece(2, "-", ""), piece(4, "-", "")];
static EIN: [Piece; 2] = [piece(2, "", ""), piece(7, "-", "")];

/// Draws the field of a kind of answer. `in_table` has no room for more than one box.
pub(super) fn draw(shape: &str, style: &Style, in_table: bool, random: &mut Random) -> Widget {
    let can_split = !in_table && !matches!(style.placement, Placement::Inside | Placement::Below);
    let is_split = can_split && random.chance(style.split_percent);
    let is_comb = style.combs && !in_table && random.chance(70);
    let is_american = style.country == Country::UnitedStates;
    let limited = |most: i32, random: &mut Random| Widget::Text(random.chance(25).then_some(most));
    let (kind, detail) = shape.split_once(' ').unwrap_or((shape, ""));
    match kind {
        "date" if is_split && is_american => Widget::Split(&DAY_AMERICAN),
        "date" if is_split => Widget::Split(&DAY),
        "date" => limited(10, random),
        "phone" if is_split && is_american => Widget::Split(&PHONE),
        "phone" => limited(14, random),
        "ssn" if is_split => Widget::Split(&SSN),
        "ein" if is_split => Widget::Split(&EIN),
        "ssn" | "ein" if is_comb => Widget::Comb(9),
        "ssn" => limited(11, random),
        "ein" => limited(10, random),
        "zip" if is_comb && is_american => Widget::Comb(5),
        "zip" => limited(10, random),
        "state" if is_american => limited(2, random),
        "comb" if is_comb => Widget::Comb(detail.parse().unwrap_or(6)),
        "int" => limited(4, random),
        "choice" if in_table => Widget::Text(None),
        "choice" => choice(options(detail, is_american), random),
        "yesno" => Widget::Radio(&YES_NO),
        "tick" => Widget::Tick,
        "sign" if random.chance(50) => Widget::Signature,
        "wide" if style.placement == Placement::Above && random.chance(20) => Widget::Multiline,
        _ => Widget::Text(None),
    }
}

fn choice(options: &'static [&'static str], random: &mut Random) -> Widget {
    match random.between(1, 10) {
        1..=4 => Widget::Combo(options),
        5..=7 => Widget::Radio(options),
        _ => Widget::Text(None),
    }
}

fn options(of: &str, is_american: bool) -> &'static [&'static str] {
    match of {
        "entity" if is_american => &ENTITIES,
        "entity" => &ENTITIES_ELSEWHERE,
        "housing" => &HOUSING,
        "marital" => &MARITAL,
        "account" => &ACCOUNTS,
        "loan" => &LOANS,
        "occupancy" => &OCCUPANCY,
        _ => &CONDITIONS,
    }
}

/// The width that an answer wants, in points.
pub(super) fn width(shape: &str, widget: &Widget) -> f32 {
    if let Widget::Split(pieces) = widget {
        return pieces.iter().map(piece_width).sum();
    }
    if let Widget::Radio(options) = widget {
        return options.iter().map(|option| option_width(option)).sum();
    }
    let wanted: f32 = match shape.split(' ').next().unwrap_or(shape) {
        "state" | "int" | "pct" => 44.0,
        "zip" => 64.0,
        "date" | "comb" => 84.0,
        "money" | "ein" => 96.0,
        "ssn" => 104.0,
        "phone" => 112.0,
        "email" | "sign" => 180.0,
        "wide" => 330.0,
        _ => 150.0,
    };
    if let Widget::Comb(cells) = widget {
        let cells = f32::from(u8::try_from(*cells).unwrap_or(9));
        return wanted.max(cells * 12.0);
    }
    wanted
}

/// A box and what stands before it.
pub(super) fn piece_width(piece: &Piece) -> f32 {
    8.0 + box_width(piece)
}

/// The box of a piece alone.
pub(super) fn box_width(piece: &Piece) -> f32 {
    f32::from(u8::try_from(piece.characters).unwrap_or(2)) * 9.0 + 4.0
}

/// A button and its label.
pub(super) fn option_width(option: &str) -> f32 {
    26.0 + text_width(option, 8.0, false)
}

/// The width of words.
pub(super) fn text_width(text: &str, size: f32, bold: bool) -> f32 {
    use crate::font::{Face, Family};
    let face = if bold { Face::Bold } else { Face::Regular };
    text.chars().map(|c| Family::Helvetica.advance(face, c)).sum::<f32>() * size / 1000.0
}
