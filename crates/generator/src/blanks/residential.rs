//! In the manner of a residential loan application: many sections, tables of accounts, debts and properties, lines that
//! only some have to fill, declarations and demographic questions that no document answers.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

const DECLARATIONS: [&str; 5] = [
    "Will you occupy the property as your primary residence?",
    "Are there any outstanding judgments against you?",
    "Are you currently delinquent or in default on a federal debt?",
    "Have you declared bankruptcy within the past 7 years?",
    "Are you a co-signer or guarantor on any debt that is not disclosed here?",
];

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    personal(&mut sheet);
    employment(&mut sheet);
    holdings(&mut sheet);
    property_and_loan(&mut sheet);
    last_page(&mut sheet);
    let mut left = names(&[
        "b.citizen",
        "b.credit",
        "b.selfemp",
        "d.ethnicity",
        "d.race",
        "d.sex",
        "ack.sign",
        "ack.date",
        "lo.name",
        "lo.id",
    ]);
    left.extend((1..=DECLARATIONS.len()).map(|row| format!("dec.{row}")));
    Blank { name: "residential-application", sheet, facts: facts(), answers: filled(), left }
}

/// One line of fields: name, label, start, width, key.
fn line(sheet: &mut Sheet, y: f32, fields: &[(&str, &str, f32, f32, &str)]) {
    for (field, label, x, width, key) in fields {
        sheet.above(field, label, *x, y, *width, Kind::Text);
        if !key.is_empty() {
            sheet.means(*key);
        }
    }
}

fn personal(sheet: &mut Sheet) {
    sheet.page("Uniform Home Loan Application");
    sheet.print(36.0, 58.0, 9.0, true, "Section 1: Borrower Information. 1a. Personal Information");
    line(
        sheet,
        74.0,
        &[
            ("b.first", "First Name", 36.0, 130.0, "applicant[0].first_name"),
            ("b.mid", "Middle", 176.0, 80.0, "applicant[0].middle"),
            ("b.last", "Last Name", 266.0, 160.0, "applicant[0].last_name"),
            ("b.suf", "Suffix", 436.0, 40.0, "applicant[0].suffix"),
        ],
    );
    sheet
        .above("b.ssn", "Social Security Number", 36.0, 106.0, 130.0, Kind::Comb(9))
        .means("applicant[0].ssn");
    sheet
        .above("b.dob", "Date of Birth (mm/dd/yyyy)", 176.0, 106.0, 100.0, Kind::Text)
        .day("mm/dd/yyyy")
        .means("applicant[0].dob");
    sheet.above(
        "b.citizen",
        "Citizenship",
        300.0,
        106.0,
        170.0,
        Kind::Combo(&["U.S. Citizen", "Permanent Resident Alien", "Non-Permanent Resident Alien"]),
    );
    sheet.print(36.0, 138.0, 7.0, false, "Type of Credit");
    sheet.radio("b.credit", "I am applying for individual credit", 36.0, 150.0, "I");
    sheet.radio("b.credit", "I am applying for joint credit", 236.0, 150.0, "J");
    sheet.print(36.0, 168.0, 7.0, false, "Marital Status");
    for (at, (label, state)) in
        [("Married", "M"), ("Separated", "S"), ("Unmarried", "U")].into_iter().enumerate()
    {
        let x = 36.0 + 80.0 * f32::from(u8::try_from(at).unwrap_or(0));
        sheet.radio("b.marital", label, x, 180.0, state).means("applicant[0].marital_status");
    }
    line(
        sheet,
        168.0,
        &[
            (
                "b.depno",
                "Dependents (not listed by another borrower): Number",
                300.0,
                60.0,
                "applicant[0].dependents",
            ),
            ("b.ages", "Ages", 520.0, 56.0, ""),
        ],
    );
    sheet.print(36.0, 212.0, 8.0, true, "Contact Information");
    line(
        sheet,
        226.0,
        &[
            ("b.hphone", "Home Phone", 36.0, 130.0, "applicant[0].phone_home"),
            ("b.cphone", "Cell Phone", 176.0, 130.0, "applicant[0].phone_mobile"),
            ("b.wphone", "Work Phone", 316.0, 110.0, "applicant[0].employer_phone"),
            ("b.email", "Email", 436.0, 140.0, "applicant[0].email"),
        ],
    );
    addresses(sheet);
}

