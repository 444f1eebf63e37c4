//! `/source` and `/artifacts/{name}`: bytes as attachments.

use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use smartexus_domain::MediaType;
use smartexus_platform::port::{ObjectKind, ObjectName};
use std::fmt::Write as _;

/// The bytes as they came in.
pub(crate) async fn source(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let document = door.document(Door::id(&id)?).await?;
    let file_name = door.world.metadata(&document).await?.file_name;
    let name = ObjectName::source(document.workspace, document.id);
    let attachment = Attachment {
        media_type: document.media_type.as_str(),
        file_name: file_name.unwrap_or_else(|| document.id.to_string()),
        bytes: document.bytes,
    };
    attachment.response(&door, &name).await
}

/// What a stage left behind.
pub(crate) async fn artifact(
    State(door): State<Door>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = Door::id(&id)?;
    let kind = ObjectKind::named(&name).map_err(|_| ProblemCode::NotFound)?;
    let looked = door.world.documents.artifact(door.config.workspace, id, &kind).await?;
    let artifact = door.found(looked).await?.ok_or(ProblemCode::NotFound)?;
    let base = name.rsplit('/').next().unwrap_or(&name);
    let media_type = media_type_of(base);
    let file_name = if base.contains('.') { base.to_owned() } else { format!("{base}.json") };
    Attachment { media_type, file_name, bytes: artifact.bytes }.response(&door, &artifact.object).await
}

struct Attachment {
    media_type: &'static str,
    file_name: String,
    bytes: u64,
}

impl Attachment {
    async fn response(self, door: &Door, name: &ObjectName) -> Result<Response, Problem> {
        let content = door.world.blobs.get(name).await?;
        let mut response = Response::new(Body::from_stream(content));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(self.bytes));
        let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(&self.file_name));
        let disposition = HeaderValue::try_from(disposition).map_err(|_| ProblemCode::Internal)?;
        headers.insert(CONTENT_DISPOSITION, disposition);
        Ok(response)
    }
}

/// Our own artifacts, by the names that stages give them. Without an ending they are JSON.
fn media_type_of(base: &str) -> &'static str {
    match base.rsplit_once('.').map(|(_, ending)| ending) {
        None | Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("xlsx") => MediaType::Xlsx.as_str(),
        Some("pdf") => MediaType::Pdf.as_str(),
        Some("ofx") => MediaType::Ofx.as_str(),
        Some("qif") => MediaType::Qif.as_str(),
        Some("parquet") => "application/vnd.apache.parquet",
        Some("xml") => "application/xml",
        Some(_) => "application/octet-stream",
    }
}

/// The `ext-value` characters of RFC 8187; everything else as `%XX`.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _infallible = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_header() {
        for (name, encoded) in [
            ("march.pdf", "march.pdf"),
            ("März 1.pdf", "M%C3%A4rz%201.pdf"),
            ("a\"; filename=\"b\r\nX: y", "a%22%3B%20filename%3D%22b%0D%0AX%3A%20y"),
        ] {
            assert_eq!(percent_encoded(name), encoded);
        }
    }

    #[test]
    fn artifacts_have_the_type_of_their_ending() {
        for (base, media_type) in [
            ("pages", "application/json"),
            ("transactions.csv", "text/csv; charset=utf-8"),
            ("statement.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("report.pdf", "application/pdf"),
            ("transactions.parquet", "application/vnd.apache.parquet"),
            ("transactions.camt.xml", "application/xml"),
            ("x.html", "application/octet-stream"),
        ] {
            assert_eq!(media_type_of(base), media_type);
        }
    }
}
