//! QIF: letters, one a line. Dates are month/day/year, as the format's own programs write them.

use super::plain;
use crate::case_report::{CaseReport, Ledger, Row};

const TEXT_MAX: usize = 255;

pub(super) fn qif(report: &CaseReport<'_>) -> Vec<u8> {
    let mut text = String::new();
    for ledger in &report.accounts {
        account(&mut text, ledger);
        ledger.rows.iter().for_each(|row| transaction(&mut text, row));
    }
    text.into_bytes()
}

fn account(text: &mut String, ledger: &Ledger<'_>) {
    let kind = match ledger.account.account.kind.as_deref() {
        Some("credit_card") => "CCard",
        Some("loan" | "line_of_credit") => "Oth L",
        Some(_) | None => "Bank",
    };
    *text += &format!("!Account\nN{}\nT{kind}\n^\n!Type:{kind}\n", plain(&ledger.name, TEXT_MAX));
}

fn transaction(text: &mut String, row: &Row<'_>) {
    let day = row.ledger.date;
    *text += &format!("D{:02}/{:02}/{:04}\nT{}\nC*\n", day.month(), day.day(), day.year(), row.amount);
    let said = row.row.categorization.as_ref();
    let counterparty = said.and_then(|said| said.counterparty.as_deref());
    let lines = [
        ('N', row.row.check_number.as_deref()),
        ('P', Some(counterparty.unwrap_or(&row.row.description))),
        ('M', Some(row.row.description.as_str())),
        ('L', said.map(|said| said.category.as_str())),
    ];
    for (letter, value) in lines {
        let value = value.map(|value| plain(value, TEXT_MAX)).filter(|value| !value.is_empty());
        if let Some(value) = value {
            *text += &format!("{letter}{value}\n");
        }
    }
    *text += "^\n";
}
