//! One answer into one field: the value where the field keeps it, and the appearance of every widget.

use super::changes::Changes;
use super::{FieldValue, FillProblem};
use crate::appearance::{ButtonMark, Fonts, Look, TextLayout, draw_button, draw_list, draw_text};
use crate::pdf::{PdfFile, name_text, write_text};
use crate::read::{Field, Widget};
use lopdf::{Dictionary, Object, Stream};
use smartexus_domain::FieldKind;

/// The state of a box that came without one.
const PLAIN_STATE: &[u8] = b"Yes";

pub(super) struct Assigner<'c, 'f> {
    pub(super) file: &'f PdfFile,
    pub(super) changes: &'c mut Changes<'f>,
    pub(super) fonts: &'c mut Fonts,
}

impl Assigner<'_, '_> {
    /// Writes the answer, or leaves the field exactly as it was.
    pub(super) fn assign(&mut self, field: &Field, value: &FieldValue) -> Result<(), FillProblem> {
        if !field.is_fillable() {
            return Err(FillProblem::NotFillable);
        }
        if !field.is_visible() {
            return Err(FillProblem::Invisible);
        }
        match field.kind {
            FieldKind::Text | FieldKind::Multiline | FieldKind::Comb | FieldKind::Date => {
                let FieldValue::Text(text) = value else { return Err(FillProblem::WrongKind) };
                self.text(field, text)
            }
            FieldKind::Combo => self.combo(field, value),
            FieldKind::List => self.list(field, value),
            FieldKind::Checkbox | FieldKind::Radio => self.button(field, value),
            FieldKind::Signature | FieldKind::Button => Err(FillProblem::NotFillable),
        }
    }

