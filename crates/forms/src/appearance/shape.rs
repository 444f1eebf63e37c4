//! From words to glyphs: the direction of each stretch (Unicode Standard Annex 9), a font for each letter, and the shapes
//! that letters take beside each other (OpenType).

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::embedded::Embedded;
use super::line::{Glyph, Line, Run};
use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, UnicodeBuffer};
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_bidi::{Direction as Base, Level, ParagraphBidiInfo, get_base_direction_full};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// Which way a paragraph runs: as its first letter does, and to the right if it has none.
pub(super) fn runs_leftward(text: &str) -> bool {
    get_base_direction_full(text) == Base::Rtl
}

/// A line of a paragraph that runs leftward or not; `None` if a character has no glyph in any font.
pub(super) fn shape(embedded: &Embedded, text: &str, leftward: bool) -> Option<Line> {
    let mut line = Line { text: text.to_owned(), is_told: true, ..Line::default() };
    if text.is_empty() {
        return Some(line);
    }
    let base = if leftward { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(base));
    let (levels, stretches) = info.visual_runs(0..text.len());
    for stretch in stretches {
        let is_leftward = levels.get(stretch.start).is_some_and(Level::is_rtl);
        let mut parts = in_fonts(embedded, text, stretch)?;
        if is_leftward {
            parts.reverse();
        }
        for (program, part) in parts {
            let words = text.get(part)?;
            let glyphs = glyphs(embedded, program, words, is_leftward, &mut line)?;
            line.is_told &= is_told_by(&glyphs, words, is_leftward);
            line.runs.push(Run::Shaped { program, glyphs });
        }
    }
    Some(line)
}

/// What a reader takes for characters, from left to right as they are seen.
pub(super) fn characters_as_seen(text: &str, leftward: bool) -> Vec<&str> {
    if text.is_empty() {
        return Vec::new();
    }
    let base = if leftward { Level::rtl() } else { Level::ltr() };
    let (levels, stretches) = ParagraphBidiInfo::new(text, Some(base)).visual_runs(0..text.len());
    let mut seen = Vec::new();
    for stretch in stretches {
        let is_leftward = levels.get(stretch.start).is_some_and(Level::is_rtl);
        let mut characters: Vec<&str> = text.get(stretch).unwrap_or_default().graphemes(true).collect();
        if is_leftward {
            characters.reverse();
        }
        seen.extend(characters);
    }
    seen
}

/// The glyphs say the words by themselves: readers know that what runs leftward begins at the right and that its brackets
/// are turned. Characters without a picture are not missed.
fn is_told_by(glyphs: &[Glyph], words: &str, leftward: bool) -> bool {
    let texts = glyphs.iter().map(|glyph| glyph.text.as_str());
    let told: String = if leftward { texts.rev().collect() } else { texts.collect() };
    let wanted = words.chars().filter(|c| !is_ignorable(*c));
    told.chars().eq(wanted.map(|c| if leftward { turned(c) } else { c }))
}

/// A bracket as it is drawn in words that run leftward.
fn turned(c: char) -> char {
    let pairs = ["()", "[]", "{}", "<>", "«»", "‹›"];
    let other = pairs.iter().find_map(|pair| match pair.chars().collect::<Vec<char>>()[..] {
        [open, close] if open == c => Some(close),
        [open, close] if close == c => Some(open),
        _ => None,
    });
    other.unwrap_or(c)
}

/// The parts of a stretch by the font that shows them, in the order of the characters.
fn in_fonts(embedded: &Embedded, text: &str, stretch: Range<usize>) -> Option<Vec<(usize, Range<usize>)>> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, c) in text.get(stretch.clone())?.char_indices() {
        let range = stretch.start + at..stretch.start + at + c.len_utf8();
        let last = parts.last_mut();
        // Blanks, digits and marks take the font of the letters that they stand behind.
        let joins = matches!(c.script(), Script::Common | Script::Inherited);
        if let Some((program, part)) = last
            && (is_ignorable(c) || (joins && embedded.has(*program, c)))
        {
            part.end = range.end;
            continue;
        }
        let program = if is_ignorable(c) { 0 } else { embedded.program_with(c)? };
        match parts.last_mut() {
            Some((same, part)) if *same == program => part.end = range.end,
            _ => parts.push((program, range)),
        }
    }
    Some(parts)
}

/// Characters without a picture: joiners, marks of direction, selectors of variants.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The glyphs of words in one font and one direction, from left to right; the line grows by them.
fn glyphs(
    embedded: &Embedded,
    program: usize,
    words: &str,
    leftward: bool,
    line: &mut Line,
) -> Option<Vec<Glyph>> {
    let face = embedded.face(program)?;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.set_direction(if leftward { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let scale = 1.0 / f32::from(u16::try_from(face.units_per_em()).ok()?.max(1));
    #[expect(clippy::cast_precision_loss, reason = "units of a font, far below 2^24")]
    let em = |units: i32| units as f32 * scale;

    let mut starts: Vec<usize> = shaped.glyph_infos().iter().filter_map(|g| cluster(g.cluster)).collect();
    starts.push(words.len());
    starts.sort_unstable();
    starts.dedup();
    let sizes = shaped.glyph_infos().iter().map(|info| info.cluster);
    let sizes = sizes.fold(BTreeMap::<u32, usize>::new(), |mut sizes, cluster| {
        *sizes.entry(cluster).or_default() += 1;
        sizes
    });
    let mut left: BTreeMap<u32, String> = BTreeMap::new();
    let (mut clusters, mut glyphs) = (Vec::new(), Vec::with_capacity(shaped.len()));
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let start = cluster(info.cluster)?;
        let end = *starts.get(starts.partition_point(|end| *end <= start))?;
        let id = u16::try_from(info.glyph_id).ok()?;
        let text = words.get(start..end)?;
        if text.chars().all(is_ignorable) {
            continue;
        }
        if id == 0 {
            return None;
        }
        let glyph = GlyphId(id);
        let offset = [em(position.x_offset), em(position.y_offset)];
        if let Some(bounds) = face.glyph_bounding_box(glyph) {
            line.ascent = line.ascent.max(f32::from(bounds.y_max) * scale + offset[1]);
            line.descent = line.descent.max(-(f32::from(bounds.y_min) * scale + offset[1]));
        }
        let advance = em(position.x_advance);
        line.width += advance;
        let left = left.entry(info.cluster).or_insert_with(|| text.to_owned());
        let is_alone = sizes.get(&info.cluster) == Some(&1);
        clusters.push(info.cluster);
        glyphs.push(Glyph {
            id,
            text: match is_alone {
                true if leftward => std::mem::take(left).chars().map(turned).collect(),
                true => std::mem::take(left),
                false => own_character(face, glyph, left),
            },
            advance,
            natural: f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale,
            offset,
        });
    }
    // What no glyph of a cluster is by itself stands at the first that shows no character of its own.
    for (cluster, glyph) in clusters.iter().zip(&mut glyphs) {
        if glyph.text.is_empty()
            && let Some(rest) = left.get_mut(cluster)
        {
            glyph.text = std::mem::take(rest);
        }
    }
    Some(glyphs)
}

/// Of the characters that several glyphs show together, the one that is this glyph's own, taken out.
fn own_character(face: &rustybuzz::Face<'_>, glyph: GlyphId, left: &mut String) -> String {
    let own = left.char_indices().find(|(_, c)| face.glyph_index(*c) == Some(glyph));
    own.map_or_else(String::new, |(at, _)| left.remove(at).to_string())
}

fn cluster(cluster: u32) -> Option<usize> {
    usize::try_from(cluster).ok()
}
