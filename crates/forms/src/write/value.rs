/// An answer to one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Words for a text field, an editable combo, or the export value or label of one option.
    Text(String),
    /// Options of a list by export value or label.
    Choices(Vec<String>),
    /// A check box with one state, ticked or not.
    Check(bool),
    /// The state of a check box or radio group by export value or label; the empty text turns all off.
    State(String),
}
