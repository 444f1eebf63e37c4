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
        "f oper|f op|f mov|f contable|f asiento|d oper|d contabile|dt oper|dt mov|date|post date|posting date|posted date|date posted|posted|booking date|booked|booking|entry date|process date|\
         buchungstag|buchungsdatum|buchung|buchungs tag|bu tag|buch tag|datum|date operation|date d operation|date de l operation|\
         date comptable|date de comptabilisation|date oper|fecha|fecha operacion|f operacion|fecha de operacion|data|\
         fecha contable|data operazione|data contabile|data mov|data registrazione|boekdatum|boekingsdatum|\
         datum boeking|data lancamento|data movimento|day|completed date|date completed|date paid|paid date|date cleared|cleared date|buchungsdat|tag|\
         date d ecriture|jour|date traitement|date de traitement|date mouvement|fecha oper|fecha mov|\
         fecha movimiento|fecha de asiento|fecha apunte|data oper|data op|data do movimento|data de movimento|\
         data lanc|data contab|data reg|datum transactie|transactiedatum|verwerkingsdatum|boekdat|\
         datum verwerkt|buchungs datum|buch datum|buchdatum|buchtag|buchungst|datum buchung|bearbeitungsdatum|\
         erfassungsdatum|date of entry|date entered|entry|proc date|processing date|date processed|txn posted|\
         effective|date compta|d operation|date ope|date op|giorno|dag|dia",
    ),
    (
        Role::TransactionDate,
        "transaction date|trans date|tran date|txn date|date of transaction|trans|started date|purchase date|\
         kaufdatum|belegdatum|date achat|sale date|\
         datum einkauf|einkaufsdatum|datum des einkaufs|umsatzdatum|transaktionsdatum|datum transaktion|\
         date transaction|date de transaction|date d achat|date de l achat|fecha compra|fecha de compra|\
         fecha transaccion|data compra|data da compra|data acquisto|data transazione|aankoopdatum|\
         date of purchase|tran|trans dt|txn dt",
    ),
    (
        Role::ValueDate,
        "value date|value dt|val date|value|valuta|valutadatum|wertstellung|wert|wertdatum|date valeur|date de valeur|\
         valeur|fecha valor|f valor|data valuta|data valor|rentedatum|interest date|effective date|eff date|\
         value dat|val|val dt|valued|value on|valuta datum|val datum|wert stellung|wert tag|valutatag|\
         valuta tag|datum valuta|datum wert|date de val|date val|dt valeur|jour de valeur|fecha de valor|f val|\
         fec valor|data di valuta|data val|data de valor|d valor|dt valor|valutadag|valuta dat|rentedat|\
         datum rente|interest dt",
    ),
    (
        Role::Description,
        "buchungsinformation|buchungsinformationen|umsatzinformation|umsatzinformationen|transaktionsinformation|description|details|detail|transaction details|transaction detail|transaction description|transaction|\
         transactions|particulars|narration|narrative|payee|merchant|merchant name|merchant name or transaction description|\
         payment type and details|payment details|description of transaction|activity|remarks|memo|note|name|summary|\
         libelle|libelles|nature de l operation|nature des operations|operation|operations|designation|\
         libelle de l operation|detail des operations|detail de l ecriture|beschreibung|buchungstext|verwendungszweck|text|vorgang|\
         buchungsdetails|erlauterung|erlauterungen|umsatzart verwendungszweck|empfanger|auftraggeber|\
         auftraggeber empfanger|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|descripcion|concepto|\
         detalle|movimiento|movimientos|concepto detalle|causale|descrizione|descrizione operazione|\
         descrizione dell operazione|descrizione delle operazioni|descrizione operazioni|omschrijving|naam omschrijving|mededelingen|tegenpartij|descricao|historico|\
         counterparty|counter party|original description|reason|details of transaction|\
         vorgang buchungsinformation|vorgang buchungsinformationen|description of transactions|transaction particulars|\
         transaction narrative|transaction type and details|type and description|type and details|\
         payment type and description|how paid and details|details of payment|information|payment information|\
         explanation|entry details|description du mouvement|nature|nature de l ecriture|nature du mouvement|\
         nature des mouvements|intitule|motif|motif de l operation|detail de l operation|\
         details de l operation|libelle de l ecriture|mouvement|mouvements|description de l operation|\
         vorgang verwendungszweck|buchungsvorgang|geschaftsvorfall|vorgang buchungstext|text verwendungszweck|\
         verwendungszweck buchungstext|auftraggeber empfanger verwendungszweck|empfanger verwendungszweck|\
         buchungs text|angaben|details der buchung|einzelheiten|umsatztext|mitteilung|transaktion|\
         transaktionsdetails|beschreibung der buchung|concepto de la operacion|descripcion de la operacion|\
         descripcion del movimiento|detalle de la operacion|detalle del movimiento|operacion|operaciones|\
         concepto y detalle|concepto detallado|descripcion concepto|descrizione del movimento|\
         descrizione movimento|descrizione dei movimenti|operazione|operazioni|dettaglio|dettagli|\
         dettaglio operazione|dettaglio movimento|causale e descrizione|causale descrizione|movimento|\
         movimenti|naam en omschrijving|omschrijving transactie|omschrijving van de boeking|toelichting|\
         gegevens|naam en mededeling|mededeling|transactie|transacties|beschrijving|descritivo|\
         descritivo do movimento|descricao do movimento|descricao da operacao|descricao do lancamento|\
         lancamento|lancamentos|detalhe|detalhes|operacao|historico do movimento|designacao",
    ),
    (
        Role::Reference,
        "reference|ref|ref no|ref number|reference number|reference no|chq ref no|chq ref number|ref no cheque no|\
         cheque ref no|ref cheque no|transaction id|transaction reference|referenz|referenznummer|beleg|beleg nr|belegnummer|\
         referencia|referentie|riferimento|kundenreferenz|end to end referenz|n ref|utr|instrument id|trans id|bank reference|\
         chq ref|ref chq|cheque ref|ref cheque|customer ref|customer reference|our ref|your ref|bank ref|\
         transaction ref|trans ref|txn ref|ref no chq no|numero de reference|no de reference|num ref|\
         reference de l operation|no ref|ref operation|referenz nr|referenz no|ref nr|referenznr|\
         buchungsreferenz|auftragsnr|auftragsnummer|transaktionsnr|transaktionsnummer|n de referencia|\
         no referencia|num referencia|ref bancaria|n operacion|num operacion|n riferimento|rif|num rif|\
         numero riferimento|codice riferimento|referentienummer|kenmerk|transactiereferentie|volgnummer|volgnr|\
         n documento|no documento|documento|doc|num doc|n doc|nr doc",
    ),
    (
        Role::CheckNumber,
        "check no|check number|check|cheque no|cheque number|cheque|chq no|chq|serial|serial no|serial number|scheck nr|\
         n cheque|no cheque|numero cheque|\
         check no ref|chq number|cheque nr|chequenummer|n de cheque|num cheque|nr cheque|num assegno|n assegno|\
         numero assegno|schecknummer|scheck nummer|check num",
    ),
    (
        Role::Kind,
        "type|transaction type|code|tran code|trans type|art|typ|umsatzart|soort|payment type|tipo|categorie|category|mutatiesoort|trn|\
         txn type|txn code|trn type|trans code|type of transaction|tran type|method|how paid|code operation|\
         type d operation|type operation|code op|buchungsart|vorgangsart|buchungsschlussel|schlussel|gvc|\
         transaktionsart|tipo operacion|tipo de operacion|tipo movimiento|cod|codigo|codice|tipo operazione|\
         tipo di operazione|causale abi|type transactie|boekingscode|transactiesoort|mutatiecode|\
         tipo de movimento|tipo movimento|cat|tp|kind",
    ),
    (
        Role::Out,
        "acquisti|achats|aankopen|einkaufe|kaufe|compras|compras y cargos|achats et frais|purchases and charges|purchases and fees|acquisti e spese|aankopen en kosten|compras e encargos|new charges|zahlungen|betalingen|\
         debit|debits|debit amount|debit amt|withdrawal|withdrawals|withdrawal amount|withdrawal amt|paid out|money out|\
         amount out|out|payments|payment|payments out|charges|subtractions|withdrawals debits|withdrawals and debits|\
         withdrawals other debits|withdrawal dr|debit dr|debits dr|withdrawal debit|soll|lastschrift|lastschriften|ausgang|ausgange|\
         belastung|belastungen|auszahlung|auszahlungen|zu ihren lasten|debit montant|montant debit|sortie|sorties|retrait|retraits|depenses|cargo|cargos|\
         debe|adeudo|adeudos|addebito|addebiti|uscite|uscita|dare|af|afschrijving|afgeschreven|uit|debet|debito|debitos|saidas|\
         spent|money spent|less|dr|dr amount|importe cargo|total debit|purchases|\
         money paid out|debits and withdrawals|withdrawals payments|payments made|withdrawals in|dr in|\
         paid out in|payments and withdrawals|payments withdrawals|withdrawn|withdrawal s|spent amount|\
         debit amounts|debited|debit in|au debit|a votre debit|debits en|sorties d argent|paiements|paiement|\
         retraits et paiements|operations au debit|mouvements debiteurs|zu lasten|zu ihren lasten eur|\
         lastschrift belastung|soll betrag|betrag soll|abgang|abgange|abbuchung|abbuchungen|ausgaben|\
         belastung in|lasten|debitoren|umsatz soll|pagos|pago|gastos|gasto|salidas|salida|importe debe|\
         importe cargos|retiradas|retiros|retiro|cargos en cuenta|disposiciones|disposicion|uscite in|\
         movimenti dare|importo dare|a debito|prelievi|prelievo|pagamenti|importo a debito|movimenti in uscita|\
         spese|bedrag af|afgeboekt|afschrijvingen|uitgaven|uitgaand|opname|opnames|ten laste|debet in|\
         uitgaande|montante a debito|a debitar|debitado|pagamentos|levantamentos|levantamento|saida|\
         valor debito|debito em conta|movimentos a debito|despesas",
    ),
    (
        Role::In,
        "payments credits|payments and credits|credits payments|payments received credits|zahlungen gutschriften|paiements credits|paiements et credits|pagos abonos|pagos y abonos|pagamenti accrediti|pagamenti e accrediti|betalingen bijschrijvingen|pagamentos creditos|pagamentos e creditos|your payments|sus pagos|\
         credit|credits|credit amount|credit amt|deposit|deposits|deposit amount|deposit amt|paid in|money in|amount in|in|\
         receipts|payments in|additions|deposits credits|deposits and credits|deposits other credits|deposit cr|credit cr|\
         credits cr|deposit credit|haben|gutschrift|gutschriften|eingang|eingange|einzahlung|einzahlungen|zu ihren gunsten|credit montant|\
         montant credit|entree|entrees|versement|versements|recettes|abono|abonos|haber|ingreso|ingresos|accredito|accrediti|\
         entrate|entrata|avere|bij|bijschrijving|bijgeschreven|credito|creditos|entradas|received|money received|plus|cr|cr amount|\
         importe abono|total credit|\
         money paid in|payments received|received in|paid in in|lodgements|lodgement|credit amounts|credited|\
         credit in|deposited|deposit s|deposits and receipts|receipts in|au credit|a votre credit|credits en|\
         depots|depot|rentrees|encaissements|operations au credit|mouvements crediteurs|versements et depots|\
         zu gunsten|haben betrag|betrag haben|zugang|zugange|gutschrift in|einnahmen|gunsten|umsatz haben|\
         zahlungseingang|ingresos en cuenta|entradas en cuenta|importe haber|importe abonos|entrada|depositos|\
         deposito|abonos en cuenta|movimenti avere|importo avere|a credito|versamenti|versamento|depositi|\
         accrediti in|importo a credito|movimenti in entrata|bedrag bij|bijgeboekt|bijschrijvingen|inkomsten|\
         inkomend|storting|stortingen|ten gunste|credit bij|inkomende|montante a credito|a creditar|creditado|\
         valor credito|credito em conta|movimentos a credito|receitas",
    ),
    (
        Role::Amount,
        "amount|amt|transaction amount|amount usd|net amount|betrag|umsatz|umsatze|montant|montant de l operation|importe|importe eur|\
         importo|bedrag|valor|monto|quantia|gross|net|movement|amount debit credit|amount debit|betrag in eur|soll haben|cantidad|sum|\
         value of transaction|transaction value|amounts|amount of transaction|amount paid|debit or credit|\
         credit or debit|in out|paid in out|paid out paid in|debits credits|debit or credit amount|\
         amount dr cr|amount cr dr|montant en|montant de la transaction|montant du mouvement|montant en euros|\
         montant net|somme|betrag in|buchungsbetrag|umsatz in|umsatzbetrag|betrag eur|umsatze in|betrag chf|\
         buchung betrag|transaktionsbetrag|importe de la operacion|importe movimiento|importe en|\
         importe operacion|importo in|importo operazione|importo movimento|importo eur|bedrag in|bedrag eur|\
         transactiebedrag|mutatiebedrag|bedrag mutatie|mutatie|montante|montante em|importancia|valor em|\
         valor do movimento|valor eur|quantia em",
    ),
    (
        Role::Balance,
        "balance|running balance|running bal|bal|closing balance|account balance|ledger balance|book balance|daily balance|end of day balance|\
         ending daily balance|ending balance|available balance|saldo|kontostand|neuer saldo|solde|saldo disponible|saldo contabile|stand|saldo contable|\
         saldo na mutatie|saldo nach buchung|solde apres operation|balance cr dr|total balance|new balance|resulting balance|current balance|\
         balance in|account bal|balance amount|cleared balance|ledger bal|balance after|\
         balance after transaction|balance carried|closing bal|remaining balance|balance outstanding|\
         solde courant|solde progressif|solde apres|solde du compte|solde en|nouveau solde|solde comptable|\
         solde en euros|solde intermediaire|solde apres mouvement|kontostand in|saldo in|saldo nach|\
         saldo nach umsatz|aktueller saldo|kontostand nach buchung|laufender saldo|saldo neu|\
         saldo eur|saldo chf|neuer kontostand|saldo en|saldo tras operacion|saldo despues|saldo posterior|\
         saldo de la cuenta|saldo resultante|saldo tras movimiento|saldo actual|saldo progressivo|saldo dopo|\
         saldo dopo operazione|saldo finale|saldo corrente|saldo na|nieuw saldo|saldo na boeking|\
         saldo na transactie|lopend saldo|saldo op rekening|saldo apos|saldo apos movimento|saldo em|\
         saldo contabilistico|saldo final|saldo do movimento|saldo acumulado|saldo autorizado",
    ),
    (Role::Fee, "fee|fees|gebuhr|gebuhren|frais|comision|spesen|commissione"),
    (Role::Currency, "currency|ccy|wahrung|waehrung|devise|moneda|divisa|munteenheid|muntsoort|moeda|cur"),
    (
        Role::Direction,
        "debit credit|credit debit|dr cr|cr dr|s h|af bij|d c|c d|soll haben kennzeichen|sign|debit credit indicator|signo|\
         soll oder haben|s oder h|kz|vorzeichen|vz|indicator|cr or dr|dr or cr|in out indicator|af of bij|\
         bij af|plus minus|sens|sens de l operation|d h|h d|debe haber|dare avere|d a|a d|signo d h|s|dc|cd|\
         segno|sinal|teken",
    ),
    (
        Role::Account,
        "account|account number|account no|iban|konto|kontonummer|compte|cuenta|rekening|iban auftraggeberkonto|compte numero|\
         auftragskonto|own account|account iban|numero de compte|\
         no de compte|n de compte|numero de cuenta|n cuenta|n conto|numero conto|rekeningnummer|\
         numero de conta|n conta",
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
         saldo anterior|saldo inicial|saldo iniziale|saldo precedente|beginsaldo|vorig saldo|oud saldo|openingssaldo|saldo de apertura|\
         balance at beginning of period|balance at start of period|balance at the start|\
         balance at period start|your balance at start|opening amount|balance at last statement|\
         previous amount owed|amount owed last statement|last balance|previous statement|opening balance owed|\
         balance from last bill|previous total|start of period balance|balance at the beginning|\
         opening position|saldo letzte abrechnung|saldo der letzten abrechnung|saldo vorperiode|\
         saldo letzter auszug|letzter saldo|saldo zu beginn|kontostand zu beginn|saldo vormonat|vormonatssaldo|\
         alter rechnungsbetrag|saldo aus letzter abrechnung|ubertrag aus vormonat|bisheriger saldo|\
         kontostand letzter auszug|solde au debut|solde de debut|solde en debut de periode|\
         solde du dernier releve|solde du releve precedent|solde reporte|montant du precedent releve|\
         dette precedente|encours precedent|solde au debut de la periode|saldo de inicio|saldo al inicio|\
         saldo inicial del periodo|saldo del extracto anterior|saldo ultimo extracto|deuda anterior|\
         saldo previo|saldo a la apertura|saldo de partida|saldo apertura|saldo di apertura|\
         saldo inicial do periodo|saldo di inizio periodo|saldo inizio periodo|saldo estratto conto precedente|\
         saldo ultimo estratto|debito precedente|saldo iniziale del periodo|saldo vorige periode|\
         saldo vorig afschrift|saldo begin|saldo begin periode|vorig openstaand saldo|stand vorig afschrift|\
         beginstand|vorige stand|saldo bij aanvang|saldo de abertura|saldo do extrato anterior|\
         saldo em divida anterior|divida anterior",
    ),
    (
        Label::Closing,
        "closing balance|closing bal|saldo attuale|saldo odierno|saldo alla fine|current balance|balance due|total due|solde du releve|solde a payer|montant du|total a payer|deuda total|importe a pagar|saldo a pagar|totale dovuto|saldo dovuto|totaal verschuldigd|verschuldigd saldo|total em divida|ending balance|new balance|end balance|final balance|statement balance|closing ledger balance|\
         your closing balance|closing account balance|balance this statement|balance at end|total balance owed|new balance total|\
         statement closing balance|account balance this statement|\
         endsaldo|neuer saldo|neuer kontostand|kontostand neu|saldo neu|endbestand|schlusssaldo|schlussaldo|abschlusssaldo|endkontostand|\
         nouveau solde|solde final|solde nouveau|solde de cloture|nouveau solde crediteur|nouveau solde debiteur|solde en fin de periode|\
         nuevo saldo|saldo final|saldo actual|saldo al cierre|saldo de cierre|saldo finale|nuovo saldo|eindsaldo|nieuw saldo|slotsaldo|novo saldo|saldo atual|\
         balance at end of period|balance at the end|balance at close|end of period balance|\
         your balance at end|your new balance|total amount owed|amount owed|amount you owe|total owed|\
         total balance|current amount owed|what you owe|closing position|closing amount|closing balance owed|\
         statement total|rechnungsbetrag|gesamtbetrag der rechnung|neuer rechnungsbetrag|\
         saldo dieser abrechnung|aktueller saldo|kontostand zum ende|saldo am ende|saldo zum ende|\
         saldo per ende|saldo dieser auszug|zu zahlender betrag|offener saldo|abrechnungssaldo|\
         saldo zu ihren gunsten|saldo zu ihren lasten|kontoendstand|schlussstand|solde a la fin|solde de fin|\
         solde de fin de periode|solde a la fin de la periode|solde a ce jour|montant du releve|total du|\
         solde actuel|dette actuelle|encours|encours actuel|solde cloture|saldo cierre|saldo al final|\
         saldo final del periodo|saldo de este extracto|deuda actual|total a pagar|total adeudado|\
         saldo deudor actual|saldo di chiusura|saldo di fine periodo|saldo fine periodo|\
         saldo finale del periodo|saldo estratto conto|debito attuale|nuovo saldo a debito|saldo chiusura|\
         saldo einde|saldo einde periode|eindstand|nieuw openstaand saldo|huidig saldo|te betalen saldo|\
         saldo dit afschrift|nieuwe stand|saldo de fecho|saldo final do periodo|saldo em divida|divida atual|\
         saldo de encerramento|saldo de fim|valor em divida",
    ),
    (
        Label::BalanceAt,
        "balance as of|balance on|balance at|account balance as of|account balance on|balance as at|kontostand am|saldo per|saldo am|\
         kontostand vom|kontostand per|saldo vom|solde au|solde crediteur au|solde debiteur au|solde en euros au|saldo al|saldo a|saldo op|saldo per ultimo|saldo em|saldo en|saldo a fecha|\
         ledger balance as of|ledger balance on|\
         balance at close of|balance owed on|balance owed at|saldo zum|kontostand zum|saldo per den|stand am|\
         stand per|stand op|solde du|solde en date du|solde le|solde arrete au|saldo a dia|saldo al dia|\
         saldo a la fecha|saldo a data|saldo alla data|saldo contabile al|saldo al giorno|saldo d d|\
         saldo per datum|saldo a data de",
    ),
    (
        Label::BroughtForward,
        "balance brought forward|brought forward|balance forward|balance b f|b f|bal b f|balance bf|bal brought forward|bfwd|\
         balance b fwd|balance from previous page|balance brought from previous page|brought from previous page|balance brought|\
         ubertrag von seite|ubertrag vom|saldo ubertrag|report|report du solde|report solde|saldo arrastrado|suma anterior|\
         riporto|saldo riportato|transport|saldo van vorige pagina|transporte|ubertrag von blatt|ubertrag|\
         brought fwd|balance brought fwd|balance carried over|from previous page|\
         carried over from previous page|amount brought forward|report de la page precedente|\
         report page precedente|solde reporte de la page precedente|a reporter de la page precedente|vortrag|\
         ubertrag von|saldo vortrag|ubertrag der vorseite|saldo von vorseite|\
         suma y sigue de la pagina anterior|saldo de la pagina anterior|viene de la pagina anterior|\
         saldo anterior de la pagina|riporto da pagina precedente|riporto saldo|saldo da riporto|\
         saldo pagina precedente|transport van vorige pagina|saldo transport|overgebracht|\
         transporte da pagina anterior|saldo transportado|transporte anterior",
    ),
    (
        Label::CarriedForward,
        "balance carried forward|carried forward|balance c f|c f|bal c f|balance cf|bal carried forward|cfwd|balance c fwd|balance to next page|zwischensaldo|subtotal balance|balance carried to next page|carried to next page|balance carried|\
         ubertrag auf seite|ubertrag auf|a reporter|solde a reporter|suma y sigue|a riportare|saldo naar volgende pagina|a transportar|ubertrag auf blatt|\
         carried fwd|balance carried fwd|to next page|amount carried forward|carried over|\
         carried over to next page|balance to carry forward|solde a reporter page suivante|\
         report a la page suivante|report page suivante|zu ubertragen|ubertrag nach|\
         saldo ubertrag auf nachste seite|saldo auf folgeseite|ubertrag auf folgeseite|\
         suma y sigue a la pagina siguiente|saldo a la pagina siguiente|pasa a la pagina siguiente|a riporto|\
         da riportare|saldo a riportare|riporto a pagina successiva|transport naar volgende pagina|\
         over te brengen|a transportar para a pagina seguinte|transporte para a pagina seguinte|\
         saldo a transportar",
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
         total creditado|total entradas|credits total|deposits total|sum of credits|total amount credited|total gutschriften|total haben|\
         total of credits|all credits|sum of deposits|your payments|total lodgements|total of deposits|\
         payments received|total payments received|payments and refunds|total credits received|money paid in|\
         new credits|credits this period|deposits this period|ihre zahlungen|zahlungseingange|einzahlungen|\
         summe einzahlungen|summe der eingange|eingange|gutschriften|haben|total eingange|einnahmen|\
         summe einnahmen|zahlungen und gutschriften|total credit du mois|total au credit|total depots|\
         total des depots|total des versements|total versements|vos paiements|vos versements|paiements recus|\
         credits|total credits de la periode|total depositos|sus pagos|pagos recibidos|total de abonos|\
         total de ingresos|ingresos|abonos|totale versamenti|totale depositi|pagamenti ricevuti|\
         i suoi pagamenti|entrate|accrediti|totale a credito|totale movimenti a credito|totaal bijschrijvingen|\
         totaal credit|totaal ontvangen|bijschrijvingen|bijgeschreven|ontvangen betalingen|uw betalingen|\
         totaal inkomsten|totaal ontvangsten|total de creditos|total a credito|total de entradas|\
         pagamentos recebidos|os seus pagamentos|creditos",
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
         total debitado|total saidas|debits total|withdrawals total|sum of debits|total amount debited|total belastungen|total soll|total lastschriften|\
         total of debits|all debits|sum of withdrawals|total of withdrawals|new charges|total new charges|\
         purchases and charges|new purchases|purchases|purchases and cash advances|\
         debits this period|withdrawals this period|money paid out|total money spent|neue belastungen|\
         neue umsatze|summe neue umsatze|belastungen|lastschriften|ausgange|auszahlungen|summe auszahlungen|\
         summe der ausgange|soll|total ausgange|umsatztotal ausgange|ausgaben|summe ausgaben|\
         total debit du mois|total au debit|total retraits|total des retraits|total des paiements|\
         nouveaux debits|nouvelles depenses|depenses du mois|vos depenses|debits|achats|\
         total debits de la periode|total retiros|nuevos cargos|compras y cargos|total de cargos|cargos|gastos|\
         total salidas|total de gastos|totale prelievi|nuovi addebiti|nuove spese|uscite|addebiti|\
         totale a debito|totale movimenti a debito|spese del periodo|totaal afschrijvingen|totaal debet|\
         totaal uitgaven|afschrijvingen|afgeschreven|nieuwe uitgaven|uw uitgaven|nieuwe aankopen|\
         totaal betaald|total de debitos|total a debito|total de saidas|novos debitos|novas compras|debitos|\
         compras|total levantamentos",
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
        "minimum payment|minimum payment due|total credit line|total credit available|total credit limit|total available credit|total cash limit|minimum amount due|minimum due|credit limit|available credit|available balance|cash advance limit|cash access line|\
         available for cash|overdraft limit|arranged overdraft|credit line|past due amount|amount past due|balance over|payment due|amount due|revolving credit amount|\
         dispositionskredit|verfugbarer betrag|kreditlinie|decouvert autorise|limite de credito|disponible|plafond|average balance|average daily balance|\
         average ledger balance|interest rate|annual percentage|interest paid year to date|interest paid this year|interest earned year to date|\
         total fees charged in|total interest charged in|fees charged year to date|total fees year to date|annual percentage yield|total overdraft fees|total returned item fees|\
         total nsf fees|net balance|net movement|net change|minimum balance|lowest balance|overdraft|year to date|interest this period|\
         interest paid this period|average collected balance|eingeraumte kontouberziehung|points|rewards|limit|\
         minimum amount|minimum to pay|minimum payment amount|available to spend|credit available|\
         your credit limit|mindestbetrag|mindestzahlung|mindestrate|verfugungsrahmen|kreditrahmen|\
         limit der karte|verfugbar|verfugbarer rahmen|verfugbares limit|paiement minimum|montant minimum|\
         minimum a payer|plafond de la carte|limite de credit|credit disponible|plafond de credit|pago minimo|\
         minimo a pagar|credito disponible|limite de la tarjeta|limite|pagamento minimo|importo minimo|\
         rata minima|fido|fido accordato|limite di credito|plafond della carta|disponibilita|\
         credito disponibile|minimumbedrag|minimaal te betalen|minimale betaling|kredietlimiet|\
         bestedingslimiet|limiet|beschikbaar|beschikbaar krediet|besteedbaar|pagamento minimo obrigatorio|\
         montante minimo|credito disponivel|plafond do cartao|dispo|dispolimit|eingeraumter dispositionskredit|\
         facilite de caisse|autorisation de decouvert|descubierto autorizado|scoperto autorizzato|roodstand|\
         kredietruimte|descoberto autorizado|share capital|capital social|capitale sociale|\
         maatschappelijk kapitaal|grundkapital|stammkapital",
    ),
    (
        Label::Subtotal,
        "total|subtotal|sub total|sum|summe|zwischensumme|sous total|totaux|totale|totaal|total general|suma|gesamt|grand total|page total",
    ),
];

