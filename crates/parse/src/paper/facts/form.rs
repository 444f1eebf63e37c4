//! Application forms: labels with what a person wrote beside them, under the names of one vocabulary for all forms.

use super::record::Record;
use super::sheet::{Cell, Value, Want};

/// Whose entry it is: the heading above decides, and a word of the label itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Business,
    First,
    Second,
}

/// Keys with `*` belong to a person, or to the business where its heading is the nearest above.
const KEYS: &[(&str, Want, &str)] = &[
    (
        "business.legal_name",
        Want::Text,
        "legal business name|legal name|business legal name|business name|company name|name of business|legal name of business|\
      firmenname|firma|name der firma|raison sociale|nom de l entreprise|razon social|nombre de la empresa|ragione sociale|denominazione sociale|\
      denominacao social|nome da empresa|bedrijfsnaam|handelsnaam|statutaire naam",
    ),
    (
        "business.dba",
        Want::Text,
        "dba|d b a|doing business as|trade name|trading name|trading as|handelsname|nom commercial|nombre comercial|nome commerciale|nome comercial",
    ),
    (
        "business.ein",
        Want::Code,
        "ein|federal tax id|employer identification number|tax id|federal ein|business tax id",
    ),
    ("business.abn", Want::Code, "abn|australian business number"),
    (
        "business.crn",
        Want::Code,
        "company number|company registration number|registration number|crn|handelsregisternummer|hrb|siren|siret|cif|partita iva|nipc|kvk nummer|kvk",
    ),
    (
        "business.entity_type",
        Want::Text,
        "entity type|type of entity|business type|legal structure|type of business|rechtsform|forme juridique|forma juridica|forma giuridica|rechtsvorm",
    ),
    (
        "business.start_date",
        Want::Date,
        "date established|business start date|date business established|start date of business|in business since|grundungsdatum|date de creation|fecha de constitucion|data di costituzione|data de constituicao|oprichtingsdatum",
    ),
    (
        "business.industry",
        Want::Text,
        "industry|nature of business|line of business|branche|secteur d activite|sector de actividad|settore|setor de atividade|sector",
    ),
    (
        "business.annual_revenue",
        Want::Code,
        "annual revenue|gross annual revenue|annual sales|annual turnover|gross annual sales|jahresumsatz|chiffre d affaires annuel|facturacion anual|fatturato annuo|volume de negocios anual|jaaromzet",
    ),
    (
        "business.monthly_revenue",
        Want::Code,
        "monthly revenue|average monthly sales|average monthly revenue|gross monthly sales",
    ),
    ("business.website", Want::Text, "website|web site|business website|site web|sitio web|sito web"),
    (
        "*.first_name",
        Want::Text,
        "first name|given name|forename|your first name|vorname|prenom|prenoms|nombre|primer nombre|nome|primeiro nome|voornaam|voornamen",
    ),
    ("*.middle", Want::Text, "middle name|middle initial|m i"),
    (
        "*.last_name",
        Want::Text,
        "last name|surname|family name|nachname|familienname|nom|nom de famille|apellido|apellidos|cognome|apelido|sobrenome|achternaam",
    ),
    (
        "*.full_name",
        Want::Text,
        "full name|applicant name|name of applicant|borrower name|full legal name|applicant s name|co applicant name|vollstandiger name|nom et prenom|nom complet|nombre y apellidos|nombre completo|nome e cognome|nome completo|volledige naam|naam|name",
    ),
    (
        "*.dob",
        Want::Date,
        "date of birth|dob|birth date|birthdate|geburtsdatum|date de naissance|fecha de nacimiento|data di nascita|data de nascimento|geboortedatum",
    ),
    ("*.ssn", Want::Code, "social security number|ssn|social security no"),
    ("*.title", Want::Text, "title|position|job title|funktion|fonction|cargo|funzione|functie"),
    (
        "*.ownership_pct",
        Want::Code,
        "ownership|ownership percentage|percent ownership|ownership pct|anteil|pourcentage de detention|porcentaje de propiedad|quota|participacao|eigendomspercentage",
    ),
    (
        "*.email",
        Want::Text,
        "email|e mail|email address|e mail address|e mail adresse|adresse e mail|courriel|correo electronico|posta elettronica|indirizzo email|correio eletronico|e mailadres|business email",
    ),
    (
        "*.phone_mobile",
        Want::Code,
        "mobile phone|mobile|cell phone|mobile number|mobiltelefon|handy|telephone portable|portable|telefono movil|movil|cellulare|telemovel|mobiel|mobiele telefoon",
    ),
    (
        "*.phone_home",
        Want::Code,
        "home phone|home telephone|festnetz|telephone domicile|telefono fijo|telefono casa|telefone fixo|telefoon thuis",
    ),
    (
        "*.phone",
        Want::Code,
        "phone|phone number|telephone|telephone number|business phone|telefon|telefonnummer|telefono|telefone|telefoon|telefoonnummer",
    ),
    (
        "*.address.line1",
        Want::Text,
        "address|street address|home address|business address|street|mailing address|anschrift|adresse|strasse|strasse und hausnummer|adresse postale|direccion|domicilio|calle|indirizzo|via|morada|endereco|adres|straat|straat en huisnummer|current address",
    ),
    (
        "*.address.city",
        Want::Text,
        "city|town|city town|ort|stadt|wohnort|ville|ciudad|localidad|poblacion|citta|comune|cidade|localidade|plaats|woonplaats|stad",
    ),
    ("*.address.state", Want::Text, "state|county|province|provincia|provincie|bundesland|kanton"),
    (
        "*.address.zip",
        Want::Code,
        "zip|zip code|postal code|postcode|post code|plz|postleitzahl|code postal|codigo postal|cap|cep",
    ),
    (
        "*.marital_status",
        Want::Text,
        "marital status|familienstand|situation familiale|situation de famille|estado civil|stato civile|burgerlijke staat",
    ),
    (
        "*.dependents",
        Want::Code,
        "dependents|number of dependents|no of dependents|kinder|enfants a charge|personas a cargo|persone a carico|dependentes|kinderen",
    ),
    (
        "*.driver_license",
        Want::Code,
        "driver license|driver s license|drivers license|driver license number|driving licence",
    ),
    (
        "*.employer",
        Want::Text,
        "employer|employer name|current employer|name of employer|arbeitgeber|employeur|empresa donde trabaja|empleador|datore di lavoro|entidade patronal|werkgever",
    ),
    (
        "*.income.salary",
        Want::Code,
        "annual income|salary|annual salary|gross annual income|yearly income|monthly income|gross monthly income|nettoeinkommen|jahreseinkommen|revenu annuel|revenu mensuel|ingresos anuales|ingresos mensuales|reddito annuo|reddito mensile|rendimento anual|jaarinkomen",
    ),
    (
        "loan.amount",
        Want::Code,
        "loan amount|amount requested|requested amount|loan amount requested|amount of loan|kreditbetrag|gewunschter kreditbetrag|darlehensbetrag|montant demande|montant du pret|importe solicitado|importe del prestamo|importo richiesto|montante solicitado|gewenst bedrag|leenbedrag|gewenst kredietbedrag",
    ),
    (
        "loan.purpose",
        Want::Text,
        "loan purpose|purpose of loan|purpose|use of funds|use of proceeds|verwendungszweck|objet du pret|finalidad|finalidad del prestamo|finalita|scopo del finanziamento|finalidade|doel van de lening|bestedingsdoel",
    ),
    (
        "loan.term",
        Want::Code,
        "loan term|term|term requested|term in months|requested term|laufzeit|duree|duree du pret|plazo|durata|prazo|looptijd",
    ),
    (
        "bank.name",
        Want::Text,
        "bank name|name of bank|bank|name der bank|nom de la banque|nombre del banco|nome della banca|nome do banco|banknaam",
    ),
    ("bank.routing", Want::Code, "routing number|aba routing number|routing no|aba number"),
    ("bank.sort_code", Want::Code, "sort code"),
    ("bank.bsb", Want::Code, "bsb"),
    ("bank.iban", Want::Text, "iban"),
    (
        "bank.account_number",
        Want::Code,
        "account number|bank account number|account no|kontonummer|numero de compte|numero de cuenta|numero di conto|numero de conta|rekeningnummer",
    ),
];

