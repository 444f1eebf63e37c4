//! In the manner of an online lender's business loan application: telling names, radio buttons, a list, owners in rows.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    sheet.page("Business Loan Application");
    business(&mut sheet);
    owners(&mut sheet);
    Blank {
        name: "loan-application",
        sheet,
        facts: facts(),
        answers: answers(&[
            ("business_legal_name", "Zoë & Łukasz Bäckerei GmbH"),
            ("business_dba", "Zoë & Łukasz"),
            ("federal_tax_id", "98-7654321"),
            ("entity", "corp"),
            ("start_date", "06/01/2019"),
            ("annual_revenue", "1,204,310.55"),
            ("loan_amount", "85,000.00"),
            ("use_of_funds", "A second oven, and flour for the season before the harbour festival"),
            ("bank_name", "Ellery Savings Bank"),
            ("account_number", "000123456789"),
            ("routing_number", "111000025"),
            ("owner_1_name", "Zoë Brandt"),
            ("owner_1_percent", "60"),
            ("owner_1_dob", "02/29/1988"),
            ("owner_2_name", "Łukasz Wieczór"),
            ("owner_2_percent", "40"),
        ]),
        left: names(&["citizen", "credit_consent", "signature", "signed_on"]),
    }
}

fn business(sheet: &mut Sheet) {
    sheet.print(36.0, 62.0, 10.0, true, "Tell us about your business");
    sheet.above("business_legal_name", "Legal Business Name", 36.0, 78.0, 260.0, Kind::Text).required();
    sheet.above("business_dba", "Doing Business As (DBA)", 316.0, 78.0, 260.0, Kind::Text);
    sheet.above("federal_tax_id", "Federal Tax ID (EIN)", 36.0, 110.0, 260.0, Kind::Text).required();
    sheet.print(316.0, 110.0, 7.0, false, "Entity Type");
    sheet.radio("entity", "LLC", 316.0, 124.0, "llc");
    sheet.radio("entity", "Corporation", 376.0, 124.0, "corp");
    sheet.radio("entity", "Partnership", 466.0, 124.0, "partner");
    sheet
        .above("start_date", "Business Start Date", 36.0, 142.0, 120.0, Kind::Text)
        .tooltip("Business start date (mm/dd/yyyy)");
    sheet.above(
        "industry",
        "Industry",
        176.0,
        142.0,
        120.0,
        Kind::Combo(&["Retail", "Food", "Transport", "Other"]),
    );
    sheet.above("annual_revenue", "Gross Annual Sales", 316.0, 142.0, 260.0, Kind::Text);
    sheet.above("loan_amount", "How much do you need?", 36.0, 174.0, 120.0, Kind::Text).required();
    sheet.above("use_of_funds", "Use of funds", 176.0, 174.0, 400.0, Kind::Multiline);
    sheet.above("bank_name", "Bank Name", 36.0, 234.0, 180.0, Kind::Text);
    sheet.above("account_number", "Account Number", 236.0, 234.0, 160.0, Kind::Text);
    sheet.above("routing_number", "Routing Number", 416.0, 234.0, 160.0, Kind::Comb(9));
}

fn owners(sheet: &mut Sheet) {
    sheet.print(36.0, 280.0, 10.0, true, "Owners of 20 % and more");
    for row in 1_u8..=3 {
        let y = 270.0 + 30.0 * f32::from(row);
        sheet.above(&format!("owner_{row}_name"), "Owner Name", 36.0, y, 240.0, Kind::Text);
        sheet.above(&format!("owner_{row}_percent"), "Ownership %", 296.0, y, 80.0, Kind::Text);
        sheet.above(&format!("owner_{row}_dob"), "Date of Birth", 396.0, y, 120.0, Kind::Text);
    }
    sheet.tick("citizen", "I am a citizen of the United States", 36.0, 410.0, "Yes");
    sheet.tick("credit_consent", "I agree that my credit report may be obtained", 36.0, 428.0, "Yes");
    sheet.above("signature", "Signature", 36.0, 450.0, 240.0, Kind::Signature);
    sheet.above("signed_on", "Date Signed", 296.0, 450.0, 100.0, Kind::Text);
}

fn facts() -> Vec<(&'static str, &'static str, u8)> {
    vec![
        ("business.legal_name", "Zoë & Łukasz Bäckerei GmbH", 97),
        ("business.dba", "Zoë & Łukasz", 91),
        ("business.ein", "987654321", 96),
        ("business.entity_type", "corporation", 92),
        ("business.start_date", "2019-06-01", 95),
        ("business.annual_revenue", "1204310.55", 93),
        // Read from a blurred picture: proposed, not filled.
        ("business.industry", "Food", 55),
        ("loan.amount", "85000.00", 99),
        ("loan.purpose", "A second oven, and flour for the season before the harbour festival", 99),
        ("bank[0].name", "Ellery Savings Bank", 96),
        ("bank[0].account_number", "000123456789", 96),
        ("bank[0].routing", "111000025", 96),
        ("owner[0].full_name", "Zoë Brandt", 95),
        ("owner[0].ownership_pct", "60", 95),
        ("owner[0].dob", "1988-02-29", 95),
        ("owner[1].full_name", "Łukasz Wieczór", 95),
        ("owner[1].ownership_pct", "40", 95),
        // 3 April or 4 March: nobody can tell.
        ("owner[1].dob", "03/04/1979", 95),
    ]
}
