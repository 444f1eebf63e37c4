//! Optional content: which layers are switched off.

use hayro_syntax::object::dict::keys::{BASE_STATE, D, OCGS, OCMD, OCPROPERTIES, OFF, ON, P, TYPE};
use hayro_syntax::object::{Array, Dict, Name, ObjRef, ObjectIdentifier};
use hayro_syntax::xref::XRef;
use std::collections::HashSet;
use std::rc::Rc;

/// The layers of a document that are switched off.
#[derive(Clone, Default)]
pub(super) struct LayersOff(Rc<HashSet<ObjectIdentifier>>);

impl LayersOff {
    pub(super) fn of(xref: &XRef) -> Self {
        let properties =
            xref.get::<Dict<'_>>(xref.root_id()).and_then(|root| root.get::<Dict<'_>>(OCPROPERTIES));
        Self(Rc::new(properties.and_then(|properties| switched_off(&properties)).unwrap_or_default()))
    }
}

/// Where a page is in its marked content.
pub(super) struct Layers {
    off: LayersOff,
    /// Of each open part of marked content: is it seen?
    open: Vec<bool>,
}

impl Layers {
    pub(super) fn new(off: LayersOff) -> Self {
        Self { off, open: Vec::new() }
    }

    pub(super) fn is_seen(&self) -> bool {
        self.open.last().copied().unwrap_or(true)
    }

    /// Marked content without a layer is seen as what is around it.
    pub(super) fn begin(&mut self) {
        self.open.push(self.is_seen());
    }

    /// The content of a layer, or of a membership in several.
    pub(super) fn begin_layer(&mut self, layer: &Dict<'_>, reference: Option<ObjRef>) {
        let is_membership = layer.get::<Name<'_>>(TYPE).as_deref() == Some(OCMD);
        let is_on = match reference {
            Some(reference) if !is_membership => !self.off.0.contains(&reference.into()),
            _ => self.is_member_seen(layer),
        };
        self.open.push(self.is_seen() && is_on);
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    fn is_member_seen(&self, membership: &Dict<'_>) -> bool {
        let groups: Vec<ObjectIdentifier> = match membership.get::<Array<'_>>(OCGS) {
            Some(groups) => ids(&groups).collect(),
            None => membership.get_ref(OCGS).map(ObjectIdentifier::from).into_iter().collect(),
        };
        if groups.is_empty() {
            return true;
        }
        let mut off = groups.iter().map(|id| self.off.0.contains(id));
        match membership.get::<Name<'_>>(P).as_deref() {
            Some(b"AllOn") => !off.any(|off| off),
            Some(b"AnyOff") => off.any(|off| off),
            Some(b"AllOff") => off.all(|off| off),
            _ => !off.all(|off| off),
        }
    }
}

fn switched_off(properties: &Dict<'_>) -> Option<HashSet<ObjectIdentifier>> {
    let config = properties.get::<Dict<'_>>(D)?;
    let mut off = HashSet::new();
    if config.get::<Name<'_>>(BASE_STATE).as_deref() == Some(OFF) {
        off.extend(properties.get::<Array<'_>>(OCGS).iter().flat_map(ids));
    }
    for id in config.get::<Array<'_>>(ON).iter().flat_map(ids) {
        off.remove(&id);
    }
    off.extend(config.get::<Array<'_>>(OFF).iter().flat_map(ids));
    Some(off)
}

fn ids(groups: &Array<'_>) -> impl Iterator<Item = ObjectIdentifier> {
    groups.raw_iter().filter_map(|group| group.as_obj_ref()).map(ObjectIdentifier::from)
}
