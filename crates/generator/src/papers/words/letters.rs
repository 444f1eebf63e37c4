//! Words of letters, receipts, terms, contracts and offers.

use super::Row;

pub(super) const WORDS: &[Row] = &[
    (
        "dear",
        [
            "Dear Ms Farrow,|Dear customer,|Dear Sir or Madam,",
            "Sehr geehrte Damen und Herren,",
            "Madame, Monsieur,",
            "Estimado cliente:|Estimados señores:",
            "Gentile cliente,",
            "Exmo. Senhor,|Estimado cliente,",
            "Geachte heer, mevrouw,",
        ],
    ),
    (
        "regards",
        [
            "Yours sincerely,|Kind regards,|Yours faithfully,",
            "Mit freundlichen Grüßen",
            "Veuillez agréer nos salutations distinguées.|Cordialement,",
            "Atentamente,|Un saludo,",
            "Cordiali saluti,|Distinti saluti,",
            "Com os melhores cumprimentos,|Atenciosamente,",
            "Met vriendelijke groet,",
        ],
    ),
    (
        "subject",
        [
            "Subject: your recent enquiry|Re: change of our opening hours",
            "Betreff: Ihre Anfrage|Betreff: Änderung unserer Öffnungszeiten",
            "Objet : votre demande|Objet : nos nouveaux horaires",
            "Asunto: su consulta",
            "Oggetto: la sua richiesta",
            "Assunto: o seu pedido",
            "Betreft: uw aanvraag",
        ],
    ),
    (
        "receipt",
        [
            "RECEIPT|Sales receipt|Cash receipt",
            "Kassenbon|Quittung",
            "Ticket de caisse|Reçu",
            "Recibo de compra|Ticket de compra",
            "Scontrino",
            "Talão",
            "Kassabon",
        ],
    ),
    (
        "cash",
        ["Cash|Cash tendered", "Bar|Gegeben", "Espèces", "Efectivo", "Contanti", "Numerário", "Contant"],
    ),
    ("change", ["Change due|Change", "Rückgeld", "Monnaie rendue", "Cambio", "Resto", "Troco", "Wisselgeld"]),
    (
        "terms.title",
        [
            "Terms and Conditions|General Terms|Terms of Business",
            "Allgemeine Geschäftsbedingungen",
            "Conditions générales",
            "Condiciones generales",
            "Condizioni generali",
            "Condições gerais",
            "Algemene voorwaarden",
        ],
    ),
    (
        "contract",
        [
            "Lease Agreement|Service Agreement|Employment Contract|Loan Agreement",
            "Mietvertrag|Arbeitsvertrag",
            "Contrat de location|Contrat de travail",
            "Contrato de arrendamiento|Contrato de trabajo",
            "Contratto di locazione|Contratto di lavoro",
            "Contrato de arrendamento|Contrato de trabalho",
            "Huurovereenkomst|Arbeidsovereenkomst",
        ],
    ),
    (
        "quote",
        ["Quotation|Quote|Estimate", "Angebot", "Devis", "Presupuesto", "Preventivo", "Orçamento", "Offerte"],
    ),
    (
        "delivery",
        [
            "Delivery note|Packing slip",
            "Lieferschein",
            "Bon de livraison",
            "Albarán",
            "Documento di trasporto",
            "Guia de remessa",
            "Pakbon",
        ],
    ),
];