    fn text(&mut self, field: &Field, text: &str) -> Result<(), FillProblem> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let most = field.max_length.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        if text.chars().count() > most {
            return Err(FillProblem::TooLong);
        }
        let layout = match (field.kind, field.max_length) {
            (FieldKind::Multiline, _) => TextLayout::Lines,
            (FieldKind::Comb, Some(cells)) => TextLayout::Cells(cells),
            _ => TextLayout::Line,
        };
        let drawn = self.draw(field, |this, look| this.text_stream(field, look, &text, layout))?;
        self.keep(field, write_text(&text.replace('\n', "\r")), &drawn);
        Ok(())
    }

    fn combo(&mut self, field: &Field, value: &FieldValue) -> Result<(), FillProblem> {
        let FieldValue::Text(text) = value else { return Err(FillProblem::WrongKind) };
        let option = position(field, text).and_then(|at| field.options.get(at));
        let (export, label) = match option {
            Some(option) => (option.export.clone(), option.label.clone()),
            None if field.is_editable() || text.is_empty() => (text.clone(), text.clone()),
            None => return Err(FillProblem::NotAnOption),
        };
        let drawn = self.draw(field, |this, look| this.text_stream(field, look, &label, TextLayout::Line))?;
        self.keep(field, write_text(&export), &drawn);
        Ok(())
    }

    fn list(&mut self, field: &Field, value: &FieldValue) -> Result<(), FillProblem> {
        let wanted = match value {
            FieldValue::Text(text) if text.is_empty() => Vec::new(),
            FieldValue::Text(text) => vec![text.clone()],
            FieldValue::Choices(choices) => choices.clone(),
            FieldValue::Check(_) | FieldValue::State(_) => return Err(FillProblem::WrongKind),
        };
        let found: Option<Vec<usize>> = wanted.iter().map(|text| position(field, text)).collect();
        let mut chosen = found.ok_or(FillProblem::NotAnOption)?;
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.len() > 1 && !field.is_multiple() {
            return Err(FillProblem::NotAnOption);
        }
        let labels: Vec<&str> = field.options.iter().map(|option| option.label.as_str()).collect();
        let drawn = self.draw(field, |this, look| {
            let Assigner { file, changes, fonts } = this;
            draw_list(file, fonts, look, &labels, &chosen, &mut |object| changes.add(object))
        })?;
        let exports: Vec<Object> =
            chosen.iter().filter_map(|at| field.options.get(*at)).map(|o| write_text(&o.export)).collect();
        let stored = match exports.as_slice() {
            [one] => one.clone(),
            _ => Object::Array(exports),
        };
        self.keep(field, stored, &drawn);
        let indices: Vec<Object> =
            chosen.iter().filter_map(|at| i64::try_from(*at).ok()).map(Object::Integer).collect();
        for holder in &field.holders {
            if let Some(dictionary) = self.changes.edit(*holder) {
                dictionary.set("I", Object::Array(indices.clone()));
            }
        }
        Ok(())
    }

    fn text_stream(
        &mut self,
        field: &Field,
        look: &Look,
        text: &str,
        layout: TextLayout,
    ) -> Result<Stream, FillProblem> {
        let Assigner { file, changes, fonts } = self;
        draw_text(file, fonts, look, text, layout, field.alignment, &mut |object| changes.add(object))
    }

    /// One appearance a widget, all or none.
    fn draw(
        &mut self,
        field: &Field,
        draw: impl Fn(&mut Self, &Look) -> Result<Stream, FillProblem>,
    ) -> Result<Vec<Stream>, FillProblem> {
        let looks: Vec<Look> = field.widgets.iter().filter_map(|widget| self.look(field, widget)).collect();
        if looks.len() != field.widgets.len() {
            return Err(FillProblem::Invisible);
        }
        looks.iter().map(|look| draw(self, look)).collect()
    }

    fn look(&self, field: &Field, widget: &Widget) -> Option<Look> {
        let dictionary = self.file.dictionary_at(widget.id)?;
        let has_room = widget.rect[2] > widget.rect[0] && widget.rect[3] > widget.rect[1];
        has_room.then(|| Look::of(self.file, dictionary, widget.rect, field.default_appearance.as_deref()))
    }

    /// The value into every holder, the drawings into the widgets.
    fn keep(&mut self, field: &Field, value: Object, drawn: &[Stream]) {
        for holder in &field.holders {
            if let Some(dictionary) = self.changes.edit(*holder) {
                dictionary.set("V", value.clone());
                // A rich twin of the value, and indices into options, would say something else now.
                dictionary.remove(b"RV");
                dictionary.remove(b"I");
            }
        }
        for (widget, stream) in field.widgets.iter().zip(drawn) {
            let id = self.changes.add_stream(stream.clone());
            if let Some(dictionary) = self.changes.edit(widget.id) {
                let mut appearances = Dictionary::new();
                appearances.set("N", Object::Reference(id));
                dictionary.set("AP", Object::Dictionary(appearances));
                dictionary.remove(b"AS");
            }
        }
    }

    fn button(&mut self, field: &Field, value: &FieldValue) -> Result<(), FillProblem> {
        let state = match value {
            FieldValue::Check(false) => None,
            FieldValue::State(state) if state.is_empty() => None,
            FieldValue::Check(true) => Some(self.only_state(field)?),
            FieldValue::State(state) | FieldValue::Text(state) => Some(state_named(field, state)?),
            FieldValue::Choices(_) => return Err(FillProblem::WrongKind),
        };
        let off = Object::Name(b"Off".to_vec());
        let name = state.clone().map_or_else(|| off.clone(), Object::Name);
        for holder in &field.holders {
            if let Some(dictionary) = self.changes.edit(*holder) {
                dictionary.set("V", name.clone());
            }
        }
        for widget in &field.widgets {
            let is_on =
                state.as_ref().is_some_and(|s| widget.on_states.contains(s) || widget.on_states.is_empty());
            self.state_drawings_in_place(widget);
            if is_on && let Some(state) = &state {
                self.ensure_state(field, widget, state);
            }
            let shown = if is_on { name.clone() } else { off.clone() };
            if let Some(dictionary) = self.changes.edit(widget.id) {
                dictionary.set("AS", shown);
            }
        }
        Ok(())
    }

    /// Where the drawings of a box stand behind a reference, poppler (22.12) takes the reference for one drawing and shows
    /// nothing at all, ticked or not. The same drawings in the widget itself are seen by everybody.
    fn state_drawings_in_place(&mut self, widget: &Widget) {
        let Some(dictionary) = self.file.dictionary_at(widget.id) else { return };
        let Some(appearances) = self.file.get_dictionary(dictionary, b"AP") else { return };
        let is_behind = appearances.get(b"N").is_ok_and(|normal| normal.as_reference().is_ok());
        let states = self.file.get(appearances, b"N").and_then(|normal| normal.as_dict().ok());
        let Some(states) = states.filter(|_| is_behind) else { return };
        let mut appearances = appearances.clone();
        appearances.set("N", Object::Dictionary(states.clone()));
        if let Some(dictionary) = self.changes.edit(widget.id) {
            dictionary.set("AP", Object::Dictionary(appearances));
        }
    }

    #[expect(clippy::unused_self, reason = "reads beside its callers")]
    fn only_state(&self, field: &Field) -> Result<Vec<u8>, FillProblem> {
        let mut states: Vec<&Vec<u8>> = field.widgets.iter().flat_map(|widget| &widget.on_states).collect();
        states.sort_unstable();
        states.dedup();
        match states.as_slice() {
            [one] => Ok((*one).clone()),
            [] if field.kind == FieldKind::Checkbox => Ok(PLAIN_STATE.to_vec()),
            _ => Err(FillProblem::NotAnOption),
        }
    }

    /// A widget that has no drawing of the state gets one.
    fn ensure_state(&mut self, field: &Field, widget: &Widget, state: &[u8]) {
        let Some(dictionary) = self.file.dictionary_at(widget.id) else { return };
        let normal = self.file.get_dictionary(dictionary, b"AP").and_then(|ap| self.file.get(ap, b"N"));
        let states = normal.and_then(|n| n.as_dict().ok()).cloned().unwrap_or_default();
        if states.has(state) {
            return;
        }
        let Some(look) = self.look(field, widget) else { return };
        let mark = ButtonMark::of(&look, field.kind == FieldKind::Radio);
        let mut states = states;
        for (name, mark) in [(state, mark), (&b"Off"[..], ButtonMark::Off)] {
            if !states.has(name) {
                let id = self.changes.add_stream(draw_button(&look, mark));
                states.set(name.to_vec(), Object::Reference(id));
            }
        }
        let mut appearances = Dictionary::new();
        appearances.set("N", Object::Dictionary(states));
        if let Some(dictionary) = self.changes.edit(widget.id) {
            dictionary.set("AP", Object::Dictionary(appearances));
        }
    }
}

/// The option of this export value, else of this label.
fn position(field: &Field, text: &str) -> Option<usize> {
    let by =
        |part: fn(&smartexus_domain::FieldOption) -> &str| field.options.iter().position(|o| part(o) == text);
    by(|option| &option.export).or_else(|| by(|option| &option.label))
}

fn state_named(field: &Field, text: &str) -> Result<Vec<u8>, FillProblem> {
    let export = position(field, text).and_then(|at| field.options.get(at)).map(|o| o.export.as_str());
    let mut states = field.widgets.iter().flat_map(|widget| &widget.on_states);
    states.find(|state| Some(name_text(state).as_str()) == export).cloned().ok_or(FillProblem::NotAnOption)
}
