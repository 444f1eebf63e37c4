//! Names made of what a thing is.

use sha2::{Digest, Sha256};

/// Hexadecimal digits of an id: 96 bits, so that a million rows do not meet by chance.
const BYTES: usize = 12;

/// SHA-256 over the fields, each with its length before it, cut to 24 hexadecimal digits.
pub(super) fn id<'f>(kind: &'f str, fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut hash = Sha256::new();
    for field in std::iter::once(kind).chain(fields) {
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_field_ends_is_part_of_the_name() {
        assert_eq!(id("row", ["a", "bc"]).len(), 24);
        assert_ne!(id("row", ["a", "bc"]), id("row", ["ab", "c"]));
        assert_ne!(id("row", ["a"]), id("account", ["a"]));
    }
}
