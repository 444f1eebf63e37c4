//! The font objects of each family.

use crate::font::{Face, Family};
use crate::font_dots::DOTS;
use crate::font_subset::{GLYPHS, PROGRAM};
use crate::pdf::{Object, object, stream};
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Finish, Name, Rect, Ref, Str};

const FIRST: i32 = 4;
const BOLD: i32 = 5;
const CID: i32 = 6;
const DESCRIPTOR: i32 = 7;
const FONT_FILE: i32 = 8;
const TO_UNICODE: i32 = 9;
const CID_TO_GID: i32 = 10;
/// First id of the dots' glyph procedures: beyond any page's.
const FIRST_DOT: i32 = 1000;

const SUBSET_NAME: Name = Name(b"QXKJWB+DejaVuSansCondensed");
const IDENTITY: SystemInfo =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The id of a face's font object. Embedded families have one face only.
pub(crate) fn id(family: Family, face: Face) -> i32 {
    match (family, face) {
        (Family::Dejavu | Family::Dots, _) | (_, Face::Regular) => FIRST,
        (Family::Helvetica | Family::Times | Family::Courier, Face::Bold) => BOLD,
    }
}

/// Every object that the family's fonts need.
pub(crate) fn objects(family: Family) -> Vec<Object> {
    match family {
        Family::Helvetica | Family::Times | Family::Courier => {
            [Face::Regular, Face::Bold].into_iter().filter_map(|face| standard(family, face)).collect()
        }
        Family::Dejavu => subset(),
        Family::Dots => dots(),
    }
}

fn standard(family: Family, face: Face) -> Option<Object> {
    let name = family.standard_name(face)?;
    Some(object(id(family, face), false, |chunk, id| {
        chunk.type1_font(id).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }))
}

/// A Type 0 font whose codes mean nothing without `ToUnicode`.
fn subset() -> Vec<Object> {
    let widths: Vec<f32> = GLYPHS.iter().map(|(_, _, width)| f32::from(*width)).collect();
    let mut glyphs = vec![0, 0];
    glyphs.extend(GLYPHS.iter().flat_map(|(_, glyph, _)| glyph.to_be_bytes()));
    let mut map = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    for (code, (c, _, _)) in (1_u16..).zip(&GLYPHS) {
        map.pair(code, *c);
    }
    vec![
        object(FIRST, false, |chunk, id| {
            let mut font = chunk.type0_font(id);
            font.base_font(SUBSET_NAME).encoding_predefined(Name(b"Identity-H"));
            font.descendant_font(Ref::new(CID)).to_unicode(Ref::new(TO_UNICODE));
        }),
        object(CID, false, |chunk, id| {
            let mut font = chunk.cid_font(id);
            font.subtype(CidFontType::Type2).base_font(SUBSET_NAME).system_info(IDENTITY);
            font.font_descriptor(Ref::new(DESCRIPTOR)).default_width(600.0);
            font.cid_to_gid_map_stream(Ref::new(CID_TO_GID));
            font.widths().consecutive(1, widths.iter().copied());
        }),
        object(DESCRIPTOR, false, |chunk, id| {
            let mut descriptor = chunk.font_descriptor(id);
            descriptor.name(SUBSET_NAME).flags(FontFlags::NON_SYMBOLIC);
            descriptor.bbox(Rect::new(-918.0, -415.0, 1514.0, 1167.0)).italic_angle(0.0);
            descriptor.ascent(760.0).descent(-240.0).cap_height(729.0).stem_v(80.0);
            descriptor.font_file2(Ref::new(FONT_FILE));
        }),
        stream(FONT_FILE, PROGRAM),
        stream(TO_UNICODE, &map.finish().into_vec()),
        stream(CID_TO_GID, &glyphs),
    ]
}

/// A Type 3 font: every glyph is a procedure that draws its dots.
fn dots() -> Vec<Object> {
    let last = u8::try_from(DOTS.len() - 1).unwrap_or(0);
    let ids = || (FIRST_DOT..).zip(&DOTS);
    let mut out = vec![object(FIRST, false, |chunk, id| {
        let mut font = chunk.type3_font(id);
        font.bbox(Rect::new(0.0, 0.0, 600.0, 700.0)).matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        font.first_char(0).last_char(last).widths(DOTS.iter().map(|_| 600.0));
        let mut procedures = font.char_procs();
        for (at, (name, _, _)) in ids() {
            procedures.pair(Name(name.as_bytes()), Ref::new(at));
        }
        procedures.finish();
        let names = DOTS.iter().map(|(name, _, _)| Name(name.as_bytes()));
        font.encoding_custom().differences().consecutive(0, names);
        font.resources().finish();
    })];
    out.extend(ids().map(|(at, (_, _, rows))| stream(at, &dot_glyph(rows))));
    out
}

fn dot_glyph(rows: &[u8; 7]) -> Vec<u8> {
    let mut content = Content::new();
    content.start_shape_glyph(600.0, 0.0, 0.0, 600.0, 700.0);
    for (top, row) in [6.0_f32, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0].into_iter().zip(rows) {
        for (left, bit) in [0.0_f32, 1.0, 2.0, 3.0, 4.0].into_iter().zip([16, 8, 4, 2, 1]) {
            if row & bit != 0 {
                content.rect(50.0 + left * 100.0, top * 100.0, 96.0, 96.0);
            }
        }
    }
    if rows.iter().any(|row| *row != 0) {
        content.fill_nonzero();
    }
    content.finish().into_vec()
}
