//! A run of pages: what a long document is divided by.

use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The pages `first` to `last`, 1-based, both included. Never empty, never backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct PageRange {
    first: u32,
    last: u32,
}

/// Page 0, or a last page before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a page range starts at page 1 or later and does not end before it starts")]
pub struct PageRangeError;

impl PageRange {
    /// The pages `first` to `last`.
    ///
    /// # Errors
    /// [`PageRangeError`] for page 0 and for a last page before the first.
    pub const fn new(first: u32, last: u32) -> Result<Self, PageRangeError> {
        if first == 0 || last < first { Err(PageRangeError) } else { Ok(Self { first, last }) }
    }

    /// Ranges of `each` pages that cover the pages 1 to `total` in order; the last one may be shorter.
    pub fn divide(total: u32, each: NonZeroU32) -> impl Iterator<Item = Self> {
        let step = each.get();
        let starts = std::iter::successors(Some(1_u32), move |first| first.checked_add(step));
        starts
            .take_while(move |first| *first <= total)
            .map(move |first| Self { first, last: first.saturating_add(step.saturating_sub(1)).min(total) })
    }

    /// The first page, 1-based.
    #[must_use]
    pub const fn first(self) -> u32 {
        self.first
    }

    /// The last page, which belongs to the range.
    #[must_use]
    pub const fn last(self) -> u32 {
        self.last
    }

    /// Whether the page is one of these.
    #[must_use]
    pub const fn contains(self, page: u32) -> bool {
        self.first <= page && page <= self.last
    }

    /// The pages in order.
    pub fn pages(self) -> impl Iterator<Item = u32> {
        self.first..=self.last
    }
}

/// As people write it: `41–80`, or `7` for one page.
impl std::fmt::Display for PageRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}–{}", self.first, self.last) }
    }
}

/// The range on the wire, where nobody has checked it yet.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    first: u32,
    last: u32,
}

impl TryFrom<Written> for PageRange {
    type Error = PageRangeError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::new(written.first, written.last)
    }
}

impl From<PageRange> for Written {
    fn from(range: PageRange) -> Self {
        Self { first: range.first, last: range.last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_ranges_can_be_written() {
        let read = |json: &str| serde_json::from_str::<PageRange>(json).ok();
        assert_eq!(read(r#"{"first":2,"last":2}"#), PageRange::new(2, 2).ok());
        assert_eq!(
            serde_json::to_string(&PageRange::new(1, 40).unwrap()).unwrap(),
            r#"{"first":1,"last":40}"#
        );
        for wrong in [
            r#"{"first":0,"last":2}"#,
            r#"{"first":3,"last":2}"#,
            r#"{"first":1}"#,
            r#"{"first":1,"last":2,"x":3}"#,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ranges_cover_every_page_once() {
        let divided = |total, each| {
            let ranges = PageRange::divide(total, NonZeroU32::new(each).unwrap());
            ranges.map(|range| range.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(divided(0, 3), "");
        assert_eq!(divided(3, 3), "1–3");
        assert_eq!(divided(7, 3), "1–3 4–6 7");
        assert_eq!(divided(2, u32::MAX), "1–2");
    }
}
