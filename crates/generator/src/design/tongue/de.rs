//! German.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("KART", "Kartenzahlung * % ####", -9_800, -240, Section::Card),
    tale("LAST", "Lastschrift *|Mandat @@###### Kundennr. ########", -18_400, -1_900, Section::Electronic),
    tale("GAA", "Barauszahlung Automat %", -40_000, -2_000, Section::Card),
    tale("DAUF", "Dauerauftrag &|Miete Wohnung 2. Stock", -96_000, -38_000, Section::Electronic),
    tale(
        "UEB",
        "Überweisung an &|Rechnung ##### vom %|abzüglich Skonto $",
        -84_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "LAST",
        "SEPA-Basislastschrift *|Gläubiger-ID @@##ZZZ########|Vertrag ######|Abschlag Strom",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("KART", "* Ausland $ CHF Kurs 0,9###", -19_000, -1_200, Section::Card),
    tale("GEB", "Entgelt Kontoführung", -1_290, -390, Section::Fee),
    tale("GUT", "Gutschrift *|Lohn und Gehalt", 140_000, 420_000, Section::Deposit),
    tale("GUT", "Gutschrift von &|Danke für das Essen", 1_200, 26_000, Section::Deposit),
    tale("GUT", "* Erstattung Auftrag ######", 900, 14_000, Section::Deposit),
    tale("EINZ", "Bareinzahlung Filiale ###", 10_000, 140_000, Section::Deposit),
    tale("ZINS", "Zinsen", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|Bestellung @@######", -34_000, -600, Section::Card),
    tale("", "* Reise|Fremdwährung $ USD", -82_000, -4_000, Section::Card),
    tale("", "Sollzinsen", -3_900, -110, Section::Interest),
    tale("", "Einzahlung - vielen Dank", 8_000, 160_000, Section::Deposit),
    tale("", "Gutschrift * Rückgabe", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("ZINS", "Sollzinsen", -64_000, -9_000, Section::Interest),
    tale("RATE", "Tilgung und Zins Rate|Ref. ########", 70_000, 190_000, Section::Deposit),
    tale("SOND", "Sondertilgung &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const GERMAN: Tongue = Tongue {
    code: "de",
    date: &["Datum", "Buchungstag", "Buchung", "Bu-Tag", "Buchungsdatum"],
    value: &["Valuta", "Wert", "Wertstellung", "Valutadatum"],
    text: &[
        "Verwendungszweck",
        "Buchungstext",
        "Text",
        "Vorgang",
        "Erläuterung",
        "Buchungsinformation",
        "Umsatzinformation",
    ],
    columns: &[
        ("Soll", "Haben"),
        ("Belastung", "Gutschrift"),
        ("Ausgang", "Eingang"),
        ("Lastschriften", "Gutschriften"),
        ("Belastungen", "Gutschriften"),
    ],
    amount: &["Betrag", "Umsatz", "Betrag in {c}", "Betrag ({c})"],
    balance: &["Saldo", "Kontostand", "Neuer Saldo"],
    kind: &["Art", "Schlüssel", "Typ"],
    reference: &["Referenz", "Beleg-Nr.", "Primanota"],
    sign: &["S/H", "+/-"],
    ends: &[
        ("Alter Kontostand vom {}", "Neuer Kontostand vom {}"),
        ("Saldo per {}", "Saldo per {}"),
        ("Kontostand am {}", "Kontostand am {}"),
    ],
    plain_ends: &[
        ("Alter Kontostand", "Neuer Kontostand"),
        ("Anfangssaldo", "Endsaldo"),
        ("Saldovortrag", "Schlusssaldo"),
        ("alter Saldo", "neuer Saldo"),
    ],
    carried: &[("Übertrag von Vorseite", "Übertrag auf Folgeseite"), ("Saldovortrag", "Zwischensaldo")],
    totals: &[
        ("Summe Belastungen", "Summe Gutschriften"),
        ("Ausgänge gesamt", "Eingänge gesamt"),
        ("Summe Soll", "Summe Haben"),
    ],
    total: &["Summe", "Total", "Umsatztotal"],
    sections: &[("Belastungen", "Gutschriften"), ("Ausgänge", "Eingänge")],
    title: &["Kontoauszug", "Ihr Kontoauszug", "Umsatzübersicht", "Auszug Nr. 3/2026"],
    savings: "Tagesgeldkonto",
    business: "Geschäftskonto",
    loan: "Darlehenskonto",
    current: "Girokonto",
    period: &["Zeitraum: {} bis {}", "vom {} bis {}", "{} - {}", "Abrechnungszeitraum {} – {}"],
    number: &["Kontonummer", "Konto-Nr.", "Konto"],
    summary: &["Übersicht", "Kontoübersicht", "Zusammenfassung"],
    currency: "Währung",
    overview: "Ihre Konten",
    page: &["Seite {n} von {t}", "Seite {n}", "Blatt {n}/{t}", "{n} / {t}"],
    made_on: "Erstellt am {}",
    empty: "Keine Umsätze in diesem Zeitraum.",
    more: "Fortsetzung auf der nächsten Seite",
    items: "Posten",
    notices: &[
        &[
            "Einlagen sind bis 100.000,00 {c} je Kunde geschützt.",
            "Fragen Sie in Ihrer Filiale nach dem Merkblatt.",
        ],
        &["Ab dem 1. Juli kostet eine Ersatzkarte 7,50 {c}."],
        &[
            "Empfehlen Sie uns: 50,00 {c} Prämie für jeden neuen Kunden",
            "mit einem Gehaltseingang ab 800,00 {c}.",
        ],
    ],
    legal: &[
        "Bitte prüfen Sie diesen Auszug. Einwendungen binnen sechs Wochen.",
        "Sitz der Gesellschaft: Talheim. Grundkapital 40.000.000,00",
        "Guthaben sind als Einlagen entschädigungsfähig.",
    ],
    fees: ("Entgelte", ["In diesem Zeitraum", "Seit Jahresbeginn", "Davon Überziehung"]),
    rates: ("Zinssätze", ["Habenzins", "Sollzins eingeräumt", "Sollzins geduldet"]),
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Saldo letzte Abrechnung", "Alter Saldo"],
        payments: &["Zahlungen und Gutschriften", "Ihre Zahlungen"],
        purchases: &["Umsätze und Entgelte", "Neue Belastungen"],
        new: &["Neuer Saldo", "Rechnungsbetrag"],
        minimum: "Mindestbetrag",
        limit: "Verfügungsrahmen",
        columns: &[("Belastung", "Gutschrift"), ("Umsatz", "Zahlung")],
        sections: &[("Umsätze und Entgelte", "Zahlungen und Gutschriften")],
        title: &["Kreditkartenabrechnung", "Kartenabrechnung"],
    },
};
