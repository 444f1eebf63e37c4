//! Plaintext to sealed bytes, chunk by chunk.

use super::header::Header;
use super::{CHUNK_BYTES, Context, Stream, TAG_BYTES};
use crate::port::DocumentKey;
use crate::{PlatformError, Result, SecretBytes};
use aead_stream::Encryptor;
use aes_gcm::Aes256Gcm;

/// Seals one object. It holds back one chunk, because only the end tells which chunk is the last.
pub(crate) struct Sealer {
    encryptor: Encryptor<Aes256Gcm, Stream>,
    pending: Vec<u8>,
}

impl Sealer {
    /// A sealer, and the header to write first.
    pub(crate) fn new(key: &DocumentKey, context: &Context) -> Result<(Self, Vec<u8>)> {
        Self::under(key.id, &key.secret, context)
    }

    fn under(key_id: [u8; 16], key: &SecretBytes, context: &Context) -> Result<(Self, Vec<u8>)> {
        let (header, stream) = Header::create(key_id, key, context)?;
        let sealer = Self { encryptor: Encryptor::from_stream_primitive(stream), pending: Vec::new() };
        Ok((sealer, header.to_bytes().to_vec()))
    }

    /// Takes plaintext and appends every sealed chunk that is surely not the last.
    pub(crate) fn push(&mut self, mut plain: &[u8], out: &mut Vec<u8>) -> Result<()> {
        while !plain.is_empty() {
            if self.pending.len() == CHUNK_BYTES {
                let mut chunk = self.take_pending();
                self.encryptor.encrypt_next_in_place(&[], &mut chunk).map_err(too_long)?;
                out.append(&mut chunk);
            }
            let (now, later) = plain.split_at(plain.len().min(CHUNK_BYTES - self.pending.len()));
            self.pending.extend_from_slice(now);
            plain = later;
        }
        Ok(())
    }

    /// Appends the last chunk.
    pub(crate) fn finish(mut self, out: &mut Vec<u8>) -> Result<()> {
        let mut chunk = self.take_pending();
        self.encryptor.encrypt_last_in_place(&[], &mut chunk).map_err(too_long)?;
        out.append(&mut chunk);
        Ok(())
    }

    fn take_pending(&mut self) -> Vec<u8> {
        std::mem::replace(&mut self.pending, Vec::with_capacity(CHUNK_BYTES + TAG_BYTES))
    }
}

/// Seals a small thing at once.
pub(crate) fn seal_bytes(
    key_id: [u8; 16],
    key: &SecretBytes,
    context: &Context,
    plain: &[u8],
) -> Result<Vec<u8>> {
    let (mut sealer, mut out) = Sealer::under(key_id, key, context)?;
    sealer.push(plain, &mut out)?;
    sealer.finish(&mut out)?;
    Ok(out)
}

/// The counter ended: 2^32 chunks are 256 TiB.
fn too_long(_: aes_gcm::aead::Error) -> PlatformError {
    PlatformError::TooLarge { limit_bytes: (CHUNK_BYTES as u64) << 32 }
}
