//! Pages of passports and sides of identity cards, with their machine-readable zones.

use super::brush::Brush;
use super::words::word;
use crate::canvas::Pen;
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use smartexus_domain::mrz_check_digit;

struct Person {
    surname: String,
    given: String,
    number: String,
    issuer: &'static str,
    sex: &'static str,
    born: Date,
    expires: Date,
}

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let layout =
        *random.pick(&["passport", "card of three lines", "card of two lines", "passport, labels beside"]);
    (brush.kind, brush.layout, brush.is_proved) = ("identity", layout, true);
    let person = person(brush, random);
    let is_passport = layout.starts_with("passport");
    let title = word(brush.style, if is_passport { "passport" } else { "card" });
    let left = brush.left();
    brush.step(1.0);
    brush.canvas.text(left, brush.y, Pen::bold(14.0), title);
    brush.step(2.0);
    let pairs = pairs(brush, &person);
    let middle = left + 260.0;
    brush.block(left, middle, &pairs);
    brush.step(3.0);
    let zone = match layout {
        "card of three lines" => td1(&person),
        "card of two lines" => two_lines("I", &person, 36),
        _ => two_lines("P", &person, 44),
    };
    // The zone is printed in letters of one width; ours are near enough where each stands for itself.
    let pen = Pen::regular(9.5);
    for line in &zone {
        brush.step(1.3);
        let spaced = brush.canvas.width - 2.0 * left;
        let pen = brush.fitted(pen, line, spaced);
        brush.canvas.text(left, brush.y, pen, line);
    }
    for (key, value) in [
        ("identity.number", person.number.clone()),
        ("identity.surname", person.surname.clone()),
        ("identity.given_names", person.given.clone()),
        ("identity.birth_date", person.born.to_string()),
        ("identity.expiry_date", person.expires.to_string()),
    ] {
        brush.fact(key, value);
    }
}

/// Letters of the zone: capitals without accents.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_ascii_uppercase() {
            'É' | 'é' | 'è' | 'ê' | 'ë' => 'E',
            'á' | 'ã' | 'â' | 'ä' => 'A',
            'Í' | 'í' => 'I',
            'ó' | 'ò' | 'ö' | 'ô' => 'O',
            'ú' | 'ü' => 'U',
            'ñ' => 'N',
            'ç' => 'C',
            upper if upper.is_ascii_alphanumeric() => upper,
            _ => ' ',
        })
        .collect()
}

fn person(brush: &Brush<'_>, random: &mut Random) -> Person {
    let name = *random.pick(brush.style.country.people);
    let (given, surname) = name.split_once(' ').unwrap_or((name, "Example"));
    Person {
        surname: plain(surname),
        given: plain(given),
        number: format!("X{}", random.digits(8)),
        issuer: "UTO",
        sex: if random.chance(50) { "F" } else { "M" },
        born: date(1955, 3, 5) + random.between(0, 16_000).days(),
        expires: date(2026, 2, 11) + random.between(0, 3_000).days(),
    }
}

fn pairs(brush: &Brush<'_>, person: &Person) -> Vec<(String, String)> {
    let (style, days) = (brush.style, |date: Date| date.strftime("%d %m %Y").to_string());
    [
        ("surname", person.surname.clone()),
        ("given", person.given.clone()),
        ("nationality", "Utopia".to_owned()),
        ("birth", days(person.born)),
        ("place.birth", "ZENITH".to_owned()),
        ("expiry", days(person.expires)),
    ]
    .into_iter()
    .map(|(key, value)| (word(style, key).to_owned(), value))
    .collect()
}

fn filled(text: &str, length: usize) -> String {
    let mut out: String = text.replace(' ', "<");
    out.truncate(length);
    while out.len() < length {
        out.push('<');
    }
    out
}

fn with_digit(field: &str) -> String {
    format!("{field}{}", mrz_check_digit(field))
}

fn zone_day(date: Date) -> String {
    with_digit(&format!("{:02}{:02}{:02}", date.year() % 100, date.month(), date.day()))
}

fn two_lines(kind: &str, person: &Person, length: usize) -> Vec<String> {
    let names = format!("{}<<{}", person.surname, person.given);
    let first = filled(&format!("{}{}{names}", filled(kind, 2), person.issuer), length);
    let number = with_digit(&filled(&person.number, 9));
    let (born, expires) = (zone_day(person.born), zone_day(person.expires));
    let optional = filled("", length - 29);
    // Passports give the personal number a digit of its own.
    let optional = if length == 44 { format!("{}0", &optional[..optional.len() - 1]) } else { optional };
    let composite = mrz_check_digit(&format!("{number}{born}{expires}{optional}"));
    let second = format!("{number}{}{born}{}{expires}{optional}{composite}", person.issuer, person.sex);
    vec![first, second]
}

fn td1(person: &Person) -> Vec<String> {
    let number = with_digit(&filled(&person.number, 9));
    let first = filled(&format!("{}{}{number}", filled("ID", 2), person.issuer), 30);
    let (born, expires) = (zone_day(person.born), zone_day(person.expires));
    let optional = filled("", 11);
    let composite = mrz_check_digit(&format!("{}{born}{expires}{optional}", &first[5..]));
    let second = format!("{born}{}{expires}{}{optional}{composite}", person.sex, person.issuer);
    let third = filled(&format!("{}<<{}", person.surname, person.given), 30);
    vec![first, second, third]
}
