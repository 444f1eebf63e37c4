//! The tree to a typed value. Unknown fields are collected and stepped over, so that all of them are told at once;
//! a struct sees its fields in the order it declares them, whatever the order in the file.

use crate::decode_error::DecodeError;
use crate::node::{Key, Node, Value};
use crate::spanned::SPANNED;
use crate::{Fault, closest};
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use std::cell::RefCell;

/// The typed value, or everything that is wrong.
pub(crate) fn decode<T: DeserializeOwned>(tree: &Node) -> Result<T, Vec<Fault>> {
    let faults = RefCell::new(Vec::new());
    let decoded = T::deserialize(Decoder { node: tree, label: "the file", faults: &faults });
    let mut faults = faults.into_inner();
    match decoded {
        Ok(value) if faults.is_empty() => Ok(value),
        Ok(_) => Err(faults),
        Err(error) => {
            faults.push(error.at(tree.span).fault);
            Err(faults)
        }
    }
}

/// Reads one node. `label` is what messages call it: the key it stands under.
#[derive(Clone, Copy)]
struct Decoder<'n> {
    node: &'n Node,
    label: &'n str,
    faults: &'n RefCell<Vec<Fault>>,
}

impl<'n> Decoder<'n> {
    fn child(&self, node: &'n Node, label: &'n str) -> Self {
        Self { node, label, faults: self.faults }
    }

    fn unexpected(&self) -> Unexpected<'n> {
        match &self.node.value {
            Value::Null => Unexpected::Other("nothing"),
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Integer(value) => {
                i64::try_from(*value).map_or(Unexpected::Other("a huge integer"), Unexpected::Signed)
            }
            Value::Float(value) => Unexpected::Float(*value),
            Value::Text(text) => Unexpected::Str(text),
            Value::List(_) => Unexpected::Seq,
            Value::Map(_) => Unexpected::Map,
        }
    }

    /// Tells every key of a struct's mapping that the struct does not declare.
    fn tell_unknown(&self, name: &'static str, fields: &'static [&'static str], entries: &[(Key, Node)]) {
        // A type that speaks the file's language names itself in lower case; others are called by their key.
        let owner = if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { self.label };
        let owner = if owner.contains(' ') { owner.to_owned() } else { format!("`{owner}`") };
        let strangers = entries.iter().map(|(key, _)| key).filter(|key| !fields.contains(&key.name.as_str()));
        for key in strangers {
            let message = format!("`{}` is not a field of {owner}", key.name);
            let mut fault = Fault::new("unknown_field", key.span, message);
            fault.hint =
                closest(&key.name, fields.iter().copied()).map(|best| format!("did you mean `{best}`?"));
            self.faults.borrow_mut().push(fault);
        }
    }
}

