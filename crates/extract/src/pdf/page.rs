//! One page: interpreted, laid out, and judged whether all of it was read.

use super::damage::is_content_damaged;
use super::device::TextDevice;
use super::fields::write_values;
use super::judgement::{Counts, HIDDEN_TEXT, Judgement, Reason, Route};
use super::reader::{self, Reading, Shelf, Unusual};
use crate::ExtractLimits;
use crate::layout::{Layout, lay_out, round};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::page::{Page as PdfPage, Rotation};
use smartexus_domain::{Finding, PAGE_FAILED, Page, PageMethod, Word};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Longest side of a page: 200 inches are the most that the format knows in its usual unit, with room for larger units.
const POINTS_MAX: f32 = 1_000_000.0;

/// A page as it was read, and what was noticed on it.
pub(super) struct PageOutcome {
    pub(super) page: Page,
    pub(super) findings: Vec<Finding>,
    /// How its words are to be had.
    #[expect(dead_code, reason = "recognition goes by the findings, which cross the pipe")]
    pub(super) route: Route,
}

impl PageOutcome {
    /// What stands in for a page on which the interpreter gave up, or that is no page.
    pub(super) fn failed(page: &PdfPage<'_>, number: u32) -> Self {
        let message = "This page could not be read: its content is damaged.";
        let findings = vec![Finding::new(PAGE_FAILED, message).on_page(number)];
        let layout = Layout { words: Vec::new(), text: String::new(), is_cut: false };
        let (hidden_words, fonts) = (Vec::new(), Vec::new());
        let account = Account {
            layout,
            hidden_words,
            unmapped_glyphs: 0,
            covered_glyphs: None,
            fonts,
            complete: false,
        };
        let page = describe(page, number, account);
        Self { page, findings, route: Route::Scan(Reason::Damaged) }
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
    let (mut reading, is_damaged) = match reader::read(page, shelf, cache, limits.glyphs_per_page) {
        Ok(reading) => (reading, false),
        Err(Unusual::TooMuch) => (Reading::too_long(), false),
        // A form on the page can be damaged, too; the engine draws what it can of it.
        Err(unusual) => {
            let is_damaged = unusual == Unusual::Stream || is_content_damaged(page);
            (interpret(page, cache, limits.glyphs_per_page), is_damaged)
        }
    };
    write_values(page, &mut reading.ink, limits.glyphs_per_page);
    let ink = &reading.ink;
    let (width, height) = (f64::from(width), f64::from(height));
    let layout = lay_out(&ink.glyphs, (width, height), limits.words_per_page);
    let hidden = lay_out(&ink.hidden_glyphs, (width, height), limits.words_per_page);
    let is_cut = layout.is_cut || hidden.is_cut;
    let (fonts_missing, counts) = (reading.fonts_missing, Counts::of(ink));
    let judgement = Judgement { number, ink, is_cut, fonts_missing, is_damaged, counts };
    let (findings, route) = (judgement.findings(), judgement.route());
    // Hidden text is nothing that should have been read; everything else noticed here is.
    let complete = findings.iter().all(|finding| finding.code == HIDDEN_TEXT);
    let account = Account {
        layout,
        hidden_words: hidden.words,
        unmapped_glyphs: ink.unmapped,
        covered_glyphs: reading.covered,
        fonts: shelf.font_names(page),
        complete,
    };
    let page = describe(page, number, account);
    shelf.take_back(reading);
    PageOutcome { page, findings, route }
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
    Reading { ink: device.canvas.ink, fonts_missing, covered: None }
}

/// What there is to say of a page, beside its size.
struct Account {
    layout: Layout,
    hidden_words: Vec<Word>,
    unmapped_glyphs: u32,
    covered_glyphs: Option<u32>,
    fonts: Vec<String>,
    complete: bool,
}

fn describe(page: &PdfPage<'_>, number: u32, account: Account) -> Page {
    let (width, height) = page.render_dimensions();
    Page {
        page: number,
        width: round(f64::from(width.min(POINTS_MAX))),
        height: round(f64::from(height.min(POINTS_MAX))),
        rotation: match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        },
        method: PageMethod::Text,
        words: account.layout.words,
        text: account.layout.text,
        hidden_words: account.hidden_words,
        unmapped_glyphs: account.unmapped_glyphs,
        covered_glyphs: account.covered_glyphs,
        fonts: account.fonts,
        complete: account.complete,
    }
}
