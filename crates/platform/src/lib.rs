#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accept;
mod artifact;
mod backends;
mod category_book;
mod embedded;
mod endpoint;
mod error;
#[cfg(any(test, feature = "exam"))]
pub mod exam;
pub mod health;
mod link;
mod mapping_book;
mod metadata;
pub mod metric;
mod objects;
pub mod port;
mod rabbit;
mod redis;
mod sealing;
mod secret;
pub mod span_name;
mod sql;
pub mod telemetry;
pub mod trace_context;
mod world;

pub use crate::redis::{RedisCache, RedisSettings};
pub use accept::Submission;
pub use backends::{Backends, BlobStore, CacheStore, Queue, RowStore, create_key_file, open_embedded};
pub use category_book::{CategoryBook, KeptCorrection, KeptCorrections, KeptRule, KeptRules};
pub use embedded::{Durability, LocalCache};
pub use endpoint::{ChatEndpoint, ChatFault, ChatSettings, MODEL_CHARS_MAX, REPLY_BYTES_MAX};
pub use error::{CacheFault, KeyFault, PlatformError, Result, SchemaFault};
pub use mapping_book::{KeptMapping, KeptMappings, MappingBook};
pub use metadata::Metadata;
pub use objects::{RegionTag, RegionTagError, Regions, S3Bucket, S3Settings, S3SettingsFault, open_s3};
pub use rabbit::{BellPart, MacKey, RabbitBell, RabbitSettings, SettingsFault};
pub use secret::{Secret, SecretBytes};
pub use sql::PostgresSettings;
pub use world::World;
