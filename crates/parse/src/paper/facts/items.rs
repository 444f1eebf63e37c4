//! The lines of an invoice: a heading that names the columns, and rows with a figure in the last of them.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::figures::{self, Edge, Figure};
use super::sheet::{self, Sheet};
use crate::lexicon::fold;
use crate::paper::line::{Line, Token, join};
use smartexus_domain::Rect;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a column of an invoice holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Description,
    Quantity,
    UnitPrice,
    Amount,
    /// Position, code, unit, rate of tax, discount.
    Aside,
}

const HEADS: &[(Column, &str)] = &[
    (
        Column::Description,
        "description|item|items|item description|details|product|service|services|article|particulars|goods|work|\
      description of goods|description of services|beschreibung|bezeichnung|artikel|artikelbezeichnung|leistung|leistungen|\
      designation|libelle|produit|prestation|prestations|descripcion|concepto|articulo|detalle|producto|descrizione|articolo|\
      prodotto|descrizione prestazione|descricao|artigo|produto|designacao|omschrijving|dienst|artikelomschrijving|activity",
    ),
    (
        Column::Quantity,
        "qty|quantity|units|hours|hrs|menge|anzahl|stunden|stk|quantite|qte|q ta|q te|cantidad|cant|unidades|uds|quantita|qta|\
      quantidade|qtd|qtde|aantal|hoeveelheid|stuks|uren|heures|horas|ore|qnt|quant",
    ),
    (
        Column::UnitPrice,
        "unit price|price|rate|unit cost|price each|each|price per unit|einzelpreis|preis|stuckpreis|e preis|\
      vk preis|preis je einheit|prix unitaire|pu|p u|prix|pu ht|p u ht|prix unitaire ht|precio unitario|precio|precio ud|\
      precio unidad|prezzo unitario|prezzo|prezzo unit|preco unitario|preco|preco unit|prijs|prijs per stuk|stukprijs|tarief|\
      prijs per eenheid|charge rate",
    ),
    (
        Column::Amount,
        "amount|total|line total|net amount|total price|ext price|extended price|amount due|betrag|gesamtpreis|gesamt|\
      zeilenbetrag|summe|g preis|betrag netto|montant|montant ht|total ht|prix total|prix total ht|importe|total linea|\
      importo|totale|prezzo totale|valor|valor total|montante|bedrag|totaal|totaalbedrag|regeltotaal|prijs incl btw|net|\
      line amount|charge|charges|totaal excl btw|bedrag excl btw",
    ),
    (
        Column::Aside,
        "pos|no|nr|item no|code|sku|ref|unit|uom|tax|taxes|vat|vat rate|gst|mwst|ust|tva|iva|btw|disc|discount|rabatt|\
      remise|descuento|dto|sconto|desconto|korting|artikelnummer|art nr|einheit|unite|unidad|unita|unidade|eenheid|date|datum|\
      tax rate|vat code|codigo|codice|reference|referencia|pos nr|position",
    ),
];
/// Words of one heading stand this close, in font sizes.
const HEAD_GAP: f64 = 1.1;
/// A figure belongs to a column whose heading it misses by no more than this, in points.
const REACH: f64 = 45.0;
/// What goes on from page to page is no line.
const CARRIES: &[&str] = &[
    "carried forward",
    "brought forward",
    "ubertrag",
    "a reporter",
    "report",
    "suma y sigue",
    "suma anterior",
    "riporto",
    "a riportare",
    "a transportar",
    "transporte",
    "transport",
    "te transporteren",
];
/// An amount behind one of these is a part of the line above, and in its amount already.
const INCLUDED: &[&str] = &[
    "incl",
    "including",
    "includes",
    "included",
    "inclusive",
    "of which",
    "inkl",
    "inklusive",
    "davon",
    "darin",
    "dont",
    "y compris",
    "incluye",
    "incluido",
    "de los cuales",
    "di cui",
    "incluso",
    "dos quais",
    "inclusief",
    "waarvan",
];
/// A longer line is prose.
const HEADING_TOKENS_MAX: usize = 24;
/// Lines of an invoice that are looked at.
const ITEMS_MAX: usize = 1_000;

