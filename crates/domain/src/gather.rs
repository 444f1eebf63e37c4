//! Parts of a long document, read one by one, put together again.

use crate::{FailureCode, FaultVerdict, Finding, Page, PageFacts, PageMethod, PageRange, PageRoute, Pages};

/// Code of the finding of a page on which the reader gave up.
pub const PAGE_FAILED: &str = "page_failed";
/// Code of the finding that names the pages of which nothing came home.
pub const PAGES_UNREAD: &str = "pages_unread";

/// What the job of one page range brought home: `pages` holds the pages of `range` and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct PartPages {
    /// What the job was asked for.
    pub range: PageRange,
    /// What it read.
    pub pages: Pages,
}

/// Why parts do not make a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GatherError {
    /// Not one part came home, so nothing is known of the document, not even its kind. The jobs know why.
    #[error("no part came home")]
    NoPart,
    /// Ranges that overlap or pass the end, pages outside their range, or parts that describe different files.
    #[error("the parts do not fit together: {0}")]
    Misfit(&'static str),
    /// No page could be read at all.
    #[error("no page could be read")]
    Corrupt,
    /// No page has text.
    #[error("no page has text")]
    NothingReadable,
}

impl GatherError {
    /// The stable code for people and scripts.
    #[must_use]
    pub const fn code(&self) -> FailureCode {
        match self {
            Self::NoPart | Self::Misfit(_) => FailureCode::ReaderCrashed,
            Self::Corrupt => FailureCode::Corrupt,
            Self::NothingReadable => FailureCode::NothingReadable,
        }
    }

    /// Whose fault it is: the same parts fail the same way.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::NoPart | Self::Misfit(_) | Self::Corrupt | Self::NothingReadable => FaultVerdict::Reject,
        }
    }
}

/// Puts the parts of a document of `total` pages together, in any order. Whatever the division was, the
/// result is that of reading the document at once, byte for byte.
///
/// A page that no part holds stands in the result without size and words, and not complete, so that nothing
/// on the document can be verified; one finding, [`PAGES_UNREAD`], names all of them. Findings about the
/// whole document, which every part makes again, are kept once.
///
/// # Errors
/// [`GatherError::Corrupt`] and [`GatherError::NothingReadable`] where no page has words, as reading at once
/// would have said; else a [`GatherError`] about the parts.
pub fn gather(mut parts: Vec<PartPages>, total: u32) -> Result<Pages, GatherError> {
    parts.sort_by_key(|part| part.range);
    check_fit(&parts, total)?;
    let first = parts.first().ok_or(GatherError::NoPart)?;
    let (media_type, facts) = (first.pages.media_type, first.pages.facts.clone());
    let (mut read, mut of_document, mut of_pages) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        read.extend(part.pages.pages);
        for finding in part.pages.findings {
            match finding.page {
                Some(_) => of_pages.push(finding),
                None if of_document.contains(&finding) => {}
                None => of_document.push(finding),
            }
        }
    }
    let (pages, unread) = without_gaps(read, total);
    let findings = [of_document, pages_unread(&unread).into_iter().collect(), of_pages].concat();
    readable(Pages { media_type, facts, pages, findings }, unread.len())
}

/// Each part keeps to its range, no page is there twice, and all parts describe the same file.
fn check_fit(parts: &[PartPages], total: u32) -> Result<(), GatherError> {
    let must = |holds: bool, what| if holds { Ok(()) } else { Err(GatherError::Misfit(what)) };
    let mut end = 0;
    for part in parts {
        must(end < part.range.first() && part.range.last() <= total, "ranges")?;
        end = part.range.last();
        let numbers: Vec<u32> = part.pages.pages.iter().map(|page| page.page).collect();
        must(numbers.is_sorted_by(|one, next| one < next), "page order")?;
        let named = part.pages.findings.iter().filter_map(|finding| finding.page);
        must(numbers.into_iter().chain(named).all(|page| part.range.contains(page)), "pages")?;
    }
    let same = |pair: &[PartPages]| match pair {
        [one, next] => one.pages.media_type == next.pages.media_type && one.pages.facts == next.pages.facts,
        _ => true,
    };
    must(parts.windows(2).all(same), "facts")
}

/// The pages 1 to `total`, and the numbers of those that were not among `read`.
fn without_gaps(read: Vec<Page>, total: u32) -> (Vec<Page>, Vec<u32>) {
    let (mut pages, mut unread) = (Vec::new(), Vec::new());
    let mut read = read.into_iter().peekable();
    for number in 1..=total {
        let page = read.next_if(|page| page.page == number).unwrap_or_else(|| {
            unread.push(number);
            unread_page(number)
        });
        pages.push(page);
    }
    (pages, unread)
}

fn unread_page(number: u32) -> Page {
    Page {
        page: number,
        width: 0.0,
        height: 0.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words: Vec::new(),
        text: String::new(),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: false,
    }
}

/// `unread` in ascending order.
fn pages_unread(unread: &[u32]) -> Option<Finding> {
    let runs = unread.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    let runs = runs.filter_map(|run| PageRange::new(*run.first()?, *run.last()?).ok());
    let shown: Vec<String> = runs.map(|run| run.to_string()).collect();
    let names = match shown.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        all => all.concat(),
    };
    let message = match unread {
        [_] => format!("Page {names} could not be read."),
        _ => format!("Pages {names} could not be read."),
    };
    unread.first().map(|first| Finding::new(PAGES_UNREAD, message).on_page(*first))
}

