//! What the way in which a page is drawn tells of how it came to be.

use super::{Glyph, GlyphText};
use crate::layout::round;
use hayro_interpret::kurbo::Rect;
use smartexus_domain::{EditMark, FontUse, PAGE_FACTS_MAX, Rect as Place};
use std::ops::Range;

/// Tags under which editors mark text that a person changed.
const EDIT_TAGS: [&[u8]; 2] = [b"TouchUp_TextEdit", b"PlaceHolder"];
/// A font with no more glyphs on a page is told of with their places.
const FEW_GLYPHS: u32 = 64;

/// Notes taken while a page is drawn. Places are indexes of its visible glyphs.
pub(super) struct Traces<F> {
    /// Each font with the first glyph drawn in it.
    fonts: Vec<(F, usize)>,
    marks: Vec<Mark>,
    /// How many glyphs there were at the end of each content stream.
    streams: Vec<usize>,
    /// Tags of the marked content that is open.
    open: Vec<Option<u32>>,
    /// Each tag with the first glyph that it holds.
    tags: Vec<(Option<u32>, usize)>,
}

struct Mark {
    tag: &'static [u8],
    first: usize,
    /// `None` while its text object goes on.
    end: Option<usize>,
}

impl<F> Default for Traces<F> {
    fn default() -> Self {
        Self { fonts: Vec::new(), marks: Vec::new(), streams: Vec::new(), open: Vec::new(), tags: Vec::new() }
    }
}

impl<F: Copy + PartialEq> Traces<F> {
    pub(super) fn font(&mut self, font: F, glyphs: usize) {
        if self.fonts.last().is_none_or(|(last, _)| *last != font) {
            self.fonts.push((font, glyphs));
        }
    }

    /// Marked content, or a marked point.
    pub(super) fn mark(&mut self, tag: &[u8], glyphs: usize) {
        let known = edit_tag(tag).filter(|_| self.marks.len() < PAGE_FACTS_MAX);
        self.marks.extend(known.map(|tag| Mark { tag, first: glyphs, end: None }));
    }

    /// A text object ends, and with it what was marked.
    pub(super) fn end_text(&mut self, glyphs: usize) {
        for mark in self.marks.iter_mut().rev().take_while(|mark| mark.end.is_none()) {
            mark.end = Some(glyphs);
        }
    }

    /// Marked content, with the tag by which the structure of the document knows it, or that around it.
    pub(super) fn open(&mut self, tag: Option<u32>, glyphs: usize) {
        let tag = tag.or(self.open.last().copied().flatten());
        self.open.push(tag);
        self.tag(tag, glyphs);
    }

    pub(super) fn close(&mut self, glyphs: usize) {
        self.open.pop();
        self.tag(self.open.last().copied().flatten(), glyphs);
    }

    fn tag(&mut self, tag: Option<u32>, glyphs: usize) {
        match self.tags.last_mut() {
            Some((last, _)) if *last == tag => {}
            Some((last, first)) if *first == glyphs => *last = tag,
            None if tag.is_none() => {}
            _ => self.tags.push((tag, glyphs)),
        }
    }

    pub(super) fn into_tags(self) -> Tagging {
        Tagging(self.tags)
    }

    pub(super) fn end_stream(&mut self, glyphs: usize) {
        self.streams.push(glyphs);
    }

    pub(super) fn edit_marks(&self, glyphs: &[Glyph]) -> Vec<EditMark> {
        let told = |mark: &Mark| {
            let own = glyphs.get(mark.first..mark.end.unwrap_or(glyphs.len())).unwrap_or_default();
            told(mark.tag, around(own))
        };
        self.marks.iter().map(told).collect()
    }

    /// Where there are several fonts. `name` is what a font is called.
    pub(super) fn font_uses(&self, glyphs: &[Glyph], name: impl Fn(F) -> String) -> Vec<FontUse> {
        let mut uses: Vec<(F, u32, Vec<Range<usize>>)> = Vec::new();
        if self.fonts.len() < 2 {
            return Vec::new();
        }
        let ends = self.fonts.iter().skip(1).map(|(_, first)| *first).chain([glyphs.len()]);
        for ((font, first), end) in self.fonts.iter().zip(ends) {
            let count = inked(glyphs.get(*first..end).unwrap_or_default());
            if count == 0 {
                continue;
            }
            if !uses.iter().any(|(known, ..)| known == font) && uses.len() < PAGE_FACTS_MAX {
                uses.push((*font, 0, Vec::new()));
            }
            if let Some((_, glyphs, runs)) = uses.iter_mut().find(|(known, ..)| known == font) {
                *glyphs = glyphs.saturating_add(count);
                if *glyphs <= FEW_GLYPHS {
                    runs.push(*first..end);
                }
            }
        }
        if uses.len() < 2 {
            return Vec::new();
        }
        let told = |(font, count, runs): (F, u32, Vec<Range<usize>>)| {
            let runs = if count <= FEW_GLYPHS { runs } else { Vec::new() };
            let boxes = runs.into_iter().filter_map(|run| around(glyphs.get(run)?)).collect();
            FontUse { font: name(font), glyphs: count, boxes }
        };
        uses.into_iter().map(told).collect()
    }

    /// Where there are several streams.
    pub(super) fn stream_glyphs(&self, glyphs: &[Glyph]) -> Vec<u32> {
        if self.streams.len() < 2 {
            return Vec::new();
        }
        let starts = std::iter::once(0).chain(self.streams.iter().copied());
        let runs = starts.zip(&self.streams).take(PAGE_FACTS_MAX);
        runs.map(|(first, end)| inked(glyphs.get(first..*end).unwrap_or_default())).collect()
    }
}

/// Each tag with the first glyph that it holds, in ascending order of these.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tagging(Vec<(Option<u32>, usize)>);

impl Tagging {
    /// By each of these glyphs, its tag; nothing where there are no tags at all.
    pub(super) fn of(&self, glyphs: &[usize]) -> Vec<Option<u32>> {
        let tag = |glyph: &usize| {
            let after = self.0.partition_point(|(_, first)| first <= glyph);
            self.0.get(after.checked_sub(1)?)?.0
        };
        if self.0.is_empty() { Vec::new() } else { glyphs.iter().map(tag).collect() }
    }
}

/// The mark of an editor, where the tag is one; without its place.
pub(super) fn edit_mark(tag: &[u8]) -> Option<EditMark> {
    edit_tag(tag).map(|tag| told(tag, None))
}

fn edit_tag(tag: &[u8]) -> Option<&'static [u8]> {
    EDIT_TAGS.into_iter().find(|known| *known == tag)
}

fn told(tag: &[u8], bounds: Option<Place>) -> EditMark {
    EditMark { tag: String::from_utf8_lossy(tag).into_owned(), bounds }
}

/// How many glyphs are no blanks.
fn inked(glyphs: &[Glyph]) -> u32 {
    let count = glyphs.iter().filter(|glyph| !matches!(glyph.text, GlyphText::Space)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The box around glyphs, blanks left out.
fn around(glyphs: &[Glyph]) -> Option<Place> {
    let inked = glyphs.iter().filter(|glyph| !matches!(glyph.text, GlyphText::Space));
    inked.map(Glyph::bounds).reduce(|all, one| all.union(one)).map(place)
}

/// A box as facts tell it, rounded as it will be printed.
pub(super) fn place(bounds: Rect) -> Place {
    Place::from([bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(round))
}
