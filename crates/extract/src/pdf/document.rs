//! A PDF file: opened, counted, read page by page.

use super::facts::{page_count_claimed, read_facts};
use super::page::{PageOutcome, read_page};
use crate::{ExtractError, ExtractOptions};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use smartexus_domain::{Finding, MediaType, Pages};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Reads every page that can be read.
pub(crate) fn extract_pdf(bytes: &[u8], options: &ExtractOptions) -> Result<Pages, ExtractError> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options)?;
    let page_count = pdf.pages().len();
    if page_count == 0 {
        return Err(ExtractError::Corrupt);
    }
    if page_count > usize::try_from(options.limits.pages).unwrap_or(usize::MAX) {
        return Err(ExtractError::TooManyPages { pages: page_count as u64, limit: options.limits.pages });
    }
    // The facts come from the same untrusted objects as the pages: a panic costs them, not the document.
    let facts = catch_unwind(AssertUnwindSafe(|| read_facts(bytes, &data, &pdf))).unwrap_or_default();
    let mut findings = damage(&pdf, facts.revisions);
    let mut pages = Vec::with_capacity(page_count);
    let (mut failed, mut with_text) = (0_usize, 0_usize);
    let mut cache = InterpreterCache::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        let read = catch_unwind(AssertUnwindSafe(|| read_page(page, number, &cache, &options.limits)));
        let outcome = read.unwrap_or_else(|_panic| {
            failed = failed.saturating_add(1);
            // What the page had half written into the cache is not to be trusted.
            cache = InterpreterCache::new();
            PageOutcome::failed(page, number)
        });
        with_text = with_text.saturating_add(usize::from(!outcome.page.words.is_empty()));
        findings.extend(outcome.findings);
        pages.push(outcome.page);
    }
    match (with_text, failed) {
        (0, failed) if failed == page_count => Err(ExtractError::Corrupt),
        (0, _) => Err(ExtractError::NothingReadable),
        _ => Ok(Pages { media_type: MediaType::Pdf, facts, pages, findings }),
    }
}

/// The empty password first: most encrypted files have only an owner's password and open without one.
fn open(data: &PdfData, options: &ExtractOptions) -> Result<Pdf, ExtractError> {
    match (load(data, ""), &options.password) {
        (Err(ExtractError::Encrypted), Some(password)) => match load(data, password.expose()) {
            Err(ExtractError::Encrypted) => Err(ExtractError::WrongPassword),
            other => other,
        },
        (other, _) => other,
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