/// Without a word on any page there is no document: it is damaged where every page failed or is missing, else
/// it has no text.
fn readable(pages: Pages, unread: usize) -> Result<Pages, GatherError> {
    if pages.pages.iter().any(|page| !page.words.is_empty()) {
        return Ok(pages);
    }
    let failed = pages.findings.iter().filter(|finding| finding.code == PAGE_FAILED).count();
    let all_lost = failed.saturating_add(unread) == pages.pages.len();
    Err(if all_lost { GatherError::Corrupt } else { GatherError::NothingReadable })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileFacts, MediaType, Rect, Word};

    /// Pages with one word each, a finding about the file and one about every page.
    fn part(first: u32, last: u32) -> PartPages {
        let range = PageRange::new(first, last).unwrap();
        let word = Word {
            text: "word".to_owned(),
            bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            confidence: 1.0,
            size: 1.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        };
        let page =
            |number| Page { words: vec![word.clone()], complete: true, width: 600.0, ..unread_page(number) };
        let mut findings = vec![Finding::new("file_truncated", "The end of the file is missing.")];
        findings.extend(range.pages().map(|page| Finding::new("hidden_text", "Hidden.").on_page(page)));
        let (media_type, facts) = (MediaType::Pdf, FileFacts::default());
        PartPages {
            range,
            pages: Pages { media_type, facts, pages: range.pages().map(page).collect(), findings },
        }
    }

    fn without_words(mut part: PartPages, code: &'static str) -> PartPages {
        part.pages.pages.iter_mut().for_each(|page| page.words.clear());
        part.pages.findings =
            part.range.pages().map(|page| Finding::new(code, "Nothing.").on_page(page)).collect();
        part
    }

    #[track_caller]
    fn check_error(parts: Vec<PartPages>, total: u32, expected: GatherError) {
        assert_eq!(gather(parts, total), Err(expected));
        assert_eq!(expected.verdict(), FaultVerdict::Reject);
    }

    #[test]
    fn the_order_in_which_parts_come_home_does_not_matter() {
        let whole = gather(vec![part(1, 7)], 7).unwrap();
        assert_eq!(whole, part(1, 7).pages);
        assert_eq!(gather(vec![part(6, 7), part(1, 2), part(3, 5)], 7), Ok(whole));
    }

    #[test]
    fn pages_of_which_nothing_came_home_are_named_once() {
        let unread = |parts, total| {
            let pages = gather(parts, total).unwrap();
            let lost: Vec<u32> =
                pages.pages.iter().filter(|page| !page.complete).map(|page| page.page).collect();
            let named: Vec<&Finding> = pages.findings.iter().filter(|f| f.code == PAGES_UNREAD).collect();
            let [finding] = named.as_slice() else { panic!("one finding") };
            assert_eq!(finding.page, lost.first().copied());
            assert_eq!(
                pages.pages.iter().map(|page| page.page).collect::<Vec<_>>(),
                (1..=total).collect::<Vec<_>>()
            );
            finding.message.clone()
        };
        assert_eq!(unread(vec![part(1, 40), part(81, 90)], 90), "Pages 41–80 could not be read.");
        assert_eq!(unread(vec![part(2, 3)], 3), "Page 1 could not be read.");
        assert_eq!(unread(vec![part(2, 3), part(5, 5)], 8), "Pages 1, 4 and 6–8 could not be read.");
        let mut short = part(1, 4);
        short.pages.pages.truncate(3);
        assert_eq!(unread(vec![short], 4), "Page 4 could not be read.");
    }

    #[test]
    fn a_document_without_a_word_is_not_read() {
        let failed = |first, last| without_words(part(first, last), PAGE_FAILED);
        let picture = |first, last| without_words(part(first, last), "page_not_text");
        check_error(vec![failed(1, 2), failed(3, 4)], 4, GatherError::Corrupt);
        check_error(vec![failed(1, 2), picture(3, 4)], 4, GatherError::NothingReadable);
        check_error(vec![failed(1, 2)], 4, GatherError::Corrupt);
        check_error(vec![picture(1, 2)], 4, GatherError::NothingReadable);
        let pages = gather(vec![failed(1, 3), part(4, 4)], 4).unwrap();
        assert_eq!(pages.findings.iter().filter(|finding| finding.code == PAGE_FAILED).count(), 3);
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        check_error(Vec::new(), 4, GatherError::NoPart);
        check_error(vec![part(1, 3), part(3, 4)], 4, GatherError::Misfit("ranges"));
        check_error(vec![part(1, 2), part(1, 2)], 2, GatherError::Misfit("ranges"));
        check_error(vec![part(1, 5)], 4, GatherError::Misfit("ranges"));
        let mut stray = part(1, 2);
        stray.range = PageRange::new(2, 2).unwrap();
        check_error(vec![stray], 2, GatherError::Misfit("pages"));
        let mut turned = part(1, 2);
        turned.pages.pages.reverse();
        check_error(vec![turned], 2, GatherError::Misfit("page order"));
        let mut gossip = part(1, 1);
        gossip.pages.findings.push(Finding::new("hidden_text", "Hidden.").on_page(2));
        check_error(vec![gossip, part(2, 2)], 2, GatherError::Misfit("pages"));
        let mut other = part(2, 2);
        other.pages.facts.revisions = 7;
        check_error(vec![part(1, 1), other], 2, GatherError::Misfit("facts"));
    }
}