impl<'de> Deserializer<'de> for Decoder<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let outcome = match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visit_integer(*value, visitor),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items { parent: self, rest: items.iter() }),
            Value::Map(entries) => visitor.visit_map(Entries::in_file_order(self, entries)),
        };
        outcome.map_err(|error| error.at(self.node.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match &self.node.value {
            Value::Null => visitor.visit_none(),
            Value::Bool(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Map(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        if name == SPANNED {
            return visitor.visit_seq(SpannedParts { inner: self, next: 0 });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let Value::Map(entries) = &self.node.value else {
            return Err(DecodeError::invalid_type(self.unexpected(), &"a mapping").at(self.node.span));
        };
        self.tell_unknown(name, fields, entries);
        let outcome = visitor.visit_map(Entries::in_field_order(self, entries, fields));
        outcome.map_err(|error| error.at(self.node.span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let outcome = match &self.node.value {
            Value::Text(variant) => visitor.visit_enum(variant.as_str().into_deserializer()),
            Value::Map(entries) => match entries.as_slice() {
                [(key, node)] => visitor.visit_enum(Variant { key, inner: self.child(node, &key.name) }),
                _ => Err(DecodeError::custom("expected one key that names the kind")),
            },
            Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::List(_) => {
                Err(DecodeError::invalid_type(self.unexpected(), &"a word"))
            }
        };
        outcome.map_err(|error| error.at(self.node.span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier
    }
}

fn visit_integer<'de, V: Visitor<'de>>(value: i128, visitor: V) -> Result<V::Value, DecodeError> {
    if let Ok(value) = u64::try_from(value) {
        return visitor.visit_u64(value);
    }
    match i64::try_from(value) {
        Ok(value) => visitor.visit_i64(value),
        Err(_) => visitor.visit_i128(value),
    }
}

struct Items<'n> {
    parent: Decoder<'n>,
    rest: std::slice::Iter<'n, Node>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        let Some(node) = self.rest.next() else { return Ok(None) };
        let decoded = seed.deserialize(self.parent.child(node, self.parent.label));
        decoded.map(Some).map_err(|error| error.at(node.span))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Entries<'n> {
    parent: Decoder<'n>,
    rest: std::vec::IntoIter<&'n (Key, Node)>,
    current: Option<&'n (Key, Node)>,
}

impl<'n> Entries<'n> {
    fn in_file_order(parent: Decoder<'n>, entries: &'n [(Key, Node)]) -> Self {
        let entries: Vec<_> = entries.iter().collect();
        Self { parent, rest: entries.into_iter(), current: None }
    }

    fn in_field_order(parent: Decoder<'n>, entries: &'n [(Key, Node)], fields: &[&str]) -> Self {
        let of_field = |field: &&str| entries.iter().find(|(key, _)| key.name == **field);
        let entries: Vec<_> = fields.iter().filter_map(of_field).collect();
        Self { parent, rest: entries.into_iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        self.current = self.rest.next();
        let Some((key, _)) = self.current else { return Ok(None) };
        let name: StrDeserializer<'_, DecodeError> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|error| error.at(key.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        let (key, node) = self.current.take().ok_or_else(|| DecodeError::custom("a value without a key"))?;
        // An empty value has no extent of its own: its key is the place.
        let span = if node.value == Value::Null { key.span } else { node.span };
        seed.deserialize(self.parent.child(node, &key.name)).map_err(|error| error.at(span))
    }
}

/// Line, column, width, value: what `Spanned` asks for.
struct SpannedParts<'n> {
    inner: Decoder<'n>,
    next: u8,
}

impl<'de> SeqAccess<'de> for SpannedParts<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        let part = self.next;
        self.next = self.next.saturating_add(1);
        let span = self.inner.node.span;
        match part {
            0 => seed.deserialize(span.line.into_deserializer()).map(Some),
            1 => seed.deserialize(span.column.into_deserializer()).map(Some),
            2 => seed.deserialize(span.width.into_deserializer()).map(Some),
            3 => seed.deserialize(self.inner).map(Some).map_err(|error| error.at(span)),
            _ => Ok(None),
        }
    }
}

/// `{ kind: … }`: the one key names the variant.
struct Variant<'n> {
    key: &'n Key,
    inner: Decoder<'n>,
}

impl<'de, 'n> EnumAccess<'de> for Variant<'n> {
    type Error = DecodeError;
    type Variant = Decoder<'n>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Decoder<'n>), DecodeError> {
        let name: StrDeserializer<'_, DecodeError> = self.key.name.as_str().into_deserializer();
        let variant = seed.deserialize(name).map_err(|error| error.at(self.key.span))?;
        Ok((variant, self.inner))
    }
}

impl<'de> VariantAccess<'de> for Decoder<'_> {
    type Error = DecodeError;

    fn unit_variant(self) -> Result<(), DecodeError> {
        <()>::deserialize(self)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DecodeError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        // An empty name makes messages call the variant by its key.
        self.deserialize_struct("", fields, visitor)
    }
}
