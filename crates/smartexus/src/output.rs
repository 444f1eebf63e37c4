//! Two streams: data goes to stdout, everything else to stderr.

use crate::exit::Stop;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Where words and data go, and in which form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// JSON Lines on stdout instead of text for people.
    pub(crate) json: bool,
    /// Stdout shows colors: a terminal, and `NO_COLOR` is not set.
    color: bool,
    /// Stderr is a terminal, so a bar may be drawn there.
    pub(crate) bars: bool,
}

/// What a color stands for. The word itself is always printed too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Proved.
    Good,
    /// A person should look.
    Doubt,
    /// Broken or failed.
    Bad,
    /// Nothing to say.
    Plain,
}

impl Output {
    /// The streams of this process.
    pub(crate) fn of_process(json: bool, no_color: bool) -> Self {
        Self {
            json,
            color: !json && !no_color && io::stdout().is_terminal(),
            bars: io::stderr().is_terminal(),
        }
    }

    /// One object on one line of stdout.
    pub(crate) fn object<T: Serialize>(self, value: &T) -> Result<(), Stop> {
        let mut line = serde_json::to_vec(value)
            .map_err(|error| Stop::failed(format!("could not write JSON: {error}")))?;
        line.push(b'\n');
        write_all(&mut io::stdout().lock(), &line)
    }

    /// Text for people on stdout, exactly as given.
    pub(crate) fn text(self, text: &str) -> Result<(), Stop> {
        write_all(&mut io::stdout().lock(), text.as_bytes())
    }

    /// One line for people on stderr. A stderr that is gone is nobody's loss.
    pub(crate) fn note(self, line: &str) {
        drop(writeln!(io::stderr().lock(), "{line}"));
    }

    /// The word, in its color where colors are shown.
    pub(crate) fn paint(self, tone: Tone, word: &str) -> String {
        let code = match tone {
            Tone::Good => "32",
            Tone::Doubt => "33",
            Tone::Bad => "31",
            Tone::Plain => return word.to_owned(),
        };
        if self.color { format!("\u{1b}[{code}m{word}\u{1b}[0m") } else { word.to_owned() }
    }
}

fn write_all(to: &mut impl Write, bytes: &[u8]) -> Result<(), Stop> {
    to.write_all(bytes)?;
    to.flush()?;
    Ok(())
}

/// Text out of a document or a file name, safe on a terminal: control characters (escape sequences
/// among them) become `\u{fffd}`; only line feeds stay.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// [`printable`], on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_drive_the_terminal() {
        for (text, safe) in [
            ("plain", "plain"),
            ("two\nlines", "two\nlines"),
            ("\u{1b}[2Jgone", "\u{fffd}[2Jgone"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("bell\u{7}", "bell\u{fffd}"),
        ] {
            assert_eq!(printable(text), safe);
        }
        assert_eq!(one_line("a\nb"), "a\u{fffd}b");
    }

    #[test]
    fn colors_only_where_they_are_shown() {
        let plain = Output { json: false, color: false, bars: false };
        let bright = Output { json: false, color: true, bars: false };
        assert_eq!(plain.paint(Tone::Bad, "failed"), "failed");
        assert_eq!(bright.paint(Tone::Bad, "failed"), "\u{1b}[31mfailed\u{1b}[0m");
        assert_eq!(bright.paint(Tone::Plain, "-"), "-");
    }
}
