//! How far one child may go.

use super::lockdown::Confinement;
use smartexus_extract::OcrLanguages;
use std::ffi::OsString;
use std::time::Duration;

/// Limits of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// Wall-clock time from the first byte sent to the last byte received.
    pub timeout: Duration,
    /// Processor time. The wall clock should end a run first.
    pub cpu_seconds: u64,
    /// Address space.
    pub memory_bytes: u64,
    /// Largest reply.
    pub reply_bytes: u64,
    /// Text is recognized: the child makes the engine for these languages ready before it locks itself down.
    pub ocr: Option<OcrLanguages>,
}

impl RunLimits {
    /// What the child is told about itself, as arguments. They are not secret and hold nothing of the document.
    pub(super) fn arguments(&self, parent: u32) -> Vec<OsString> {
        let mut arguments = vec![
            format!("parent={parent}").into(),
            format!("memory_bytes={}", self.memory_bytes).into(),
            format!("cpu_seconds={}", self.cpu_seconds).into(),
            format!("reply_bytes={}", self.reply_bytes).into(),
        ];
        arguments.extend(self.ocr.map(|languages| format!("ocr={languages}").into()));
        arguments
    }

    /// Whether a child that was started for `other` may serve this run: everything it was told is the same.
    /// The wall clock is not: the parent holds it.
    pub(super) fn same_child(&self, other: &Self) -> bool {
        self.arguments(0) == other.arguments(0)
    }
}

/// Makes a nursery of a process that would else be a child.
pub(super) const NURSERY_WORD: &str = "nursery";

/// What a nursery process is told.
pub(super) fn nursery_arguments(parent: u32, ocr: Option<OcrLanguages>) -> Vec<OsString> {
    let mut arguments = vec![NURSERY_WORD.into(), format!("parent={parent}").into()];
    arguments.extend(ocr.map(|languages| format!("ocr={languages}").into()));
    arguments
}

/// What a nursery process was told.
pub(super) struct NurseryTold {
    pub(super) parent: i32,
    pub(super) ocr: Option<OcrLanguages>,
}

/// What a nursery process was told.
pub(super) fn read_nursery(arguments: impl Iterator<Item = OsString>) -> Option<NurseryTold> {
    let (mut parent, mut ocr) = (None, None);
    for argument in arguments {
        match argument.to_str().and_then(|text| text.split_once('=')) {
            Some(("parent", value)) => parent = value.parse().ok(),
            Some(("ocr", value)) => ocr = Some(value.parse::<OcrLanguages>().ok()?),
            Some(_) | None => {}
        }
    }
    Some(NurseryTold { parent: parent?, ocr })
}

/// What a child was told about itself.
pub(super) fn read_arguments(arguments: impl Iterator<Item = OsString>) -> Option<Confinement> {
    let (mut parent, mut memory, mut cpu, mut reply, mut ocr) = (None, None, None, None, None);
    for argument in arguments {
        let Some((name, value)) = argument.to_str().and_then(|text| text.split_once('=')) else { continue };
        match name {
            "parent" => parent = value.parse().ok(),
            "memory_bytes" => memory = value.parse().ok(),
            "cpu_seconds" => cpu = value.parse().ok(),
            "reply_bytes" => reply = value.parse().ok(),
            "ocr" => ocr = Some(value.parse::<OcrLanguages>().ok()?),
            _ => {}
        }
    }
    Some(Confinement { parent: parent?, memory_bytes: memory?, cpu_seconds: cpu?, reply_bytes: reply?, ocr })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_knows_all_its_limits_or_none() {
        let limits =
            RunLimits { timeout: Duration::ZERO, cpu_seconds: 3, memory_bytes: 7, reply_bytes: 9, ocr: None };
        let mut arguments = vec![OsString::from("program"), OsString::from("hidden-word")];
        arguments.extend(limits.arguments(42));
        let told = read_arguments(arguments.clone().into_iter()).expect("complete");
        assert_eq!((told.parent, told.memory_bytes, told.cpu_seconds, told.reply_bytes), (42, 7, 3, 9));
        assert_eq!(told.ocr, None);
        let reading = RunLimits { ocr: Some(OcrLanguages::default()), ..limits };
        assert!(!reading.same_child(&limits));
        let told = read_arguments(reading.arguments(42).into_iter()).expect("complete");
        assert_eq!(told.ocr, reading.ocr);
        arguments.push("ocr=../../secret".into());
        assert!(read_arguments(arguments.clone().into_iter()).is_none());
        arguments.truncate(arguments.len() - 2);
        assert!(read_arguments(arguments.into_iter()).is_none());
    }
}
