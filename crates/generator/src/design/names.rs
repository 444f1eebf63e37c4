//! Invented people and firms, and the notations of days that are usual in a part of the world.

use super::calendar::Days;

pub(crate) const US_DAYS: &[Days] =
    &[Days::UsShort, Days::UsShort, Days::Us, Days::UsTwoDigit, Days::UsName, Days::UsNameYear];
pub(crate) const UK_DAYS: &[Days] = &[
    Days::Name,
    Days::Name,
    Days::NameYear,
    Days::NameTwoDigit,
    Days::Slash,
    Days::SlashTwoDigit,
    Days::NameTight,
    Days::NameHyphen,
];
pub(crate) const NORTH_DAYS: &[Days] = &[
    Days::Name,
    Days::NameYear,
    Days::NameTwoDigit,
    Days::Slash,
    Days::SlashTwoDigit,
    Days::SlashShort,
    Days::NameHyphen,
    Days::Split,
];
pub(crate) const CA_DAYS: &[Days] =
    &[Days::UsName, Days::UsName, Days::Iso, Days::Us, Days::UsShort, Days::NameTight, Days::NameYear];
pub(crate) const DOT_DAYS: &[Days] =
    &[Days::Dot, Days::Dot, Days::DotTwoDigit, Days::DotShort, Days::DotShort, Days::DotBare, Days::Iso];
pub(crate) const FR_DAYS: &[Days] = &[
    Days::Slash,
    Days::SlashTwoDigit,
    Days::SlashShort,
    Days::DotBare,
    Days::DotTwoDigit,
    Days::Split,
    Days::Name,
];
pub(crate) const SOUTH_DAYS: &[Days] = &[
    Days::Slash,
    Days::Slash,
    Days::SlashTwoDigit,
    Days::Hyphen,
    Days::SlashShort,
    Days::Split,
    Days::NameYear,
    Days::Dot,
];
pub(crate) const NL_DAYS: &[Days] = &[
    Days::Hyphen,
    Days::Hyphen,
    Days::HyphenShort,
    Days::Dot,
    Days::Slash,
    Days::Name,
    Days::NameYear,
    Days::Iso,
];

pub(crate) const EN_PEOPLE: &[&str] = &[
    "Imogen Farrow",
    "Declan Whitmore",
    "Saoirse Tully",
    "Priya Ramanan",
    "Marcus Oyelaran",
    "Tamsin Birch",
    "Owen Kestrel",
    "Lin Xiaoyu",
];
pub(crate) const DE_PEOPLE: &[&str] = &[
    "Annika Brandstetter",
    "Joachim Lindemoor",
    "Ruth Eschenbach",
    "Torben Quast",
    "Ursula Hägele",
    "Nils Overkamp",
];
pub(crate) const FR_PEOPLE: &[&str] =
    &["Camille Aubertin", "Hervé Montclar", "Solène Durivage", "Yannick Perrault", "Odile Verdier"];
pub(crate) const NL_PEOPLE: &[&str] =
    &["Femke Hoogland", "Joris van Aalten", "Marijke Dijkman", "Wouter Terpstra", "Sanne Kuipers"];

pub(crate) const EN_FIRMS: &[&str] = &[
    "Bramble Bakery",
    "Kestrel Energy",
    "Fernhill Grocers",
    "Tidewater Mobile",
    "Copperline Gym",
    "Oakridge Dental",
    "Juniper Books",
    "Pinnacle Fuel 204",
    "Lark & Thistle Cafe",
    "Holloway Hardware",
    "Meridian Insurance",
    "Bluefin Streaming",
    "Redgate Motors",
    "7 Elms Market",
];
pub(crate) const DE_FIRMS: &[&str] = &[
    "Bäckerei Sonnleitner",
    "Stadtwerke Talheim",
    "Drogerie Birkhoff",
    "Autohaus Rennert",
    "Funknetz Nordwind",
    "Markthalle Eich",
    "Versicherung Adlerhorst",
    "Gasthof Zur Linde",
    "Möbel Hartwig",
    "Apotheke am Tor 3",
];
pub(crate) const FR_FIRMS: &[&str] = &[
    "Boulangerie Clairval",
    "Mutuelle Montfleury",
    "Supermarché Belorge",
    "Garage Vasseur",
    "Télécom Azurine",
    "Librairie du Quai",
    "Énergie Rivelune",
    "Pharmacie des Halles",
    "Atelier 18",
];
pub(crate) const ES_FIRMS: &[&str] = &[
    "Panadería Robledo",
    "Eléctrica Miralta",
    "Supermercados Olivar",
    "Talleres Cifuentes",
    "Telefonía Costalba",
    "Farmacia del Puente",
    "Seguros Altamar",
    "Librería Numancia 12",
];
pub(crate) const IT_FIRMS: &[&str] = &[
    "Panificio Castellani",
    "Energia Valdoro",
    "Supermercato Girasole",
    "Officina Bertoldi",
    "Telefonia Lagoblu",
    "Farmacia del Corso",
    "Assicurazioni Belfiore",
    "Libreria Antica 9",
];
pub(crate) const PT_FIRMS: &[&str] = &[
    "Padaria Azevinho",
    "Energia Montemar",
    "Supermercado Oliveirinha",
    "Oficina Barreto",
    "Telefones Ribalta",
    "Farmácia da Ponte",
    "Seguros Altamira",
    "Livraria Cais 4",
];
pub(crate) const NL_FIRMS: &[&str] = &[
    "Bakkerij Zonneveld",
    "Energie Polderwind",
    "Supermarkt De Linde",
    "Garage Verhoeven",
    "Telecom Waterkant",
    "Boekhandel Molenzicht",
    "Verzekeringen Duinrand",
    "Apotheek Centrum 2",
];

pub(crate) const ES_PEOPLE: &[&str] =
    &["Lucía Robledano", "Andrés Cifuentes", "Marta Olmedo", "Íñigo Salvatierra"];
pub(crate) const IT_PEOPLE: &[&str] =
    &["Chiara Bertoldi", "Matteo Castellani", "Nicolò Ferrante", "Giada Montesi"];
pub(crate) const PT_PEOPLE: &[&str] =
    &["Inês Azevedo", "João Ribalta", "Catarina Barreto", "Tiago Monteverde"];
