//! Labels of printed balances and totals.

use super::Label;

pub(super) const LABELS: &[(Label, &str)] = &[
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
         suma y sigue a la pagina siguiente|saldo a cuenta nueva|saldo a la pagina siguiente|pasa a la pagina siguiente|a riporto|\
         da riportare|te transporteren|saldo a riportare|riporto a pagina successiva|transport naar volgende pagina|\
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
         maatschappelijk kapitaal|grundkapital|stammkapital|in diesem zeitraum|seit jahresbeginn|davon uberziehung|\
         im laufenden jahr|total de la periode|total depuis janvier|dont decouvert|total del periodo|total del ano|\
         de ellas descubierto|totale del periodo|totale dall inizio dell anno|di cui scoperto|deze periode|\
         sinds begin van het jaar|waarvan roodstand|total do periodo|total desde janeiro|das quais descoberto",
    ),
    (
        Label::Subtotal,
        "total|subtotal|sub total|sum|summe|zwischensumme|sous total|totaux|totale|totaal|total general|suma|gesamt|grand total|page total",
    ),
];
