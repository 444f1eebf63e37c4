//! Headings of groups of rows.

use super::Section;

pub(super) const SECTIONS: &[(Section, &str)] = &[
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
         terugbetalingen|betalingen en crediteringen|crediteringen|crediteringen en betalingen|creditos|movimentos a credito|depositos|pagamentos recebidos|reembolsos|\
         pagamentos e creditos",
    ),
    (
        Section::Out,
        "gastos|gastos y cargos|disposiciones|retiros|disbursements|cargos y adeudos|sorties|mouvements debiteurs|depenses du mois|abbuchungen|abgange|zahlungen und belastungen|prelievi e addebiti|afschrijving|despesas|debitos em conta|\
         withdrawals|withdrawals and debits|withdrawals and other debits|withdrawals debits|atm and debit card withdrawals|electronic withdrawals|\
         debits|money out|payments and charges|charges and payments|payments and fees|other withdrawals|other debits|fees|service fees|service charges|service charges and fees|purchases|purchases and adjustments|\
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
        "daily balance|daily balances|daily ending balance|daily ending balances|daily balance summary|ending daily balance|balance summary|\
         daily ledger balances|daily account balance|daily balance detail|end of day balances|overdraft and returned item fees|fee summary|fees year to date|fees summary|year to date totals|\
         totals year to date|summary of overdraft and returned item fees|interest charge calculation|tagessalden|solde quotidien|saldos diarios|rewards summary|\
         your accounts|account overview|overview of your accounts|account summary by account|ihre konten|\
         kontenubersicht|vos comptes|synthese de vos comptes|sus cuentas|resumen de cuentas|i suoi conti|\
         riepilogo conti|uw rekeningen|rekeningoverzicht|as suas contas|resumo das contas|exchange rates|\
         interest rates|rates|zinssatze|taux|taux d interet|tipos de interes|tassi|tassi di interesse|\
         rentetarieven|taxas de juro|daily closing balances|balance by day|solde journalier|soldes journaliers|\
         saldi giornalieri|saldo diario|saldos por dia|tagliche salden|tagessaldo|dagsaldi|dagelijks saldo|\
         saldo giornaliero|fees this year|fees paid this year|gebuhren im jahr|gebuhren des jahres|\
         frais de l annee|frais annuels|comisiones del ano|commissioni dell anno|kosten dit jaar|\
         comissoes do ano",
    ),
    (
        Section::Pending,
        "pending transactions|pending|pending payments|pending activity|pending purchases|pending charges|\
         pending transactions and authorizations|pending authorizations|authorizations|authorisations|card authorizations|\
         card authorisations|authorized transactions|authorised transactions|transactions not yet posted|transactions pending|\
         unposted transactions|upcoming payments|upcoming transactions|scheduled payments|reservations|\
         vorgemerkte umsatze|vorgemerkt|vorgemerkte buchungen|noch nicht gebuchte umsatze|offene umsatze|operations a venir|\
         operations en cours|operations en attente|operations non comptabilisees|operaciones pendientes|movimientos pendientes|\
         operazioni in corso|movimenti non contabilizzati|operazioni non contabilizzate|in behandeling|reserveringen|\
         nog te verwerken|movimentos pendentes|movimentos por lancar",
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
