//! Fields for a form that has none, put where a person would write: from then on it is filled as every other form.

use super::detect::{Place, places};
use crate::pdf::PdfFile;
use crate::read::pages_of;
use crate::write::Changes;
use crate::{FormError, FormLimits};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use smartexus_domain::{FieldKind, Pages};
use std::collections::BTreeMap;

/// `/Ff` of a text that runs over several lines.
const MULTILINE: i64 = 1 << 12;
/// An annotation that is printed.
const PRINT: i64 = 4;

/// The file with a field at every place that was found, its old bytes in front. `pages` are its words.
///
/// # Errors
/// [`FormError::NoFields`] where no place is found; as [`crate::Form::open`] otherwise.
pub(crate) fn with_fields(bytes: &[u8], pages: &Pages, limits: &FormLimits) -> Result<Vec<u8>, FormError> {
    let file = PdfFile::open(bytes, limits)?;
    let views = pages_of(&file, limits)?;
    // Words are in the page as displayed: a turned page would need them turned back.
    let upright = views.iter().all(|view| view.rotation == 0);
    let found =
        if upright && views.len() == pages.pages.len() { places(&file, &views, pages) } else { Vec::new() };
    if found.is_empty() {
        return Err(FormError::NoFields);
    }
    if found.len() > limits.fields {
        return Err(FormError::TooManyFields);
    }
    let mut changes = Changes::new(&file);
    let mut by_page: BTreeMap<u32, Vec<Object>> = BTreeMap::new();
    let mut fields: Vec<Object> = Vec::new();
    for place in found {
        let view = usize::try_from(place.page).ok().and_then(|number| views.get(number.checked_sub(1)?));
        let Some(view) = view else { continue };
        let id = changes.add(Object::Dictionary(widget(&place, view.id, view.undisplayed(place.bounds))));
        by_page.entry(place.page).or_default().push(Object::Reference(id));
        fields.push(Object::Reference(id));
    }
    for (view, number) in views.iter().zip(1_u32..) {
        if let Some(added) = by_page.remove(&number) {
            annotate(&file, &mut changes, view.id, added);
        }
    }
    let helvetica = changes.add(Object::Dictionary(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    }));
    let form = dictionary! {
        "Fields" => fields,
        "DA" => Object::string_literal("/Helv 0 Tf 0 g"),
        "DR" => dictionary! { "Font" => dictionary! { "Helv" => Object::Reference(helvetica) } },
    };
    let form = changes.add(Object::Dictionary(form));
    let catalog = file.catalog_id().and_then(|id| changes.edit(id)).ok_or(FormError::Corrupt)?;
    catalog.set("AcroForm", Object::Reference(form));
    changes.finish()
}

/// Named by its place, so that two forms with as many places are two forms: `p1-36-78`.
fn widget(place: &Place, page: ObjectId, rect: [f32; 4]) -> Dictionary {
    let name = format!("p{}-{:.0}-{:.0}", place.page, place.bounds.x0, place.bounds.y0);
    let mut widget = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "F" => PRINT,
        "P" => Object::Reference(page),
        "T" => Object::string_literal(name),
        "Rect" => rect.into_iter().map(Object::Real).collect::<Vec<_>>(),
    };
    if place.kind == FieldKind::Checkbox {
        widget.set("FT", "Btn");
        widget.set("AS", "Off");
        // Black, and a cross.
        widget.set("MK", dictionary! { "CA" => Object::string_literal("8") });
    } else {
        widget.set("FT", "Tx");
        if place.kind == FieldKind::Multiline {
            widget.set("Ff", MULTILINE);
        }
    }
    widget
}

fn annotate(file: &PdfFile, changes: &mut Changes<'_>, page: ObjectId, added: Vec<Object>) {
    let known = file.dictionary_at(page).and_then(|page| file.get_array(page, b"Annots")).unwrap_or_default();
    let all: Vec<Object> = known.iter().cloned().chain(added).collect();
    if let Some(page) = changes.edit(page) {
        page.set("Annots", all);
    }
}
