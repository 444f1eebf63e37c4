//! One fact compared with one value. There are deliberately no `and`, `or`, `not`, brackets or arithmetic.

use super::fact::{FactName, FactSheet, FactValue, Range};
use smartexus_manifest::{Fault, Span, Spanned, closest};

/// How a fact is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `statement.verdict != verified`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Which fact.
    pub fact: FactName,
    /// Compared how.
    pub operator: Operator,
    /// With what.
    pub value: FactValue,
}

impl Operator {
    /// Every operator; longer spellings first, so that `<=` is not read as `<`.
    const ALL: [Self; 6] =
        [Self::Equal, Self::NotEqual, Self::LessOrEqual, Self::GreaterOrEqual, Self::Less, Self::Greater];

    /// The sign in pipeline files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    const fn orders(self) -> bool {
        match self {
            Self::Equal | Self::NotEqual => false,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => true,
        }
    }
}

impl Condition {
    /// Whether it holds for any value of its fact. A fact without a value fulfils nothing.
    #[must_use]
    pub fn holds(&self, facts: &FactSheet<'_>) -> bool {
        facts.values(self.fact).iter().any(|found| self.fits(found))
    }

    fn fits(&self, found: &FactValue) -> bool {
        match (found, &self.value) {
            (FactValue::Word(found), FactValue::Word(wanted)) => match self.operator {
                Operator::Equal => found == wanted,
                Operator::NotEqual => found != wanted,
                Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                    false
                }
            },
            (FactValue::Number(found), FactValue::Number(wanted)) => match self.operator {
                Operator::Equal => found == wanted,
                Operator::NotEqual => found != wanted,
                Operator::Less => found < wanted,
                Operator::LessOrEqual => found <= wanted,
                Operator::Greater => found > wanted,
                Operator::GreaterOrEqual => found >= wanted,
            },
            (FactValue::Word(_), FactValue::Number(_)) | (FactValue::Number(_), FactValue::Word(_)) => false,
        }
    }

    /// Reads one condition.
    pub(super) fn parse(written: &Spanned<String>) -> Result<Self, Fault> {
        let text = written.value.as_str();
        let (at, operator) = find_operator(text).ok_or_else(|| {
            Fault::new("condition", written.span, "a condition compares one fact with one value")
                .hint("write it as `statement.verdict != verified`; operators are == != < <= > >=")
        })?;
        let (name, rest) = text.split_at(at);
        let wanted = rest.get(operator.as_str().len()..).unwrap_or_default();
        let fact = fact_named(name.trim(), part(written, name))?;
        let value = value_for(fact, operator, wanted.trim(), part(written, wanted))?;
        Ok(Self { fact, operator, value })
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ", self.fact.as_str(), self.operator.as_str())?;
        match &self.value {
            FactValue::Word(word) => f.write_str(word),
            FactValue::Number(number) => number.fmt(f),
        }
    }
}

fn find_operator(text: &str) -> Option<(usize, Operator)> {
    let at = text.find(['=', '!', '<', '>'])?;
    let rest = text.get(at..)?;
    Operator::ALL
        .into_iter()
        .find(|operator| rest.starts_with(operator.as_str()))
        .map(|operator| (at, operator))
}

fn fact_named(name: &str, span: Span) -> Result<FactName, Fault> {
    FactName::ALL.into_iter().find(|fact| fact.as_str() == name).ok_or_else(|| {
        let known = FactName::ALL.map(FactName::as_str);
        let fault =
            Fault::new("unknown_fact", span, format!("`{name}` is not a fact that any stage declares"));
        match closest(name, known) {
            Some(best) => fault.hint(format!("did you mean `{best}`?")),
            None => fault.hint(format!("facts are {}", known.join(", "))),
        }
    })
}

fn value_for(fact: FactName, operator: Operator, wanted: &str, span: Span) -> Result<FactValue, Fault> {
    match fact.range() {
        Range::Words(words) => {
            if operator.orders() {
                let message = format!("`{}` is a word: compare it with == or !=", fact.as_str());
                return Err(Fault::new("condition", span, message));
            }
            words.iter().find(|word| **word == wanted).map(|word| FactValue::Word(word)).ok_or_else(|| {
                let message = format!("`{wanted}` is never the value of `{}`", fact.as_str());
                Fault::new("unknown_value", span, message).hint(format!("one of {}", words.join(", ")))
            })
        }
        Range::Number => match wanted.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(FactValue::Number(number)),
            Ok(_) | Err(_) => {
                Err(Fault::new("wrong_type", span, format!("`{}` is compared with a number", fact.as_str())))
            }
        },
    }
}

/// The place of a part of a condition, where the text stands in the file as it is; else the whole condition.
fn part(written: &Spanned<String>, piece: &str) -> Span {
    let whole = written.span;
    let plain = whole.width as usize == written.value.chars().count();
    let trimmed = piece.trim();
    let start = trimmed.as_ptr() as usize - written.value.as_ptr() as usize;
    let before = written.value.get(..start).map_or(0, |text| text.chars().count());
    match (plain, u32::try_from(before), u32::try_from(trimmed.chars().count())) {
        (true, Ok(before), Ok(width)) => Span { column: whole.column + before, width, ..whole },
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Condition, Fault> {
        let width = u32::try_from(text.len()).expect("short");
        Condition::parse(&Spanned { value: text.to_owned(), span: Span { line: 1, column: 10, width } })
    }

    #[test]
    fn conditions_read_and_print_back() {
        for text in [
            "statement.verdict != verified",
            "row.confidence < 0.9",
            "document.pages >= 2",
            "document.kind == other",
        ] {
            assert_eq!(parse(text).map(|c| c.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn faults_point_at_the_part_that_is_wrong() {
        for (text, code, column, width) in [
            ("statement.verdct != verified", "unknown_fact", 10, 16),
            ("statement.verdict != verifed", "unknown_value", 31, 7),
            ("statement.verdict < verified", "condition", 30, 8),
            ("row.confidence < high", "wrong_type", 27, 4),
            ("row.confidence < NaN", "wrong_type", 27, 3),
            ("row.confidence", "condition", 10, 14),
        ] {
            let fault = parse(text).expect_err(text);
            assert_eq!((fault.code, fault.span.column, fault.span.width), (code, column, width), "{text}");
        }
    }

    #[test]
    fn a_fact_without_a_value_fulfils_nothing() {
        for text in ["statement.verdict != verified", "statement.count == 0", "row.confidence < 0.9"] {
            assert!(!parse(text).expect("good").holds(&FactSheet::default()), "{text}");
        }
    }
}
