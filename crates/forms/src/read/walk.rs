//! The tree of fields, walked with every node once and a bounded depth.

use super::field::{Field, Flags, Widget, kind_of};
use super::options::{button_options, choice_options, on_states};
use super::script::{FieldFormat, format_of, is_calculated, sum_of};
use crate::pdf::{PageView, PdfFile, rect_of};
use crate::{FormError, FormLimits};
use lopdf::{Dictionary, Object, ObjectId};
use smartexus_domain::{FieldKind, Finding, Rect};
use std::collections::{HashMap, HashSet};

/// Bits of an annotation's `/F`: hidden everywhere, or from everybody who looks at a screen.
const HIDDEN: i64 = 2 | 32;
const NO_ROTATE: i64 = 16;

/// Everything found.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub(crate) fields: Vec<Field>,
    pub(crate) findings: Vec<Finding>,
}

/// The form's fields, those of `/Fields` first, then widgets that only a page names.
pub(crate) fn walk(file: &PdfFile, pages: &[PageView]) -> Result<Walked, FormError> {
    let mut walker = Walker {
        file,
        pages,
        page_of: pages_of_widgets(file, pages),
        visited: HashSet::new(),
        by_name: HashMap::new(),
        widgets: 0,
        walked: Walked::default(),
    };
    let roots = file.acro_form().and_then(|form| file.get_array(form, b"Fields")).unwrap_or_default();
    for root in roots {
        walker.enter(root)?;
    }
    walker.orphans()?;
    Ok(walker.walked)
}

/// Attributes that a node has from those above it.
#[derive(Debug, Clone, Default)]
struct Inherited<'a> {
    name: String,
    type_name: Option<&'a [u8]>,
    flags: Flags,
    max_length: Option<i64>,
    default_appearance: Option<&'a Object>,
    alignment: Option<i64>,
    value: Option<&'a Object>,
    options: Option<&'a [Object]>,
    tooltip: Option<&'a Object>,
    actions: Option<&'a Dictionary>,
}

struct Walker<'a> {
    file: &'a PdfFile,
    pages: &'a [PageView],
    page_of: HashMap<ObjectId, u32>,
    visited: HashSet<ObjectId>,
    by_name: HashMap<(String, FieldKind), usize>,
    widgets: usize,
    walked: Walked,
}

impl<'a> Walker<'a> {
    fn enter(&mut self, root: &'a Object) -> Result<(), FormError> {
        let Ok(id) = root.as_reference() else {
            self.tell(
                "field_not_addressable",
                "A field stands in the file without a number and cannot be filled.",
            );
            return Ok(());
        };
        let form = self.file.acro_form();
        let of_form = |key: &[u8]| form.and_then(|f| f.get(key).ok());
        let top = Inherited {
            default_appearance: of_form(b"DA"),
            alignment: form.and_then(|f| self.file.get_integer(f, b"Q")),
            ..Inherited::default()
        };
        self.node(id, &top, 0)
    }

    fn node(&mut self, id: ObjectId, above: &Inherited<'a>, depth: usize) -> Result<(), FormError> {
        if depth > self.file.limits.depth {
            self.tell(
                "fields_too_deep",
                "Fields stand deeper inside each other than the limit: the rest is left out.",
            );
            return Ok(());
        }
        let Some(node) = self.file.dictionary_at(id) else { return Ok(()) };
        if !self.visited.insert(id) {
            return Ok(());
        }
        let here = self.inherit(node, above);
        let kids: Vec<ObjectId> = self.kids(node);
        let is_named = |kid: &ObjectId| self.file.dictionary_at(*kid).is_some_and(|kid| kid.has(b"T"));
        let (fields, widgets): (Vec<ObjectId>, Vec<ObjectId>) = kids.into_iter().partition(is_named);
        if fields.is_empty() || !widgets.is_empty() {
            self.terminal(id, node, &here, &widgets)?;
        }
        for kid in fields {
            self.node(kid, &here, depth.saturating_add(1))?;
        }
        Ok(())
    }

    fn kids(&self, node: &'a Dictionary) -> Vec<ObjectId> {
        let kids = self.file.get_array(node, b"Kids").unwrap_or_default();
        kids.iter().filter_map(|kid| kid.as_reference().ok()).collect()
    }

