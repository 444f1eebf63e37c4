//! Where a bank is: its language, money, paper, and the notations that are usual there.

use super::calendar::Days;
use super::names::*;
use super::tongue::{self, Tongue};
use crate::canvas::{A4, LETTER};
use crate::iban::iban;
use crate::notation::Digits;
use crate::random::Random;

/// A country, or a part of one with a language of its own.
pub(crate) struct Country {
    pub(crate) name: &'static str,
    code: &'static str,
    pub(crate) tongue: &'static Tongue,
    pub(crate) currency: &'static str,
    pub(crate) symbol: &'static str,
    pub(crate) digits: &'static [Digits],
    /// The usual ones more than once.
    pub(crate) days: &'static [Days],
    pub(crate) paper: (f32, f32),
    pub(crate) banks: &'static [&'static str],
    pub(crate) firms: &'static [&'static str],
    pub(crate) people: &'static [&'static str],
    pub(crate) places: &'static [[&'static str; 2]],
    /// Characters of the national account number before it becomes an IBAN; empty where there is none.
    bban: &'static str,
    pub(crate) sort_code: &'static str,
}

macro_rules! country {
    ($name:literal, $code:literal, $tongue:ident, $currency:literal, $symbol:literal, [$($digits:ident),+], $days:ident, $paper:ident,
     [$($bank:literal),+], $firms:ident, $people:ident, $places:expr, $bban:literal, $sort:literal) => {
        Country {
            name: $name, code: $code, tongue: &tongue::$tongue, currency: $currency, symbol: $symbol, digits: &[$(Digits::$digits),+],
            days: $days, paper: $paper, banks: &[$($bank),+], firms: $firms, people: $people, places: &$places, bban: $bban,
            sort_code: $sort,
        }
    };
}