fn addresses(sheet: &mut Sheet) {
    sheet.print(36.0, 262.0, 8.0, true, "Current Address");
    line(
        sheet,
        276.0,
        &[
            ("cur.street", "Street", 36.0, 260.0, "applicant[0].address.line1"),
            ("cur.unit", "Unit #", 306.0, 50.0, ""),
            ("cur.city", "City", 366.0, 110.0, "applicant[0].address.city"),
            ("cur.state", "State", 486.0, 30.0, "applicant[0].address.state"),
            ("cur.zip", "ZIP", 526.0, 50.0, "applicant[0].address.zip"),
        ],
    );
    line(
        sheet,
        308.0,
        &[
            ("cur.years", "How Long at Current Address? Years", 36.0, 60.0, "applicant[0].address.years"),
            ("cur.months", "Months", 186.0, 50.0, ""),
            ("cur.rent", "Rent, a month ($)", 476.0, 100.0, "expenses.rent_mortgage"),
        ],
    );
    sheet.print(256.0, 308.0, 7.0, false, "Housing");
    for (at, (label, state)) in [("No expense", "N"), ("Own", "O"), ("Rent", "R")].into_iter().enumerate() {
        let x = 256.0 + 74.0 * f32::from(u8::try_from(at).unwrap_or(0));
        sheet.radio("cur.housing", label, x, 322.0, state).means("applicant[0].housing");
    }
    sheet.print(36.0, 344.0, 8.0, true, "If at Current Address for LESS than 2 years, list Former Address");
    line(
        sheet,
        358.0,
        &[
            ("for.street", "Street", 36.0, 260.0, "applicant[0].former_address.line1"),
            ("for.city", "City", 306.0, 170.0, "applicant[0].former_address.city"),
            ("for.state", "State", 486.0, 30.0, "applicant[0].former_address.state"),
            ("for.zip", "ZIP", 526.0, 50.0, "applicant[0].former_address.zip"),
        ],
    );
}

