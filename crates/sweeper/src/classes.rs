//! All retention classes that are known: ours, and those that were read from files.

use crate::class::{Jurisdiction, Rounding, SignOff, TextChecked};
use crate::{ClassRule, Length};
use jiff::civil::Date;
use serde::Deserialize;
use smartexus_domain::RetentionClass;
use smartexus_manifest::{Fault, ManifestErrors, Source, Spanned};
use smartexus_platform::port::Anchor;
use std::collections::BTreeMap;

/// Retention classes by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes(BTreeMap<RetentionClass, ClassRule>);

/// The files that are part of the program: (name for messages, text).
const EMBEDDED: [(&str, &str); 1] =
    [("pipelines/retention/policy.yaml", include_str!("../../../pipelines/retention/policy.yaml"))];

const SCHEMA: &str = "smartexus.retention/1";

impl Classes {
    /// No class at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The classes that come with the program.
    ///
    /// # Errors
    /// A fault in an embedded file; a test keeps that from happening.
    pub fn embedded() -> Result<Self, ManifestErrors> {
        let mut classes = Self::none();
        for (name, text) in EMBEDDED {
            classes.add_file(name, text)?;
        }
        Ok(classes)
    }

    /// Adds the classes of one file.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place. Then nothing of the file was added.
    pub fn add_file(&mut self, file_name: &str, text: &str) -> Result<(), ManifestErrors> {
        let source = Source::new(file_name, text);
        let file: FileShape = source.read()?;
        let mut faults = Vec::new();
        if file.schema.value != SCHEMA {
            let message = format!("this release reads `{SCHEMA}`");
            faults.push(Fault::new("unknown_schema", file.schema.span, message));
        }
        let mut added = self.0.clone();
        for shape in file.classes {
            faults.extend(shape.faults());
            let (span, rule) = (shape.id.span, shape.into_rule());
            if added.insert(rule.id.clone(), rule).is_some() {
                faults.push(Fault::new("duplicate_class", span, "there is a class of this name already"));
            }
        }
        if !faults.is_empty() {
            return Err(source.errors(faults));
        }
        self.0 = added;
        Ok(())
    }

    /// A class by its name.
    #[must_use]
    pub fn get(&self, id: &RetentionClass) -> Option<&ClassRule> {
        self.0.get(id)
    }

    /// Every class, by name.
    pub fn iter(&self) -> impl Iterator<Item = &ClassRule> {
        self.0.values()
    }
}

impl FromIterator<ClassRule> for Classes {
    fn from_iter<I: IntoIterator<Item = ClassRule>>(rules: I) -> Self {
        Self(rules.into_iter().map(|rule| (rule.id.clone(), rule)).collect())
    }
}

/// The file.
#[derive(Deserialize)]
struct FileShape {
    schema: Spanned<String>,
    classes: Vec<ClassShape>,
}

/// A row as it is written.
#[derive(Deserialize)]
#[serde(rename = "a class")]
struct ClassShape {
    id: Spanned<RetentionClass>,
    jurisdiction: Jurisdiction,
    records: Spanned<String>,
    keep_at_least: Period,
    anchor: Anchor,
    rounding: Rounding,
    delete_after: Period,
    citation: Spanned<String>,
    text_checked: TextChecked,
    checked_on: Date,
    sign_off: Spanned<SignOff>,
}

/// A period, or the word `none`: its absence must be written down.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Period(Option<Length>);

impl TryFrom<String> for Period {
    type Error = crate::LengthError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "none" { Ok(Self(None)) } else { Length::try_from(text).map(|length| Self(Some(length))) }
    }
}

