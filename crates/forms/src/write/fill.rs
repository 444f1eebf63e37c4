//! All answers into a form, and proof that they arrived.

use super::assign::Assigner;
use super::changes::Changes;
use super::{FieldValue, FillProblem, flatten};
use crate::appearance::Fonts;
use crate::pdf::PdfFile;
use crate::read::Field;
use crate::{Form, FormError};
use lopdf::{Object, StringFormat};
use serde::{Deserialize, Serialize};
use smartexus_domain::FieldKind;
use std::collections::{BTreeMap, BTreeSet};

/// What else happens when a form is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillOptions {
    /// Every field becomes read-only.
    pub lock: bool,
    /// The answers become part of the pages; no field is left.
    pub flatten: bool,
    /// `/ModDate`, as PDF writes dates: `D:20260302120000Z`. The caller has the clock.
    pub modified: Option<String>,
}

/// A filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Fields that did not take their answer, by full name. They are as they were.
    pub refused: BTreeMap<String, FillProblem>,
}

impl Form {
    /// Fills the fields of `values`, by full name; others keep what they have. The new file is read back, and what
    /// did not arrive is an error: no form leaves here that says something else than `values` and `refused` do.
    ///
    /// # Errors
    /// [`FormError::Signed`], [`FormError::Locked`], or [`FormError::NotWritten`].
    pub fn fill(
        &self,
        values: &BTreeMap<String, FieldValue>,
        options: &FillOptions,
    ) -> Result<Filled, FormError> {
        if self.is_signed() {
            return Err(FormError::Signed);
        }
        if !self.file.may_be_filled() {
            return Err(FormError::Locked);
        }
        let mut changes = Changes::new(&self.file);
        let mut fonts = Fonts::new();
        let mut refused = BTreeMap::new();
        let shared = self.shared_names();
        let mut assigner = Assigner { file: &self.file, changes: &mut changes, fonts: &mut fonts };
        for (name, value) in values {
            let outcome = self.answerable(name, &shared, options.flatten);
            if let Err(problem) = outcome.and_then(|field| assigner.assign(field, value)) {
                refused.insert(name.clone(), problem);
            }
        }
        let taken = |name: &String| values.contains_key(name) && !refused.contains_key(name);
        redraw(&mut assigner, self, options.flatten, |field| taken(&field.name));
        self.finish_objects(&mut changes, &fonts, options)?;
        let bytes = changes.finish()?;
        let accepted = values.iter().filter(|(name, _)| taken(name)).collect();
        self.verify(&bytes, &accepted, options.flatten)?;
        Ok(Filled { bytes, refused })
    }

    fn answerable(&self, name: &str, shared: &BTreeSet<&str>, flatten: bool) -> Result<&Field, FillProblem> {
        let field = self.field(name).ok_or(FillProblem::UnknownField)?;
        if !flatten && field.is_visible() && shared.contains(name) {
            return Err(FillProblem::SharedName);
        }
        Ok(field)
    }

    /// Names that stand for fields of several kinds.
    fn shared_names(&self) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        self.fields.iter().map(|field| field.name.as_str()).filter(|name| !seen.insert(*name)).collect()
    }

    fn finish_objects(
        &self,
        changes: &mut Changes<'_>,
        fonts: &Fonts,
        options: &FillOptions,
    ) -> Result<(), FormError> {
        let written = fonts.objects(&mut |object| changes.add(object)).ok_or(FormError::NotWritten)?;
        for (id, font) in written {
            changes.set(id, font);
        }
        changes.edit_acro_form(|form| {
            // Viewers would throw our drawings away, or show the XFA twin instead.
            form.remove(b"NeedAppearances");
            form.remove(b"XFA");
        });
        if let Some(catalog) = self.file.catalog_id().and_then(|id| changes.edit(id)) {
            catalog.remove(b"NeedsRendering");
            // Usage rights speak of the blank's bytes.
            catalog.remove(b"Perms");
        }
        if options.lock {
            lock(changes, &self.fields);
        }
        if let Some(date) = &options.modified {
            set_modified(changes, &self.file, date);
        }
        if options.flatten {
            flatten::flatten(changes, &self.pages, self.file.catalog_id());
        }
        Ok(())
    }

    /// Reads the new file and compares.
    fn verify(
        &self,
        bytes: &[u8],
        values: &BTreeMap<&String, &FieldValue>,
        flat: bool,
    ) -> Result<(), FormError> {
        let limits = crate::FormLimits { size_bytes: usize::MAX, ..self.file.limits };
        if flat {
            let again = PdfFile::open(bytes, &limits).map_err(|_| FormError::NotWritten)?;
            let same_pages = again.document.page_iter().count() == self.pages.len();
            return if same_pages && again.acro_form().is_none() {
                Ok(())
            } else {
                Err(FormError::NotWritten)
            };
        }
        let again = Self::open(bytes, None, &limits).map_err(|_| FormError::NotWritten)?;
        let arrived = |(name, value): (&&String, &&FieldValue)| {
            again.field(name).is_some_and(|field| says(field, value))
        };
        let same = again.fields.len() == self.fields.len() && again.pages.len() == self.pages.len();
        if same && values.iter().all(arrived) { Ok(()) } else { Err(FormError::NotWritten) }
    }
}

