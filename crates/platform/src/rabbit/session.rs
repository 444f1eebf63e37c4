//! One connection to the broker, and the means to end it at once.

use super::fault::{BellFault, within};
use super::settings::RabbitSettings;
use futures::StreamExt as _;
use lapin::tcp::AsyncTcpStream;
use lapin::uri::{AMQPScheme, AMQPUri};
use lapin::{Channel, Connection, ConnectionProperties, Event};
use std::net::{Shutdown, TcpStream};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// A connection that stands, until somebody finds it dead.
pub(super) struct Session {
    connection: Connection,
    plug: Pulling,
    condemned: watch::Sender<bool>,
    answer: Duration,
}

/// How often the connection's state is looked at, besides the events it sends.
const LOOK: Duration = Duration::from_millis(500);
/// A farewell to the broker takes no longer.
const FAREWELL: Duration = Duration::from_secs(1);

impl Session {
    /// Connects as `name`, which operators see.
    pub(super) async fn open(settings: &RabbitSettings, name: &str) -> Result<Self, BellFault> {
        let socket = Plug::default();
        let plug = Pulling(socket.clone());
        let (limit, tls) = (settings.pace.connect, settings.tls());
        let properties = ConnectionProperties::default().with_connection_name(name.into());
        let connecting = Connection::connector(
            settings.uri(),
            lapin::runtime::default_runtime()?,
            async move |uri: AMQPUri, runtime| {
                let dialling = async {
                    let host = uri.authority.host.clone();
                    let address = runtime.to_socket_addrs((host, uri.authority.port));
                    let stream = AsyncTcpStream::connect(&runtime, address).await?;
                    if let AsyncTcpStream::Plain(plain) = &stream {
                        socket.hold(plain.get_ref().as_fd())?;
                    }
                    match uri.scheme {
                        AMQPScheme::AMQP => Ok(stream),
                        AMQPScheme::AMQPS => stream.into_tls(&uri.authority.host, tls.as_ref()).await,
                    }
                };
                // Here too: the client's own thread waits for this, whoever gave up meanwhile.
                let dialled = timeout(limit, dialling).await;
                Ok(dialled.map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??)
            },
            properties,
        );
        let connection = within(limit, connecting).await?;
        Ok(Self { connection, plug, condemned: watch::Sender::new(false), answer: settings.pace.answer })
    }

    pub(super) async fn channel(&self) -> Result<Channel, BellFault> {
        within(self.answer, self.connection.create_channel()).await
    }

    /// How long an answer of the broker may take.
    pub(super) const fn answer(&self) -> Duration {
        self.answer
    }

    /// The broker has raised an alarm and reads nothing from this connection.
    pub(super) fn blocked(&self) -> bool {
        self.connection.status().blocked()
    }

    /// Says that this connection is not to be trusted any more; its line builds a new one.
    pub(super) fn condemn(&self, reason: &'static str) {
        if !self.condemned.send_replace(true) {
            tracing::warn!(reason, "broker connection given up");
        }
    }

    pub(super) fn is_condemned(&self) -> bool {
        *self.condemned.borrow()
    }

    /// Resolves when the connection has ended or was condemned.
    pub(super) async fn ended(&self) {
        let mut events = self.connection.events_listener();
        let failed = async {
            while let Some(event) = events.next().await {
                if matches!(event, Event::Error(_)) {
                    return;
                }
            }
        };
        let gone = async {
            while self.connection.status().connected() {
                tokio::time::sleep(LOOK).await;
            }
        };
        let mut condemned = self.condemned.subscribe();
        tokio::select! {
            () = failed => {}
            () = gone => {}
            _ = condemned.wait_for(|condemned| *condemned) => {}
        }
        // From now on nobody starts anything on it.
        self.condemned.send_replace(true);
    }

    /// Ends it in good order: the broker takes back what was not acknowledged.
    pub(super) async fn close(&self) {
        self.condemned.send_replace(true);
        let code = lapin::protocol::constants::REPLY_SUCCESS;
        // A broker that does not answer loses the connection all the same.
        let _ = timeout(FAREWELL, self.connection.close(code, "closed".into())).await;
        self.plug.0.pull();
    }

    /// Ends it now.
    pub(super) fn pull(&self) {
        self.plug.0.pull();
    }
}

/// A second handle of the socket, to end the connection by. The client reads on a thread of its own, which would
/// wait for a silent peer for ever.
#[derive(Clone, Default)]
struct Plug(Arc<Mutex<Socket>>);

#[derive(Default)]
enum Socket {
    #[default]
    Dialling,
    Open(TcpStream),
    Pulled,
}

impl Plug {
    fn hold(&self, socket: BorrowedFd<'_>) -> std::io::Result<()> {
        let socket = TcpStream::from(socket.try_clone_to_owned()?);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*held, Socket::Pulled) {
            // Whoever wanted this connection gave up while it was being made.
            return Err(std::io::ErrorKind::ConnectionAborted.into());
        }
        *held = Socket::Open(socket);
        Ok(())
    }

    fn pull(&self) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Socket::Open(socket) = std::mem::replace(&mut *held, Socket::Pulled) {
            // An error means that it has ended already.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

/// Pulls when dropped: also when a connection is given up before it stands.
struct Pulling(Plug);

impl Drop for Pulling {
    fn drop(&mut self) {
        self.0.pull();
    }
}
