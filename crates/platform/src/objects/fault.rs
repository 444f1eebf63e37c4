//! What a store's failure is told as. A store's own words stay behind: they quote addresses, object keys and
//! signatures.

use crate::PlatformError;
use object_store::client::{HttpError, HttpErrorKind};
use std::error::Error;
use std::io;

/// Why a step with the store failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreFault {
    /// It was waited for as long as allowed.
    #[error("no answer in time")]
    TimedOut,
    /// No connection, or one that broke off.
    #[error("it cannot be reached")]
    Unreachable,
    /// Wrong credentials, or a right that they lack.
    #[error("access is denied")]
    Denied,
    /// The bucket, or the upload that was being written, is not there.
    #[error("the bucket or the upload does not exist")]
    Absent,
    /// Any other refusal, by its HTTP status.
    #[error("status {0}")]
    Status(u16),
    /// The disk's own failure.
    #[error("{0}")]
    Disk(io::ErrorKind),
    /// An answer that cannot be read.
    #[error("its answer is not understood")]
    Garbled,
    /// An object is written once, and this name is taken by another one.
    #[error("another object has this name")]
    Taken,
    /// No bucket is configured for the region that the workspace belongs to.
    #[error("no bucket for this region")]
    NoBucket,
    /// A path that no listing shows, or that cannot be asked for.
    #[error("not a listed path")]
    Path,
    /// What was just written is not listed, or what was just removed is still there.
    #[error("it does not show what was done")]
    Forgetful,
    /// Anything else.
    #[error("it failed")]
    Failed,
}

impl From<StoreFault> for PlatformError {
    fn from(fault: StoreFault) -> Self {
        Self::blobs(fault)
    }
}

/// The fault behind a store's error.
pub(super) fn told(error: object_store::Error) -> PlatformError {
    let denied = |error: &object_store::Error| {
        matches!(
            error,
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. }
        )
    };
    if matches!(error, object_store::Error::NotFound { .. }) {
        return StoreFault::Absent.into();
    }
    if denied(&error) { StoreFault::Denied.into() } else { caused_by(&error).into() }
}

/// The fault behind an error of the HTTP client.
pub(super) fn told_http(error: &HttpError) -> PlatformError {
    caused_by(error).into()
}

/// Whether an object is missing, and not the whole bucket: the first is the document's fate, the second ours.
pub(super) fn is_missing(error: &object_store::Error) -> bool {
    // The status is the same; only the store's words tell them apart.
    matches!(error, object_store::Error::NotFound { source, .. } if !source.to_string().contains(NO_BUCKET))
}

/// The code by which an S3 server says that a bucket does not exist.
pub(super) const NO_BUCKET: &str = "NoSuchBucket";

fn caused_by(error: &(dyn Error + 'static)) -> StoreFault {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(http) = error.downcast_ref::<HttpError>() {
            let late = http.kind() == HttpErrorKind::Timeout;
            return if late { StoreFault::TimedOut } else { StoreFault::Unreachable };
        }
        if let Some(disk) = error.downcast_ref::<io::Error>() {
            return StoreFault::Disk(disk.kind());
        }
        cause = error.source();
    }
    StoreFault::Failed
}
