//! What a field's script would make of an answer, told by the well-known functions it calls. Nothing is ever run.

use crate::pdf::PdfFile;
use lopdf::Dictionary;
use std::fmt;

/// The shape that the form itself gives to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldFormat {
    /// With its pattern, for instance `mm/dd/yyyy`.
    Date(String),
    Time,
    /// Digits after the point.
    Number(u8),
    Percent(u8),
    Zip,
    ZipPlusFour,
    Phone,
    TaxId,
}

impl fmt::Display for FieldFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(pattern) => write!(f, "date {pattern}"),
            Self::Time => f.write_str("time"),
            Self::Number(digits) => write!(f, "number {digits}"),
            Self::Percent(digits) => write!(f, "percent {digits}"),
            Self::Zip => f.write_str("zip"),
            Self::ZipPlusFour => f.write_str("zip+4"),
            Self::Phone => f.write_str("phone"),
            Self::TaxId => f.write_str("ssn"),
        }
    }
}

/// Patterns of `AFDate_Format`, by number.
const DATE_PATTERNS: [&str; 14] = [
    "m/d",
    "m/d/yy",
    "mm/dd/yy",
    "mm/yy",
    "d-mmm",
    "d-mmm-yy",
    "dd-mmm-yy",
    "yy-mm-dd",
    "mmm-yy",
    "mmmm-yy",
    "mmm d, yyyy",
    "mmmm d, yyyy",
    "m/d/yy h:MM tt",
    "m/d/yy HH:MM",
];
/// A pattern is never longer.
const PATTERN_CHARS_MAX: usize = 32;

/// From the field's additional actions: format first, then keystroke.
pub(crate) fn format_of(file: &PdfFile, actions: &Dictionary) -> Option<FieldFormat> {
    [&b"F"[..], b"K"].iter().find_map(|key| read_format(&script(file, actions, key)?))
}

/// There is a calculation.
pub(crate) fn is_calculated(file: &PdfFile, actions: &Dictionary) -> bool {
    file.get_dictionary(actions, b"C").is_some()
}

/// The fields that the calculation sums, where it is nothing but a call of the well-known function.
pub(crate) fn sum_of(file: &PdfFile, actions: &Dictionary) -> Vec<String> {
    script(file, actions, b"C").map(|text| read_sum(&text)).unwrap_or_default()
}

/// Terms of one sum.
const TERMS_MAX: usize = 1_000;

/// The names in `AFSimple_Calculate("SUM", new Array("a", "b"));`, in any of the ways in which programs write it: a
/// list, one string with commas, single quotes. Anything beside that one call, and nothing is known.
fn read_sum(script: &str) -> Vec<String> {
    let names = || {
        let text = script.trim().trim_end_matches(';').trim_end();
        let arguments =
            text.strip_prefix("AFSimple_Calculate")?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
        let (call, rest) = quoted(arguments.trim_start())?;
        let list = rest.trim_start().strip_prefix(',').filter(|_| call.eq_ignore_ascii_case("SUM"))?.trim();
        let list = list.strip_prefix("new").map_or(list, str::trim_start);
        let list = list.strip_prefix("Array").map_or(list, str::trim_start);
        let inner = [('(', ')'), ('[', ']')]
            .into_iter()
            .find_map(|(open, close)| list.strip_prefix(open)?.strip_suffix(close));
        let Some(mut inner) = inner.map(str::trim) else {
            let (one, rest) = quoted(list)?;
            return rest
                .trim()
                .is_empty()
                .then(|| one.split(',').map(|name| name.trim().to_owned()).collect());
        };
        let mut names = Vec::new();
        while !inner.is_empty() && names.len() < TERMS_MAX {
            let (name, rest) = quoted(inner)?;
            names.push(name.to_owned());
            let rest = rest.trim_start();
            inner = if rest.is_empty() { rest } else { rest.strip_prefix(',')?.trim_start() };
        }
        inner.is_empty().then_some(names)
    };
    names().unwrap_or_default().into_iter().filter(|name: &String| !name.is_empty()).collect()
}

