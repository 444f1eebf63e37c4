//! Sealing: AES-256-GCM in the STREAM construction, under a subkey that no other object has.
//!
//! A sealed object is a [`Header`](header::Header), then chunks of 64 KiB, each followed by its 16-byte tag. Counter
//! nonces refuse reordering, the last-chunk flag refuses cutting, the subkey (HKDF over salt, header and the name of
//! the object) refuses moving an object elsewhere, and the commitment refuses a second key that also "fits".

mod context;
mod header;
mod open;
mod seal;
#[cfg(test)]
mod tests;

pub(crate) use context::Context;
pub(crate) use open::{Opener, open_bytes};
pub(crate) use seal::{Sealer, seal_bytes};

/// Plaintext bytes of every chunk but the last.
pub(crate) const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes of a GCM tag.
pub(crate) const TAG_BYTES: usize = 16;

type Stream = aead_stream::StreamBE32<aes_gcm::Aes256Gcm>;