fn employment(sheet: &mut Sheet) {
    sheet.print(36.0, 396.0, 9.0, true, "1b. Current Employment and Income");
    line(
        sheet,
        412.0,
        &[
            ("e.name", "Employer or Business Name", 36.0, 260.0, "applicant[0].employer"),
            ("e.pos", "Position or Title", 306.0, 130.0, "applicant[0].title"),
            (
                "e.years",
                "How long in this line of work? Years",
                446.0,
                130.0,
                "applicant[0].employment_years",
            ),
        ],
    );
    sheet
        .above("e.start", "Start Date (mm/dd/yyyy)", 36.0, 444.0, 100.0, Kind::Text)
        .day("mm/dd/yyyy")
        .means("applicant[0].employment_start");
    sheet.tick("b.selfemp", "Check if you are the business owner or self-employed", 160.0, 460.0, "Y");
    sheet.print(36.0, 480.0, 8.0, true, "Gross Monthly Income ($)");
    for (row, (field, label, key)) in [
        ("inc.base", "Base", "applicant[0].monthly_income.base"),
        ("inc.over", "Overtime", "applicant[0].monthly_income.overtime"),
        ("inc.bonus", "Bonus", "applicant[0].monthly_income.bonus"),
        ("inc.comm", "Commission", "applicant[0].monthly_income.commission"),
        ("inc.other", "Other", "applicant[0].monthly_income.other"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 498.0 + 20.0 * f32::from(u8::try_from(row).unwrap_or(0));
        sheet.beside(field, label, 36.0, y, 80.0, 90.0).means(key);
    }
    let parts = names(&["inc.base", "inc.over", "inc.bonus", "inc.comm", "inc.other"]);
    sheet
        .beside("inc.total", "TOTAL", 36.0, 600.0, 80.0, 90.0)
        .sum(parts)
        .means("applicant[0].monthly_income.total");
}

/// A table: headings over columns, then rows of fields.
fn table(
    sheet: &mut Sheet,
    y: f32,
    rows: u8,
    stem: &str,
    subject: &str,
    columns: &[(&str, &str, f32, f32, &str)],
) {
    for (_, heading, x, _, _) in columns {
        sheet.print(*x, y, 7.0, false, heading);
    }
    for row in 0..rows {
        let top = y + 18.0 + 20.0 * f32::from(row);
        for (field, _, x, width, key) in columns {
            sheet.beside(&format!("{stem}.{}.{field}", row + 1), "", *x, top, 0.0, *width);
            if !key.is_empty() {
                sheet.means(format!("{subject}[{row}].{key}"));
            }
        }
    }
}

fn holdings(sheet: &mut Sheet) {
    sheet.page("Section 2: Financial Information, Assets and Liabilities");
    sheet.print(36.0, 62.0, 9.0, true, "2a. Assets: Bank Accounts, Retirement, and Other Accounts You Have");
    table(
        sheet,
        78.0,
        8,
        "as",
        "bank",
        &[
            ("type", "Account Type", 36.0, 120.0, "account_type"),
            ("inst", "Financial Institution", 166.0, 180.0, "name"),
            ("num", "Account Number", 356.0, 120.0, "account_number"),
            ("val", "Cash or Market Value", 486.0, 90.0, "balance"),
        ],
    );
    let values = (1..=8).map(|row| format!("as.{row}.val")).collect();
    sheet.beside("as.total", "Provide TOTAL Amount Here ($)", 336.0, 262.0, 150.0, 90.0).sum(values);
    sheet.print(
        36.0,
        292.0,
        9.0,
        true,
        "2c. Liabilities: Credit Cards, Other Debts, and Leases That You Owe",
    );
    table(
        sheet,
        308.0,
        9,
        "li",
        "debt",
        &[
            ("type", "Account Type", 36.0, 100.0, "kind"),
            ("comp", "Company Name", 146.0, 150.0, "lender"),
            ("num", "Account Number", 306.0, 90.0, "account_number"),
            ("bal", "Unpaid Balance", 406.0, 80.0, "balance"),
            ("pay", "Monthly Payment", 496.0, 80.0, "payment"),
        ],
    );
    let payments = (1..=9).map(|row| format!("li.{row}.pay")).collect();
    sheet.beside("li.total", "Total of payments ($)", 366.0, 512.0, 130.0, 80.0).sum(payments);
}

fn property_and_loan(sheet: &mut Sheet) {
    sheet.page("Section 3: Real Estate. Section 4: Loan and Property Information");
    sheet.print(36.0, 62.0, 9.0, true, "3a. Property You Own");
    table(
        sheet,
        78.0,
        3,
        "re",
        "property",
        &[
            ("addr", "Address", 36.0, 170.0, "address"),
            ("value", "Property Value", 212.0, 80.0, "value"),
            ("cred", "Mortgage Creditor Name", 298.0, 120.0, "lender"),
            ("bal", "Unpaid Mortgage Balance", 424.0, 76.0, "mortgage_balance"),
            ("pay", "Mortgage Payment", 508.0, 68.0, "mortgage_payment"),
        ],
    );
    sheet.print(36.0, 180.0, 9.0, true, "4a. Loan and Property Information");
    sheet
        .above("l.amount", "Loan Amount ($)", 36.0, 196.0, 130.0, Kind::Text)
        .means("loan.amount")
        .required();
    sheet.print(190.0, 196.0, 7.0, false, "Loan Purpose");
    for (at, (label, state)) in
        [("Purchase", "P"), ("Refinance", "R"), ("Other", "X")].into_iter().enumerate()
    {
        let x = 190.0 + 90.0 * f32::from(u8::try_from(at).unwrap_or(0));
        sheet.radio("l.purpose", label, x, 210.0, state).means("loan.kind");
    }
    line(
        sheet,
        232.0,
        &[
            ("p.addr", "Property Address: Street, City, State, ZIP", 36.0, 380.0, "loan.property.address"),
            ("p.units", "Number of Units", 426.0, 60.0, ""),
            ("p.value", "Property Value ($)", 496.0, 80.0, "loan.property.value"),
        ],
    );
    sheet
        .above(
            "p.occ",
            "Occupancy",
            36.0,
            264.0,
            160.0,
            Kind::List(&["Primary Residence", "Second Home", "Investment Property"]),
        )
        .means("loan.property.occupancy");
    sheet.above("l.note", "Anything else that the lender should know", 210.0, 264.0, 366.0, Kind::Multiline);
}

fn last_page(sheet: &mut Sheet) {
    sheet.page("Section 5: Declarations. Section 8: Demographic Information");
    for (at, text) in DECLARATIONS.into_iter().enumerate() {
        let y = 66.0 + 20.0 * f32::from(u8::try_from(at).unwrap_or(0));
        sheet.print(36.0, y, 8.0, false, text);
        let group = ["dec.1", "dec.2", "dec.3", "dec.4", "dec.5"].get(at).copied().unwrap_or("dec");
        sheet.radio(group, "NO", 470.0, y, "N");
        sheet.radio(group, "YES", 520.0, y, "Y");
    }
    sheet.above("d.ethnicity", "Ethnicity", 36.0, 184.0, 160.0, Kind::Text);
    sheet.above("d.race", "Race", 216.0, 184.0, 160.0, Kind::Text);
    sheet.above(
        "d.sex",
        "Sex",
        396.0,
        184.0,
        100.0,
        Kind::Combo(&["Female", "Male", "I do not wish to provide"]),
    );
    sheet.above("ack.sign", "Borrower Signature", 36.0, 230.0, 260.0, Kind::Signature);
    sheet.above("ack.date", "Date (mm/dd/yyyy)", 316.0, 230.0, 100.0, Kind::Text).day("mm/dd/yyyy");
    sheet.print(36.0, 276.0, 9.0, true, "Loan Originator Information (to be completed by the originator)");
    sheet.above("lo.name", "Loan Originator Name", 36.0, 292.0, 260.0, Kind::Text);
    sheet.above("lo.id", "Originator NMLS ID", 316.0, 292.0, 160.0, Kind::Text);
}

fn filled() -> Vec<(String, String)> {
    answers(&[
        ("b.first", "Noor"),
        ("b.mid", "A."),
        ("b.last", "Halvorsen"),
        ("b.ssn", "900781234"),
        ("b.dob", "12/09/1985"),
        ("b.marital", "U"),
        ("b.depno", "1"),
        ("b.cphone", "(512) 555-0171"),
        ("b.email", "noor@example.org"),
        ("cur.street", "41 Lantern Street"),
        ("cur.city", "Port Ellery"),
        ("cur.state", "TX"),
        ("cur.zip", "78701"),
        ("cur.years", "1"),
        ("cur.housing", "R"),
        ("cur.rent", "1,650.00"),
        ("for.street", "9 Ferry Court"),
        ("for.city", "Ash Harbor"),
        ("for.state", "TX"),
        ("for.zip", "78612"),
        ("e.name", "Ellery Dock Services Ltd"),
        ("e.pos", "Dispatcher"),
        ("e.start", "03/01/2021"),
        ("inc.base", "5,150.00"),
        ("inc.over", "212.40"),
        ("inc.total", "5,362.40"),
        ("as.1.type", "Checking"),
        ("as.1.inst", "Ellery Savings Bank"),
        ("as.1.num", "000777123"),
        ("as.1.val", "8,410.22"),
        ("as.2.type", "Savings"),
        ("as.2.inst", "Harbour Mutual"),
        ("as.2.num", "55501"),
        ("as.2.val", "21,000.00"),
        ("as.total", "29,410.22"),
        ("li.1.type", "Revolving"),
        ("li.1.comp", "Harbour Card"),
        ("li.1.bal", "1,204.00"),
        ("li.1.pay", "40.00"),
        ("li.2.type", "Installment"),
        ("li.2.comp", "Quayside Auto"),
        ("li.2.bal", "9,800.00"),
        ("li.2.pay", "310.00"),
        ("li.total", "350.00"),
        ("re.1.addr", "Lot 4, Fenland Road"),
        ("re.1.value", "36,000.00"),
        ("l.amount", "240,000.00"),
        ("l.purpose", "P"),
        ("p.addr", "17 Beacon Hill, Port Ellery, TX 78702"),
        ("p.value", "301,500.00"),
        ("p.occ", "Primary Residence"),
    ])
}

fn facts() -> Vec<(&'static str, &'static str, u8)> {
    vec![
        ("applicant[0].full_name", "Noor A. Halvorsen", 97),
        ("applicant[0].ssn", "900-78-1234", 95),
        ("applicant[0].dob", "1985-12-09", 96),
        ("applicant[0].marital_status", "unmarried", 90),
        ("applicant[0].dependents", "1", 90),
        ("applicant[0].phone_mobile", "+1 512 555 0171", 90),
        ("applicant[0].email", "noor@example.org", 95),
        ("applicant[0].address.line1", "41 Lantern Street", 94),
        ("applicant[0].address.city", "Port Ellery", 94),
        ("applicant[0].address.state", "TX", 94),
        ("applicant[0].address.zip", "78701", 94),
        ("applicant[0].address.years", "1", 92),
        ("applicant[0].housing", "rent", 92),
        ("applicant[0].former_address.line1", "9 Ferry Court", 90),
        ("applicant[0].former_address.city", "Ash Harbor", 90),
        ("applicant[0].former_address.state", "TX", 90),
        ("applicant[0].former_address.zip", "78612", 90),
        ("expenses.rent_mortgage", "1650.00", 93),
        ("applicant[0].employer", "Ellery Dock Services Ltd", 95),
        ("applicant[0].title", "Dispatcher", 92),
        ("applicant[0].employment_start", "2021-03-01", 92),
        ("applicant[0].monthly_income.base", "5150.00", 94),
        ("applicant[0].monthly_income.overtime", "212.40", 94),
        ("bank[0].account_type", "Checking", 95),
        ("bank[0].name", "Ellery Savings Bank", 96),
        ("bank[0].account_number", "000777123", 96),
        ("bank[0].balance", "8410.22", 96),
        ("bank[1].account_type", "Savings", 95),
        ("bank[1].name", "Harbour Mutual", 96),
        ("bank[1].account_number", "55501", 96),
        ("bank[1].balance", "21000.00", 96),
        ("debt[0].kind", "Revolving", 90),
        ("debt[0].lender", "Harbour Card", 95),
        ("debt[0].balance", "1204.00", 95),
        ("debt[0].payment", "40.00", 95),
        ("debt[1].kind", "Installment", 90),
        ("debt[1].lender", "Quayside Auto", 95),
        ("debt[1].balance", "9800.00", 95),
        ("debt[1].payment", "310.00", 95),
        ("property[0].address", "Lot 4, Fenland Road", 92),
        ("property[0].value", "36000.00", 85),
        ("loan.amount", "240000.00", 99),
        ("loan.kind", "purchase", 95),
        ("loan.property.address", "17 Beacon Hill, Port Ellery, TX 78702", 95),
        ("loan.property.value", "301500.00", 95),
        ("loan.property.occupancy", "primary residence", 95),
    ]
}
