//! The sandboxed child of a worker that poison works on: honest, behind the product's own walls, but for poison.

use super::act::Poison;
use smartexus_domain::StageKind;
use smartexus_worker::sandbox::{Reply, Request, SandboxProgram, child_main_with, read_document};
use std::process::ExitCode;

const WORD: &str = "read-what-may-be-poison";

/// This process as the child, if it is one.
pub(super) fn role() -> Option<ExitCode> {
    let is_child = std::env::args_os().nth(1).is_some_and(|word| word == WORD);
    is_child.then(|| child_main_with(read))
}

/// How a worker starts it.
pub(super) fn program() -> SandboxProgram {
    SandboxProgram { path: "/proc/self/exe".into(), args: vec![WORD.into()] }
}

fn read(request: &Request, payload: &[u8]) -> Reply {
    let stage = match request {
        Request::Extract { .. } | Request::ExtractOrSurvey { .. } => StageKind::Extract,
        Request::ParsePages { .. } | Request::ParseStructured { .. } => StageKind::Parse,
        // A form is no stage of a document.
        Request::Learn { .. } | Request::Form { .. } => return read_document(request, payload),
        // Answered before any reader is asked.
        Request::Probe { .. } => return Reply::Panicked,
    };
    match Poison::of(payload, stage) {
        Some(poison) => poison.work(),
        None => read_document(request, payload),
    }
}
