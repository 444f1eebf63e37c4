//! A page, read from its first operator to its last.

use super::Unusual;
use super::color::Colors;
use super::content::Unpacker;
use super::font::{Chosen, Fonts, Found};
use super::layers::{Layers, LayersOff};
use super::lexer::Lexer;
use super::names::Names;
use super::path::{Clip, Path};
use super::show::Run;
use super::state::States;
use crate::ExtractLimits;
use crate::pdf::Glyph;
use crate::pdf::canvas::{Canvas, Ink};
use crate::pdf::overlay::overlays;
use crate::pdf::traces::{Tagging, Traces};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{InterpreterCache, TransformExt};
use hayro_syntax::object::Dict;
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::xref::XRef;
use smartexus_domain::PageFacts;

/// What pages share.
#[derive(Default)]
pub(in crate::pdf) struct Shelf<'p> {
    pub(super) fonts: Fonts<'p>,
    unpacker: Unpacker,
    layers_off: Option<LayersOff>,
    /// Room for the glyphs of the next page.
    glyphs: Vec<Glyph>,
    /// Unpacked content, one buffer for each form within a form.
    buffers: Vec<Vec<u8>>,
}

impl<'p> Shelf<'p> {
    /// Takes back a page that is laid out.
    pub(in crate::pdf) fn take_back(&mut self, mut reading: Reading) {
        reading.ink.glyphs.clear();
        self.glyphs = reading.ink.glyphs;
    }

    /// What the fonts among the resources of a page are called.
    pub(in crate::pdf) fn font_names(&mut self, page: &Page<'p>) -> Vec<String> {
        self.fonts.names(&page.resources().fonts)
    }
}

/// What was read of a page.
#[derive(Debug, Default, PartialEq)]
pub(in crate::pdf) struct Reading {
    pub(in crate::pdf) ink: Ink,
    /// A font of the page cannot be read.
    pub(in crate::pdf) fonts_missing: bool,
    /// Visible glyphs that are covered; `None` where that was not looked into.
    pub(in crate::pdf) covered: Option<u32>,
    pub(in crate::pdf) facts: PageFacts,
    /// Glyphs drawn before those of annotations; 0 where that is not known.
    pub(in crate::pdf) own_glyphs: usize,
    /// Tags by which the structure of the document knows pieces of content.
    pub(in crate::pdf) tags: Tagging,
}

impl Reading {
    /// Of a page with more content than is looked at.
    pub(in crate::pdf) fn too_long() -> Self {
        Self { ink: Ink { over_limit: true, ..Ink::default() }, ..Self::default() }
    }
}

/// Reads the page, or says why it is one for the engine.
pub(in crate::pdf) fn read<'p>(
    page: &Page<'p>,
    shelf: &mut Shelf<'p>,
    cache: &InterpreterCache<'p>,
    limits: &ExtractLimits,
) -> Result<Reading, Unusual> {
    shelf.fonts.tidy();
    shelf.unpacker.keep_to(usize::try_from(limits.content_bytes_per_page).unwrap_or(usize::MAX));
    let mut content = shelf.buffers.pop().unwrap_or_default();
    let mut ends = Vec::new();
    let outcome = shelf.unpacker.page(page, &mut content, &mut ends).and_then(|()| {
        let mut reader = Reader::new(page, shelf, cache, limits);
        reader.read_parts(&content, &ends)?;
        let own_glyphs = reader.canvas.ink.glyphs.len();
        reader.annotations(page)?;
        Ok(Reading { own_glyphs, ..reader.into_reading() })
    });
    shelf.buffers.push(content);
    outcome
}

/// Reads one page.
pub(super) struct Reader<'r, 'p> {
    pub(super) canvas: Canvas,
    pub(super) states: States,
    pub(super) clips: Vec<Clip>,
    pub(super) layers: Layers,
    pub(super) path: Path,
    pub(super) run: Run,
    pub(super) traces: Traces<Chosen>,
    pub(super) colors: Colors,
    pub(super) names: Names<'p>,
    pub(super) fonts: &'r mut Fonts<'p>,
    pub(super) unpacker: &'r mut Unpacker,
    pub(super) buffers: &'r mut Vec<Vec<u8>>,
    pub(super) cache: &'r InterpreterCache<'p>,
    pub(super) xref: &'p XRef,
    /// Of the page, then of each form met.
    pub(super) resources: Vec<Resources<'p>>,
    pub(super) fonts_missing: bool,
    /// How many forms are open.
    pub(super) depth: u32,
    pub(super) deepest_form: u32,
    pub(super) forms: u32,
}

