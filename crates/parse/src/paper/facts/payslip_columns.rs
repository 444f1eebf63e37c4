//! What the headings of a payslip say about the figures below them.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::figures::Group;
use super::sheet::{self, Cell, Sheet};
use crate::lexicon::fold;
use crate::paper::line::{Token, join};
use smartexus_domain::Rect;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A part of a payslip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Earnings,
    Deductions,
    /// What the employer pays on top, leave, sums of the year in a box of their own.
    Aside,
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Amount,
    Ytd,
    /// Hours, rates, bases.
    Aside,
}

const PARTS: &[(Part, &str)] = &[
    (
        Part::Earnings,
        "earnings|payments|pay|pay and allowances|earnings and allowances|gross earnings|income|pay elements|bezuge|bruttobezuge|\
      lohnarten|verdienst|lohn und gehalt|brutto bezuge|gains|remuneration|remunerations|elements de paie|salaire|elements du salaire|\
      devengos|devengado|devengados|percepciones|percepciones salariales|competenze|retribuzioni|abonos|remuneracoes|vencimentos|\
      rendimentos|beloningen|beloning|inkomsten|loon|loonbestanddelen|bruto loon elementen|brutto",
    ),
    (
        Part::Deductions,
        "deductions|taxes and deductions|taxes|withholdings|employee deductions|statutory deductions|deductions from gross|\
      abzuge|gesetzliche abzuge|steuern und abgaben|steuern und sozialversicherung|retenues|cotisations|cotisations salariales|\
      retenues salariales|deducciones|a deducir|trattenute|ritenute|descontos|deducoes|inhoudingen|inhouding",
    ),
    (
        Part::Aside,
        "employer contributions|employer costs|employer paid|employer paid benefits|company contributions|arbeitgeberanteile|\
      arbeitgeberanteil|arbeitgeberbeitrage|charges patronales|cotisations patronales|part patronale|aportaciones de la empresa|\
      aportacion empresarial|contributi a carico azienda|contributi azienda|encargos da entidade patronal|encargos da empresa|\
      werkgeverslasten|werkgeversbijdragen|leave|leave balances|holiday|year to date|totals to date|year to date totals|this year|\
      jahreswerte|aufgelaufene werte|cumuls|cumuls annuels|acumulados|acumulados anuales|progressivi|progressivi annui|\
      acumulados do ano|cumulatieven|jaartotalen|employer",
    ),
];

const COLUMNS: &[(Column, &str)] = &[
    (
        Column::Ytd,
        "ytd|year to date|y t d|to date|this year|ytd amount|jahr|kumuliert|jahressumme|jahreswert|aufgelaufen|cumul|cumul annuel|\
      cumule|acumulado|acumulado anual|acumulado ano|progressivo|progr|acumulado do ano|cumulatief|cum|t m heden|jaar",
    ),
    (
        Column::Amount,
        "amount|current|this period|current amount|current period|value|total|betrag|monat|eur|aktuell|montant|ce mois|mois|gain|\
      retenue|a payer|a deduire|importe|mes|importo|mese|valor|bedrag|deze periode|periode|gbp|usd",
    ),
    (
        Column::Aside,
        "hours|units|hrs|rate|qty|days|quantity|base|basis|stunden|menge|satz|faktor|anzahl|nombre|taux|assiette|cantidad|precio|\
      unidades|tipo|ore|giorni|quantita|aliquota|horas|dias|quantidade|taxa|uren|aantal|tarief|grondslag|heures|jours|tage",
    ),
];
/// Headings of one payslip.
const HEADS_MAX: usize = 200;
/// Words of one heading stand this close, in font sizes.
const HEAD_GAP: f64 = 1.1;
/// A figure ends where its heading ends, or has the same middle, within this distance in points.
const REACH: f64 = 22.0;
/// Begins no farther left of its heading than this, in points.
const INDENT: f64 = 24.0;

struct Head<T> {
    row: usize,
    page: u32,
    what: T,
    bounds: Rect,
}

/// The headings of a payslip.
pub(super) struct Headings {
    parts: Vec<Head<Part>>,
    columns: Vec<Head<Column>>,
}

