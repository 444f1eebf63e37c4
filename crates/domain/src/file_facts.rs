//! What a file says about itself.

use serde::{Deserialize, Serialize};

/// Most entries of any list of facts about a file; of saves the last ones are kept, of everything else the first.
pub const SAVES_MAX: usize = 64;
/// Letters of a text in the data of a picture; further ones are cut.
pub const PICTURE_TEXT_CHARS: usize = 128;

/// What the file says about itself. Facts only; they are judged in `parse`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The file was encrypted (with an empty or a given password).
    pub encrypted: bool,
    /// `Producer` of the information dictionary.
    pub producer: Option<String>,
    /// `Creator` of the information dictionary.
    pub creator: Option<String>,
    /// `CreationDate` as written.
    pub created: Option<String>,
    /// `ModDate` as written.
    pub modified: Option<String>,
    /// Number of `%%EOF` marks: more than one means incremental saves (or linearization).
    pub revisions: u32,
    /// Version of the format that the file claims, for instance `1.7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Number of `/ByteRange` marks: each is a signature, or a place kept for one.
    #[serde(default)]
    pub signatures: u32,
    /// Saves behind the first version of the file, oldest first; at most [`SAVES_MAX`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saves: Vec<Save>,
    /// What the signatures cover; at most [`SAVES_MAX`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<SignedRange>,
    /// `ID` of the last trailer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<FileId>,
    /// What the XMP packet of the document says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xmp: Option<XmpFacts>,
    /// What a picture file says about how it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureFacts>,
}

/// A save that was put behind what was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    /// Where it starts, in bytes from the start of the file.
    pub offset: u64,
    /// It brings a signature, a time stamp or what is needed to check them later.
    pub signs: bool,
}

/// What one signature covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedRange {
    /// Where the covered part ends, in bytes from the start of the file.
    pub end: u64,
    /// Nothing but blanks follows.
    pub is_whole: bool,
    /// Whether the bytes are those that were signed; `None` where the digest is of a kind that is not looked into. Who
    /// signed is not asked.
    pub holds: Option<bool>,
}

/// The two halves of a file's identifier, hexadecimal, cut at 64 digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileId {
    /// Given once, when the file is made.
    pub first: String,
    /// Given anew at each save.
    pub last: String,
}

/// What an XMP packet says. Dates as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmpFacts {
    /// `pdf:Producer`.
    pub producer: Option<String>,
    /// `xmp:CreatorTool`.
    pub creator: Option<String>,
    /// `xmp:CreateDate`.
    pub created: Option<String>,
    /// `xmp:ModifyDate`.
    pub modified: Option<String>,
    /// Programs in the history of the document (`stEvt:softwareAgent`), each once; at most [`SAVES_MAX`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
}

/// What the EXIF data of a picture say. Dates as written: `2026:03:02 10:15:00`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// The maker of the camera.
    pub make: Option<String>,
    /// The camera.
    pub model: Option<String>,
    /// The program that wrote the file.
    pub software: Option<String>,
    /// When the picture was taken.
    pub taken: Option<String>,
    /// When the file was changed.
    pub modified: Option<String>,
}