const SECTIONS: &[(Section, &str)] = &[
    (
        Section::In,
        "ingresos y abonos|rentrees|entrees|mouvements crediteurs|zugange|entrate e accrediti|bijschrijving|receitas|creditos em conta|deposits received|\
         deposits and additions|deposits and other credits|deposits and credits|deposits credits|deposits|credits|money in|payments received|payments and credits|\
         payments and other credits|payments credits|electronic deposits|other credits|other deposits|payments credits and adjustments|additions|interest earned|deposits and other additions|\
         gutschriften|eingange|zahlungseingange|credits et versements|operations creditrices|ingresos|abonos|entrate|accrediti|bijschrijvingen|returns and other credits|refunds|payments|refunds and credits|credits and payments|\
         money paid in|credits to your account|payments in|paid in|receipts|lodgements|credit transactions|\
         payments to your account|payments to account|zahlungen|einzahlungen|zahlungen und gutschriften|\
         habenbuchungen|haben|versements|depots|encaissements|operations au credit|credits en compte|\
         paiements recus|remboursements|paiements et credits|abonos en cuenta|entradas|pagos recibidos|\
         pagos y abonos|devoluciones|versamenti|movimenti a credito|depositi|pagamenti ricevuti|rimborsi|\
         pagamenti e accrediti|bijgeschreven|stortingen|ontvangsten|inkomsten|ontvangen betalingen|\
         terugbetalingen|creditos|movimentos a credito|depositos|pagamentos recebidos|reembolsos|\
         pagamentos e creditos",
    ),
    (
        Section::Out,
        "gastos|gastos y cargos|disposiciones|retiros|disbursements|cargos y adeudos|sorties|mouvements debiteurs|depenses du mois|abbuchungen|abgange|zahlungen und belastungen|prelievi e addebiti|afschrijving|despesas|debitos em conta|\
         withdrawals|withdrawals and debits|withdrawals and other debits|withdrawals debits|atm and debit card withdrawals|electronic withdrawals|\
         debits|money out|other withdrawals|other debits|fees|service fees|service charges|service charges and fees|purchases|purchases and adjustments|\
         purchases and debits|purchases and other charges|purchases and other debits|interest charged|interest charges|cash advances|atm withdrawals|\
         card purchases|debit card purchases|electronic payments|electronic debits|other subtractions|withdrawals and other subtractions|fees charged|fees and interest|subtractions|charges|balance transfers|\
         belastungen|ausgange|zahlungsausgange|lastschriften|operations debitrices|retraits et paiements|cargos|pagos|compras|uscite|addebiti|afschrijvingen|atm and debit card subtractions|new charges|transactions purchases|direct debits|standing orders|\
         money paid out|debits from your account|payments out|paid out|debit transactions|\
         withdrawals and payments|payments and withdrawals|auszahlungen|sollbuchungen|soll|einkaufe|kaufe|\
         kaufe und belastungen|gebuhren|zinsen|zinsen und gebuhren|bargeldauszahlungen|retraits|paiements|\
         operations au debit|depenses|achats|frais|interets|frais et interets|prelevements|avances de fonds|\
         salidas|adeudos|retiradas|pagos y cargos|comisiones|intereses|comisiones e intereses|compras y cargos|\
         prelievi|pagamenti|movimenti a debito|acquisti|commissioni|interessi|commissioni e interessi|spese|\
         afgeschreven|opnames|uitgaven|betalingen|aankopen|kosten|rente|kosten en rente|debitos|saidas|\
         movimentos a debito|levantamentos|pagamentos|comissoes|juros|comissoes e juros|fees and charges|\
         interest and fees|cash withdrawals",
    ),
    (
        Section::Checks,
        "checks|checks paid|checks cleared|cheques paid|check list|checks in number order|cheques",
    ),
    (
        Section::Ignored,
        "pending transactions|pending|daily balance|daily balances|daily ending balance|daily ending balances|daily balance summary|ending daily balance|balance summary|\
         daily ledger balances|daily account balance|daily balance detail|end of day balances|overdraft and returned item fees|fee summary|fees year to date|fees summary|year to date totals|\
         totals year to date|summary of overdraft and returned item fees|vorgemerkte umsatze|vorgemerkt|operations a venir|interest charge calculation|upcoming payments|upcoming transactions|scheduled payments|tagessalden|solde quotidien|saldos diarios|rewards summary|\
         your accounts|account overview|overview of your accounts|account summary by account|ihre konten|\
         kontenubersicht|vos comptes|synthese de vos comptes|sus cuentas|resumen de cuentas|i suoi conti|\
         riepilogo conti|uw rekeningen|rekeningoverzicht|as suas contas|resumo das contas|exchange rates|\
         interest rates|rates|zinssatze|taux|taux d interet|tipos de interes|tassi|tassi di interesse|\
         rentetarieven|taxas de juro|daily closing balances|balance by day|solde journalier|soldes journaliers|\
         saldi giornalieri|saldo diario|saldos por dia|tagliche salden|tagessaldo|dagsaldi|dagelijks saldo|\
         saldo giornaliero|fees this year|fees paid this year|gebuhren im jahr|gebuhren des jahres|\
         frais de l annee|frais annuels|comisiones del ano|commissioni dell anno|kosten dit jaar|\
         comissoes do ano|pending payments|reservations|vorgemerkte buchungen|operations en cours|\
         operaciones pendientes|operazioni in corso|in behandeling|movimentos pendentes",
    ),
    (
        Section::Both,
        "transactions|transaction history|account activity|transaction details|your transactions|account transactions|transaction detail|activity|all transactions|account transaction details|\
         kontoumsatze|umsatze|buchungen|detail des operations|vos operations|operations|movimientos|movimenti|mutaties|statement of account|extracto de movimientos|activity detail|posted transactions|transaction list|account history|kontobewegungen|\
         payment details|statement details|account details|your account transactions|umsatzubersicht|\
         buchungsubersicht|kontoauszug|details zu ihren umsatzen|ihre umsatze|mouvements|releve des operations|\
         historique|historique des operations|liste des operations|operations du mois|detalle de movimientos|\
         detalle de operaciones|ultimos movimientos|operaciones|lista movimenti|elenco movimenti|\
         dettaglio movimenti|operazioni|overzicht|transacties|bij en afschrijvingen|mutatieoverzicht|\
         movimentos|movimentos da conta|detalhe dos movimentos|lista de movimentos",
    ),
];

