//! The nursery process: this program, executed once more, clean. It loads what every child needs, once, and then makes a
//! copy of itself for each document. The copy is the child: it locks itself down before there is a document.
//!
//! Copying costs a tenth of executing, because libraries are linked and, for scans, the engine is warm already. Nothing of
//! a document is ever in here: it gets orders, which hold limits, and descriptors of pipes, which it hands on and closes.
//! Nothing of the parent is in here either: it was executed, not copied, with an empty environment and one socket.

use super::limits::{self, NURSERY_WORD};
use super::lockdown::Layer;
use super::{descriptors, order, raw};
use rustix::process::{DumpableBehavior, Signal};
use std::ffi::OsString;
use std::io::{Error, ErrorKind, Result};
use std::os::fd::{AsFd as _, OwnedFd};

/// Whether this process was started as a nursery.
pub(super) fn is_meant(arguments: impl Iterator<Item = OsString>) -> bool {
    arguments.into_iter().any(|argument| argument == NURSERY_WORD)
}

/// Serves orders. Returns twice and more: in the nursery process, `None`, once its parent is gone; and in each child,
/// with what it was told about itself, its pipes as standard input, output and error.
pub(super) fn serve(
    arguments: impl Iterator<Item = OsString>,
    without: Option<Layer>,
) -> Result<Option<Vec<OsString>>> {
    let told = limits::read_nursery(arguments).ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
    if without != Some(Layer::Handles) {
        descriptors::close_all_but_pipes()?;
    }
    guard(told.parent)?;
    if let Some(languages) = told.ocr {
        // Where its data are missing, the child finds that out again and says so.
        smartexus_extract::prepare_ocr(languages).ok();
    }
    // A second thread might hold a lock that nobody in the copy would ever open.
    if std::fs::read_dir("/proc/self/task")?.count() != 1 {
        return Err(Error::other("a nursery has one thread"));
    }
    let orders = rustix::io::fcntl_dupfd_cloexec(std::io::stdin(), 3)?;
    while let Some(order) = order::receive(&orders)? {
        match raw::copy_as_sibling() {
            Ok(Some(child)) => order::answer(&orders, Some(child))?,
            Ok(None) => {
                adopt(order.pipes)?;
                drop(orders);
                return Ok(Some(order.words));
            }
            Err(_) => order::answer(&orders, None)?,
        }
    }
    Ok(None)
}

/// A nursery ends with its parent, gains nothing, and is nobody's to inspect.
fn guard(parent: i32) -> Result<()> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    let still_there = rustix::process::getppid().map(rustix::process::Pid::as_raw_nonzero);
    if still_there.map(std::num::NonZero::get) != Some(parent) {
        return Err(Error::from(ErrorKind::NotFound));
    }
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::thread::set_no_new_privs(true)?;
    Ok(())
}

/// The pipes take the places that a program looks for them at.
fn adopt(pipes: [OwnedFd; order::PIPES]) -> Result<()> {
    let [input, output, error] = &pipes;
    rustix::stdio::dup2_stdin(input.as_fd())?;
    rustix::stdio::dup2_stdout(output.as_fd())?;
    rustix::stdio::dup2_stderr(error.as_fd())?;
    Ok(())
}