    fn inherit(&self, node: &'a Dictionary, above: &Inherited<'a>) -> Inherited<'a> {
        let file = self.file;
        let name = match file.get_text(node, b"T") {
            Some(part) if above.name.is_empty() => part,
            Some(part) => clipped(&format!("{}.{part}", above.name), file.limits.text_chars),
            None => above.name.clone(),
        };
        let flags = file.get_integer(node, b"Ff").map(|bits| {
            // A signed reading of an unsigned word: only the low 32 bits are flags.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "only the low bits are flags"
            )]
            Flags(bits as u32)
        });
        Inherited {
            name,
            type_name: file.get_name(node, b"FT").or(above.type_name),
            flags: flags.unwrap_or(above.flags),
            max_length: file.get_integer(node, b"MaxLen").or(above.max_length),
            default_appearance: node.get(b"DA").ok().or(above.default_appearance),
            alignment: file.get_integer(node, b"Q").or(above.alignment),
            value: node.get(b"V").ok().or(above.value),
            options: file.get_array(node, b"Opt").or(above.options),
            tooltip: node.get(b"TU").ok().or(above.tooltip),
            actions: file.get_dictionary(node, b"AA").or(above.actions),
        }
    }

    /// A field with its widgets; without kids it is its own widget.
    fn terminal(
        &mut self,
        id: ObjectId,
        node: &'a Dictionary,
        here: &Inherited<'a>,
        kids: &[ObjectId],
    ) -> Result<(), FormError> {
        let own = if kids.is_empty() && node.has(b"Rect") { vec![id] } else { Vec::new() };
        let mut seen: Vec<Widget> = Vec::new();
        for widget in kids.iter().chain(&own) {
            if *widget == id || self.visited.insert(*widget) {
                seen.extend(self.widget(*widget));
            }
        }
        self.widgets = self.widgets.saturating_add(seen.len());
        // What only a widget says (a pair of merged dictionaries, say) counts for the whole field.
        let first = seen.first().and_then(|w| self.file.dictionary_at(w.id));
        let here = first.map_or_else(
            || here.clone(),
            |widget| Inherited { name: here.name.clone(), ..self.inherit(widget, here) },
        );
        let Some(field) = self.field(id, &here, seen) else { return Ok(()) };
        self.keep(field)?;
        within(self.widgets, self.file.limits.widgets())
    }

    fn keep(&mut self, field: Field) -> Result<(), FormError> {
        let key = (field.name.clone(), field.kind);
        if let Some(known) = self.by_name.get(&key).and_then(|at| self.walked.fields.get_mut(*at)) {
            known.holders.extend(field.holders);
            for option in field.options {
                if !known.options.contains(&option) {
                    known.options.push(option);
                }
            }
            known.widgets.extend(field.widgets);
            return Ok(());
        }
        self.by_name.entry(key).or_insert(self.walked.fields.len());
        self.walked.fields.push(field);
        within(self.walked.fields.len(), self.file.limits.fields)
    }

    fn widget(&self, id: ObjectId) -> Option<Widget> {
        let dictionary = self.file.dictionary_at(id)?;
        let rect = rect_of(self.file, dictionary)?;
        // Only what a page lists is ever drawn, whatever the widget says of its page.
        let page = self.page_of.get(&id).copied();
        let view = page.and_then(|page| self.pages.get(usize::try_from(page).ok()?.checked_sub(1)?));
        let flags = self.file.get_integer(dictionary, b"F").unwrap_or(0);
        let bounds = view.map_or_else(
            || Rect::from([0.0; 4]),
            |view| if flags & NO_ROTATE == 0 { view.displayed(rect) } else { view.displayed_upright(rect) },
        );
        let is_hidden = flags & HIDDEN != 0;
        Some(Widget { id, page, rect, bounds, is_hidden, on_states: on_states(self.file, dictionary) })
    }

    fn field(&self, id: ObjectId, here: &Inherited<'a>, widgets: Vec<Widget>) -> Option<Field> {
        let file = self.file;
        let format = here.actions.and_then(|actions| format_of(file, actions));
        let max_length = here.max_length.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
        let is_date = matches!(format, Some(FieldFormat::Date(_)));
        let kind = kind_of(here.type_name?, here.flags, max_length.is_some(), is_date)?;
        let options = match kind {
            FieldKind::Checkbox | FieldKind::Radio => button_options(file, &widgets, here.options),
            FieldKind::Combo | FieldKind::List => choice_options(file, here.options.unwrap_or_default()),
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Comb
            | FieldKind::Date
            | FieldKind::Signature
            | FieldKind::Button => Vec::new(),
        };
        let value = here.value.and_then(|v| file.resolve(v));
        Some(Field {
            name: here.name.clone(),
            holders: vec![id],
            kind,
            flags: here.flags,
            tooltip: here.tooltip.and_then(|t| file.text(t)).filter(|t| !t.trim().is_empty()),
            options,
            max_length,
            format,
            calculated: here.actions.is_some_and(|actions| is_calculated(file, actions)),
            sum_of: here.actions.map(|actions| sum_of(file, actions)).unwrap_or_default(),
            default_appearance: here.default_appearance.and_then(|da| file.text(da)),
            alignment: here.alignment.unwrap_or(0),
            signed: kind == FieldKind::Signature && value.is_some(),
            values: value.map(|v| self.values(kind, v, &widgets)).unwrap_or_default(),
            widgets,
            labels: Vec::new(),
        })
    }

    fn values(&self, kind: FieldKind, value: &Object, widgets: &[Widget]) -> Vec<String> {
        if kind == FieldKind::Signature || kind == FieldKind::Button {
            return Vec::new();
        }
        let file = self.file;
        if let Ok(list) = value.as_array() {
            return list.iter().take(file.limits.options).filter_map(|v| file.text_or_name(v)).collect();
        }
        let text = file.text_or_name(value).filter(|text| !text.is_empty());
        let is_off = kind.is_button() && text.as_deref() == Some("Off");
        let known = |t: &String| !kind.is_button() || widgets.is_empty() || !t.is_empty();
        text.filter(|t| !is_off && known(t)).into_iter().collect()
    }

    /// Widgets that pages name and `/Fields` does not: many programs draw and fill them all the same.
    fn orphans(&mut self) -> Result<(), FormError> {
        let mut ids: Vec<(u32, ObjectId)> = self.page_of.iter().map(|(id, page)| (*page, *id)).collect();
        ids.sort_unstable();
        let mut found = 0_usize;
        for (_, id) in ids {
            if self.visited.contains(&id) {
                continue;
            }
            let root = self.root_of(id);
            let before = self.walked.fields.len();
            let top = Inherited::default();
            self.node(root, &top, 0)?;
            found = found.saturating_add(self.walked.fields.len().saturating_sub(before));
        }
        if found > 0 {
            self.walked.findings.push(Finding::new(
                "fields_not_listed",
                format!("{found} fields stand on a page but not in the form's list."),
            ));
        }
        Ok(())
    }

    /// The topmost ancestor that was not visited yet.
    fn root_of(&self, id: ObjectId) -> ObjectId {
        let mut at = id;
        for _ in 0..self.file.limits.depth {
            let parent = self.file.dictionary_at(at).and_then(|d| d.get(b"Parent").ok()?.as_reference().ok());
            match parent {
                Some(parent) if !self.visited.contains(&parent) => at = parent,
                Some(_) | None => break,
            }
        }
        at
    }

    fn tell(&mut self, code: &'static str, message: &str) {
        if self.walked.findings.iter().all(|finding| finding.code != code) {
            self.walked.findings.push(Finding::new(code, message));
        }
    }
}

