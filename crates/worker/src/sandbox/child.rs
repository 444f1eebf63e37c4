//! The child: lock down, report ready, receive one document, read it, answer, exit.

use super::lockdown::{Confinement, Layer, lock_down};
use super::wire::{
    Extracted, HEADER_BYTES_MAX, Learned, Lesson, NO_OCR, Reply, Request, TAG_DONE, TAG_FAILED, TAG_HEADER,
    TAG_PANICKED, TAG_PAYLOAD, TAG_READY, TAG_REFUSED, read_frame, write_frame,
};
use super::{limits, matron, probe};
use serde::Serialize;
use smartexus_domain::{FailureCode, PageRange, Pages};
use smartexus_extract::{ExtractError, ExtractOptions, RenderedPage};
use smartexus_forms::{CopyErrand, Errand, FormError, PagePicture, Pictures};
use smartexus_parse::Input;
use std::ffi::OsString;
use std::io::{Error, ErrorKind, Result};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

/// The whole life of a child; `main` calls it when it sees the hidden word, before anything else, above all before
/// it starts a thread.
#[must_use]
pub fn child_main() -> ExitCode {
    child_main_with(read_document)
}

/// As [`child_main`], but with another reader: how tests put one that misbehaves behind the same walls. Probes are
/// not for the reader.
#[must_use]
pub fn child_main_with(reader: fn(&Request, &[u8]) -> Reply) -> ExitCode {
    live(reader, None)
}

/// As [`child_main`], but with one layer left out: somebody must notice.
#[cfg(feature = "exam")]
#[must_use]
pub fn child_main_without(layer: Layer) -> ExitCode {
    live(read_document, Some(layer))
}

