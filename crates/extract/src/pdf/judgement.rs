//! Was all of a page read, and if not, how could it be?

use super::GlyphText;
use super::canvas::Ink;
use smartexus_domain::Finding;

/// More of a page's glyphs without a meaning than this, and its text is not to be relied on.
const UNMAPPED_PERCENT: u64 = 5;
/// More punctuation than this among the glyphs of a page is no language: a font without an encoding numbers its
/// glyphs from `!` on, and the engine takes the numbers for ASCII.
const PUNCTUATION_PERCENT: usize = 30;
/// Fewer glyphs prove nothing about a language.
const JUDGED_GLYPHS: usize = 50;
/// A page with fewer readable glyphs than this has almost no text.
const FEW_GLYPHS: usize = 16;
/// On a page with almost no text, pictures over this share of it are its content.
const PICTURE_SHARE: f64 = 0.05;
/// A picture over this share of a page is a picture of the page.
const WHOLE_PAGE_SHARE: f64 = 0.5;
/// On a page with almost no text, so many shapes may be letters drawn as outlines.
const OUTLINE_PATHS: u32 = 40;

pub(super) const HIDDEN_TEXT: &str = "hidden_text";

/// How a page's words are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// From its text layer.
    Text,
    /// From its picture: what text there is, is not the page's.
    Scan(Reason),
    /// From its text layer, and from its picture where that says more.
    Mixed(Reason),
}

/// Why a text layer is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A picture with almost no text.
    Picture,
    /// A picture with an invisible text layer of somebody's recognition.
    RecognizedPicture,
    /// Shapes with almost no text: letters drawn as outlines.
    Outlines,
    /// The font map is missing or wrong.
    Gibberish,
    /// Too many glyphs without a meaning.
    Unmapped,
    /// A font that cannot be read.
    UnsupportedFont,
    /// Part of the page's content is damaged.
    Damaged,
    /// Text over a picture of most of the page.
    PictureUnderText,
}

/// The facts of a page that decide whether all of it was read.
#[derive(Clone, Copy)]
pub(super) struct Judgement<'i> {
    pub(super) number: u32,
    pub(super) ink: &'i Ink,
    pub(super) is_cut: bool,
    pub(super) fonts_missing: bool,
    pub(super) is_damaged: bool,
    pub(super) counts: Counts,
}

/// The glyphs of a page by what they say.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    /// All but spaces.
    readable: usize,
    odd_punctuation: usize,
}

impl Counts {
    pub(super) fn of(ink: &Ink) -> Self {
        let mut counts = Self { readable: 0, odd_punctuation: 0 };
        for glyph in &ink.glyphs {
            counts.readable += usize::from(glyph.text != GlyphText::Space);
            counts.odd_punctuation += usize::from(is_odd_punctuation(&glyph.text));
        }
        counts
    }
}

