//! A case: one folder of the fixtures.

use crate::canvas::{DrawnPage, DrawnWord};
use crate::container;
use crate::layout::{Layout, Sheet};
use crate::pdf::{self, Container, Maker};
use crate::tamper::Tamper;
use crate::truth::{StatementTruth, Truth};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Path under the fixtures folder, and the bytes of the file.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a case is and what it challenges: `case.json`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Card {
    pub(crate) name: &'static str,
    pub(crate) layout: &'static str,
    pub(crate) country: &'static str,
    pub(crate) language: &'static str,
    /// How the text layer is made.
    pub(crate) producer: &'static str,
    pub(crate) challenges: &'static [&'static str],
    /// What was done to the figures; `null` for an honest document.
    pub(crate) tampered: Option<&'static str>,
}

/// A case whose document is a PDF.
pub(crate) struct PdfCase {
    pub(crate) card: Card,
    pub(crate) kind: &'static str,
    pub(crate) layout: Layout,
    pub(crate) container: Container,
    pub(crate) maker: Maker,
    pub(crate) tamper: Option<Tamper>,
}

impl PdfCase {
    /// Makes every file of the folder.
    pub(crate) fn make(&self, files: &mut Files) {
        let honest = (self.layout.books)();
        let mut books = honest.clone();
        let expect = self.tamper.as_ref().map(|tamper| tamper.apply(&mut books));
        let Sheet { canvas, mut statements } = self.layout.print(&books);
        if let (Some(expect), false) = (expect, statements.is_empty()) {
            let first = statements.remove(0);
            statements.insert(0, first.expecting(expect));
        }
        let (width, height, turned, family) = (canvas.width, canvas.height, canvas.turned, canvas.family);
        let pages = canvas.finish();
        let frame = pdf::Frame { width, height, turned, family };
        let bytes = match &self.tamper {
            Some(tamper) if tamper.by_editor() => self.edited(&honest, &frame, &pages),
            _ => container::file(&pdf::objects(&frame, &pages, self.maker), self.container),
        };
        files.insert(format!("{}/document.pdf", self.card.name), bytes);
        files.insert(format!("{}/words.json", self.card.name), words(&frame, &pages));
        insert_truth(files, &self.card, self.kind, statements);
    }

    /// The honest file, and the changed pages saved behind it as an editor does.
    fn edited(&self, honest: &[crate::book::Book], frame: &pdf::Frame, pages: &[DrawnPage]) -> Vec<u8> {
        let original = self.layout.print(honest).canvas.finish();
        let objects = pdf::objects(frame, &original, self.maker);
        let size = objects.iter().map(|o| o.id).max().unwrap_or(0) + 1;
        let changed: Vec<_> = pages
            .iter()
            .zip(&original)
            .enumerate()
            .filter(|(_, (new, old))| new.content != old.content)
            .map(|(index, (new, _))| pdf::stream(pdf::content_id(index), &new.content))
            .collect();
        container::revised(container::file(&objects, Container::Table), &changed, size)
    }
}

/// Adds `truth.json` and `case.json`.
pub(crate) fn insert_truth(
    files: &mut Files,
    card: &Card,
    kind: &'static str,
    statements: Vec<StatementTruth>,
) {
    files.insert(format!("{}/truth.json", card.name), json(&Truth { kind, statements }));
    files.insert(format!("{}/case.json", card.name), json(card));
}

/// Pretty JSON with a last line feed.
pub(crate) fn json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut out = serde_json::to_vec_pretty(value).unwrap_or_default();
    out.push(b'\n');
    out
}

/// The words of every page in the order in which they were drawn, a word a line.
pub(crate) fn words(frame: &pdf::Frame, pages: &[DrawnPage]) -> Vec<u8> {
    let mut out = String::from("{\"pages\":[");
    for (index, page) in pages.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let rotation = if frame.turned { 90 } else { 0 };
        let _ = write!(
            out,
            "{comma}\n{{\"page\":{},\"width\":{:.1},\"height\":{:.1},\"rotation\":{rotation},\"words\":[",
            index + 1,
            frame.width,
            frame.height,
        );
        let lines: Vec<String> = page.words.iter().map(word).collect();
        let _ = write!(out, "\n{}\n]}}", lines.join(",\n"));
    }
    out.push_str("\n]}\n");
    out.into_bytes()
}

fn word(word: &DrawnWord) -> String {
    let [x0, y0, x1, y1] = word.bounds;
    let text = serde_json::to_string(&word.text).unwrap_or_default();
    let angle = if word.angle == 0 { String::new() } else { format!(",\"angle\":{}", word.angle) };
    format!("{{\"text\":{text},\"box\":[{x0:.2},{y0:.2},{x1:.2},{y1:.2}]{angle}}}")
}
