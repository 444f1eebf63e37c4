//! The words of statements in seven languages: column headings, labels of printed balances and totals, section
//! headings. Data in code: it names habits of the field, never an issuer.
//!
//! All phrases are folded ([`fold`]): lower case, no accents, no punctuation, single blanks.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    Date,
    TransactionDate,
    ValueDate,
    Description,
    Reference,
    CheckNumber,
    Kind,
    Out,
    In,
    Amount,
    Balance,
    Fee,
    Currency,
    Direction,
    Account,
    Other,
}

impl Role {
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Self::Out | Self::In | Self::Amount | Self::Balance | Self::Fee)
    }

    pub(crate) const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::TransactionDate | Self::ValueDate)
    }
}

/// What a labelled amount or date outside the rows means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    Opening,
    Closing,
    /// Balance at a date: the earliest is the opening, the latest the closing one.
    BalanceAt,
    BroughtForward,
    CarriedForward,
    TotalIn,
    TotalOut,
    Fees,
    CountIn,
    CountOut,
    /// An amount that is no balance and no total of the rows: limits, minimum due, available credit.
    Aside,
    /// A total of some rows.
    Subtotal,
}

/// What a heading says about the rows below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    In,
    Out,
    Checks,
    /// Rows that are not booked, daily balances, fee boxes: no rows of this statement.
    Ignored,
    /// Rows of both directions.
    Both,
}

