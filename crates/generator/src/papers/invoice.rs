//! Invoices.

use super::brush::Brush;
use super::style::decimal;
use super::words::{GOODS, word};
use crate::canvas::Pen;
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::{Date, date};

struct Line {
    text: &'static str,
    quantity: i64,
    price: i64,
    amount: i64,
}

struct Totals {
    lines: i64,
    discount: i64,
    shipping: i64,
    taxes: Vec<(&'static str, i64)>,
    total: i64,
    paid: i64,
}

/// Which columns the lines have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    Full,
    WithPosition,
    WithTax,
    QuantityFirst,
    AmountOnly,
}

impl Columns {
    const fn name(self) -> &'static str {
        match self {
            Self::Full => "description, quantity, price, amount",
            Self::WithPosition => "with positions",
            Self::WithTax => "with rates of tax",
            Self::QuantityFirst => "quantity first",
            Self::AmountOnly => "description and amount",
        }
    }
}

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let columns = *random.pick(&[
        Columns::Full,
        Columns::WithPosition,
        Columns::WithTax,
        Columns::QuantityFirst,
        Columns::AmountOnly,
    ]);
    (brush.kind, brush.layout, brush.is_proved) = ("invoice", columns.name(), true);
    let lines = lines(brush, random);
    let totals = totals(&lines, random);
    parties(brush, random);
    table(brush, columns, &lines, &totals);
    sums(brush, &totals);
    brush.step(2.0);
    brush.need(40.0);
    brush.line(Pen::regular(brush.style.size - 0.5), word(brush.style, "terms"));
}

