/// Why one field did not take its answer. The field keeps what it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FillProblem {
    /// The form has no field of this name.
    UnknownField,
    /// Signatures, buttons, passwords and names of files are not filled.
    NotFillable,
    /// More characters than the field holds.
    TooLong,
    /// It would have to be smaller than 6 points to be seen whole.
    DoesNotFit,
    /// A line break for a field of one line.
    LineBreak,
    /// A character that no font of ours has.
    NoGlyph,
    /// Not among the field's options or states.
    NotAnOption,
    /// An answer of another kind: a tick for a text field, say.
    WrongKind,
    /// The field has no place that anybody sees, so its answer would be invisible.
    Invisible,
    /// The form has another field of this name and of another kind: some viewers show only one of them. A flat copy shows
    /// the answer everywhere.
    SharedName,
}

impl FillProblem {
    /// Stable snake-case code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::NotFillable => "not_fillable",
            Self::TooLong => "too_long",
            Self::DoesNotFit => "does_not_fit",
            Self::LineBreak => "line_break",
            Self::NoGlyph => "no_glyph",
            Self::NotAnOption => "not_an_option",
            Self::WrongKind => "wrong_kind",
            Self::Invisible => "invisible",
            Self::SharedName => "shared_name",
        }
    }

    /// What would satisfy the field, in one sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::UnknownField => "Check the field's name against `forms inspect`.",
            Self::NotFillable => "Fill this field by hand.",
            Self::TooLong => "Give an answer that is no longer than the field allows.",
            Self::DoesNotFit => "Give a shorter answer, or attach a sheet.",
            Self::LineBreak => "Give an answer of one line.",
            Self::NoGlyph => {
                "Give the answer in letters of a language that is written today, without pictures."
            }
            Self::NotAnOption => "Choose one of the field's options.",
            Self::WrongKind => "Give an answer of the field's kind.",
            Self::SharedName => {
                "Two fields of the form share this name: flatten the form, or fill this one by hand."
            }
            Self::Invisible => "This field cannot be seen on the form: leave it out.",
        }
    }
}