impl<'r, 'p> Reader<'r, 'p> {
    fn new(
        page: &Page<'p>,
        shelf: &'r mut Shelf<'p>,
        cache: &'r InterpreterCache<'p>,
        limits: &ExtractLimits,
    ) -> Self {
        let layers_off = shelf.layers_off.get_or_insert_with(|| LayersOff::of(page.xref()));
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Self {
            canvas: Canvas::new(bounds, limits.glyphs_per_page).with_room(std::mem::take(&mut shelf.glyphs)),
            states: States::new(page.initial_transform(true).to_kurbo()),
            clips: Vec::new(),
            layers: Layers::new(layers_off.clone()),
            path: Path::default(),
            run: Run::default(),
            traces: Traces::default(),
            colors: Colors::default(),
            names: Names::default(),
            fonts: &mut shelf.fonts,
            unpacker: &mut shelf.unpacker,
            buffers: &mut shelf.buffers,
            cache,
            xref: page.xref(),
            resources: vec![page.resources().clone()],
            fonts_missing: false,
            depth: 0,
            deepest_form: limits.forms_nested,
            forms: 0,
        }
    }

    /// Reads the content of a page and notes what each of its parts draws.
    fn read_parts(&mut self, content: &[u8], ends: &[usize]) -> Result<(), Unusual> {
        let [_, _, ..] = ends else { return self.read_stream(content, 0) };
        let mut left = ends.iter().peekable();
        self.read_each(content, 0, |reader, at| {
            while left.next_if(|end| **end < at).is_some() {
                reader.traces.end_stream(reader.canvas.ink.glyphs.len());
            }
        })?;
        left.for_each(|_| self.traces.end_stream(self.canvas.ink.glyphs.len()));
        Ok(())
    }

    fn into_reading(mut self) -> Reading {
        let (covered, covers, pictures) =
            (self.canvas.covered(), self.canvas.covers(), self.canvas.take_pictures());
        let (ink, fonts) = (self.canvas.ink, &self.fonts);
        let facts = PageFacts {
            edit_marks: self.traces.edit_marks(&ink.glyphs),
            covers,
            font_uses: self.traces.font_uses(&ink.glyphs, |font| fonts.name(font)),
            stream_glyphs: self.traces.stream_glyphs(&ink.glyphs),
            overlays: overlays(&ink.glyphs),
            pictures,
            ..PageFacts::default()
        };
        let tags = self.traces.into_tags();
        Reading { ink, fonts_missing: self.fonts_missing, covered, facts, own_glyphs: 0, tags }
    }

    /// Reads a content stream and leaves the graphics state as it was.
    pub(super) fn read_stream(&mut self, content: &[u8], resources: usize) -> Result<(), Unusual> {
        self.read_each(content, resources, |_, _| {})
    }

    /// Before each operation `before` is told how much has been read, the operation included.
    fn read_each(
        &mut self,
        content: &[u8],
        resources: usize,
        mut before: impl FnMut(&mut Self, usize),
    ) -> Result<(), Unusual> {
        let depth = self.states.depth();
        self.states.save(self.clips.len())?;
        let mut lexer = Lexer::new(content);
        while let Some(operation) = lexer.next()? {
            before(self, content.len().saturating_sub(lexer.rest.len()));
            self.operate(operation, &mut lexer, resources)?;
        }
        self.path.clear();
        while self.states.depth() > depth {
            self.restore();
        }
        Ok(())
    }

    /// `Q`, with the clips set since its `q`.
    pub(super) fn restore(&mut self) {
        let Some(clips) = self.states.restore() else { return };
        while self.clips.len() > clips {
            if self.clips.pop().is_some_and(|clip| clip.left.is_some()) {
                self.canvas.pop_clip();
            }
        }
    }

    /// The font of this name, or what viewers take for it.
    pub(super) fn font_named(&mut self, resources: usize, name: &[u8]) -> Option<Chosen> {
        if let Some(known) = self.names.font(resources, name) {
            return self.found(known);
        }
        let fonts = &self.resources.get(resources)?.fonts;
        let Some(found) = self.fonts.named(fonts, name) else { return self.fonts.substitute() };
        self.names.keep_font(resources, name, found);
        self.found(found)
    }

    pub(super) fn font_described(&mut self, dict: &Dict<'p>) -> Option<Chosen> {
        let found = self.fonts.described(dict);
        self.found(found)
    }

    fn found(&mut self, found: Found) -> Option<Chosen> {
        match found {
            Found::Font(chosen) => Some(chosen),
            Found::Unsupported => {
                self.fonts_missing = true;
                self.fonts.substitute()
            }
        }
    }
}
