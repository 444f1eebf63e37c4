//! Application forms: what a blank asks for, and `smartexus.form/1`, what was put into it and why.

use crate::{Failure, Finding, Rect};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a field is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Text that may run over several lines.
    Multiline,
    /// One character a cell.
    Comb,
    /// Text that the form formats as a date.
    Date,
    /// A box to tick; several boxes of one field exclude each other.
    Checkbox,
    /// One of several buttons.
    Radio,
    /// A list that opens, perhaps with room for another answer.
    Combo,
    /// A list that is always open.
    List,
    /// A place for a signature: recognized so that it stays blank.
    Signature,
    /// A button that does something: never filled.
    Button,
}

impl FieldKind {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Multiline => "multiline",
            Self::Comb => "comb",
            Self::Date => "date",
            Self::Checkbox => "checkbox",
            Self::Radio => "radio",
            Self::Combo => "combo",
            Self::List => "list",
            Self::Signature => "signature",
            Self::Button => "button",
        }
    }

    /// Answered by characters.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Multiline | Self::Comb | Self::Date)
    }

    /// Answered by one of its states.
    #[must_use]
    pub const fn is_button(self) -> bool {
        matches!(self, Self::Checkbox | Self::Radio)
    }

    /// Answered by one of its options.
    #[must_use]
    pub const fn is_choice(self) -> bool {
        matches!(self, Self::Combo | Self::List)
    }
}

/// One place where a field is seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WidgetPlace {
    /// 1-based; `null` for a widget that no page shows.
    pub page: Option<u32>,
    /// PDF points, origin top left of the page as displayed.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// The state that this widget of a check box or radio group stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_state: Option<String>,
}

/// One thing that a choice or a button may say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldOption {
    /// What is stored, and what a mapping names.
    pub export: String,
    /// What a person reads.
    pub label: String,
}

/// Where a label was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelSource {
    /// The field's own tooltip.
    Tooltip,
    /// Printed left of the widget.
    Left,
    /// Printed right of the widget: check boxes and radio buttons.
    Right,
    /// Printed above the widget, or inside its top.
    Above,
    /// Printed over the column of a table in which the widget stands below others.
    Column,
    /// Printed over the part of the form in which the widget stands: it says of whom the field asks, not what.
    Heading,
    /// The field's name, taken apart.
    Name,
}

/// A label and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelText {
    /// The words.
    pub text: String,
    /// Where they stood.
    pub from: LabelSource,
}

/// One field of a blank, as `forms inspect` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormField {
    /// The full name: partial names joined by dots.
    pub name: String,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Page of the first widget.
    pub page: Option<u32>,
    /// Every widget.
    pub widgets: Vec<WidgetPlace>,
    /// The field's own description.
    pub tooltip: Option<String>,
    /// Labels, the most telling first.
    pub labels: Vec<LabelText>,
    /// What may be chosen, in the form's order.
    pub options: Vec<FieldOption>,
    /// Most characters.
    pub max_length: Option<u32>,
    /// The form asks for an answer.
    pub required: bool,
    /// People cannot change it.
    pub read_only: bool,
    /// A combo that takes other answers than its options.
    pub editable: bool,
    /// Several options may be chosen.
    pub multiple: bool,
    /// What the form's script would make of an answer, in our words, for instance `date mm/dd/yyyy`. Never run.
    pub format: Option<String>,
    /// The form's script would compute it. Never run.
    pub calculated: bool,
    /// The full names of the fields that the form's script would sum into it, where it says no more than that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sum_of: Vec<String>,
    /// What it says now.
    pub value: Option<String>,
}

/// Where an answer came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactOrigin {
    /// The fact's key.
    pub key: String,
    /// The document, as the facts name it; `null` for a person's word and for constants.
    pub document: Option<String>,
    /// 1-based.
    pub page: Option<u32>,
    /// PDF points, origin top left.
    #[serde(rename = "box")]
    pub bounds: Option<Rect>,
    /// Of a figure: the ids of the ledger rows that it was worked out from, as in `smartexus.figures/1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "crate::figures::is_zero")]
    pub rows_left_out: u32,
    /// 0–1.
    pub confidence: f64,
}

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldState {
    /// Written into the form.
    Filled,
    /// No fact answers it.
    Missing,
    /// A fact answers it, but not in a way that the field can hold.
    Invalid,
    /// Proposed, not written: the fact or the mapping is not sure enough.
    Doubtful,
    /// Only a person may answer: signatures, declarations, consents and their like.
    LeftToPerson,
    /// The mapping says that this case does not need it.
    NotNeeded,
    /// The mapping does not speak of it.
    Unmapped,
}

/// One field of a filled form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FilledField {
    /// Full name.
    pub name: String,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Page of the first widget.
    pub page: Option<u32>,
    /// The first widget's box.
    #[serde(rename = "box")]
    pub bounds: Option<Rect>,
    /// What became of it.
    pub state: FieldState,
    /// What was written, or would be.
    pub value: Option<String>,
    /// 0–1: of the weakest fact behind it.
    pub confidence: Option<f64>,
    /// One sentence for people.
    pub reason: String,
    /// The facts behind it.
    pub sources: Vec<FactOrigin>,
    /// The line of the mapping file that decided, 1-based.
    pub mapping_line: Option<u32>,
}

/// A field or a rule that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormGap {
    /// Full names of the fields concerned.
    pub fields: Vec<String>,
    /// Stable snake-case code of the rule.
    pub rule: String,
    /// What would satisfy it, in one sentence.
    pub advice: String,
}

/// `smartexus.form/1`: one filled form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormResult {
    /// Always [`FormResult::SCHEMA`].
    pub schema: String,
    /// The blank as named by the caller.
    pub file: String,
    /// SHA-256 of the blank, hexadecimal.
    pub sha256: String,
    /// Of the names, types and pages of its fields: the same for two prints of one edition.
    pub fingerprint: String,
    /// Name and version of the mapping; `null` when none knows this blank.
    pub mapping: Option<String>,
    /// Every field, in the form's order.
    pub fields: Vec<FilledField>,
    /// What the form asks for and has not got.
    pub missing: Vec<FormGap>,
    /// What it has got and cannot stand.
    pub invalid: Vec<FormGap>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// Why nothing was filled.
    pub failure: Option<Failure>,
}

impl FormResult {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.form/1";
}