fn within(count: usize, most: usize) -> Result<(), FormError> {
    if count > most { Err(FormError::TooManyFields) } else { Ok(()) }
}

fn clipped(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

fn number(index: usize) -> Option<u32> {
    u32::try_from(index).ok()?.checked_add(1)
}

/// Which page's `/Annots` name each widget.
fn pages_of_widgets(file: &PdfFile, pages: &[PageView]) -> HashMap<ObjectId, u32> {
    let mut page_of = HashMap::new();
    for (index, view) in pages.iter().enumerate() {
        let Some(page) = file.dictionary_at(view.id) else { continue };
        for annotation in file.get_array(page, b"Annots").unwrap_or_default() {
            let Ok(id) = annotation.as_reference() else { continue };
            let is_widget = |d: &Dictionary| file.get_name(d, b"Subtype") == Some(b"Widget");
            if file.dictionary_at(id).is_some_and(is_widget)
                && let Some(page) = number(index)
            {
                page_of.entry(id).or_insert(page);
            }
        }
    }
    page_of
}

/// The pages, in order.
pub(crate) fn pages_of(file: &PdfFile, limits: &FormLimits) -> Result<Vec<PageView>, FormError> {
    let mut views = Vec::new();
    for id in file.document.page_iter() {
        if views.len() >= limits.pages {
            return Err(FormError::TooManyPages);
        }
        views.push(PageView::of(file, id));
    }
    Ok(views)
}
