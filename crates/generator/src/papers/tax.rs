//! Tax forms in layouts of our own.

use super::brush::Brush;
use super::words::word;
use crate::canvas::Pen;
use crate::random::Random;

const BOXES: [&str; 6] = ["box.1", "box.2", "box.3", "box.4", "box.5", "box.6"];
/// Code, title, office; the English ones.
const ENGLISH: &[(&str, &str, &str)] = &[
    ("W-2", "Wage and Tax Statement", "Department of the Treasury - Internal Revenue Service"),
    ("1099-NEC", "Nonemployee Compensation", "Department of the Treasury - Internal Revenue Service"),
    ("P60", "End of Year Certificate", "HM Revenue & Customs"),
    ("SA302", "Tax Calculation", "HM Revenue & Customs"),
    (
        "1120-S",
        "U.S. Income Tax Return for an S Corporation",
        "Department of the Treasury - Internal Revenue Service",
    ),
];
const LINES: &[&str] = &[
    "Gross receipts or sales",
    "Cost of goods sold",
    "Total income",
    "Salaries and wages",
    "Rents",
    "Taxable income",
    "Pay from this employment",
    "Tax deducted",
    "Profit from self-employment",
    "Personal allowance",
    "Interest received",
    "Total income tax due",
];

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let layout =
        *random.pick(&["grid of boxes", "numbered lines", "number in a column", "two columns of boxes"]);
    (brush.kind, brush.layout) = ("tax_form", layout);
    let year = random.between(2019, 2025);
    let boxes = head(brush, year, random);
    brush.fact("tax_form.year", year.to_string());
    for (index, (label, minor)) in boxes.iter().enumerate() {
        brush.fact(format!("tax_form.box[{}].label", index + 1), *label);
        brush.amount(format!("tax_form.box[{}].value", index + 1), *minor);
    }
    match layout {
        "grid of boxes" => grid(brush, &boxes, 3),
        "two columns of boxes" => grid(brush, &boxes, 2),
        "numbered lines" => lines(brush, &boxes, false),
        _ => lines(brush, &boxes, true),
    }
}

fn head(brush: &mut Brush<'_>, year: i64, random: &mut Random) -> Vec<(&'static str, i64)> {
    let style = brush.style;
    let person = *random.pick(style.country.people);
    let count = usize::try_from(random.between(4, 6)).unwrap_or(5);
    let labels: Vec<&'static str> = if style.country.tongue.code == "en" {
        let (code, title, office) = *random.pick(ENGLISH);
        let (left, right) = (brush.left(), brush.right());
        brush.canvas.text(left, brush.y, Pen::bold(18.0), if random.chance(50) { code } else { "Form" });
        if random.chance(50) {
            brush.canvas.right(right, brush.y, Pen::bold(14.0), &year.to_string());
        }
        brush.step(2.0);
        brush.line(brush.bold(), &format!("Form {code}   {title}   {year}"));
        brush.line(brush.pen(), office);
        brush.fact("tax_form.code", code);
        if code == "W-2" {
            BOXES.iter().take(count).map(|key| word(style, key)).collect()
        } else {
            let start = usize::try_from(random.between(0, 6)).unwrap_or(0);
            LINES[start..].iter().take(count).copied().collect()
        }
    } else {
        let (title, office) = (word(style, "tax.title"), word(style, "tax.office"));
        brush.head(office, &[], title);
        brush.line(brush.pen(), &format!("{} {year}", word(style, "tax.year")));
        BOXES.iter().take(count).map(|key| word(style, key)).collect()
    };
    let name = word(style, "name");
    let (left, middle) = (brush.left(), f32::midpoint(brush.left(), brush.right()));
    brush.block(left, middle, &[(name.to_owned(), person.to_owned())]);
    brush.step(1.5);
    labels.into_iter().map(|label| (label, random.between(12_300, 9_800_000))).collect()
}

fn grid(brush: &mut Brush<'_>, boxes: &[(&'static str, i64)], across: usize) {
    let (left, right) = (brush.left(), brush.right());
    let width = (right - left) / f32::from(u8::try_from(across).unwrap_or(2));
    let height = brush.style.size * 3.4;
    for (row, group) in boxes.chunks(across).enumerate() {
        for (column, (label, minor)) in (0_u8..).zip(group) {
            let x = left + width * f32::from(column);
            brush.canvas.frame([x, brush.y, width, height], 0.5);
            let number = row * across + usize::from(column) + 1;
            let text = format!("{number}  {label}");
            let pen = brush.fitted(Pen::regular(brush.style.size - 2.0), &text, width - 10.0);
            brush.canvas.text(x + 4.0, brush.y + pen.size + 2.0, pen, &text);
            let figure = brush.style.in_table(*minor);
            let base = brush.y + height - 5.0;
            if brush.style.is_ruled {
                brush.canvas.text(x + 12.0, base, brush.pen(), &figure);
            } else {
                brush.canvas.right(x + width - 8.0, base, brush.pen(), &figure);
            }
        }
        brush.y += height;
    }
}

fn lines(brush: &mut Brush<'_>, boxes: &[(&'static str, i64)], apart: bool) {
    for (index, (label, minor)) in boxes.iter().enumerate() {
        brush.step(1.4);
        let (left, right, number) = (brush.left(), brush.right(), index + 1);
        if apart {
            brush.canvas.text(left, brush.y, brush.bold(), &format!("{number}"));
            brush.canvas.text(left + 34.0, brush.y, brush.pen(), label);
        } else {
            brush.canvas.text(left, brush.y, brush.pen(), &format!("{number}. {label}"));
        }
        brush.canvas.right(right, brush.y, brush.pen(), &brush.style.in_table(*minor));
        if brush.style.is_ruled {
            brush.rule(brush.y + 3.0);
        }
    }
}
