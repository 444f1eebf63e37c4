//! Was all of a page read, and if not, how could it be?

use super::GlyphText;
use super::canvas::{Ink, MOST_GAPS};
use crate::mixed::{UNMAPPED_PERCENT, UNMAPPED_TEXT};
use smartexus_domain::{Finding, PageRoute, RouteReason};

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
/// Where so much of a page's text lies under something, that something is the page.
const COVERED_PERCENT: u64 = 90;
/// On a page with almost no text, so many shapes may be letters drawn as outlines.
const OUTLINE_PATHS: u32 = 40;

pub(super) const HIDDEN_TEXT: &str = "hidden_text";

/// The facts of a page that decide whether all of it was read.
#[derive(Clone, Copy)]
pub(super) struct Judgement<'i> {
    pub(super) number: u32,
    pub(super) ink: &'i Ink,
    pub(super) is_cut: bool,
    pub(super) fonts_missing: bool,
    pub(super) is_damaged: bool,
    /// Visible glyphs over which something was drawn.
    pub(super) covered: Option<u32>,
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
            self.is_under_picture().then(|| {
                (
                    "page_not_text",
                    "The text of this page lies under a picture, which is what is seen.".to_owned(),
                )
            }),
            self.is_gibberish().then(|| {
                (
                    "gibberish",
                    "The text of this page is no language: its font map is missing or wrong.".to_owned(),
                )
            }),
            self.is_unmapped().then(|| {
                (
                    UNMAPPED_TEXT,
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

    /// The way to this page's words. What the interpreter cannot read, a font or a damaged stream, it cannot draw
    /// either, so that there a picture says no more than the text layer.
    pub(super) fn route(&self) -> PageRoute {
        let ink = self.ink;
        if self.is_recognized_scan() {
            PageRoute::Scan(RouteReason::RecognizedPicture)
        } else if self.is_mostly_picture() {
            PageRoute::Scan(if ink.images > 0 { RouteReason::Picture } else { RouteReason::Outlines })
        } else if self.is_under_picture() {
            PageRoute::Scan(RouteReason::TextUnderPicture)
        } else if self.is_gibberish() {
            PageRoute::Scan(RouteReason::Gibberish)
        } else if self.is_unmapped() {
            self.unmapped_route()
        } else if ink.images > 0 && ink.image_share >= WHOLE_PAGE_SHARE {
            PageRoute::Mixed(RouteReason::PictureUnderText)
        } else {
            PageRoute::Text
        }
    }

    /// Words of which every second letter is missing are no words.
    fn unmapped_route(&self) -> PageRoute {
        let unmapped = self.ink.unmapped as usize;
        let is_hopeless = unmapped > self.counts.readable || unmapped > MOST_GAPS;
        let way = if is_hopeless { PageRoute::Scan } else { PageRoute::Mixed };
        way(RouteReason::Unmapped)
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

    /// Is there a picture of the page that was drawn over its text?
    fn is_under_picture(&self) -> bool {
        let readable = self.counts.readable as u64;
        let covered = u64::from(self.covered.unwrap_or(0)).saturating_mul(100);
        let is_picture = self.ink.images > 0 && self.ink.image_share >= WHOLE_PAGE_SHARE;
        is_picture && readable > 0 && covered >= readable.saturating_mul(COVERED_PERCENT)
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

    fn judgement(ink: &Ink) -> Judgement<'_> {
        Judgement {
            number: 1,
            ink,
            is_cut: false,
            fonts_missing: false,
            is_damaged: false,
            covered: Some(0),
            counts: Counts::of(ink),
        }
    }

    #[track_caller]
    fn check(ink: &Ink, expected: PageRoute) {
        assert_eq!(judgement(ink).route(), expected);
    }

    #[test]
    fn every_reason() {
        use PageRoute::{Mixed, Scan, Text};
        let text = "Opening balance 10.00";
        let picture = |letters: &str, share: f64, hidden: u32| Ink {
            images: 1,
            image_share: share,
            hidden,
            ..ink(letters)
        };
        check(&ink(text), Text);
        check(&ink(""), Text);
        check(&picture(text, 0.49, 0), Text);
        check(&picture(text, 0.5, 0), Mixed(RouteReason::PictureUnderText));
        check(&picture(text, 0.5, 9), Mixed(RouteReason::PictureUnderText));
        check(&picture("Page 2", 0.9, 0), Scan(RouteReason::Picture));
        check(&picture("", 0.01, 0), Scan(RouteReason::Picture));
        check(&picture("", 0.9, 100), Scan(RouteReason::RecognizedPicture));
        check(&Ink { paths: OUTLINE_PATHS, ..ink("") }, Scan(RouteReason::Outlines));
        check(&ink(&"(#\"$%&')".repeat(9)), Scan(RouteReason::Gibberish));
        let unmapped = |unmapped, letters: &str| Ink { unmapped, ..ink(letters) };
        check(&unmapped(9, text), Mixed(RouteReason::Unmapped));
        check(&unmapped(21, text), Mixed(RouteReason::Unmapped));
        check(&unmapped(22, text), Scan(RouteReason::Unmapped));
        let most = u32::try_from(MOST_GAPS).unwrap();
        let long = "abcdefgh".repeat(MOST_GAPS);
        check(&unmapped(most, &long[..MOST_GAPS]), Mixed(RouteReason::Unmapped));
        check(&unmapped(most + 1, &long), Scan(RouteReason::Unmapped));
    }

    #[test]
    fn text_under_a_picture_of_the_page_is_not_the_page() {
        let check = |covered, image_share, expected| {
            let ink = Ink { images: 1, image_share, ..ink("Opening balance 1000") };
            let judgement = Judgement { covered, ..judgement(&ink) };
            let is_named = judgement.findings().iter().any(|finding| finding.code == "page_not_text");
            let is_scan = judgement.route() == PageRoute::Scan(RouteReason::TextUnderPicture);
            assert_eq!((is_named, is_scan), (expected, expected), "{covered:?}");
        };
        check(Some(18), 1.0, true);
        check(Some(17), 1.0, false);
        check(Some(20), 0.4, false);
        check(None, 1.0, false);
    }
}
