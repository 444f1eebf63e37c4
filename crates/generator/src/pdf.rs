//! From drawn pages to the bytes of a file.

use crate::canvas::{DrawnPage, font_name};
use crate::font::{Face, Family};
use crate::pdf_fonts;
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Settings, TextStr};

/// One indirect object without its `obj` frame.
pub(crate) struct Object {
    pub(crate) id: i32,
    pub(crate) body: Vec<u8>,
    pub(crate) is_stream: bool,
}

/// What the file says about its maker.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Maker {
    pub(crate) producer: &'static str,
    pub(crate) creator: &'static str,
    /// `D:20260401060000Z`
    pub(crate) created: &'static str,
}

/// What all pages of a document share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// Width and height as seen, after rotation.
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) turned: bool,
    pub(crate) family: Family,
}

/// How the objects are put into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// Objects in the open, cross-reference table.
    Table,
    /// Object stream and cross-reference stream.
    Streams,
}

pub(crate) const CATALOG: i32 = 1;
const PAGES: i32 = 2;
pub(crate) const INFO: i32 = 3;
const FIRST_PAGE: i32 = 20;

/// Deflate level of every stream.
const LEVEL: u8 = 6;

/// A chunk that holds exactly one object, taken out of its frame.
pub(crate) fn object(id: i32, is_stream: bool, write: impl FnOnce(&mut Chunk, Ref)) -> Object {
    let mut chunk = Chunk::with_settings(Settings { pretty: false });
    write(&mut chunk, Ref::new(id));
    let bytes = chunk.as_bytes();
    let start = find(bytes, b"obj").map_or(0, |at| at + 3);
    let end = bytes.windows(6).rposition(|w| w == b"endobj").unwrap_or(bytes.len());
    Object { id, body: bytes[start..end].trim_ascii().to_vec(), is_stream }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

/// A deflated stream object.
pub(crate) fn stream(id: i32, data: &[u8]) -> Object {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(data, LEVEL);
    object(id, true, |chunk, id| {
        chunk.stream(id, &packed).filter(Filter::FlateDecode);
    })
}

/// The id of a page's content stream.
pub(crate) fn content_id(page_index: usize) -> i32 {
    FIRST_PAGE + 2 * i32::try_from(page_index).unwrap_or(0) + 1
}

/// The objects of a document.
pub(crate) fn objects(frame: &Frame, pages: &[DrawnPage], maker: Maker) -> Vec<Object> {
    let mut out = vec![
        object(CATALOG, false, |chunk, id| {
            let mut catalog = chunk.indirect(id).dict();
            catalog.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), Ref::new(PAGES));
        }),
        page_tree(pages.len()),
        information(maker),
    ];
    out.extend(pdf_fonts::objects(frame.family));
    for (index, page) in pages.iter().enumerate() {
        out.push(page_object(frame, index));
        out.push(stream(content_id(index), &page.content));
    }
    out
}

fn page_tree(count: usize) -> Object {
    object(PAGES, false, |chunk, id| {
        let kids = (0..count).map(|index| Ref::new(content_id(index) - 1));
        chunk.pages(id).kids(kids).count(i32::try_from(count).unwrap_or(0));
    })
}

fn information(maker: Maker) -> Object {
    object(INFO, false, |chunk, id| {
        let mut info = chunk.indirect(id).dict();
        info.pair(Name(b"Producer"), TextStr(maker.producer));
        info.pair(Name(b"Creator"), TextStr(maker.creator));
        info.pair(Name(b"CreationDate"), TextStr(maker.created));
    })
}

fn page_object(frame: &Frame, index: usize) -> Object {
    let content = content_id(index);
    object(content - 1, false, |chunk, id| {
        let mut page = chunk.page(id);
        let (width, height) = (frame.width, frame.height);
        if frame.turned {
            page.media_box(Rect::new(0.0, 0.0, height, width)).rotate(90);
        } else {
            page.media_box(Rect::new(0.0, 0.0, width, height));
        }
        page.parent(Ref::new(PAGES)).contents(Ref::new(content));
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        for face in [Face::Regular, Face::Bold] {
            fonts.pair(Name(font_name(face)), Ref::new(pdf_fonts::id(frame.family, face)));
        }
        fonts.finish();
        resources.finish();
    })
}