fn live(reader: fn(&Request, &[u8]) -> Reply, without: Option<Layer>) -> ExitCode {
    // A panic's message may quote the document: it is never printed.
    std::panic::set_hook(Box::new(|_| {}));
    let lived = if matron::is_meant(std::env::args_os()) {
        // From here on there is the nursery process, and each of its copies.
        matron::serve(std::env::args_os(), without).and_then(|told| match told {
            Some(words) => serve(words, reader, without),
            None => Ok(()),
        })
    } else {
        serve(std::env::args_os().collect(), reader, without)
    };
    match lived {
        Ok(()) => ExitCode::SUCCESS,
        // The parent is gone or speaks nonsense; there is nobody to tell.
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve(told: Vec<OsString>, reader: fn(&Request, &[u8]) -> Reply, without: Option<Layer>) -> Result<()> {
    let mut to_parent = std::io::stdout().lock();
    let confinement = match confine(told, without) {
        Ok(confinement) => confinement,
        Err(Refusal::Layer(layer)) => {
            return write_frame(&mut to_parent, TAG_REFUSED, layer.as_str().as_bytes());
        }
        Err(Refusal::Ocr) => return write_frame(&mut to_parent, TAG_REFUSED, NO_OCR),
    };
    write_frame(&mut to_parent, TAG_READY, b"")?;
    let (request, payload) = receive()?;
    let attempt = std::panic::catch_unwind(AssertUnwindSafe(|| match &request {
        Request::Probe { act } => probe::attempt(*act),
        Request::Extract { .. }
        | Request::ExtractOrSurvey { .. }
        | Request::ParsePages { .. }
        | Request::ParseStructured { .. }
        | Request::Learn { .. }
        | Request::Form { .. } => reader(&request, &payload),
    }));
    match attempt.unwrap_or(Reply::Panicked) {
        Reply::Done(artifact) if artifact.len() as u64 > confinement.reply_bytes => {
            write_failure(&mut to_parent, FailureCode::TooLarge)
        }
        Reply::Done(artifact) => write_frame(&mut to_parent, TAG_DONE, &artifact),
        Reply::Failed(code) => write_failure(&mut to_parent, code),
        Reply::Panicked => write_frame(&mut to_parent, TAG_PANICKED, b""),
    }
}

/// Why a child takes no document.
enum Refusal {
    Layer(Layer),
    /// The language data of the recognizer is missing.
    Ocr,
}

fn confine(told: Vec<OsString>, without: Option<Layer>) -> std::result::Result<Confinement, Refusal> {
    let told = if without == Some(Layer::Limits) { Vec::new() } else { told };
    let confinement = limits::read_arguments(told.into_iter()).ok_or(Refusal::Layer(Layer::Limits))?;
    // Its data are files, so they are read while there still are files; no document is there yet.
    if let Some(languages) = confinement.ocr {
        smartexus_extract::prepare_ocr(languages).map_err(|_| Refusal::Ocr)?;
    }
    lock_down(&confinement, without).map_err(Refusal::Layer)?;
    Ok(confinement)
}

fn write_failure(to_parent: &mut impl std::io::Write, code: FailureCode) -> Result<()> {
    write_frame(to_parent, TAG_FAILED, code.as_str().as_bytes())
}

fn receive() -> Result<(Request, Vec<u8>)> {
    let mut from_parent = std::io::stdin().lock();
    let unexpected = || Error::new(ErrorKind::InvalidData, "an unexpected frame");
    let header = read_frame(&mut from_parent, HEADER_BYTES_MAX)?;
    // The parent checked the size of what it sends; here the address space is the limit.
    let payload = read_frame(&mut from_parent, u64::MAX)?;
    if header.tag != TAG_HEADER || payload.tag != TAG_PAYLOAD {
        return Err(unexpected());
    }
    let request = serde_json::from_slice(&header.body).map_err(|_| unexpected())?;
    Ok((request, payload.body))
}

/// The stages that see raw bytes: what the reader of [`child_main`] does, for one that misbehaves now and then. It
/// builds no walls.
#[must_use]
pub fn read_document(request: &Request, payload: &[u8]) -> Reply {
    match request {
        Request::Extract { options } => match smartexus_extract::extract(payload, options) {
            Ok(pages) => artifact(&pages),
            Err(error) => Reply::Failed(error.code()),
        },
        Request::ExtractOrSurvey { options, pages_max } => {
            match extract_or_survey(payload, options, *pages_max) {
                Ok(extracted) => artifact(&extracted),
                Err(error) => Reply::Failed(error.code()),
            }
        }
        Request::ParsePages { options } => match serde_json::from_slice::<Pages>(payload) {
            Ok(pages) => parse(Input::Pages(&pages), options),
            Err(_) => Reply::Failed(FailureCode::Corrupt),
        },
        Request::ParseStructured { media, options } => {
            parse(Input::Structured { media: *media, bytes: payload }, options)
        }
        Request::Learn { options } => learn(payload, options),
        Request::Form { options } => form(payload, options),
        // Answered before any reader is asked.
        Request::Probe { .. } => Reply::Panicked,
    }
}

fn extract_or_survey(
    payload: &[u8],
    options: &ExtractOptions,
    pages_max: u32,
) -> std::result::Result<Extracted, ExtractError> {
    let survey = smartexus_extract::survey(payload, options)?;
    if survey.pages > pages_max {
        return Ok(Extracted::Survey(survey));
    }
    // By name, so that pages without words come back too: the parent may have them recognized.
    let range = PageRange::new(1, survey.pages).ok();
    smartexus_extract::extract(payload, &ExtractOptions { range, ..options.clone() })
        .map(|pages| Extracted::Pages(Box::new(pages)))
}

fn parse(input: Input<'_>, options: &smartexus_parse::ParseOptions) -> Reply {
    match smartexus_parse::parse(input, options) {
        Ok(reading) => artifact(&reading),
        Err(error) => Reply::Failed(error.code()),
    }
}

/// That nothing can be learned is no fault of the document.
fn learn(payload: &[u8], options: &smartexus_parse::ParseOptions) -> Reply {
    let Ok(lesson) = serde_json::from_slice::<Lesson>(payload) else {
        return Reply::Failed(FailureCode::Corrupt);
    };
    artifact(&match smartexus_parse::learn(&lesson.pages, &lesson.approved, options) {
        Ok(hint) => Learned::Hint(Box::new(hint)),
        Err(error) => Learned::Nothing { because: error.to_string(), advice: error.advice().to_owned() },
    })
}

/// Labels come from the words of the pages; a form whose pages do not read is filled all the same.
fn form(payload: &[u8], options: &ExtractOptions) -> Reply {
    let Some((errand, bytes)) = smartexus_forms::unpacked::<Errand>(payload) else {
        return Reply::Failed(FailureCode::Corrupt);
    };
    let words = || smartexus_extract::extract(bytes, options).ok();
    let pages = match &errand {
        Errand::Inspect | Errand::Survey => words(),
        Errand::Fill(_) | Errand::Read(_) | Errand::ReadCopy(_) => None,
    };
    let answer = match &errand {
        Errand::ReadCopy(copy) => flat_copy(copy, bytes, options),
        Errand::Inspect | Errand::Survey | Errand::Fill(_) | Errand::Read(_) => {
            match smartexus_forms::run_errand(&errand, bytes, pages.as_ref()) {
                // Only the places on a flat form are told by what is printed around them.
                Err(FormError::NoFields) if matches!(errand, Errand::Fill(_)) => {
                    smartexus_forms::run_errand(&errand, bytes, words().as_ref())
                }
                answer => answer,
            }
        }
    };
    answer.map_err(FormError::code).map_or_else(Reply::Failed, Reply::Done)
}

/// A filled form without fields is read through the boxes of its blank.
fn flat_copy(
    errand: &CopyErrand,
    bytes: &[u8],
    options: &ExtractOptions,
) -> std::result::Result<Vec<u8>, FormError> {
    let (blank, copy) = errand.files(bytes).ok_or(FormError::Corrupt)?;
    let mut both = || Pictures {
        blank: pictures(blank, options, &errand.blank),
        copy: pictures(copy, options, &errand.copy),
    };
    smartexus_forms::read_flat_copy(errand, blank, &mut both)
}

/// As many dots an inch as it takes to see a tick.
const TICK_DPI: u32 = 150;

/// The pages that can be drawn, as they were read; boxes on others stay unread.
fn pictures(file: &[u8], options: &ExtractOptions, read: &Pages) -> Vec<PagePicture> {
    let mut pages = Vec::new();
    let keep = |drawn: RenderedPage| {
        let Some(page) = read.pages.iter().find(|page| page.page == drawn.page) else { return };
        let RenderedPage { page, width, pixels, .. } = drawn.as_read(page);
        pages.push(PagePicture { page, width, pixels });
    };
    // What cannot be drawn at all has no boxes to look at.
    match smartexus_extract::render(file, options, TICK_DPI, keep) {
        Ok(()) => pages,
        Err(_) => Vec::new(),
    }
}

fn artifact(value: &impl Serialize) -> Reply {
    // The types have string keys and no failing parts, so this never fails; if it ever does, nothing is claimed.
    serde_json::to_vec(value).map_or(Reply::Panicked, Reply::Done)
}
