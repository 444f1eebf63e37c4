//! Exports as banks write them: each with its own dialect, encoding and idea of what belongs into a file.

use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::case::{Card, Files, insert_truth};
use crate::font::win_ansi;
use crate::iban::iban;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::{Date, date};

const HABITS: &[Habit] = &[
    Habit { text: "CARD PURCHASE OTTER CREEK MARKET", low: -12_400, high: -700, section: Section::Card },
    Habit { text: "CARD PURCHASE SILVERLEAF CAFE, UNIT 4", low: -1_900, high: -350, section: Section::Card },
    Habit { text: "DIRECT DEBIT HEDGEROW ENERGY", low: -14_000, high: -4_800, section: Section::Electronic },
    Habit {
        text: "TRANSFER FROM R ASHDOWN \"HOLIDAY\"",
        low: 2_000,
        high: 31_000,
        section: Section::Deposit,
    },
    Habit { text: "ATM WITHDRAWAL ####", low: -20_000, high: -2_000, section: Section::Card },
];
const FIXED: &[Fixed] = &[
    Fixed { day: 14, text: "SALARY WEXCOMBE LABS", amount: 241_730, section: Section::Deposit },
    Fixed { day: 1, text: "RENT DOVECOTE LETS", amount: -98_000, section: Section::Electronic },
    Fixed { day: 20, text: "INSURANCE YEARLY PREMIUM", amount: -120_450, section: Section::Electronic },
];
const GERMAN_HABITS: &[Habit] = &[
    Habit { text: "Kartenzahlung Bäckerei Süßmilch", low: -1_900, high: -210, section: Section::Card },
    Habit {
        text: "SEPA-Lastschrift Stadtwerke Öhringsfeld; Abschlag",
        low: -11_900,
        high: -5_200,
        section: Section::Electronic,
    },
    Habit { text: "Überweisung an Jürgen Groß", low: -45_000, high: -3_000, section: Section::Electronic },
    Habit {
        text: "Gutschrift Käthe Vollmöller Spende 5 €",
        low: 500,
        high: 19_000,
        section: Section::Deposit,
    },
];
const GERMAN_FIXED: &[Fixed] =
    &[Fixed { day: 27, text: "Gehalt Möbelwerk Aßlar GmbH", amount: 312_744, section: Section::Deposit }];
const FRENCH_HABITS: &[Habit] = &[
    Habit { text: "CARTE BOULANGERIE DE L'ÉTANG", low: -1_350, high: -180, section: Section::Card },
    Habit { text: "PRLV SEPA TÉLÉCOM DES ALPES", low: -4_999, high: -1_999, section: Section::Electronic },
    Habit { text: "VIR REÇU ASSOCIATION LES GENÊTS", low: 4_000, high: 28_000, section: Section::Deposit },
];
const FRENCH_FIXED: &[Fixed] = &[
    Fixed { day: 25, text: "VIR SALAIRE FROMAGERIE DU VERNAY", amount: 219_388, section: Section::Deposit },
    Fixed {
        day: 2,
        text: "PRLV LOYER RÉSIDENCE LES TILLEULS",
        amount: -101_500,
        section: Section::Electronic,
    },
];
const LINED_HABITS: &[Habit] = &[
    Habit {
        text: "Payment to \"Quill & Ink\", stationery|order ######",
        low: -8_800,
        high: -600,
        section: Section::Card,
    },
    Habit {
        text: "Invoice 20## paid by Larkspur Ltd,|thank you",
        low: 15_000,
        high: 260_000,
        section: Section::Deposit,
    },
    Habit { text: "Hosting|eu-north ##", low: -6_000, high: -900, section: Section::Electronic },
];

/// Nothing but rows is printed.
const BARE: Shows =
    Shows { opening: false, closing: false, totals: false, value_dates: false, balances: Balances::None };

struct Export {
    card: Card,
    text: String,
    /// Windows-1252 instead of UTF-8.
    western: bool,
    truth: StatementTruth,
}

/// Adds every CSV case.
pub(crate) fn make(files: &mut Files) {
    for export in [us_preamble(), de_semicolon(), fr_two_columns(), uk_newest_first(), tabs(), quoted_lines()]
    {
        let bytes = if export.western {
            export
                .text
                .chars()
                .map(
                    |c| if c.is_control() { u8::try_from(u32::from(c)).unwrap_or(b'?') } else { win_ansi(c) },
                )
                .collect()
        } else {
            export.text.into_bytes()
        };
        files.insert(format!("{}/document.csv", export.card.name), bytes);
        insert_truth(files, &export.card, "bank_statement", vec![export.truth]);
    }
}