fn lookup<T: Copy>(table: &[(T, &str)], phrase: &str) -> Option<T> {
    table.iter().find(|(_, words)| words.split('|').any(|w| w == phrase)).map(|(found, _)| *found)
}

/// The role a folded heading names, currency words left out.
pub(crate) fn role(folded: &str) -> Option<Role> {
    lookup(ROLES, folded)
        .or_else(|| {
            let kept: Vec<&str> = folded.split(' ').filter(|w| !is_currency_word(w)).collect();
            let shorter = kept.join(" ");
            if shorter == folded || shorter.is_empty() { None } else { lookup(ROLES, &shorter) }
        })
        .or_else(|| day_in_other_words(folded))
}

/// "Data operação", "Datum verwerking": a word for a day, and one word for which.
fn day_in_other_words(folded: &str) -> Option<Role> {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.retain(|word| {
        !matches!(
            *word,
            "de" | "da" | "do" | "di" | "d" | "del" | "della" | "der" | "of" | "van" | "la" | "l"
        )
    });
    let [first, which] = words.as_slice() else { return None };
    if !matches!(*first, "date" | "data" | "datum" | "fecha" | "dt")
        || lookup(ROLES, which).is_some_and(Role::is_money)
    {
        return None;
    }
    let is_value = ["val", "wert", "effe"].iter().any(|stem| which.starts_with(stem));
    Some(if is_value { Role::ValueDate } else { Role::Date })
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

/// Whether a folded line only says that the table goes on overleaf.
pub(crate) fn is_about_pages(folded: &str) -> bool {
    const PAGES: &[&str] = &[
        "continued",
        "continued overleaf",
        "continued on next page",
        "continued on the next page",
        "continues on next page",
        "continues overleaf",
        "suite page suivante",
        "suite a la page suivante",
        "suite au verso",
        "voir page suivante",
        "fortsetzung",
        "fortsetzung folgt",
        "fortsetzung nachste seite",
        "fortsetzung auf der nachsten seite",
        "fortsetzung auf nachster seite",
        "fortsetzung siehe nachste seite",
        "continua",
        "continua en la pagina siguiente",
        "continua en la siguiente pagina",
        "sigue",
        "sigue en la pagina siguiente",
        "segue",
        "segue alla pagina successiva",
        "segue a pagina successiva",
        "continua alla pagina successiva",
        "continua a pagina seguente",
        "vervolg",
        "vervolg op volgende pagina",
        "vervolg op de volgende pagina",
        "zie volgende pagina",
        "wordt vervolgd",
        "continua na pagina seguinte",
        "continua na proxima pagina",
        "continua no verso",
        "te transporteren",
    ];
    let is_carry = |(label, count): (Label, usize)| {
        matches!(label, Label::BroughtForward | Label::CarriedForward) && folded.split(' ').count() == count
    };
    PAGES.contains(&folded) || label(folded).is_some_and(is_carry)
}

/// Whether a folded heading is about payments, whoever makes them.
pub(crate) fn names_payments(folded: &str) -> bool {
    let words = ["payment", "zahlung", "paiement", "pago", "pagament", "betaling"];
    words.iter().any(|word| folded.starts_with(word))
}

/// The label a folded text starts with, longest phrase first, with the number of words it takes.
pub(crate) fn label(folded: &str) -> Option<(Label, usize)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let longest = words.len().min(7);
    (1..=longest)
        .rev()
        .find_map(|n| {
            let phrase = words.get(..n)?.join(" ");
            lookup(LABELS, &phrase).map(|found| (found, n))
        })
        .or_else(|| end_in_other_words(&words))
}

