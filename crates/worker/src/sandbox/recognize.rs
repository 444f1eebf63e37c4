//! Pages that are pictures: recognized a few at a time, in children that have an engine, beside each other.
//!
//! The text layer of the whole document is read first, by a child that needs no engine and starts in a few milliseconds.
//! Only pages that it could not read come here. A child that dies takes the few pages that it had with it; each of them is
//! tried once more alone, so that a page that fails costs that page.

use super::inspect::inspect_part;
use super::{Outcome, Request, RunLimits, Sandbox, SandboxError};
use futures::{StreamExt, TryStreamExt};
use smartexus_domain::{FailureCode, Finding, GatherError, Page, PageRange, Pages, PartPages, gather};
use smartexus_extract::{ExtractOptions, OcrOptions, needs_recognition};
use std::time::Duration;

/// Most pages of one child: the start of an engine is shared, and so is what is recognized twice. A short document is
/// spread over all processors instead.
const PAGES_PER_CHILD: usize = 4;
/// Children of one document at the same time; the sandbox has fewer turns where there are fewer processors.
const CHILDREN: usize = 16;
const OCR_UNAVAILABLE: &str = "ocr_unavailable";

/// How the pages of one document are recognized.
pub struct Recognition<'a> {
    /// Where children come from.
    pub sandbox: &'a Sandbox,
    /// How its text layer was read; languages, if text is to be recognized.
    pub options: &'a ExtractOptions,
    /// Of the child; time is counted by page.
    pub limits: RunLimits,
    /// Wall-clock time of one page.
    pub page_timeout: Duration,
    /// The document.
    pub payload: &'a [u8],
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognized {
    /// Every page that needed it was tried, or none did.
    Tried,
    /// Pages need it, and there is no language data here: each has a finding that says so.
    Unavailable,
}

impl Recognized {
    /// What came of the parts of a document.
    #[must_use]
    pub fn of_parts(parts: &[PartPages]) -> Self {
        let mut said = parts.iter().flat_map(|part| &part.pages.findings);
        if said.any(|finding| finding.code == OCR_UNAVAILABLE) { Self::Unavailable } else { Self::Tried }
    }

    /// All pages of a document that was read at once.
    ///
    /// # Errors
    /// As reading all pages without a sandbox would have failed: no page has words, or every page is damaged.
    pub fn whole(self, pages: Pages) -> Result<Pages, FailureCode> {
        let total = u32::try_from(pages.pages.len()).unwrap_or(u32::MAX);
        // A structured file has no pages.
        let Ok(range) = PageRange::new(1, total) else { return Ok(pages) };
        gather(vec![PartPages { range, pages }], total).map_err(|error| match (error, self) {
            (GatherError::NothingReadable, Self::Unavailable) => FailureCode::OcrUnavailable,
            (error, _) => error.code(),
        })
    }
}

/// A page as a child left it, or why it left none.
enum Read {
    Pages(Box<Pages>),
    Failed,
    TimedOut,
}

