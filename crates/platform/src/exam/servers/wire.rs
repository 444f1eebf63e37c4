//! A wire to a server that can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the wire does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Carries.
    Whole,
    /// Ends every connection, and each new one at once.
    Cut,
    /// Takes everything and delivers nothing. Connections that were open then stay silent for ever.
    Silent,
    /// One byte a second.
    Drip,
}

/// A proxy on loopback.
pub struct Proxy {
    address: SocketAddr,
    wire: watch::Sender<Wire>,
    /// Each open connection holds one.
    open: Arc<()>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Before the server at this address.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (wire, watcher) = watch::channel(Wire::Whole);
        let open = Arc::new(());
        let held = Arc::clone(&open);
        let accepting = tokio::spawn(async move {
            loop {
                let Ok((near, _)) = listener.accept().await else { continue };
                let watcher = watcher.clone();
                let held = Arc::clone(&held);
                tokio::spawn(async move {
                    let _held = held;
                    if *watcher.borrow() == Wire::Cut {
                        return;
                    }
                    let Ok(far) = TcpStream::connect(server).await else { return };
                    carry(near, far, watcher).await;
                });
            }
        });
        Self { address, wire, open, accepting }
    }

    /// Where it is reached.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the wire does from now on. What is under way at this moment may still pass.
    pub fn set(&self, wire: Wire) {
        self.wire.send_replace(wire);
    }

    /// Cuts the wire, and returns when nothing passes any more.
    pub async fn cut(&self) {
        self.set(Wire::Cut);
        // One is ours, one the loop's that accepts.
        while Arc::strong_count(&self.open) > 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn carry(near: TcpStream, far: TcpStream, wire: watch::Receiver<Wire>) {
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let mut cut = wire.clone();
    tokio::select! {
        _ = cut.wait_for(|wire| *wire == Wire::Cut) => {}
        () = pump(near_in, far_out, wire.clone()) => {}
        () = pump(far_in, near_out, wire) => {}
    }
}

async fn pump(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut wire: watch::Receiver<Wire>,
) {
    let mut silent = false;
    let mut buffer = [0_u8; 8 * 1024];
    loop {
        let room = if *wire.borrow() == Wire::Drip { 1 } else { buffer.len() };
        let read = tokio::select! {
            read = from.read(&mut buffer[..room]) => read,
            _ = wire.changed() => {
                silent |= *wire.borrow() == Wire::Silent;
                continue;
            }
        };
        let count = match read {
            Ok(0) | Err(_) => return,
            Ok(count) => count,
        };
        silent |= *wire.borrow() == Wire::Silent;
        if *wire.borrow() == Wire::Drip {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        if !silent && to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
