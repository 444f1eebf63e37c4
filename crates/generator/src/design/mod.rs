//! Designs of statements drawn from a seed: thousands of layouts that nobody has looked at.
//!
//! `tongue` has the words of seven languages, `country` the usual notations, `axes` what a design may be, `draw` which
//! combinations there are, `story` what happened on the accounts; `columns`, `press`, `table`, `ends` and `extras` print it.

mod axes;
pub(crate) mod calendar;
mod columns;
pub(crate) mod country;
mod draw;
mod ends;
mod extras;
pub(crate) mod figure;
mod mutation;
pub(crate) mod names;
mod press;
mod sheet;
mod story;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod tongue;
mod voice;

use crate::book::Book;
use crate::canvas::{Canvas, DrawnPage};
use crate::case;
use crate::container;
use crate::font::Family;
use crate::pdf::{self, Frame, Maker};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth, Truth};
use axes::{Axes, DateShow, Ends, PeriodStyle, Product};
use columns::{Cell, Plan};

/// Programs that do not exist.
const MAKERS: [Maker; 3] = [
    Maker { producer: "Foliant Composer 4.2", creator: "Core Statement Run", created: "D:20260401060000Z" },
    Maker { producer: "Sheetwright 11", creator: "Ledger Print Service", created: "D:20260402071500Z" },
    Maker { producer: "Quillset PDF 2.0", creator: "Online Banking", created: "D:20260403103000Z" },
];

/// Numbers that decide about colors come from elsewhere, so that all else of a seed stays what it was.
const COLORS: u64 = 0x00c0_1085;

/// A document that was drawn from a seed, and what it says.
#[derive(Debug, Clone)]
pub struct Design {
    /// The bytes of a PDF.
    pub document: Vec<u8>,
    /// `truth.json` of a fixture.
    pub truth: String,
    /// `words.json` of a fixture.
    pub words: String,
    /// Each axis and the value that was drawn for it.
    pub axes: Vec<(&'static str, &'static str)>,
    /// What was changed in the figures; none in an honest document.
    pub change: Option<String>,
}

/// The honest document of a seed. The same seed gives the same bytes.
#[must_use]
pub fn make(seed: u64) -> Design {
    let draft = Draft::new(seed);
    let truth = draft.truth(&draft.books);
    draft.print(&draft.books, truth, None)
}

/// The document of a seed in which one printed figure or row is another. `None` where there is nothing to change.
#[must_use]
pub fn mutant(seed: u64, chance: u64) -> Option<Design> {
    let draft = Draft::new(seed);
    let mut books = draft.books.clone();
    let change = mutation::apply(&draft.axes, &mut books, &mut Random::new(chance))?;
    let mut truth = draft.truth(&books);
    if let Some(statement) = truth.get_mut(change.account) {
        *statement = statement.clone().expecting(change.expect);
    }
    Some(draft.print(&books, truth, Some(change.what)))
}

/// A drawn document before it becomes a file, for those who change it.
pub(crate) struct Drawn {
    pub(crate) frame: Frame,
    pub(crate) pages: Vec<DrawnPage>,
    pub(crate) books: Vec<Book>,
    /// The whole line of a table is one string.
    pub(crate) is_line_printed: bool,
    /// Every row has its balance.
    pub(crate) has_chain: bool,
    /// Every row has its day.
    pub(crate) has_days: bool,
    /// The period is printed.
    pub(crate) has_period: bool,
}

/// The document of a seed, printed from books that were changed.
pub(crate) fn drawn(seed: u64, change: impl FnOnce(&mut [Book])) -> Drawn {
    let draft = Draft::new(seed);
    let mut books = draft.books.clone();
    change(&mut books);
    let (frame, pages) = draft.pages(&books);
    Drawn {
        frame,
        pages,
        is_line_printed: draft.axes.line_printer,
        has_chain: draft.axes.balances == Balances::Every && draft.axes.ends == Ends::Both,
        has_days: draft.axes.date_show == DateShow::Every,
        has_period: draft.axes.period != PeriodStyle::None,
        books: draft.books,
    }
}

/// The pages of a statement that stand in a file with other papers.
pub(crate) struct Part {
    pub(crate) frame: Frame,
    pub(crate) country: &'static country::Country,
    pub(crate) kind: &'static str,
    pub(crate) pages: Vec<DrawnPage>,
    pub(crate) statements: Vec<StatementTruth>,
}

