//! One page: interpreted, laid out, and judged whether all of it was read.

use super::GlyphText;
use super::damage::is_content_damaged;
use super::device::{Ink, TextDevice};
use crate::ExtractLimits;
use crate::layout::{Layout, lay_out, round};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::page::{Page as PdfPage, Rotation};
use smartexus_domain::{Finding, PAGE_FAILED, Page, PageMethod};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// More of a page's glyphs without a meaning than this, and its text is not to be relied on.
const UNMAPPED_PERCENT: u64 = 5;
/// More punctuation than this among the glyphs of a page is no language: a font without an encoding numbers its
/// glyphs from `!` on, and the engine takes the numbers for ASCII.
const PUNCTUATION_PERCENT: usize = 30;
/// Fewer glyphs prove nothing about a language.
const JUDGED_GLYPHS: usize = 50;
/// A page with fewer readable glyphs than this has almost no text.
const FEW_GLYPHS: usize = 16;
/// On a page with almost no text, pictures over this share of it are its content.
const PICTURE_SHARE: f64 = 0.05;
/// On a page with almost no text, so many shapes may be letters drawn as outlines.
const OUTLINE_PATHS: u32 = 40;

/// A page as it was read, and what was noticed on it.
pub(super) struct PageOutcome {
    pub(super) page: Page,
    pub(super) findings: Vec<Finding>,
}

impl PageOutcome {
    /// What stands in for a page on which the interpreter gave up.
    pub(super) fn failed(page: &PdfPage<'_>, number: u32) -> Self {
        let message = "This page could not be read: its content is damaged.";
        let findings = vec![Finding::new(PAGE_FAILED, message).on_page(number)];
        let layout = Layout { words: Vec::new(), text: String::new(), is_cut: false };
        Self { page: describe(page, number, layout, 0, false), findings }
    }
}

pub(super) fn read_page<'a>(
    page: &PdfPage<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    limits: &ExtractLimits,
) -> PageOutcome {
    let fonts_missing = Arc::new(AtomicU32::new(0));
    let ink = interpret(page, cache, limits.glyphs_per_page, &fonts_missing);
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let layout = lay_out(&ink.glyphs, (width, height), limits.words_per_page);
    let findings = Judgement {
        number,
        ink: &ink,
        is_cut: layout.is_cut,
        fonts_missing: fonts_missing.load(Ordering::Relaxed) > 0,
        is_damaged: is_content_damaged(page),
    }
    .findings();
    // Hidden text is nothing that should have been read; everything else noticed here is.
    let complete = findings.iter().all(|finding| finding.code == HIDDEN_TEXT);
    PageOutcome { page: describe(page, number, layout, ink.unmapped, complete), findings }
}

fn interpret<'a>(
    page: &PdfPage<'a>,
    cache: &InterpreterCache<'a>,
    glyph_limit: u32,
    fonts_missing: &Arc<AtomicU32>,
) -> Ink {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let counter = Arc::clone(fonts_missing);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, hayro_interpret::InterpreterWarning::UnsupportedFont) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, page.xref(), settings);
    let mut device = TextDevice::new(bounds, glyph_limit);
    interpret_page(page, &mut context, &mut device);
    device.ink
}

fn describe(page: &PdfPage<'_>, number: u32, layout: Layout, unmapped: u32, complete: bool) -> Page {
    let (width, height) = page.render_dimensions();
    Page {
        page: number,
        width: round(f64::from(width)),
        height: round(f64::from(height)),
        rotation: match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        },
        method: PageMethod::Text,
        words: layout.words,
        text: layout.text,
        unmapped_glyphs: unmapped,
        complete,
    }
}

const HIDDEN_TEXT: &str = "hidden_text";

/// The facts of a page that decide whether all of it was read.
struct Judgement<'i> {
    number: u32,
    ink: &'i Ink,
    is_cut: bool,
    fonts_missing: bool,
    is_damaged: bool,
}

impl Judgement<'_> {
    fn findings(&self) -> Vec<Finding> {
        let ink = self.ink;
        let noticed = [
            (ink.hidden > 0).then(|| {
                (
                    HIDDEN_TEXT,
                    format!("{} characters on this page cannot be seen; they were not read.", ink.hidden),
                )
            }),
            self.is_mostly_picture().then(|| {
                ("page_not_text", "This page is a picture or drawing without a text layer.".to_owned())
            }),
            self.is_gibberish().then(|| {
                (
                    "gibberish",
                    "The text of this page is no language: its font map is missing or wrong.".to_owned(),
                )
            }),
            self.is_unmapped().then(|| {
                (
                    "unmapped_text",
                    format!("The file does not say which letters {} characters are.", ink.unmapped),
                )
            }),
            self.fonts_missing.then(|| {
                ("unsupported_font", "A font of this page cannot be read; its text is missing.".to_owned())
            }),
            self.is_damaged.then(|| {
                ("content_damaged", "Part of this page is damaged; its text is missing.".to_owned())
            }),
            (ink.over_limit || self.is_cut).then(|| {
                (
                    "page_too_long",
                    "This page holds more text than the limit; the rest was left out.".to_owned(),
                )
            }),
        ];
        let on_page = |(code, message)| Finding::new(code, message).on_page(self.number);
        noticed.into_iter().flatten().map(on_page).collect()
    }

    fn is_mostly_picture(&self) -> bool {
        let ink = self.ink;
        let readable = ink.readable();
        let drawn = ink.image_share >= PICTURE_SHARE || ink.paths >= OUTLINE_PATHS;
        (readable == 0 && ink.images > 0) || (readable < FEW_GLYPHS && drawn)
    }

    fn is_gibberish(&self) -> bool {
        let readable = self.ink.readable();
        let punctuation = self.ink.glyphs.iter().filter(|glyph| is_odd_punctuation(&glyph.text)).count();
        readable >= JUDGED_GLYPHS && punctuation * 100 > readable * PUNCTUATION_PERCENT
    }

    fn is_unmapped(&self) -> bool {
        let unmapped = u64::from(self.ink.unmapped);
        let all = unmapped.saturating_add(self.ink.readable() as u64);
        unmapped.saturating_mul(100) > all.saturating_mul(UNMAPPED_PERCENT)
    }
}

/// ASCII punctuation, without the marks that fill lines, columns and masked numbers.
fn is_odd_punctuation(text: &GlyphText) -> bool {
    match text {
        GlyphText::Char(c) => c.is_ascii_punctuation() && !".,-_*=|/:".contains(*c),
        GlyphText::Space | GlyphText::Chars(_) => false,
    }
}
