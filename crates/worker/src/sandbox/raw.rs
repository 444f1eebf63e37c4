//! System calls that have no safe form. The only `unsafe` of the crate.

use rustix::process::Pid;
use std::io::{Error, Result};

/// Closes every descriptor from this one on.
pub(super) fn close_from(first: u32) -> Result<()> {
    #[expect(unsafe_code, reason = "no safe call closes descriptors that nobody in this program owns")]
    // SAFETY: whoever calls this has one thread and owns no descriptor from `first` on, or forgets at once those it has:
    // a nursery's child lets go of its parent's ends before, and a number that is not open is skipped by the kernel.
    let ended = unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, 0) };
    if ended == 0 { Ok(()) } else { Err(Error::last_os_error()) }
}

/// Makes a copy of this process that is its sibling: a child of its parent, which alone waits for it. `None` in the copy.
///
/// Must be called with one thread only, which the caller has made sure of.
pub(super) fn copy_as_sibling() -> Result<Option<Pid>> {
    let flags = libc::c_long::from(libc::CLONE_PARENT | libc::SIGCHLD);
    #[expect(unsafe_code, reason = "no safe call copies a process")]
    // SAFETY: without a stack of its own and without shared memory the copy goes on here, as after `fork`. There is one
    // thread, so no lock is held by somebody who is not in the copy. No pointer is passed.
    let copy = unsafe { libc::syscall(libc::SYS_clone, flags, 0_usize, 0_usize, 0_usize, 0_usize) };
    match i32::try_from(copy) {
        Ok(0) => Ok(None),
        Ok(pid) if pid > 0 => Ok(Pid::from_raw(pid)),
        Ok(_) | Err(_) => Err(Error::last_os_error()),
    }
}

/// Hands back to the system what the allocator keeps of memory that was freed, where it can.
pub(crate) fn give_back_memory() {
    #[cfg(target_env = "gnu")]
    {
        #[expect(unsafe_code, reason = "no safe call trims the heap")]
        // SAFETY: it takes the locks of the allocator itself, and touches nothing that is not free.
        unsafe {
            libc::malloc_trim(0);
        }
    }
}

/// What a locked-down child must not get away with and what has no safe form either: see [`super::probe`].
pub(super) mod forbidden {
    use std::io::{Error, Result};

    /// Whether a call was let through to where it looks at its arguments, which are such that it does nothing then.
    fn is_let_through(number: libc::c_long, arguments: [usize; 6]) -> bool {
        let [a, b, c, d, e, f] = arguments;
        #[expect(unsafe_code, reason = "these calls have no safe form")]
        // SAFETY: the callers below pass no pointer, or one to something that lives until they return and that the
        // kernel only reads.
        let ended = unsafe { libc::syscall(number, a, b, c, d, e, f) };
        ended >= 0
            || !matches!(
                Error::last_os_error().raw_os_error(),
                Some(libc::EPERM | libc::EACCES | libc::ENOSYS | libc::ENOSPC | libc::EUSERS)
            )
    }

    /// Looks into the memory of another process, at an address where nothing is.
    pub(in super::super) fn reads_memory_of(process: i32) -> bool {
        let nowhere: [usize; 2] = [0, 8];
        let place = nowhere.as_ptr() as usize;
        is_let_through(libc::SYS_process_vm_readv, [number(process), place, 1, place, 1, 0])
    }

    /// Traces another process, without stopping it.
    pub(in super::super) fn traces(process: i32) -> bool {
        is_let_through(libc::SYS_ptrace, [libc::PTRACE_SEIZE as usize, number(process), 0, 0, 0, 0])
    }

    /// Mounts over a folder that does not exist.
    pub(in super::super) fn mounts() -> bool {
        let (kind, target) = (c"tmpfs".as_ptr() as usize, c"/nowhere-at-all".as_ptr() as usize);
        is_let_through(libc::SYS_mount, [kind, target, kind, 0, 0, 0])
    }

    /// Becomes the master of a user namespace of its own.
    pub(in super::super) fn leaves_user_namespace() -> bool {
        is_let_through(libc::SYS_unshare, [libc::CLONE_NEWUSER as usize, 0, 0, 0, 0, 0])
    }

    /// Sets up a ring of calls that no filter sees.
    pub(in super::super) fn sets_up_io_uring() -> bool {
        is_let_through(libc::SYS_io_uring_setup, [1, 0, 0, 0, 0, 0])
    }

    /// Opens a counter of the processor.
    pub(in super::super) fn opens_performance_counter() -> bool {
        is_let_through(libc::SYS_perf_event_open, [0, 0, usize::MAX, usize::MAX, 0, 0])
    }

    /// Makes copies of itself, which end at once; whether there was even one.
    pub(in super::super) fn multiplies(times: usize) -> Result<bool> {
        let mut copies = 0_usize;
        for _ in 0..times {
            #[expect(unsafe_code, reason = "no safe call copies a process")]
            // SAFETY: as for `copy_as_sibling`; the copy leaves at once.
            match unsafe { libc::fork() } {
                -1 => return if copies == 0 { Err(Error::last_os_error()) } else { Ok(true) },
                0 => std::process::exit(0),
                _ => copies = copies.saturating_add(1),
            }
        }
        Ok(copies > 0)
    }

    /// As the kernel takes numbers of processes.
    const fn number(process: i32) -> usize {
        process.unsigned_abs() as usize
    }
}
