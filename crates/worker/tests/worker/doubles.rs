//! Readers named by their misbehaviour. They run behind the real walls.

use smartexus_domain::FailureCode;
use smartexus_worker::sandbox::{Extracted, Reply, Request, SandboxProgram, child_main, child_main_with};
#[cfg(feature = "exam")]
use smartexus_worker::sandbox::{Layer, child_main_without};
use std::io::Write;
use std::process::ExitCode;

/// The child of this role, if it is one.
pub(crate) fn child(role: &str) -> Option<fn() -> ExitCode> {
    Some(match role {
        "honest" => child_main,
        "crashes" => || child_main_with(crashes),
        "overflows_the_stack" => || child_main_with(overflows_the_stack),
        "never_returns" => || child_main_with(never_returns),
        "sleeps" => || child_main_with(sleeps),
        "eats_memory" => || child_main_with(eats_memory),
        "panics_with_content" => || child_main_with(panics_with_content),
        "writes_rubbish" => || child_main_with(writes_rubbish),
        "promises_too_much" => || child_main_with(promises_too_much),
        "answers_too_much" => || child_main_with(answers_too_much),
        "leaves_silently" => || child_main_with(leaves_silently),
        "floods_standard_error" => || child_main_with(floods_standard_error),
        "opens_a_file" => || child_main_with(opens_a_file),
        "counts_bytes" => || child_main_with(counts_bytes),
        "crashes_on_page_two" => || child_main_with(crashes_on_page_two),
        "crashes_while_recognizing_page_two" => || child_main_with(crashes_while_recognizing_page_two),
        "crashes_on_every_part" => || child_main_with(crashes_on_every_part),
        "claims_a_proof" => || child_main_with(claims_a_proof),
        #[cfg(feature = "exam")]
        "without_limits" => || child_main_without(Layer::Limits),
        #[cfg(feature = "exam")]
        "without_handles" => || child_main_without(Layer::Handles),
        #[cfg(feature = "exam")]
        "without_process" => || child_main_without(Layer::Process),
        #[cfg(feature = "exam")]
        "without_files" => || child_main_without(Layer::Files),
        #[cfg(feature = "exam")]
        "without_resources" => || child_main_without(Layer::Resources),
        #[cfg(feature = "exam")]
        "without_calls" => || child_main_without(Layer::Calls),
        "parent_that_is_killed" => crate::sandbox::parent_that_is_killed,
        "is_not_locked_down" => || ExitCode::SUCCESS,
        "is_never_ready" => || {
            std::thread::sleep(std::time::Duration::from_secs(60));
            ExitCode::SUCCESS
        },
        _ => return None,
    })
}

/// This binary in a role.
pub(crate) fn program(role: &str) -> SandboxProgram {
    SandboxProgram { path: std::env::current_exe().expect("this binary"), args: vec![role.into()] }
}

fn crashes(_: &Request, _: &[u8]) -> Reply {
    std::process::abort();
}

fn overflows_the_stack(_: &Request, payload: &[u8]) -> Reply {
    #[expect(unconditional_recursion, reason = "the misbehaviour itself")]
    fn deeper(depth: &[u8; 512]) -> u64 {
        let mut next = *depth;
        next[0] = next[0].wrapping_add(1);
        std::hint::black_box(&next);
        deeper(&next).wrapping_add(u64::from(next[0]))
    }
    Reply::Done(deeper(&[payload.len() as u8; 512]).to_string().into_bytes())
}

fn never_returns(_: &Request, _: &[u8]) -> Reply {
    loop {
        std::hint::spin_loop();
    }
}

fn sleeps(_: &Request, _: &[u8]) -> Reply {
    std::thread::sleep(std::time::Duration::from_secs(60));
    Reply::Panicked
}

fn eats_memory(_: &Request, _: &[u8]) -> Reply {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(vec![1; 8 * 1024 * 1024]);
    }
}

fn panics_with_content(_: &Request, payload: &[u8]) -> Reply {
    panic!("{}", String::from_utf8_lossy(payload));
}

fn writes_rubbish(_: &Request, _: &[u8]) -> Reply {
    let _ = std::io::stdout().write_all(b"rubbish rubbish rubbish");
    let _ = std::io::stdout().flush();
    std::process::exit(0);
}

fn promises_too_much(_: &Request, _: &[u8]) -> Reply {
    let mut frame = vec![b'd'];
    frame.extend_from_slice(&u64::MAX.to_le_bytes());
    let _ = std::io::stdout().write_all(&frame);
    let _ = std::io::stdout().flush();
    std::process::exit(0);
}

fn answers_too_much(_: &Request, _: &[u8]) -> Reply {
    Reply::Done(vec![b' '; 4 * 1024 * 1024 + 1])
}

fn leaves_silently(_: &Request, _: &[u8]) -> Reply {
    std::process::exit(0);
}

