//! The pages of a range, one after the other or spread over threads: what is read of a page does not depend on it.

use super::page::PageOutcome;
use super::reach::Sharing;
use super::reader::Shelf;
use hayro_interpret::InterpreterCache;
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use smartexus_domain::PageRange;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Pages that a thread takes at a time: the more, the less each thread loads fonts that others have loaded, too.
const PAGES_AT_A_TIME: usize = 8;
/// As much as a process has of its own, so that what can be read does not depend on who reads it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// How the pages of a document are read.
pub(super) struct PageReader<'p, R> {
    pdf: &'p Pdf,
    range: PageRange,
    sharing: Sharing,
    read: R,
}

impl<'p, R> PageReader<'p, R>
where
    R: Fn(&Page<'p>, u32, &mut Shelf<'p>, &InterpreterCache<'p>) -> PageOutcome,
{
    /// `read` reads one page; a page on which it panics costs that page, not the document.
    pub(super) fn new(pdf: &'p Pdf, range: PageRange, sharing: Sharing, read: R) -> Self {
        Self { pdf, range, sharing, read }
    }

    /// One after the other.
    pub(super) fn read(&self) -> Vec<PageOutcome> {
        self.read_some(&mut Room::default(), &self.pages())
    }

    fn pages(&self) -> Vec<(u32, &'p Page<'p>)> {
        let numbered = (1_u32..).zip(self.pdf.pages().iter());
        numbered.filter(|(number, _)| self.range.contains(*number)).collect()
    }

    fn read_some(&self, room: &mut Room<'p>, pages: &[(u32, &'p Page<'p>)]) -> Vec<PageOutcome> {
        pages.iter().map(|(number, page)| self.read_one(room, *number, page)).collect()
    }

    fn read_one(&self, room: &mut Room<'p>, number: u32, page: &Page<'p>) -> PageOutcome {
        let outcome =
            catch_unwind(AssertUnwindSafe(|| (self.read)(page, number, &mut room.shelf, &room.cache)));
        // What a page that panics had half written for other pages is not to be trusted.
        if outcome.is_err() {
            *room = Room::default();
        }
        room.cache = self.sharing.next(std::mem::take(&mut room.cache));
        outcome.unwrap_or_else(|_panic| PageOutcome::failed(page, number))
    }
}

impl<'p, R> PageReader<'p, R>
where
    R: Fn(&Page<'p>, u32, &mut Shelf<'p>, &InterpreterCache<'p>) -> PageOutcome + Sync,
{
    /// On so many threads; on this one alone where there are not pages enough, or no threads to be had.
    pub(super) fn read_on(&self, threads: NonZeroUsize) -> Vec<PageOutcome> {
        let pages = self.pages();
        let shares: Vec<&[(u32, &'p Page<'p>)]> = pages.chunks(PAGES_AT_A_TIME).collect();
        let (threads, taken) = (threads.get().min(shares.len()), AtomicUsize::new(0));
        if threads < 2 {
            return self.read();
        }
        let work = || {
            let mut room = Room::default();
            let mut done = Vec::new();
            while let Some(share) = shares.get(taken.fetch_add(1, Ordering::Relaxed)) {
                done.extend(self.read_some(&mut room, share));
            }
            done
        };
        let outcomes = thread::scope(|scope| {
            let spawn = |_| thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work).ok();
            let helpers: Vec<_> = (1..threads).filter_map(spawn).collect();
            let mut outcomes = work();
            for helper in helpers {
                outcomes.extend(helper.join().ok()?);
            }
            Some(outcomes)
        });
        match outcomes {
            Some(mut outcomes) => {
                outcomes.sort_unstable_by_key(|outcome| outcome.page.page);
                outcomes
            }
            None => self.read(),
        }
    }
}

/// What one thread keeps from page to page.
#[derive(Default)]
struct Room<'p> {
    shelf: Shelf<'p>,
    cache: InterpreterCache<'p>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ExtractLimits;
    use crate::pdf::page::read_page;

    const TWO_PAGES: &[u8] = b"%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /Contents 5 0 R >> endobj
4 0 obj << /Type /Page /Parent 2 0 R /Contents 5 0 R >> endobj
5 0 obj << /Length 37 >>
stream
BT /F1 10 Tf 100 700 Td (text) Tj ET 
endstream endobj
trailer << /Root 1 0 R >>
%%EOF";

    /// The pages of a range of [`TWO_PAGES`]; the first one panics if that is asked for.
    fn read(first: u32, panics: bool) -> Vec<PageOutcome> {
        let pdf = Pdf::new(TWO_PAGES.to_vec()).unwrap();
        let limits = ExtractLimits::default();
        let range = PageRange::new(first, 9).unwrap();
        let reader = PageReader::new(&pdf, range, Sharing::Cache, |page, number, shelf, cache| {
            assert!(number != 1 || !panics, "a panic on purpose");
            read_page(page, number, shelf, cache, &limits)
        });
        reader.read()
    }

    #[test]
    fn a_page_that_panics_costs_that_page() {
        let outcomes = read(1, true);
        let [first, second] = outcomes.as_slice() else { panic!("two pages") };
        assert!(!first.page.complete && first.page.words.is_empty());
        assert_eq!((first.findings[0].code.as_ref(), first.findings[0].page), ("page_failed", Some(1)));
        assert!(second.page.complete);
        assert_eq!(second.page.text, "text");
    }

    #[test]
    fn only_the_pages_of_the_range_are_read() {
        assert_eq!(read(2, false).iter().map(|outcome| outcome.page.page).collect::<Vec<_>>(), [2]);
    }
}