/// Lower case, accents folded, punctuation to blanks, blanks folded. `&` becomes `and`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => folded.push('u'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'ß' => folded.push_str("ss"),
            '&' => folded.push_str(" and "),
            '\'' | '\u{2019}' => folded.push(' '),
            c if c.is_alphanumeric() => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ROLES: &[(Role, &str)] = &[
    (
        Role::Date,
        "date|post date|posting date|posted date|date posted|posted|booking date|booked|booking|entry date|process date|\
         buchungstag|buchungsdatum|buchung|buchungs tag|bu tag|buch tag|datum|date operation|date d operation|date de l operation|\
         date comptable|date de comptabilisation|date oper|fecha|fecha operacion|f operacion|fecha de operacion|data|\
         fecha contable|data operazione|data contabile|data mov|data registrazione|boekdatum|boekingsdatum|\
         datum boeking|data lancamento|data movimento|day|completed date|date completed|date paid|paid date|date cleared|cleared date|buchungsdat|tag",
    ),
    (
        Role::TransactionDate,
        "transaction date|trans date|tran date|txn date|date of transaction|trans|started date|purchase date|\
         kaufdatum|belegdatum|date achat|sale date",
    ),
    (
        Role::ValueDate,
        "value date|value dt|val date|value|valuta|valutadatum|wertstellung|wert|wertdatum|date valeur|date de valeur|\
         valeur|fecha valor|f valor|data valuta|data valor|rentedatum|interest date|effective date|eff date",
    ),
    (
        Role::Description,
        "description|details|detail|transaction details|transaction detail|transaction description|transaction|\
         transactions|particulars|narration|narrative|payee|merchant|merchant name|merchant name or transaction description|\
         payment type and details|payment details|description of transaction|activity|remarks|memo|note|name|summary|\
         libelle|libelles|nature de l operation|nature des operations|operation|operations|designation|\
         libelle de l operation|detail des operations|detail de l ecriture|beschreibung|buchungstext|verwendungszweck|text|vorgang|\
         buchungsdetails|buchungsinformationen|erlauterung|erlauterungen|umsatzart verwendungszweck|empfanger|auftraggeber|\
         auftraggeber empfanger|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|descripcion|concepto|\
         detalle|movimiento|movimientos|concepto detalle|causale|descrizione|descrizione operazione|\
         descrizione dell operazione|descrizione delle operazioni|descrizione operazioni|omschrijving|naam omschrijving|mededelingen|tegenpartij|descricao|historico|\
         counterparty|counter party|original description|reason|details of transaction|\
         vorgang buchungsinformation|vorgang buchungsinformationen|description of transactions|transaction particulars",
    ),
    (
        Role::Reference,
        "reference|ref|ref no|ref number|reference number|reference no|chq ref no|chq ref number|ref no cheque no|\
         cheque ref no|ref cheque no|transaction id|transaction reference|referenz|referenznummer|beleg|beleg nr|belegnummer|\
         referencia|referentie|riferimento|kundenreferenz|end to end referenz|n ref|utr|instrument id|trans id|bank reference",
    ),
    (
        Role::CheckNumber,
        "check no|check number|check|cheque no|cheque number|cheque|chq no|chq|serial|serial no|serial number|scheck nr|\
         n cheque|no cheque|numero cheque",
    ),
    (
        Role::Kind,
        "type|transaction type|code|tran code|trans type|art|typ|umsatzart|soort|payment type|tipo|categorie|category|mutatiesoort|trn",
    ),
    (
        Role::Out,
        "debit|debits|debit amount|debit amt|withdrawal|withdrawals|withdrawal amount|withdrawal amt|paid out|money out|\
         amount out|out|payments|payment|payments out|charges|subtractions|withdrawals debits|withdrawals and debits|\
         withdrawals other debits|withdrawal dr|debit dr|debits dr|withdrawal debit|soll|lastschrift|lastschriften|ausgang|ausgange|\
         belastung|belastungen|auszahlung|auszahlungen|zu ihren lasten|debit montant|montant debit|sortie|sorties|retrait|retraits|depenses|cargo|cargos|\
         debe|adeudo|adeudos|addebito|addebiti|uscite|uscita|dare|af|afschrijving|afgeschreven|uit|debet|debito|debitos|saidas|\
         spent|money spent|less|dr|dr amount|importe cargo|total debit|purchases",
    ),
    (
        Role::In,
        "credit|credits|credit amount|credit amt|deposit|deposits|deposit amount|deposit amt|paid in|money in|amount in|in|\
         receipts|payments in|additions|deposits credits|deposits and credits|deposits other credits|deposit cr|credit cr|\
         credits cr|deposit credit|haben|gutschrift|gutschriften|eingang|eingange|einzahlung|einzahlungen|zu ihren gunsten|credit montant|\
         montant credit|entree|entrees|versement|versements|recettes|abono|abonos|haber|ingreso|ingresos|accredito|accrediti|\
         entrate|entrata|avere|bij|bijschrijving|bijgeschreven|credito|creditos|entradas|received|money received|plus|cr|cr amount|\
         importe abono|total credit",
    ),
    (
        Role::Amount,
        "amount|amt|transaction amount|amount usd|net amount|betrag|umsatz|umsatze|montant|montant de l operation|importe|importe eur|\
         importo|bedrag|valor|monto|quantia|gross|net|movement|amount debit credit|amount debit|betrag in eur|soll haben|cantidad|sum",
    ),
    (
        Role::Balance,
        "balance|running balance|running bal|bal|closing balance|account balance|ledger balance|book balance|daily balance|end of day balance|\
         ending daily balance|ending balance|available balance|saldo|kontostand|neuer saldo|solde|saldo disponible|saldo contabile|stand|saldo contable|\
         saldo na mutatie|saldo nach buchung|solde apres operation|balance cr dr|total balance|new balance|resulting balance|current balance",
    ),
    (Role::Fee, "fee|fees|gebuhr|gebuhren|frais|comision|spesen|commissione"),
    (Role::Currency, "currency|ccy|wahrung|waehrung|devise|moneda|divisa|munteenheid|muntsoort|moeda|cur"),
    (
        Role::Direction,
        "debit credit|credit debit|dr cr|cr dr|s h|af bij|d c|c d|soll haben kennzeichen|sign|debit credit indicator|signo",
    ),
    (
        Role::Account,
        "account|account number|account no|iban|konto|kontonummer|compte|cuenta|rekening|iban auftraggeberkonto|compte numero|\
         auftragskonto|own account|account iban|numero de compte",
    ),
    (
        Role::Other,
        "account name|bic|card|card number|card no|category name|status|time|state|product|tags|labels|notes|location|balance type|exchange rate|rate|\
         tegenrekening|source|from|to|original amount|foreign amount",
    ),
];