const HEADINGS: &[(Subject, &str)] = &[
    (
        Subject::Business,
        "business information|business details|company information|company details|about your business|about the business|unternehmen|\
      angaben zum unternehmen|firmendaten|entreprise|informations sur l entreprise|empresa|datos de la empresa|azienda|dati aziendali|dados da empresa|\
      bedrijfsgegevens|bedrijf|gegevens van het bedrijf",
    ),
    (
        Subject::Second,
        "co applicant|co applicant information|co borrower|co borrower information|second applicant|applicant 2|joint applicant|\
      mitantragsteller|zweiter antragsteller|co demandeur|co emprunteur|cotitular|segundo solicitante|cosolicitante|co richiedente|cointestatario|segundo requerente|\
      segundo titular|co requerente|mede aanvrager|medeaanvrager|owner 2|owner 2 information",
    ),
    (
        Subject::First,
        "applicant|applicant information|applicant details|personal information|personal details|borrower information|borrower|about you|first applicant|\
      applicant 1|owner information|owner 1|owner 1 information|antragsteller|angaben zur person|personliche angaben|personliche daten|demandeur|informations personnelles|\
      emprunteur|solicitante|datos personales|datos del solicitante|richiedente|dati personali|dati del richiedente|requerente|dados pessoais|dados do requerente|\
      aanvrager|persoonlijke gegevens|gegevens aanvrager",
    ),
];