impl Judgement<'_> {
    pub(super) fn findings(&self) -> Vec<Finding> {
        let ink = self.ink;
        let noticed = [
            (ink.hidden > 0).then(|| (HIDDEN_TEXT, self.hidden_text())),
            self.is_mostly_picture().then(|| {
                ("page_not_text", "This page is a picture or drawing without a text layer.".to_owned())
            }),
            self.is_gibberish().then(|| {
                (
                    "gibberish",
                    "The text of this page is no language: its font map is missing or wrong.".to_owned(),
                )
            }),
            self.is_unmapped().then(|| {
                (
                    "unmapped_text",
                    format!("The file does not say which letters {} characters are.", ink.unmapped),
                )
            }),
            self.fonts_missing.then(|| {
                ("unsupported_font", "A font of this page cannot be read; its text is missing.".to_owned())
            }),
            self.is_damaged.then(|| {
                ("content_damaged", "Part of this page is damaged; its text is missing.".to_owned())
            }),
            (ink.over_limit || self.is_cut).then(|| {
                (
                    "page_too_long",
                    "This page holds more text than the limit; the rest was left out.".to_owned(),
                )
            }),
        ];
        let on_page = |(code, message)| Finding::new(code, message).on_page(self.number);
        noticed.into_iter().flatten().map(on_page).collect()
    }

    /// The way to this page's words.
    pub(super) fn route(&self) -> Route {
        let ink = self.ink;
        if self.is_recognized_scan() {
            Route::Scan(Reason::RecognizedPicture)
        } else if self.is_mostly_picture() {
            Route::Scan(if ink.images > 0 { Reason::Picture } else { Reason::Outlines })
        } else if self.is_gibberish() {
            Route::Scan(Reason::Gibberish)
        } else if self.is_unmapped() {
            Route::Mixed(Reason::Unmapped)
        } else if self.fonts_missing {
            Route::Mixed(Reason::UnsupportedFont)
        } else if self.is_damaged {
            Route::Mixed(Reason::Damaged)
        } else if ink.images > 0 && ink.image_share >= WHOLE_PAGE_SHARE {
            Route::Mixed(Reason::PictureUnderText)
        } else {
            Route::Text
        }
    }

    fn hidden_text(&self) -> String {
        let hidden = self.ink.hidden;
        if self.is_recognized_scan() {
            return format!(
                "{hidden} characters lie invisible on the picture of this page; they were not read."
            );
        }
        format!("{hidden} characters on this page cannot be seen; they were not read.")
    }

    /// Is this a scan, with the text that somebody's recognition found lying invisible on it?
    fn is_recognized_scan(&self) -> bool {
        self.is_mostly_picture() && self.ink.image_share >= WHOLE_PAGE_SHARE && self.ink.hidden > 0
    }

    fn is_mostly_picture(&self) -> bool {
        let ink = self.ink;
        let readable = self.counts.readable;
        let drawn = ink.image_share >= PICTURE_SHARE || ink.paths >= OUTLINE_PATHS;
        (readable == 0 && ink.images > 0) || (readable < FEW_GLYPHS && drawn)
    }

    fn is_gibberish(&self) -> bool {
        let Counts { readable, odd_punctuation } = self.counts;
        readable >= JUDGED_GLYPHS && odd_punctuation * 100 > readable * PUNCTUATION_PERCENT
    }

    fn is_unmapped(&self) -> bool {
        let unmapped = u64::from(self.ink.unmapped);
        let all = unmapped.saturating_add(self.counts.readable as u64);
        unmapped.saturating_mul(100) > all.saturating_mul(UNMAPPED_PERCENT)
    }
}

/// ASCII punctuation, without the marks that fill lines, columns and masked numbers.
fn is_odd_punctuation(text: &GlyphText) -> bool {
    match text {
        GlyphText::Char(c) => c.is_ascii_punctuation() && !".,-_*=|/:".contains(*c),
        GlyphText::Space | GlyphText::Chars(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Glyph;

    fn ink(letters: &str) -> Ink {
        let glyph = |c| Glyph {
            text: GlyphText::Char(c),
            origin: (0.0, 0.0),
            direction: 0,
            advance: 5.0,
            size: 10.0,
            color: None,
            certain: true,
        };
        Ink { glyphs: letters.chars().map(glyph).collect(), ..Ink::default() }
    }

    #[track_caller]
    fn check(ink: &Ink, expected: Route) {
        let judgement = Judgement {
            number: 1,
            ink,
            is_cut: false,
            fonts_missing: false,
            is_damaged: false,
            counts: Counts::of(ink),
        };
        assert_eq!(judgement.route(), expected);
    }

    #[test]
    fn every_reason() {
        let text = "Opening balance 10.00";
        let picture = |letters: &str, share: f64, hidden: u32| Ink {
            images: 1,
            image_share: share,
            hidden,
            ..ink(letters)
        };
        check(&ink(text), Route::Text);
        check(&ink(""), Route::Text);
        check(&picture(text, 0.3, 0), Route::Text);
        check(&picture(text, 0.5, 0), Route::Mixed(Reason::PictureUnderText));
        check(&picture("Page 2", 0.9, 0), Route::Scan(Reason::Picture));
        check(&picture("", 0.01, 0), Route::Scan(Reason::Picture));
        check(&picture("", 0.9, 100), Route::Scan(Reason::RecognizedPicture));
        check(&Ink { paths: OUTLINE_PATHS, ..ink("") }, Route::Scan(Reason::Outlines));
        check(&ink(&"(#\"$%&')".repeat(9)), Route::Scan(Reason::Gibberish));
        check(&Ink { unmapped: 9, ..ink(text) }, Route::Mixed(Reason::Unmapped));
        let ink = ink(text);
        let sound = Judgement {
            number: 1,
            ink: &ink,
            is_cut: false,
            fonts_missing: false,
            is_damaged: false,
            counts: Counts::of(&ink),
        };
        let fontless = Judgement { fonts_missing: true, ..sound };
        assert_eq!(fontless.route(), Route::Mixed(Reason::UnsupportedFont));
        assert_eq!(Judgement { is_damaged: true, ..sound }.route(), Route::Mixed(Reason::Damaged));
    }
}
