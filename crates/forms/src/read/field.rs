//! One field with its widgets, inherited attributes resolved.

use super::script::FieldFormat;
use lopdf::ObjectId;
use smartexus_domain::{FieldKind, FieldOption, FormField, LabelText, Rect, WidgetPlace};

/// Bits of `/Ff`, counted from 0.
mod bit {
    pub(super) const READ_ONLY: u32 = 0;
    pub(super) const REQUIRED: u32 = 1;
    pub(super) const MULTILINE: u32 = 12;
    pub(super) const PASSWORD: u32 = 13;
    pub(super) const RADIO: u32 = 15;
    pub(super) const PUSH_BUTTON: u32 = 16;
    pub(super) const COMBO: u32 = 17;
    pub(super) const EDITABLE: u32 = 18;
    pub(super) const FILE: u32 = 20;
    pub(super) const MULTIPLE: u32 = 21;
    pub(super) const COMB: u32 = 24;
}

/// `/Ff`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags(pub(crate) u32);

impl Flags {
    const fn has(self, bit: u32) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// A box in which the field is seen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Widget {
    pub(crate) id: ObjectId,
    /// 1-based.
    pub(crate) page: Option<u32>,
    /// User space.
    pub(crate) rect: [f32; 4],
    /// As displayed.
    pub(crate) bounds: Rect,
    /// Its flag says that nobody sees it.
    pub(crate) is_hidden: bool,
    /// Names under `/AP /N` that are not `Off`, as they stand in the file.
    pub(crate) on_states: Vec<Vec<u8>>,
}

/// A terminal field. Fields of one full name are one field.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// The dictionaries that hold `/V`.
    pub(crate) holders: Vec<ObjectId>,
    pub(crate) widgets: Vec<Widget>,
    pub(crate) kind: FieldKind,
    pub(crate) flags: Flags,
    pub(crate) tooltip: Option<String>,
    pub(crate) options: Vec<FieldOption>,
    pub(crate) max_length: Option<u32>,
    pub(crate) format: Option<FieldFormat>,
    pub(crate) calculated: bool,
    pub(crate) sum_of: Vec<String>,
    pub(crate) default_appearance: Option<String>,
    /// 0 left, 1 centred, 2 right.
    pub(crate) alignment: i64,
    /// Several for a list.
    pub(crate) values: Vec<String>,
    /// A signature field that is signed.
    pub(crate) signed: bool,
    pub(crate) labels: Vec<LabelText>,
}

/// How the field is answered, from its type name and flags; `None` for a type that PDF does not know.
pub(crate) fn kind_of(type_name: &[u8], flags: Flags, has_cells: bool, is_date: bool) -> Option<FieldKind> {
    Some(match type_name {
        b"Tx" if flags.has(bit::MULTILINE) => FieldKind::Multiline,
        b"Tx" if flags.has(bit::COMB) && has_cells && !flags.has(bit::PASSWORD) => FieldKind::Comb,
        b"Tx" if is_date => FieldKind::Date,
        b"Tx" => FieldKind::Text,
        b"Btn" if flags.has(bit::PUSH_BUTTON) => FieldKind::Button,
        b"Btn" if flags.has(bit::RADIO) => FieldKind::Radio,
        b"Btn" => FieldKind::Checkbox,
        b"Ch" if flags.has(bit::COMBO) => FieldKind::Combo,
        b"Ch" => FieldKind::List,
        b"Sig" => FieldKind::Signature,
        _ => return None,
    })
}

impl Field {
    /// Passwords and names of files are no facts of a client.
    pub(crate) fn is_fillable(&self) -> bool {
        match self.kind {
            FieldKind::Signature | FieldKind::Button => false,
            FieldKind::Text | FieldKind::Multiline | FieldKind::Comb | FieldKind::Date => {
                !self.flags.has(bit::PASSWORD) && !self.flags.has(bit::FILE)
            }
            FieldKind::Checkbox | FieldKind::Radio | FieldKind::Combo | FieldKind::List => true,
        }
    }

    /// A person sees it somewhere.
    pub(crate) fn is_visible(&self) -> bool {
        self.widgets.iter().any(|widget| widget.page.is_some() && !widget.is_hidden)
    }

    pub(crate) fn is_editable(&self) -> bool {
        self.kind == FieldKind::Combo && self.flags.has(bit::EDITABLE)
    }

    pub(crate) fn is_multiple(&self) -> bool {
        self.kind == FieldKind::List && self.flags.has(bit::MULTIPLE)
    }

    pub(crate) fn is_required(&self) -> bool {
        self.flags.has(bit::REQUIRED)
    }

    /// What `forms inspect` prints.
    pub(crate) fn described(&self) -> FormField {
        let place = |widget: &Widget| WidgetPlace {
            page: widget.page,
            bounds: widget.bounds,
            on_state: widget.on_states.first().map(|name| crate::pdf::name_text(name)),
        };
        FormField {
            name: self.name.clone(),
            kind: self.kind,
            page: self.widgets.iter().find_map(|w| w.page),
            widgets: self.widgets.iter().map(place).collect(),
            tooltip: self.tooltip.clone(),
            labels: self.labels.clone(),
            options: self.options.clone(),
            max_length: self.max_length,
            required: self.is_required(),
            read_only: self.flags.has(bit::READ_ONLY),
            editable: self.is_editable(),
            multiple: self.is_multiple(),
            format: self.format.as_ref().map(ToString::to_string),
            calculated: self.calculated,
            sum_of: self.sum_of.clone(),
            value: (!self.values.is_empty()).then(|| self.values.join("; ")),
        }
    }
}
