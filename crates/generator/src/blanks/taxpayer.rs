//! In the manner of a request for a taxpayer's number: names that say nothing, boxes that exclude each other, a number
//! split over combs.

use super::sheet::{Kind, Sheet};
use super::{Blank, answers, names};

pub(super) fn blank() -> Blank {
    let mut sheet = Sheet::default();
    sheet.page("Request for Taxpayer Details");
    sheet
        .above(
            "f1_01",
            "1  Name (as shown on your income tax return). Name is required on this line.",
            36.0,
            70.0,
            540.0,
            Kind::Text,
        )
        .required();
    sheet.above(
        "f1_02",
        "2  Business name / trade name, if different from above",
        36.0,
        102.0,
        540.0,
        Kind::Text,
    );
    sheet.print(
        36.0,
        134.0,
        7.0,
        false,
        "3  Check the box for the federal tax classification of the person on line 1. Check only one.",
    );
    for (at, (label, state)) in [
        ("Individual / sole proprietor", "1"),
        ("C corporation", "2"),
        ("S corporation", "3"),
        ("Partnership", "4"),
        ("Limited liability company", "5"),
    ]
    .into_iter()
    .enumerate()
    {
        let column = f32::from(u8::try_from(at).unwrap_or(0));
        sheet.tick(&format!("c1_0{}", at + 1), label, 36.0 + column * 110.0, 150.0, state);
    }
    sheet
        .above("f1_03", "5  Address (number, street, and apt. or suite no.)", 36.0, 174.0, 540.0, Kind::Text)
        .required();
    sheet.above("f1_04", "6  City, state, and ZIP code", 36.0, 206.0, 540.0, Kind::Text).required();
    sheet.above("f1_05", "Social security number", 36.0, 250.0, 54.0, Kind::Comb(3));
    sheet.place_comb("f1_06", 100.0, 250.0, 36.0, 2);
    sheet.place_comb("f1_07", 146.0, 250.0, 72.0, 4);
    sheet.above("f1_08", "Employer identification number", 320.0, 250.0, 36.0, Kind::Comb(2));
    sheet.place_comb("f1_09", 366.0, 250.0, 126.0, 7);
    sheet.print(
        36.0,
        300.0,
        8.0,
        false,
        "Under penalties of perjury, I certify that the number shown on this form is correct.",
    );
    sheet.above("sig", "Signature of person", 36.0, 330.0, 300.0, Kind::Signature);
    sheet.above("f1_10", "Date signed", 360.0, 330.0, 120.0, Kind::Text);
    Blank {
        name: "taxpayer-request",
        sheet,
        facts: vec![
            ("business.legal_name", "Blue Heron Coffee Roasters LLC", 97),
            ("business.dba", "Blue Heron Coffee", 93),
            ("business.entity_type", "llc", 92),
            ("business.ein", "98-7654321", 96),
            ("business.address.line1", "14 Harbour Lane, Suite 2", 95),
            ("business.address.city", "Port Ellery", 95),
            ("business.address.state", "TX", 95),
            ("business.address.zip", "78701", 95),
        ],
        answers: answers(&[
            ("f1_01", "Blue Heron Coffee Roasters LLC"),
            ("f1_02", "Blue Heron Coffee"),
            ("c1_05", "5"),
            ("f1_03", "14 Harbour Lane, Suite 2"),
            ("f1_04", "Port Ellery TX 78701"),
            ("f1_08", "98"),
            ("f1_09", "7654321"),
        ]),
        left: names(&["sig", "f1_10"]),
    }
}
