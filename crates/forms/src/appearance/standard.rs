//! The standard fonts, which every viewer has.

use super::standard_widths::{HELVETICA, HELVETICA_BOLD, TIMES, TIMES_BOLD, TIMES_BOLD_ITALIC, TIMES_ITALIC};
use lopdf::{Dictionary, Object, dictionary};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standard {
    Helvetica,
    HelveticaBold,
    HelveticaOblique,
    HelveticaBoldOblique,
    Times,
    TimesBold,
    TimesItalic,
    TimesBoldItalic,
    Courier,
    CourierBold,
}

impl Standard {
    /// From a font's base name or its usual name among a form's resources.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        Some(match plain.as_str() {
            "helv" | "helvetica" | "arial" | "arialmt" => Self::Helvetica,
            "hebo" | "helveticabold" | "arialbold" | "arialboldmt" => Self::HelveticaBold,
            "heob" | "helveticaoblique" | "arialitalic" | "arialitalicmt" => Self::HelveticaOblique,
            "hebi" | "helveticaboldoblique" | "arialbolditalic" | "arialbolditalicmt" => {
                Self::HelveticaBoldOblique
            }
            "tiro" | "timesroman" | "times" | "timesnewroman" | "timesnewromanps" | "timesnewromanpsmt" => {
                Self::Times
            }
            "tibo" | "timesbold" | "timesnewromanbold" | "timesnewromanpsboldmt" => Self::TimesBold,
            "tiit" | "timesitalic" | "timesnewromanitalic" | "timesnewromanpsitalicmt" => Self::TimesItalic,
            "tibi" | "timesbolditalic" | "timesnewromanbolditalic" => Self::TimesBoldItalic,
            "cour" | "courier" | "couriernew" | "couriernewpsmt" => Self::Courier,
            "cobo" | "courierbold" | "couriernewbold" => Self::CourierBold,
            _ => return None,
        })
    }

    const fn base_font(self) -> &'static str {
        match self {
            Self::Helvetica => "Helvetica",
            Self::HelveticaBold => "Helvetica-Bold",
            Self::HelveticaOblique => "Helvetica-Oblique",
            Self::HelveticaBoldOblique => "Helvetica-BoldOblique",
            Self::Times => "Times-Roman",
            Self::TimesBold => "Times-Bold",
            Self::TimesItalic => "Times-Italic",
            Self::TimesBoldItalic => "Times-BoldItalic",
            Self::Courier => "Courier",
            Self::CourierBold => "Courier-Bold",
        }
    }

    /// Advance of a code, thousandths of an em.
    pub(super) fn width(self, code: u8) -> u16 {
        let table = match self {
            Self::Helvetica | Self::HelveticaOblique => &HELVETICA,
            Self::HelveticaBold | Self::HelveticaBoldOblique => &HELVETICA_BOLD,
            Self::Times => &TIMES,
            Self::TimesBold => &TIMES_BOLD,
            Self::TimesItalic => &TIMES_ITALIC,
            Self::TimesBoldItalic => &TIMES_BOLD_ITALIC,
            Self::Courier | Self::CourierBold => return 600,
        };
        usize::from(code).checked_sub(32).and_then(|at| table.get(at)).copied().unwrap_or(0)
    }

    /// The font dictionary. It names its encoding: without, a viewer takes the font's own and `€` becomes a bullet.
    pub(super) fn object(self) -> Dictionary {
        dictionary! {
            "Type" => "Font",
            "Subtype" => "Type1",
            "BaseFont" => Object::Name(self.base_font().as_bytes().to_vec()),
            "Encoding" => "WinAnsiEncoding",
        }
    }
}

/// The characters of `WinAnsiEncoding` from 0x80 to 0x9F.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The code of a character under `WinAnsiEncoding`.
pub(super) fn win_ansi(c: char) -> Option<u8> {
    match c {
        ' '..='~' => u8::try_from(u32::from(c)).ok(),
        '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
        '\0' => None,
        _ => WINDOWS.iter().position(|w| *w == c).and_then(|at| u8::try_from(at).ok()?.checked_add(0x80)),
    }
}
