//! In the manner of a personal financial statement: two columns of amounts without cents, sums, a table of debts.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

const ASSETS: [(&str, &str); 8] = [
    ("cash", "Cash on Hand & in Banks"),
    ("savings", "Savings Accounts"),
    ("ira", "IRA or Other Retirement Account"),
    ("receivable", "Accounts & Notes Receivable"),
    ("stocks", "Stocks and Bonds"),
    ("realestate", "Real Estate"),
    ("auto", "Automobiles"),
    ("totalassets", "Total Assets"),
];
const LIABILITIES: [(&str, &str); 8] = [
    ("payable", "Accounts Payable"),
    ("notes", "Notes Payable to Banks and Others"),
    ("installauto", "Installment Account (Auto)"),
    ("mortgage", "Mortgages on Real Estate"),
    ("taxes", "Unpaid Taxes"),
    ("otherliab", "Other Liabilities"),
    ("totalliab", "Total Liabilities"),
    ("networth", "Net Worth"),
];

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    first_page(&mut sheet);
    second_page(&mut sheet);
    Blank {
        name: "personal-statement",
        sheet,
        facts: facts(),
        answers: answers(&[
            ("Name", "Mara J. Quill"),
            ("BusPhone", "(512) 555-0142"),
            ("ResPhone", "(512) 555-0188"),
            ("ResAddress", "7 Mill Street"),
            ("CityStateZip", "Port Ellery, TX, 78702"),
            ("BusName", "Blue Heron Coffee Roasters LLC"),
            ("AsOf", "03/31/2026"),
            ("Marital", "Married"),
            ("cash", "18,251"),
            ("savings", "42,000"),
            ("ira", "61,120"),
            ("realestate", "310,000"),
            ("auto", "14,500"),
            ("totalassets", "445,870"),
            ("payable", "2,310"),
            ("mortgage", "188,400"),
            ("taxes", "0"),
            ("totalliab", "190,710"),
            ("networth", "255,160"),
            ("salary", "72,000"),
            ("holder_1", "Ellery Savings Bank"),
            ("balance_1", "188,400"),
            ("payment_1", "1,450"),
            ("holder_2", "Harbour Card"),
            ("balance_2", "2,310"),
            ("payment_2", "95"),
            ("MoreDebts", "Quayside Leasing; Uncle Tam"),
        ]),
        left: names(&["Bankrupt", "Initials", "Signature1", "SigDate", "SSN"]),
    }
}

fn first_page(sheet: &mut Sheet) {
    sheet.page("Personal Financial Statement");
    sheet.above("Name", "Name", 36.0, 66.0, 300.0, Kind::Text).required();
    sheet.above("BusPhone", "Business Phone", 350.0, 66.0, 226.0, Kind::Text);
    sheet.above("ResAddress", "Residence Address", 36.0, 96.0, 300.0, Kind::Text).required();
    sheet.above("ResPhone", "Residence Phone", 350.0, 96.0, 226.0, Kind::Text);
    sheet.above("CityStateZip", "City, State, & Zip Code", 36.0, 126.0, 300.0, Kind::Text);
    sheet.above(
        "AsOf",
        "This information is current as of (month/day/year)",
        350.0,
        126.0,
        226.0,
        Kind::Text,
    );
    sheet.above("BusName", "Business Name of Applicant", 36.0, 156.0, 300.0, Kind::Text);
    sheet.above(
        "Marital",
        "Marital Status",
        350.0,
        156.0,
        226.0,
        Kind::Combo(&["", "Married", "Not Married"]),
    );
    sheet.print(36.0, 200.0, 10.0, true, "ASSETS (omit cents)");
    sheet.print(320.0, 200.0, 10.0, true, "LIABILITIES (omit cents)");
    for (row, ((asset, asset_label), (liability, liability_label))) in
        ASSETS.into_iter().zip(LIABILITIES).enumerate()
    {
        let y = 220.0 + 22.0 * f32::from(u8::try_from(row).unwrap_or(0));
        sheet.beside(asset, asset_label, 36.0, y, 180.0, 90.0);
        sheet.beside(liability, liability_label, 320.0, y, 170.0, 86.0);
    }
    sheet.print(36.0, 420.0, 10.0, true, "Section 1. Source of Income");
    sheet.beside("salary", "Salary", 36.0, 440.0, 180.0, 90.0);
    sheet.beside("rental", "Real Estate Income", 320.0, 440.0, 170.0, 86.0);
}

fn second_page(sheet: &mut Sheet) {
    sheet.page("Personal Financial Statement, continued");
    sheet.print(36.0, 66.0, 10.0, true, "Section 2. Notes Payable to Banks and Others");
    for (x, label) in [(36.0, "Name of Noteholder"), (260.0, "Current Balance"), (400.0, "Payment Amount")] {
        sheet.print(x, 84.0, 7.0, false, label);
    }
    for row in 1_u8..=2 {
        let y = 88.0 + 20.0 * f32::from(row);
        sheet.beside(&format!("holder_{row}"), "", 36.0, y, 0.0, 210.0);
        sheet.beside(&format!("balance_{row}"), "", 260.0, y, 0.0, 120.0);
        sheet.beside(&format!("payment_{row}"), "", 400.0, y, 0.0, 120.0);
    }
    sheet.above("MoreDebts", "Further noteholders", 36.0, 160.0, 540.0, Kind::Multiline);
    sheet.tick(
        "Bankrupt",
        "I have been involved in bankruptcy or insolvency proceedings",
        36.0,
        230.0,
        "Yes",
    );
    sheet.above("Initials", "Initials", 36.0, 250.0, 60.0, Kind::Text);
    sheet.above("Signature1", "Signature", 36.0, 290.0, 240.0, Kind::Signature);
    sheet.above("SigDate", "Date signed", 300.0, 290.0, 100.0, Kind::Text);
    sheet.above("SSN", "Social Security No.", 420.0, 290.0, 150.0, Kind::Text).required();
}

fn facts() -> Vec<(&'static str, &'static str, u8)> {
    vec![
        ("applicant[0].full_name", "Mara J. Quill", 98),
        ("applicant[0].address.line1", "7 Mill Street", 94),
        ("applicant[0].address.city", "Port Ellery", 94),
        ("applicant[0].address.state", "TX", 94),
        ("applicant[0].address.zip", "78702", 94),
        ("applicant[0].phone_home", "512 555 0188", 90),
        ("applicant[0].marital_status", "married", 90),
        ("applicant[0].income.salary", "72000.00", 95),
        ("business.legal_name", "Blue Heron Coffee Roasters LLC", 97),
        ("business.phone", "512-555-0142", 93),
        ("loan.date", "2026-03-31", 99),
        ("assets.cash", "18250.61", 96),
        ("assets.savings", "42000.00", 96),
        ("assets.retirement", "61119.75", 95),
        ("assets.real_estate", "310000.00", 88),
        ("assets.vehicles", "14500.00", 88),
        ("liabilities.accounts_payable", "2310.00", 92),
        ("liabilities.mortgages", "188400.00", 95),
        ("liabilities.taxes", "0.00", 90),
        ("debt[0].lender", "Ellery Savings Bank", 95),
        ("debt[0].balance", "188400.00", 95),
        ("debt[0].payment", "1450.00", 95),
        ("debt[1].lender", "Harbour Card", 95),
        ("debt[1].balance", "2310.00", 95),
        ("debt[1].payment", "95.00", 95),
        ("debt[2].lender", "Quayside Leasing", 95),
        ("debt[3].lender", "Uncle Tam", 95),
    ]
}
