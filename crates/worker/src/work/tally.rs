//! What a run read: counted once its verdict is written, so that a run which is repeated or fenced out counts nothing.

use smartexus_domain::{PageMethod, Pages, Reading, Verdict};
use smartexus_platform::metric;

/// What one run read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pages: Vec<PageMethod>,
    statements: Vec<Verdict>,
}

impl Tally {
    pub(super) fn of_pages(pages: &Pages) -> Self {
        Self { pages: pages.pages.iter().map(|page| page.method).collect(), ..Self::default() }
    }

    pub(super) fn of_reading(reading: &Reading) -> Self {
        let statements = reading.statements.iter().map(|statement| statement.verdict).collect();
        Self { statements, ..Self::default() }
    }

    pub(super) fn count(&self) {
        for method in [PageMethod::Text, PageMethod::Ocr, PageMethod::Mixed] {
            let pages = self.pages.iter().filter(|page| **page == method).count();
            if pages > 0 {
                metric::pages(method, pages as u64);
            }
        }
        self.statements.iter().for_each(|verdict| metric::statement(*verdict));
    }
}
