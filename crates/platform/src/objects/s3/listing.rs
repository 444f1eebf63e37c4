//! What lies in a bucket: every version of every key, and half uploads.

use super::bucket::Bucket;
use super::xml::{Answer, Fields};
use crate::Result;
use crate::objects::fault::StoreFault;
use jiff::Timestamp;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Catalogue {
    /// Every version of every object, with the marks that hide removed ones. On a bucket that keeps no versions
    /// this is every object.
    Versions,
    /// The objects that can be read: for servers that know no versions.
    Objects,
    /// Uploads in parts that were begun and neither completed nor aborted.
    Uploads,
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) key: String,
    /// The version's or the upload's; `None` for an object of a server that knows no versions.
    pub(super) id: Option<String>,
    /// It says that the object was removed, and holds no bytes.
    pub(super) is_mark: bool,
    pub(super) bytes: u64,
    pub(super) at: Timestamp,
}

/// Where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    key: String,
    id: String,
}

/// At most 1,000 rows, by key.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    /// `None` on the last page.
    pub(super) next: Option<Marker>,
}

impl Bucket {
    /// One page of what begins with this prefix; `None` when the server has no such catalogue.
    pub(super) async fn page(
        &self,
        catalogue: Catalogue,
        prefix: &str,
        from: Option<&Marker>,
    ) -> Result<Option<Page>> {
        let mut query = vec![catalogue.question(), ("prefix", prefix)];
        if let Some(marker) = from {
            let (key, id) = catalogue.marker_names();
            query.push((key, &marker.key));
            if !marker.id.is_empty() {
                query.push((id, &marker.id));
            }
        }
        let Some(body) = self.ask(&query).await? else { return Ok(None) };
        let answer = Answer::read(&body)?;
        // A server that overhears the question lists objects instead.
        if answer.root != catalogue.root() {
            return if answer.root == Catalogue::Objects.root() {
                Ok(None)
            } else {
                Err(StoreFault::Garbled.into())
            };
        }
        catalogue.read(&answer, from).map(Some)
    }

    /// Every version of exactly this key; `None` when the server knows no versions.
    pub(super) async fn versions(&self, key: &str) -> Result<Option<Vec<Row>>> {
        let mut versions = Vec::new();
        let mut next = None;
        loop {
            let Some(page) = self.page(Catalogue::Versions, key, next.as_ref()).await? else {
                return Ok(None);
            };
            // Longer keys with the same beginning come after.
            let more = page.rows.last().is_none_or(|row| row.key == key);
            versions.extend(page.rows.into_iter().filter(|row| row.key == key));
            next = page.next;
            if next.is_none() || !more {
                return Ok(Some(versions));
            }
        }
    }
}

impl Catalogue {
    const fn question(self) -> (&'static str, &'static str) {
        match self {
            Self::Versions => ("versions", ""),
            Self::Objects => ("list-type", "2"),
            Self::Uploads => ("uploads", ""),
        }
    }

