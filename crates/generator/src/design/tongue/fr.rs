//! French.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("CB", "Paiement carte % *", -9_800, -240, Section::Card),
    tale("CB", "Carte #### *|le % à 14h##", -12_000, -310, Section::Card),
    tale("DAB", "Retrait distributeur %", -30_000, -2_000, Section::Card),
    tale("PRLV", "Prélèvement *|Référence mandat @@########", -18_400, -1_900, Section::Electronic),
    tale("VIR", "Virement permanent à &|Loyer", -92_000, -38_000, Section::Electronic),
    tale(
        "VIR",
        "Virement émis vers &|Facture ##### du %|Montant initial $",
        -74_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "PRLV",
        "Prélèvement européen *|Contrat ########|Échéance du %|Identifiant @@##ZZZ######",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("CHQ", "Chèque #######", -64_000, -3_000, Section::Check),
    tale("FRAIS", "Cotisation mensuelle", -1_290, -190, Section::Fee),
    tale("VIR", "Virement reçu *|Salaire", 140_000, 390_000, Section::Deposit),
    tale("VIR", "Virement de &|Merci pour le repas", 1_200, 26_000, Section::Deposit),
    tale("REM", "Remise de chèques ###", 8_000, 90_000, Section::Deposit),
    tale("CB", "Avoir * commande ######", 900, 14_000, Section::Deposit),
    tale("INT", "Intérêts créditeurs", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|commande @@######", -34_000, -600, Section::Card),
    tale("", "* voyage|Montant local $ USD", -82_000, -4_000, Section::Card),
    tale("", "Intérêts sur achats", -3_900, -110, Section::Interest),
    tale("", "Paiement reçu, merci", 8_000, 160_000, Section::Deposit),
    tale("", "Remboursement *", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("INT", "Intérêts", -64_000, -9_000, Section::Interest),
    tale("ECH", "Échéance reçue|Réf. ########", 70_000, 190_000, Section::Deposit),
    tale("ANT", "Remboursement anticipé &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const FRENCH: Tongue = Tongue {
    code: "fr",
    date: &["Date", "Date opération", "Date comptable", "Date d'opération", "Date d'écriture"],
    value: &["Valeur", "Date de valeur", "Date valeur"],
    text: &[
        "Libellé",
        "Nature de l'opération",
        "Opérations",
        "Libellé des opérations",
        "Détail",
        "Description",
    ],
    columns: &[
        ("Débit", "Crédit"),
        ("Débit ({c})", "Crédit ({c})"),
        ("Sorties", "Entrées"),
        ("Débits", "Crédits"),
        ("Retraits", "Dépôts"),
    ],
    amount: &["Montant", "Montant {c}", "Montant de l'opération"],
    balance: &["Solde", "Solde courant", "Solde après opération"],
    kind: &["Type", "Code"],
    reference: &["Référence", "N° pièce", "Réf."],
    sign: &["Sens", "+/-"],
    ends: &[
        ("Solde au {}", "Solde au {}"),
        ("Ancien solde au {}", "Nouveau solde au {}"),
        ("Solde précédent au {}", "Solde final au {}"),
    ],
    plain_ends: &[
        ("Ancien solde", "Nouveau solde"),
        ("Solde initial", "Solde final"),
        ("Solde d'ouverture", "Solde de clôture"),
        ("Solde précédent", "Nouveau solde"),
    ],
    carried: &[("Report", "À reporter"), ("Report page précédente", "Report page suivante")],
    totals: &[
        ("Total des débits", "Total des crédits"),
        ("Total débit", "Total crédit"),
        ("Sorties", "Entrées"),
    ],
    total: &["Total des mouvements", "Totaux", "Total"],
    sections: &[("Opérations au débit", "Opérations au crédit"), ("Sorties", "Entrées")],
    title: &["Relevé de compte", "Extrait de compte", "Votre relevé", "Historique des opérations"],
    savings: "Compte épargne",
    business: "Compte professionnel",
    loan: "Compte de prêt",
    current: "Compte courant",
    period: &["du {} au {}", "Période du {} au {}", "Relevé du {} au {}", "{} – {}"],
    number: &["Numéro de compte", "Compte n°", "N° de compte"],
    summary: &["Synthèse", "Résumé du compte", "Récapitulatif"],
    currency: "Devise",
    overview: "Vos comptes",
    page: &["Page {n} sur {t}", "Page {n}", "Page {n}/{t}", "{n} / {t}"],
    made_on: "Édité le {}",
    empty: "Aucune opération sur la période.",
    more: "Suite page suivante",
    items: "opérations",
    notices: &[
        &[
            "Vos dépôts sont garantis jusqu'à 100 000,00 par client.",
            "Renseignez-vous auprès de votre agence.",
        ],
        &["À compter du 1 juillet, une carte de remplacement coûtera 9,00."],
        &["Parrainez un proche : 60,00 offerts", "pour toute ouverture avec un versement de 300,00."],
    ],
    legal: &[
        "Toute contestation doit être faite dans un délai de 30 jours.",
        "Société au capital de 25 000 000,00",
        "Sauf erreur ou omission.",
    ],
    fees: ("Frais", ["Total de la période", "Total depuis janvier", "Dont découvert"]),
    rates: ("Taux", ["Intérêts créditeurs", "Découvert autorisé", "Découvert non autorisé"]),
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Solde précédent", "Ancien solde"],
        payments: &["Paiements et crédits", "Vos paiements"],
        purchases: &["Achats et frais", "Nouveaux débits"],
        new: &["Nouveau solde", "Solde dû"],
        minimum: "Paiement minimum",
        limit: "Plafond de crédit",
        columns: &[("Achats", "Paiements"), ("Débit", "Crédit")],
        sections: &[("Achats et frais", "Paiements et crédits")],
        title: &["Relevé de carte de crédit", "Relevé carte"],
    },
};
