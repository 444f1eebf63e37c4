//! Payslips: what was earned, what was taken, what is paid out; for the period and the year to date.

use super::figures::{Figure, Group, groups};
use super::party;
use super::payslip_columns::{Column, Headings, Part};
use super::record::Record;
use super::sheet::Want;
use crate::period;

const EMPLOYER: &str = "employer|employer name|company|company name|arbeitgeber|firma|employeur|entreprise|societe|empresa|empleador|azienda|\
    datore di lavoro|ditta|entidade patronal|entidade empregadora|werkgever|bedrijf";
const EMPLOYEE: &str = "employee|employee name|name of employee|paid to|pay to|arbeitnehmer|arbeitnehmerin|mitarbeiter|mitarbeiterin|salarie|\
    nom du salarie|nom et prenom|trabajador|empleado|trabajadora|dipendente|lavoratore|trabalhador|colaborador|funcionario|werknemer|\
    medewerker|naam werknemer";
const ANY_NAME: &str = "name|nom|nombre|nome|naam";
const PERIOD: &str = "pay period|period|pay month|month|tax period|abrechnungsmonat|abrechnungszeitraum|zeitraum|monat|periode de paie|periode|mois|\
    periodo de liquidacion|periodo|mes|periodo di paga|periodo di retribuzione|mese di retribuzione|mese|periodo de processamento|\
    mes de processamento|loonperiode|loontijdvak|tijdvak|maand|fur den monat";
const ENDING: &str = "period ending|pay period ending|period end|week ending|month ending|period end date";
const PAY_DATE: &str = "pay date|payment date|date paid|check date|paid on|date of payment|pay day|payday|auszahlungsdatum|zahltag|zahldatum|\
    auszahlung am|date de paiement|paiement le|paye le|date du paiement|fecha de pago|fecha de cobro|fecha pago|data di pagamento|\
    data pagamento|data de pagamento|betaaldatum|datum betaling|uitbetaald op|process date";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sum {
    Gross,
    Deductions,
    Net,
    /// "Total" alone: the figure says of what.
    Any,
}

const SUMS: &[(Sum, &str)] = &[
    (
        Sum::Gross,
        "gross pay|total gross pay|gross earnings|total earnings|gross|total gross|total payments|gross salary|total pay|gross wages|\
      total income|bruttolohn|gesamtbrutto|gesamt brutto|bruttogehalt|brutto gesamt|summe brutto|summe bezuge|bruttoverdienst|bruttobezuge gesamt|\
      salaire brut|total brut|remuneration brute|brut|total des gains|total gains|total devengado|total devengos|salario bruto|total bruto|\
      total percepciones|totale competenze|retribuzione lorda|lordo|totale lordo|total iliquido|total de abonos|total abonos|\
      remuneracao bruta|vencimento bruto|total remuneracoes|total das remuneracoes|brutoloon|bruto loon|bruto salaris|totaal bruto|totaal bruto loon|totaal beloningen",
    ),
    (
        Sum::Deductions,
        "total deductions|deductions total|total withholdings|total taxes and deductions|summe abzuge|gesamtabzuge|abzuge gesamt|\
      summe der abzuge|summe gesetzliche abzuge|total retenues|total cotisations|total des retenues|total des cotisations|total cotisations salariales|\
      total a deducir|total deducciones|totale trattenute|totale ritenute|total de descontos|total descontos|total dos descontos|totaal inhoudingen|\
      inhoudingen totaal|totaal inhouding",
    ),
    (
        Sum::Net,
        "net pay|net amount|net salary|take home pay|net wages|net payment|net to pay|net earnings|total net pay|nettolohn|nettogehalt|\
      nettoverdienst|netto verdienst|auszahlungsbetrag|auszahlung|netto|uberweisungsbetrag|net a payer|salaire net|net paye|net a payer au salarie|\
      liquido a percibir|liquido total a percibir|salario neto|neto a percibir|neto|netto in busta|netto a pagare|netto del mese|\
      netto da pagare|total liquido|liquido a receber|vencimento liquido|valor liquido|nettoloon|netto loon|netto salaris|uit te betalen|netto uitbetaling|\
      netto te betalen",
    ),
    (Sum::Any, "total|totals|summe|summen|totaux|totales|totali|totale|totais|totalen|totaal|gesamt"),
];
/// With one of these behind it, a sum is of the year.
const YTD: &[&str] = &[
    "ytd",
    "date",
    "year",
    "kumuliert",
    "jahr",
    "cumul",
    "cumule",
    "acumulado",
    "progressivo",
    "progressiva",
    "cumulatief",
    "ano",
];
const YTD_END_WORDS_MAX: usize = 6;

