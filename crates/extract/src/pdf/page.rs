//! One page: interpreted, laid out, and judged whether all of it was read.

use super::annotations::annotations;
use super::damage::is_content_damaged;
use super::device::TextDevice;
use super::fields;
use super::judgement::{Counts, HIDDEN_TEXT, Judgement};
use super::overlay::overlays;
use super::reader::{self, Reading, Shelf, Unusual};
use super::tagged::Tags;
use super::traces::edit_mark;
use crate::ExtractLimits;
use crate::layout::{Layout, lay_out, round};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::object::{Dict, Name, Object};
use hayro_syntax::page::{Page as PdfPage, Rotation};
use smartexus_domain::{
    EditMark, Finding, PAGE_FACTS_MAX, PAGE_FAILED, Page, PageFacts, PageMethod, PageRoute, Rect as Place,
    Word,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// No name of a program is longer; a longer one is cut.
const NAME_CHARS: usize = 128;
/// Longest side of a page: 200 inches are the most that the format knows in its usual unit, with room for larger units.
const POINTS_MAX: f32 = 1_000_000.0;

/// A page as it was read, and what was noticed on it.
pub(super) struct PageOutcome {
    pub(super) page: Page,
    pub(super) findings: Vec<Finding>,
    /// Where its glyphs without a meaning stand.
    pub(super) gaps: Vec<Place>,
    /// Where its words may be read in another order.
    pub(super) tags: Option<Tags>,
    /// The interpreter gave up on it.
    pub(super) is_failed: bool,
}

impl PageOutcome {
    /// What stands in for a page on which the interpreter gave up, or that is no page.
    pub(super) fn failed(page: &PdfPage<'_>, number: u32) -> Self {
        let message = "This page could not be read: its content is damaged.";
        let findings = vec![Finding::new(PAGE_FAILED, message).on_page(number)];
        let layout = Layout::default();
        let (hidden_words, fonts) = (Vec::new(), Vec::new());
        let account = Account {
            layout,
            route: PageRoute::Text,
            hidden_words,
            unmapped_glyphs: 0,
            covered_glyphs: None,
            facts: PageFacts::default(),
            fonts,
            complete: false,
        };
        let page = describe(page, number, account);
        Self { page, findings, gaps: Vec::new(), tags: None, is_failed: true }
    }
}

pub(super) fn read_page<'a>(
    page: &PdfPage<'a>,
    number: u32,
    shelf: &mut Shelf<'a>,
    cache: &InterpreterCache<'a>,
    limits: &ExtractLimits,
) -> PageOutcome {
    let (width, height) = page.render_dimensions();
    if width.max(height) > POINTS_MAX {
        return PageOutcome::failed(page, number);
    }
    let (mut reading, is_damaged) = match reader::read(page, shelf, cache, limits) {
        Ok(reading) => (reading, false),
        Err(Unusual::TooMuch) => (Reading::too_long(), false),
        // A form on the page can be damaged, too; the engine draws what it can of it.
        Err(unusual) => {
            let is_damaged = unusual == Unusual::Stream || is_content_damaged(page);
            (interpret(page, cache, limits.glyphs_per_page), is_damaged)
        }
    };
    fields::write_values(page, &mut reading.ink, limits.glyphs_per_page);
    let ink = &reading.ink;
    let (width, height) = (f64::from(width), f64::from(height));
    let layout = lay_out(&ink.glyphs, (width, height), limits.words_per_page);
    let hidden = lay_out(&ink.hidden_glyphs, (width, height), limits.words_per_page);
    let is_cut = layout.is_cut || hidden.is_cut;
    let (fonts_missing, counts) = (reading.fonts_missing, Counts::of(ink));
    let covered = reading.covered;
    let judgement = Judgement { number, ink, is_cut, fonts_missing, is_damaged, covered, counts };
    let (findings, route) = (judgement.findings(), judgement.route());
    let gaps = ink.gaps.iter().map(|gap| Place::from([gap.x0, gap.y0, gap.x1, gap.y1])).collect();
    // Hidden text is nothing that should have been read; everything else noticed here is.
    let complete = findings.iter().all(|finding| finding.code == HIDDEN_TEXT);
    let tags = Tags::of(page.raw().obj_id(), reading.tags.of(&layout.first_glyphs));
    let mut facts = std::mem::take(&mut reading.facts);
    facts.private_data = private_data(page);
    facts.annotations = annotations(page, ink.glyphs.get(..reading.own_glyphs).unwrap_or_default());
    facts.form_fields = fields::count(page);
    let account = Account {
        layout,
        route,
        hidden_words: hidden.words,
        unmapped_glyphs: ink.unmapped,
        covered_glyphs: covered,
        facts,
        fonts: shelf.font_names(page),
        complete,
    };
    let page = describe(page, number, account);
    shelf.take_back(reading);
    PageOutcome { page, findings, gaps, tags, is_failed: false }
}

