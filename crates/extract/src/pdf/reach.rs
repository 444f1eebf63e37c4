//! Every object that a page can reach, looked up before the first page is read.
//!
//! The engine mends a wrong cross-reference table when it first meets an object that is not where the table
//! says, and finds objects differently from then on. Met on page 40, such an object would leave the pages
//! before it to the wrong table and the pages after it to the mended one, so that what a page says would
//! depend on the pages read before it. Here it is met first, whichever pages are read. Objects that no page
//! reaches are left alone: many good files have wrong entries for those, and mending would trade their table
//! for a search through the bytes.

use hayro_interpret::InterpreterCache;
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{COLORSPACE, OCPROPERTIES, PAGES};
use hayro_syntax::object::{Dict, MaybeRef, Object, ObjectIdentifier, Stream};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Looks up what can be reached from the page tree, from each page and from the layers that pages switch on
/// and off. Takes time for the structure of the whole file, but decodes nothing that a page draws.
pub(super) fn look_up(pdf: &Pdf) -> Sharing {
    let mut reach = Reach::default();
    guarded(|| {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let entries = root.iter().flat_map(|root| [PAGES, OCPROPERTIES].map(|key| root.get_raw(key)));
        entries.flatten().for_each(|entry| reach.note(entry));
    });
    for page in pdf.pages().iter() {
        guarded(|| reach.note_within(&Object::Dict(page.raw().clone())));
    }
    while let Some(id) = reach.waiting.pop() {
        guarded(|| {
            if let Some(object) = pdf.xref().get::<Object<'_>>(id) {
                reach.note_within(&object);
            }
        });
    }
    if reach.has_stream_as_color_space { Sharing::Nothing } else { Sharing::Cache }
}

/// What pages may share without telling each other anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    /// What the engine keeps of fonts and colours: to load a font again for every page takes up to four times
    /// as long. Entries are found by their bytes, so that a page finds there what it would have made itself.
    Cache,
    /// Nothing. The engine keeps the profile in a stream and the colour space that a stream is not under one
    /// name, and what comes first stays.
    Nothing,
}

impl Sharing {
    /// The cache for the next page.
    pub(super) fn next<'p>(self, cache: InterpreterCache<'p>) -> InterpreterCache<'p> {
        match self {
            Self::Cache => cache,
            Self::Nothing => InterpreterCache::new(),
        }
    }
}

/// An object that makes the engine panic costs the page that needs it, later; not the file.
fn guarded(look: impl FnOnce()) {
    drop(catch_unwind(AssertUnwindSafe(look)));
}

#[derive(Default)]
struct Reach {
    seen: HashSet<ObjectIdentifier>,
    waiting: Vec<ObjectIdentifier>,
    has_stream_as_color_space: bool,
}

impl Reach {
    fn note(&mut self, entry: MaybeRef<Object<'_>>) {
        match entry {
            MaybeRef::Ref(reference) => {
                let id = ObjectIdentifier::from(reference);
                if self.seen.insert(id) {
                    self.waiting.push(id);
                }
            }
            MaybeRef::NotRef(object) => self.note_within(&object),
        }
    }

    /// The engine reads nothing that is nested deeper than it can recurse, so neither does this.
    fn note_within(&mut self, object: &Object<'_>) {
        match object {
            Object::Array(array) => array.raw_iter().for_each(|entry| self.note(entry)),
            Object::Dict(dict) => self.note_values(dict),
            Object::Stream(stream) => self.note_values(stream.dict()),
            Object::Null(_)
            | Object::Boolean(_)
            | Object::Number(_)
            | Object::String(_)
            | Object::Name(_) => {}
        }
    }

    fn note_values(&mut self, dict: &Dict<'_>) {
        dict.entries().for_each(|(_, entry)| self.note(entry));
        if let Some(spaces) = dict.get::<Dict<'_>>(COLORSPACE) {
            self.has_stream_as_color_space |=
                spaces.keys().any(|name| spaces.get::<Stream<'_>>(name).is_some());
        }
    }
}