const LABELS: &[(Label, &str)] = &[
    (
        Label::Opening,
        "opening balance|opening bal|beginning balance|previous balance|starting balance|start balance|balance at start|initial balance|\
         previous statement balance|opening ledger balance|balance last statement|last statement balance|prior balance|balance from last statement|\
         your opening balance|opening account balance|balance at beginning|balance from previous statement|previous closing balance|\
         account balance last statement|\
         anfangssaldo|alter saldo|alter kontostand|kontostand alt|saldo alt|anfangsbestand|eroffnungssaldo|saldovortrag|letzter kontostand|anfangskontostand|\
         ancien solde|solde precedent|solde initial|solde anterieur|solde d ouverture|solde de depart|ancien solde crediteur|ancien solde debiteur|\
         saldo anterior|saldo inicial|saldo iniziale|saldo precedente|beginsaldo|vorig saldo|oud saldo|openingssaldo|saldo de apertura",
    ),
    (
        Label::Closing,
        "closing balance|closing bal|current balance|ending balance|new balance|end balance|final balance|statement balance|closing ledger balance|\
         your closing balance|closing account balance|balance this statement|balance at end|total balance owed|new balance total|\
         statement closing balance|account balance this statement|\
         endsaldo|neuer saldo|neuer kontostand|kontostand neu|saldo neu|endbestand|schlusssaldo|schlussaldo|abschlusssaldo|endkontostand|\
         nouveau solde|solde final|solde nouveau|solde de cloture|nouveau solde crediteur|nouveau solde debiteur|solde en fin de periode|\
         nuevo saldo|saldo final|saldo actual|saldo al cierre|saldo de cierre|saldo finale|nuovo saldo|eindsaldo|nieuw saldo|slotsaldo|novo saldo|saldo atual",
    ),
    (
        Label::BalanceAt,
        "balance as of|balance on|balance at|account balance as of|account balance on|balance as at|kontostand am|saldo per|saldo am|\
         kontostand vom|kontostand per|saldo vom|solde au|solde crediteur au|solde debiteur au|solde en euros au|saldo al|saldo a|saldo op|saldo per ultimo|saldo em|saldo en|saldo a fecha|\
         ledger balance as of|ledger balance on",
    ),
    (
        Label::BroughtForward,
        "balance brought forward|brought forward|balance forward|balance b f|b f|bal b f|balance bf|bal brought forward|bfwd|\
         balance b fwd|balance from previous page|balance brought from previous page|brought from previous page|balance brought|\
         ubertrag von seite|ubertrag vom|saldo ubertrag|report|report du solde|report solde|saldo arrastrado|suma anterior|\
         riporto|saldo riportato|transport|saldo van vorige pagina|transporte|ubertrag von blatt|ubertrag",
    ),
    (
        Label::CarriedForward,
        "balance carried forward|carried forward|balance c f|c f|bal c f|balance cf|bal carried forward|cfwd|balance c fwd|balance to next page|balance carried to next page|carried to next page|balance carried|\
         ubertrag auf seite|ubertrag auf|a reporter|solde a reporter|suma y sigue|a riportare|saldo naar volgende pagina|a transportar|ubertrag auf blatt",
    ),
    (
        Label::TotalIn,
        "total credits|total deposits|total money in|total paid in|total in|total incoming|total additions|total receipts|money in|paid in|payments in|\
         total deposits and additions|total deposits and credits|total deposits and other credits|total deposits credits|\
         deposits and additions|deposits and other credits|deposits and credits|deposits credits|total credit|total deposits and other additions|\
         total payments in|total received|total payments and credits|total credit amount|payments and credits|payment credits|payments and other credits|total inflow|\
         summe gutschriften|summe haben|summe eingange|gesamteingange|gutschriften gesamt|summe der gutschriften|haben gesamt|\
         gesamt haben|eingange gesamt|summe zu ihren gunsten|total des credits|total des operations creditrices|total credit eur|total crediteur|total des entrees|\
         total creditos|total abonos|total haber|total ingresos|totale entrate|totale avere|totale accrediti|totaal bij|totaal bijgeschreven|\
         total creditado|total entradas|credits total|deposits total|sum of credits|total amount credited|total gutschriften|total haben",
    ),
    (
        Label::TotalOut,
        "total debits|total withdrawals|total money out|total paid out|total out|total outgoing|total subtractions|total payments|money out|paid out|\
         total withdrawals and debits|total withdrawals and other debits|total withdrawals debits|withdrawals and other debits|\
         withdrawals and debits|withdrawals debits|total debit|total payments out|payments out|total spent|total charges|total debit amount|total outflow|\
         total withdrawals and other subtractions|withdrawals and subtractions|withdrawals and other subtractions|\
         summe belastungen|summe soll|summe ausgange|gesamtausgange|belastungen gesamt|summe der belastungen|soll gesamt|summe lastschriften|\
         gesamt soll|ausgange gesamt|summe zu ihren lasten|total des debits|total des operations debitrices|total debit eur|total debiteur|total des sorties|\
         total debitos|total cargos|total debe|total gastos|totale uscite|totale dare|totale addebiti|totaal af|totaal afgeschreven|\
         total debitado|total saidas|debits total|withdrawals total|sum of debits|total amount debited|total belastungen|total soll|total lastschriften",
    ),
    (Label::Fees, "total fees|total service charges|total service fees|fees total|fees charged total"),
    (
        Label::CountIn,
        "number of credits|credit count|no of credits|number of deposits|cr count|credits count|anzahl gutschriften|nombre de credits|count of credits|number of payments in",
    ),
    (
        Label::CountOut,
        "number of debits|debit count|no of debits|number of withdrawals|dr count|debits count|anzahl belastungen|nombre de debits|count of debits|number of payments out",
    ),
    (
        Label::Aside,
        "minimum payment|minimum payment due|minimum amount due|minimum due|credit limit|available credit|available balance|cash advance limit|cash access line|\
         available for cash|overdraft limit|arranged overdraft|credit line|past due amount|amount past due|balance over|payment due|amount due|revolving credit amount|\
         dispositionskredit|verfugbarer betrag|kreditlinie|decouvert autorise|limite de credito|disponible|plafond|average balance|average daily balance|\
         average ledger balance|interest rate|annual percentage|interest paid year to date|interest paid this year|interest earned year to date|\
         total fees charged in|total interest charged in|fees charged year to date|total fees year to date|annual percentage yield|total overdraft fees|total returned item fees|\
         total nsf fees|net balance|net movement|net change|minimum balance|lowest balance|overdraft|year to date|interest this period|\
         interest paid this period|average collected balance|eingeraumte kontouberziehung|points|rewards|limit",
    ),
    (
        Label::Subtotal,
        "total|subtotal|sub total|sum|summe|zwischensumme|sous total|totaux|totale|totaal|total general|suma|gesamt|grand total|page total",
    ),
];

