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
