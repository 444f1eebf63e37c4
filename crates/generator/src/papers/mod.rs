//! Papers that are no statements, drawn from a seed: invoices, payslips, accounts, tax forms, identity pages, application
//! forms, and letters, receipts and terms that are none of them; alone, and several in one file with statements among
//! them.
//!
//! `words` has what they say in seven languages, `style` how they look, `brush` prints; each kind has a file of its own.

mod accounts;
mod balance_sheet;
mod brush;
mod form;
mod identity;
mod invoice;
mod other;
mod payslip;
mod payslip_tables;
mod profit;
mod style;
mod tax;
#[cfg(test)]
mod tests;
mod words;

use crate::canvas::DrawnPage;
use crate::container;
use crate::design::{self, country::COUNTRIES};
use crate::pdf::{self, Container, Frame, Maker};
use crate::random::Random;
use brush::Brush;
pub(crate) use payslip::Paid;
use style::Style;

/// A program that does not exist.
const MAKER: Maker =
    Maker { producer: "Papermoon 3.1", creator: "Office Suite", created: "D:20260405090000Z" };

/// One paper of a file, and what it says.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The product's word for its kind.
    pub kind: &'static str,
    /// How it is laid out: for tables of what is read and what is not.
    pub layout: &'static str,
    /// 1-based.
    pub first_page: usize,
    /// 1-based.
    pub last_page: usize,
    /// Key and value of what it prints.
    pub facts: Vec<(String, String)>,
    /// Its own arithmetic is printed in full and holds.
    pub is_proved: bool,
}

/// A file that was drawn from a seed.
#[derive(Debug, Clone)]
pub struct Packet {
    /// The bytes of a PDF.
    pub document: Vec<u8>,
    /// Its papers in order.
    pub papers: Vec<Paper>,
    /// `truth.json` of its statements, if there are any.
    pub statements: Option<String>,
    /// Country and language.
    pub country: &'static str,
}

/// What a kind's file gives: pages, and the truth about them.
pub(crate) struct Drawn {
    pub(crate) kind: &'static str,
    pub(crate) layout: &'static str,
    pub(crate) pages: Vec<DrawnPage>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) is_proved: bool,
}

/// The file of a seed. The same seed gives the same bytes.
#[must_use]
pub fn make(seed: u64) -> Packet {
    let mut random = Random::new(seed ^ 0x7061_7065_7273);
    let count = if random.chance(62) { 1 } else { random.between(2, 5) };
    let statement_at = (count > 1 && random.chance(55)).then(|| random.between(0, count - 1));
    let part = statement_at.map(|_| design::part(seed));
    let country = part.as_ref().map_or_else(|| random.pick(&COUNTRIES), |part| part.country);
    let frame = part.as_ref().map_or_else(|| style::frame(country, &mut random), |part| part.frame);
    let (mut pages, mut papers, mut statements) = (Vec::new(), Vec::new(), None);
    let mut part = part;
    for index in 0..count {
        let drawn = match part.take_if(|_| statement_at == Some(index)) {
            Some(part) => {
                statements =
                    serde_json::to_string(&serde_json::json!({ "statements": part.statements })).ok();
                Drawn {
                    kind: part.kind,
                    layout: "design",
                    pages: part.pages,
                    facts: Vec::new(),
                    is_proved: true,
                }
            }
            None => draw(country, &frame, &mut random),
        };
        let first_page = pages.len() + 1;
        pages.extend(drawn.pages);
        papers.push(Paper {
            kind: drawn.kind,
            layout: drawn.layout,
            first_page,
            last_page: pages.len(),
            facts: drawn.facts,
            is_proved: drawn.is_proved,
        });
    }
    let container = if random.chance(50) { Container::Table } else { Container::Streams };
    let document = container::file(&pdf::objects(&frame, &pages, MAKER), container);
    Packet { document, papers, statements, country: country.name }
}

/// A payslip alone.
#[derive(Debug, Clone)]
pub(crate) struct Payslip {
    pub(crate) document: Vec<u8>,
    /// Who paid, as printed.
    pub(crate) employer: String,
}

/// A payslip for the month to the day on which it was paid.
pub(crate) fn payslip(seed: u64, paid: &Paid<'_>) -> Payslip {
    let mut random = Random::new(seed ^ 0x7061_7973);
    let country = random.pick(&COUNTRIES);
    let frame = style::frame(country, &mut random);
    let style = Style::draw(country, &frame, &mut random);
    let start = random.fork();
    let paint = |total: usize| {
        let mut brush = Brush::new(&style, &frame, total);
        payslip::draw_paid(&mut brush, &mut start.again(), paid);
        brush.finish()
    };
    let drawn = paint(paint(0).pages.len());
    let employer = drawn.facts.iter().find(|(key, _)| key == "payslip.employer");
    let employer = employer.map(|(_, name)| name.clone()).unwrap_or_default();
    Payslip {
        document: container::file(&pdf::objects(&frame, &drawn.pages, MAKER), Container::Table),
        employer,
    }
}

/// One paper of a random kind.
fn draw(country: &'static design::country::Country, frame: &Frame, random: &mut Random) -> Drawn {
    let style = Style::draw(country, frame, random);
    let kind = random.between(0, 9);
    let paint = |total: usize, random: &mut Random| -> Drawn {
        let mut brush = Brush::new(&style, frame, total);
        match kind {
            0 | 1 => invoice::draw(&mut brush, random),
            2 => payslip::draw(&mut brush, random),
            3 => profit::draw(&mut brush, random),
            4 => balance_sheet::draw(&mut brush, random),
            5 => tax::draw(&mut brush, random),
            6 => identity::draw(&mut brush, random),
            7 => form::draw(&mut brush, random),
            _ => other::draw(&mut brush, random),
        };
        brush.finish()
    };
    // Twice, because the first page says how many there are.
    let start = random.fork();
    let total = paint(0, &mut start.again()).pages.len();
    paint(total, &mut start.again())
}
