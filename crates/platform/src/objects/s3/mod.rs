//! Objects in S3. Table of contents.

mod bucket;
mod listing;
mod regions;
mod settings;
mod shelf;
mod write_once;
mod xml;

pub use regions::{RegionTag, RegionTagError, Regions};
pub use settings::{S3Bucket, S3Settings, S3SettingsFault};
pub use shelf::open_s3;

/// The store behind a bucket, for tests that go past the sealing.
#[cfg(test)]
pub(super) fn store_of(bucket: &S3Bucket) -> std::sync::Arc<object_store::aws::AmazonS3> {
    bucket::Bucket::open(bucket).unwrap().store()
}