/// What a word adds to the name of a printed end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndWord {
    Balance,
    Before,
    After,
    Small,
}

const END_WORDS: &[(EndWord, &str)] = &[
    (
        EndWord::Balance,
        "balance|bal|saldo|solde|kontostand|stand|bestand|divida|deuda|dette|debito|schuld|schuldsaldo|restschuld",
    ),
    (
        EndWord::Before,
        "previous|prior|last|opening|beginning|begin|start|starting|initial|alt|alter|alten|alte|altes|letzter|letzte|\
         letzten|letztes|vorheriger|vorherige|vorigen|vorig|vorige|oud|oude|anfang|anfangs|beginn|ancien|ancienne|precedent|\
         precedente|anterior|anteriore|inicial|iniziale|ouverture|apertura|abertura|debut|vorperiode|vormonat|vorauszug|passado",
    ),
    (
        EndWord::After,
        "new|closing|ending|end|final|neuer|neue|neues|neuen|neu|nuevo|nueva|nouveau|nouvel|nouvelle|nuovo|nuova|novo|nova|actual|attuale|\
         atual|actuel|actuelle|aktueller|aktuell|cloture|cierre|chiusura|fecho|encerramento|fin|fine|finale|eind|einde|ende|huidig|\
         huidige|nieuw|nieuwe|verschuldigd|verschuldigde|owed|geschuldet",
    ),
    (
        EndWord::Small,
        "of|the|your|at|on|am|zum|per|der|des|dem|du|de|del|della|do|da|la|le|l|d|en|op|von|van|votre|uw|ihr|su|mois|mes|monat|month|\
         period|periode|periodo|statement|overzicht|afschrift|releve|extracto|estratto|extrato|abrechnung|auszug|kontoauszug|konto|\
         rekening|compte|conto|cuenta|conta|account|card|im|in|it|this|that",
    ),
];

