//! Phrases that papers of a kind print, in seven languages, with what each is worth. Data in code: habits of the field,
//! never an issuer. All are folded: lower case, no accents, no punctuation, single blanks.

use smartexus_domain::DocumentKind::{self, *};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A phrase is worth its weight once a page, and twice that in a title. Tenths of a natural logarithm of odds.
pub(super) struct Phrase {
    pub(super) words: Vec<&'static str>,
    pub(super) kind: DocumentKind,
    pub(super) weight: i32,
    /// Names the paper: in a title it says that a paper begins here.
    pub(super) is_title: bool,
}

/// Names of the papers themselves.
const TITLES: &[(DocumentKind, i32, &str)] = &[
    (
        BankStatement,
        22,
        "bank statement|account statement|statement of account|kontoauszug|releve de compte|extracto de cuenta|\
      extracto bancario|estratto conto|extrato de conta|extrato bancario|rekeningafschrift|bankafschrift|statement period|\
      checking account statement|savings account statement|transaction history|umsatzubersicht|umsatzanzeige|rekeningoverzicht|\
      movimientos de cuenta|consulta de movimientos|extracto de movimientos|historique des operations|liste des operations|\
      account activity|elenco movimenti|lista de movimientos|mutatieoverzicht|lista movimenti|extrato de movimentos|releve d identite bancaire|your statement|finanzstatus",
    ),
    (
        CardStatement,
        26,
        "credit card statement|card statement|card account statement|kreditkartenabrechnung|releve de carte|\
      extracto de tarjeta|resumen de tarjeta|estratto conto carta|extrato de cartao|creditcardoverzicht|creditcard overzicht|\
      umsatzabrechnung|resumen de cuenta tarjeta",
    ),
    (
        Invoice,
        24,
        "invoice|tax invoice|vat invoice|proforma invoice|pro forma invoice|rechnung|facture|factura|fattura|fatura|\
      factuur|credit note|gutschrift|avoir|nota de credito|nota di credito|creditnota|sales invoice|commercial invoice|\
      kopie factuur|rechnungskopie|duplicata de facture|nota de honorarios|honorarnote|parcella|recibo de honorarios",
    ),
    (
        Payslip,
        30,
        "payslip|pay slip|pay stub|paystub|pay statement|earnings statement|statement of earnings|wage slip|salary slip|\
      payroll advice|pay advice|earnings and deductions statement|salary statement|\
      lohnabrechnung|gehaltsabrechnung|entgeltabrechnung|verdienstabrechnung|lohn und gehaltsabrechnung|verdienstbescheinigung|\
      abrechnung der brutto netto bezuge|brutto netto abrechnung|lohnausweis monatlich|\
      bulletin de paie|bulletin de salaire|fiche de paie|bulletin de paye|nomina|recibo de nomina|recibo de salarios|\
      recibo individual de salarios|hoja de salario|busta paga|cedolino paga|cedolino|prospetto paga|recibo de vencimento|\
      recibo de vencimentos|recibo de ordenado|loonstrook|salarisstrook|salarisspecificatie|loonspecificatie",
    ),
    (
        ProfitAndLoss,
        30,
        "profit and loss|profit and loss account|profit and loss statement|profit loss|income statement|\
      statement of income|statement of operations|statement of profit or loss|statement of comprehensive income|p and l|\
      gewinn und verlustrechnung|gewinn und verlust rechnung|erfolgsrechnung|compte de resultat|compte de resultats|\
      cuenta de perdidas y ganancias|perdidas y ganancias|cuenta de resultados|estado de resultados|conto economico|\
      demonstracao de resultados|demonstracao dos resultados|winst en verliesrekening|resultatenrekening|trading account",
    ),
    (
        BalanceSheet,
        30,
        "balance sheet|statement of financial position|statement of assets and liabilities|bilanz|\
      bilan|bilan comptable|balance de situacion|balance general|balance de situacao|stato patrimoniale|balanco|\
      balanco patrimonial|balans|balans per|statement of condition|schlussbilanz",
    ),
    (
        TaxForm,
        34,
        "wage and tax statement|u s individual income tax return|individual income tax return|self assessment|\
      tax calculation|sa302|sa100|p60|p45|p11d|p60 end of year certificate|end of year certificate|notice of assessment|\
      tax return|income tax return|nonemployee compensation|miscellaneous information|interest income statement|\
      u s income tax return for an s corporation|u s return of partnership income|u s corporation income tax return|\
      profit or loss from business|business activity statement|activity statement|payg payment summary|payment summary|\
      t4 statement of remuneration paid|statement of remuneration paid|lohnsteuerbescheinigung|\
      ausdruck der elektronischen lohnsteuerbescheinigung|einkommensteuerbescheid|steuerbescheid|steuererklarung|\
      einkommensteuererklarung|umsatzsteuer voranmeldung|avis d impot|avis d imposition|declaration des revenus|\
      certificado de retenciones|declaracion de la renta|modelo 100|modelo 303|modelo 190|certificazione unica|\
      modello redditi|modello 730|declaracao de rendimentos|declaracao irs|nota de liquidacao|aanslag inkomstenbelasting|\
      jaaropgaaf|jaaropgave|aangifte inkomstenbelasting|aangifte omzetbelasting|certificate of tax deducted|form 16|vat return|\
      duty return|information return",
    ),
    (
        ApplicationForm,
        30,
        "application form|loan application|credit application|account application|business loan application|\
      application for credit|application for a loan|mortgage application|uniform residential loan application|\
      personal financial statement|account opening form|membership application|rental application|\
      application for finance|finance application|kreditantrag|darlehensantrag|antragsformular|kontoeroffnungsantrag|\
      demande de pret|demande de credit|formulaire de demande|dossier de candidature|solicitud de prestamo|solicitud de credito|\
      formulario de solicitud|domanda di finanziamento|richiesta di finanziamento|modulo di richiesta|pedido de credito|\
      formulario de candidatura|proposta de credito|aanvraagformulier|kredietaanvraag|leningaanvraag|borrower information form",
    ),
    (
        Identity,
        26,
        "passport|identity card|national identity card|driving licence|driver license|drivers license|driver s license|\
      residence permit|reisepass|personalausweis|fuhrerschein|aufenthaltstitel|passeport|carte nationale d identite|\
      carte d identite|permis de conduire|pasaporte|documento nacional de identidad|permiso de conducir|passaporto|\
      carta d identita|patente di guida|passaporte|cartao de cidadao|bilhete de identidade|carta de conducao|paspoort|\
      identiteitskaart|rijbewijs",
    ),
    (
        Other,
        30,
        "terms and conditions|terms of business|general terms|terms of service|privacy policy|privacy notice|agreement|\
      loan agreement|lease agreement|rental agreement|employment contract|contract of employment|service agreement|\
      allgemeine geschaftsbedingungen|agb|datenschutzerklarung|mietvertrag|arbeitsvertrag|vertrag|darlehensvertrag|\
      conditions generales|contrat de travail|contrat de location|contrat de bail|contrat|condiciones generales|contrato|\
      contrato de arrendamiento|contrato de trabajo|condizioni generali|contratto|contratto di locazione|contratto di lavoro|\
      condicoes gerais|contrato de arrendamento|algemene voorwaarden|huurovereenkomst|arbeidsovereenkomst|overeenkomst|\
      receipt|sales receipt|cash receipt|kassenbon|kassenbeleg|quittung|beleg|ticket de caisse|recu|ticket de compra|\
      recibo de compra|scontrino|scontrino fiscale|talao|kassabon|bon|power of attorney|bill of sale|memorandum|minutes|\
      quote|quotation|estimate|angebot|devis|presupuesto|preventivo|orcamento|offerte|purchase order|delivery note|packing slip|\
      lieferschein|bon de livraison|albaran|documento di trasporto|guia de remessa|pakbon|certificate of incorporation|\
      utility bill|service receipt|curriculum vitae|press release|newsletter|welcome|important information|price list|menu",
    ),
];

