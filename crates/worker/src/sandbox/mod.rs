//! The sandbox: untrusted bytes are read in a child process with no network, no files, bounded memory and time.
//!
//! The child is this same program, executed again with a hidden word and with nothing of its parent's, and then copied: the
//! executed one is a nursery, which links libraries and loads the recognizer once and never sees a document; each copy of
//! it is the child of one. The child empties itself, locks itself down, reports ready, and only then receives the bytes of
//! **one** document; then it exits. If any layer cannot be built, it says which and reads nothing: there is no weaker mode.
//!
//! | layer | what it takes away |
//! |---|---|
//! | handles | every descriptor but three pipes; the environment |
//! | process | core dumps, inspection by others, new privileges, outliving the parent |
//! | files | Landlock: every path (and TCP and foreign signals, where the kernel knows them) |
//! | resources | address space, processor time, file size, descriptors, processes, stack |
//! | calls | seccomp: every system call that is not on a short list; the rest kill the child |

mod calls;
mod child;
mod death;
mod descriptors;
mod inspect;
mod limits;
mod lockdown;
mod matron;
mod nursery;
mod offspring;
mod order;
mod parent;
mod probe;
mod raw;
mod recognize;
mod wire;

#[cfg(feature = "exam")]
pub use child::child_main_without;
pub use child::{child_main, child_main_with, read_document};
pub use death::Death;
pub use inspect::{BadReply, inspect_extracted, inspect_form, inspect_pages, inspect_part, inspect_reading};
pub use limits::RunLimits;
pub use lockdown::Layer;
pub use nursery::SandboxProgram;
pub use parent::{Outcome, Sandbox, SandboxError};
pub use probe::ForbiddenAct;
pub(crate) use raw::give_back_memory;
pub use recognize::{Recognition, Recognized};
pub use wire::{Extracted, Learned, Lesson, Reply, Request};

/// For the exam: one frame off the wire.
#[cfg(feature = "exam")]
pub(crate) fn frame(mut wire: &[u8], limit: u64) -> Option<(u8, usize)> {
    wire::read_frame(&mut wire, limit).ok().map(|frame| (frame.tag, frame.body.len()))
}
