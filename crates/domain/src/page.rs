//! Pages and words, in the page's own coordinates: PDF points, origin top left, y downwards,
//! after the page's rotation has been applied.

use crate::{FileFacts, Finding, MediaType, PageFacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A box `[x0, y0, x1, y1]` in points, origin top left.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[f64; 4]", into = "[f64; 4]")]
pub struct Rect {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

impl Rect {
    /// The smallest box that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Width in points.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "geometry")]
    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in points.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "geometry")]
    pub fn height(self) -> f64 {
        self.y1 - self.y0
    }

    /// The middle of the height.
    #[must_use]
    pub fn mid_y(self) -> f64 {
        f64::midpoint(self.y0, self.y1)
    }

    /// The middle of the width.
    #[must_use]
    pub fn mid_x(self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }
}

impl From<[f64; 4]> for Rect {
    fn from([x0, y0, x1, y1]: [f64; 4]) -> Self {
        Self { x0, y0, x1, y1 }
    }
}

impl From<Rect> for [f64; 4] {
    /// Rounded to a hundredth of a point, so that the same page prints the same bytes everywhere.
    #[expect(clippy::float_arithmetic, reason = "geometry")]
    fn from(r: Rect) -> Self {
        [r.x0, r.y0, r.x1, r.y1].map(|v| (v * 100.0).round() / 100.0)
    }
}

/// One word as it stands on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The characters, in logical order, without white space.
    pub text: String,
    /// Where it stands.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// 0–1. 1.0 for a text layer whose font says what its glyphs mean.
    pub confidence: f64,
    /// Font size in points as seen on the page (after all matrices).
    pub size: f64,
    /// Direction of writing on the rotated page in whole degrees, counterclockwise; 0 is left to right.
    #[serde(default)]
    pub angle: i16,
    /// Fill color as sRGB, where it is not black or unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<[u8; 3]>,
    /// Read from pixels, not from a text layer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognized: bool,
    /// What a recognizer thought that doubtful glyphs may be instead. Never for a text layer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<GlyphAlternatives>,
}

/// A recognized glyph that may be another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GlyphAlternatives {
    /// Its first character in the word's text, counted from 0.
    pub at: u32,
    /// Its characters.
    pub length: u32,
    /// Of the glyph as it stands in the text: 0–1.
    pub probability: f64,
    /// What else it may be, most probable first.
    pub choices: Vec<GlyphChoice>,
}

/// Something that a glyph may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GlyphChoice {
    /// Its characters.
    pub text: String,
    /// 0–1.
    pub probability: f64,
}

/// How a page's text was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageMethod {
    /// From the text layer.
    Text,
    /// By optical character recognition.
    Ocr,
    /// From the text layer, and by recognition where it has nothing.
    Mixed,
}

/// The way to a page's words, decided before anything is recognized.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageRoute {
    /// From its text layer.
    #[default]
    Text,
    /// From its picture: what text there is, is not the page's.
    Scan(RouteReason),
    /// From its text layer, and from its picture where that says more.
    Mixed(RouteReason),
}

impl PageRoute {
    /// The text layer is all there is to read.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Text)
    }
}

/// Why a text layer is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteReason {
    /// A picture with almost no text.
    Picture,
    /// A picture with an invisible text layer of somebody's recognition.
    RecognizedPicture,
    /// Text that lies under a picture of the page.
    TextUnderPicture,
    /// Shapes with almost no text: letters drawn as outlines.
    Outlines,
    /// The font map is missing or wrong.
    Gibberish,
    /// Too many glyphs without a meaning.
    Unmapped,
    /// Text over a picture of most of the page.
    PictureUnderText,
    /// Nothing is wrong with it: somebody wants every page read from its pixels.
    Asked,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// 1-based.
    pub page: u32,
    /// Width in points, after rotation.
    pub width: f64,
    /// Height in points, after rotation.
    pub height: f64,
    /// Rotation that was applied: 0, 90, 180 or 270 degrees clockwise.
    pub rotation: u16,
    /// How the text was obtained.
    pub method: PageMethod,
    /// How it was to be obtained, and why.
    #[serde(default, skip_serializing_if = "PageRoute::is_text")]
    pub route: PageRoute,
    /// Visible words in reading order. Hidden text is not among them.
    pub words: Vec<Word>,
    /// Words that nobody sees: invisible, transparent, clipped away or outside the page, with their boxes cut at
    /// its edges. Evidence only; `text` has nothing of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_words: Vec<Word>,
    /// Reading order, words joined by one space, lines by `\n`.
    pub text: String,
    /// Glyphs whose meaning the file does not say: they are not in `words`.
    #[serde(default)]
    pub unmapped_glyphs: u32,
    /// Visible glyphs, blanks left out, over which something opaque was drawn afterwards, a box or a picture;
    /// `None` where that was not looked into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered_glyphs: Option<u32>,
    /// What else the file tells of how the page came to look as it does.
    #[serde(default, skip_serializing_if = "PageFacts::is_empty")]
    pub facts: PageFacts,
    /// Names of the fonts among the page's resources, in order, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<String>,
    /// False where the page has content (pictures, glyphs without meaning) that could not be read as text.
    pub complete: bool,
}

/// What `extract` leaves behind: the artifact `pages`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pages {
    /// What the bytes are.
    pub media_type: MediaType,
    /// What the file says about itself.
    pub facts: FileFacts,
    /// The pages; empty for a structured file.
    pub pages: Vec<Page>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}
