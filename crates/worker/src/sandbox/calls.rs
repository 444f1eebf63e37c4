//! Which system calls the locked-down child may still make. Everything else kills it.
//!
//! The list is what memory, signals, clocks, randomness and three pipes need, nothing more. There is deliberately no
//! call that makes a descriptor, a socket, a thread or a process, and none that changes a limit. The numbers come from
//! `libc`, which knows them for every architecture; the names below exist on x86-64 and AArch64 alike.

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Allowed with any arguments.
const FREE: [libc::c_long; 17] = [
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_sched_yield,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

type Rules = BTreeMap<i64, Vec<SeccompRule>>;
type Built<T> = Result<T, seccompiler::BackendError>;

/// Applies the filter to the calling thread; the child has only one.
pub(super) fn forbid_other_calls() -> Result<(), seccompiler::Error> {
    let filter = filter(std::process::id()).map_err(seccompiler::Error::Backend)?;
    seccompiler::apply_filter(&filter)
}

fn filter(own_pid: u32) -> Built<BpfProgram> {
    let mut rules: Rules = FREE.iter().map(|call| (*call, Vec::new())).collect();
    only_if(&mut rules, libc::SYS_read, &[(0, SeccompCmpOp::Eq, 0)])?;
    only_if(&mut rules, libc::SYS_write, &[(0, SeccompCmpOp::Eq, 1)])?;
    only_if(&mut rules, libc::SYS_write, &[(0, SeccompCmpOp::Eq, 2)])?;
    // Memory is never executable, so bytes of a document never become code.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        only_if(&mut rules, call, &[(2, SeccompCmpOp::MaskedEq(libc::PROT_EXEC as u64), 0)])?;
    }
    // How the runtime aborts when memory runs out: a signal to itself, and to nobody else.
    only_if(&mut rules, libc::SYS_tgkill, &[(0, SeccompCmpOp::Eq, u64::from(own_pid))])?;
    let architecture = std::env::consts::ARCH.try_into()?;
    SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, architecture)?.try_into()
}

/// Allows a call when all conditions hold; called twice for one call, either set suffices.
fn only_if(rules: &mut Rules, call: libc::c_long, conditions: &[(u8, SeccompCmpOp, u64)]) -> Built<()> {
    let conditions: Built<Vec<_>> = conditions
        .iter()
        .map(|(argument, operator, value)| {
            SeccompCondition::new(*argument, SeccompCmpArgLen::Dword, operator.clone(), *value)
        })
        .collect();
    rules.entry(call).or_default().push(SeccompRule::new(conditions?)?);
    Ok(())
}