fn floods_standard_error(_: &Request, _: &[u8]) -> Reply {
    for _ in 0..4096 {
        let _ = std::io::stderr().write_all(&[b'x'; 1024]);
    }
    Reply::Failed(FailureCode::Corrupt)
}

fn opens_a_file(_: &Request, _: &[u8]) -> Reply {
    match std::fs::read("/etc/hostname") {
        Ok(content) => Reply::Done(content),
        Err(_) => Reply::Failed(FailureCode::Unreadable),
    }
}

/// Says that a statement is proved which is not: 100.00 plus 5.00 is not 999.00.
fn claims_a_proof(request: &Request, _: &[u8]) -> Reply {
    let reply = match request {
        Request::Extract { .. } => {
            r#"{"media_type":"text/csv","facts":{"encrypted":false,"producer":null,"creator":null,"created":null,
            "modified":null,"revisions":0},"pages":[],"findings":[]}"#
        }
        Request::ExtractOrSurvey { .. } => {
            r#"{"pages":{"media_type":"text/csv","facts":{"encrypted":false,"producer":null,"creator":null,
            "created":null,"modified":null,"revisions":0},"pages":[],"findings":[]}}"#
        }
        Request::ParsePages { .. }
        | Request::ParseStructured { .. }
        | Request::Learn { .. }
        | Request::Form { .. }
        | Request::Probe { .. } => {
            r#"{"kind":"bank_statement","kind_confidence":1.0,"source":"structured","statements":[{
            "account":{"institution":null,"holders":[],"number":null,"iban":null,"bic":null,"sort_code":null,
            "routing_number":null,"type":null,"currency":"USD"},"period":{"start":null,"end":null},
            "opening_balance":"100.00","closing_balance":"999.00",
            "totals":{"credits":null,"debits":null,"fees":null},"verdict":"verified","transactions":[{"seq":1,
            "date":"2026-03-02","value_date":null,"description":"TEA","amount":"5.00","balance":null,"currency":"USD",
            "reference":null,"check_number":null,"counterparty":null,"category":null,"category_confidence":null,
            "category_reason":null,"confidence":1.0,"method":"structured","source":null}]}],
            "facts":[],"signals":[],"findings":[]}"#
        }
    };
    Reply::Done(reply.as_bytes().to_vec())
}

fn crashes_on_every_part(request: &Request, payload: &[u8]) -> Reply {
    match request {
        Request::Extract { .. } => std::process::abort(),
        Request::ExtractOrSurvey { .. }
        | Request::ParsePages { .. }
        | Request::ParseStructured { .. }
        | Request::Learn { .. }
        | Request::Form { .. }
        | Request::Probe { .. } => crashes_on_page_two(request, payload),
    }
}

/// Honest with text layers, but for pixels of page 2.
fn crashes_while_recognizing_page_two(request: &Request, payload: &[u8]) -> Reply {
    match request {
        Request::Extract { options }
            if options.ocr.is_some() && options.range.is_some_and(|range| range.contains(2)) =>
        {
            std::process::abort()
        }
        Request::Extract { .. }
        | Request::ExtractOrSurvey { .. }
        | Request::ParsePages { .. }
        | Request::ParseStructured { .. }
        | Request::Learn { .. }
        | Request::Form { .. }
        | Request::Probe { .. } => smartexus_worker::sandbox::read_document(request, payload),
    }
}

/// Honest, but for page 2 of a document that is read in parts.
fn crashes_on_page_two(request: &Request, payload: &[u8]) -> Reply {
    let json = |value: serde_json::Result<Vec<u8>>| value.map_or(Reply::Panicked, Reply::Done);
    match request {
        Request::Extract { options } if options.range.is_some_and(|range| range.contains(2)) => {
            std::process::abort()
        }
        Request::Extract { options } => match smartexus_extract::extract(payload, options) {
            Ok(pages) => json(serde_json::to_vec(&pages)),
            Err(error) => Reply::Failed(error.code()),
        },
        Request::ExtractOrSurvey { options, .. } => match smartexus_extract::survey(payload, options) {
            Ok(survey) => json(serde_json::to_vec(&Extracted::Survey(survey))),
            Err(error) => Reply::Failed(error.code()),
        },
        Request::ParsePages { options } => {
            let pages = serde_json::from_slice(payload).expect("pages");
            let read = smartexus_parse::parse(smartexus_parse::Input::Pages(&pages), options);
            read.map_or(Reply::Panicked, |reading| json(serde_json::to_vec(&reading)))
        }
        Request::ParseStructured { .. }
        | Request::Learn { .. }
        | Request::Form { .. }
        | Request::Probe { .. } => Reply::Panicked,
    }
}

fn counts_bytes(_: &Request, payload: &[u8]) -> Reply {
    Reply::Done(payload.len().to_string().into_bytes())
}