    const fn root(self) -> &'static str {
        match self {
            Self::Versions => "ListVersionsResult",
            Self::Objects => "ListBucketResult",
            Self::Uploads => "ListMultipartUploadsResult",
        }
    }

    /// The names of a marker's halves in a question.
    const fn marker_names(self) -> (&'static str, &'static str) {
        match self {
            Self::Versions => ("key-marker", "version-id-marker"),
            Self::Objects => ("continuation-token", ""),
            Self::Uploads => ("key-marker", "upload-id-marker"),
        }
    }

    /// The names of a marker's halves in an answer.
    const fn next_names(self) -> (&'static str, &'static str) {
        match self {
            Self::Versions => ("NextKeyMarker", "NextVersionIdMarker"),
            Self::Objects => ("NextContinuationToken", ""),
            Self::Uploads => ("NextKeyMarker", "NextUploadIdMarker"),
        }
    }

    fn read(self, answer: &Answer, from: Option<&Marker>) -> Result<Page> {
        let mut rows = Vec::new();
        for (kind, fields) in &answer.rows {
            rows.extend(self.row(kind, fields).transpose()?);
        }
        // Some servers write all versions of a page before its marks; the versions of a key belong together.
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        let truncated = answer.fields.get("IsTruncated").is_some_and(|text| text == "true");
        if !truncated {
            return Ok(Page { rows, next: None });
        }
        let (key, id) = self.next_names();
        let field = |name: &str| answer.fields.get(name).cloned().unwrap_or_default();
        let next = Marker { key: field(key), id: field(id) };
        // A server that cannot say how it goes on, or goes on in a circle, would be asked for ever.
        if next.key.is_empty() || from == Some(&next) {
            return Err(StoreFault::Garbled.into());
        }
        Ok(Page { rows, next: Some(next) })
    }

    /// A line, if an element is one.
    fn row(self, kind: &str, fields: &Fields) -> Option<Result<Row>> {
        let (id, at) = match (self, kind) {
            (Self::Versions, "Version" | "DeleteMarker") => (Some("VersionId"), "LastModified"),
            (Self::Objects, "Contents") => (None, "LastModified"),
            (Self::Uploads, "Upload") => (Some("UploadId"), "Initiated"),
            (Self::Versions | Self::Objects | Self::Uploads, _) => return None,
        };
        let row = || {
            let number = |text: &String| text.parse().ok();
            Some(Row {
                key: fields.get("Key")?.clone(),
                id: id.map(|id| fields.get(id).cloned()).map_or(Some(None), |id| id.map(Some))?,
                is_mark: kind == "DeleteMarker",
                bytes: fields.get("Size").map_or(Some(0), number)?,
                at: fields.get(at)?.parse().ok()?,
            })
        };
        Some(row().ok_or_else(|| StoreFault::Garbled.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(catalogue: Catalogue, inside: &str, from: Option<&Marker>) -> Result<Page> {
        let xml = format!("<{root}>{inside}</{root}>", root = catalogue.root());
        catalogue.read(&Answer::read(xml.as_bytes()).unwrap(), from)
    }

    const AT: &str = "<LastModified>2026-03-01T10:00:00.250Z</LastModified>";

    #[test]
    fn versions_and_marks_are_rows_and_prefixes_are_not() {
        let inside = format!(
            "<Version><Key>a</Key><VersionId>1</VersionId><Size>7</Size>{AT}</Version>\
             <Version><Key>b</Key><VersionId>3</VersionId><Size>9</Size>{AT}</Version>\
             <DeleteMarker><Key>a</Key><VersionId>2</VersionId>{AT}</DeleteMarker>\
             <CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>"
        );
        let page = read(Catalogue::Versions, &inside, None).unwrap();
        let told: Vec<_> = page.rows.iter().map(|r| (r.id.as_deref(), r.is_mark, r.bytes)).collect();
        assert_eq!(told, [(Some("1"), false, 7), (Some("2"), true, 0), (Some("3"), false, 9)]);
        assert_eq!(page.rows[0].at, "2026-03-01T10:00:00.25Z".parse().unwrap());
        assert_eq!(page.next, None);
    }

    #[test]
    fn a_listing_that_cannot_go_on_is_refused() {
        let stuck = "<IsTruncated>true</IsTruncated>";
        assert!(read(Catalogue::Objects, stuck, None).is_err(), "no way on");
        let next = "<IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker>";
        let page = read(Catalogue::Uploads, next, None).unwrap();
        assert!(page.next.is_some());
        assert!(read(Catalogue::Uploads, next, page.next.as_ref()).is_err(), "a circle");
    }

    #[test]
    fn a_row_without_what_makes_it_one_is_refused() {
        for inside in [
            format!("<Version><VersionId>1</VersionId>{AT}</Version>"),
            format!("<Version><Key>a</Key>{AT}</Version>"),
            "<Version><Key>a</Key><VersionId>1</VersionId></Version>".to_owned(),
            format!("<Version><Key>a</Key><VersionId>1</VersionId><Size>x</Size>{AT}</Version>"),
        ] {
            assert!(read(Catalogue::Versions, &inside, None).is_err(), "{inside}");
        }
    }
}
