//! In the manner of a request for tax transcripts: names out of a form designer's tree, one number of a form on a line,
//! combs for days, boxes of which one may be ticked, lines for a spouse that most leave blank.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

/// The tree that form designers put around every name.
const TREE: &str = "topmostSubform[0].Page1[0].";

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    people(&mut sheet);
    request(&mut sheet);
    let tree = |name: &str| format!("{TREE}{name}");
    let at = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        answers(list).into_iter().map(|(field, value)| (tree(&field), value)).collect()
    };
    let left = names(&["c1_4[0]", "f1_20[0]", "f1_21[0]", "f1_22[0]", "f1_11[0]", "f1_12[0]", "f1_24[0]"]);
    Blank {
        name: "transcript-request",
        sheet,
        facts: facts(),
        answers: at(&[
            ("f1_1[0]", "MARA J. QUILL"),
            ("f1_2[0]", "900-45-6789"),
            ("f1_5[0]", "MARA J. QUILL, 7 MILL STREET, PORT ELLERY, TX, 78702"),
            ("f1_6[0]", "12 ROPEWALK"),
            ("f1_13[0]", "1040"),
            ("c1_1[0]", "1"),
            ("f1_14[0]", "12"),
            ("f1_15[0]", "31"),
            ("f1_16[0]", "2024"),
            ("f1_17[0]", "12"),
            ("f1_18[0]", "31"),
            ("f1_19[0]", "2025"),
            ("f1_23[0]", "(512) 555-0188"),
        ]),
        left: left.iter().map(|name| tree(name)).collect(),
    }
}

fn people(sheet: &mut Sheet) {
    let name = |field: &str| format!("{TREE}{field}");
    sheet.page("Request for Transcript of Tax Return");
    sheet.print(36.0, 56.0, 7.5, false, "Write in capital letters. Leave lines blank that do not apply.");
    sheet
        .above(
            &name("f1_1[0]"),
            "1a. Current name (as shown on the tax return)",
            36.0,
            76.0,
            330.0,
            Kind::Text,
        )
        .means("applicant[0].full_name")
        .required();
    sheet
        .above(&name("f1_2[0]"), "1b. First taxpayer identification number", 380.0, 76.0, 196.0, Kind::Text)
        .means("applicant[0].ssn")
        .tooltip("1b. First taxpayer identification number: social security number on the tax return")
        .required();
    sheet
        .above(
            &name("f1_3[0]"),
            "2a. Spouse's current name (if a joint return and own transcripts are asked for)",
            36.0,
            108.0,
            330.0,
            Kind::Text,
        )
        .means("applicant[0].spouse_name");
    sheet
        .above(
            &name("f1_4[0]"),
            "2b. Spouse's taxpayer identification number",
            380.0,
            108.0,
            196.0,
            Kind::Text,
        )
        .means("applicant[0].spouse_ssn");
    sheet
        .above(
            &name("f1_5[0]"),
            "3. Current name, address (including apt., room, or suite no.), city, state, and ZIP code",
            36.0,
            140.0,
            540.0,
            Kind::Text,
        )
        .means("applicant[0].full_name+applicant[0].address.line1+applicant[0].address.city+applicant[0].address.state+applicant[0].address.zip")
        .required();
    sheet
        .above(
            &name("f1_6[0]"),
            "4. Previous address shown on the last return filed, if different from line 3",
            36.0,
            172.0,
            540.0,
            Kind::Text,
        )
        .means("applicant[0].former_address.line1");
    sheet
        .above(
            &name("f1_11[0]"),
            "5a. Participant name, address, and participant number",
            36.0,
            204.0,
            330.0,
            Kind::Text,
        )
        .required();
    sheet.above(&name("f1_12[0]"), "5b. Customer file number", 380.0, 204.0, 196.0, Kind::Comb(10));
}

fn request(sheet: &mut Sheet) {
    let name = |field: &str| format!("{TREE}{field}");
    sheet
        .above(
            &name("f1_13[0]"),
            "6. Transcript requested: enter the tax form number here (one number a request)",
            36.0,
            240.0,
            330.0,
            Kind::Text,
        )
        .means("tax.form")
        .required();
    for (row, (field, label, state)) in [
        ("c1_1[0]", "a. Return transcript", "1"),
        ("c1_2[0]", "b. Account transcript", "2"),
        ("c1_3[0]", "c. Record of account", "3"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 278.0 + 16.0 * f32::from(u8::try_from(row).unwrap_or(0));
        sheet.tick(&name(field), label, 36.0, y, state);
    }
    sheet.print(36.0, 336.0, 7.0, false, "7. Year or period ended (month, day, year)");
    for (x, first) in [(36.0, 14_u8), (300.0, 17)] {
        for (step, (gap, width, cells)) in
            [(0.0, 36.0, 2), (46.0, 36.0, 2), (92.0, 72.0, 4)].into_iter().enumerate()
        {
            let number = usize::from(first) + step;
            sheet.place_comb(&name(&format!("f1_{number}[0]")), x + gap, 340.0, width, cells);
        }
    }
    sheet.print(
        36.0,
        386.0,
        7.5,
        false,
        "Caution: do not sign this form unless all lines above that apply are complete.",
    );
    sheet.tick(
        &name("c1_4[0]"),
        "The signatory attests that he or she has read this and declares authority to sign.",
        36.0,
        404.0,
        "1",
    );
    sheet.above(
        &name("f1_20[0]"),
        "Signature for line 1a (see instructions)",
        36.0,
        424.0,
        330.0,
        Kind::Signature,
    );
    sheet.above(&name("f1_21[0]"), "Date", 380.0, 424.0, 80.0, Kind::Text).day("mm/dd/yyyy");
    sheet.above(&name("f1_22[0]"), "Signatory's title", 36.0, 456.0, 330.0, Kind::Text);
    sheet
        .above(
            &name("f1_23[0]"),
            "Phone number of taxpayer on line 1a or 2a",
            380.0,
            456.0,
            196.0,
            Kind::Text,
        )
        .means("applicant[0].phone_home");
    sheet.above(&name("f1_24[0]"), "Spouse's signature", 36.0, 488.0, 330.0, Kind::Signature);
}

fn facts() -> Vec<(&'static str, &'static str, u8)> {
    vec![
        ("applicant[0].full_name", "Mara J. Quill", 98),
        ("applicant[0].ssn", "900-45-6789", 95),
        ("applicant[0].address.line1", "7 Mill Street", 94),
        ("applicant[0].address.city", "Port Ellery", 94),
        ("applicant[0].address.state", "TX", 94),
        ("applicant[0].address.zip", "78702", 94),
        ("applicant[0].former_address.line1", "12 Ropewalk", 90),
        ("applicant[0].phone_home", "512-555-0188", 92),
        // Read from a joint account: no word that a transcript of his own is asked for.
        ("applicant[0].spouse_name", "Piet Quill", 60),
        ("tax.form", "1040", 97),
        ("tax.transcript", "return", 97),
        ("tax_period[0].end", "2024-12-31", 95),
        ("tax_period[1].end", "2025-12-31", 95),
        // The form has places for two.
        ("tax_period[2].end", "2023-12-31", 95),
    ]
}