/// "Saldo vorig overzicht", "Balance at end of period": a word for balances and one for before or after, with nothing
/// but small words between them.
fn end_in_other_words(words: &[&str]) -> Option<(Label, usize)> {
    let (mut is_balance, mut before, mut after, mut length) = (false, false, false, 0);
    for (index, word) in words.iter().take(6).enumerate() {
        match lookup(END_WORDS, word) {
            Some(EndWord::Balance) => is_balance = true,
            Some(EndWord::Before) => before = true,
            Some(EndWord::After) => after = true,
            Some(EndWord::Small) => continue,
            None => break,
        }
        length = index + 1;
    }
    match (is_balance, before, after) {
        (true, true, false) => Some((Label::Opening, length)),
        (true, false, true) => Some((Label::Closing, length)),
        _ => None,
    }
}

/// The section a folded heading names as a whole; a trailing "continued" is no part of it.
pub(crate) fn section(folded: &str) -> Option<Section> {
    let trimmed = without_continued(folded);
    lookup(SECTIONS, trimmed).or_else(|| section_of_parts(trimmed))
}

/// A heading without the words that say that it goes on.
pub(crate) fn without_continued(folded: &str) -> &str {
    ["continued", "cont", "fortsetzung", "suite", "continuacion", "segue", "vervolg", "continuacao"]
        .iter()
        .find_map(|tail| folded.strip_suffix(tail))
        .unwrap_or(folded)
        .trim()
}

