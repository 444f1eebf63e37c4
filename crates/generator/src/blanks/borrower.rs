//! In the manner of a borrower information form for guaranteed loans: names of fields that say little, a table of
//! owners, a column of yes and no that only a person may answer.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

/// Questions with legal weight: nobody but the applicant answers them.
const QUESTIONS: [&str; 8] = [
    "Is the business or any owner presently suspended or debarred from doing business with a public agency?",
    "Has the business or any owner ever defaulted on a loan of the government?",
    "Is any owner presently subject to an indictment, or on parole or probation?",
    "Has any owner been convicted of a felony within the last five years?",
    "Is the business or any owner a party to a pending lawsuit or bankruptcy?",
    "Does any owner owe child support that is more than sixty days late?",
    "Is any owner employed by the lender or by the agency?",
    "Does the business export, or plan to export with this loan?",
];

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    business(&mut sheet);
    money(&mut sheet);
    owners(&mut sheet);
    questions(&mut sheet);
    let mut left = names(&["Minority", "Vet", "Auth", "SigA", "SigDateA", "PrintA", "TitleA"]);
    left.extend((1..=QUESTIONS.len()).map(|row| format!("q{row}")));
    Blank { name: "borrower-information", sheet, facts: facts(), answers: filled(), left }
}

fn business(sheet: &mut Sheet) {
    sheet.page("Borrower Information Form");
    sheet.print(36.0, 58.0, 9.0, true, "Section I: Applicant Business");
    sheet
        .above("BizName", "Applicant Legal Name", 36.0, 76.0, 320.0, Kind::Text)
        .means("business.legal_name")
        .required();
    sheet
        .above("dbaname", "DBA or Tradename (if applicable)", 370.0, 76.0, 206.0, Kind::Text)
        .means("business.dba");
    sheet
        .above("addr1", "Business Street Address", 36.0, 108.0, 320.0, Kind::Text)
        .means("business.address.line1")
        .required();
    sheet
        .above("addr2", "City, State, ZIP", 370.0, 108.0, 206.0, Kind::Text)
        .means("business.address.city+business.address.state+business.address.zip");
    sheet
        .above("EIN", "Business TIN (EIN, SSN)", 36.0, 140.0, 150.0, Kind::Comb(9))
        .means("business.ein")
        .required();
    sheet.above("bphone", "Business Phone", 200.0, 140.0, 156.0, Kind::Text).means("business.phone");
    sheet.above("yrs", "Year Beginning Operations", 370.0, 140.0, 206.0, Kind::Text);
    sheet.above("contact", "Primary Contact", 36.0, 172.0, 150.0, Kind::Text).means("applicant[0].full_name");
    sheet.above("cmail", "Email Address", 200.0, 172.0, 156.0, Kind::Text).means("applicant[0].email");
    sheet.above("Naics", "Industry Code (NAICS)", 370.0, 172.0, 100.0, Kind::Comb(6)).means("business.naics");
    sheet.print(36.0, 206.0, 7.0, false, "Entity (mark one)");
    for (at, (label, state)) in [
        ("Sole Proprietor", "SP"),
        ("Partnership", "PA"),
        ("C-Corp", "CC"),
        ("S-Corp", "SC"),
        ("LLC", "LL"),
        ("Nonprofit", "NP"),
    ]
    .into_iter()
    .enumerate()
    {
        let column = f32::from(u8::try_from(at).unwrap_or(0));
        sheet.radio("entity", label, 36.0 + column * 90.0, 220.0, state).means("business.entity_type");
    }
    sheet.tick("Minority", "Minority owned (answering is voluntary)", 36.0, 240.0, "On");
    sheet.tick("Vet", "Veteran owned (answering is voluntary)", 300.0, 240.0, "On");
}

fn money(sheet: &mut Sheet) {
    sheet
        .above("amt", "Amount of Loan Requested ($)", 36.0, 262.0, 150.0, Kind::Text)
        .means("loan.amount")
        .required();
    sheet
        .above("emp", "Number of Existing Employees", 200.0, 262.0, 156.0, Kind::Text)
        .means("business.employees");
    sheet.above("jobs", "Jobs to be Created with this Loan", 370.0, 262.0, 206.0, Kind::Text);
    sheet
        .above("purp", "Purpose of the loan (describe in a few words)", 36.0, 294.0, 540.0, Kind::Multiline)
        .means("loan.purpose");
    sheet.print(36.0, 354.0, 8.0, true, "Where the money goes (whole dollars)");
    for (row, (field, label)) in
        [("u_equip", "Equipment"), ("u_cap", "Working Capital"), ("u_refi", "Debt Refinance")]
            .into_iter()
            .enumerate()
    {
        let y = 372.0 + 20.0 * f32::from(u8::try_from(row).unwrap_or(0));
        sheet.beside(field, label, 36.0, y, 120.0, 100.0);
    }
    let parts = names(&["u_equip", "u_cap", "u_refi"]);
    sheet.beside("u_total", "Total of these", 300.0, 372.0, 120.0, 100.0).sum(parts);
}

