//! A validated mapping file, `smartexus.form_mapping/1`.

use super::condition::Condition;
use super::file;
use super::format::Formatter;
use super::leave::LeaveReason;
use crate::Form;
use smartexus_domain::{Currency, DateOrder, FormField};
use smartexus_manifest::ManifestErrors;

/// One form's mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// For instance `lender-loan-application`.
    pub name: String,
    /// Raised by whoever changes the file.
    pub version: u32,
    /// What the form is called.
    pub title: String,
    /// Its edition, as printed.
    pub edition: String,
    /// Its language, for instance `en`.
    pub language: Option<String>,
    /// Who must sign it.
    pub signed_by: Vec<String>,
    /// Hashes of blanks that it knows.
    pub sha256: Vec<String>,
    /// Fingerprints of blanks that it knows.
    pub fingerprints: Vec<String>,
    pub(super) currency: Currency,
    pub(super) dates: Option<DateOrder>,
    /// Facts below this confidence are proposed, not filled.
    pub(super) fill_from_percent: u32,
    pub(super) sums: Vec<Sum>,
    pub(super) entries: Vec<FieldEntry>,
    pub(super) overflows: Vec<Overflow>,
    pub(super) rules: Vec<Rule>,
}

/// `compute`: a key that is worked out from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) key: String,
    pub(super) plus: Vec<String>,
    pub(super) minus: Vec<String>,
    /// A term that nobody knows counts as nothing, as long as one is known.
    pub(super) missing_is_zero: bool,
}

/// How one field is answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldEntry {
    pub(super) field: String,
    /// 1-based line of the mapping file.
    pub(super) line: u32,
    pub(super) answer: Answer,
    pub(super) when: Option<Condition>,
    /// What stands there where nobody knows.
    pub(super) default: Option<String>,
    pub(super) required: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// Facts joined; one for most fields.
    Facts { keys: Vec<String>, joiner: String, formatter: Formatter, states: Vec<(String, String)> },
    /// Ticked where the fact says this.
    TickIf { key: String, value: String },
    /// The same on every form.
    Constant(String),
    /// Nothing.
    Leave(LeaveReason),
}

impl Answer {
    /// The keys that answer it.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let keys: &[String] = match self {
            Self::Facts { keys, .. } => keys,
            Self::TickIf { key, .. } => std::slice::from_ref(key),
            Self::Constant(_) | Self::Leave(_) => &[],
        };
        keys.iter().map(String::as_str)
    }
}

/// Subjects beyond a table's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Overflow {
    pub(super) subject: String,
    /// Subjects that have a row.
    pub(super) rows: usize,
    /// A field that takes the rest: its name, the key of each, the joiner.
    pub(super) rest: Option<(String, String, String)>,
    pub(super) line: u32,
}

/// What must hold between fields, and the sentence for the person if it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) test: RuleTest,
    pub(super) say: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RuleTest {
    ExactlyOneOf(Vec<String>),
    /// The first asks for the rest.
    Requires(String, Vec<String>),
    /// No two of them.
    Excludes(Vec<String>),
    /// A field's amount is the sum of others.
    SumEquals {
        total: String,
        of: Vec<String>,
    },
    /// A field's day is at most so many days from that of a fact. What is not known breaks nothing.
    DateWithin {
        field: String,
        /// The pattern under which the field's entry writes it.
        order: Option<DateOrder>,
        days: u32,
        of: String,
    },
}

impl Mapping {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.form_mapping/1";

    /// Reads and validates a mapping file: fields and types, then keys, formats, conditions and rules.
    ///
    /// # Errors
    /// Everything wrong with it, with file, line and caret.
    pub fn from_yaml(file_name: &str, text: &str) -> Result<Self, ManifestErrors> {
        file::read(file_name, text, None)
    }

    /// As [`Mapping::from_yaml`], and holds it against the blank: fields that the form does not have, states that are
    /// none of a field's.
    ///
    /// # Errors
    /// As [`Mapping::from_yaml`].
    pub fn from_yaml_for(file_name: &str, text: &str, blank: &[FormField]) -> Result<Self, ManifestErrors> {
        file::read(file_name, text, Some(blank))
    }

    /// Facts answer this field.
    pub(crate) fn asks_facts_of(&self, field: &str) -> bool {
        self.entries.iter().any(|entry| entry.field == field && entry.answer.keys().next().is_some())
    }

    /// It was made for this blank: the same bytes, or the same fields.
    #[must_use]
    pub fn knows(&self, form: &Form) -> bool {
        self.knows_bytes(form.sha256()) || self.knows_fields(form.fingerprint())
    }

    fn knows_bytes(&self, sha256: &str) -> bool {
        self.sha256.iter().any(|hash| hash == sha256)
    }

    fn knows_fields(&self, fingerprint: &str) -> bool {
        self.fingerprints.iter().any(|print| print == fingerprint)
    }
}

/// The mappings that are at hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MappingSet(Vec<Mapping>);

impl MappingSet {
    /// A set of mappings.
    #[must_use]
    pub const fn new(mappings: Vec<Mapping>) -> Self {
        Self(mappings)
    }

    /// The mapping of a blank: by its bytes before by its fields, the highest version first.
    #[must_use]
    pub fn for_form(&self, form: &Form) -> Option<&Mapping> {
        self.for_blank(form.sha256(), form.fingerprint())
    }

    /// The same by the two things that a form is recognized by.
    #[must_use]
    pub fn for_blank(&self, sha256: &str, fingerprint: &str) -> Option<&Mapping> {
        let newest = |knows: &dyn Fn(&Mapping) -> bool| {
            self.0.iter().filter(|mapping| knows(mapping)).max_by_key(|mapping| mapping.version)
        };
        newest(&|mapping| mapping.knows_bytes(sha256))
            .or_else(|| newest(&|mapping| mapping.knows_fields(fingerprint)))
    }
}
