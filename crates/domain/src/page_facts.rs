//! What the file tells of how a page came to look as it does. Facts only: each has innocent causes, and they are judged
//! in `parse`.

use crate::Rect;
use serde::{Deserialize, Serialize};

/// Most entries of any list of facts about one page; further ones are left out.
pub const PAGE_FACTS_MAX: usize = 64;
/// Most words on one side of an [`Edit`]; further ones are left out.
pub const EDIT_WORDS_MAX: usize = 64;

/// What the file tells of one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Words that incremental saves put in place of others, oldest save first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    /// Marks that editors leave where they change text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edit_marks: Vec<EditMark>,
    /// What was drawn over visible glyphs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Cover>,
    /// The fonts of the visible glyphs in the order of their first use, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub font_uses: Vec<FontUse>,
    /// How many visible glyphs each content stream draws, where there are several; blanks are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stream_glyphs: Vec<u32>,
    /// Programs that left data of their own with the page, by the names under which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private_data: Vec<String>,
    /// Visible text that stands on other visible text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlay>,
    /// Annotations that are shown and draw something: no links, fields or pop-up notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    /// Pictures in the order in which they are drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// Figures that the page shows otherwise than its text layer says, as far as a second look was taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn_otherwise: Vec<DrawnOtherwise>,
    /// Regions of the picture of the page that lack the trace which an earlier save left on the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resaved_regions: Vec<ResavedRegion>,
    /// Fields of an interactive form that a person fills in; buttons and signatures are not counted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub form_fields: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl PageFacts {
    /// There is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Neighbouring words that an incremental save changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The revision that has the words `after`; the file as first saved is revision 1.
    pub revision: u32,
    /// What stood there in the revision before, in reading order; empty where words were put in.
    pub before: Vec<EditedWord>,
    /// What stands there since; empty where words were taken out.
    pub after: Vec<EditedWord>,
}

/// A word of an [`Edit`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditedWord {
    /// The characters.
    pub text: String,
    /// Where it stands in its revision.
    #[serde(rename = "box")]
    pub bounds: Rect,
}

/// A mark that an editor left in the content of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditMark {
    /// Its tag, for instance `TouchUp_TextEdit`.
    pub tag: String,
    /// Around the visible glyphs that follow it in its text object; `None` where there are none, or nobody looked.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Rect>,
}

/// Something that was drawn over visible glyphs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// What it is.
    pub kind: CoverKind,
    /// Where it lies.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// Glyphs under it, blanks left out.
    pub glyphs: u32,
}

/// What lies over glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverKind {
    /// An opaque box.
    Shape,
    /// A picture without holes.
    Picture,
    /// A picture with a mask, or a mask alone: what is under it may be seen in part.
    MaskedPicture,
}

/// How much of a page one font draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FontUse {
    /// Its name, with the tag of its subset; empty where it has none.
    pub font: String,
    /// Visible glyphs, blanks left out.
    pub glyphs: u32,
    /// Where they stand, one box a run, if they are few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<Rect>,
}

/// Glyphs that stand on others, drawn before them, that say something else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overlay {
    /// Around those on top.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// How many they are.
    pub glyphs: u32,
}

/// Something that was put on a page as an object of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Its subtype, for instance `FreeText`.
    pub kind: String,
    /// Where it lies.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// Visible glyphs of the page itself under it, blanks left out; 0 where nobody looked.
    pub glyphs: u32,
    /// When it was changed, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// Its number in the file, for instance `12 0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it is seen.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What is under it can be seen in part: it is a mask, or has one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_holes: bool,
}

/// A figure that is drawn otherwise than the text layer says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnOtherwise {
    /// Where it stands.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// What the text layer says.
    pub text: String,
    /// What its pixels say.
    pub drawn: String,
}

/// A region of a picture without the trace of a save that the rest of it has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResavedRegion {
    /// Where it is on the page.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// About the quality of the save that the rest went through, 1–100.
    pub quality: u32,
}
