//! Column headings and what their columns hold.

use super::Role;

pub(super) const ROLES: &[(Role, &str)] = &[
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
         payment type and details|payment details|description of transaction|activity|remarks|remark|memo|note|name|summary|observations|\
         observaciones|observacion|observacoes|bemerkung|bemerkungen|opmerking|opmerkingen|annotazioni|comentarios|wortlaut|\
         libelle|libelles|nature de l operation|nature des operations|operation|operations|designation|\
         libelle de l operation|detail des operations|detail de l ecriture|beschreibung|buchungstext|verwendungszweck|text|vorgang|\
         buchungsdetails|erlauterung|erlauterungen|umsatzart verwendungszweck|empfanger|auftraggeber|\
         auftraggeber empfanger|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|descripcion|concepto|\
         detalle|movimiento|movimientos|concepto detalle|causale|descrizione|descrizione operazione|\
         descrizione dell operazione|descrizione delle operazioni|descrizione operazioni|omschrijving|verrichting|verrichtingen|omschrijving verrichting|aard van de verrichting|naam omschrijving|mededelingen|tegenpartij|descricao|historico|\
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
        "n piece|no piece|numero de piece|n de piece|reference|ref|ref no|ref number|reference number|reference no|chq ref no|chq ref number|ref no cheque no|\
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
         tipo di operazione|causale abi|caus|type transactie|boekingscode|transactiesoort|mutatiecode|\
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