pub(super) fn read(record: &mut Record<'_>) {
    people(record);
    days(record);
    let groups = groups(&record.sheet);
    let headings = Headings::find(&record.sheet);
    let mut reading = Reading { headings, has_gross: false, has_net: false, counts: (0, 0) };
    for group in &groups {
        reading.group(record, group);
    }
}

fn people(record: &mut Record<'_>) {
    let sheet = &record.sheet;
    let employee = party::labelled(sheet, EMPLOYEE).or_else(|| party::labelled(sheet, ANY_NAME));
    let employer = party::labelled(sheet, EMPLOYER);
    let taken = employee.as_ref().map(|value| value.text.clone()).unwrap_or_default();
    let letterhead = if employer.is_none() { party::letterhead(sheet, &[&taken]) } else { None };
    record.labelled("payslip.employer", employer);
    record.placed("payslip.employer", letterhead);
    record.labelled("payslip.employee", employee);
}

fn days(record: &mut Record<'_>) {
    let paid = record.sheet.field(PAY_DATE, Want::Date);
    record.day("payslip.pay_date", paid);
    let ending = record.sheet.field(ENDING, Want::Date);
    record.day("payslip.period_end", ending);
    for value in
        record.sheet.fields(PERIOD, Want::Text).into_iter().chain(record.sheet.fields(PERIOD, Want::Code))
    {
        let Some(line) = record.sheet.lines.get(value.row) else { continue };
        if let Some(found) = period::find(&line.text()) {
            let day = |date| Some(super::sheet::Value { date: Some(date), ..value.clone() });
            record.day("payslip.period_start", day(found.start));
            record.day("payslip.period_end", day(found.end));
        } else if value.text.split(' ').count() <= 3 {
            record.labelled("payslip.period", Some(value));
        } else {
            continue;
        }
        break;
    }
}

struct Reading {
    headings: Headings,
    has_gross: bool,
    has_net: bool,
    /// Earnings and deductions so far.
    counts: (usize, usize),
}

/// The figures of a label by what they are.
struct Figures<'a> {
    amount: Option<Figure<'a>>,
    ytd: Option<Figure<'a>>,
}

impl Reading {
    fn group(&mut self, record: &mut Record<'_>, group: &Group<'_>) {
        let part = self.headings.part(group);
        let figures = self.figures(group);
        match sum_of(&group.folded) {
            Some((Sum::Any, false)) => self.totals(record, group),
            Some((sum, is_ytd)) if is_ytd || part != Some(Part::Aside) || sum != Sum::Gross => {
                self.sum(record, sum, is_ytd, &figures, group.page);
            }
            Some(_) => {}
            None => self.entry(record, group, part, &figures),
        }
    }