fn owners(sheet: &mut Sheet) {
    sheet.page("Borrower Information Form, page 2");
    sheet.print(
        36.0,
        62.0,
        9.0,
        true,
        "Section II: Owners of the Applicant (all of 20% or more; use a sheet for others)",
    );
    for (x, label) in [
        (36.0, "Owner's Legal Name"),
        (196.0, "Title"),
        (286.0, "Ownership %"),
        (356.0, "TIN (EIN, SSN)"),
        (456.0, "Address"),
    ] {
        sheet.print(x, 82.0, 7.0, false, label);
    }
    for row in 0_u8..4 {
        let y = 100.0 + 22.0 * f32::from(row);
        let line = row + 1;
        for (field, x, width, key) in [
            ("on", 36.0, 150.0, "full_name"),
            ("ot", 196.0, 80.0, "title"),
            ("op", 286.0, 60.0, "ownership_pct"),
            ("os", 356.0, 90.0, "ssn"),
            ("oa", 456.0, 120.0, "address.line1"),
        ] {
            sheet
                .beside(&format!("T2.{field}{line}"), "", x, y, 0.0, width)
                .means(format!("owner[{row}].{key}"));
        }
    }
}

fn questions(sheet: &mut Sheet) {
    sheet.print(36.0, 210.0, 9.0, true, "Section III: Questions (initial nothing; answer every line)");
    for (at, question) in QUESTIONS.into_iter().enumerate() {
        let y = 230.0 + 20.0 * f32::from(u8::try_from(at).unwrap_or(0));
        sheet.print(36.0, y, 7.5, false, question);
        let group: &'static str =
            ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"].get(at).copied().unwrap_or("q");
        sheet.radio(group, "Yes", 470.0, y, "Yes");
        sheet.radio(group, "No", 520.0, y, "No");
    }
    sheet.tick("Auth", "I authorize the agency to request criminal record information.", 36.0, 410.0, "On");
    sheet.above("SigA", "Signature", 36.0, 440.0, 240.0, Kind::Signature);
    sheet.above("SigDateA", "Date", 300.0, 440.0, 100.0, Kind::Text).day("mm/dd/yyyy");
    sheet.above("PrintA", "Print Name", 36.0, 474.0, 240.0, Kind::Text);
    sheet.above("TitleA", "Title", 300.0, 474.0, 160.0, Kind::Text);
}

fn filled() -> Vec<(String, String)> {
    answers(&[
        ("BizName", "Tidewater Joinery Inc"),
        ("addr1", "220 Slipway Road"),
        ("addr2", "Port Ellery, TX, 78703"),
        ("EIN", "981112223"),
        ("bphone", "(512) 555-0110"),
        ("contact", "Ines Okafor"),
        ("cmail", "ines@tidewater.example"),
        ("Naics", "337110"),
        ("entity", "SC"),
        ("amt", "150,000.00"),
        ("emp", "11"),
        ("purp", "A panel saw and two months of timber"),
        ("T2.on1", "Ines Okafor"),
        ("T2.ot1", "President"),
        ("T2.op1", "55"),
        ("T2.os1", "900-12-3456"),
        ("T2.oa1", "3 Quay Row"),
        ("T2.on2", "Bram Vos"),
        ("T2.op2", "25"),
        ("T2.on3", "Sefa Tui"),
        ("T2.op3", "20"),
    ])
}

fn facts() -> Vec<(&'static str, &'static str, u8)> {
    vec![
        ("business.legal_name", "Tidewater Joinery Inc", 97),
        ("business.address.line1", "220 Slipway Road", 94),
        ("business.address.city", "Port Ellery", 94),
        ("business.address.state", "TX", 94),
        ("business.address.zip", "78703", 94),
        ("business.ein", "98-1112223", 96),
        ("business.phone", "512 555 0110", 92),
        ("business.naics", "337110", 90),
        ("business.entity_type", "s_corporation", 93),
        ("business.employees", "11", 90),
        ("applicant[0].full_name", "Ines Okafor", 96),
        ("applicant[0].email", "ines@tidewater.example", 95),
        ("loan.amount", "150000.00", 99),
        ("loan.purpose", "A panel saw and two months of timber", 99),
        ("owner[0].full_name", "Ines Okafor", 96),
        ("owner[0].title", "President", 92),
        ("owner[0].ownership_pct", "55", 95),
        ("owner[0].ssn", "900-12-3456", 90),
        ("owner[0].address.line1", "3 Quay Row", 90),
        ("owner[1].full_name", "Bram Vos", 96),
        ("owner[1].ownership_pct", "25", 95),
        // Masked on the paper it was read from: no number that a form could take.
        ("owner[1].ssn", "***-**-7788", 95),
        ("owner[2].full_name", "Sefa Tui", 96),
        ("owner[2].ownership_pct", "20", 95),
    ]
}
