//! The first bytes of every sealed object, and the keys that follow from them.

use super::{Context, Stream};
use crate::{KeyFault, PlatformError, Result, SecretBytes};
use aead_stream::NewStream;
use aes_gcm::aead::array::Array;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

const MAGIC: [u8; 4] = *b"SMXS";
/// Version of the format.
const VERSION: u8 = 1;
/// AES-256-GCM, STREAM with a 32-bit big-endian counter, 64 KiB chunks, HKDF-SHA-256. The only one.
const ALGORITHM: u8 = 1;
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 7;
const COMMITMENT_BYTES: usize = 32;

/// magic 4 · version 1 · algorithm 1 · key id 16 · salt 32 · commitment 32
pub(super) const HEADER_BYTES: usize = 4 + 1 + 1 + 16 + 32 + COMMITMENT_BYTES;

pub(super) struct Header {
    key_id: [u8; 16],
    salt: [u8; 32],
    commitment: [u8; COMMITMENT_BYTES],
}

/// What a header and a key give: the stream's cipher and the commitment that must stand in the header.
struct Derived {
    stream: Stream,
    commitment: [u8; COMMITMENT_BYTES],
}

impl Header {
    /// A header with a fresh salt, and the cipher to seal with. The salt comes straight from the operating system
    /// and not from an injected source: a repeated salt would repeat a key and its nonces.
    pub(super) fn create(key_id: [u8; 16], key: &SecretBytes, context: &Context) -> Result<(Self, Stream)> {
        let mut salt = [0_u8; 32];
        getrandom::fill(&mut salt).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
        let derived = derive(key_id, &salt, key, context)?;
        Ok((Self { key_id, salt, commitment: derived.commitment }, derived.stream))
    }

    pub(super) fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0_u8; HEADER_BYTES];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4] = VERSION;
        bytes[5] = ALGORITHM;
        bytes[6..22].copy_from_slice(&self.key_id);
        bytes[22..54].copy_from_slice(&self.salt);
        bytes[54..].copy_from_slice(&self.commitment);
        bytes
    }

    /// Reads a header; anything but this version with this algorithm is refused, so there is nothing to downgrade to.
    pub(super) fn parse(bytes: &[u8; HEADER_BYTES]) -> Result<Self> {
        if bytes[..4] != MAGIC || bytes[4] != VERSION || bytes[5] != ALGORITHM {
            return Err(PlatformError::Unverified);
        }
        let mut header = Self { key_id: [0; 16], salt: [0; 32], commitment: [0; COMMITMENT_BYTES] };
        header.key_id.copy_from_slice(&bytes[6..22]);
        header.salt.copy_from_slice(&bytes[22..54]);
        header.commitment.copy_from_slice(&bytes[54..]);
        Ok(header)
    }

    /// The cipher to open with, once key id and commitment fit.
    pub(super) fn stream(&self, key_id: [u8; 16], key: &SecretBytes, context: &Context) -> Result<Stream> {
        let derived = derive(self.key_id, &self.salt, key, context)?;
        let differs = derived.commitment.iter().zip(&self.commitment).fold(0_u8, |d, (a, b)| d | (a ^ b));
        if key_id != self.key_id || differs != 0 {
            return Err(PlatformError::Unverified);
        }
        Ok(derived.stream)
    }
}

fn derive(key_id: [u8; 16], salt: &[u8; 32], key: &SecretBytes, context: &Context) -> Result<Derived> {
    let mut material = Zeroizing::new([0_u8; KEY_BYTES + NONCE_BYTES + COMMITMENT_BYTES]);
    let fixed: [&[u8]; 5] = [b"smartexus/seal", &[VERSION], &[ALGORITHM], &key_id, context.bytes()];
    Hkdf::<Sha256>::new(Some(salt), key.expose())
        .expand_multi_info(&fixed, material.as_mut())
        .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
    let (subkey, rest) = material.split_at(KEY_BYTES);
    let (nonce, committed) = rest.split_at(NONCE_BYTES);
    let mut commitment = [0_u8; COMMITMENT_BYTES];
    commitment.copy_from_slice(committed);
    let mut cipher_key = Array([0_u8; KEY_BYTES]);
    cipher_key.copy_from_slice(subkey);
    let mut cipher_nonce = Array([0_u8; NONCE_BYTES]);
    cipher_nonce.copy_from_slice(nonce);
    let stream = Stream::new(&cipher_key, &cipher_nonce);
    cipher_key.zeroize();
    Ok(Derived { stream, commitment })
}