/// One line of an invoice.
pub(super) struct Item<'a> {
    pub(super) page: u32,
    pub(super) description: String,
    pub(super) description_bounds: Option<Rect>,
    pub(super) quantity: Option<&'a Token>,
    pub(super) unit_price: Option<&'a Token>,
    pub(super) amount: Figure<'a>,
}

struct Head {
    column: Column,
    bounds: Rect,
}

/// What a label says of the lines above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A sum that may be one of a group: more lines may follow, and show by their quantity and price that they are some.
    Group,
    /// A tax, a payment: the lines are over.
    End,
    /// The sum of everything.
    Total,
}

/// The lines between a heading and the totals, which `stop` knows by their labels.
pub(super) fn items<'a>(sheet: &Sheet<'a>, stop: impl Fn(&str) -> Option<Stop>) -> Vec<Item<'a>> {
    let edges = figures::edges(sheet.lines);
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    let mut text_above: Option<(String, Rect)> = None;
    let mut is_paused = false;
    for line in sheet.lines {
        if let Some(found) = heading(line) {
            (heads, text_above, is_paused) = (found, None, false);
            continue;
        }
        if heads.is_empty() || items.len() >= ITEMS_MAX {
            continue;
        }
        let label = label(line, &heads);
        let folded = fold(&label.0);
        // A label without a figure is a part of a heading or of a description.
        let stopped = if has_figure(line) { stopped(line, &folded, &stop) } else { None };
        if stopped == Some(Stop::Group) {
            is_paused = true;
        } else if stopped.is_some() {
            heads.clear();
        } else if !begins_with_one(&folded, CARRIES) && !begins_with_one(&folded, INCLUDED) {
            match item(line, &heads, &edges).map(|found| complete(found, label.clone(), text_above.take())) {
                // The label stood above its figure.
                Some(found) if stop(&fold(&found.description)).is_some() => heads.clear(),
                Some(found) if !is_paused || found.quantity.is_some() && found.unit_price.is_some() => {
                    items.push(found);
                }
                Some(_) => {}
                None => text_above = label.1.map(|bounds| (label.0, bounds)),
            }
        }
    }
    items
}

/// Text above its figures is their description where nothing stands beside them.
fn complete<'a>(
    mut item: Item<'a>,
    label: (String, Option<Rect>),
    above: Option<(String, Rect)>,
) -> Item<'a> {
    let has_letters = label.0.chars().any(char::is_alphabetic);
    (item.description, item.description_bounds) = match above {
        Some((text, bounds)) if !has_letters => (text, Some(bounds)),
        _ => label,
    };
    item
}

/// By the text of its first columns, by its first words, or by the cell beside the sum of everything.
fn stopped(line: &Line, folded: &str, stop: impl Fn(&str) -> Option<Stop>) -> Option<Stop> {
    let beside = || line.text_cells().last().and_then(|cell| stop(&fold(&cell.text)));
    let first = stop(folded).or_else(|| stop(&fold(&leading_text(line))));
    first.or_else(|| beside().filter(|found| *found == Stop::Total))
}

/// A figure that is no rate.
fn has_figure(line: &Line) -> bool {
    let mut tokens = line.tokens.iter().enumerate();
    tokens.any(|(at, token)| token.amount.is_some() && !figures::is_percent(token, line.tokens.get(at + 1)))
}