/// "Achats et frais": two headings of one direction, joined, have that direction.
fn section_of_parts(folded: &str) -> Option<Section> {
    let joined = [" and ", " et ", " und ", " y ", " e ", " en ", " or "];
    joined.iter().find_map(|word| {
        let (left, right) = folded.split_once(word)?;
        let (left, right) = (lookup(SECTIONS, left)?, lookup(SECTIONS, right)?);
        (left == right && matches!(left, Section::In | Section::Out)).then_some(left)
    })
}

/// Whether a line says that nothing happened: "There were no transactions in this period."
pub(crate) fn says_no_rows(folded: &str) -> bool {
    const NONE: [&str; 12] = [
        "no", "keine", "kein", "aucune", "aucun", "geen", "nessun", "nessuna", "ningun", "ninguna", "sin",
        "sem",
    ];
    const ROWS: [&str; 16] = [
        "transactions",
        "transaction",
        "activity",
        "umsatze",
        "buchungen",
        "operation",
        "operations",
        "mouvement",
        "transacties",
        "mutaties",
        "movimento",
        "movimenti",
        "operazione",
        "movimientos",
        "movimiento",
        "movimentos",
    ];
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(2).any(|pair| matches!(pair, [none, rows] if NONE.contains(none) && ROWS.contains(rows)))
}

/// Whether a word carries a direction in a column of its own: `true` for money in.
pub(crate) fn direction(word: &str) -> Option<bool> {
    match word {
        "+" => return Some(true),
        "-" | "\u{2212}" | "\u{2013}" => return Some(false),
        _ => {}
    }
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
