//! Objects into a file, in the manner of a program.

use super::sheet::Sheet;
use crate::container;
use crate::font::Family;
use crate::pdf::{self, CATALOG, INFO, Maker, Object};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

/// Where the numbers of added objects start.
pub(super) const ADDED: i32 = 600;
const OTHER_FONT_ID: i32 = 590;
const NOBODY: Maker = Maker { producer: "", creator: "", created: "" };

/// How the objects are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Table,
    Streams,
    Linearized,
}

/// What the file says about itself. Empty texts are left out.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) producer: String,
    pub(super) creator: String,
    pub(super) created: String,
    pub(super) modified: String,
    /// The packet; empty for none.
    pub(super) xmp: String,
    /// The halves of the identifier.
    pub(super) id: Option<(u64, u64)>,
}

impl About {
    /// A file that a bank's program made on the day after the period.
    pub(super) fn honest(sheet: &Sheet, seed: u64) -> Self {
        let day = made_on(sheet);
        let producers =
            ["Foliant Composer 4.2", "Sheetwright 11", "Quillset PDF 2.0", "Papermill Output Server 7.1"];
        let pick = usize::try_from(seed % 4).unwrap_or(0);
        Self {
            producer: producers[pick].to_owned(),
            creator: "Core Statement Run".to_owned(),
            created: stamp(day, 0),
            modified: String::new(),
            xmp: String::new(),
            id: None,
        }
    }

    /// With a packet that says the same.
    pub(super) fn with_xmp(mut self, day: Date) -> Self {
        self.xmp = xmp(&self.producer, &self.creator, &iso(day), &iso(day));
        self
    }
}

/// The day after the last period of the document.
pub(super) fn made_on(sheet: &Sheet) -> Date {
    let end = sheet.drawn.books.iter().map(|book| book.end).max().unwrap_or(Date::constant(2026, 4, 1));
    end.saturating_add(1.day())
}

/// `D:20260401060000Z`, so many minutes after six.
pub(super) fn stamp(day: Date, minutes: i64) -> String {
    let at = day.at(6, 0, 0, 0).saturating_add(SignedDuration::from_mins(minutes));
    format!("D:{}Z", at.strftime("%Y%m%d%H%M%S"))
}

pub(super) fn iso(day: Date) -> String {
    format!("{day}T06:00:00Z")
}

pub(super) fn xmp(producer: &str, creator: &str, created: &str, modified: &str) -> String {
    format!(
        "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
         <pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{creator}</xmp:CreatorTool>\
         <xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{modified}</xmp:ModifyDate>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}

/// A family that the design does not use.
pub(super) fn other_family(sheet: &Sheet) -> Family {
    if sheet.frame().family == Family::Times { Family::Courier } else { Family::Times }
}

/// The objects of a sheet; every page knows the other font as `FX`.
pub(super) fn objects(sheet: &Sheet, about: &About) -> Vec<Object> {
    let mut objects = pdf::objects(&sheet.frame(), sheet.pages(), NOBODY);
    for index in 0..sheet.pages().len() {
        amend(
            &mut objects,
            pdf::content_id(index) - 1,
            "/Font<<",
            &format!("/Font<</FX {OTHER_FONT_ID} 0 R"),
        );
    }
    let name = if other_family(sheet) == Family::Times { "Times-Roman" } else { "Courier" };
    let body = format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>").into_bytes();
    objects.push(Object { id: OTHER_FONT_ID, body, is_stream: false });
    if let Some(info) = objects.iter_mut().find(|object| object.id == INFO) {
        info.body = information(about);
    }
    if !about.xmp.is_empty() {
        let id = ADDED - 1;
        let head = format!("<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n", about.xmp.len());
        let body = [head.as_bytes(), about.xmp.as_bytes(), b"\nendstream"].concat();
        objects.push(Object { id, body, is_stream: true });
        amend(&mut objects, CATALOG, "<<", &format!("<</Metadata {id} 0 R"));
    }
    objects
}

pub(super) fn information(about: &About) -> Vec<u8> {
    let entries = [
        ("Producer", &about.producer),
        ("Creator", &about.creator),
        ("CreationDate", &about.created),
        ("ModDate", &about.modified),
    ];
    let said = entries.iter().filter(|(_, text)| !text.is_empty());
    let said: String = said.map(|(key, text)| format!("/{key}({text})")).collect();
    format!("<<{said}>>").into_bytes()
}

/// Replaces the first of a text in an object.
pub(super) fn amend(objects: &mut [Object], id: i32, from: &str, to: &str) {
    if let Some(object) = objects.iter_mut().find(|object| object.id == id) {
        object.body = String::from_utf8_lossy(&object.body).replacen(from, to, 1).into_bytes();
    }
}

/// The entries of a trailer beside its root.
pub(super) fn trailer(about: &About) -> String {
    let id = about.id.map(|(first, last)| format!("/ID[<{first:032x}><{last:032x}>]")).unwrap_or_default();
    format!("/Info {INFO} 0 R{id}")
}

pub(super) fn file(objects: &[Object], shape: Shape, about: &About) -> Vec<u8> {
    let extra = trailer(about);
    match shape {
        Shape::Table => container::with_trailer(objects, &extra),
        Shape::Linearized => container::linearized(objects, &extra),
        Shape::Streams => {
            container::with_streams(objects, extra.trim_start_matches(&format!("/Info {INFO} 0 R")))
        }
    }
}

/// One more than the largest number.
pub(super) fn size(objects: &[Object]) -> i32 {
    objects.iter().map(|object| object.id).max().unwrap_or(0) + 1
}
