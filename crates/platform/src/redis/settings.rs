//! How to reach Redis.

use crate::link::is_this_machine;
use crate::{CacheFault, PlatformError, Result, Secret};
use redis::io::tcp::TcpSettings;
use redis::{Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, TlsCertificates};
use std::time::Duration;

/// Where Redis is and how it is used. No `Debug`: the URL may hold a password.
#[derive(Clone)]
pub struct RedisSettings {
    /// `redis://[user][:password]@host[:port][/database]`, or `rediss://…` for TLS with a verified certificate.
    pub url: Secret,
    /// What every key begins with: 1 to 32 characters out of `a-z 0-9 -`. Default `smartexus`. Fleets that share a
    /// server have different ones.
    pub prefix: String,
    /// How long a call waits for an answer before it does without: 1 ms to 1 s, default 50 ms.
    pub patience: Duration,
    /// How many processes count limits. While Redis is away each grants this part of a rate, and never more than
    /// half of it. Default 2.
    pub replicas: u32,
    /// The authority that signed the server's certificate, in PEM, instead of those of the operating system.
    pub root_certificate: Option<Vec<u8>>,
}

impl RedisSettings {
    /// Shortest and longest patience.
    const PATIENCE: std::ops::RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(1);
    /// Longest prefix in bytes.
    const MAX_PREFIX: usize = 32;
    /// A peer that takes no bytes for this long is gone.
    const PEER_GONE: Duration = Duration::from_secs(5);

    /// This server, with the defaults above.
    #[must_use]
    pub fn new(url: Secret) -> Self {
        Self {
            url,
            prefix: "smartexus".to_owned(),
            patience: Duration::from_millis(50),
            replicas: 2,
            root_certificate: None,
        }
    }

    /// Whether the link is encrypted, and then also verified: there is no way to have one without the other.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.url.expose().starts_with("rediss://")
    }

    /// Whether somebody between us and the server could listen: another machine, and no TLS. An address that is none is
    /// refused elsewhere.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let Some(info) = self.connection_info() else { return false };
        matches!(info.addr(), ConnectionAddr::Tcp(host, _) if !is_this_machine(host))
    }

    /// Everything is checked here, so that nothing but the server itself can fail later. The errors of the library
    /// are dropped: they could quote the URL.
    pub(super) fn client(&self) -> Result<Client> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if !(1..=Self::MAX_PREFIX).contains(&self.prefix.len()) || !self.prefix.bytes().all(allowed) {
            return Err(PlatformError::Cache(CacheFault::Prefix));
        }
        if !Self::PATIENCE.contains(&self.patience) {
            return Err(PlatformError::Cache(CacheFault::Patience));
        }
        let info = self.connection_info().ok_or(PlatformError::Cache(CacheFault::Url))?;
        let client = match &self.root_certificate {
            Some(root) if self.is_encrypted() => {
                let tls = TlsCertificates { client_tls: None, root_cert: Some(root.clone()) };
                Client::build_with_tls(info, tls)
            }
            Some(_) => return Err(PlatformError::Cache(CacheFault::Certificate)),
            None => Client::open(info),
        };
        client.map_err(|_| PlatformError::Cache(CacheFault::Certificate))
    }

    fn connection_info(&self) -> Option<ConnectionInfo> {
        let url = self.url.expose();
        let known = url.starts_with("redis://") || url.starts_with("rediss://");
        // What follows a `#` can only switch verification off; what follows a `?` changes the protocol.
        if !known || url.contains(['#', '?']) {
            return None;
        }
        let tcp = TcpSettings::default().set_nodelay(true);
        #[cfg(target_os = "linux")]
        let tcp = tcp.set_user_timeout(Self::PEER_GONE);
        url.into_connection_info().ok().map(|info| info.set_tcp_settings(tcp))
    }
}
