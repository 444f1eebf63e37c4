//! Values that must not be seen: no `Debug`, no `Display`, no `Serialize`, wiped when dropped.

use crate::{KeyFault, PlatformError, Result};
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

    pub(crate) fn into_inner(self) -> Zeroizing<String> {
        self.0
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
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

    /// 32 bytes from the operating system.
    ///
    /// # Errors
    /// [`PlatformError::Keys`] when it gives none.
    pub fn random() -> Result<Self> {
        let mut secret = Self(Zeroizing::new([0; 32]));
        getrandom::fill(secret.0.as_mut()).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
        Ok(secret)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self(Zeroizing::new([0; 32]));
        (bytes.len() == 32).then(|| {
            secret.0.copy_from_slice(bytes);
            secret
        })
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// A second copy, for the few places that own a key while they work. Deliberately not `Clone`.
    pub(crate) fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }
}
