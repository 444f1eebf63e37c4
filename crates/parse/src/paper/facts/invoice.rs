//! Invoices: who asks whom for how much, and for what.

use super::figures::{Figure, Group, groups, is_percent};
use super::items::{self, Item, Stop};
use super::party;
use super::record::Record;
use super::sheet::{Value, Want};
use smartexus_domain::{Finding, Source};
use std::collections::HashMap;
use std::sync::LazyLock;

const NUMBER: &str = "invoice number|invoice no|invoice nr|invoice num|invoice id|inv no|bill number|bill no|credit note number|\
    credit note no|rechnungsnummer|rechnungs nr|rechnungsnr|rechnung nr|rechnung nummer|belegnummer|beleg nr|numero de facture|\
    facture numero|facture no|facture n|facture nº|n de facture|no de facture|nº de facture|numero facture|numero de factura|factura numero|\
    factura no|factura n|factura nº|n factura|nº factura|nº de factura|no de factura|n de factura|numero fattura|fattura numero|fattura n|fattura nº|\
    fattura nr|n fattura|nº fattura|numero da fatura|fatura numero|fatura n|fatura no|fatura nº|nº da fatura|n da fatura|no da fatura|\
    factuurnummer|factuur nummer|factuurnr|factuur nr|document number|document no";
/// A title with the number behind it.
const TITLE: &str = "invoice|tax invoice|rechnung|facture|factura|fattura|fatura|factuur";
const DATE: &str = "invoice date|date of invoice|issue date|date of issue|issued|issued on|date issued|bill date|tax point|\
    rechnungsdatum|rechnung vom|ausstellungsdatum|date de facture|date de la facture|date d emission|date facture|emise le|\
    fecha de factura|fecha factura|fecha de emision|fecha de expedicion|data fattura|data di emissione|data emissione|\
    data da fatura|data de emissao|data fatura|factuurdatum|factuur datum|datum factuur";
const ANY_DATE: &str = "date|datum|fecha|data|dated";
const DUE: &str = "due date|payment due|payment due date|payment due by|date due|due by|due on|due|pay by|payable by|payable until|zahlbar bis|\
    fallig am|falligkeit|falligkeitsdatum|zahlungsziel|date d echeance|echeance|date limite de paiement|a payer avant le|\
    vencimiento|fecha de vencimiento|fecha vencimiento|scadenza|data scadenza|data di scadenza|scadenza pagamento|vencimento|\
    data de vencimento|data vencimento|vervaldatum|te betalen voor|uiterste betaaldatum|betalen voor";
const BUYER: &str = "bill to|billed to|bill to address|invoice to|invoiced to|sold to|customer|client|buyer|rechnung an|\
    rechnungsempfanger|rechnungsadresse|kunde|auftraggeber|empfanger|facture a|factures a|adresse de facturation|client|\
    destinataire|facturar a|cliente|facturado a|fatturare a|intestatario|spettabile|destinatario|faturar a|faturado a|exmo s|\
    factuuradres|gefactureerd aan|factuur aan|klant|attention|to";
const SELLER: &str = "from|seller|vendor|supplier|sold by|issued by|service provider|verkaufer|lieferant|rechnungssteller|absender|\
    aussteller|vendeur|emetteur|fournisseur|vendedor|emisor|proveedor|fornitore|cedente|emittente|venditore|fornecedor|emitente|\
    verkoper|leverancier|afzender";

/// What a labelled figure of an invoice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Subtotal,
    Tax,
    Total,
    Due,
    Paid,
    Shipping,
    Discount,
}

