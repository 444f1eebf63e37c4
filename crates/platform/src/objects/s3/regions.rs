//! Where a workspace's objects must lie.

use crate::Result;
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;

/// The name of a region: 1 to 32 characters out of `a-z 0-9 -`. It is our name for a bucket and what is promised
/// about it ("eu", "us-health"), not the provider's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionTag(String);

/// Not a region tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a region is 1 to 32 characters out of a-z, 0-9 and '-'")]
pub struct RegionTagError;

impl RegionTag {
    /// Longest tag in bytes.
    pub const MAX_BYTES: usize = 32;

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for RegionTag {
    type Err = RegionTagError;

    fn from_str(text: &str) -> Result<Self, RegionTagError> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        let fits = !text.is_empty() && text.len() <= Self::MAX_BYTES && text.bytes().all(allowed);
        if fits { Ok(Self(text.to_owned())) } else { Err(RegionTagError) }
    }
}

/// Which region a workspace belongs to; a closure is one. Asked before every step with a store, so an answer from
/// afar is kept by whoever gives it.
///
/// A workspace's region does not change while it has objects: nothing moves them, and what lies in another region's
/// bucket is neither found nor erased.
#[async_trait]
pub trait Regions: Send + Sync {
    /// The region of this workspace. One without a bucket is an error of every call, never a fall back to another
    /// region: data that must stay somewhere waits rather than going elsewhere.
    ///
    /// # Errors
    /// Whatever it takes to find out.
    async fn region(&self, workspace: WorkspaceId) -> Result<RegionTag>;
}

#[async_trait]
impl<F> Regions for F
where
    F: Fn(WorkspaceId) -> RegionTag + Send + Sync,
{
    async fn region(&self, workspace: WorkspaceId) -> Result<RegionTag> {
        Ok(self(workspace))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_an_alphabet_and_a_length() {
        for good in ["e", "eu-central-1", "0123456789abcdef0123456789abcdef"] {
            assert_eq!(good.parse::<RegionTag>().unwrap().as_str(), good);
        }
        for bad in ["", "EU", "eu_1", "eu/1", "0123456789abcdef0123456789abcdef0"] {
            assert!(bad.parse::<RegionTag>().is_err(), "{bad}");
        }
    }
}