const SECTIONS: &[(Section, &str)] = &[
    (
        Section::In,
        "deposits and additions|deposits and other credits|deposits and credits|deposits credits|deposits|credits|money in|payments received|payments and credits|\
         payments and other credits|payments credits|electronic deposits|other credits|other deposits|payments credits and adjustments|additions|interest earned|deposits and other additions|\
         gutschriften|eingange|zahlungseingange|credits et versements|operations creditrices|ingresos|abonos|entrate|accrediti|bijschrijvingen|returns and other credits|refunds|payments|refunds and credits|credits and payments",
    ),
    (
        Section::Out,
        "withdrawals|withdrawals and debits|withdrawals and other debits|withdrawals debits|atm and debit card withdrawals|electronic withdrawals|\
         debits|money out|other withdrawals|other debits|fees|service fees|service charges|service charges and fees|purchases|purchases and adjustments|\
         purchases and debits|purchases and other charges|purchases and other debits|interest charged|interest charges|cash advances|atm withdrawals|\
         card purchases|debit card purchases|electronic payments|electronic debits|other subtractions|withdrawals and other subtractions|fees charged|fees and interest|subtractions|charges|balance transfers|\
         belastungen|ausgange|zahlungsausgange|lastschriften|operations debitrices|retraits et paiements|cargos|pagos|compras|uscite|addebiti|afschrijvingen|atm and debit card subtractions|new charges|transactions purchases|direct debits|standing orders",
    ),
    (
        Section::Checks,
        "checks|checks paid|checks cleared|cheques paid|check list|checks in number order|cheques",
    ),
    (
        Section::Ignored,
        "pending transactions|pending|daily balance|daily balances|daily ending balance|daily ending balances|daily balance summary|ending daily balance|balance summary|\
         daily ledger balances|daily account balance|daily balance detail|end of day balances|overdraft and returned item fees|fee summary|fees year to date|fees summary|year to date totals|\
         totals year to date|summary of overdraft and returned item fees|vorgemerkte umsatze|vorgemerkt|operations a venir|interest charge calculation|upcoming payments|upcoming transactions|scheduled payments|tagessalden|solde quotidien|saldos diarios|rewards summary",
    ),
    (
        Section::Both,
        "transactions|transaction history|account activity|transaction details|your transactions|account transactions|transaction detail|activity|all transactions|account transaction details|\
         kontoumsatze|umsatze|buchungen|detail des operations|vos operations|operations|movimientos|movimenti|mutaties|statement of account|extracto de movimientos|activity detail|posted transactions|transaction list|account history|kontobewegungen",
    ),
];

