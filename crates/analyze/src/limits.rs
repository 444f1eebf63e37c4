//! How much is counted at once.

/// Just below passes, just above is refused or cut with a count of what is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most rows of all ledgers. Default 1,000,000.
    pub rows_max: usize,
    /// Most days between the first and the last of an account. Default 36,600: a hundred years.
    pub days_max: u32,
    /// Most ids that one figure lists; the rest is counted. Default 10,000.
    pub rows_listed_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows_max: 1_000_000, days_max: 36_600, rows_listed_max: 10_000 }
    }
}
