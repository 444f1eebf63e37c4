//! Rules of a workspace as a YAML file, in their order.
//!
//! ```yaml
//! schema: smartexus.rules/1
//! rules:
//!   - id: rent
//!     include: [acme lettings]      # one of these stands in the description, as whole words
//!     exclude: [refund]             # none of these does
//!     amount_min: 50000             # without its sign, in minor units
//!     direction: out                # in, out or neither
//!     category: hou.rent
//! ```

use crate::direction::Direction;
use crate::rulebook::Rulebook;
use crate::workspace::{WorkspaceError, WorkspaceRule, WorkspaceRules};
use serde::Deserialize;
use smartexus_domain::CategoryId;
use smartexus_manifest::{Fault, ManifestErrors, Source, Span, Spanned};

const SCHEMA: &str = "smartexus.rules/1";

#[derive(Deserialize)]
struct FileShape {
    schema: Spanned<String>,
    rules: Vec<RuleShape>,
}

#[derive(Deserialize)]
struct RuleShape {
    id: Spanned<String>,
    #[serde(default)]
    include: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    #[serde(default)]
    amount_min: Option<Spanned<u64>>,
    #[serde(default)]
    amount_max: Option<Spanned<u64>>,
    #[serde(default)]
    direction: Option<Spanned<Direction>>,
    #[serde(default)]
    account: Option<Spanned<String>>,
    #[serde(default)]
    recurring: Option<bool>,
    category: Spanned<String>,
}

impl WorkspaceRules {
    /// Reads rules from a file's text; the name is for errors.
    ///
    /// # Errors
    /// Everything wrong with the file, each fault with its place.
    pub fn from_yaml(file_name: &str, text: &str, book: &Rulebook) -> Result<Self, ManifestErrors> {
        let source = Source::new(file_name, text);
        let file: FileShape = source.read()?;
        let mut faults = Vec::new();
        if file.schema.value != SCHEMA {
            faults.push(Fault::new("schema", file.schema.span, format!("only `{SCHEMA}` is read")));
        }
        let mut rules = Self::default();
        for shape in file.rules {
            if let Err(error) = rules.add(shape.rule(), book) {
                faults.push(Fault::new(error.code(), shape.place(&error), error.to_string()));
            }
        }
        if faults.is_empty() { Ok(rules) } else { Err(source.errors(faults)) }
    }
}

impl RuleShape {
    fn rule(&self) -> WorkspaceRule {
        let texts = |terms: &[Spanned<String>]| terms.iter().map(|term| term.value.clone()).collect();
        WorkspaceRule {
            id: self.id.value.clone(),
            include: texts(&self.include),
            exclude: texts(&self.exclude),
            amount_min: self.amount_min.as_ref().map(|amount| amount.value),
            amount_max: self.amount_max.as_ref().map(|amount| amount.value),
            direction: self.direction.as_ref().map(|direction| direction.value),
            account: self.account.as_ref().map(|account| account.value.clone()),
            recurring: self.recurring,
            category: CategoryId::new(self.category.value.clone()),
        }
    }

    /// What of the rule a fault is about.
    fn place(&self, error: &WorkspaceError) -> Span {
        let terms = || self.include.iter().chain(&self.exclude);
        let found = match error {
            WorkspaceError::UnknownCategory(_) => Some(self.category.span),
            WorkspaceError::WrongDirection(_) => self.direction.as_ref().map(|direction| direction.span),
            WorkspaceError::EmptyTerm(wrong) => {
                terms().find(|term| term.value == *wrong).map(|term| term.span)
            }
            WorkspaceError::EmptyRange => self.amount_min.as_ref().map(|amount| amount.span),
            WorkspaceError::TooLong(most) => {
                let texts = [&self.id].into_iter().chain(terms()).chain(&self.account);
                texts.into_iter().find(|text| text.value.chars().count() > *most).map(|text| text.span)
            }
            WorkspaceError::Duplicate(_)
            | WorkspaceError::NoCondition
            | WorkspaceError::NoId
            | WorkspaceError::Missing(_)
            | WorkspaceError::TooMany(_) => None,
        };
        found.unwrap_or(self.id.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

    fn refused(body: &str) -> String {
        let text = format!("schema: smartexus.rules/1\nrules:\n{body}");
        WorkspaceRules::from_yaml("rules.yaml", &text, &BOOK).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn rules_are_read_in_their_order() {
        let text = "schema: smartexus.rules/1\nrules:\n  - id: b\n    include: [acme]\n    exclude: [goods]\n    \
            amount_min: 100\n    amount_max: 200\n    direction: out\n    account: \"001\"\n    recurring: true\n    \
            category: biz.office\n  - { id: a, include: [zebra], category: biz.office }\n";
        let rules = WorkspaceRules::from_yaml("rules.yaml", text, &BOOK).unwrap_or_else(|e| panic!("{e}"));
        let ids: Vec<&str> = rules.list().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, ["b", "a"]);
        let first = rules.list().next().unwrap();
        assert_eq!((first.amount_min, first.amount_max, first.recurring), (Some(100), Some(200), Some(true)));
        assert_eq!((first.direction, first.account.as_deref()), (Some(Direction::Out), Some("001")));
    }

    #[test]
    fn every_fault_shows_its_place() {
        for (body, code, place) in [
            ("  - { id: a, include: [x], category: biz.nothing }\n", "unknown_category", ":3:38"),
            ("  - { id: a, include: [x, \"*\"], category: biz.office }\n", "empty_term", ":3:27"),
            (
                "  - { id: a, include: [x], direction: in, category: biz.office }\n",
                "wrong_direction",
                ":3:39",
            ),
            ("  - { id: a, amount_min: 2, amount_max: 1, category: biz.office }\n", "empty_range", ":3:26"),
            ("  - { id: a, category: biz.office }\n", "rule_without_condition", ":3:11"),
            ("  - { id: a, colour: red, category: biz.office }\n", "unknown_field", ":3:14"),
        ] {
            let message = refused(body);
            assert!(message.contains(code) && message.contains(place), "{message}");
        }
        let twice = "  - { id: a, include: [x], category: biz.office }\n".repeat(2);
        assert!(refused(&twice).contains("duplicate_rule") && refused(&twice).contains(":4:11"));
        let other = WorkspaceRules::from_yaml("r.yaml", "schema: smartexus.rules/2\nrules: []\n", &BOOK);
        assert!(other.is_err_and(|error| error.to_string().contains("smartexus.rules/1")));
    }
}
