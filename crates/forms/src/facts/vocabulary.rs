//! The keys, their types, and the labels under which forms ask for them. The list is data: `pipelines/forms/vocabulary.csv`.

use super::value::FactType;
use smartexus_manifest::closest;
use std::collections::HashMap;
use std::sync::LazyLock;

const LIST: &str = include_str!("../../../../pipelines/forms/vocabulary.csv");

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// With empty brackets where subjects are counted: `owner[].full_name`.
    pub(crate) pattern: &'static str,
    pub(crate) kind: FactType,
    pub(crate) labels: Vec<&'static str>,
}

/// Every key that a fact or a mapping may name.
#[derive(Debug)]
pub struct Vocabulary {
    entries: Vec<Entry>,
    by_pattern: HashMap<&'static str, usize>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read);

impl Vocabulary {
    /// The one vocabulary.
    #[must_use]
    pub fn get() -> &'static Self {
        &VOCABULARY
    }

    fn read() -> Self {
        let entries: Vec<Entry> = LIST.lines().skip(1).filter_map(read_line).collect();
        let by_pattern = entries.iter().enumerate().map(|(at, entry)| (entry.pattern, at)).collect();
        Self { entries, by_pattern }
    }

    /// The type of a key such as `owner[1].dob`; `None` for a key that is not in the vocabulary.
    #[must_use]
    pub fn type_of(&self, key: &str) -> Option<FactType> {
        self.entry(key).map(|entry| entry.kind)
    }

    /// The key that was probably meant.
    #[must_use]
    pub fn closest(&self, key: &str) -> Option<&'static str> {
        closest(&pattern_of(key), self.entries.iter().map(|entry| entry.pattern))
    }

    /// Some key counts these: `owner` for `owner[].dob`.
    pub(crate) fn has_subject(&self, name: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.pattern.split_once("[]").is_some_and(|(subject, _)| subject == name))
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        let at = self.by_pattern.get(pattern_of(key).as_str())?;
        self.entries.get(*at)
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn read_line(line: &'static str) -> Option<Entry> {
    let mut cells = line.split(',');
    let (pattern, kind, labels) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Entry { pattern, kind: FactType::named(kind)?, labels: labels.split('|').collect() })
}

/// `owner[1].dob` as `owner[].dob`.
pub(crate) fn pattern_of(key: &str) -> String {
    match (key.find('['), key.find(']')) {
        (Some(open), Some(close)) if open < close => {
            format!(
                "{}[]{}",
                key.get(..open).unwrap_or_default(),
                key.get(close.saturating_add(1)..).unwrap_or_default()
            )
        }
        _ => key.to_owned(),
    }
}

/// `owner` and 1 out of `owner[1].dob`.
pub(crate) fn subject_of(key: &str) -> Option<(&str, usize)> {
    let (subject, rest) = key.split_once('[')?;
    let (index, _) = rest.split_once(']')?;
    Some((subject, index.parse().ok()?))
}

/// `owner[i].dob` or `owner[].dob` with its index.
pub(crate) fn with_index(key: &str, index: usize) -> String {
    key.replace("[i]", "[]").replace("[]", &format!("[{index}]"))
}

#[cfg(test)]
mod tests {
    use super::{LIST, Vocabulary, pattern_of, subject_of, with_index};
    use crate::facts::FactType;

    #[test]
    fn every_line_is_read_and_no_key_stands_twice() {
        let vocabulary = Vocabulary::get();
        assert_eq!(vocabulary.entries.len(), LIST.lines().count() - 1);
        assert_eq!(vocabulary.by_pattern.len(), vocabulary.entries.len());
        assert!(
            vocabulary.entries.iter().all(|entry| entry.labels.iter().all(|label| !label.trim().is_empty()))
        );
    }

    #[test]
    fn keys_are_known_with_any_index() {
        let vocabulary = Vocabulary::get();
        assert_eq!(vocabulary.type_of("owner[12].dob"), Some(FactType::Date));
        assert_eq!(vocabulary.type_of("owner.dob"), None);
        assert_eq!(vocabulary.closest("busines.legal_name"), Some("business.legal_name"));
    }

    #[test]
    fn indices_come_and_go() {
        assert_eq!(pattern_of("owner[1].dob"), "owner[].dob");
        assert_eq!(pattern_of("owner]1[.dob"), "owner]1[.dob");
        assert_eq!(subject_of("owner[1].dob"), Some(("owner", 1)));
        assert_eq!(subject_of("net_worth"), None);
        assert_eq!(with_index("owner[i].dob", 2), "owner[2].dob");
    }
}
