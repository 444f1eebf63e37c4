//! A PDF file: opened, counted, read page by page.

use super::facts::{page_count_claimed, read_facts};
use super::owner::user_password;
use super::page::{PageOutcome, read_page};
use super::pages::PageReader;
use super::reach::look_up;
use super::revision::note_edits;
use super::scanned::look_at_pictures;
use super::second_look::look_again;
use super::tagged::put_in_order;
use crate::recognize::Recognizer;
use crate::{ExtractError, ExtractOptions, Survey};
use hayro::RenderCache;
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use smartexus_domain::{Finding, MediaType, PageRange, PageRoute, Pages, PartPages, RouteReason, gather};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Opens the file and counts its pages; reads none.
pub(crate) fn survey_pdf(bytes: &[u8], options: &ExtractOptions) -> Result<Survey, ExtractError> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options)?;
    Ok(Survey { media_type: MediaType::Pdf, pages: count(&pdf, options)? })
}

/// Shows every page, or those of the range that was asked for, with what was kept of drawing the ones before: their
/// fonts and glyphs. `show` says whether that is still to be trusted.
pub(crate) fn each_page(
    bytes: &[u8],
    options: &ExtractOptions,
    mut show: impl for<'p> FnMut(u32, &'p Page<'p>, &RenderCache<'p>) -> bool,
) -> Result<(), ExtractError> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options)?;
    count(&pdf, options)?;
    // Drawn is what would be read, whichever pages are.
    look_up(&pdf);
    let wanted = |number: &u32| options.range.is_none_or(|range| range.contains(*number));
    let mut cache = RenderCache::new();
    for (number, page) in (1_u32..).zip(pdf.pages().iter()).filter(|(number, _)| wanted(number)) {
        if !show(number, page, &cache) {
            cache = RenderCache::new();
        }
    }
    Ok(())
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
    let reader = PageReader::new(&pdf, range, sharing, |page, number, shelf, cache| {
        read_page(page, number, shelf, cache, limits)
    });
    let mut outcomes = options.threads.map_or_else(|| reader.read(), |threads| reader.read_on(threads));
    note_edits(bytes, options, (range, total), &mut outcomes);
    put_in_order(&pdf, &mut outcomes);
    look_again(&pdf, &mut outcomes, limits);
    look_at_pictures(&pdf, &mut outcomes, limits);
    if options.ocr_always {
        leave_no_text_layer(&mut outcomes);
    }
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

/// Every page that can be drawn is one to be read from its pixels.
fn leave_no_text_layer(outcomes: &mut [PageOutcome]) {
    for outcome in outcomes.iter_mut().filter(|outcome| !outcome.is_failed) {
        outcome.page.route = PageRoute::Scan(RouteReason::Asked);
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
    let (objects, limit) = (pdf.len() as u64, options.limits.objects);
    if objects > u64::from(limit) {
        return Err(ExtractError::TooManyObjects { objects, limit });
    }
    let (pages, limit) = (pdf.pages().len() as u64, options.limits.pages);
    match u32::try_from(pages) {
        Ok(0) => Err(ExtractError::Corrupt),
        Ok(pages) if pages <= limit => Ok(pages),
        _ => Err(ExtractError::TooManyPages { pages, limit }),
    }
}

/// The empty password first: most encrypted files have only an owner's password and open without one.
pub(super) fn open(data: &PdfData, options: &ExtractOptions) -> Result<Pdf, ExtractError> {
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