/// The field holds the answer.
fn says(field: &Field, value: &FieldValue) -> bool {
    let export_of = |text: &str| {
        let option = field
            .options
            .iter()
            .find(|o| o.export == text)
            .or_else(|| field.options.iter().find(|o| o.label == text));
        option.map_or_else(|| text.to_owned(), |option| option.export.clone())
    };
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    match value {
        FieldValue::Text(text) if text.is_empty() => field.values.is_empty(),
        FieldValue::Text(text) if field.kind.is_text() => {
            field.values.iter().map(|v| lines(v)).eq([lines(text)])
        }
        FieldValue::Text(text) => field.values == [export_of(text)],
        FieldValue::State(state) if state.is_empty() => field.values.is_empty(),
        FieldValue::State(state) => field.values == [export_of(state)],
        FieldValue::Choices(choices) => {
            let mut wanted: Vec<String> = choices.iter().map(|c| export_of(c)).collect();
            let mut held = field.values.clone();
            wanted.sort_unstable();
            wanted.dedup();
            held.sort_unstable();
            wanted == held
        }
        FieldValue::Check(ticked) => field.values.is_empty() != *ticked,
    }
}

/// Fields that are not answered are drawn where the blank left the drawing to its viewer, so that nothing vanishes
/// with `NeedAppearances` or in a flat copy. What we cannot draw keeps what it has.
fn redraw(assigner: &mut Assigner<'_, '_>, form: &Form, flat: bool, is_taken: impl Fn(&Field) -> bool) {
    let file = &form.file;
    let asked =
        file.acro_form().and_then(|f| file.get(f, b"NeedAppearances")?.as_bool().ok()).unwrap_or(false);
    let bare = |field: &Field| {
        let has = |id| file.dictionary_at(id).and_then(|d| file.get_dictionary(d, b"AP")).is_some();
        field.widgets.iter().any(|widget| !has(widget.id))
    };
    let wants = |field: &&Field| {
        let shows_words = field.kind.is_text() || field.kind.is_choice();
        let undrawn = (asked && !field.values.is_empty()) || (flat && bare(field));
        shows_words && field.is_visible() && !is_taken(field) && undrawn
    };
    for field in form.fields.iter().filter(wants) {
        let value = match field.kind {
            FieldKind::List => FieldValue::Choices(field.values.clone()),
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Comb
            | FieldKind::Date
            | FieldKind::Checkbox
            | FieldKind::Radio
            | FieldKind::Combo
            | FieldKind::Signature
            | FieldKind::Button => FieldValue::Text(field.values.concat()),
        };
        // A refusal leaves the field alone.
        let _ = assigner.assign(field, &value);
    }
}

fn lock(changes: &mut Changes<'_>, fields: &[Field]) {
    for field in fields {
        for holder in &field.holders {
            if let Some(dictionary) = changes.edit(*holder) {
                dictionary.set("Ff", Object::Integer(i64::from(field.flags.0 | 1)));
            }
        }
    }
}

fn set_modified(changes: &mut Changes<'_>, file: &PdfFile, date: &str) {
    let info = file.document.trailer.get(b"Info").ok().and_then(|info| info.as_reference().ok());
    if let Some(info) = info.and_then(|id| changes.edit(id)) {
        info.set("ModDate", Object::String(date.as_bytes().to_vec(), StringFormat::Literal));
    }
}