pub(crate) static COUNTRIES: [Country; 20] = [
    country!(
        "US",
        "US",
        ENGLISH,
        "USD",
        "$",
        [English, English, Plain],
        US_DAYS,
        LETTER,
        ["Cedar Hollow Bank", "Prairie Lantern Credit Union", "First Mesa Savings", "Lakeshore Pioneer Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["418 Sycamore Bend", "Boulder Creek, CO 80399"], ["27 Harbor Loop Apt 5", "Tidewater, VA 23499"]],
        "",
        ""
    ),
    country!(
        "GB",
        "GB",
        ENGLISH,
        "GBP",
        "£",
        [English, English, English, Plain],
        UK_DAYS,
        A4,
        ["Fellside Bank", "Marlow & Thorne Bank", "Ridgeway Building Society", "Quill Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["14 Curlew Terrace", "Skipton BD23 9ZZ"], ["Flat 2, 90 Mill Lane", "Exeter EX4 9ZX"]],
        "@@@@##############",
        "99-20-41"
    ),
    country!(
        "IE",
        "IE",
        ENGLISH,
        "EUR",
        "€",
        [English, English, Plain],
        UK_DAYS,
        A4,
        ["Slieve Bank", "Corrib Mutual", "Liffeyside Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["6 Rowan Park", "Galway H91 ZZ99"], ["31 Quay Street", "Cork T12 ZZ00"]],
        "@@@@##############",
        "99-08-17"
    ),
    country!(
        "AU",
        "AU",
        ENGLISH,
        "AUD",
        "$",
        [English],
        NORTH_DAYS,
        A4,
        ["Wattle Bank", "Southern Reach Mutual", "Coral Bay Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["8 Banksia Court", "Ballarat VIC 3399"], ["52 Jetty Road", "Glenora SA 5099"]],
        "",
        ""
    ),
    country!(
        "NZ",
        "NZ",
        ENGLISH,
        "NZD",
        "$",
        [English],
        NORTH_DAYS,
        A4,
        ["Kauri Bank", "Tussock Savings Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["19 Tui Street", "Nelson 7099"], ["3 Rata Way", "Dunedin 9099"]],
        "",
        ""
    ),
    country!(
        "CA",
        "CA",
        ENGLISH,
        "CAD",
        "$",
        [English],
        CA_DAYS,
        LETTER,
        ["Maple Sound Credit Union", "Boreal Trust Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["770 Juniper Crescent", "Regina SK S4P 9Z9"], ["12 Wharf Street", "Victoria BC V8W 9Z9"]],
        "",
        ""
    ),
    country!(
        "CA-fr",
        "CA",
        FRENCH,
        "CAD",
        "$",
        [French, French, French],
        FR_DAYS,
        LETTER,
        ["Caisse Boréale", "Banque des Érables"],
        FR_FIRMS,
        FR_PEOPLE,
        [["45 rue des Pins", "Sherbrooke QC J1H 9Z9"], ["210 rue du Port", "Rimouski QC G5L 9Z9"]],
        "",
        ""
    ),
    country!(
        "IN",
        "IN",
        ENGLISH,
        "INR",
        "Rs.",
        [Indian, Indian, Plain, English],
        NORTH_DAYS,
        A4,
        ["Sahyadri Bank", "Malabar Coast Bank", "Deccan Union Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["22 Lake View Road", "Pune 411099"], ["7 Temple Street", "Kochi 682099"]],
        "",
        ""
    ),
    country!(
        "SG",
        "SG",
        ENGLISH,
        "SGD",
        "$",
        [English],
        NORTH_DAYS,
        A4,
        ["Straits Lantern Bank", "Merlin Quay Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["Blk 112 Orchid Avenue #08-41", "Singapore 729999"], ["9 Pier Walk", "Singapore 119999"]],
        "",
        ""
    ),
    country!(
        "ZA",
        "ZA",
        ENGLISH,
        "ZAR",
        "R",
        [English, Plain, Spaced],
        NORTH_DAYS,
        A4,
        ["Protea Bank", "Highveld Mutual Bank"],
        EN_FIRMS,
        EN_PEOPLE,
        [["5 Aloe Crescent", "Polokwane 0799"], ["61 Strand Road", "Knysna 6599"]],
        "",
        ""
    ),
    country!(
        "DE",
        "DE",
        GERMAN,
        "EUR",
        "€",
        [German],
        DOT_DAYS,
        A4,
        ["Talheimer Bank", "Sparverein Nordmark", "Hansekontor Bank"],
        DE_FIRMS,
        DE_PEOPLE,
        [["Lindenstraße 14", "79199 Talheim"], ["Am Deich 3", "26999 Nordhafen"]],
        "##################",
        ""
    ),
    country!(
        "AT",
        "AT",
        GERMAN,
        "EUR",
        "€",
        [German],
        DOT_DAYS,
        A4,
        ["Alpenrand Bank", "Donautal Kassa"],
        DE_FIRMS,
        DE_PEOPLE,
        [["Kirchengasse 8", "4099 Seewinkel"], ["Hauptplatz 2", "8799 Bergau"]],
        "################",
        ""
    ),
    country!(
        "CH",
        "CH",
        GERMAN,
        "CHF",
        "Fr.",
        [Swiss, Swiss, Plain],
        DOT_DAYS,
        A4,
        ["Rheinufer Kantonalkasse", "Bank Silberhorn"],
        DE_FIRMS,
        DE_PEOPLE,
        [["Seestrasse 40", "8999 Uferwil"], ["Dorfweg 1", "3999 Bergli"]],
        "#################",
        ""
    ),
    country!(
        "CH-fr",
        "CH",
        FRENCH,
        "CHF",
        "Fr.",
        [Swiss, French],
        DOT_DAYS,
        A4,
        ["Caisse du Léman Bleu", "Banque Jurane"],
        FR_FIRMS,
        FR_PEOPLE,
        [["12 chemin des Vignes", "1299 Rivaz-le-Haut"], ["4 place du Marché", "2899 Valcreux"]],
        "#################",
        ""
    ),
    country!(
        "FR",
        "FR",
        FRENCH,
        "EUR",
        "€",
        [French, FrenchNarrow, German],
        FR_DAYS,
        A4,
        ["Banque Clairval", "Crédit Rivelune", "Caisse des Remparts"],
        FR_FIRMS,
        FR_PEOPLE,
        [["8 rue des Tanneurs", "35099 Rennebourg"], ["17 quai de la Loire", "44099 Nantillac"]],
        "#######################",
        ""
    ),
    country!(
        "BE",
        "BE",
        FRENCH,
        "EUR",
        "€",
        [German, French],
        FR_DAYS,
        A4,
        ["Banque de la Senne", "Crédit Ardennais"],
        FR_FIRMS,
        FR_PEOPLE,
        [["3 rue du Beffroi", "7099 Montbourg"], ["25 avenue des Tilleuls", "5099 Namêche"]],
        "############",
        ""
    ),
    country!(
        "ES",
        "ES",
        SPANISH,
        "EUR",
        "€",
        [German],
        SOUTH_DAYS,
        A4,
        ["Banco Miralta", "Caja Olivar", "Banca Costalba"],
        ES_FIRMS,
        ES_PEOPLE,
        [["Calle del Olmo 21, 3º B", "47099 Villarrobles"], ["Paseo del Faro 6", "36099 Puertoblanco"]],
        "####################",
        ""
    ),
    country!(
        "IT",
        "IT",
        ITALIAN,
        "EUR",
        "€",
        [German],
        SOUTH_DAYS,
        A4,
        ["Banca Valdoro", "Cassa Girasole", "Credito Lagoblu"],
        IT_FIRMS,
        IT_PEOPLE,
        [["Via dei Glicini 11", "38099 Valdoro TN"], ["Corso del Porto 48", "16099 Riva Alta GE"]],
        "@######################",
        ""
    ),
    country!(
        "PT",
        "PT",
        PORTUGUESE,
        "EUR",
        "€",
        [German, French],
        SOUTH_DAYS,
        A4,
        ["Banco Montemar", "Caixa da Ribeira"],
        PT_FIRMS,
        PT_PEOPLE,
        [["Rua das Oliveiras 9", "4099-120 Vila Alta"], ["Largo do Cais 2", "8099-310 Foz do Mar"]],
        "#####################",
        ""
    ),
    country!(
        "NL",
        "NL",
        DUTCH,
        "EUR",
        "€",
        [German],
        NL_DAYS,
        A4,
        ["Lauwerbank", "Polderkas", "Bank van de Waterkant"],
        NL_FIRMS,
        NL_PEOPLE,
        [["Molenstraat 16", "9999 ZZ Lauwerhaven"], ["Kade 7", "1099 ZX Waterdam"]],
        "@@@@##########",
        ""
    ),
];

impl Country {
    /// The IBAN of an invented account; empty where the country has none.
    pub(crate) fn iban(&self, random: &mut Random) -> String {
        if self.bban.is_empty() {
            return String::new();
        }
        let bban: String =
            self.bban.chars().map(|c| if c == '@' { letter(random) } else { digit(random) }).collect();
        iban(self.code, &bban)
    }

    pub(crate) fn has_iban(&self) -> bool {
        !self.bban.is_empty()
    }

    /// Whether every character of the language is in the embedded subset.
    pub(crate) fn fits_subset(&self) -> bool {
        !matches!(self.tongue.code, "es" | "it" | "pt")
    }
}

pub(crate) fn digit(random: &mut Random) -> char {
    *random.pick(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
}

pub(crate) fn letter(random: &mut Random) -> char {
    *random.pick(&['A', 'B', 'D', 'F', 'H', 'K', 'M', 'R', 'T', 'W', 'X'])
}