fn begins_with_one(folded: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// The first words of a line, up to its first figure.
fn leading_text(line: &Line) -> String {
    join(line.tokens.iter().skip_while(|t| t.amount.is_some()).take_while(|t| !t.is_money()))
}

/// A line that names at least two columns, one of them the amount, and holds no money.
fn heading(line: &Line) -> Option<Vec<Head>> {
    if line.has_money() || line.tokens.len() > HEADING_TOKENS_MAX {
        return None;
    }
    let folded: Vec<String> = line.tokens.iter().map(|token| fold(&token.text)).collect();
    let mut heads: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < line.tokens.len() {
        match head_at(line, &folded, at) {
            Some((column, bounds, taken)) => {
                heads.push(Head { column, bounds });
                at += taken;
            }
            None => at += 1,
        }
    }
    let has = |column| heads.iter().any(|head| head.column == column);
    let named =
        [Column::Description, Column::Quantity, Column::UnitPrice].into_iter().filter(|c| has(*c)).count();
    (has(Column::Amount) && named >= 1 && heads.len() * 3 >= line.tokens.len()).then_some(heads)
}

fn head_at(line: &Line, folded: &[String], at: usize) -> Option<(Column, Rect, usize)> {
    static INDEX: OnceLock<HashMap<&'static str, Column>> = OnceLock::new();
    let index = INDEX.get_or_init(|| sheet::index(HEADS));
    (1..=4).rev().find_map(|count| {
        let run = line.tokens.get(at..at + count)?;
        let is_close = run
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if b.bounds.x0 - a.bounds.x1 <= HEAD_GAP * a.size));
        if !is_close {
            return None;
        }
        let words: Vec<&str> =
            folded.get(at..at + count)?.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        let column = index.get(words.join(" ").as_str())?;
        let bounds = run.iter().map(|token| token.bounds).reduce(Rect::union)?;
        Some((*column, bounds, count))
    })
}

/// The text left of the first column of figures.
fn label(line: &Line, heads: &[Head]) -> (String, Option<Rect>) {
    let description = heads.iter().find(|head| head.column == Column::Description);
    let from = description.map_or(f64::MIN, |head| head.bounds.x0 - REACH / 3.0);
    let is_right = |head: &&Head| description.is_none_or(|d| head.bounds.x0 > d.bounds.x1);
    let first_column =
        heads.iter().filter(|h| h.column != Column::Description).filter(is_right).map(|h| h.bounds.x0);
    let until = first_column.fold(f64::MAX, f64::min);
    let text = line.tokens.iter().filter(|token| {
        token.bounds.x0 >= from
            && token.bounds.x0 < until - 2.0
            && (!token.is_money() || token.bounds.x1 < until - REACH)
    });
    let taken: Vec<&Token> = text.collect();
    let bounds = taken.iter().map(|token| token.bounds).reduce(Rect::union);
    (join(taken), bounds)
}

fn item<'a>(line: &'a Line, heads: &[Head], edges: &[Edge]) -> Option<Item<'a>> {
    let (mut quantity, mut unit_price, mut amount) = (None, None, None);
    for (index, token) in line.tokens.iter().enumerate() {
        if token.amount.is_none() || figures::is_percent(token, line.tokens.get(index + 1)) {
            continue;
        }
        match column_of(token, heads) {
            Some(Column::Quantity) => quantity = quantity.or(Some(token)),
            Some(Column::UnitPrice) => unit_price = unit_price.or(Some(token)),
            Some(Column::Amount) => amount = figures::figure(token, line.page, edges).or(amount),
            Some(Column::Description | Column::Aside) | None => {}
        }
    }
    Some(Item {
        page: line.page,
        description: String::new(),
        description_bounds: None,
        quantity,
        unit_price,
        amount: amount?,
    })
}

fn column_of(token: &Token, heads: &[Head]) -> Option<Column> {
    let distance = |head: &Head| {
        let (a, b) = (head.bounds, token.bounds);
        (a.x0 - b.x0).abs().min((a.x1 - b.x1).abs()).min((a.mid_x() - b.mid_x()).abs())
    };
    let nearest = heads.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(nearest) <= REACH).then_some(nearest.column)
}
