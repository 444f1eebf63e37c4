//! The tables of payslips.

use super::brush::Brush;
use super::payslip::{Entry, Slip};
use super::words::word;
use crate::canvas::Pen;

pub(super) fn facts(brush: &mut Brush<'_>, slip: &Slip) {
    for (name, entries) in [("earning", &slip.earnings), ("deduction", &slip.deductions)] {
        for (index, entry) in entries.iter().enumerate() {
            let key = |field: &str| format!("payslip.{name}[{index}].{field}");
            brush.fact(key("label"), entry.label);
            brush.amount(key("amount"), entry.amount);
            if slip.has_ytd {
                brush.amount(key("ytd"), entry.ytd);
            }
        }
    }
    let [gross, taken, net] = slip.totals(false);
    brush.amount("payslip.gross", gross);
    brush.amount("payslip.deductions_total", taken);
    brush.amount("payslip.net", net);
    if slip.has_ytd {
        let [gross, taken, net] = slip.totals(true);
        brush.amount("payslip.gross_ytd", gross);
        brush.amount("payslip.deductions_ytd", taken);
        brush.amount("payslip.net_ytd", net);
    }
}

fn row(brush: &mut Brush<'_>, pen: Pen, left: f32, label: &str, figures: &[(f32, String)]) {
    brush.canvas.text(left, brush.y, pen, label);
    for (right, figure) in figures {
        brush.canvas.right(*right, brush.y, pen, figure);
    }
}

fn net_line(brush: &mut Brush<'_>, slip: &Slip, columns: &[f32]) {
    let style = brush.style;
    brush.step(1.6);
    let mut figures = vec![(columns[0], style.in_total(slip.totals(false)[2]))];
    if slip.has_ytd
        && let Some(ytd) = columns.get(1)
    {
        figures.push((*ytd, style.in_total(slip.totals(true)[2])));
    }
    let left = brush.left();
    row(brush, Pen::bold(style.size + 1.0), left, word(style, "net"), &figures);
}

pub(super) fn side_by_side(brush: &mut Brush<'_>, slip: &Slip) {
    let style = brush.style;
    let (left, right) = (brush.left(), brush.right());
    let middle = f32::midpoint(left, right) + 10.0;
    let until = middle - 24.0;
    brush.step(1.0);
    row(
        brush,
        brush.bold(),
        left,
        word(style, "earnings"),
        &[(until, word(style, "col.current").to_owned())],
    );
    row(
        brush,
        brush.bold(),
        middle,
        word(style, "deductions"),
        &[(right, word(style, "col.current").to_owned())],
    );
    brush.rule(brush.y + 4.0);
    brush.step(0.4);
    for index in 0..slip.earnings.len().max(slip.deductions.len()) {
        brush.step(1.0);
        for (entries, x, end) in [(&slip.earnings, left, until), (&slip.deductions, middle, right)] {
            if let Some(entry) = entries.get(index) {
                row(brush, brush.pen(), x, entry.label, &[(end, style.in_table(entry.amount))]);
            }
        }
    }
    brush.rule(brush.y + 5.0);
    brush.step(1.4);
    let [gross, taken, _] = slip.totals(false);
    row(brush, brush.bold(), left, word(style, "gross"), &[(until, style.in_total(gross))]);
    row(brush, brush.bold(), middle, word(style, "deductions.total"), &[(right, style.in_total(taken))]);
    net_line(brush, slip, &[right]);
}

pub(super) fn in_columns(brush: &mut Brush<'_>, slip: &Slip) {
    let style = brush.style;
    let (left, right) = (brush.left(), brush.right());
    let at = |share: f32| left + (right - left) * share;
    let [units, rate, earned, taken] = [at(0.46), at(0.6), at(0.8), right];
    brush.step(1.0);
    let heads = [
        (units, word(style, "col.units").to_owned()),
        (rate, word(style, "col.rate").to_owned()),
        (earned, word(style, "earnings").to_owned()),
        (taken, word(style, "deductions").to_owned()),
    ];
    row(brush, brush.bold(), left, word(style, "col.item"), &heads);
    brush.rule(brush.y + 4.0);
    brush.step(0.4);
    for (entries, column) in [(&slip.earnings, earned), (&slip.deductions, taken)] {
        for entry in entries {
            brush.step(1.0);
            let mut figures = Vec::new();
            if let Some((hours, price)) = entry.units {
                figures.push((units, style.digits.format(hours)));
                figures.push((rate, style.digits.format(price)));
            }
            figures.push((column, style.in_table(entry.amount)));
            row(brush, brush.pen(), left, entry.label, &figures);
        }
    }
    brush.rule(brush.y + 5.0);
    brush.step(1.4);
    let [gross, deducted, _] = slip.totals(false);
    let figures = [(earned, style.in_table(gross)), (taken, style.in_table(deducted))];
    row(brush, brush.bold(), left, word(style, "totals"), &figures);
    net_line(brush, slip, &[right]);
}

pub(super) fn stacked(brush: &mut Brush<'_>, slip: &Slip) {
    let style = brush.style;
    let (left, right) = (brush.left(), brush.right());
    let at = |share: f32| left + (right - left) * share;
    let columns: Vec<f32> = if slip.has_ytd { vec![at(0.74), right] } else { vec![at(0.8)] };
    let totals = [slip.totals(false), slip.totals(true)];
    let parts: [(&'static str, &'static str, &[Entry], usize); 2] =
        [("earnings", "gross", &slip.earnings, 0), ("deductions", "deductions.total", &slip.deductions, 1)];
    for (title, sum, entries, place) in parts {
        brush.step(1.3);
        let mut heads = vec![(columns[0], word(style, "col.current").to_owned())];
        if let Some(ytd) = columns.get(1) {
            heads.push((*ytd, word(style, "col.ytd").to_owned()));
        }
        row(brush, brush.bold(), left, word(style, title), &heads);
        brush.rule(brush.y + 4.0);
        brush.step(0.4);
        for entry in entries {
            brush.step(1.0);
            let figures = both(brush, &columns, entry.amount, entry.ytd, false);
            row(brush, brush.pen(), left, entry.label, &figures);
        }
        brush.step(1.2);
        let figures = both(brush, &columns, totals[0][place], totals[1][place], true);
        row(brush, brush.bold(), left, word(style, sum), &figures);
    }
    net_line(brush, slip, &columns);
}

fn both(brush: &Brush<'_>, columns: &[f32], now: i64, ytd: i64, is_total: bool) -> Vec<(f32, String)> {
    let text = |minor| if is_total { brush.style.in_total(minor) } else { brush.style.in_table(minor) };
    columns.iter().copied().zip([text(now), text(ytd)]).collect()
}
