//! What names stand for on a page, looked up once.

use super::Unusual;
use super::font::Found;
use hayro_syntax::object::dict::keys::{BM, CA, CA_NS, FONT, SMASK, TR, TR2};
use hayro_syntax::object::{Array, Dict, Name, Object};
use std::rc::Rc;

/// Names kept at a time: looking through more takes longer than looking up again.
const MOST_KEPT: usize = 128;

/// Looked up by the resources they stand in.
#[derive(Default)]
pub(super) struct Names<'p> {
    fonts: Vec<(usize, Box<[u8]>, Found)>,
    settings: Vec<(usize, Box<[u8]>, Rc<Settings<'p>>)>,
}

impl<'p> Names<'p> {
    pub(super) fn font(&self, resources: usize, name: &[u8]) -> Option<Found> {
        find(&self.fonts, resources, name).copied()
    }

    pub(super) fn keep_font(&mut self, resources: usize, name: &[u8], font: Found) {
        if self.fonts.len() >= MOST_KEPT {
            self.fonts.clear();
        }
        self.fonts.push((resources, name.into(), font));
    }

    pub(super) fn settings(&self, resources: usize, name: &[u8]) -> Option<Rc<Settings<'p>>> {
        find(&self.settings, resources, name).cloned()
    }

    pub(super) fn keep_settings(&mut self, resources: usize, name: &[u8], settings: Rc<Settings<'p>>) {
        if self.settings.len() >= MOST_KEPT {
            self.settings.clear();
        }
        self.settings.push((resources, name.into(), settings));
    }
}

fn find<'n, T>(names: &'n [(usize, Box<[u8]>, T)], resources: usize, name: &[u8]) -> Option<&'n T> {
    let known = names.iter().find(|(of, known, _)| *of == resources && **known == *name);
    known.map(|(.., meaning)| meaning)
}

/// A dictionary of graphics state parameters, as far as they matter to text. Soft masks and blend modes are
/// left alone: what they hide is not looked into.
pub(super) struct Settings<'p> {
    pub(super) fill_alpha: Option<f32>,
    pub(super) stroke_alpha: Option<f32>,
    pub(super) font: Option<(Dict<'p>, f32)>,
    /// What is drawn is blended with what is there.
    pub(super) is_blended: bool,
}

impl<'p> Settings<'p> {
    pub(super) fn read(dict: &Dict<'p>) -> Result<Self, Unusual> {
        let transfers = [TR2, TR].into_iter().find_map(|key| dict.get::<Object<'_>>(key));
        if transfers.is_some_and(|transfer| transfer.into_name().is_none()) {
            return Err(Unusual::Transfer);
        }
        Ok(Self {
            fill_alpha: dict.get::<f32>(CA_NS),
            stroke_alpha: dict.get::<f32>(CA),
            font: dict.get::<Array<'_>>(FONT).and_then(|font| font_of(&font)),
            is_blended: is_blended(dict),
        })
    }
}

fn is_blended(dict: &Dict<'_>) -> bool {
    let mode = dict.get::<Object<'_>>(BM).map(Object::into_name);
    let is_usual = |mode: Name<'_>| matches!(&*mode, b"Normal" | b"Compatible");
    let is_mixed = mode.is_some_and(|mode| !mode.is_some_and(is_usual));
    let mask = dict.get::<Object<'_>>(SMASK).map(Object::into_name);
    is_mixed || mask.is_some_and(|mask| mask.is_none_or(|mask| &*mask != b"None"))
}

fn font_of<'p>(font: &Array<'p>) -> Option<(Dict<'p>, f32)> {
    let mut parts = font.iter::<Object<'_>>();
    let dict = parts.next()?.into_dict()?;
    Some((dict, parts.next()?.into_number()?.as_f32()))
}

/// The name in a dictionary, for comparing.
pub(super) fn is_named(dict: &Dict<'_>, key: &[u8], name: &[u8]) -> bool {
    dict.get::<Name<'_>>(key).as_deref() == Some(name)
}
