//! Values that must not be seen: no `Debug`, no `Display`, no `Serialize`, wiped when dropped.

use zeroize::{Zeroize, Zeroizing};

/// A secret string, for instance the password of a PDF.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the string over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The string, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// 32 secret bytes: a key.
pub struct SecretBytes(Zeroizing<[u8; 32]>);

impl SecretBytes {
    /// Takes the bytes over and wipes the original.
    #[must_use]
    pub fn take(bytes: &mut [u8; 32]) -> Self {
        let secret = Self(Zeroizing::new(*bytes));
        bytes.zeroize();
        secret
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}