/// Labels begin with one of these; longer ones are looked at first.
const ROLES: &[(Role, &str)] = &[
    (
        Role::Subtotal,
        "subtotal|sub total|net total|net amount|total net|net subtotal|total excl|total excluding|total before tax|\
      amount before tax|taxable amount|total ex vat|net value|zwischensumme|nettobetrag|summe netto|netto|gesamt netto|nettosumme|warenwert|\
      sous total|total ht|montant ht|total hors taxes|total hors taxe|base ht|base imponible|importe neto|total neto|suma|\
      total sin iva|imponibile|totale imponibile|totale netto|base tributavel|total liquido|total sem iva|valor liquido|subtotaal|exclusief btw|totaal excl|\
      totaal exclusief|bedrag excl|totaal netto|gesamtbetrag netto|summe positionen",
    ),
    (
        Role::Total,
        "total|grand total|total due|invoice total|total amount|amount payable|total payable|total incl|total including|\
      total inc|total to pay|please pay|gesamtbetrag|gesamtsumme|rechnungsbetrag|endbetrag|gesamt|summe|bruttobetrag|\
      rechnungssumme|total ttc|montant ttc|net a payer|total a payer|montant total|total toutes taxes comprises|total factura|\
      importe total|total a pagar|total general|total con iva|totale|totale fattura|totale documento|totale da pagare|\
      totale complessivo|importo totale|total da fatura|valor total|total com iva|total geral|totaal|totaalbedrag|totaal te betalen|totaal incl|\
      totaal inclusief|factuur totaal|factuurbedrag|inclusief btw",
    ),
    (
        Role::Due,
        "amount due|balance due|total amount due|balance|balance outstanding|outstanding|zu zahlen|zahlbetrag|offener betrag|\
      restbetrag|noch zu zahlen|solde a payer|solde du|reste a payer|reste du|importe pendiente|pendiente de pago|saldo pendiente|saldo dovuto|\
      da saldare|residuo da pagare|saldo a pagare|valor em divida|em divida|saldo em divida|openstaand|nog te betalen|te betalen|openstaand bedrag",
    ),
    (
        Role::Paid,
        "paid|amount paid|payments|payment received|less payments|less paid|deposit|deposit paid|advance payment|prepaid|anzahlung|\
      bereits bezahlt|abzuglich anzahlung|acompte|acompte verse|deja regle|deja paye|pagado|ya pagado|anticipo|pagos a cuenta|acconto|\
      acconto versato|pagato|gia pagato|adiantamento|ja pago|pago|betaald|reeds betaald|aanbetaling",
    ),
    (
        Role::Shipping,
        "shipping|shipping and handling|delivery|delivery charge|freight|postage|carriage|handling|versand|versandkosten|lieferkosten|\
      fracht|frais de port|frais de livraison|livraison|port|envio|gastos de envio|portes|spedizione|spese di spedizione|\
      spese di trasporto|despesas de envio|custos de envio|verzending|verzendkosten|bezorgkosten",
    ),
    (
        Role::Discount,
        "discount|less discount|trade discount|rabatt|nachlass|abzuglich rabatt|remise|rabais|escompte|descuento|sconto|\
      desconto|korting",
    ),
];
/// Words that name a tax on sales; a label with one of them is that of a tax unless it begins as another.
const TAXES: &[&str] = &[
    "tax",
    "vat",
    "gst",
    "hst",
    "pst",
    "qst",
    "mwst",
    "ust",
    "umsatzsteuer",
    "mehrwertsteuer",
    "tva",
    "tps",
    "tvq",
    "iva",
    "btw",
];
/// With one of these it is no tax but an amount with or without it.
const NOT_TAXES: &[&str] = &[
    "excl",
    "excluding",
    "before",
    "incl",
    "including",
    "inkl",
    "exkl",
    "id",
    "number",
    "no",
    "reg",
    "registration",
    "nummer",
    "sin",
    "con",
    "sem",
    "com",
    "ex",
    "ht",
    "ttc",
    "hors",
    "exclusief",
    "inclusief",
    "nr",
    "netto",
    "basis",
];

