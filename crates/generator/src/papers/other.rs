//! What is none of the kinds: letters, receipts, terms, contracts, offers, delivery notes.

use super::brush::Brush;
use super::words::{CLAUSES, GOODS, LETTER, word};
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::date;

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let layout =
        *random.pick(&["letter", "letter", "receipt", "terms", "contract", "quote", "delivery note"]);
    (brush.kind, brush.layout) = ("other", layout);
    match layout {
        "letter" => letter(brush, random),
        "receipt" => receipt(brush, random),
        "terms" => clauses(brush, "terms.title", random.between(14, 40), random),
        "contract" => clauses(brush, "contract", random.between(10, 26), random),
        "quote" => goods(brush, "quote", true, random),
        _ => goods(brush, "delivery", false, random),
    }
}

fn letter(brush: &mut Brush<'_>, random: &mut Random) {
    let (style, country) = (brush.style, brush.style.country);
    let sender = if random.chance(50) { *random.pick(country.banks) } else { *random.pick(country.firms) };
    let left = brush.left();
    brush.canvas.text(left, brush.y, brush.bold(), sender);
    brush.step(3.0);
    for text in std::iter::once(*random.pick(country.people)).chain(random.pick(country.places).to_vec()) {
        brush.line(brush.pen(), text);
    }
    brush.step(1.0);
    brush.line(brush.pen(), &style.day(date(2025, 2, 13) + random.between(0, 300).days()));
    brush.step(1.0);
    brush.line(brush.bold(), word(style, "subject"));
    brush.step(1.0);
    brush.line(brush.pen(), word(style, "dear"));
    brush.step(0.5);
    let sentences = LETTER[style.language()];
    for _ in 0..random.between(4, 12) {
        brush.prose(random.pick::<&'static str>(sentences));
    }
    brush.step(1.0);
    brush.line(brush.pen(), word(style, "regards"));
    brush.step(2.0);
    brush.line(brush.pen(), random.pick::<&'static str>(country.people));
}

fn receipt(brush: &mut Brush<'_>, random: &mut Random) {
    let (style, country) = (brush.style, brush.style.country);
    let shop = *random.pick(country.firms);
    let (left, right) = (brush.left(), brush.left() + 210.0);
    let middle = f32::midpoint(left, right);
    brush.canvas.center(middle, brush.y, brush.bold(), shop);
    brush.step(1.0);
    brush.canvas.center(middle, brush.y, brush.pen(), random.pick(country.places)[0]);
    brush.step(1.5);
    brush.canvas.center(middle, brush.y, brush.bold(), word(style, "receipt"));
    brush.step(1.5);
    let day = style.day(date(2025, 3, 14) + random.between(0, 200).days());
    brush.canvas.text(
        left,
        brush.y,
        brush.pen(),
        &format!("{day}  {}:{}", random.between(10, 19), random.between(10, 59)),
    );
    brush.step(1.0);
    let mut total = 0;
    for _ in 0..random.between(1, 7) {
        let minor = random.between(99, 9_900);
        total += minor;
        brush.step(1.0);
        let text = random.pick::<&'static str>(GOODS[style.language()]);
        let pen = brush.fitted(brush.pen(), text, 140.0);
        brush.canvas.text(left, brush.y, pen, text);
        brush.canvas.right(right, brush.y, brush.pen(), &style.in_table(minor));
    }
    let tax = total / 6;
    let given = (total / 1000 + 1) * 1000;
    for (label, minor) in [("total", total), ("tax", tax), ("cash", given), ("change", given - total)] {
        brush.step(1.2);
        brush.canvas.text(left, brush.y, brush.bold(), word(style, label));
        brush.canvas.right(right, brush.y, brush.bold(), &style.in_total(minor));
    }
}

fn clauses(brush: &mut Brush<'_>, title: &'static str, count: i64, random: &mut Random) {
    let (style, country) = (brush.style, brush.style.country);
    let firm = *random.pick(country.firms);
    brush.head(firm, &[], word(style, title));
    let sentences = CLAUSES[style.language()];
    for number in 1..=count {
        brush.step(0.5);
        brush.prose(&format!("{number}. {}", random.pick::<&'static str>(sentences)));
    }
}

/// Offers look like invoices, and ask for nothing; delivery notes have no prices.
fn goods(brush: &mut Brush<'_>, title: &'static str, has_prices: bool, random: &mut Random) {
    let (style, country) = (brush.style, brush.style.country);
    let firm = *random.pick(country.firms);
    let address = random.pick(country.places).to_vec();
    brush.head(firm, &address, word(style, title));
    let (left, right) = (brush.left(), brush.right());
    let middle = f32::midpoint(left, right);
    brush.block(left, middle, &[(word(style, "order").to_owned(), format!("PO{}", random.digits(5)))]);
    brush.step(2.0);
    brush.canvas.text(left, brush.y, brush.bold(), word(style, "col.description"));
    brush.canvas.right(middle + 80.0, brush.y, brush.bold(), word(style, "col.quantity"));
    if has_prices {
        brush.canvas.right(right, brush.y, brush.bold(), word(style, "col.amount"));
    }
    let mut total = 0;
    for _ in 0..random.between(2, 9) {
        brush.step(1.1);
        let quantity = random.between(1, 20);
        let minor = quantity * random.between(200, 9_000);
        total += minor;
        brush.canvas.text(left, brush.y, brush.pen(), random.pick::<&'static str>(GOODS[style.language()]));
        brush.canvas.right(middle + 80.0, brush.y, brush.pen(), &quantity.to_string());
        if has_prices {
            brush.canvas.right(right, brush.y, brush.pen(), &style.in_table(minor));
        }
    }
    if has_prices {
        brush.step(1.6);
        brush.canvas.text(middle, brush.y, brush.bold(), word(style, "total"));
        brush.canvas.right(right, brush.y, brush.bold(), &style.in_total(total));
    }
}