/// Reads a page with the engine.
pub(super) fn interpret<'a>(page: &PdfPage<'a>, cache: &InterpreterCache<'a>, glyph_limit: u32) -> Reading {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let fonts_missing = Arc::new(AtomicBool::new(false));
    let noticed = Arc::clone(&fonts_missing);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, hayro_interpret::InterpreterWarning::UnsupportedFont) {
                noticed.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, page.xref(), settings);
    let mut device = TextDevice::new(bounds, glyph_limit);
    interpret_page(page, &mut context, &mut device);
    let fonts_missing = fonts_missing.load(Ordering::Relaxed);
    let pictures = device.canvas.take_pictures();
    let facts = PageFacts {
        edit_marks: edit_marks(page),
        overlays: overlays(&device.canvas.ink.glyphs),
        pictures,
        ..PageFacts::default()
    };
    Reading { ink: device.canvas.ink, fonts_missing, facts, ..Reading::default() }
}

/// The marks of editors, without their places, which only the reader knows.
fn edit_marks(page: &PdfPage<'_>) -> Vec<EditMark> {
    let mut operations = page.operations();
    let mut marks = Vec::new();
    while let Some(operation) = operations.next() {
        if matches!(operation.operator.as_ref(), b"MP" | b"DP" | b"BMC" | b"BDC")
            && let Some(Object::Name(tag)) = operation.operands().next()
        {
            marks.extend(edit_mark(tag));
        }
    }
    marks.truncate(PAGE_FACTS_MAX);
    marks
}

/// What programs call the data that they left with the page for themselves.
fn private_data(page: &PdfPage<'_>) -> Vec<String> {
    let Some(pieces) = page.raw().get::<Dict<'_>>(b"PieceInfo") else { return Vec::new() };
    let name = |name: Name<'_>| name.as_str().chars().take(NAME_CHARS).collect();
    let mut names: Vec<String> = pieces.keys().map(name).collect();
    names.sort_unstable();
    names.truncate(PAGE_FACTS_MAX);
    names
}

/// What there is to say of a page, beside its size.
struct Account {
    layout: Layout,
    route: PageRoute,
    hidden_words: Vec<Word>,
    unmapped_glyphs: u32,
    covered_glyphs: Option<u32>,
    facts: PageFacts,
    fonts: Vec<String>,
    complete: bool,
}

/// Degrees clockwise.
pub(crate) fn rotation_of(page: &PdfPage<'_>) -> u16 {
    match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    }
}

fn describe(page: &PdfPage<'_>, number: u32, account: Account) -> Page {
    let (width, height) = page.render_dimensions();
    Page {
        page: number,
        width: round(f64::from(width.min(POINTS_MAX))),
        height: round(f64::from(height.min(POINTS_MAX))),
        rotation: rotation_of(page),
        method: PageMethod::Text,
        route: account.route,
        words: account.layout.words,
        text: account.layout.text,
        hidden_words: account.hidden_words,
        unmapped_glyphs: account.unmapped_glyphs,
        covered_glyphs: account.covered_glyphs,
        facts: account.facts,
        fonts: account.fonts,
        complete: account.complete,
    }
}
