//! Italian.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("POS", "Pagamento POS * % ####", -9_800, -240, Section::Card),
    tale("POS", "*|Carta ####, operazione del %", -12_000, -310, Section::Card),
    tale("PREL", "Prelievo bancomat %", -30_000, -2_000, Section::Card),
    tale("SDD", "Addebito diretto *|Mandato @@########", -18_400, -1_900, Section::Electronic),
    tale("BON", "Bonifico a favore di &|Affitto", -92_000, -38_000, Section::Electronic),
    tale(
        "BON",
        "Bonifico a favore di &|Fattura ##### del %|Importo originale $",
        -74_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "SDD",
        "Addebito *|Contratto ########|Scadenza %|Creditore @@##ZZZ######",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("COMM", "Canone mensile conto", -1_290, -190, Section::Fee),
    tale("STIP", "Stipendio *", 120_000, 320_000, Section::Deposit),
    tale("BON", "Bonifico da &|Grazie per la cena", 1_200, 26_000, Section::Deposit),
    tale("VERS", "Versamento contante filiale ####", 8_000, 90_000, Section::Deposit),
    tale("STOR", "Rimborso * ordine ######", 900, 14_000, Section::Deposit),
    tale("INT", "Interessi creditori", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|ordine @@######", -34_000, -600, Section::Card),
    tale("", "* viaggi|Importo in valuta $ USD", -82_000, -4_000, Section::Card),
    tale("", "Interessi su acquisti", -3_900, -110, Section::Interest),
    tale("", "Pagamento ricevuto, grazie", 8_000, 160_000, Section::Deposit),
    tale("", "Storno * reso", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("INT", "Interessi", -64_000, -9_000, Section::Interest),
    tale("RATA", "Rata ricevuta|Rif. ########", 70_000, 190_000, Section::Deposit),
    tale("EST", "Estinzione parziale &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const ITALIAN: Tongue = Tongue {
    code: "it",
    date: &["Data", "Data contabile", "Data operazione", "Data cont.", "Data mov."],
    value: &["Valuta", "Data valuta"],
    text: &["Descrizione", "Descrizione operazione", "Causale", "Operazione", "Dettagli"],
    columns: &[
        ("Dare", "Avere"),
        ("Uscite", "Entrate"),
        ("Addebiti", "Accrediti"),
        ("Movimenti dare", "Movimenti avere"),
    ],
    amount: &["Importo", "Importo ({c})", "Importo {c}"],
    balance: &["Saldo", "Saldo progressivo", "Saldo contabile"],
    kind: &["Caus.", "Tipo"],
    reference: &["Riferimento", "N. rif."],
    sign: &["D/A", "+/-"],
    ends: &[
        ("Saldo iniziale al {}", "Saldo finale al {}"),
        ("Saldo al {}", "Saldo al {}"),
        ("Saldo contabile al {}", "Saldo contabile al {}"),
    ],
    plain_ends: &[
        ("Saldo iniziale", "Saldo finale"),
        ("Saldo precedente", "Saldo attuale"),
        ("Saldo di apertura", "Saldo di chiusura"),
    ],
    carried: &[("Riporto", "A riportare"), ("Saldo a riporto", "Saldo da riportare")],
    totals: &[("Totale addebiti", "Totale accrediti"), ("Totale uscite", "Totale entrate")],
    total: &["Totale", "Totale movimenti"],
    sections: &[("Addebiti", "Accrediti"), ("Uscite", "Entrate")],
    title: &["Estratto conto", "Lista movimenti", "Estratto conto corrente"],
    savings: "Conto deposito",
    business: "Conto impresa",
    loan: "Conto mutuo",
    current: "Conto corrente",
    period: &["Periodo: {} - {}", "dal {} al {}", "Movimenti dal {} al {}"],
    number: &["Numero conto", "Conto n.", "Conto"],
    summary: &["Riepilogo", "Riassunto del conto"],
    currency: "Divisa",
    overview: "I suoi conti",
    page: &["Pagina {n} di {t}", "Pag. {n}", "Foglio {n}/{t}", "{n} / {t}"],
    made_on: "Stampato il {}",
    empty: "Nessun movimento nel periodo.",
    more: "Segue alla pagina successiva",
    items: "operazioni",
    notices: &[
        &[
            "I depositi sono protetti fino a 100.000,00 per cliente.",
            "Chieda in filiale il foglio informativo.",
        ],
        &["Dal 1 luglio la sostituzione della carta costa 8,00."],
        &["Porti un amico: 40,00 di premio", "per ogni nuovo conto con 500,00 versati."],
    ],
    legal: &[
        "Salvo errori od omissioni.",
        "Capitale sociale 22.000.000,00 interamente versato.",
        "Verifichi i dati entro 60 giorni.",
    ],
    fees: ("Spese", ["Totale del periodo", "Totale da inizio anno", "Di cui scoperto"]),
    rates: ("Tassi", ["Creditore", "Debitore entro fido", "Debitore oltre fido"]),
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    short_months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Saldo precedente"],
        payments: &["Pagamenti e accrediti", "Pagamenti ricevuti"],
        purchases: &["Acquisti e addebiti", "Nuovi addebiti"],
        new: &["Nuovo saldo", "Saldo dovuto"],
        minimum: "Rata minima",
        limit: "Limite di credito",
        columns: &[("Addebiti", "Accrediti"), ("Acquisti", "Pagamenti")],
        sections: &[("Acquisti e addebiti", "Pagamenti e accrediti")],
        title: &["Estratto conto carta di credito", "Estratto conto carta"],
    },
};
