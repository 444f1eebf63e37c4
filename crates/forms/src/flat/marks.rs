//! Which boxes of a flat copy are ticked: told by the ink in them, beside the ink that the blank has there itself.

#![expect(clippy::float_arithmetic, reason = "geometry and shares of ink")]

use super::copy::LaidPage;
use smartexus_domain::{FormField, Page, Rect};

/// A page as grays, row by row from the top, without padding: 0 is ink, 255 is paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePicture {
    /// 1-based.
    pub page: u32,
    /// Pixels a row.
    pub width: usize,
    /// Width times height of them.
    pub pixels: Vec<u8>,
}

/// Pages of a blank and of its copy, as a person sees them. Pages that are missing leave their boxes unread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures {
    /// The blank's.
    pub blank: Vec<PagePicture>,
    /// The copy's.
    pub copy: Vec<PagePicture>,
}

/// What is darker is ink.
const INK: u8 = 160;
/// Of the shorter side of a box: so much along each edge belongs to its frame.
const FRAME: f64 = 0.22;
/// Shares of ink that the copy has more than the blank: a box with less is empty, one with as much is ticked; between
/// them a person looks. The thinnest mark of the form's own, a line across, is about 0.12; specks of a scan are below 0.02.
const EMPTY_MAX: f64 = 0.03;
const TICKED_MIN: f64 = 0.08;
/// The rim around a box in which paper is to be seen, in its shorter sides, and how much darker than the blank's it may be.
const SURROUNDING: f64 = 0.6;
const SHADE_MAX: f64 = 0.5;
/// A picture whose sides are otherwise than the page's by more than this is another picture.
const SHAPE_OFF: f64 = 0.03;
/// A box with fewer pixels inside shows nothing.
const PIXELS_MIN: usize = 9;

/// What the boxes of one field say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ticked {
    /// All are empty.
    None,
    /// This state.
    One(String),
    /// More than one that exclude each other.
    Several,
    /// It cannot be told.
    Unclear,
}

