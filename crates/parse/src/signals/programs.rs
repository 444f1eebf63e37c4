//! Programs whose name in a file says something about how it was made.

/// The list: kind, tab, phrase.
const LIST: &str = include_str!("programs.txt");

/// What a program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Pdf,
    Picture,
    Office,
    Browser,
    Raster,
}

impl Purpose {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "pdf" => Self::Pdf,
            "picture" => Self::Picture,
            "office" => Self::Office,
            "browser" => Self::Browser,
            "raster" => Self::Raster,
            _ => return None,
        })
    }

    /// What such a program is called.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Pdf => "a program that edits PDF files",
            Self::Picture => "a program that edits pictures",
            Self::Office => "a program for documents that a person types",
            Self::Browser => "a browser",
            Self::Raster => "a program that turns pictures into PDF files",
        }
    }
}

/// What a name says its program is for; `None` for every program that is not in the list.
pub(super) fn purpose(name: &str) -> Option<Purpose> {
    let name = name.to_lowercase();
    entries().find(|(_, phrase)| is_in(&name, phrase)).map(|(purpose, _)| purpose)
}

/// Whole words only: "Sejdah" is no "Sejda".
fn is_in(name: &str, phrase: &str) -> bool {
    name.match_indices(phrase).any(|(at, _)| {
        let before = name.get(..at).and_then(|head| head.chars().next_back());
        let after = name.get(at + phrase.len()..).and_then(|tail| tail.chars().next());
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        !is_letter(before) && !is_letter(after)
    })
}

fn entries() -> impl Iterator<Item = (Purpose, &'static str)> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, phrase)| Some((Purpose::of(kind)?, phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(entries().count(), lines);
        for (_, phrase) in entries() {
            assert_eq!(phrase, phrase.trim().to_lowercase());
        }
    }

    #[test]
    fn names_by_their_words() {
        assert_eq!(purpose("Adobe Photoshop 25.1 (Windows)"), Some(Purpose::Picture));
        assert_eq!(purpose("SAMBox 3.0 (www.sejda.com)"), Some(Purpose::Pdf));
        assert_eq!(purpose("Microsoft® Word 2016"), Some(Purpose::Office));
        assert_eq!(purpose("Sejdah 3"), None);
        assert_eq!(purpose("Acrobat PDFWriter 5.0"), None);
        assert_eq!(purpose("iText 2.1.7 by 1T3XT"), None);
        assert_eq!(purpose("Acrobat Distiller 9.0"), None);
    }
}