impl Recognition<'_> {
    /// Recognizes those of `pages` whose text layer is none or of no use. The result does not depend on which child had
    /// which page.
    ///
    /// # Errors
    /// [`SandboxError`] when no child could take a page, but for missing language data.
    pub async fn complete(&self, pages: &mut Pages) -> Result<Recognized, SandboxError> {
        let Some(ocr) = self.options.ocr else { return Ok(Recognized::Tried) };
        let wanted: Vec<u32> =
            pages.pages.iter().filter(|page| needs_recognition(page)).map(|page| page.page).collect();
        let groups = groups(&wanted, wanted.len().div_ceil(processors()).clamp(1, PAGES_PER_CHILD));
        let runs = futures::stream::iter(groups).map(|range| self.group(range, ocr)).buffered(CHILDREN);
        match runs.try_collect::<Vec<_>>().await {
            Ok(read) => {
                read.into_iter().flatten().for_each(|(range, read)| settle(pages, range, read));
                Ok(Recognized::Tried)
            }
            Err(SandboxError::NoOcr) => {
                let message = "This page is a picture, and text recognition is not installed here.";
                for number in wanted {
                    pages.findings.push(Finding::new(OCR_UNAVAILABLE, message).on_page(number));
                }
                in_order(pages);
                Ok(Recognized::Unavailable)
            }
            Err(error) => Err(error),
        }
    }

    async fn group(&self, range: PageRange, ocr: OcrOptions) -> Result<Vec<(PageRange, Read)>, SandboxError> {
        let read = self.read(range, ocr).await?;
        if range.first() == range.last() || matches!(read, Read::Pages(_)) {
            return Ok(vec![(range, read)]);
        }
        let mut alone = Vec::new();
        for number in range.pages() {
            if let Ok(page) = PageRange::new(number, number) {
                alone.push((page, self.read(page, ocr).await?));
            }
        }
        Ok(alone)
    }

    async fn read(&self, range: PageRange, ocr: OcrOptions) -> Result<Read, SandboxError> {
        let options = ExtractOptions { range: Some(range), ocr: Some(ocr), ..self.options.clone() };
        let timeout =
            self.page_timeout.saturating_mul(range.last().saturating_sub(range.first()).saturating_add(1));
        let limits = RunLimits {
            timeout,
            cpu_seconds: timeout.as_secs().saturating_add(2),
            ocr: Some(ocr.languages),
            ..self.limits
        };
        let outcome = self.sandbox.run(&Request::Extract { options }, self.payload, &limits).await?;
        Ok(match outcome {
            Outcome::Done(reply) => inspect_part(&reply, range, self.options.limits.words_per_page)
                .map_or(Read::Failed, |pages| Read::Pages(Box::new(pages))),
            Outcome::Died(super::Death::TimedOut) => Read::TimedOut,
            Outcome::Died(_) | Outcome::Failed(_) => Read::Failed,
        })
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Neighbouring pages, at most `each` at a time.
fn groups(wanted: &[u32], each: usize) -> Vec<PageRange> {
    let mut groups: Vec<PageRange> = Vec::new();
    let each = u32::try_from(each).unwrap_or(u32::MAX);
    for number in wanted {
        let longer = groups.last().filter(|last| {
            last.last().checked_add(1) == Some(*number) && number.saturating_sub(last.first()) < each
        });
        let longer = longer.and_then(|last| PageRange::new(last.first(), *number).ok());
        if let Some(longer) = longer {
            groups.pop();
            groups.push(longer);
        } else {
            groups.extend(PageRange::new(*number, *number).ok());
        }
    }
    groups
}

/// Puts the pages of a range where the text layer had left nothing.
fn settle(pages: &mut Pages, range: PageRange, read: Read) {
    match read {
        Read::Pages(read) => {
            let read = *read;
            pages.findings.retain(|finding| finding.page.is_none_or(|page| !range.contains(page)));
            pages.findings.extend(read.findings.into_iter().filter(|finding| finding.page.is_some()));
            for page in read.pages {
                put(pages, page);
            }
        }
        Read::Failed => fail(pages, range, "The text of this page could not be recognized."),
        Read::TimedOut => {
            fail(pages, range, "Recognizing the text of this page took longer than the limit.");
        }
    }
    in_order(pages);
}

/// Nobody knows what stands in the pictures of these pages.
fn fail(pages: &mut Pages, range: PageRange, message: &str) {
    let findings = range.pages().map(|number| Finding::new("recognition_failed", message).on_page(number));
    pages.findings.extend(findings);
    pages.pages.iter_mut().filter(|page| range.contains(page.page)).for_each(|page| page.complete = false);
}

fn put(pages: &mut Pages, read: Page) {
    if let Some(place) = pages.pages.iter_mut().find(|page| page.page == read.page) {
        *place = read;
    }
}

/// As reading all pages at once would have left them: about the document, then page by page.
fn in_order(pages: &mut Pages) {
    pages.findings.sort_by_key(|finding| finding.page);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_child_and_others_do_not() {
        let check = |wanted: &[u32], expected: &[(u32, u32)]| {
            let found: Vec<(u32, u32)> = groups(wanted, 4).iter().map(|g| (g.first(), g.last())).collect();
            assert_eq!(found, expected);
        };
        check(&[], &[]);
        check(&[3], &[(3, 3)]);
        check(&[1, 2, 3, 4, 5, 6], &[(1, 4), (5, 6)]);
        check(&[1, 2, 4, 9, 10], &[(1, 2), (4, 4), (9, 10)]);
        assert_eq!(groups(&[1, 2, 3], 1).len(), 3);
    }
}
