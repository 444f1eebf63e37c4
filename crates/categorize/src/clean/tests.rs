use crate::{Direction, RowWords, Rulebook, categorize_row};
use std::sync::LazyLock;

static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

fn counterparty(description: &str) -> Option<String> {
    let row = RowWords::plain(description, Direction::Out);
    categorize_row(&row, &RULES).counterparty
}

#[test]
fn the_name_is_what_is_left() {
    let cases = [
        ("POS PURCHASE 0302 SQ *BLUE HERON GOODS 0012 AUSTIN TX", Some("Blue Heron Goods")),
        ("CARD PURCHASE ACME SUPPLIES 0302", Some("Acme Supplies")),
        (
            "PURCHASE AUTHORIZED ON 03/14 ACME SUPPLIES PORTLAND OR S384726194 CARD 1234",
            Some("Acme Supplies"),
        ),
        ("PAYPAL *ACME SUPPLIES 402-935-7733 CA", Some("Acme Supplies")),
        ("ACME SUPPLIES LLC DES:VENDOR ID:XX8812 INDN:JANE EXAMPLE CO ID:99 CCD", Some("Acme Supplies LLC")),
        ("ORIG CO NAME:ACME SUPPLIES ORIG ID:99001 DESC DATE:0302 CO ENTRY DESCR:INV", Some("Acme Supplies")),
        ("DIRECT DEBIT TO ACME SUPPLIES REF 8812X", Some("Acme Supplies")),
        ("ZELLE PAYMENT TO JANE EXAMPLE JPM99A1B2C", Some("Jane Example")),
        ("Kartenzahlung Müller & Söhne Berlin DE", Some("Müller & Söhne")),
        ("PRLV SEPA ÉNERGIE DU NORD REF 1234", Some("Énergie Du Nord")),
        ("VIR SEPA RECU DE ATELIER MARTIN", Some("Atelier Martin")),
        ("7-ELEVEN 33412 DALLAS TX", Some("7-Eleven")),
        ("MCDONALD'S F1234", Some("McDonald's")),
        ("MCDONALD'S 1234", Some("McDonald's")),
        ("JOE'S DINER", Some("Joe's Diner")),
        ("RENT HARBOR PROPERTIES", Some("Harbor Properties")),
        ("Finanzamt Musterstadt Einkommensteuer", Some("Finanzamt Musterstadt Einkommensteuer")),
        ("CHECK 1042", None),
        ("INTEREST PAYMENT", None),
        ("ATM WITHDRAWAL 14 HARBOR ST AUSTIN TX", None),
        ("MONTHLY SERVICE FEE", None),
        ("TRANSFER TO SAVINGS XXXX1234", None),
        ("ONLINE TRANSFER REF 1234", None),
        ("03/14 12:30 ****1234", None),
        ("", None),
    ];
    for (words, expected) in cases {
        assert_eq!(counterparty(words).as_deref(), expected, "{words}");
    }
}

#[test]
fn one_merchant_meets_itself() {
    for (one, other) in [
        ("ACME GOODS 0012 AUSTIN TX", "ACME GOODS 0931"),
        ("ACME GOODS #12", "POS DEBIT 0302 ACME GOODS"),
        ("SQ *ACME GOODS", "Acme Goods"),
        ("WAL-MART #4411 RENO NV", "WM SUPERCENTER 881"),
        ("ACME GOODS STORE 12", "ACME GOODS STORE 99"),
        ("AMZN MKTP US*2K44X81", "AMAZON.COM*ZZ19A2K8"),
        ("VISA PURCHASE ACME GOODS XXXX1234 14MAR26", "ACME GOODS 800-555-0199"),
    ] {
        let (one, other) = (counterparty(one), counterparty(other));
        assert!(one.is_some() && one == other, "{one:?} and {other:?}");
    }
}

#[test]
fn two_merchants_do_not_meet() {
    for (one, other) in [
        ("SMITH LAW OFFICES", "JONES LAW OFFICES"),
        ("FORD", "FORD CREDIT"),
        ("HARBOR HOTEL", "HARBOR HOTEL PARKING"),
        ("ACME CO", "ACME INC"),
        ("DELTA AIR", "DELTA DENTAL"),
        ("STUDIO 54", "STUDIO 45"),
        ("NORTH 12 BAKERY", "NORTH 14 BAKERY"),
        ("AUSTIN GRILL", "DALLAS GRILL"),
        ("SQ *ACME", "SQ *APEX"),
    ] {
        let (one, other) = (counterparty(one), counterparty(other));
        assert!(one.is_some() && other.is_some() && one != other, "{one:?} and {other:?}");
    }
}