/// Sentences of letters.
pub(crate) const LETTER: [&[&str]; 7] = [
    &[
        "Thank you for your letter of last week, which we have read with care.",
        "We are pleased to tell you that our branch will be open longer from next month.",
        "Please do not hesitate to call us if there is anything that we can help with.",
        "Your account manager will contact you to arrange a date that suits you.",
        "The changes described above do not affect any existing arrangement between us.",
        "We would be grateful for your reply within the next two weeks.",
    ],
    &[
        "vielen Dank für Ihr Schreiben, das wir aufmerksam gelesen haben.",
        "Wir freuen uns, Ihnen mitzuteilen, dass unsere Filiale künftig länger geöffnet ist.",
        "Bei Rückfragen stehen wir Ihnen jederzeit gerne zur Verfügung.",
        "Ihr Ansprechpartner wird sich in den nächsten Tagen bei Ihnen melden.",
        "Bestehende Vereinbarungen bleiben von dieser Änderung unberührt.",
    ],
    &[
        "Nous vous remercions de votre courrier, que nous avons lu avec attention.",
        "Nous avons le plaisir de vous informer que notre agence sera ouverte plus longtemps.",
        "Nous restons à votre disposition pour tout renseignement complémentaire.",
        "Votre conseiller prendra contact avec vous dans les prochains jours.",
    ],
    &[
        "Le agradecemos su carta, que hemos leído con atención.",
        "Nos complace informarle de que nuestra oficina ampliará su horario.",
        "Quedamos a su disposición para cualquier aclaración que necesite.",
        "Su gestor se pondrá en contacto con usted en los próximos días.",
    ],
    &[
        "La ringraziamo per la sua lettera, che abbiamo letto con attenzione.",
        "Siamo lieti di informarla che la nostra filiale amplierà l'orario di apertura.",
        "Restiamo a disposizione per qualsiasi chiarimento di cui avesse bisogno.",
        "Il suo consulente la contatterà nei prossimi giorni per un appuntamento.",
    ],
    &[
        "Agradecemos a sua carta, que lemos com toda a atenção.",
        "Temos o prazer de informar que a nossa agência vai alargar o horário.",
        "Ficamos ao dispor para qualquer esclarecimento de que necessite.",
        "O seu gestor entrará em contacto consigo nos próximos dias.",
    ],
    &[
        "Hartelijk dank voor uw brief, die wij met aandacht hebben gelezen.",
        "Wij delen u graag mee dat ons kantoor voortaan langer geopend is.",
        "Heeft u nog vragen, neem dan gerust contact met ons op.",
        "Uw contactpersoon zal binnen enkele dagen contact met u opnemen.",
    ],
];

/// Sentences of contracts and terms.
pub(crate) const CLAUSES: [&[&str]; 7] = [
    &[
        "Either party may terminate this agreement by giving three months notice in writing to the other.",
        "The liability of the supplier shall be limited to the amounts paid under this agreement.",
        "This agreement shall be governed by the law of the country in which the supplier is established.",
        "Payment shall be made within thirty days of the date of each invoice and without deduction.",
        "No waiver of any breach shall be deemed a waiver of any later breach of the same provision.",
        "The customer shall keep the goods insured at its own expense until title has passed.",
        "Interest on late balance payments accrues daily at the rate agreed between the parties.",
    ],
    &[
        "Die Haftung des Anbieters ist auf Vorsatz und grobe Fahrlässigkeit beschränkt.",
        "Eine Kündigung ist mit einer Frist von drei Monaten zum Ende des Quartals möglich.",
        "Gerichtsstand für alle Streitigkeiten aus diesem Vertrag ist der Sitz des Anbieters.",
        "Rechnungen sind innerhalb von dreißig Tagen ohne Abzug zur Zahlung fällig.",
        "Nebenabreden zu diesem Vertrag bedürfen zu ihrer Wirksamkeit der Schriftform.",
    ],
    &[
        "La responsabilité du prestataire est limitée aux sommes versées au titre du contrat.",
        "Chaque partie peut résilier le contrat moyennant un préavis de trois mois.",
        "Le présent contrat est régi par le droit du pays du prestataire.",
        "Les factures sont payables à trente jours sans escompte.",
    ],
    &[
        "La responsabilidad del proveedor se limita a las cantidades pagadas por el contrato.",
        "Cualquiera de las partes podrá rescindir el contrato con tres meses de preaviso.",
        "El presente contrato se rige por la ley del país del proveedor.",
        "Las facturas se pagarán en un plazo de treinta días sin deducciones.",
    ],
    &[
        "La responsabilità del fornitore è limitata agli importi versati in base al contratto.",
        "Ciascuna parte può recedere dal contratto con un preavviso di tre mesi.",
        "Il presente contratto è regolato dalla legge del paese del fornitore.",
        "Le fatture sono pagabili entro trenta giorni senza detrazioni.",
    ],
    &[
        "A responsabilidade do fornecedor limita-se aos montantes pagos ao abrigo do contrato.",
        "Qualquer das partes pode rescindir o contrato com três meses de antecedência.",
        "O presente contrato rege-se pela lei do país do fornecedor.",
        "As faturas são pagas no prazo de trinta dias sem deduções.",
    ],
    &[
        "De aansprakelijkheid van de leverancier is beperkt tot de betaalde bedragen.",
        "Elke partij kan deze overeenkomst opzeggen met een termijn van drie maanden.",
        "Op deze overeenkomst is het recht van het land van de leverancier van toepassing.",
        "Facturen worden binnen dertig dagen zonder aftrek betaald.",
    ],
];
