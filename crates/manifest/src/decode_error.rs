//! What serde says went wrong, before and after we know where.

use crate::{Fault, Span, closest};
use serde::de::{Expected, Unexpected};

/// A fault that may not know its place yet: the nearest enclosing value gives it one.
#[derive(Debug)]
pub(crate) struct DecodeError {
    pub(crate) placed: bool,
    pub(crate) fault: Fault,
}

impl DecodeError {
    fn new(code: &'static str, message: String) -> Self {
        Self { placed: false, fault: Fault::new(code, Span::default(), message) }
    }

    /// Gives the fault a place, unless something deeper already did.
    pub(crate) fn at(mut self, span: Span) -> Self {
        if !self.placed {
            self.placed = true;
            self.fault.span = span;
        }
        self
    }

    fn meant(mut self, word: &str, known: &[&'static str]) -> Self {
        self.fault.hint = closest(word, known.iter().copied()).map(|best| format!("did you mean `{best}`?"));
        self
    }
}

/// What serde expects, in words that people use.
fn plain(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    let words = match expected.as_str() {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number that is not negative",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a string" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "a mapping",
        other => other,
    };
    words.to_owned()
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.fault.message)
    }
}

impl std::error::Error for DecodeError {}

impl serde::de::Error for DecodeError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new("invalid_value", message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let error = Self::new("wrong_type", format!("expected {}, found {found}", plain(expected)));
        let is_scalar = matches!(
            found,
            Unexpected::Bool(_) | Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_)
        );
        if is_scalar && expected.to_string().contains("string") {
            return Self { fault: error.fault.hint("put it in quotes"), ..error };
        }
        error
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new("invalid_value", format!("expected {}, found {found}", plain(expected)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new("invalid_length", format!("expected {expected}, found {length}"))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        let error =
            Self::new("unknown_value", format!("`{variant}` is not known here")).meant(variant, known);
        if error.fault.hint.is_some() {
            return error;
        }
        Self { fault: error.fault.hint(format!("one of {}", known.join(", "))), ..error }
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new("unknown_field", format!("`{field}` is not a field here")).meant(field, known)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("missing_field", format!("`{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new("duplicate_key", format!("`{field}` stands twice in the same mapping"))
    }
}