/// What stands on them beside the title.
const WORDS: &[(DocumentKind, i32, &str)] = &[
    (
        BankStatement,
        12,
        "opening balance|closing balance|balance brought forward|balance carried forward|beginning balance|\
      ending balance|anfangssaldo|endsaldo|alter saldo|neuer saldo|alter kontostand|neuer kontostand|solde initial|solde final|\
      ancien solde|nouveau solde|saldo inicial|saldo final|saldo anterior|saldo iniziale|saldo finale|saldo precedente|\
      beginsaldo|eindsaldo|vorig saldo|nieuw saldo|saldovortrag|ubertrag|running balance|daily balance|available balance",
    ),
    (
        BankStatement,
        8,
        "withdrawals|deposits|money in|money out|paid in|paid out|direct debit|standing order|overdraft|\
      sort code|routing number|buchungstag|wertstellung|valuta|date valeur|date de valeur|fecha valor|data valuta|data valor|\
      rentedatum|gutschrift|lastschrift|belastung|virement|prelevement|transferencia|bonifico|addebito|overboeking|\
      checks paid|account summary|account number|kontonummer|numero de compte|numero de cuenta|numero di conto|\
      numero de conta|rekeningnummer|deposits and other credits|withdrawals and other debits|soll|haben|debit|credit",
    ),
    (
        CardStatement,
        14,
        "minimum payment|minimum payment due|credit limit|available credit|payment due date|previous balance|\
      new balance|purchases|cash advances|annual percentage rate|interest charged|late payment warning|kreditlimit|\
      mindestbetrag|limite de credit|limite de credito|pago minimo|kredietlimiet|minimum te betalen|card number|kartennummer|\
      pagamento minimo|new charges|kreditkarte",
    ),
    (
        Invoice,
        14,
        "invoice number|invoice no|invoice date|invoice total|bill to|billed to|ship to|due date|amount due|balance due|\
      total due|payment terms|unit price|subtotal|sub total|purchase order|po number|vat number|remit to|\
      rechnungsnummer|rechnungs nr|rechnungsnr|rechnungsdatum|rechnungsbetrag|einzelpreis|stuckpreis|zwischensumme|gesamtbetrag|\
      zahlbar bis|zahlungsziel|fallig am|leistungsdatum|nettobetrag|ust idnr|mwst|umsatzsteuer|\
      numero de facture|facture no|date de facture|date d echeance|prix unitaire|sous total|montant ht|total ht|total ttc|\
      net a payer ttc|tva|facture a|factura numero|numero de factura|factura no|fecha de factura|fecha factura|vencimiento|\
      precio unitario|base imponible|iva|total factura|facturar a|numero fattura|fattura numero|fattura n|data fattura|scadenza|\
      prezzo unitario|imponibile|totale fattura|fatturare a|numero da fatura|fatura numero|data da fatura|vencimento da fatura|\
      preco unitario|total da fatura|factuurnummer|factuurdatum|vervaldatum|prijs per stuk|stukprijs|subtotaal|btw|\
      totaal te betalen|factuuradres|te betalen|zeilenbetrag|line total|qty|quantity",
    ),
    (
        Payslip,
        14,
        "gross pay|net pay|total deductions|total earnings|pay period|pay date|year to date|ytd|gross earnings|\
      take home pay|national insurance|paye|tax code|ni number|federal income tax|federal withholding|social security|medicare|\
      401 k|pension contribution|employee id|employee number|payroll number|hours worked|overtime|basic pay|base salary|\
      basic salary|bruttolohn|bruttogehalt|gesamtbrutto|gesamt brutto|nettolohn|nettogehalt|nettoverdienst|netto verdienst|\
      auszahlungsbetrag|lohnsteuer|solidaritatszuschlag|rentenversicherung|krankenversicherung|arbeitslosenversicherung|\
      pflegeversicherung|sozialversicherung|steuerklasse|personalnummer|grundgehalt|grundlohn|\
      salaire brut|salaire net|net a payer|cotisations|net imposable|salaire de base|cotisations salariales|convention collective|\
      salario bruto|salario neto|total devengado|total devengos|total a deducir|total deducciones|liquido a percibir|devengos|\
      deducciones|salario base|irpf|seguridad social|retribuzione lorda|retribuzione|netto in busta|netto a pagare|\
      totale competenze|totale trattenute|competenze|trattenute|inps|irpef|paga base|\
      vencimento base|total iliquido|total liquido|liquido a receber|total de descontos|abonos|remuneracoes|\
      brutoloon|bruto loon|bruto salaris|nettoloon|netto loon|netto salaris|loonheffing|totaal inhoudingen|inhoudingen|\
      uit te betalen|loontijdvak|vakantiegeld|earnings|deductions",
    ),
    (
        ProfitAndLoss,
        12,
        "revenue|turnover|sales revenue|total revenue|total income|net sales|cost of sales|cost of goods sold|\
      gross profit|operating expenses|total operating expenses|operating profit|operating income|administrative expenses|\
      profit before tax|profit before taxation|profit for the year|net profit|net income|income before taxes|\
      depreciation and amortisation|depreciation and amortization|umsatzerlose|materialaufwand|personalaufwand|rohertrag|\
      rohergebnis|betriebsergebnis|sonstige betriebliche aufwendungen|jahresuberschuss|ergebnis vor steuern|abschreibungen|\
      chiffre d affaires|produits d exploitation|charges d exploitation|resultat d exploitation|resultat net|\
      marge brute|achats|importe neto de la cifra de negocios|ingresos|cifra de negocios|coste de ventas|margen bruto|\
      gastos de personal|resultado de explotacion|resultado del ejercicio|beneficio neto|\
      ricavi|ricavi delle vendite|valore della produzione|costi della produzione|costo del venduto|utile lordo|margine lordo|\
      risultato operativo|utile d esercizio|utile dell esercizio|utile netto|\
      vendas|volume de negocios|custo das vendas|lucro bruto|resultado operacional|resultado liquido|\
      netto omzet|omzet|kostprijs van de omzet|brutowinst|bruto winst|bedrijfsresultaat|bedrijfslasten|nettowinst|netto resultaat|\
      resultaat voor belastingen",
    ),
    (
        BalanceSheet,
        12,
        "total assets|current assets|total current assets|non current assets|fixed assets|current liabilities|\
      total current liabilities|total liabilities|long term liabilities|non current liabilities|total equity|\
      total liabilities and equity|total equity and liabilities|retained earnings|share capital|\
      shareholders funds|shareholders equity|stockholders equity|capital and reserves|net assets|net current assets|\
      creditors amounts falling due within one year|accounts receivable|accounts payable|trade receivables|trade payables|\
      inventories|inventory|anlagevermogen|umlaufvermogen|eigenkapital|verbindlichkeiten|ruckstellungen|bilanzsumme|\
      summe aktiva|summe passiva|aktiva|passiva|gezeichnetes kapital|forderungen|\
      actif immobilise|actif circulant|total actif|total passif|capitaux propres|dettes|actif|passif|capital social|\
      activo no corriente|activo corriente|total activo|patrimonio neto|pasivo corriente|pasivo no corriente|\
      total patrimonio neto y pasivo|total pasivo|existencias|\
      immobilizzazioni|attivo circolante|totale attivo|patrimonio netto|debiti|totale passivo|rimanenze|\
      ativo nao corrente|ativo corrente|total do ativo|capital proprio|passivo corrente|total do passivo|\
      total do capital proprio e do passivo|vaste activa|vlottende activa|totaal activa|eigen vermogen|\
      kortlopende schulden|langlopende schulden|totaal passiva",
    ),
    (
        TaxForm,
        14,
        "department of the treasury|internal revenue service|hm revenue and customs|hmrc|australian taxation office|\
      canada revenue agency|omb no|tax year|employer identification number|wages tips other compensation|\
      federal income tax withheld|social security wages|medicare wages and tips|payer s tin|recipient s tin|\
      employee s social security number|taxable income|adjusted gross income|filing status|total income|\
      personal allowance|income tax due|total tax due|unique taxpayer reference|finanzamt|steuernummer|\
      identifikationsnummer|zu versteuerndes einkommen|einkommensteuer|bruttoarbeitslohn|einbehaltene lohnsteuer|\
      numero fiscal|revenu imposable|revenu fiscal de reference|foyer fiscal|direction generale des finances publiques|\
      agencia tributaria|base liquidable|cuota|ejercicio|rendimientos del trabajo|retenciones|agenzia delle entrate|\
      codice fiscale|reddito|ritenute|sostituto d imposta|autoridade tributaria|rendimento coletavel|retencao na fonte|\
      contribuinte|belastingdienst|verzamelinkomen|ingehouden loonheffing|bsn|fiscaal loon|\
      pay from this employment|tax deducted|total for year|assessable income|tax withheld",
    ),
    (
        ApplicationForm,
        11,
        "applicant|co applicant|applicant information|borrower|co borrower|first name|last name|middle name|\
      date of birth|marital status|loan amount|amount requested|purpose of loan|loan purpose|signature|applicant signature|\
      signature of applicant|i certify|i hereby certify|i declare|for office use only|please print|please complete|\
      legal business name|business name|doing business as|type of business|years in business|home phone|mobile phone|\
      annual income|monthly income|employment information|personal information|business information|\
      antragsteller|vorname|nachname|familienname|geburtsdatum|familienstand|unterschrift|kreditbetrag|verwendungszweck des kredits|\
      demandeur|prenom|nom de famille|date de naissance|situation familiale|montant demande|signature du demandeur|\
      solicitante|apellidos|apellido|fecha de nacimiento|estado civil|importe solicitado|firma|firma del solicitante|\
      richiedente|cognome|data di nascita|stato civile|importo richiesto|firma del richiedente|\
      requerente|apelido|data de nascimento|montante solicitado|assinatura|\
      aanvrager|voornaam|achternaam|geboortedatum|burgerlijke staat|gewenst bedrag|handtekening|demo form|favorite city|\
      check this|given name|family name|fill out|surname|other names|maiden name",
    ),
    (
        Identity,
        12,
        "nationality|place of birth|date of issue|date of expiry|expiry date|document no|passport no|personal no|\
      issuing authority|authority|sex|given names|staatsangehorigkeit|geburtsort|ausstellungsdatum|gultig bis|behorde|\
      nationalite|lieu de naissance|date de delivrance|date d expiration|nacionalidad|lugar de nacimiento|fecha de expedicion|\
      fecha de caducidad|cittadinanza|luogo di nascita|data di rilascio|data di scadenza|nacionalidade|\
      local de nascimento|data de emissao|data de validade|nationaliteit|geboorteplaats|datum van afgifte|geldig tot",
    ),
    (
        Other,
        10,
        "dear|dear sir|dear madam|dear customer|yours sincerely|yours faithfully|kind regards|best regards|sincerely|\
      sehr geehrte|sehr geehrter|mit freundlichen grussen|madame|monsieur|veuillez agreer|cordialement|estimado|estimada|\
      atentamente|un saludo|gentile|cordiali saluti|distinti saluti|exmo|exma|com os melhores cumprimentos|atenciosamente|geachte|\
      met vriendelijke groet|hereinafter|the parties|whereas|governing law|liability|termination|herein|thereof|\
      shall|pursuant to|haftung|kundigung|gerichtsstand|responsabilite|resiliation|responsabilidad|rescision|responsabilita|\
      recesso|rescisao|aansprakelijkheid|opzegging|cashier|change due|cash tendered|thank you for shopping|card ending|\
      kassierer|ruckgeld|gegeben|bar|especes|monnaie rendue|efectivo|cambio|contanti|resto|numerario|troco|contant|wisselgeld|\
      table of contents|chapter|article|section|re|subject|betreff|objet|asunto|oggetto|assunto|betreft",
    ),
];

/// Every phrase by its first word.
pub(super) fn by_first_word() -> &'static HashMap<&'static str, Vec<Phrase>> {
    static INDEX: OnceLock<HashMap<&'static str, Vec<Phrase>>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index: HashMap<&'static str, Vec<Phrase>> = HashMap::new();
        let all = TITLES.iter().map(|row| (row, true)).chain(WORDS.iter().map(|row| (row, false)));
        for ((kind, weight, listed), is_title) in all {
            for text in listed.split('|') {
                let words: Vec<&'static str> = text.split_whitespace().collect();
                let Some(first) = words.first().copied() else { continue };
                index.entry(first).or_default().push(Phrase {
                    words,
                    kind: *kind,
                    weight: *weight,
                    is_title,
                });
            }
        }
        // Of phrases that begin alike the longest one is meant.
        for phrases in index.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        index
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold;

    #[test]
    fn phrases_are_folded() {
        for phrase in by_first_word().values().flatten() {
            let text = phrase.words.join(" ");
            assert_eq!(fold(&text), text);
            assert!(!text.is_empty() && phrase.weight > 0);
        }
    }
}
