//! Dutch.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("BA", "Betaalautomaat * % ####", -9_800, -240, Section::Card),
    tale("BA", "*|Pas ###, % 14:##", -12_000, -310, Section::Card),
    tale("GM", "Geldautomaat %", -30_000, -2_000, Section::Card),
    tale("IC", "Incasso *|Machtiging @@########", -18_400, -1_900, Section::Electronic),
    tale("OV", "Overboeking naar &|Huur woning", -92_000, -38_000, Section::Electronic),
    tale(
        "OV",
        "Overboeking naar &|Factuur ##### van %|Oorspronkelijk bedrag $",
        -74_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "IC",
        "Europese incasso *|Klantnummer ########|Termijn tot %|Incassant @@##ZZZ######",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("KO", "Kosten betaalpakket", -1_290, -190, Section::Fee),
    tale("BY", "* salaris", 140_000, 360_000, Section::Deposit),
    tale("BY", "Bijschrijving van &|Bedankt voor het eten", 1_200, 26_000, Section::Deposit),
    tale("ST", "Storting kantoor ####", 8_000, 90_000, Section::Deposit),
    tale("BY", "Terugbetaling * bestelling ######", 900, 14_000, Section::Deposit),
    tale("RE", "Rente", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|bestelling @@######", -34_000, -600, Section::Card),
    tale("", "* reizen|Bedrag in vreemde valuta $ USD", -82_000, -4_000, Section::Card),
    tale("", "Debetrente", -3_900, -110, Section::Interest),
    tale("", "Betaling ontvangen, dank u", 8_000, 160_000, Section::Deposit),
    tale("", "Creditering * retour", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("RE", "Debetrente", -64_000, -9_000, Section::Interest),
    tale("TE", "Termijn ontvangen|Kenmerk ########", 70_000, 190_000, Section::Deposit),
    tale("EX", "Extra aflossing &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const DUTCH: Tongue = Tongue {
    code: "nl",
    date: &["Datum", "Boekdatum", "Boekingsdatum", "Datum verwerking"],
    value: &["Valutadatum", "Rentedatum", "Valuta"],
    text: &["Omschrijving", "Naam / omschrijving", "Mededeling", "Verrichting", "Details"],
    columns: &[("Af", "Bij"), ("Afschrijvingen", "Bijschrijvingen"), ("Debet", "Credit"), ("Uit", "In")],
    amount: &["Bedrag", "Bedrag ({c})", "Bedrag in {c}"],
    balance: &["Saldo", "Saldo na boeking", "Nieuw saldo"],
    kind: &["Code", "Soort"],
    reference: &["Kenmerk", "Referentie"],
    sign: &["Af/Bij", "D/C"],
    ends: &[
        ("Vorig saldo op {}", "Nieuw saldo op {}"),
        ("Saldo op {}", "Saldo op {}"),
        ("Beginsaldo per {}", "Eindsaldo per {}"),
    ],
    plain_ends: &[("Vorig saldo", "Nieuw saldo"), ("Beginsaldo", "Eindsaldo"), ("Oud saldo", "Nieuw saldo")],
    carried: &[
        ("Transport van vorige pagina", "Transport naar volgende pagina"),
        ("Transport", "Te transporteren"),
    ],
    totals: &[("Totaal afgeschreven", "Totaal bijgeschreven"), ("Totaal af", "Totaal bij")],
    total: &["Totaal", "Totalen"],
    sections: &[("Afschrijvingen", "Bijschrijvingen"), ("Uitgaven", "Inkomsten")],
    title: &["Rekeningafschrift", "Rekeningoverzicht", "Rekeninguittreksel", "Afschrift betaalrekening"],
    savings: "Spaarrekening",
    business: "Zakelijke rekening",
    loan: "Leningrekening",
    current: "Betaalrekening",
    period: &["Periode: {} t/m {}", "van {} tot en met {}", "{} - {}"],
    number: &["Rekeningnummer", "Rekening", "Rek.nr."],
    summary: &["Overzicht", "Samenvatting"],
    currency: "Valuta",
    overview: "Uw rekeningen",
    page: &["Pagina {n} van {t}", "Blad {n}", "{n}/{t}", "Pagina {n}"],
    made_on: "Afgedrukt op {}",
    empty: "Geen transacties in deze periode.",
    more: "Vervolg op volgende pagina",
    items: "posten",
    notices: &[
        &["Uw tegoed is tot 100.000,00 per persoon beschermd.", "Vraag ernaar op kantoor."],
        &["Vanaf 1 juli kost een vervangende pas 7,50."],
        &["Breng een vriend mee en ontvang 35,00", "bij een eerste storting van 250,00."],
    ],
    legal: &[
        "Controleer dit afschrift en meld fouten binnen 30 dagen.",
        "Statutair gevestigd te Lauwerhaven. Kapitaal 9.000.000,00",
        "Bewaar dit afschrift goed.",
    ],
    fees: ("Kosten", ["Totaal deze periode", "Totaal dit jaar", "Waarvan roodstand"]),
    rates: ("Rentetarieven", ["Creditrente", "Debetrente binnen limiet", "Debetrente boven limiet"]),
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    short_months: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Vorig saldo", "Saldo vorig overzicht"],
        payments: &["Betalingen en crediteringen", "Ontvangen betalingen"],
        purchases: &["Aankopen en kosten", "Nieuwe uitgaven"],
        new: &["Nieuw saldo", "Verschuldigd saldo"],
        minimum: "Minimale betaling",
        limit: "Kredietlimiet",
        columns: &[("Af", "Bij"), ("Uitgaven", "Betalingen")],
        sections: &[("Aankopen en kosten", "Betalingen en crediteringen")],
        title: &["Creditcardoverzicht", "Kaartafschrift"],
    },
};
