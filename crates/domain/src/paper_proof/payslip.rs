//! Gross less deductions is net, of the period and of the year to date.

use super::sheet::{Sheet, sum};
use super::{Decimal, Equation, PaperEquations};

pub(super) fn prove(sheet: &Sheet<'_>) -> PaperEquations {
    let (Some(gross), Some(net)) = (sheet.number("payslip.gross"), sheet.number("payslip.net")) else {
        return PaperEquations::none();
    };
    let earnings = sheet.list("payslip.earning", "amount");
    let deductions = sheet.list("payslip.deduction", "amount");
    let printed = sheet.number("payslip.deductions_total");
    let mut equations = Vec::new();
    if let Some(listed) = sum(&earnings) {
        equations.push(Equation::new("payslip_gross_mismatch", "sum of the earnings = gross", listed, gross));
    }
    if let (Some(listed), Some(printed)) = (sum(&deductions), printed) {
        let about = "sum of the deductions = total deductions";
        equations.push(Equation::new("payslip_deductions_mismatch", about, listed, printed));
    }
    let taken = printed.or_else(|| sum(&deductions));
    if let Some(taken) = taken {
        let about = "gross less deductions = net";
        equations.push(Equation::new("payslip_net_mismatch", about, gross.minus(taken), net));
    }
    year_to_date(sheet, &mut equations);
    let is_listed = earnings.iter().chain(&deductions).all(Option::is_some);
    PaperEquations::of(equations, taken.is_some() && is_listed)
}

fn year_to_date(sheet: &Sheet<'_>, equations: &mut Vec<Equation>) {
    let code = "payslip_ytd_mismatch";
    let (gross, net) = (sheet.number("payslip.gross_ytd"), sheet.number("payslip.net_ytd"));
    let printed = sheet.number("payslip.deductions_ytd");
    let earnings = all(&sheet.list("payslip.earning", "ytd"));
    let deductions = all(&sheet.list("payslip.deduction", "ytd"));
    if let (Some(listed), Some(gross)) = (earnings, gross) {
        equations.push(Equation::new(code, "year to date: sum of the earnings = gross", listed, gross));
    }
    if let (Some(listed), Some(printed)) = (deductions, printed) {
        equations.push(Equation::new(code, "year to date: sum of the deductions = total", listed, printed));
    }
    if let (Some(gross), Some(taken), Some(net)) = (gross, printed.or(deductions), net) {
        equations.push(Equation::new(
            code,
            "year to date: gross less deductions = net",
            gross.minus(taken),
            net,
        ));
    }
}

/// What was earned or taken earlier in the year may be missing in this month's list, so only a full column is summed.
fn all(list: &[Option<Decimal>]) -> Option<Decimal> {
    sum(list)
}
