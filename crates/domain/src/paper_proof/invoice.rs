//! Lines sum to the subtotal, subtotal and tax to the total, and what is paid leaves what is due.

use super::sheet::{Sheet, sum};
use super::{Decimal, Equation, PaperEquations};

pub(super) fn prove(sheet: &Sheet<'_>) -> PaperEquations {
    let Some(total) = sheet.number("invoice.total") else { return PaperEquations::none() };
    let lines = sheet.list("invoice.line", "amount");
    let listed = sum(&lines);
    let taxes = sheet.list("invoice.tax", "amount");
    let tax = sum(&taxes).unwrap_or_default();
    let extra = |name| sheet.number(name).unwrap_or_default();
    let aside = extra("invoice.shipping").minus(extra("invoice.discount"));
    let subtotal = sheet.number("invoice.subtotal");
    let mut equations = Vec::new();
    if let Some(subtotal) = subtotal {
        let after = subtotal.plus(aside).plus(tax);
        // Discounts and charges stand before the subtotal or behind it.
        let expected = if after == total { after } else { subtotal.plus(tax) };
        equations.push(Equation::new("invoice_total_mismatch", "subtotal and tax = total", expected, total));
    }
    if let Some(listed) = listed {
        let gross = listed.plus(aside);
        let candidates = match subtotal {
            // Prices may contain the tax: then the lines sum to the total.
            Some(subtotal) => vec![(listed, subtotal), (gross, subtotal), (listed, total), (gross, total)],
            None => {
                vec![(gross.plus(tax), total), (listed.plus(tax), total), (gross, total), (listed, total)]
            }
        };
        let found = candidates.iter().find(|(sum, printed)| sum == printed).or(candidates.first());
        if let Some((sum, printed)) = found {
            let (code, about) = match subtotal {
                Some(_) => ("invoice_lines_mismatch", "sum of the lines = subtotal"),
                None => ("invoice_total_mismatch", "lines and tax = total"),
            };
            equations.push(Equation::new(code, about, *sum, *printed));
        }
    }
    due(sheet, total, &mut equations);
    let is_whole = listed.is_some() && taxes.iter().all(Option::is_some);
    PaperEquations::of(equations, is_whole)
}

fn due(sheet: &Sheet<'_>, total: Decimal, equations: &mut Vec<Equation>) {
    let Some(due) = sheet.number("invoice.amount_due") else { return };
    let paid = sheet.number("invoice.amount_paid").unwrap_or_default();
    equations.push(Equation::new(
        "invoice_due_mismatch",
        "total less payments = amount due",
        total.minus(paid),
        due,
    ));
}
