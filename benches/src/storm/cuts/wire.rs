//! A wire to the broker that breaks on demand, and writes down what passes.

use super::frames::Frames;
use super::tap::{Connection, Tap};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the wire does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Carries.
    Whole,
    /// Resets every connection, and each new one at once.
    Cut,
    /// Takes everything and hands nothing on. Whatever is open meanwhile stays silent for ever.
    Silent,
}

/// What the wire does, and how often it was cut and silent before: a connection that looks up late has missed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    mode: Mode,
    cuts: usize,
    silences: usize,
}

/// The wire; gone when dropped.
pub(super) struct Wire {
    address: SocketAddr,
    state: watch::Sender<State>,
    epoch: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl Wire {
    /// To the broker at this address.
    pub(super) async fn before(broker: SocketAddr, tap: Arc<Tap>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (state, watched) = watch::channel(State { mode: Mode::Whole, cuts: 0, silences: 0 });
        let epoch = Arc::new(AtomicUsize::new(0));
        let accepting = tokio::spawn(accept(listener, broker, watched, tap, Arc::clone(&epoch)));
        Ok(Self { address, state, epoch, accepting })
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn set(&self, mode: Mode) {
        self.state.send_modify(|state| {
            state.mode = mode;
            state.cuts += usize::from(mode == Mode::Cut);
            state.silences += usize::from(mode == Mode::Silent);
        });
    }

    /// Connections from now on are told from those before.
    pub(super) fn next_epoch(&self) -> usize {
        self.epoch.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    listener: TcpListener,
    broker: SocketAddr,
    state: watch::Receiver<State>,
    tap: Arc<Tap>,
    epoch: Arc<AtomicUsize>,
) {
    loop {
        let Ok((near, _)) = listener.accept().await else { continue };
        let connection = Connection::new(Arc::clone(&tap), epoch.load(Ordering::Relaxed));
        // A connection that fails is one that was cut.
        tokio::spawn(carry(near, broker, state.clone(), connection));
    }
}

/// Carries until either end is through or the wire is cut. Both ends are then reset: whatever was under way is lost.
async fn carry(
    near: TcpStream,
    broker: SocketAddr,
    state: watch::Receiver<State>,
    connection: Connection,
) -> io::Result<()> {
    near.set_zero_linger()?;
    let born = *state.borrow();
    if born.mode == Mode::Cut {
        return Ok(());
    }
    let far = TcpStream::connect(broker).await?;
    far.set_zero_linger()?;
    for end in [&near, &far] {
        end.set_nodelay(true)?;
    }
    let connection = Mutex::new(connection);
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let mut cutting = state.clone();
    let cut = cutting.wait_for(|state| state.cuts != born.cuts);
    let deaf = || born.mode == Mode::Silent || state.borrow().silences != born.silences;
    let lock = || connection.lock().unwrap_or_else(PoisonError::into_inner);
    let to_client = pump(far_in, near_out, deaf, |frames, bytes| {
        frames.feed(bytes).into_iter().for_each(|frame| lock().given_by_broker(frame));
    });
    let to_broker = pump(near_in, far_out, deaf, |frames, bytes| {
        frames.feed(bytes).iter().for_each(|frame| lock().told_by_client(frame));
    });
    tokio::select! {
        _ = cut => Ok(()),
        ended = to_client => ended,
        ended = to_broker => ended,
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    deaf: impl Fn() -> bool,
    note: impl Fn(&mut Frames, &[u8]),
) -> io::Result<()> {
    let mut frames = Frames::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut buffer).await?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(());
        }
        // A deaf wire goes on taking: nobody at either end is told.
        if !deaf() {
            note(&mut frames, bytes);
            to.write_all(bytes).await?;
        }
    }
}
