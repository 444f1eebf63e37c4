//! Sealed bytes to plaintext. Nothing of a chunk is handed out before its tag is verified.

use super::header::{HEADER_BYTES, Header};
use super::{CHUNK_BYTES, Context, Stream, TAG_BYTES};
use crate::port::DocumentKey;
use crate::{PlatformError, Result, SecretBytes};
use aead_stream::Decryptor;
use aes_gcm::Aes256Gcm;

const SEALED_CHUNK: usize = CHUNK_BYTES + TAG_BYTES;

/// Opens one object. It is spent after its first error.
pub(crate) struct Opener {
    key_id: [u8; 16],
    key: SecretBytes,
    context: Context,
    decryptor: Option<Decryptor<Aes256Gcm, Stream>>,
    pending: Vec<u8>,
}

impl Opener {
    pub(crate) fn new(key: DocumentKey, context: Context) -> Self {
        Self { key_id: key.id, key: key.secret, context, decryptor: None, pending: Vec::new() }
    }

    /// Takes sealed bytes and appends the plaintext of every chunk that is verified and surely not the last.
    pub(crate) fn push(&mut self, sealed: &[u8], out: &mut Vec<u8>) -> Result<()> {
        self.pending.extend_from_slice(sealed);
        self.read_header()?;
        let Some(decryptor) = self.decryptor.as_mut() else { return Ok(()) };
        let mut read = 0;
        while self.pending.len() - read > SEALED_CHUNK {
            let mut chunk = self.pending[read..read + SEALED_CHUNK].to_vec();
            decryptor.decrypt_next_in_place(&[], &mut chunk).map_err(|_| PlatformError::Unverified)?;
            out.append(&mut chunk);
            read += SEALED_CHUNK;
        }
        self.pending.drain(..read);
        Ok(())
    }

    /// Appends the last chunk: only now is it known that nothing was cut off.
    pub(crate) fn finish(self, out: &mut Vec<u8>) -> Result<()> {
        let decryptor = self.decryptor.ok_or(PlatformError::Unverified)?;
        let mut chunk = self.pending;
        decryptor.decrypt_last_in_place(&[], &mut chunk).map_err(|_| PlatformError::Unverified)?;
        out.append(&mut chunk);
        Ok(())
    }

    fn read_header(&mut self) -> Result<()> {
        if self.decryptor.is_some() {
            return Ok(());
        }
        let Some(bytes) = self.pending.first_chunk::<HEADER_BYTES>() else { return Ok(()) };
        let stream = Header::parse(bytes)?.stream(self.key_id, &self.key, &self.context)?;
        self.decryptor = Some(Decryptor::from_stream_primitive(stream));
        self.pending.drain(..HEADER_BYTES);
        Ok(())
    }
}

/// Opens a small thing at once.
pub(crate) fn open_bytes(
    key_id: [u8; 16],
    key: &SecretBytes,
    context: &Context,
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let key = DocumentKey::new(key_id, key.duplicate());
    let mut opener = Opener::new(key, context.clone());
    let mut out = Vec::new();
    opener.push(sealed, &mut out)?;
    opener.finish(&mut out)?;
    Ok(out)
}
