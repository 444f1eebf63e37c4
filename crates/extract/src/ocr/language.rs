//! Which languages the recognizer knows: names of its data files, never paths.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// Bytes of a list of languages.
const BYTES_MAX: usize = 40;
/// Languages in a list: each one makes reading slower, and all of them together no better.
const LANGUAGES_MAX: usize = 4;

/// One to four languages, for instance `eng` or `deu+eng`: the names of Tesseract's data. The first counts most.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OcrLanguages {
    name: [u8; BYTES_MAX],
    length: usize,
}

/// A list of languages that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("languages are one to four names of a-z, 0-9 and _, joined by +, for instance `eng` or `deu+eng`")]
pub struct OcrLanguagesError;

impl OcrLanguages {
    /// As Tesseract wants it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let name = self.name.get(..self.length).unwrap_or_default();
        // Only ASCII gets in.
        std::str::from_utf8(name).unwrap_or_default()
    }

    /// One by one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.as_str().split('+')
    }
}

impl Default for OcrLanguages {
    /// English.
    fn default() -> Self {
        let mut name = [0; BYTES_MAX];
        name[..3].copy_from_slice(b"eng");
        Self { name, length: 3 }
    }
}

impl FromStr for OcrLanguages {
    type Err = OcrLanguagesError;

    fn from_str(text: &str) -> Result<Self, OcrLanguagesError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let is_name = |name: &str| name.len() >= 2 && name.bytes().all(allowed);
        let names: Vec<&str> = text.split('+').collect();
        let twice = names.iter().enumerate().any(|(i, name)| names.iter().take(i).any(|other| other == name));
        if twice || names.len() > LANGUAGES_MAX || !names.iter().all(|name| is_name(name)) {
            return Err(OcrLanguagesError);
        }
        let mut name = [0; BYTES_MAX];
        name.get_mut(..text.len()).ok_or(OcrLanguagesError)?.copy_from_slice(text.as_bytes());
        Ok(Self { name, length: text.len() })
    }
}

impl fmt::Display for OcrLanguages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for OcrLanguages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OcrLanguages({self})")
    }
}

impl Serialize for OcrLanguages {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OcrLanguages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_never_paths() {
        for good in ["eng", "deu+eng", "chi_sim", "a1+b2+c3+d4"] {
            assert_eq!(good.parse::<OcrLanguages>().unwrap().as_str(), good);
        }
        let long = "abcdefghij+klmnopqrst+uvwxyzabcd+efghijklm";
        for bad in ["", "e", "eng+", "+eng", "../eng", "eng deu", "ENG", "eng+eng", "aa+bb+cc+dd+ee", long] {
            assert_eq!(bad.parse::<OcrLanguages>(), Err(OcrLanguagesError), "{bad}");
        }
        assert_eq!(OcrLanguages::default(), "eng".parse().unwrap());
    }
}
