//! A PDF file: opened, counted, read page by page.

use super::facts::{page_count_claimed, read_facts};
use super::owner::user_password;
use super::page::{PageOutcome, read_page};
use super::reach::{Sharing, look_up};
use super::reader::Shelf;
use crate::recognize::Recognizer;
use crate::{ExtractError, ExtractOptions, Survey};
use hayro_interpret::InterpreterCache;
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use smartexus_domain::{Finding, MediaType, PageRange, Pages, PartPages, gather};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Opens the file and counts its pages; reads none.
pub(crate) fn survey_pdf(bytes: &[u8], options: &ExtractOptions) -> Result<Survey, ExtractError> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options)?;
    Ok(Survey { media_type: MediaType::Pdf, pages: count(&pdf, options)? })
}

/// Reads every page that can be read, or those of the range that was asked for.
pub(crate) fn extract_pdf(bytes: &[u8], options: &ExtractOptions) -> Result<Pages, ExtractError> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options)?;
    let total = count(&pdf, options)?;
    let whole = PageRange::new(1, total).map_err(|_| ExtractError::Corrupt)?;
    let sharing = look_up(&pdf);
    // The facts come from the same untrusted objects as the pages: a panic costs them, not the document.
    let facts = catch_unwind(AssertUnwindSafe(|| read_facts(bytes, &data, &pdf))).unwrap_or_default();
    let mut findings = damage(&pdf, facts.revisions);
    let limits = &options.limits;
    let range = options.range.unwrap_or(whole);
    let mut outcomes = read_pages(&pdf, range, sharing, |page, number, shelf, cache| {
        read_page(page, number, shelf, cache, limits)
    });
    recognize(&pdf, &mut outcomes, options);
    let mut pages = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        findings.extend(outcome.findings);
        pages.push(outcome.page);
    }
    let pages = Pages { media_type: MediaType::Pdf, facts, pages, findings };
    match options.range {
        // Whether the document has text is decided where all of it is known.
        Some(_) => Ok(pages),
        None => Ok(gather(vec![PartPages { range: whole, pages }], total)?),
    }
}

/// Where it was asked for, pages without a usable text layer are read from their pixels.
fn recognize(pdf: &Pdf, outcomes: &mut [PageOutcome], options: &ExtractOptions) {
    let Some(mut recognizer) = Recognizer::new(options) else { return };
    for outcome in outcomes {
        let index = usize::try_from(outcome.page.page).unwrap_or(usize::MAX).checked_sub(1);
        if let Some(page) = index.and_then(|index| pdf.pages().get(index)) {
            recognizer.read_again(page, &mut outcome.page, &outcome.gaps, &mut outcome.findings);
        }
    }
}

/// How many pages there are: at least one, and no more than allowed.
fn count(pdf: &Pdf, options: &ExtractOptions) -> Result<u32, ExtractError> {
    let (pages, limit) = (pdf.pages().len() as u64, options.limits.pages);
    match u32::try_from(pages) {
        Ok(0) => Err(ExtractError::Corrupt),
        Ok(pages) if pages <= limit => Ok(pages),
        _ => Err(ExtractError::TooManyPages { pages, limit }),
    }
}

/// Reads page by page; a page on which `read` panics costs that page, not the document.
fn read_pages<'p>(
    pdf: &'p Pdf,
    range: PageRange,
    sharing: Sharing,
    read: impl Fn(&Page<'p>, u32, &mut Shelf<'p>, &InterpreterCache<'p>) -> PageOutcome,
) -> Vec<PageOutcome> {
    let (mut shelf, mut cache) = (Shelf::default(), InterpreterCache::new());
    let numbered = (1_u32..).zip(pdf.pages().iter()).filter(|(number, _)| range.contains(*number));
    let mut outcomes = Vec::new();
    for (number, page) in numbered {
        let outcome = catch_unwind(AssertUnwindSafe(|| read(page, number, &mut shelf, &cache)));
        // What a page that panics had half written for other pages is not to be trusted.
        if outcome.is_err() {
            (shelf, cache) = (Shelf::default(), InterpreterCache::new());
        }
        cache = sharing.next(cache);
        outcomes.push(outcome.unwrap_or_else(|_panic| PageOutcome::failed(page, number)));
    }
    outcomes
}

/// The empty password first: most encrypted files have only an owner's password and open without one.
fn open(data: &PdfData, options: &ExtractOptions) -> Result<Pdf, ExtractError> {
    match (load(data, ""), &options.password) {
        (Err(ExtractError::Encrypted), Some(password)) => open_with(data, password.expose()),
        (other, _) => other,
    }
}

/// The engine knows both passwords of AES-256, but only the user's of the older kinds.
fn open_with(data: &PdfData, password: &str) -> Result<Pdf, ExtractError> {
    let as_user = load(data, password);
    if !matches!(as_user, Err(ExtractError::Encrypted)) {
        return as_user;
    }
    let as_owner = user_password(data.as_ref(), password).map(|user| load(data, &user));
    match as_owner {
        None | Some(Err(ExtractError::Encrypted)) => Err(ExtractError::WrongPassword),
        Some(other) => other,
    }
}

fn load(data: &PdfData, password: &str) -> Result<Pdf, ExtractError> {
    let data = data.clone();
    let loaded = catch_unwind(AssertUnwindSafe(|| Pdf::new_with_password(data, password)));
    loaded.map_err(|_panic| ExtractError::Corrupt)?.map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => ExtractError::Encrypted,
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption)
        | LoadPdfError::Invalid => ExtractError::Corrupt,
    })
}

/// Does this file need a password, the empty one or another? Asked by offering one that nobody uses.
pub(super) fn is_encrypted(data: &PdfData) -> bool {
    matches!(load(data, "\u{1}\u{2}\u{3}"), Err(ExtractError::Encrypted))
}

/// The engine repairs in silence; what it had to do without is said here.
fn damage(pdf: &Pdf, revisions: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    if revisions == 0 {
        let message = "The end of the file is missing: pages or parts of pages may be missing too.";
        findings.push(Finding::new("file_truncated", message));
    }
    let claimed = page_count_claimed(pdf);
    if claimed > pdf.pages().len() as u64 {
        let message = format!("The file claims {claimed} pages, {} could be found.", pdf.pages().len());
        findings.push(Finding::new("pages_missing", message));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ExtractLimits;

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

    #[test]
    fn a_page_that_panics_costs_that_page() {
        let pdf = load(&PdfData::from(TWO_PAGES.to_vec()), "").unwrap();
        let limits = ExtractLimits::default();
        let range = PageRange::new(1, 2).unwrap();
        let outcomes = read_pages(&pdf, range, Sharing::Cache, |page, number, shelf, cache| {
            assert_ne!(number, 1, "a panic on purpose");
            read_page(page, number, shelf, cache, &limits)
        });
        let [first, second] = outcomes.as_slice() else { panic!("two pages") };
        assert!(!first.page.complete && first.page.words.is_empty());
        assert_eq!((first.findings[0].code.as_ref(), first.findings[0].page), ("page_failed", Some(1)));
        assert!(second.page.complete);
        assert_eq!(second.page.text, "text");
        let only_second =
            read_pages(&pdf, PageRange::new(2, 9).unwrap(), Sharing::Cache, |page, number, shelf, cache| {
                read_page(page, number, shelf, cache, &limits)
            });
        assert_eq!(only_second.iter().map(|outcome| outcome.page.page).collect::<Vec<_>>(), [2]);
    }
}
