//! What a field may say: `/Opt` of choices, appearance states of buttons.

use super::field::Widget;
use crate::pdf::{PdfFile, name_text};
use lopdf::{Dictionary, Object};
use smartexus_domain::FieldOption;

/// `/Opt`: each entry a text, or the pair of export value and label.
pub(crate) fn choice_options(file: &PdfFile, list: &[Object]) -> Vec<FieldOption> {
    let option = |object: &Object| {
        let object = file.resolve(object)?;
        if let Some(text) = file.text_or_name(object) {
            return Some(FieldOption { label: text.clone(), export: text });
        }
        let pair = object.as_array().ok()?;
        let export = file.text_or_name(pair.first()?)?;
        let label = pair.get(1).and_then(|o| file.text_or_name(o)).unwrap_or_else(|| export.clone());
        Some(FieldOption { export, label })
    };
    list.iter().take(file.limits.options).filter_map(option).collect()
}

/// One option for each state that a widget can be switched to. With `/Opt` the states are numbers and the labels
/// stand there, one for each widget.
pub(crate) fn button_options(
    file: &PdfFile,
    widgets: &[Widget],
    list: Option<&[Object]>,
) -> Vec<FieldOption> {
    let labels: Vec<Option<String>> =
        list.unwrap_or_default().iter().take(file.limits.options).map(|o| file.text_or_name(o)).collect();
    let mut options: Vec<FieldOption> = Vec::new();
    for (index, widget) in widgets.iter().enumerate() {
        for state in &widget.on_states {
            let export = name_text(state);
            let label = labels.get(index).cloned().flatten().unwrap_or_else(|| export.clone());
            if options.len() < file.limits.options && options.iter().all(|o| o.export != export) {
                options.push(FieldOption { export, label });
            }
        }
    }
    options
}

/// Names under `/AP /N` that are not `Off`. `/N` may be a bare stream, hold `Off` alone, or be missing: then the
/// states under `/D` say what it was meant to be.
pub(crate) fn on_states(file: &PdfFile, widget: &Dictionary) -> Vec<Vec<u8>> {
    let Some(appearances) = file.get_dictionary(widget, b"AP") else { return Vec::new() };
    let states_of = |key: &[u8]| -> Vec<Vec<u8>> {
        let states = file.get(appearances, key).and_then(|object| object.as_dict().ok());
        let names = states.into_iter().flat_map(|states| states.iter().map(|(name, _)| name));
        names.filter(|name| *name != b"Off").take(file.limits.options).cloned().collect()
    };
    let normal = states_of(b"N");
    if normal.is_empty() { states_of(b"D") } else { normal }
}
