//! What a filling changes: objects by number. They are written behind the file, which stays as it is.

use crate::FormError;
use crate::pdf::PdfFile;
use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, Stream};
use std::collections::BTreeMap;

const LINKS_MAX: usize = 16;

#[derive(Debug)]
pub(crate) struct Changes<'f> {
    file: &'f PdfFile,
    objects: BTreeMap<ObjectId, Object>,
    next: u32,
}

impl<'f> Changes<'f> {
    pub(crate) fn new(file: &'f PdfFile) -> Self {
        Self { file, objects: BTreeMap::new(), next: file.document.max_id.saturating_add(1) }
    }

    /// A number for an object that comes later, or never.
    pub(super) fn reserve(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next = self.next.saturating_add(1);
        id
    }

    pub(super) fn set(&mut self, id: ObjectId, object: Object) {
        self.objects.insert(id, object);
    }

    pub(crate) fn add(&mut self, object: Object) -> ObjectId {
        let id = self.reserve();
        self.set(id, object);
        id
    }

    pub(super) fn add_stream(&mut self, mut stream: Stream) -> ObjectId {
        // A stream that does not shrink stays as it is.
        let _ = stream.compress();
        self.add(Object::Stream(stream))
    }

    /// The object as it will be.
    pub(super) fn object(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(&id).or_else(|| self.file.document.objects.get(&id))
    }

    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        let mut at = object;
        for _ in 0..LINKS_MAX {
            match at.as_reference() {
                Ok(id) => at = self.object(id)?,
                Err(_) => return Some(at).filter(|object| !object.is_null()),
            }
        }
        None
    }

    pub(super) fn dictionary(&self, id: ObjectId) -> Option<&Dictionary> {
        let object = self.object(id)?;
        object.as_dict().ok().or_else(|| object.as_stream().ok().map(|stream| &stream.dict))
    }

    /// The dictionary of an object, to be changed.
    pub(crate) fn edit(&mut self, id: ObjectId) -> Option<&mut Dictionary> {
        if !self.objects.contains_key(&id) {
            let object = self.file.document.objects.get(&id)?.clone();
            self.objects.insert(id, object);
        }
        match self.objects.get_mut(&id)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&mut stream.dict),
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Reference(_) => None,
        }
    }

    /// Changes the catalog's `/AcroForm`, wherever it stands.
    pub(super) fn edit_acro_form(&mut self, change: impl FnOnce(&mut Dictionary)) {
        let Some(catalog_id) = self.file.catalog_id() else { return };
        let entry = self.dictionary(catalog_id).and_then(|catalog| catalog.get(b"AcroForm").ok());
        match entry.and_then(|object| object.as_reference().ok()) {
            Some(id) => {
                if let Some(form) = self.edit(id) {
                    change(form);
                }
            }
            None => {
                let form = self.edit(catalog_id).and_then(|catalog| catalog.get_mut(b"AcroForm").ok());
                if let Some(form) = form.and_then(|form| form.as_dict_mut().ok()) {
                    change(form);
                }
            }
        }
    }

    /// The whole file: its old bytes with the changes behind them. Where its table of objects had to be repaired
    /// there is nothing to append to, and it is written anew.
    pub(crate) fn finish(self) -> Result<Vec<u8>, FormError> {
        let is_sound = self.file.document.xref_recovery.is_none() && self.file.document.xref_start > 0;
        let mut out = Vec::with_capacity(self.file.bytes.len().saturating_add(64 * 1024));
        let last = self.next.saturating_sub(1);
        let saved = if is_sound {
            let mut update =
                IncrementalDocument::create_from(self.file.bytes.clone(), self.file.document.clone());
            update.new_document.objects = self.objects;
            update.new_document.max_id = last;
            update.save_to(&mut out)
        } else {
            let mut document = self.file.document.clone();
            document.objects.extend(self.objects);
            document.max_id = last;
            document.save_to(&mut out)
        };
        saved.map_err(|_| FormError::NotWritten)?;
        Ok(out)
    }
}