/// What stands in quotes at the start, and what follows. A name with a quote or a backslash in it is none that we read.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, rest) = text.get(1..)?.split_once(quote)?;
    (!name.contains('\\')).then_some((name, rest))
}

fn script(file: &PdfFile, actions: &Dictionary, key: &[u8]) -> Option<String> {
    file.get_text(file.get_dictionary(actions, key)?, b"JS")
}

fn read_format(script: &str) -> Option<FieldFormat> {
    let start = script.find("AF")?;
    let call = script.get(start..)?;
    let (name, rest) = call.split_once('(')?;
    let arguments = rest.split([')', ';']).next().unwrap_or_default();
    let first = arguments.split(',').next().unwrap_or_default().trim();
    let digits = || first.parse::<u8>().ok().filter(|d| *d < 10).unwrap_or(0);
    let base = name.split('_').next().unwrap_or_default();
    match base {
        "AFDate" => Some(FieldFormat::Date(date_pattern(first, rest))),
        "AFTime" => Some(FieldFormat::Time),
        "AFNumber" => Some(FieldFormat::Number(digits())),
        "AFPercent" => Some(FieldFormat::Percent(digits())),
        "AFSpecial" => match digits() {
            0 => Some(FieldFormat::Zip),
            1 => Some(FieldFormat::ZipPlusFour),
            2 => Some(FieldFormat::Phone),
            3 => Some(FieldFormat::TaxId),
            _ => None,
        },
        _ => None,
    }
}

/// A pattern in quotes, or the number of one.
fn date_pattern(first: &str, rest: &str) -> String {
    let quote = rest.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
    let quoted = quote.and_then(|q| rest.trim_start().get(1..)?.split(q).next());
    let numbered = first.parse::<usize>().ok().and_then(|n| DATE_PATTERNS.get(n).copied());
    let pattern = quoted.or(numbered).unwrap_or_default();
    pattern.chars().take(PATTERN_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{read_format, read_sum};

    #[test]
    fn sums_are_read_and_nothing_else_is() {
        for (script, names) in [
            ("AFSimple_Calculate(\"SUM\", new Array (\"a\", \"b.c\"));", vec!["a", "b.c"]),
            ("AFSimple_Calculate('SUM', ['a','b']);", vec!["a", "b"]),
            ("AFSimple_Calculate(\"SUM\", \"a, b\");", vec!["a", "b"]),
            ("AFSimple_Calculate(\"SUM\", new Array ());", vec![]),
            ("AFSimple_Calculate(\"PRD\", new Array (\"a\"));", vec![]),
            ("AFSimple_Calculate(\"SUM\", new Array (\"a\")); event.value = 1;", vec![]),
            ("AFSimple_Calculate(\"SUM\", new Array (\"a\\\"b\"));", vec![]),
            ("if (x) AFSimple_Calculate(\"SUM\", new Array (\"a\"));", vec![]),
            ("AFSimple_Calculate(\"SUM\", new Array (\"a\" \"b\"));", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(read_sum(script), names, "{script}");
        }
    }

    #[test]
    fn well_known_functions_are_recognized() {
        for (script, format) in [
            ("AFDate_FormatEx(\"mm/dd/yyyy\");", Some("date mm/dd/yyyy")),
            ("AFDate_FormatEx('d mmm, yyyy')", Some("date d mmm, yyyy")),
            ("AFDate_Format(2);", Some("date mm/dd/yy")),
            ("AFDate_Format(99);", Some("date ")),
            ("AFNumber_Format(2, 0, 0, 0, \"$\", true);", Some("number 2")),
            ("AFPercent_Format(1, 0);", Some("percent 1")),
            ("AFSpecial_Keystroke(3)", Some("ssn")),
            ("AFSpecial_Format(2);", Some("phone")),
            ("event.value = 1", None),
            ("AF", None),
        ] {
            assert_eq!(read_format(script).map(|f| f.to_string()).as_deref(), format, "{script}");
        }
    }
}