fn lookup<T: Copy>(table: &[(T, &str)], phrase: &str) -> Option<T> {
    table.iter().find(|(_, words)| words.split('|').any(|w| w == phrase)).map(|(found, _)| *found)
}

/// The role a folded heading names, currency words left out.
pub(crate) fn role(folded: &str) -> Option<Role> {
    lookup(ROLES, folded).or_else(|| {
        let kept: Vec<&str> = folded.split(' ').filter(|w| !is_currency_word(w)).collect();
        let shorter = kept.join(" ");
        if shorter == folded || shorter.is_empty() { None } else { lookup(ROLES, &shorter) }
    })
}

/// The role that a folded heading names if a recognizer misread a letter of it, or took a border of its cell for one.
pub(crate) fn role_like(folded: &str) -> Option<Role> {
    let read: Vec<&str> = folded.split(' ').filter(|word| !is_currency_word(word)).collect();
    let phrases =
        ROLES.iter().flat_map(|(role, phrases)| phrases.split('|').map(move |phrase| (*role, phrase)));
    let near = phrases.filter_map(|(role, phrase)| Some((apart(&read, phrase)?, role)));
    near.min_by_key(|(apart, _)| *apart).map(|(_, role)| role)
}

/// How many letters part what was read from a phrase; `None` where it may as well be another one.
fn apart(read: &[&str], phrase: &str) -> Option<usize> {
    let words: Vec<&str> = phrase.split(' ').collect();
    if words.len() != read.len() {
        return None;
    }
    read.iter().zip(words).map(|(read, word)| letters_apart(read, word)).sum()
}

/// Short words are one letter from too many others ("rate", "date"), so only what follows them is let off.
fn letters_apart(read: &str, word: &str) -> Option<usize> {
    let (length, most) = (word.len(), if word.len() >= 8 { 2 } else { 1 });
    let added = read.strip_prefix(word).map(str::len).filter(|added| length >= 4 && *added <= 2);
    let changed = || Some(strsim::osa_distance(read, word)).filter(|changed| length >= 5 && *changed <= most);
    if read == word { Some(0) } else { added.or_else(changed) }
}