fn card(
    name: &'static str,
    country: &'static str,
    language: &'static str,
    challenges: &'static [&'static str],
) -> Card {
    Card { name, layout: "csv", country, language, producer: "export", challenges, tampered: None }
}

fn month(
    owner: Owner,
    start: Date,
    opening: i64,
    seed: u64,
    habits: &'static [Habit],
    fixed: &'static [Fixed],
) -> Book {
    let end = start.last_of_month();
    Plan { owner, start, end, opening, rows: 22, habits, fixed }.grow(&mut Random::new(seed))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn joined(lines: impl IntoIterator<Item = String>, ending: &str) -> String {
    lines.into_iter().map(|line| line + ending).collect()
}

fn us_preamble() -> Export {
    let owner = Owner { number: "****4471".to_owned(), currency: "USD", ..Owner::default() };
    let book = month(owner, date(2026, 3, 1), 150_233, 7, HABITS, FIXED);
    let mut lines = vec![
        "Account Activity Export,,,".to_owned(),
        "Account,****4471,Currency,USD".to_owned(),
        format!("Period,{},to,{}", Days::Us.format(book.start), Days::Us.format(book.end)),
        format!(
            "Beginning balance as of {},,\"{}\",",
            Days::Us.format(book.start),
            Digits::English.signed(book.opening)
        ),
        format!(
            "Ending balance as of {},,\"{}\",",
            Days::Us.format(book.end),
            Digits::English.signed(book.closing)
        ),
        ",,,".to_owned(),
        "Date,Description,Amount,Running Bal.".to_owned(),
    ];
    lines.extend(book.entries.iter().map(|e| {
        let (amount, balance) = (Digits::English.signed(e.amount), Digits::English.signed(e.balance));
        format!("{},{},\"{amount}\",\"{balance}\"", Days::Us.format(e.date), quoted(&e.lines[0]))
    }));
    lines.push(format!("Total credits,,\"{}\",", Digits::English.signed(book.credits)));
    lines.push(format!("Total debits,,\"{}\",", Digits::English.signed(book.debits)));
    let shows = Shows { opening: true, closing: true, totals: true, balances: Balances::Every, ..BARE };
    Export {
        card: card(
            "csv-us-preamble",
            "US",
            "en",
            &["preamble", "footer with totals", "quoted amounts with commas", "month first"],
        ),
        text: joined(lines, "\n"),
        western: false,
        truth: StatementTruth::new(&book, shows, "structured"),
    }
}

fn de_semicolon() -> Export {
    let owner = Owner { iban: iban("DE", "999888770098765432"), currency: "EUR", ..Owner::default() };
    let book = month(owner, date(2026, 3, 1), 88_402, 8, GERMAN_HABITS, GERMAN_FIXED);
    let mut lines = vec![
        format!("\"Girokonto\";\"{}\"", book.owner.iban),
        format!("\"Zeitraum:\";\"{} - {}\"", Days::German.format(book.start), Days::German.format(book.end)),
        format!(
            "\"Kontostand vom {}:\";\"{} EUR\"",
            Days::German.format(book.end),
            Digits::German.signed(book.closing)
        ),
        "\"\"".to_owned(),
        "\"Buchungstag\";\"Wertstellung\";\"Verwendungszweck\";\"Betrag (EUR)\";\"Saldo (EUR)\"".to_owned(),
    ];
    lines.extend(book.entries.iter().map(|e| {
        let days = (Days::German.format(e.date), Days::German.format(e.value_date));
        let money = (Digits::German.signed(e.amount), Digits::German.signed(e.balance));
        format!("\"{}\";\"{}\";{};\"{}\";\"{}\"", days.0, days.1, quoted(&e.lines[0]), money.0, money.1)
    }));
    let shows = Shows { closing: true, value_dates: true, balances: Balances::Every, ..BARE };
    Export {
        card: card(
            "csv-de-semicolon",
            "DE",
            "de",
            &["semicolons", "windows-1252", "decimal comma", "carriage returns", "no opening balance"],
        ),
        text: joined(lines, "\r\n"),
        western: true,
        truth: StatementTruth::new(&book, shows, "structured"),
    }
}

fn fr_two_columns() -> Export {
    let owner = Owner { number: "00020077001".to_owned(), currency: "EUR", ..Owner::default() };
    let book = month(owner, date(2026, 4, 1), 104_518, 9, FRENCH_HABITS, FRENCH_FIXED);
    let mut lines = vec![
        "Compte n° 00020077001;EUR".to_owned(),
        format!("Période du {} au {}", Days::DayFirst.format(book.start), Days::DayFirst.format(book.end)),
        format!("Solde au {};{}", Days::DayFirst.format(book.start), Digits::French.signed(book.opening)),
        format!("Solde au {};{}", Days::DayFirst.format(book.end), Digits::French.signed(book.closing)),
        String::new(),
        "Date;Libellé;Débit;Crédit".to_owned(),
    ];
    lines.extend(book.entries.iter().map(|e| {
        let figure = Digits::French.signed(e.amount);
        let (out, into) = if e.amount < 0 { (figure, String::new()) } else { (String::new(), figure) };
        format!("{};{};{out};{into}", Days::DayFirst.format(e.date), e.lines[0])
    }));
    let shows = Shows { opening: true, closing: true, ..BARE };
    Export {
        card: card(
            "csv-fr-two-columns",
            "FR",
            "fr",
            &[
                "debit and credit columns",
                "groups split by no-break spaces",
                "negative debits",
                "byte order mark",
            ],
        ),
        text: format!("\u{feff}{}", joined(lines, "\r\n")),
        western: false,
        truth: StatementTruth::new(&book, shows, "structured"),
    }
}

fn uk_newest_first() -> Export {
    let owner = Owner { sort_code: "99-11-23", number: "41887702".to_owned(), ..Owner::default() };
    let book = month(owner, date(2026, 2, 1), 77_105, 10, HABITS, FIXED);
    let mut lines = vec![
        "Transaction Date,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance".to_owned(),
    ];
    lines.extend(book.entries.iter().rev().map(|e| {
        let figure = Digits::Plain.format(e.amount);
        let (out, into) = if e.amount < 0 { (figure, String::new()) } else { (String::new(), figure) };
        let balance = Digits::Plain.signed(e.balance);
        format!(
            "{},'99-11-23,41887702,{},{out},{into},{balance}",
            Days::DayFirst.format(e.date),
            quoted(&e.lines[0])
        )
    }));
    let shows = Shows { balances: Balances::Every, ..BARE };
    Export {
        card: card(
            "csv-uk-newest-first",
            "GB",
            "en",
            &["newest first", "no ends printed", "apostrophe before a number", "no currency"],
        ),
        text: joined(lines, "\r\n"),
        western: false,
        truth: StatementTruth::new(&book, shows, "structured").without_period(),
    }
}

fn tabs() -> Export {
    let book =
        month(Owner { currency: "AUD", ..Owner::default() }, date(2026, 1, 1), 50_000, 11, HABITS, FIXED);
    let row = |e: &Entry| {
        let mark = if e.amount < 0 { "D" } else { "C" };
        let day = format!("{:04}{:02}{:02}", e.date.year(), e.date.month(), e.date.day());
        format!("{day}\t{mark}\t{}\tAUD\t{}", Digits::Plain.format(e.amount), e.lines[0])
    };
    let header = "Date\tD/C\tAmount\tCurrency\tNarrative".to_owned();
    let lines: Vec<String> = std::iter::once(header).chain(book.entries.iter().map(row)).collect();
    Export {
        card: card(
            "csv-tabs",
            "AU",
            "en",
            &["tabs", "dates without separators", "direction letter", "no balances", "bare quotes"],
        ),
        text: joined(lines, "\n"),
        western: false,
        truth: StatementTruth::new(&book, BARE, "structured").without_period(),
    }
}

fn quoted_lines() -> Export {
    let book = month(
        Owner { currency: "EUR", ..Owner::default() },
        date(2026, 5, 1),
        402_200,
        12,
        LINED_HABITS,
        &[],
    );
    let edge = |label: &str, day: Date, minor: i64| {
        format!("{},\"{label}\",,{},EUR", Days::Iso.format(day), Digits::Plain.signed(minor))
    };
    let mut lines = vec![
        "\"Date\",\"Description\",\"Amount\",\"Balance\",\"Currency\"".to_owned(),
        edge("Opening balance", book.start, book.opening),
    ];
    lines.extend(book.entries.iter().map(|e| {
        let text = quoted(&e.lines.join("\n"));
        let (amount, balance) = (Digits::Plain.signed(e.amount), Digits::Plain.signed(e.balance));
        format!("{},{text},{amount},{balance},EUR", Days::Iso.format(e.date))
    }));
    lines.push(edge("Closing balance", book.end, book.closing));
    let shows = Shows { opening: true, closing: true, balances: Balances::Every, ..BARE };
    Export {
        card: card(
            "csv-quoted-lines",
            "IE",
            "en",
            &["line breaks inside cells", "doubled quotes", "commas inside cells", "ends as rows"],
        ),
        text: joined(lines, "\n"),
        western: false,
        truth: StatementTruth::new(&book, shows, "structured").without_period(),
    }
}
