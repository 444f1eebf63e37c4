//! The parts of an upload, in the order they were sent.

use crate::IntakeLimits;
use crate::problem::{Problem, ProblemCode};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::try_unfold;
use smartexus_platform::Secret;
use smartexus_platform::port::Upload;
use std::io;
use std::time::Duration;

/// Longest `pipeline`, `priority` or `password`.
const TEXT_BYTES_MAX: usize = 1024;
/// Longest file name that is kept; a longer one is cut.
const FILE_NAME_CHARS_MAX: usize = 255;

/// A multipart body that is read with a clock beside it.
pub(crate) struct Form {
    multipart: Multipart,
    idle_timeout: Duration,
}

/// One part.
pub(crate) enum Part<'f> {
    /// Which pipeline.
    Pipeline(String),
    /// How urgent the files are.
    Priority(String),
    /// What opens the files.
    Password(Secret),
    /// A file, its bytes still on the way.
    File {
        /// As the person calls it.
        name: Option<String>,
        /// The bytes.
        body: Upload<'f>,
    },
}

impl Form {
    pub(crate) fn new(multipart: Multipart, limits: &IntakeLimits) -> Self {
        Self { multipart, idle_timeout: limits.idle_timeout }
    }

    /// The next part; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Part<'_>>, Problem> {
        let idle_timeout = self.idle_timeout;
        let waited = tokio::time::timeout(idle_timeout, self.multipart.next_field()).await;
        let field = waited.map_err(|_| ProblemCode::Timeout)?.map_err(|error| malformed(&error))?;
        let Some(field) = field else { return Ok(None) };
        let kind = field.name().unwrap_or_default().to_owned();
        match (kind.as_str(), field.file_name().is_some()) {
            ("pipeline", false) => Ok(Some(Part::Pipeline(text(field, idle_timeout).await?))),
            ("priority", false) => Ok(Some(Part::Priority(text(field, idle_timeout).await?))),
            ("password", false) => Ok(Some(Part::Password(Secret::new(text(field, idle_timeout).await?)))),
            ("file", _) => {
                let name = field.file_name().and_then(file_name);
                Ok(Some(Part::File { name, body: body(field, idle_timeout) }))
            }
            (_, _) => Err(ProblemCode::Malformed.into()),
        }
    }
}

/// Only the last part of a path, without control characters.
fn file_name(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARS_MAX).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn body(field: Field<'_>, idle_timeout: Duration) -> Upload<'_> {
    try_unfold(field, move |mut field| async move {
        let chunk = chunk(&mut field, idle_timeout).await?;
        Ok(chunk.map(|chunk| (chunk, field)))
    })
    .boxed()
}

async fn chunk(field: &mut Field<'_>, idle_timeout: Duration) -> io::Result<Option<Bytes>> {
    match tokio::time::timeout(idle_timeout, field.chunk()).await {
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
        // What the parser says may quote the body, so it is not passed on.
        Ok(Err(_)) => Err(io::ErrorKind::InvalidData.into()),
        Ok(Ok(chunk)) => Ok(chunk),
    }
}

async fn text(mut field: Field<'_>, idle_timeout: Duration) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let broken = |error: io::Error| {
        let slow = error.kind() == io::ErrorKind::TimedOut;
        if slow { ProblemCode::Timeout } else { ProblemCode::Malformed }
    };
    while let Some(chunk) = chunk(&mut field, idle_timeout).await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(ProblemCode::Malformed.into());
        }
    }
    String::from_utf8(bytes).map_err(|_| ProblemCode::Malformed.into())
}

fn malformed(error: &MultipartError) -> Problem {
    tracing::debug!(status = error.status().as_u16(), "upload malformed");
    ProblemCode::Malformed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        for (sent, kept) in [
            ("march.pdf", Some("march.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\x\\april.csv", Some("april.csv")),
            ("new\nline.pdf", Some("newline.pdf")),
            (" spaced.pdf ", Some("spaced.pdf")),
            ("", None),
            ("folder/", None),
            ("Kontoauszug März.pdf", Some("Kontoauszug März.pdf")),
        ] {
            assert_eq!(file_name(sent).as_deref(), kept, "{sent:?}");
        }
        assert_eq!(file_name(&"ä".repeat(300)).map(|name| name.chars().count()), Some(FILE_NAME_CHARS_MAX));
    }
}