impl Headings {
    pub(super) fn find(paper: &Sheet<'_>) -> Self {
        static PART_INDEX: OnceLock<HashMap<&'static str, Part>> = OnceLock::new();
        static COLUMN_INDEX: OnceLock<HashMap<&'static str, Column>> = OnceLock::new();
        let part_index = PART_INDEX.get_or_init(|| sheet::index(PARTS));
        let column_index = COLUMN_INDEX.get_or_init(|| sheet::index(COLUMNS));
        let (mut parts, mut columns) = (Vec::new(), Vec::new());
        for (row, cells) in paper.rows.iter().enumerate() {
            if paper.lines.get(row).is_some_and(crate::paper::line::Line::has_money) {
                continue;
            }
            for cell in cells {
                named(row, cell, part_index, &mut parts);
                named(row, cell, column_index, &mut columns);
            }
        }
        Self { parts, columns }
    }

    /// The part a label stands in: of the headings above it, those of the nearest row; of several in one row the one it
    /// is under.
    pub(super) fn part(&self, group: &Group<'_>) -> Option<Part> {
        let bounds = group.bounds()?;
        let row = self
            .parts
            .iter()
            .filter(|head| head.page == group.page && head.row < group.row)
            .map(|h| h.row)
            .max();
        let Some(row) = row else {
            return self.parts.iter().rev().find(|head| head.row < group.row).map(|head| head.what);
        };
        let in_row = || self.parts.iter().filter(|head| head.row == row);
        let over = in_row()
            .filter(|head| head.bounds.x0 <= bounds.x0 + INDENT)
            .max_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        match over {
            Some(head) => Some(head.what),
            // All headings stand right of the label: they are columns, and the figure says which.
            None => {
                let figure = group.figures.iter().find(|f| !f.is_nil).or(group.figures.first())?;
                in_row().find(|head| is_under(figure.token, head.bounds)).map(|head| head.what)
            }
        }
    }

    /// The part whose heading a figure stands under, where the parts are columns.
    pub(super) fn part_of_figure(&self, token: &Token, row: usize) -> Option<Part> {
        let near = self.parts.iter().filter(|head| head.row < row && is_under(token, head.bounds));
        near.max_by_key(|head| head.row).map(|head| head.what)
    }

    /// What a figure is; `None` where no heading stands over it.
    pub(super) fn column(&self, token: &Token, page: u32, row: usize) -> Option<Column> {
        let over = self
            .columns
            .iter()
            .filter(|head| head.page == page && head.row < row && is_under(token, head.bounds));
        over.max_by_key(|head| head.row).map(|head| head.what)
    }

    pub(super) fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    pub(super) fn has_ytd(&self) -> bool {
        self.columns.iter().any(|head| head.what == Column::Ytd)
    }
}

fn is_under(token: &Token, head: Rect) -> bool {
    let own = token.bounds;
    (own.x1 - head.x1).abs() <= REACH / 2.0 || (own.mid_x() - head.mid_x()).abs() <= REACH
}

/// The names that the words of a cell are made of.
fn named<T: Copy>(row: usize, cell: &Cell<'_>, names: &HashMap<&'static str, T>, heads: &mut Vec<Head<T>>) {
    let mut at = 0;
    while at < cell.tokens.len() {
        let found = (1..=5).rev().find_map(|count| {
            let run = cell.tokens.get(at..at + count)?;
            let is_close = run
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if b.bounds.x0 - a.bounds.x1 <= HEAD_GAP * a.size));
            let folded = fold(&join(run));
            let what = *names.get(folded.as_str())?;
            let bounds = run.iter().map(|token| token.bounds).reduce(Rect::union)?;
            // A heading is all of its cell, or a column beside others.
            let is_whole = is_close && (count == cell.tokens.len() || cell.tokens.len() <= 6);
            is_whole.then_some((what, bounds, count))
        });
        match found {
            Some((what, bounds, count)) if heads.len() < HEADS_MAX => {
                heads.push(Head { row, page: cell.page, what, bounds });
                at += count;
            }
            Some(_) | None => at += 1,
        }
    }
}
