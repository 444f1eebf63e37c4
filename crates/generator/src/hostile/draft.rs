//! A small PDF whose every object can be another.

use crate::container;
use crate::pdf::Object;
use std::collections::BTreeMap;

pub(super) const CATALOG: i32 = 1;
pub(super) const PAGES: i32 = 2;
pub(super) const PAGE: i32 = 3;
pub(super) const CONTENT: i32 = 4;
/// The font `/F1`.
pub(super) const FONT: i32 = 5;
/// The form or picture `/X`.
pub(super) const XOBJECT: i32 = 6;
/// The pattern `/P`.
pub(super) const PATTERN: i32 = 7;
/// The color space `/C`.
pub(super) const COLOR: i32 = 8;
/// The graphics state `/G`.
pub(super) const STATE: i32 = 9;
/// The shading `/S`.
pub(super) const SHADING: i32 = 10;
/// The first id that nothing uses.
pub(super) const FREE: i32 = 20;

/// A line of text, so that a reader that comes through has something to say.
pub(super) const LINE: &str = "BT /F1 12 Tf 72 700 Td (Opening balance 100.00) Tj ET\n";

/// One page with one line. Its resources name one object of each kind, which are there only once they are put there.
#[derive(Debug, Clone)]
pub(super) struct Draft(BTreeMap<i32, Vec<u8>>);

impl Draft {
    pub(super) fn new() -> Self {
        let resources = format!(
            "/Font<</F1 {FONT} 0 R>>/XObject<</X {XOBJECT} 0 R>>/Pattern<</P {PATTERN} 0 R>>\
             /ColorSpace<</C {COLOR} 0 R>>/ExtGState<</G {STATE} 0 R>>/Shading<</S {SHADING} 0 R>>"
        );
        Self(BTreeMap::new())
            .with(CATALOG, format!("<</Type/Catalog/Pages {PAGES} 0 R>>"))
            .with(PAGES, format!("<</Type/Pages/Count 1/Kids[{PAGE} 0 R]>>"))
            .with(
                PAGE,
                format!(
                    "<</Type/Page/Parent {PAGES} 0 R/MediaBox[0 0 612 792]/Contents {CONTENT} 0 R\
                     /Resources<<{resources}>>>>"
                ),
            )
            .with(FONT, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
            .content(LINE)
    }

    /// Puts an object, or another one in its place.
    pub(super) fn with(mut self, id: i32, body: impl Into<Vec<u8>>) -> Self {
        self.0.insert(id, body.into());
        self
    }

    /// Puts a stream whose length is right.
    pub(super) fn stream(self, id: i32, entries: &str, data: &[u8]) -> Self {
        self.with(id, stream(&format!("{entries}/Length {}", data.len()), data))
    }

    /// Puts what is drawn on the page.
    pub(super) fn content(self, operators: impl AsRef<[u8]>) -> Self {
        self.stream(CONTENT, "", operators.as_ref())
    }

    /// Takes the place of a part of an object.
    pub(super) fn replaced(mut self, id: i32, old: &str, new: &str) -> Self {
        let body = self.0.get(&id).map(|body| String::from_utf8_lossy(body).replace(old, new));
        self.0.extend(body.map(|body| (id, body.into_bytes())));
        self
    }

    pub(super) fn file(self) -> Vec<u8> {
        self.file_with("")
    }

    /// With more entries in the trailer.
    pub(super) fn file_with(self, trailer: &str) -> Vec<u8> {
        container::with_trailer(&self.objects(), trailer)
    }

    /// The objects in the order of their ids.
    pub(super) fn objects(self) -> Vec<Object> {
        self.0.into_iter().map(|(id, body)| Object { id, body, is_stream: false }).collect()
    }
}

/// The body of a stream, its length as `entries` claim.
pub(super) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{entries}>>\nstream\n").as_bytes(), data, b"\nendstream"].concat()
}
