//! The servers that tests of the fleet talk to: real ones on loopback. What does not run is started, with data that is
//! thrown away; what is not installed is installed as root, or the line to paste is printed.

use super::Verdict;
use crate::workspace::Workspace;
use crate::{program, system};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a server may take until it answers; a broker takes a minute on a busy machine.
const START_LIMIT: Duration = Duration::from_secs(180);

const POSTGRES: u16 = 5432;
const RABBITMQ: u16 = 5672;
const REDIS: u16 = 6379;

/// Debian's packages, in the order of the ports above.
const PACKAGES: [(&str, u16); 3] =
    [("postgresql", POSTGRES), ("rabbitmq-server", RABBITMQ), ("redis-server", REDIS)];

/// Makes sure that all three answer.
pub(super) fn check(_ws: &Workspace) -> Verdict {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, port)| !listens(*port))
        .map(|(package, _)| *package)
        .filter(|package| !is_installed(package))
        .collect();
    if !missing.is_empty() {
        let by_hand = format!("install {} with your package manager", missing.join(", "));
        system::install(&missing, &by_hand)?;
    }
    let mut started = Vec::new();
    for (name, port, start) in [
        ("PostgreSQL", POSTGRES, start_postgres as fn() -> Result<(), String>),
        ("RabbitMQ", RABBITMQ, start_rabbitmq),
        ("Redis", REDIS, start_redis),
    ] {
        if !listens(port) {
            start()?;
            wait_for(name, port)?;
            started.push(name);
        }
    }
    trusts_us()?;
    Ok(match started.as_slice() {
        [] => "PostgreSQL, RabbitMQ and Redis were running".to_owned(),
        names => format!("started {}; `cargo verify` leaves them running", names.join(", ")),
    })
}

fn listens(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

fn wait_for(name: &str, port: u16) -> Result<(), String> {
    let deadline = Instant::now() + START_LIMIT;
    while !listens(port) {
        if Instant::now() >= deadline {
            return Err(format!("{name} was started and does not answer on 127.0.0.1:{port}"));
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    Ok(())
}

fn is_installed(package: &str) -> bool {
    match package {
        "postgresql" => postgres_programs().is_some(),
        "rabbitmq-server" => rabbitmq_server().is_some(),
        _ => program::exists("redis-server", &["--version"]),
    }
}

/// Where Debian puts `initdb` and `pg_ctl`: the newest version.
fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.retain(|folder| folder.join("initdb").is_file());
    folders.sort();
    folders.pop()
}

fn rabbitmq_server() -> Option<PathBuf> {
    ["/usr/sbin/rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.is_file())
}

/// A cluster of its own, thrown away with the machine's temporary files, that trusts this machine.
fn start_postgres() -> Result<(), String> {
    let programs = postgres_programs().ok_or("PostgreSQL is installed without initdb")?;
    let folder = std::env::temp_dir().join("smartexus-verify-postgres");
    let data = folder.join("data");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    if system::is_root() {
        // The server refuses to run as root.
        run(Command::new("chown").args(["-R", "postgres"]).arg(&folder))?;
    }
    let quoted = |path: &Path| format!("'{}'", path.display());
    if !data.join("PG_VERSION").is_file() {
        let init = format!(
            "{} -A trust -U postgres -E UTF8 -D {} >/dev/null",
            quoted(&programs.join("initdb")),
            quoted(&data)
        );
        as_postgres(&init)?;
    }
    as_postgres(&format!(
        "{} -D {} -l {} -o \"-p {POSTGRES} -k {} -c listen_addresses=127.0.0.1\" start >/dev/null",
        quoted(&programs.join("pg_ctl")),
        quoted(&data),
        quoted(&folder.join("log")),
        folder.display(),
    ))
}

fn as_postgres(script: &str) -> Result<(), String> {
    if system::is_root() {
        run(Command::new("su").args(["postgres", "-s", "/bin/sh", "-c", script]))
    } else {
        run(Command::new("sh").args(["-c", script]))
    }
}

fn start_rabbitmq() -> Result<(), String> {
    let server = rabbitmq_server().ok_or("RabbitMQ is installed without rabbitmq-server")?;
    run(Command::new(server).arg("-detached"))
}

fn start_redis() -> Result<(), String> {
    let port = REDIS.to_string();
    let words = ["--daemonize", "yes", "--bind", "127.0.0.1", "--port", port.as_str()];
    let keeps_nothing = ["--save", "", "--appendonly", "no", "--dir"];
    run(Command::new("redis-server").args(words).args(keeps_nothing).arg(std::env::temp_dir()))
}

/// The tests make databases of their own as `postgres`, without a password.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests, which run as other programs, read the same variable"
)]
fn trusts_us() -> Result<(), String> {
    let url = std::env::var("SMARTEXUS_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| format!("postgres://postgres@127.0.0.1:{POSTGRES}"));
    let mut ask = Command::new("psql");
    ask.arg(format!("{url}/postgres")).args(["-w", "-qc", "SELECT 1"]);
    match program::capture(&mut ask) {
        // Without the client nobody can ask; the tests will.
        Err(_) => Ok(()),
        Ok(finished) if finished.succeeded() => Ok(()),
        Ok(_) => Err(format!(
            "PostgreSQL on 127.0.0.1:{POSTGRES} does not let `postgres` in without a password; name another server \
             with SMARTEXUS_TEST_POSTGRES_URL=postgres://user:password@host:port"
        )),
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let finished = program::capture(command)?;
    if finished.succeeded() { Ok(()) } else { Err(finished.said()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_port_does_not_listen() {
        let open = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = open.local_addr().unwrap().port();
        assert!(listens(port));
        drop(open);
        assert!(!listens(port));
    }
}