fn is_currency_word(word: &str) -> bool {
    matches!(
        word,
        "usd"
            | "gbp"
            | "eur"
            | "aud"
            | "inr"
            | "chf"
            | "cad"
            | "nzd"
            | "sgd"
            | "zar"
            | "euro"
            | "euros"
            | "rs"
            | "jpy"
            | "in"
            | "en"
            | "a"
            | "aed"
            | "hkd"
            | "dkk"
            | "sek"
            | "nok"
            | "pln"
            | "uyu"
            | "mxn"
            | "brl"
    )
}

/// The label a folded text starts with, longest phrase first, with the number of words it takes.
pub(crate) fn label(folded: &str) -> Option<(Label, usize)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let longest = words.len().min(7);
    (1..=longest).rev().find_map(|n| {
        let phrase = words.get(..n)?.join(" ");
        lookup(LABELS, &phrase).map(|found| (found, n))
    })
}

/// The section a folded heading names as a whole; a trailing "continued" is no part of it.
pub(crate) fn section(folded: &str) -> Option<Section> {
    let trimmed = ["continued", "cont", "fortsetzung", "suite", "continuacion", "segue"]
        .iter()
        .find_map(|tail| folded.strip_suffix(tail))
        .unwrap_or(folded)
        .trim();
    lookup(SECTIONS, trimmed)
}

/// Whether a word carries a direction in a column of its own: `true` for money in.
pub(crate) fn direction(word: &str) -> Option<bool> {
    match fold(word).as_str() {
        "credit" | "cr" | "c" | "bij" | "h" | "haben" | "in" | "deposit" | "cred" | "crdt" | "gutschrift"
        | "abono" | "avere" | "dslip" => Some(true),
        "debit" | "dr" | "d" | "af" | "s" | "soll" | "out" | "withdrawal" | "deb" | "dbit"
        | "lastschrift" | "check" | "cargo" | "dare" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_stands_twice() {
        fn check<T: std::fmt::Debug>(table: &[(T, &str)]) {
            let mut seen = std::collections::HashMap::new();
            for (owner, words) in table {
                for phrase in words.split('|') {
                    assert_eq!(phrase, fold(phrase), "phrases are written folded");
                    if let Some(before) = seen.insert(phrase.to_owned(), format!("{owner:?}")) {
                        panic!("{phrase:?} stands under {before} and {owner:?}");
                    }
                }
            }
        }
        check(ROLES);
        check(LABELS);
        check(SECTIONS);
    }

    #[test]
    fn headings_and_labels() {
        for (heading, expected) in [
            ("Paid out (£)", Some(Role::Out)),
            ("Withdrawal Amt.", Some(Role::Out)),
            ("Libellé", Some(Role::Description)),
            ("Wertstellung", Some(Role::ValueDate)),
            ("Saldo EUR", Some(Role::Balance)),
            ("Chq./Ref.No.", Some(Role::Reference)),
            ("Amount (USD)", Some(Role::Amount)),
            ("Hello", None),
        ] {
            assert_eq!(role(&fold(heading)), expected, "{heading}");
        }
        for (misread, expected) in [
            ("DateoF", Some(Role::Date)),
            ("Descriptionwe", Some(Role::Description)),
            ("Ba1ance", Some(Role::Balance)),
            ("Arnount (USD)", None),
            ("Anount (USD)", Some(Role::Amount)),
            ("Late", None),
            ("Hello", None),
        ] {
            assert_eq!(role_like(&fold(misread)), expected, "{misread}");
        }
        assert_eq!(label(&fold("Opening balance on 1 March 2026")), Some((Label::Opening, 2)));
        assert_eq!(label(&fold("Balance brought forward")), Some((Label::BroughtForward, 3)));
        assert_eq!(section(&fold("Deposits & Additions (continued)")), Some(Section::In));
    }
}