pub(super) fn read(record: &mut Record<'_>) {
    let mut subject = Subject::First;
    let mut found: Vec<(String, Want, Value)> = Vec::new();
    for row in 0..record.sheet.rows.len() {
        let cells = record.sheet.rows.get(row).map(Vec::len).unwrap_or_default();
        for column in 0..cells {
            let Some(cell) = record.sheet.rows.get(row).and_then(|cells| cells.get(column)) else { continue };
            if let Some(next) = heading(cell) {
                subject = next;
                continue;
            }
            let Some((key, want, taken)) = key(cell, subject) else { continue };
            let mut candidates = record.sheet.candidates(row, column, taken, want).into_iter();
            let Some(value) = candidates.find(is_answer) else { continue };
            if !found.iter().any(|(known, _, _)| *known == key) {
                found.push((key, want, value));
            }
        }
    }
    // Who filled in less than three entries filled in none: what was found are other labels of a blank form.
    if found.len() < 3 {
        return;
    }
    for (key, want, value) in found {
        match want {
            Want::Date => record.day(key, Some(value)),
            Want::Code | Want::Text => record.labelled(key, Some(value)),
        }
    }
}

fn heading(cell: &Cell<'_>) -> Option<Subject> {
    let bare = cell.folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let bare = bare
        .strip_prefix("section ")
        .map_or(bare, |rest| rest.split_once(' ').map_or(rest, |(_, rest)| rest));
    let lettered = bare.split_once(' ').filter(|(first, _)| first.len() == 1).map_or(bare, |(_, rest)| rest);
    HEADINGS
        .iter()
        .find(|(_, names)| names.split('|').any(|name| [bare, lettered].contains(&name.trim())))
        .map(|(subject, _)| *subject)
}

/// The key of the longest label that the cell begins with; what stands behind it must be no more of the label.
fn key(cell: &Cell<'_>, subject: Subject) -> Option<(String, Want, usize)> {
    let (_, key, want, taken) = KEYS
        .iter()
        .flat_map(|(key, want, labels)| labels.split('|').map(move |label| (*key, *want, label.trim())))
        .filter_map(|(key, want, label)| Some((label.len(), key, want, cell.begins(label)?)))
        .max_by_key(|(length, _, _, _)| *length)?;
    let last = cell.tokens.get(taken.checked_sub(1)?)?;
    // "Name of spouse" is no name; "Name: Jane" is, and so is a label that fills its cell.
    let is_label = taken == cell.tokens.len()
        || last.text.ends_with(':')
        || cell.tokens.get(taken).is_some_and(|t| t.text == ":");
    let person = match subject {
        Subject::Business => "business",
        Subject::First => "applicant[0]",
        Subject::Second => "applicant[1]",
    };
    let key = match (key.strip_prefix('*'), subject) {
        (None, _) => key.to_owned(),
        (Some(".full_name"), Subject::Business) => "business.legal_name".to_owned(),
        (Some(".phone"), Subject::First | Subject::Second) => format!("{person}.phone_home"),
        (Some(field), Subject::Business)
            if !field.starts_with(".address") && field != ".email" && field != ".phone" =>
        {
            format!("applicant[0]{field}")
        }
        (Some(field), _) => format!("{person}{field}"),
    };
    is_label.then_some((key, want, taken))
}

/// Something a person wrote, not another label and not a hint.
fn is_answer(value: &Value) -> bool {
    let lower = value.text.to_lowercase();
    let is_hint = ["mm/dd", "dd/mm", "dd.mm", "yyyy", "please", "select", "e.g."]
        .iter()
        .any(|hint| lower.contains(hint));
    let folded = crate::lexicon::fold(&value.text);
    let is_label = KEYS.iter().any(|(_, _, labels)| labels.split('|').any(|label| label.trim() == folded));
    !is_hint && !is_label && !value.text.ends_with(':')
}