pub(super) fn read(record: &mut Record<'_>) {
    parties(record);
    let groups = groups(&record.sheet);
    let lines = items::items(&record.sheet, |folded| match role(folded)? {
        Role::Subtotal => Some(Stop::Group),
        Role::Total => Some(Stop::Total),
        Role::Tax | Role::Due | Role::Paid => Some(Stop::End),
        Role::Shipping | Role::Discount => None,
    });
    for (index, item) in lines.iter().enumerate() {
        line(record, index, item);
    }
    let totals: Vec<(Role, &Group<'_>)> = groups
        .iter()
        .filter(|group| !lines.iter().any(|item| is_of(group, item)))
        .filter_map(|group| role(&group.folded).map(|role| (role, group)))
        .collect();
    settle(record, &totals);
}

fn is_of(group: &Group<'_>, item: &Item<'_>) -> bool {
    group.figures.iter().any(|figure| std::ptr::eq(figure.token, item.amount.token))
}

fn parties(record: &mut Record<'_>) {
    let sheet = &record.sheet;
    let number = sheet.field(NUMBER, Want::Code).or_else(|| titled_number(record));
    let issued = sheet.field(DATE, Want::Date).or_else(|| sheet.field(ANY_DATE, Want::Date));
    let due = sheet.field(DUE, Want::Date);
    let buyer = party::addressed(sheet, BUYER);
    let taken = buyer.as_ref().map(|value| value.text.clone()).unwrap_or_default();
    let named = party::addressed(sheet, SELLER).filter(|value| value.text != taken);
    let seller = if named.is_none() { party::letterhead(sheet, &[&taken]) } else { None };
    record.labelled("invoice.number", number);
    record.day("invoice.date", issued);
    record.day("invoice.due_date", due);
    record.labelled("invoice.seller", named);
    record.placed("invoice.seller", seller);
    record.labelled("invoice.buyer", buyer);
}

/// "INVOICE INV-2031": the title itself is the label, if something stands behind it in the same cell.
fn titled_number(record: &Record<'_>) -> Option<Value> {
    record.sheet.rows.iter().enumerate().find_map(|(row, cells)| {
        cells.iter().enumerate().find_map(|(column, cell)| {
            let taken = TITLE.split('|').filter_map(|title| cell.begins(title)).max()?;
            let has_more = cell.tokens.len() > taken;
            record.sheet.beside(row, column, taken, Want::Code).filter(|_| has_more)
        })
    })
}

fn line(record: &mut Record<'_>, index: usize, item: &Item<'_>) {
    let key = |field: &str| format!("invoice.line[{index}].{field}");
    if let Some(bounds) = item.description_bounds {
        record.text(key("description"), item.description.clone(), Source { page: item.page, bounds });
    }
    if let Some((token, value)) = item.quantity.and_then(|t| record.notation.plain(t).map(|v| (t, v))) {
        record.derived(key("quantity"), value, Source { page: item.page, bounds: token.bounds });
    }
    if let Some(token) = item.unit_price {
        let figure = Figure { token, is_nil: false };
        record.figure(key("unit_price"), &figure, item.page);
    }
    if record.figure(key("amount"), &item.amount, item.page).is_none() {
        let message = "An amount of the invoice's lines cannot be read.";
        record.find(Finding::new("invoice_line_unread", message).on_page(item.page));
    }
}

/// The names of [`ROLES`] by their first words: nearly every line of a document is asked about, and few begin as one.
fn roles_by_first_word() -> &'static HashMap<&'static str, Vec<(Role, &'static str)>> {
    static INDEX: LazyLock<HashMap<&'static str, Vec<(Role, &'static str)>>> = LazyLock::new(|| {
        let mut index: HashMap<&'static str, Vec<(Role, &'static str)>> = HashMap::new();
        for (role, names) in ROLES {
            for name in names.split('|').map(str::trim) {
                let first = name.split(' ').next().unwrap_or_default();
                index.entry(first).or_default().push((*role, name));
            }
        }
        index
    });
    &INDEX
}

fn role(folded: &str) -> Option<Role> {
    let words: Vec<&str> = folded.split(' ').collect();
    let begins =
        |name: &str| folded == name || folded.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    let named = words.first().and_then(|first| roles_by_first_word().get(first)).and_then(|named| {
        named.iter().copied().filter(|(_, name)| begins(name)).max_by_key(|(_, name)| name.len())
    });
    let has_tax = words.iter().any(|word| TAXES.contains(word)) && words.len() <= 8;
    let is_about = words.iter().any(|word| NOT_TAXES.contains(word));
    match named {
        // "Total VAT", "Total tax": the last word says what is summed.
        Some((Role::Total, "total" | "totale" | "totaal" | "summe" | "gesamt")) if has_tax && !is_about => {
            Some(Role::Tax)
        }
        Some((role, _)) if words.len() <= 9 => Some(role),
        None if has_tax && !is_about => Some(Role::Tax),
        _ => None,
    }
}

/// One way to read the totals: places in the list of labelled figures.
struct Way<'a> {
    subtotal: Option<&'a Group<'a>>,
    taxes: Vec<&'a Group<'a>>,
    total: Option<&'a Group<'a>>,
}

