//! Objects: one sealing path, over files and over S3. Table of contents.

mod fault;
mod files;
mod patience;
mod probe;
mod s3;
mod sealed;
mod shelf;
mod sink;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use files::SealedFiles;
pub use s3::{RegionTag, RegionTagError, Regions, S3Bucket, S3Settings, S3SettingsFault, open_s3};