fn lines(brush: &Brush<'_>, random: &mut Random) -> Vec<Line> {
    let goods = GOODS[brush.style.language()];
    let count = if random.chance(12) { random.between(30, 55) } else { random.between(1, 9) };
    (0..count)
        .map(|_| {
            let quantity = if random.chance(40) { 1 } else { random.between(2, 24) };
            let price = random.between(150, 90_000);
            Line { text: random.pick::<&'static str>(goods), quantity, price, amount: quantity * price }
        })
        .collect()
}

fn totals(lines: &[Line], random: &mut Random) -> Totals {
    let sum: i64 = lines.iter().map(|line| line.amount).sum();
    let discount = if random.chance(15) { sum / 10 } else { 0 };
    let shipping = if random.chance(20) { random.between(495, 4_900) } else { 0 };
    let base = sum - discount + shipping;
    let rates: &[&[&str]] = &[&["20"], &["19"], &["21"], &["7.5"], &["10"], &[], &["5", "9.975"]];
    let rate = |text: &str| -> i64 {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<3}").parse().unwrap_or(0)
    };
    let taxes: Vec<(&'static str, i64)> =
        random.pick(rates).iter().map(|text| (*text, (base * rate(text) + 50_000) / 100_000)).collect();
    let total = base + taxes.iter().map(|(_, tax)| tax).sum::<i64>();
    let paid = if random.chance(20) { total / 4 } else { 0 };
    Totals { lines: sum, discount, shipping, taxes, total, paid }
}

fn parties(brush: &mut Brush<'_>, random: &mut Random) {
    let (style, country) = (brush.style, brush.style.country);
    let seller = *random.pick(country.firms);
    let buyer = if random.chance(60) { *random.pick(country.people) } else { *random.pick(country.firms) };
    let buyer = if buyer == seller { country.people[0] } else { buyer };
    let (from, to) = (random.pick(country.places).to_vec(), random.pick(country.places).to_vec());
    brush.head(seller, &from, word(style, "invoice"));
    brush.fact("invoice.seller", seller);
    // Its day says which number of a date is the month.
    let month = i8::try_from(random.between(1, 12)).unwrap_or(1);
    let day: Date = date(2025, month, i8::try_from(random.between(13, 28)).unwrap_or(13));
    let due = day + random.between(10, 45).days();
    let number = random.pick(&["INV-{}", "{}", "2025/{}", "RE{}", "F-{}"]).replace("{}", &random.digits(5));
    let mut details = vec![
        (word(style, "invoice.number").to_owned(), number.clone()),
        (word(style, "invoice.date").to_owned(), style.day(day)),
    ];
    if random.chance(75) {
        details.push((word(style, "invoice.due").to_owned(), style.day(due)));
        brush.day_fact("invoice.due_date", due);
    }
    if random.chance(40) {
        details.push((word(style, "order").to_owned(), format!("PO{}", random.digits(5))));
    }
    brush.fact("invoice.number", number);
    brush.day_fact("invoice.date", day);
    brush.fact("invoice.buyer", buyer);
    brush.step(1.0);
    let top = brush.y;
    let (left, right) = (brush.left(), brush.right());
    let middle = f32::midpoint(left, right) + 20.0;
    let (details_x, buyer_x) = if random.chance(70) { (middle, left) } else { (left, middle) };
    brush.block(details_x, if details_x > left { right } else { middle - 30.0 }, &details);
    let bottom = brush.y;
    brush.y = top;
    brush.y += brush.leading();
    let label = format!("{}{}", word(style, "bill.to"), if style.has_colons { ":" } else { "" });
    brush.canvas.text(buyer_x, brush.y, brush.bold(), &label);
    for text in std::iter::once(buyer).chain(to) {
        brush.y += brush.leading();
        brush.canvas.text(buyer_x, brush.y, brush.pen(), text);
    }
    brush.y = brush.y.max(bottom);
    brush.step(1.5);
}

/// Heading, place of its column as a share of the width, and whether figures end there.
type Column = (&'static str, f32, bool);

fn heads(columns: Columns) -> &'static [Column] {
    match columns {
        Columns::Full => &[
            ("col.description", 0.0, false),
            ("col.quantity", 0.62, true),
            ("col.price", 0.8, true),
            ("col.amount", 1.0, true),
        ],
        Columns::WithPosition => &[
            ("col.pos", 0.0, false),
            ("col.description", 0.09, false),
            ("col.quantity", 0.6, true),
            ("col.price", 0.8, true),
            ("col.amount", 1.0, true),
        ],
        Columns::WithTax => &[
            ("col.description", 0.0, false),
            ("col.quantity", 0.54, true),
            ("col.price", 0.71, true),
            ("col.tax", 0.81, true),
            ("col.amount", 1.0, true),
        ],
        Columns::QuantityFirst => &[
            ("col.quantity", 0.08, true),
            ("col.description", 0.14, false),
            ("col.price", 0.78, true),
            ("col.amount", 1.0, true),
        ],
        Columns::AmountOnly => &[("col.description", 0.0, false), ("col.amount", 1.0, true)],
    }
}

fn put(brush: &mut Brush<'_>, pen: Pen, (_, share, is_right): Column, text: &str) {
    let x = brush.left() + (brush.right() - brush.left()) * share;
    if is_right {
        brush.canvas.right(x, brush.y, pen, text)
    } else {
        brush.canvas.text(x, brush.y, pen, text)
    }
}

fn heading(brush: &mut Brush<'_>, columns: Columns) {
    let (top, height) = (brush.y + 2.0, brush.leading() * 1.3);
    if brush.style.is_shaded {
        let (left, right) = (brush.left(), brush.right());
        brush.canvas.fill([left, top, right - left, height], [0.88, 0.9, 0.93]);
    }
    brush.step(1.0);
    for column in heads(columns) {
        put(brush, brush.bold(), *column, word(brush.style, column.0));
    }
    brush.rule(brush.y + 4.0);
    brush.step(0.4);
}

fn table(brush: &mut Brush<'_>, columns: Columns, lines: &[Line], totals: &Totals) {
    brush.need(brush.leading() * 5.0);
    heading(brush, columns);
    for (index, line) in lines.iter().enumerate() {
        if brush.need(brush.leading() * 2.0) {
            heading(brush, columns);
        }
        brush.step(1.0);
        for column in heads(columns) {
            let text = match column.0 {
                "col.description" => line.text.to_owned(),
                "col.quantity" => line.quantity.to_string(),
                "col.price" => brush.style.in_table(line.price),
                "col.tax" => totals.taxes.first().map_or("0%".to_owned(), |(rate, _)| format!("{rate}%")),
                "col.pos" => (index + 1).to_string(),
                _ => brush.style.in_table(line.amount),
            };
            put(brush, brush.pen(), *column, &text);
        }
        if brush.style.is_ruled {
            brush.rule(brush.y + 3.0);
        }
        let key = |field: &str| format!("invoice.line[{index}].{field}");
        brush.fact(key("description"), line.text);
        brush.amount(key("amount"), line.amount);
        if columns != Columns::AmountOnly {
            brush.fact(key("quantity"), line.quantity.to_string());
            brush.amount(key("unit_price"), line.price);
        }
    }
    brush.rule(brush.y + 5.0);
    brush.step(0.6);
}

fn sums(brush: &mut Brush<'_>, totals: &Totals) {
    let style = brush.style;
    let mut rows: Vec<(String, i64, bool)> = Vec::new();
    if !totals.taxes.is_empty() || totals.discount != 0 || totals.shipping != 0 {
        rows.push((word(style, "subtotal").to_owned(), totals.lines, false));
        brush.amount("invoice.subtotal", totals.lines);
    }
    if totals.discount != 0 {
        rows.push((word(style, "discount").to_owned(), -totals.discount, false));
        brush.amount("invoice.discount", totals.discount);
    }
    if totals.shipping != 0 {
        rows.push((word(style, "shipping").to_owned(), totals.shipping, false));
        brush.amount("invoice.shipping", totals.shipping);
    }
    let rate = |rate: &str| {
        if style.digits.format(100).contains(',') { rate.replace('.', ",") } else { rate.to_owned() }
    };
    for (index, (percent, tax)) in totals.taxes.iter().enumerate() {
        rows.push((format!("{} {}%", word(style, "tax"), rate(percent)), *tax, false));
        brush.amount(format!("invoice.tax[{index}].amount"), *tax);
        brush.fact(format!("invoice.tax[{index}].rate"), *percent);
    }
    rows.push((word(style, "total").to_owned(), totals.total, true));
    brush.fact("invoice.total", decimal(totals.total));
    if totals.paid != 0 {
        rows.push((word(style, "paid").to_owned(), totals.paid, false));
        rows.push((word(style, "due").to_owned(), totals.total - totals.paid, true));
        brush.amount("invoice.amount_paid", totals.paid);
        brush.amount("invoice.amount_due", totals.total - totals.paid);
    }
    brush.need(brush.leading() * 8.0);
    let (left, right) = (brush.left(), brush.right());
    let x = left + (right - left) * 0.58;
    for (label, minor, is_bold) in rows {
        brush.step(1.1);
        let pen = if is_bold { brush.bold() } else { brush.pen() };
        let colon = if style.has_colons { ":" } else { "" };
        let pen = brush.fitted(pen, &format!("{label}{colon}     {}", style.money(minor)), right - x);
        brush.canvas.text(x, brush.y, pen, &format!("{label}{colon}"));
        brush.canvas.right(
            right,
            brush.y,
            pen,
            &if is_bold { style.in_total(minor) } else { style.in_table(minor) },
        );
    }
}
