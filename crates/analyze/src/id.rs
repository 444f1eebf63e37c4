//! Names made of what a thing is, as the case makes them.

use sha2::{Digest, Sha256};

/// Bytes of an id: 96 bits, so that a million things do not meet by chance.
const BYTES: usize = 12;

/// SHA-256 over the fields, each with its length before it, cut to 24 hexadecimal digits.
pub(crate) fn id<'f>(kind: &'f str, fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut hash = Sha256::new();
    for field in std::iter::once(kind).chain(fields) {
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}
