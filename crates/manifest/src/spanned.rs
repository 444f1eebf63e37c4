//! A value together with its place in the file.

use crate::Span;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::marker::PhantomData;

/// The name by which our decoder knows that a place is wanted.
pub(crate) const SPANNED: &str = "$smartexus_manifest::Spanned";

/// A value that remembers where it was written, for checks that types cannot express.
/// Read by anything but this crate, it is the bare value and its span is empty.
#[derive(Debug, Clone, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value that was not read from a file.
    pub const fn new(value: T) -> Self {
        Self { value, span: Span { line: 0, column: 0, width: 0 } }
    }
}

/// Places do not take part: two files that say the same are equal.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    /// Ours: line, column, width, value.
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let mut part = || parts.next_element::<u32>()?.ok_or_else(|| A::Error::missing_field("span"));
        let span = Span { line: part()?, column: part()?, width: part()? };
        let value = parts.next_element()?.ok_or_else(|| A::Error::missing_field("value"))?;
        Ok(Spanned { value, span })
    }

    /// Anybody else's.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::deserialize(deserializer).map(Spanned::new)
    }
}