/// The first upright statement in a font with every letter, from a seed on.
pub(crate) fn part(seed: u64) -> Part {
    let fits = |axes: &Axes| {
        let has_letters = matches!(axes.family, Family::Helvetica | Family::Times | Family::Courier);
        has_letters && !axes.landscape && !axes.turned && !axes.line_printer
    };
    let mut draft = Draft::new(seed);
    let mut next = seed;
    while !fits(&draft.axes) || draft.books.iter().all(|book| book.entries.is_empty()) {
        next = next.wrapping_add(7_919);
        draft = Draft::new(next);
    }
    let total = sheet::draw(&draft.axes, &draft.plan, &draft.books, 0).finish().len();
    let canvas = sheet::draw(&draft.axes, &draft.plan, &draft.books, total);
    let frame =
        Frame { width: canvas.width, height: canvas.height, turned: canvas.turned, family: canvas.family };
    let kind = if draft.axes.product == Product::Card { "card_statement" } else { "bank_statement" };
    let statements = draft.truth(&draft.books);
    Part { frame, country: draft.axes.country, kind, pages: canvas.finish(), statements }
}

/// What a seed decides.
struct Draft {
    axes: Axes,
    plan: Plan,
    books: Vec<Book>,
    maker: Maker,
}

impl Draft {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut axes = draw::axes(&mut random);
        draw::in_colors(&mut axes, &mut Random::new(seed ^ COLORS));
        let mut books = story::books(&axes, &mut random);
        let maker = *random.pick(&MAKERS);
        let plan = columns::plan(&axes, &canvas(&axes, 0), &books);
        // Columns that found no room are not there.
        axes.value_column = plan.column(Cell::Value).is_some();
        axes.kind_column = plan.column(Cell::Kind).is_some();
        axes.reference_column = plan.column(Cell::Reference).is_some();
        if !axes.reference_column {
            books.iter_mut().flat_map(|book| &mut book.entries).for_each(|entry| entry.reference = None);
        }
        Self { axes, plan, books, maker }
    }

    fn shows(&self) -> Shows {
        Shows {
            opening: self.axes.ends == Ends::Both,
            closing: self.axes.ends != Ends::None,
            totals: self.axes.totals || self.axes.total_row,
            value_dates: self.axes.value_column,
            balances: self.axes.balances,
        }
    }

    fn truth(&self, books: &[Book]) -> Vec<StatementTruth> {
        let mut shows = self.shows();
        let truth = |book: &Book| {
            // A chain needs a row.
            if book.entries.is_empty() && shows.balances == Balances::Every {
                shows.balances = Balances::None;
            }
            let truth = StatementTruth::new(book, shows, "text");
            if self.axes.period == PeriodStyle::None { truth.without_period() } else { truth }
        };
        books.iter().map(truth).collect()
    }

    fn pages(&self, books: &[Book]) -> (Frame, Vec<DrawnPage>) {
        let total = sheet::draw(&self.axes, &self.plan, books, 0).finish().len();
        let canvas = sheet::draw(&self.axes, &self.plan, books, total);
        let (width, height, turned, family) = (canvas.width, canvas.height, canvas.turned, canvas.family);
        (Frame { width, height, turned, family }, canvas.finish())
    }

    fn print(&self, books: &[Book], statements: Vec<StatementTruth>, change: Option<String>) -> Design {
        let (frame, pages) = self.pages(books);
        let document = container::file(&pdf::objects(&frame, &pages, self.maker), self.axes.container);
        let kind = if self.axes.product == Product::Card { "card_statement" } else { "bank_statement" };
        let mut axes = self.axes.named();
        axes.push(("pages", page_count(&pages)));
        Design {
            document,
            truth: text(case::json(&Truth { kind, statements })),
            words: text(case::words(&frame, &pages)),
            axes,
            change,
        }
    }
}

fn page_count(pages: &[DrawnPage]) -> &'static str {
    match pages.len() {
        0 | 1 => "1",
        2 => "2",
        3 | 4 => "3-4",
        _ => "5 and more",
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// An empty document in the format of the design.
fn canvas(axes: &Axes, total: usize) -> Canvas {
    let (width, height) = axes.country.paper;
    let paper = if axes.landscape { (height, width) } else { (width, height) };
    let mut canvas = Canvas::new(paper, axes.family, axes.strokes, total);
    canvas.turned = axes.turned;
    canvas
}
