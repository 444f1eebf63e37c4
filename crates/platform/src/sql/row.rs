//! Stored words and numbers, and what they mean. A word that is not known is never guessed at.

use crate::port::{
    Actor, AuditAction, DocumentRole, EraseCause, EraseStep, Fingerprint, JobPart, JobState, Priority,
    TraceParent,
};
use crate::{PlatformError, Result};
use jiff::Timestamp;
use smartexus_domain::{DocumentState, FailureCode, MediaType, PageRange, StageKind};
use std::str::FromStr;

pub(super) fn id<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| PlatformError::Inconsistent("id"))
}

pub(super) fn time(millis: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|_| PlatformError::Inconsistent("time"))
}

pub(super) fn count<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| PlatformError::Inconsistent("count"))
}

/// A number on its way in. SQLite counts to 2^63.
pub(super) fn stored(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|_| PlatformError::Inconsistent("count"))
}

pub(super) fn stage(word: &str) -> Result<StageKind> {
    word.parse().map_err(|()| PlatformError::Inconsistent("stage"))
}

pub(super) fn document_role(word: &str) -> Result<DocumentRole> {
    let role = DocumentRole::ALL.into_iter().find(|role| role.as_str() == word);
    role.ok_or(PlatformError::Inconsistent("document role"))
}

pub(super) fn document_state(word: &str) -> Result<DocumentState> {
    word.parse().map_err(|()| PlatformError::Inconsistent("document state"))
}

pub(super) fn job_state(word: &str) -> Result<JobState> {
    one_of(&JobState::ALL, |s| s.as_str(), word, "job state")
}

pub(super) fn priority(rank: i64) -> Result<Priority> {
    let found = Priority::ALL.into_iter().find(|priority| priority.rank() == rank);
    found.ok_or(PlatformError::Inconsistent("priority"))
}

pub(super) fn part(word: &str, first_page: i64, last_page: i64) -> Result<JobPart> {
    match word {
        "whole" => Ok(JobPart::Whole),
        "gather" => Ok(JobPart::Gather),
        "pages" => {
            let range = PageRange::new(count(first_page)?, count(last_page)?);
            range.map(JobPart::Pages).map_err(|_| PlatformError::Inconsistent("part"))
        }
        _ => Err(PlatformError::Inconsistent("part")),
    }
}

pub(super) fn trace(text: Option<&str>) -> Result<Option<TraceParent>> {
    text.map(|text| text.parse().map_err(|()| PlatformError::Inconsistent("trace"))).transpose()
}

pub(super) fn failure(word: &str) -> Result<FailureCode> {
    one_of(&FailureCode::ALL, |c| c.as_str(), word, "failure code")
}

pub(super) fn actor(word: &str) -> Result<Actor> {
    one_of(&Actor::ALL, |a| a.as_str(), word, "actor")
}

pub(super) fn action(word: &str) -> Result<AuditAction> {
    one_of(&AuditAction::ALL, |a| a.as_str(), word, "audit action")
}

pub(super) fn erase_step(word: &str) -> Result<EraseStep> {
    one_of(&EraseStep::ALL, |s| s.as_str(), word, "erase step")
}

pub(super) fn erase_cause(word: &str) -> Result<EraseCause> {
    one_of(&[EraseCause::Schedule, EraseCause::Request], |c| c.as_str(), word, "erase cause")
}

pub(super) fn media_type(word: &str) -> Result<MediaType> {
    one_of(&MediaType::ALL, |m| m.as_str(), word, "media type")
}

pub(super) fn fingerprint(bytes: &[u8]) -> Result<Fingerprint> {
    bytes.try_into().map(Fingerprint).map_err(|_| PlatformError::Inconsistent("fingerprint"))
}

fn one_of<T: Copy>(
    all: &[T],
    as_str: impl Fn(&T) -> &'static str,
    word: &str,
    what: &'static str,
) -> Result<T> {
    all.iter().find(|value| as_str(value) == word).copied().ok_or(PlatformError::Inconsistent(what))
}
