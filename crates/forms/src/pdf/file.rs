//! A PDF opened within limits, and typed looks at its objects. A look never fails: what is not there, or is not
//! what it should be, is `None`.

use super::text::read_text;
use crate::{FormError, FormLimits};
use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Permissions};

/// References that lead to references.
const LINKS_MAX: usize = 16;
/// Where a reader looks for the header.
const HEADER_BYTES: usize = 1024;

#[derive(Debug, Clone)]
pub(crate) struct PdfFile {
    pub(crate) document: Document,
    /// From the header on: what offsets count from.
    pub(crate) bytes: Vec<u8>,
    pub(crate) limits: FormLimits,
}

impl PdfFile {
    pub(crate) fn open(bytes: &[u8], limits: &FormLimits) -> Result<Self, FormError> {
        if bytes.len() > limits.size_bytes {
            return Err(FormError::TooLarge);
        }
        let head = bytes.get(..HEADER_BYTES).unwrap_or(bytes);
        let start = head.windows(5).position(|w| w == b"%PDF-").ok_or(FormError::NotPdf)?;
        let body = bytes.get(start..).unwrap_or_default();
        let options =
            LoadOptions { max_decompressed_size: Some(limits.stream_bytes), ..LoadOptions::default() };
        let document = Document::load_mem_with_options(body, options).map_err(|_| FormError::Corrupt)?;
        if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
            return Err(FormError::Encrypted);
        }
        if document.objects.len() > limits.objects {
            return Err(FormError::TooManyObjects);
        }
        Ok(Self { document, bytes: body.to_vec(), limits: *limits })
    }

    /// Objects that the cross-reference names and that did not arrive.
    pub(crate) fn objects_lost(&self) -> usize {
        let named = |entry: &XrefEntry| match entry {
            XrefEntry::Normal { .. } | XrefEntry::Compressed { .. } => true,
            XrefEntry::Free | XrefEntry::UnusableFree => false,
        };
        let ids = self.document.reference_table.entries.iter().filter(|(_, entry)| named(entry));
        ids.filter(|(id, entry)| {
            let generation = match entry {
                XrefEntry::Normal { generation, .. } => *generation,
                XrefEntry::Compressed { .. } | XrefEntry::Free | XrefEntry::UnusableFree => 0,
            };
            !self.document.objects.contains_key(&(**id, generation))
        })
        .count()
    }

    /// The owner's rules let a person fill it.
    pub(crate) fn may_be_filled(&self) -> bool {
        self.document.encryption_state.as_ref().is_none_or(|state| {
            state.permissions().intersects(Permissions::FILLABLE | Permissions::ANNOTABLE)
        })
    }

    /// Follows references to what they name; `None` for nothing.
    pub(crate) fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        let mut at = object;
        for _ in 0..LINKS_MAX {
            match at.as_reference() {
                Ok(id) => at = self.document.objects.get(&id)?,
                Err(_) if at.is_null() => return None,
                Err(_) => return Some(at),
            }
        }
        None
    }

    pub(crate) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(dictionary.get(key).ok()?)
    }

    /// A dictionary, or the one of a stream.
    pub(crate) fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        let object = self.resolve(object)?;
        object.as_dict().ok().or_else(|| object.as_stream().ok().map(|stream| &stream.dict))
    }

    pub(crate) fn dictionary_at(&self, id: ObjectId) -> Option<&Dictionary> {
        self.dictionary(self.document.objects.get(&id)?)
    }

    pub(crate) fn get_dictionary<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.dictionary(of.get(key).ok()?)
    }

    pub(crate) fn get_array<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(of, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(crate) fn get_integer(&self, of: &Dictionary, key: &[u8]) -> Option<i64> {
        self.integer(self.get(of, key)?)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a flag or a count; a float cast is total")]
    fn integer(&self, object: &Object) -> Option<i64> {
        let object = self.resolve(object)?;
        object.as_i64().ok().or_else(|| object.as_float().ok().map(|v| v as i64))
    }

    pub(crate) fn get_name<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(of, key)?.as_name().ok()
    }

    /// Finite numbers of an array.
    pub(crate) fn numbers(&self, array: &[Object]) -> Vec<f32> {
        let number = |object| self.resolve(object).and_then(|o| o.as_float().ok()).filter(|v| v.is_finite());
        array.iter().filter_map(number).collect()
    }

    /// A text string, or the text of a stream.
    pub(crate) fn text(&self, object: &Object) -> Option<String> {
        let object = self.resolve(object)?;
        if let Ok(bytes) = object.as_str() {
            return Some(read_text(bytes, self.limits.text_chars));
        }
        let stream = object.as_stream().ok()?;
        let bytes = stream.get_plain_content_with_limit(self.limits.text_chars.saturating_mul(4)).ok()?;
        Some(read_text(&bytes, self.limits.text_chars))
    }

    /// Text, or a name taken as text: what values and options are made of.
    pub(crate) fn text_or_name(&self, object: &Object) -> Option<String> {
        let object = self.resolve(object)?;
        object.as_name().ok().map(name_text).or_else(|| self.text(object))
    }

    pub(crate) fn get_text(&self, of: &Dictionary, key: &[u8]) -> Option<String> {
        self.text(of.get(key).ok()?)
    }

    pub(crate) fn catalog_id(&self) -> Option<ObjectId> {
        self.document.trailer.get(b"Root").ok()?.as_reference().ok()
    }

    pub(crate) fn catalog(&self) -> Option<&Dictionary> {
        self.dictionary(self.document.trailer.get(b"Root").ok()?)
    }

    pub(crate) fn acro_form(&self) -> Option<&Dictionary> {
        self.get_dictionary(self.catalog()?, b"AcroForm")
    }
}

/// A name as text: UTF-8, or else each byte as one character.
pub(crate) fn name_text(name: &[u8]) -> String {
    std::str::from_utf8(name)
        .map_or_else(|_| name.iter().map(|byte| char::from(*byte)).collect(), ToOwned::to_owned)
}
