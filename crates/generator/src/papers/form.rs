//! Application forms, filled in and blank.

use super::brush::Brush;
use super::words::word;
use crate::canvas::Pen;
use crate::design::calendar::in_words;
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::date;

struct Entry {
    label: &'static str,
    value: String,
}

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let layout = *random.pick(&[
        "filled, one column",
        "filled, two columns",
        "filled, boxes",
        "blank, lines to write on",
    ]);
    (brush.kind, brush.layout) = ("application_form", layout);
    let style = brush.style;
    let bank = *random.pick(style.country.banks);
    brush.head(bank, &[], word(style, "application"));
    let sections = sections(brush, random);
    for (title, entries) in &sections {
        brush.need(brush.leading() * 8.0);
        brush.step(1.6);
        let left = brush.left();
        brush.canvas.text(left, brush.y, Pen::bold(style.size + 1.5), word(style, title));
        brush.rule(brush.y + 4.0);
        brush.step(0.5);
        match layout {
            "filled, two columns" => two_columns(brush, entries),
            "filled, boxes" => boxes(brush, entries),
            "blank, lines to write on" => blank(brush, entries),
            _ => one_column(brush, entries),
        }
    }
    brush.step(2.0);
    brush.prose(word(style, "declare"));
    brush.step(1.5);
    let sign = format!("{}: ______________________________", word(style, "sign"));
    brush.line(brush.pen(), &sign);
    if !layout.starts_with("filled") {
        brush.facts.clear();
    }
}

fn sections(brush: &mut Brush<'_>, random: &mut Random) -> Vec<(&'static str, Vec<Entry>)> {
    let (style, country) = (brush.style, brush.style.country);
    let name = *random.pick(country.people);
    let (first, last) = name.split_once(' ').unwrap_or((name, "Example"));
    let firm = *random.pick(country.firms);
    let [street, city] = *random.pick(country.places);
    let born = date(1960, 4, 13) + random.between(0, 13_000).days();
    // Of which day and month are sure.
    let born = date(born.year(), born.month(), i8::try_from(random.between(13, 28)).unwrap_or(15));
    let amount = random.between(5, 200) * 100_000;
    let email = format!("{}@example.com", random.digits(6));
    let phone = format!("0{} {}", random.digits(3), random.digits(6));
    let facts = [
        ("business.legal_name", firm.to_owned()),
        ("applicant[0].first_name", first.to_owned()),
        ("applicant[0].last_name", last.to_owned()),
        ("applicant[0].dob", born.to_string()),
        ("applicant[0].email", email.clone()),
        ("applicant[0].phone_mobile", phone.clone()),
        ("applicant[0].address.line1", street.to_owned()),
        ("applicant[0].address.city", city.to_owned()),
        ("loan.amount", style.money(amount)),
    ];
    for (key, value) in facts {
        brush.fact(key, value);
    }
    let entry = |key: &'static str, value: String| Entry { label: word(style, key), value };
    vec![
        ("section.business", vec![entry("legal.name", firm.to_owned())]),
        (
            "section.applicant",
            vec![
                entry("first.name", first.to_owned()),
                entry("last.name", last.to_owned()),
                entry("birth", in_words(country, born)),
                entry("marital", word(style, "married").to_owned()),
                entry("email", email),
                entry("mobile", phone),
                entry("street", street.to_owned()),
                entry("city", city.to_owned()),
            ],
        ),
        (
            "section.loan",
            vec![
                entry("loan.amount", style.money(amount)),
                entry("loan.purpose", word(style, "purpose").to_owned()),
            ],
        ),
    ]
}

fn one_column(brush: &mut Brush<'_>, entries: &[Entry]) {
    let (left, right) = (brush.left(), brush.right());
    for entry in entries {
        brush.pair(left, left + (right - left) * 0.7, entry.label, &entry.value);
    }
}

fn two_columns(brush: &mut Brush<'_>, entries: &[Entry]) {
    let (left, right) = (brush.left(), brush.right());
    let middle = f32::midpoint(left, right) + 12.0;
    for pair in entries.chunks(2) {
        let top = brush.y;
        let mut bottom = top;
        for (entry, (x, until)) in pair.iter().zip([(left, middle - 24.0), (middle, right)]) {
            brush.y = top;
            brush.pair(x, until, entry.label, &entry.value);
            bottom = bottom.max(brush.y);
        }
        brush.y = bottom;
    }
}

/// Small labels in the corners of boxes.
fn boxes(brush: &mut Brush<'_>, entries: &[Entry]) {
    let (left, right) = (brush.left(), brush.right());
    let (width, height) = ((right - left) / 2.0, brush.style.size * 2.9);
    for pair in entries.chunks(2) {
        for (column, entry) in (0_u8..).zip(pair) {
            let x = left + width * f32::from(column);
            brush.canvas.frame([x, brush.y, width, height], 0.5);
            let small = Pen::regular(brush.style.size - 2.0);
            brush.canvas.text(x + 4.0, brush.y + small.size + 1.0, small, entry.label);
            let pen = brush.fitted(brush.pen(), &entry.value, width - 12.0);
            brush.canvas.text(x + 4.0, brush.y + height - 4.0, pen, &entry.value);
        }
        brush.y += height;
    }
}

fn blank(brush: &mut Brush<'_>, entries: &[Entry]) {
    for entry in entries {
        brush.line(brush.pen(), &format!("{}: ________________________________", entry.label));
        brush.y += 4.0;
    }
}