impl ClassShape {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (field, value) in [("citation", &self.citation), ("records", &self.records)] {
            if value.trim().is_empty() {
                faults.push(Fault::new("empty", value.span, format!("`{field}` must say something")));
            }
        }
        if let SignOff::Given { by, .. } = &self.sign_off.value
            && by.trim().is_empty()
        {
            faults.push(Fault::new("empty", self.sign_off.span, "`by` must name who signed"));
        }
        faults
    }

    fn into_rule(self) -> ClassRule {
        ClassRule {
            id: self.id.value,
            jurisdiction: self.jurisdiction,
            records: self.records.value,
            keep_at_least: self.keep_at_least.0,
            anchor: self.anchor,
            rounding: self.rounding,
            delete_after: self.delete_after.0,
            citation: self.citation.value,
            text_checked: self.text_checked,
            checked_on: self.checked_on,
            sign_off: self.sign_off.value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "schema: smartexus.retention/1
classes:
  - id: vouchers
    jurisdiction: DE
    records: vouchers
    keep_at_least: 8 years
    anchor: received
    rounding: calendar_year_end
    delete_after: none
    citation: an invented law, section 1
    text_checked: secondary
    checked_on: 2026-01-31
    sign_off: { given: { by: records officer, on: 2026-02-01 } }
";

    fn first_fault(text: &str) -> (&'static str, u32) {
        let errors = Classes::none().add_file("r.yaml", text).expect_err("must be refused");
        (errors.faults()[0].code, errors.faults()[0].span.line)
    }

    #[test]
    fn the_default_class_is_embedded_and_pretends_no_law() {
        let classes = Classes::embedded().expect("the embedded files are right");
        let id = RetentionClass::try_from("financial-document".to_owned()).unwrap();
        let rule = classes.get(&id).expect("the default pipeline names it");
        assert_eq!(rule.jurisdiction, Jurisdiction::Policy);
        assert_eq!(rule.sign_off, SignOff::Open);
        assert_eq!((rule.keep_at_least, rule.delete_after), (None, Length::days(90).ok()));
        assert_eq!(rule.anchor, Anchor::Settled);
        assert!(rule.binds());
    }

    #[test]
    fn every_policy_text_that_is_cited_exists() {
        let policy = include_str!("../../../pipelines/retention/policy.md");
        assert!(policy.contains("# Retention policy, version 1"));
        assert!(policy.contains("## 2. Class `financial-document`"));
        assert!(policy.contains("90 days"));
    }

    #[test]
    fn a_law_binds_only_when_signed() {
        let mut classes = Classes::none();
        classes.add_file("r.yaml", ROW).expect("good");
        assert!(classes.iter().all(ClassRule::binds));
        let open = ROW.replace("{ given: { by: records officer, on: 2026-02-01 } }", "open");
        let mut classes = Classes::none();
        classes.add_file("r.yaml", &open).expect("good");
        assert!(!classes.iter().any(ClassRule::binds));
    }

    #[test]
    fn no_citation_no_load() {
        let without = ROW.replace("    citation: an invented law, section 1\n", "");
        assert_eq!(first_fault(&without).0, "missing_field");
        let blank = ROW.replace("an invented law, section 1", "' '");
        assert_eq!(first_fault(&blank), ("empty", 10));
    }

    #[test]
    fn faults_name_their_line() {
        for (from, to, line) in [
            ("8 years", "eight years", 6),
            ("jurisdiction: DE", "jurisdiction: Germany", 4),
            ("anchor: received", "anchor: created_at", 7),
            ("checked_on: 2026-01-31", "checked_on: 2026-02-31", 12),
            ("by: records officer", "by: ' '", 13),
            ("retention/1", "retention/2", 1),
            ("id: vouchers", "id: Vouchers", 3),
            ("    records:", "    recordz: x\n    records:", 5),
        ] {
            assert!(ROW.contains(from), "{from}");
            assert_eq!(first_fault(&ROW.replace(from, to)).1, line, "{to}");
        }
    }

    #[test]
    fn a_name_is_used_once_over_all_files() {
        let mut classes = Classes::none();
        classes.add_file("a.yaml", ROW).expect("good");
        let errors = classes.add_file("b.yaml", ROW).expect_err("twice");
        assert_eq!(errors.faults()[0].code, "duplicate_class");
        assert_eq!(classes.iter().count(), 1);
    }
}
