//! Reading order as the structure of a tagged document tells it.
//!
//! Most writers tag content in the order in which it is read from top to bottom; there the structure says nothing new, and
//! it is not looked at. Where tags and places disagree, as in columns, the structure decides, if it knows nearly all words.
//! It is read after the pages: what it makes of a damaged table must not depend on which pages were read.

use super::page::PageOutcome;
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{K, TYPE};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use smartexus_domain::Page;
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Of the words of a page, so many have to be known to the structure.
const KNOWN_PERCENT: usize = 90;
/// Structures are not deeper, and have no more elements.
const DEEPEST: u32 = 100;
const MOST_ELEMENTS: u32 = 300_000;
const STRUCT_TREE_ROOT: &[u8] = b"StructTreeRoot";
const PG: &[u8] = b"Pg";
const MCID: &[u8] = b"MCID";

/// The tags of the words of a page, where they may tell another order than their places.
pub(super) struct Tags {
    page: ObjectIdentifier,
    /// For each word.
    tags: Vec<Option<u32>>,
}

impl Tags {
    /// `None` where too few words have a tag, or where the order of the tags is that of the words.
    pub(super) fn of(page: Option<ObjectIdentifier>, tags: Vec<Option<u32>>) -> Option<Self> {
        let known = tags.iter().flatten().count();
        let is_known = known > 0 && known * 100 >= tags.len() * KNOWN_PERCENT;
        let is_in_order = tags.iter().flatten().is_sorted();
        (is_known && !is_in_order).then_some(Self { page: page?, tags })
    }
}

/// Puts the words of pages into the order of the structure.
pub(super) fn put_in_order(pdf: &Pdf, outcomes: &mut [PageOutcome]) {
    if outcomes.iter().all(|outcome| outcome.tags.is_none()) {
        return;
    }
    let Ok(Some(structure)) = catch_unwind(AssertUnwindSafe(|| Structure::read(pdf))) else { return };
    for outcome in outcomes {
        if let Some(tags) = outcome.tags.take()
            && let Some(ranks) = structure.pages.get(&tags.page)
        {
            reorder(&mut outcome.page, &tags.tags, ranks);
        }
    }
}

/// Of each tag of a page, its place in the structure.
type Ranks = HashMap<u32, u32>;

#[derive(Default)]
struct Structure {
    pages: HashMap<ObjectIdentifier, Ranks>,
    seen: HashSet<ObjectIdentifier>,
    elements: u32,
}

impl Structure {
    fn read(pdf: &Pdf) -> Option<Self> {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let tree = root.get::<Dict<'_>>(STRUCT_TREE_ROOT)?;
        let mut structure = Self::default();
        structure.note_kids(&tree, None, 0)?;
        Some(structure)
    }

    /// `None` where there is more than any document has, or where it goes round in circles.
    fn note_kids(&mut self, element: &Dict<'_>, page: Option<ObjectIdentifier>, depth: u32) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match element.get_raw::<Object<'_>>(K) {
            Some(MaybeRef::Ref(reference)) => {
                let id = reference.into();
                match element.get::<Object<'_>>(K) {
                    Some(Object::Array(kids)) => self.note_all(&kids, page, depth),
                    Some(kid) => self.note_referred(id, &kid, page, depth),
                    None => Some(()),
                }
            }
            Some(MaybeRef::NotRef(Object::Array(kids))) => self.note_all(&kids, page, depth),
            Some(MaybeRef::NotRef(kid)) => self.note(&kid, page, depth),
            None => Some(()),
        }
    }

    fn note_all(&mut self, kids: &Array<'_>, page: Option<ObjectIdentifier>, depth: u32) -> Option<()> {
        let resolved = kids.raw_iter().zip(kids.iter::<Object<'_>>());
        for (raw, kid) in resolved {
            match raw.as_obj_ref() {
                Some(reference) => self.note_referred(reference.into(), &kid, page, depth)?,
                None => self.note(&kid, page, depth)?,
            }
        }
        Some(())
    }

    fn note_referred(
        &mut self,
        id: ObjectIdentifier,
        kid: &Object<'_>,
        page: Option<ObjectIdentifier>,
        depth: u32,
    ) -> Option<()> {
        self.seen.insert(id).then_some(())?;
        self.note(kid, page, depth)
    }

    /// An element, or a piece of content: its tag alone, or a dictionary with its tag and page.
    fn note(&mut self, kid: &Object<'_>, page: Option<ObjectIdentifier>, depth: u32) -> Option<()> {
        self.elements = self.elements.checked_add(1).filter(|count| *count <= MOST_ELEMENTS)?;
        match kid {
            Object::Number(tag) => self.rank(page, u32::try_from(tag.as_i64()).ok()),
            Object::Dict(dict) => {
                let page = dict.get_ref(PG).map(ObjectIdentifier::from).or(page);
                match dict.get::<Name<'_>>(TYPE).as_deref() {
                    Some(b"MCR") => self.rank(page, dict.get::<u32>(MCID)),
                    Some(b"OBJR") => {}
                    _ => self.note_kids(dict, page, depth.saturating_add(1))?,
                }
            }
            Object::Null(_)
            | Object::Boolean(_)
            | Object::String(_)
            | Object::Name(_)
            | Object::Array(_)
            | Object::Stream(_) => {}
        }
        Some(())
    }

    fn rank(&mut self, page: Option<ObjectIdentifier>, tag: Option<u32>) {
        if let (Some(page), Some(tag)) = (page, tag) {
            let rank = self.elements;
            self.pages.entry(page).or_default().entry(tag).or_insert(rank);
        }
    }
}

/// Words without a place in the structure stay behind the ones before them. Two words stay on one line where they stood on
/// one and still follow each other.
fn reorder(page: &mut Page, tags: &[Option<u32>], ranks: &Ranks) {
    let known = tags.iter().flatten().filter(|tag| ranks.contains_key(tag)).count();
    if tags.len() != page.words.len() || known * 100 < tags.len() * KNOWN_PERCENT {
        return;
    }
    let mut last = 0;
    let mut order: Vec<(u32, usize)> = Vec::with_capacity(tags.len());
    for (place, tag) in tags.iter().enumerate() {
        last = tag.and_then(|tag| ranks.get(&tag).copied()).unwrap_or(last);
        order.push((last, place));
    }
    order.sort_unstable();
    let lines: Vec<usize> = page.text.lines().map(|line| line.split(' ').count()).collect();
    let line_of: Vec<usize> =
        lines.iter().enumerate().flat_map(|(line, words)| std::iter::repeat_n(line, *words)).collect();
    let mut words: Vec<Option<_>> = std::mem::take(&mut page.words).into_iter().map(Some).collect();
    let mut text = String::with_capacity(page.text.len());
    let mut before: Option<usize> = None;
    for (_, place) in order {
        let Some(word) = words.get_mut(place).and_then(Option::take) else { continue };
        if let Some(before) = before {
            let follows = before.checked_add(1) == Some(place) && line_of.get(before) == line_of.get(place);
            text.push(if follows { ' ' } else { '\n' });
        }
        text.push_str(&word.text);
        page.words.push(word);
        before = Some(place);
    }
    page.text = text;
}