/// The state of a check box or radio group.
pub(super) fn ticked(field: &FormField, pages: &[LaidPage<'_>], pictures: &Pictures) -> Ticked {
    let mut states: Vec<&str> = Vec::new();
    let mut is_seen = false;
    for widget in &field.widgets {
        let Some(number) = widget.page else { continue };
        let Some(page) = pages.iter().find(|page| page.blank.page == number) else { return Ticked::Unclear };
        let Some(lie) = page.lie else { return Ticked::Unclear };
        let shares = |bounds: Rect| {
            let before = ink(&pictures.blank, page.blank, bounds)?;
            Some((before, ink(&pictures.copy, page.copy, lie.box_of(bounds))?))
        };
        let (inside, around) = (framed(widget.bounds, -FRAME), framed(widget.bounds, SURROUNDING));
        let (Some((before, after)), Some((paper, shade))) = (shares(inside), shares(around)) else {
            return Ticked::Unclear;
        };
        if shade - paper > SHADE_MAX {
            return Ticked::Unclear;
        }
        is_seen = true;
        let more = after - before;
        // A blank that prints into its box, or comes ticked, hides what a person does there.
        if before >= TICKED_MIN || (more > EMPTY_MAX && more < TICKED_MIN) {
            return Ticked::Unclear;
        }
        if more >= TICKED_MIN {
            let Some(state) = widget.on_state.as_deref() else { return Ticked::Unclear };
            if !states.contains(&state) {
                states.push(state);
            }
        }
    }
    match states.as_slice() {
        [] if is_seen => Ticked::None,
        [] => Ticked::Unclear,
        [one] => Ticked::One((*one).to_owned()),
        [..] => Ticked::Several,
    }
}

/// A box with a rim of so much of its shorter side, inwards where it is less than nothing.
fn framed(bounds: Rect, rim: f64) -> Rect {
    let rim = rim * bounds.width().min(bounds.height());
    Rect { x0: bounds.x0 - rim, y0: bounds.y0 - rim, x1: bounds.x1 + rim, y1: bounds.y1 + rim }
}

/// The share of ink in a box; `None` where the page has no picture of its shape or the box no room.
fn ink(pictures: &[PagePicture], page: &Page, bounds: Rect) -> Option<f64> {
    let picture = pictures.iter().find(|picture| picture.page == page.page)?;
    let scale = whole(picture.width) / page.width;
    let height = whole(picture.pixels.len() / picture.width.max(1));
    if ((height / page.height) / scale - 1.0).abs() > SHAPE_OFF {
        return None;
    }
    let column = |x: f64| pixel(x * scale).min(picture.width);
    let (left, right) = (column(bounds.x0), column(bounds.x1));
    let (top, bottom) = (pixel(bounds.y0 * scale), pixel(bounds.y1 * scale));
    let rows = picture.pixels.chunks_exact(picture.width.max(1)).take(bottom).skip(top);
    let (mut dark, mut all) = (0_usize, 0_usize);
    for row in rows {
        let inside = row.get(left..right)?;
        dark += inside.iter().filter(|gray| **gray < INK).count();
        all += inside.len();
    }
    (all >= PIXELS_MIN).then(|| whole(dark) / whole(all))
}

#[expect(clippy::cast_precision_loss, reason = "pixels of one page")]
fn whole(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn pixel(at: f64) -> usize {
    at.round().clamp(0.0, 1.0e6) as usize
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use smartexus_domain::{
        FieldKind, FileFacts, MediaType, PageFacts, PageMethod, PageRoute, Pages, WidgetPlace,
    };

    /// A page of 100 by 50 points with one pixel each, dark where `is_dark` says.
    fn picture(is_dark: impl Fn(usize, usize) -> bool) -> Vec<PagePicture> {
        let pixels = (0..5_000).map(|at| if is_dark(at % 100, at / 100) { 0 } else { 255 }).collect();
        vec![PagePicture { page: 1, width: 100, pixels }]
    }

    /// One page of 100 by 50 points without words.
    pub(in crate::flat) fn page() -> Pages {
        let page = Page {
            page: 1,
            width: 100.0,
            height: 50.0,
            rotation: 0,
            method: PageMethod::Text,
            route: PageRoute::default(),
            words: Vec::new(),
            hidden_words: Vec::new(),
            text: String::new(),
            unmapped_glyphs: 0,
            covered_glyphs: None,
            facts: PageFacts::default(),
            fonts: Vec::new(),
            complete: true,
        };
        let facts = FileFacts::default();
        Pages { media_type: MediaType::Pdf, facts, pages: vec![page], findings: Vec::new() }
    }

    /// Two buttons, the first at 10 to 30 points from the left, both at 10 to 30 from above.
    pub(in crate::flat) fn group() -> FormField {
        let place = |x: u32, state: &str| WidgetPlace {
            page: Some(1),
            bounds: Rect { x0: f64::from(x), y0: 10.0, x1: f64::from(x + 20), y1: 30.0 },
            on_state: Some(state.to_owned()),
        };
        FormField {
            name: "married".to_owned(),
            kind: FieldKind::Radio,
            page: Some(1),
            widgets: vec![place(10, "Yes"), place(60, "No")],
            tooltip: None,
            labels: Vec::new(),
            options: Vec::new(),
            max_length: None,
            required: false,
            read_only: false,
            editable: false,
            multiple: false,
            format: None,
            calculated: false,
            sum_of: Vec::new(),
            value: None,
        }
    }

    fn state(pictures: &Pictures) -> Ticked {
        let (blank, copy) = (page(), page());
        ticked(&group(), &[LaidPage::new(&blank.pages[0], &copy.pages[0])], pictures)
    }

    #[test]
    fn ink_beyond_the_blanks_own_is_a_tick() {
        let frame = |x: usize, y: usize| (y == 10 || y == 29) && (10..80).contains(&x);
        let stroke = |x: usize, y: usize| (y - 12) / 2 == (x % 50).wrapping_sub(12) / 2;
        let told = |is_dark: &dyn Fn(usize, usize) -> bool| {
            let pictures = Pictures { blank: picture(frame), copy: picture(is_dark) };
            state(&pictures)
        };
        let inside =
            |x: usize, y: usize, left: usize| (left..left + 16).contains(&x) && (12..28).contains(&y);
        assert_eq!(told(&frame), Ticked::None);
        let first = |x: usize, y: usize| frame(x, y) || (inside(x, y, 12) && stroke(x, y));
        assert_eq!(told(&first), Ticked::One("Yes".to_owned()));
        let second = |x: usize, y: usize| frame(x, y) || (inside(x, y, 62) && stroke(x, y));
        assert_eq!(told(&second), Ticked::One("No".to_owned()));
        assert_eq!(told(&|x, y| first(x, y) || second(x, y)), Ticked::Several);
        assert_eq!(
            told(&|x, y| frame(x, y) || (x == 20 && (16..23).contains(&y))),
            Ticked::Unclear,
            "a speck"
        );
        let own = Pictures { blank: picture(first), copy: picture(first) };
        assert_eq!(state(&own), Ticked::Unclear, "the blank's own tick");
        let shadow = Pictures { blank: picture(frame), copy: picture(|_, _| true) };
        assert_eq!(state(&shadow), Ticked::Unclear, "a shadow");
        let unseen = Pictures { blank: picture(frame), copy: Vec::new() };
        assert_eq!(state(&unseen), Ticked::Unclear);
    }
}
