//! The child takes everything away from itself. Order matters: what a step needs is taken away after it.

use super::nursery::ONE_THREAD;
use super::{calls, descriptors};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetError,
    RulesetStatus, Scope,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use smartexus_extract::OcrLanguages;
use std::io::ErrorKind;

/// A wall of the sandbox. The words are what a refusal and the logs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The child was not told its limits.
    Limits,
    /// Descriptors and environment.
    Handles,
    /// Core dumps, inspection, privileges, parent's death.
    Process,
    /// Landlock.
    Files,
    /// Resource limits.
    Resources,
    /// seccomp.
    Calls,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Self; 6] =
        [Self::Limits, Self::Handles, Self::Process, Self::Files, Self::Resources, Self::Calls];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Limits => "limits",
            Self::Handles => "handles",
            Self::Process => "process",
            Self::Files => "files",
            Self::Resources => "resources",
            Self::Calls => "calls",
        }
    }

    pub(super) fn of_word(word: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.as_str().as_bytes() == word)
    }
}

/// What a child was told about itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Confinement {
    pub(super) parent: i32,
    pub(super) memory_bytes: u64,
    pub(super) cpu_seconds: u64,
    pub(super) reply_bytes: u64,
    pub(super) ocr: Option<OcrLanguages>,
}

/// Stack of the main thread, where all parsing happens.
const STACK_BYTES: u64 = 8 * 1024 * 1024;

/// Locks the calling process down, or names the layer that cannot be built. `without` is for tests alone: that layer is
/// left out, which must be found out here or by the first probe.
pub(super) fn lock_down(confinement: &Confinement, without: Option<Layer>) -> Result<(), Layer> {
    let is_built = |layer| without != Some(layer);
    if is_built(Layer::Handles) {
        descriptors::close_all_but_pipes().map_err(|_| Layer::Handles)?;
    }
    prove_handles_gone(confinement)?;
    if is_built(Layer::Process) {
        guard_process(confinement.parent).map_err(|_| Layer::Process)?;
    }
    if is_built(Layer::Files) {
        forbid_files().map_err(|_| Layer::Files)?;
    }
    prove_files_forbidden()?;
    if is_built(Layer::Resources) {
        limit_resources(confinement).map_err(|_| Layer::Resources)?;
    }
    prove_process_guarded()?;
    prove_resources_limited(confinement)?;
    if is_built(Layer::Calls) {
        calls::forbid_other_calls().map_err(|_| Layer::Calls)?;
    }
    Ok(())
}

/// Descriptors and environment, as they are and not as they were meant to be.
fn prove_handles_gone(confinement: &Confinement) -> Result<(), Layer> {
    if !descriptors::only_pipes_are_open().unwrap_or(false) {
        return Err(Layer::Handles);
    }
    // The recognizer was told by its one variable to start no threads; nothing else may be there.
    let (meant, one) = ONE_THREAD;
    if std::env::vars_os().any(|(name, value)| confinement.ocr.is_none() || name != meant || value != one) {
        return Err(Layer::Handles);
    }
    Ok(())
}

fn prove_process_guarded() -> Result<(), Layer> {
    let hidden = rustix::process::dumpable_behavior() == Ok(DumpableBehavior::NotDumpable);
    let mortal = rustix::process::parent_process_death_signal() == Ok(Some(Signal::KILL));
    let humble = rustix::thread::no_new_privs() == Ok(true);
    if hidden && mortal && humble { Ok(()) } else { Err(Layer::Process) }
}

fn guard_process(parent: i32) -> rustix::io::Result<()> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // A parent that died before the line above would never be noticed.
    let still_there = rustix::process::getppid().map(rustix::process::Pid::as_raw_nonzero);
    if still_there.map(std::num::NonZero::get) != Some(parent) {
        return Err(rustix::io::Errno::SRCH);
    }
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::thread::set_no_new_privs(true)
}

/// Every path is forbidden, or this fails: the library's default of doing what the kernel happens to know is not
/// enough for files. TCP, abstract sockets and foreign signals are added where the kernel knows them; the list of
/// calls forbids all three anyway.
fn forbid_files() -> Result<(), RulesetError> {
    let required = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))?
        .create()?
        .restrict_self()?;
    if required.ruleset != RulesetStatus::FullyEnforced || !required.no_new_privs {
        return Err(RulesetError::CreateRuleset(landlock::CreateRulesetError::MissingHandledAccess));
    }
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V4))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// A status says what was asked for; only an attempt says what holds.
fn prove_files_forbidden() -> Result<(), Layer> {
    let listing = std::fs::read_dir("/").map(drop);
    let reading = std::fs::File::open("/proc/self/stat").map(drop);
    for attempt in [listing, reading] {
        match attempt {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
            Ok(()) | Err(_) => return Err(Layer::Files),
        }
    }
    Ok(())
}

/// Each resource and how much of it there may be.
const fn bounds(confinement: &Confinement) -> [(Resource, u64); 9] {
    [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 3),
        (Resource::Nproc, 0),
        (Resource::Memlock, 0),
        (Resource::Msgqueue, 0),
        (Resource::Stack, STACK_BYTES),
        (Resource::Cpu, confinement.cpu_seconds),
        (Resource::As, confinement.memory_bytes),
    ]
}

fn limit_resources(confinement: &Confinement) -> rustix::io::Result<()> {
    for (resource, most) in bounds(confinement) {
        // Never above what whoever started the program allows.
        let most = rustix::process::getrlimit(resource).maximum.map_or(most, |already| already.min(most));
        rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

fn prove_resources_limited(confinement: &Confinement) -> Result<(), Layer> {
    let holds = |(resource, most): (Resource, u64)| {
        let limit = rustix::process::getrlimit(resource);
        limit.current.is_some_and(|current| current <= most)
            && limit.maximum.is_some_and(|maximum| maximum <= most)
    };
    if bounds(confinement).into_iter().all(holds) { Ok(()) } else { Err(Layer::Resources) }
}