    fn figures<'a>(&self, group: &Group<'a>) -> Figures<'a> {
        let column = |figure: &Figure<'_>| self.headings.column(figure.token, group.page, group.row);
        let of = |wanted| group.figures.iter().rev().find(|f| column(f) == Some(wanted)).copied();
        let (amount, ytd) = (of(Column::Amount), of(Column::Ytd));
        let unnamed = || group.figures.iter().rev().filter(|f| column(f).is_none()).copied();
        match (amount, ytd) {
            (None, None) if self.headings.has_ytd() && group.figures.len() == 2 => {
                Figures { amount: group.figures.first().copied(), ytd: group.last() }
            }
            (None, ytd) => Figures { amount: unnamed().next(), ytd },
            (amount, ytd) => Figures { amount, ytd },
        }
    }

    /// A row that sums columns: each figure is the sum of what stands in its heading.
    fn totals(&mut self, record: &mut Record<'_>, group: &Group<'_>) {
        let parts: Vec<(Option<Part>, &Figure<'_>)> = group
            .figures
            .iter()
            .map(|figure| (self.headings.part_of_figure(figure.token, group.row), figure))
            .collect();
        let part = self.headings.part(group);
        for (of_column, figure) in &parts {
            let sum = match of_column.or(part) {
                Some(Part::Earnings) => Sum::Gross,
                Some(Part::Deductions) => Sum::Deductions,
                Some(Part::Aside) | None => continue,
            };
            let figures = if parts.iter().any(|(column, _)| column.is_some()) {
                Figures { amount: Some(**figure), ytd: None }
            } else {
                self.figures(group)
            };
            self.sum(record, sum, false, &figures, group.page);
            if parts.iter().all(|(column, _)| column.is_none()) {
                break;
            }
        }
    }

    fn sum(&mut self, record: &mut Record<'_>, sum: Sum, is_ytd: bool, figures: &Figures<'_>, page: u32) {
        let (key, seen) = match sum {
            Sum::Gross => ("payslip.gross", self.has_gross),
            Sum::Net => ("payslip.net", self.has_net),
            Sum::Deductions | Sum::Any => ("payslip.deductions_total", false),
        };
        let year = if key == "payslip.deductions_total" {
            "payslip.deductions_ytd".to_owned()
        } else {
            format!("{key}_ytd")
        };
        if is_ytd {
            if let Some(figure) = figures.ytd.or(figures.amount) {
                record.figure(year, &figure, page);
            }
            return;
        }
        if !seen && let Some(figure) = figures.amount {
            record.figure(key, &figure, page);
            self.has_gross |= sum == Sum::Gross;
            self.has_net |= sum == Sum::Net;
        }
        if let Some(figure) = figures.ytd {
            record.figure(year, &figure, page);
        }
    }

    fn entry(
        &mut self,
        record: &mut Record<'_>,
        group: &Group<'_>,
        part: Option<Part>,
        figures: &Figures<'_>,
    ) {
        let is_after_net = self.has_net && part.is_none();
        let guessed = match (self.has_gross, self.has_net) {
            (false, false) => Part::Earnings,
            (true, false) => Part::Deductions,
            (_, true) => Part::Aside,
        };
        // Where the parts are columns, the figure decides and not the label.
        let by_figure =
            figures.amount.and_then(|figure| self.headings.part_of_figure(figure.token, group.row));
        let known = part.or(by_figure);
        // Above the first heading, where there are headings, stand names and addresses.
        let is_above = known.is_none() && self.headings.has_parts();
        let (name, index) = match known.unwrap_or(guessed) {
            Part::Earnings => ("earning", &mut self.counts.0),
            Part::Deductions => ("deduction", &mut self.counts.1),
            Part::Aside => return,
        };
        let Some(source) = group.source().filter(|_| !is_after_net && !is_above && is_entry(group)) else {
            return;
        };
        let Some((amount, minor)) =
            figures.amount.and_then(|f| record.notation.minor(&f).map(|minor| (f, minor)))
        else {
            return;
        };
        // Deductions are printed with and without a minus; they are kept without.
        let minor = if name == "deduction" && amount.token.text.contains(['-', '(', '\u{2212}']) {
            minor.saturating_neg()
        } else {
            minor
        };
        record.text(format!("payslip.{name}[{index}].label"), group.text(), source);
        record.amount(format!("payslip.{name}[{index}].amount"), minor, &amount, group.page);
        if let Some(ytd) = figures.ytd {
            let year =
                record.notation.minor(&ytd).map(|m| if name == "deduction" { m.saturating_abs() } else { m });
            if let Some(year) = year {
                record.amount(format!("payslip.{name}[{index}].ytd"), year, &ytd, group.page);
            }
        }
        *index += 1;
    }
}

/// Something with letters that is no sentence.
fn is_entry(group: &Group<'_>) -> bool {
    let letters = group.folded.chars().filter(|c| c.is_alphabetic()).count();
    let digits = group.folded.chars().filter(char::is_ascii_digit).count();
    (letters >= 2 || digits >= 2 && letters == 1)
        && group.label.len() <= 8
        && !crate::paper::kinds::begins_with_page(&group.folded)
}

/// Which sum a label names, and whether it is that of the year.
fn sum_of(folded: &str) -> Option<(Sum, bool)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_ytd =
        words.len() > 1 && words.len() <= YTD_END_WORDS_MAX && words.iter().any(|word| YTD.contains(word));
    let begins =
        |name: &str| folded == name || (is_ytd && folded.starts_with(name)) || is_marked(folded, name);
    let found = SUMS
        .iter()
        .flat_map(|(sum, names)| names.split('|').map(move |name| (*sum, name.trim())))
        .filter(|(_, name)| begins(name))
        .max_by_key(|(_, name)| name.len())?;
    Some((found.0, is_ytd))
}

/// "Net pay EUR", "Gross pay this period": the sum with a word more.
fn is_marked(folded: &str, name: &str) -> bool {
    const MARKS: &[&str] = &[
        "eur",
        "usd",
        "gbp",
        "chf",
        "this period",
        "current",
        "in eur",
        "en euros",
        "for the month",
        "total",
        "aud",
        "cad",
    ];
    folded.strip_prefix(name).is_some_and(|rest| MARKS.contains(&rest.trim()))
}
