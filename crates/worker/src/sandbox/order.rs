//! What a nursery process is told, and what it answers: one packet each, descriptors beside the first.
//!
//! The words are what a child is told about itself, one a line; they are not secret and hold nothing of a document. The
//! answer is the number of the child, or nothing where there is none.

use rustix::cmsg_space;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags,
};
use rustix::process::Pid;
use std::ffi::OsString;
use std::io::{Error, ErrorKind, IoSlice, IoSliceMut, Result};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// Standard input, output and error of the child to be.
pub(super) const PIPES: usize = 3;
/// All words of an order.
const WORDS_BYTES_MAX: usize = 1024;

/// An order as the nursery process has it.
pub(super) struct Order {
    pub(super) words: Vec<OsString>,
    pub(super) pipes: [OwnedFd; PIPES],
}

/// Parent side.
pub(super) fn send(to: impl AsFd, words: &[OsString], pipes: [BorrowedFd<'_>; PIPES]) -> Result<()> {
    let lines: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let text = lines.join("\n");
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(PIPES))];
    let mut beside = SendAncillaryBuffer::new(&mut space);
    if text.len() > WORDS_BYTES_MAX || !beside.push(SendAncillaryMessage::ScmRights(&pipes)) {
        return Err(Error::from(ErrorKind::InvalidInput));
    }
    rustix::net::sendmsg(to, &[IoSlice::new(text.as_bytes())], &mut beside, SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Nursery side; `None` once the parent has closed its end.
pub(super) fn receive(from: impl AsFd) -> Result<Option<Order>> {
    let mut text = [0; WORDS_BYTES_MAX];
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(PIPES))];
    let mut beside = RecvAncillaryBuffer::new(&mut space);
    let message =
        rustix::net::recvmsg(from, &mut [IoSliceMut::new(&mut text)], &mut beside, RecvFlags::CMSG_CLOEXEC)?;
    if message.bytes == 0 {
        return Ok(None);
    }
    let mut pipes = Vec::new();
    for part in beside.drain() {
        if let RecvAncillaryMessage::ScmRights(descriptors) = part {
            pipes.extend(descriptors);
        }
    }
    let nonsense = || Error::from(ErrorKind::InvalidData);
    let pipes = pipes.try_into().map_err(|_| nonsense())?;
    let text =
        text.get(..message.bytes).and_then(|text| std::str::from_utf8(text).ok()).ok_or_else(nonsense)?;
    Ok(Some(Order { words: text.lines().map(OsString::from).collect(), pipes }))
}

/// Nursery side.
pub(super) fn answer(to: impl AsFd, child: Option<Pid>) -> Result<()> {
    let number = child.map_or(0, |pid| pid.as_raw_nonzero().get());
    rustix::net::send(to, &number.to_le_bytes(), SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Parent side.
pub(super) fn hear(from: impl AsFd) -> Result<Pid> {
    let mut number = [0; size_of::<i32>()];
    let (received, _) = rustix::net::recv(from, &mut number, RecvFlags::empty())?;
    match Pid::from_raw(i32::from_le_bytes(number)) {
        Some(child) if received == number.len() => Ok(child),
        // A nursery that is gone, or that could make no copy of itself.
        Some(_) | None => Err(Error::from(ErrorKind::BrokenPipe)),
    }
}
