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
    use super::read_format;

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
