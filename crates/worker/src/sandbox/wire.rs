//! What parent and child say to each other, and how it is framed: one byte of tag, eight of length (little endian),
//! then the body. There are no versions, because both ends are the same program.

use super::probe::ForbiddenAct;
use serde::{Deserialize, Serialize};
use smartexus_domain::{FailureCode, MediaType, Pages, Statement};
use smartexus_extract::{ExtractOptions, Survey};
use smartexus_parse::{IssuerHint, ParseOptions};
use std::io::{Error, ErrorKind, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// What the child is asked to do with the payload that follows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Bytes to pages.
    Extract {
        /// How far to go, and the password.
        options: ExtractOptions,
    },
    /// Bytes to pages, unless there are more than so many: then only what they are, [`Extracted::Survey`]. Whether
    /// any page has words is left to whoever gathers them.
    ExtractOrSurvey {
        /// How far to go, and the password.
        options: ExtractOptions,
        /// Most pages that are read at once.
        pages_max: u32,
    },
    /// Pages (the artifact, JSON) to a reading.
    ParsePages {
        /// What the pipeline chose.
        options: ParseOptions,
    },
    /// The bytes of a structured file to a reading.
    ParseStructured {
        /// By content.
        media: MediaType,
        /// What the pipeline chose.
        options: ParseOptions,
    },
    /// Pages, and the statement that a person approved of them ([`Lesson`]), to what is learned from it ([`Learned`]).
    Learn {
        /// What the pipeline chose.
        options: ParseOptions,
    },
    /// A form with what to do with it, as `smartexus_forms::packed`, to its answer.
    Form {
        /// How far to go when the words beside its fields are read.
        options: ExtractOptions,
    },
    /// Try something that must fail.
    Probe {
        /// What to try.
        act: ForbiddenAct,
    },
}

/// The artifact of [`Request::ExtractOrSurvey`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extracted {
    /// All pages.
    Pages(Box<Pages>),
    /// There are too many to read at once.
    Survey(Survey),
}

/// The payload of [`Request::Learn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// As they were read.
    pub pages: Pages,
    /// The statement as a person approved it, with the places of its rows.
    pub approved: Statement,
}

/// The artifact of [`Request::Learn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learned {
    /// A layout under which the same pages are read into the approved rows, and proved.
    Hint(Box<IssuerHint>),
    /// There is none.
    Nothing {
        /// One sentence, without anything of the document.
        because: String,
        /// What a person can do.
        advice: String,
    },
}

/// What the child answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The artifact, JSON.
    Done(Vec<u8>),
    /// The document is at fault.
    Failed(FailureCode),
    /// The reader panicked; nothing more is said, because a message could quote the document.
    Panicked,
}

/// Longest request header.
pub(super) const HEADER_BYTES_MAX: u64 = 64 * 1024;
/// Longest word of a failure or a refusal.
pub(super) const WORD_BYTES_MAX: u64 = 64;

/// What a child says that has no data to recognize text with.
pub(super) const NO_OCR: &[u8] = b"ocr";

pub(super) const TAG_READY: u8 = b'r';
pub(super) const TAG_REFUSED: u8 = b'x';
pub(super) const TAG_HEADER: u8 = b'h';
pub(super) const TAG_PAYLOAD: u8 = b'p';
pub(super) const TAG_DONE: u8 = b'd';
pub(super) const TAG_FAILED: u8 = b'f';
pub(super) const TAG_PANICKED: u8 = b'c';

/// One message.
pub(super) struct Frame {
    pub(super) tag: u8,
    pub(super) body: Vec<u8>,
}

const PREFIX_BYTES: usize = 9;

fn prefix(tag: u8, length: usize) -> [u8; PREFIX_BYTES] {
    let mut bytes = [tag; PREFIX_BYTES];
    bytes[1..].copy_from_slice(&(length as u64).to_le_bytes());
    bytes
}

fn parse_prefix(bytes: [u8; PREFIX_BYTES], limit: u64) -> std::io::Result<(u8, u64)> {
    let [tag, length @ ..] = bytes;
    let length = u64::from_le_bytes(length);
    if length > limit {
        return Err(Error::new(ErrorKind::InvalidData, "a frame is longer than its limit"));
    }
    Ok((tag, length))
}

fn cut() -> Error {
    Error::new(ErrorKind::UnexpectedEof, "a frame was cut")
}

/// Child side.
pub(super) fn write_frame(to: &mut impl Write, tag: u8, body: &[u8]) -> std::io::Result<()> {
    to.write_all(&prefix(tag, body.len()))?;
    to.write_all(body)?;
    to.flush()
}

/// Child side.
pub(super) fn read_frame(from: &mut impl Read, limit: u64) -> std::io::Result<Frame> {
    let mut bytes = [0; PREFIX_BYTES];
    from.read_exact(&mut bytes)?;
    let (tag, length) = parse_prefix(bytes, limit)?;
    let mut body = Vec::new();
    // Grows with what arrives, not with what is promised.
    from.take(length).read_to_end(&mut body)?;
    if body.len() as u64 == length { Ok(Frame { tag, body }) } else { Err(cut()) }
}

/// Parent side.
pub(super) async fn send_frame(
    to: &mut (impl AsyncWrite + Unpin),
    tag: u8,
    body: &[u8],
) -> std::io::Result<()> {
    to.write_all(&prefix(tag, body.len())).await?;
    to.write_all(body).await
}

/// Parent side.
pub(super) async fn receive_frame(from: &mut (impl AsyncRead + Unpin), limit: u64) -> std::io::Result<Frame> {
    let mut bytes = [0; PREFIX_BYTES];
    from.read_exact(&mut bytes).await?;
    let (tag, length) = parse_prefix(bytes, limit)?;
    let mut body = Vec::new();
    from.take(length).read_to_end(&mut body).await?;
    if body.len() as u64 == length { Ok(Frame { tag, body }) } else { Err(cut()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_fits_its_limit_exactly_or_not_at_all() {
        let mut wire = Vec::new();
        write_frame(&mut wire, TAG_DONE, b"12345").unwrap();
        let frame = read_frame(&mut wire.as_slice(), 5).unwrap();
        assert_eq!((frame.tag, frame.body.as_slice()), (TAG_DONE, &b"12345"[..]));
        assert_eq!(
            read_frame(&mut wire.as_slice(), 4).map(|f| f.tag).unwrap_err().kind(),
            ErrorKind::InvalidData
        );
        wire.pop();
        assert_eq!(
            read_frame(&mut wire.as_slice(), 5).map(|f| f.tag).unwrap_err().kind(),
            ErrorKind::UnexpectedEof
        );
    }

    #[test]
    fn a_promised_length_reserves_nothing() {
        let mut wire = prefix(TAG_DONE, usize::MAX / 2).to_vec();
        wire.extend_from_slice(b"short");
        assert_eq!(
            read_frame(&mut wire.as_slice(), u64::MAX).map(|f| f.tag).unwrap_err().kind(),
            ErrorKind::UnexpectedEof
        );
    }
}
