//! `when`: one key compared with one value.

use crate::facts::{FactType, FactValue, Vocabulary};
use smartexus_domain::{Currency, DateOrder};

/// `business.entity_type == llc`, `loan.amount >= 50000.00`, `applicant[0].ssn known`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) key: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Known,
    Unknown,
    Compare(Operator, FactValue),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// Reads a condition, or says what is wrong in one phrase.
    pub(super) fn read(text: &str, currency: Currency, dates: Option<DateOrder>) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (key, rest) = words.split_first().ok_or("a condition names a key")?;
        let kind = Vocabulary::get()
            .type_of(key)
            .ok_or_else(|| format!("`{key}` is not a key of the vocabulary"))?;
        let test = match rest {
            ["known"] => Test::Known,
            ["unknown"] => Test::Unknown,
            [operator, value @ ..] if !value.is_empty() => {
                let operator =
                    operator_of(operator).ok_or_else(|| format!("`{operator}` is no comparison"))?;
                if !matches!(operator, Operator::Equal | Operator::NotEqual) && !is_ordered(kind) {
                    return Err(format!("`{key}` has no order: compare it with == or !="));
                }
                let value = FactValue::read(&value.join(" "), kind, currency, dates)
                    .map_err(|error| format!("the value is {error}"))?;
                Test::Compare(operator, value)
            }
            _ => return Err("write `key == value`, `key known` or `key unknown`".to_owned()),
        };
        Ok(Self { key: (*key).to_owned(), test })
    }

    /// The same about another key of the same pattern.
    pub(super) fn with_key(&self, key: String) -> Self {
        Self { key, test: self.test.clone() }
    }

    /// Whether it holds, given what is known of the key. What is not known equals nothing.
    pub(super) fn holds(&self, value: Option<&FactValue>) -> bool {
        match (&self.test, value) {
            (Test::Known, value) => value.is_some(),
            (Test::Unknown, value) => value.is_none(),
            (Test::Compare(..), None) => false,
            (Test::Compare(operator, wanted), Some(found)) => compare(*operator, found, wanted),
        }
    }
}

fn operator_of(text: &str) -> Option<Operator> {
    Some(match text {
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        _ => return None,
    })
}

const fn is_ordered(kind: FactType) -> bool {
    matches!(kind, FactType::Money | FactType::Date | FactType::Percent | FactType::Integer)
}

fn compare(operator: Operator, found: &FactValue, wanted: &FactValue) -> bool {
    let order = match (found, wanted) {
        (FactValue::Money(a), FactValue::Money(b)) if a.currency() == b.currency() => {
            Some(a.minor().cmp(&b.minor()))
        }
        (FactValue::Date(a), FactValue::Date(b)) => Some(a.cmp(b)),
        (FactValue::Percent(a), FactValue::Percent(b)) | (FactValue::Integer(a), FactValue::Integer(b)) => {
            Some(a.cmp(b))
        }
        _ => None,
    };
    let equal = match (found, wanted) {
        (FactValue::Text(a), FactValue::Text(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => found == wanted,
    };
    match operator {
        Operator::Equal => equal,
        Operator::NotEqual => !equal,
        Operator::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Operator::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        Operator::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Operator::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use crate::facts::{FactType, FactValue};
    use smartexus_domain::Currency;

    #[test]
    fn conditions_compare_one_key_with_one_value() {
        let dollars = Currency::from_code("USD").unwrap();
        for (text, kind, value, holds) in [
            ("business.entity_type == llc", FactType::Choice, Some("LLC"), true),
            ("business.entity_type != llc", FactType::Choice, Some("LLC"), false),
            ("business.entity_type == llc", FactType::Choice, None, false),
            ("loan.amount >= 50000.00", FactType::Money, Some("50000.00"), true),
            ("loan.amount > 50000.00", FactType::Money, Some("50000.00"), false),
            ("applicant[0].ssn unknown", FactType::TaxId, None, true),
            ("applicant[0].ssn known", FactType::TaxId, Some("123-45-6789"), true),
        ] {
            let value = value.map(|v| FactValue::read(v, kind, dollars, None).unwrap());
            assert_eq!(Condition::read(text, dollars, None).unwrap().holds(value.as_ref()), holds, "{text}");
        }
        for text in
            ["", "x == 1", "business.dba < a", "loan.amount >=", "loan.amount ~ 3", "loan.amount == abc"]
        {
            assert!(Condition::read(text, dollars, None).is_err(), "{text}");
        }
    }
}