/// Of all labelled figures those count that tie; where none do, the last of each.
fn settle(record: &mut Record<'_>, totals: &[(Role, &Group<'_>)]) {
    let of = |role: Role| {
        totals.iter().filter(move |(r, _)| *r == role).map(|(_, group)| *group).collect::<Vec<_>>()
    };
    let last = |role: Role| of(role).last().copied();
    let way =
        tied(record, &of(Role::Subtotal), &of(Role::Tax), &of(Role::Total), totals).unwrap_or_else(|| Way {
            subtotal: last(Role::Subtotal),
            taxes: of(Role::Tax),
            total: last(Role::Total).or_else(|| last(Role::Due)),
        });
    put(record, "invoice.subtotal", way.subtotal);
    for (index, tax) in way.taxes.iter().enumerate() {
        put(record, &format!("invoice.tax[{index}].amount"), Some(*tax));
        rate(record, index, tax);
    }
    put(record, "invoice.total", way.total);
    for (role, key) in [
        (Role::Shipping, "invoice.shipping"),
        (Role::Discount, "invoice.discount"),
        (Role::Paid, "invoice.amount_paid"),
    ] {
        magnitude(record, key, last(role));
    }
    put(record, "invoice.amount_due", last(Role::Due));
    currency(record, way.total);
}

fn tied<'a>(
    record: &Record<'_>,
    subtotals: &[&'a Group<'a>],
    taxes: &[&'a Group<'a>],
    totals: &[&'a Group<'a>],
    all: &[(Role, &'a Group<'a>)],
) -> Option<Way<'a>> {
    const WAYS_MAX: usize = 12;
    let minor = |group: &Group<'_>| group.last().and_then(|figure| record.notation.minor(&figure));
    let aside = |role: Role| {
        all.iter().rev().find(|(r, _)| *r == role).and_then(|(_, group)| minor(group)).map_or(0, i64::abs)
    };
    let extra = aside(Role::Shipping).saturating_sub(aside(Role::Discount));
    let mut sets: Vec<Vec<&Group<'_>>> = vec![taxes.to_vec()];
    sets.extend(taxes.iter().rev().map(|tax| vec![*tax]));
    for total in totals.iter().rev().take(WAYS_MAX) {
        for subtotal in subtotals.iter().rev().take(WAYS_MAX) {
            for set in sets.iter().take(WAYS_MAX) {
                let (Some(net), Some(gross)) = (minor(subtotal), minor(total)) else { continue };
                let tax = set.iter().filter_map(|tax| minor(tax)).fold(0_i64, i64::saturating_add);
                let sum = net.saturating_add(tax);
                if sum == gross || sum.saturating_add(extra) == gross {
                    return Some(Way { subtotal: Some(subtotal), taxes: set.clone(), total: Some(total) });
                }
            }
        }
    }
    None
}

fn put(record: &mut Record<'_>, key: &str, group: Option<&Group<'_>>) {
    if let Some((figure, group)) = group.and_then(|group| Some((group.last()?, group))) {
        record.figure(key, &figure, group.page);
    }
}

/// Discounts and payments are printed with and without a minus; they are kept without.
fn magnitude(record: &mut Record<'_>, key: &str, group: Option<&Group<'_>>) {
    let Some((figure, group)) = group.and_then(|group| Some((group.last()?, group))) else { return };
    if let Some(minor) = record.notation.minor(&figure) {
        record.amount(key, minor.saturating_abs(), &figure, group.page);
    }
}

/// The rate of a tax, where its label says one: `20`, `7.7`.
fn rate(record: &mut Record<'_>, index: usize, tax: &Group<'_>) {
    let Some(line) = record.sheet.lines.get(tax.row) else { return };
    let found = line.tokens.iter().enumerate().find_map(|(at, token)| {
        let bare = token.text.trim_matches(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let is_rate = token.text.contains('%') || is_percent(token, line.tokens.get(at + 1));
        (is_rate && !bare.is_empty()).then(|| (bare.replace(',', "."), token.bounds))
    });
    if let Some((rate, bounds)) = found {
        let trimmed =
            if rate.contains('.') { rate.trim_end_matches('0').trim_end_matches('.') } else { &rate };
        record.text(
            format!("invoice.tax[{index}].rate"),
            trimmed.to_owned(),
            Source { page: tax.page, bounds },
        );
    }
}

fn currency(record: &mut Record<'_>, total: Option<&Group<'_>>) {
    let currency = record.notation.currency;
    let Some(source) = total.and_then(Group::source) else { return };
    if currency.is_known() {
        record.text("invoice.currency", currency.code().to_owned(), source);
    } else {
        record.find(Finding::new("currency_unknown", "The invoice names no currency.").on_page(source.page));
    }
}
