//! What is wrong with a setting, and where it was written.

use super::key::Key;
use std::fmt;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody set it.
    Default,
    /// A line of the settings file.
    File {
        /// The file as it was named.
        name: String,
        /// Its place.
        place: Place,
    },
    /// A variable.
    Environment(&'static str),
    /// A flag.
    Flag(&'static str),
}

/// A stretch of one line of the settings file, with the line itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// In characters, at least 1.
    pub(crate) width: usize,
    /// The whole line.
    pub(crate) text: String,
}

impl Place {
    /// The place of a byte range; ranges over several lines are cut to their first.
    pub(crate) fn of(file: &str, range: std::ops::Range<usize>) -> Self {
        let start = floor_boundary(file, range.start);
        let end = floor_boundary(file, range.end.max(start));
        let line_start = file[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = file[start..].find('\n').map_or(file.len(), |at| start + at);
        let width = file[start..end.min(line_end)].chars().count().max(1);
        Self {
            line: file[..start].matches('\n').count() + 1,
            column: file[line_start..start].chars().count() + 1,
            width,
            text: file[line_start..line_end].to_owned(),
        }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let inside = at.min(text.len());
    (0..=inside).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { name, place } => write!(f, "{name}:{}", place.line),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// One thing wrong with the configuration. It never repeats a value out of the environment or a flag: that may
/// be a secret under the wrong name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Stable code after `config.`.
    pub(crate) code: &'static str,
    /// One lowercase fragment.
    pub(crate) message: String,
    /// Where.
    pub(crate) origin: Origin,
}

impl Fault {
    /// A value that its setting does not take.
    pub(crate) fn invalid(key: Key, origin: Origin, wanted: &str) -> Self {
        Self { code: "invalid", message: format!("`{}` must be {wanted}", key.name()), origin }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[config.{}]: {}", self.code, self.message)?;
        match &self.origin {
            Origin::File { name, place } => {
                let number = place.line.to_string();
                let gutter = " ".repeat(number.len());
                let shown: String = place
                    .text
                    .chars()
                    .map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c })
                    .collect();
                let blank = |c: char| if c == '\t' { '\t' } else { ' ' };
                let padding: String = place.text.chars().take(place.column - 1).map(blank).collect();
                write!(f, "\n{gutter}--> {name}:{number}:{}", place.column)?;
                write!(f, "\n{number} | {shown}")?;
                write!(f, "\n{gutter} | {padding}{}", "^".repeat(place.width))
            }
            Origin::Environment(variable) => write!(f, "\n --> environment variable {variable}"),
            Origin::Flag(flag) => write!(f, "\n --> {flag}"),
            Origin::Default => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_the_fault() {
        let file = "# ä\n\tjobs = \"many\"\n";
        let start = file.find("\"many\"").unwrap();
        let place = Place::of(file, start..start + 6);
        let fault =
            Fault::invalid(Key::Jobs, Origin::File { name: "smartexus.toml".into(), place }, "a number");
        assert_eq!(
            fault.to_string(),
            "error[config.invalid]: `jobs` must be a number\n --> smartexus.toml:2:9\n2 | \tjobs = \"many\"\n  | \t       ^^^^^^"
        );
    }

    #[test]
    fn any_range_has_a_place() {
        for (file, range) in [("", 0..0), ("", 5..9), ("é", 1..2), ("a\nb", 0..3), ("a\n", 2..2)] {
            let place = Place::of(file, range);
            assert!(place.line >= 1 && place.column >= 1 && place.width >= 1);
        }
    }
}
