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

/// Where a PostgreSQL of ours listens if the usual port is taken by one that does not let us in, as Debian's own.
const OWN_POSTGRES: u16 = 54329;
/// Names another PostgreSQL; the tests read it too.
const POSTGRES_URL: &str = "SMARTEXUS_TEST_POSTGRES_URL";

/// Debian's packages, each with the port on which it need not be installed if somebody answers there. Tests start
/// programs of the last two themselves.
const PACKAGES: [(&str, Option<u16>); 4] = [
    ("postgresql", Some(POSTGRES)),
    ("rabbitmq-server", Some(RABBITMQ)),
    ("redis-server", None),
    ("openssl", None),
];

/// Makes sure that all three answer, and that PostgreSQL lets the tests in.
pub(super) fn check(_ws: &Workspace) -> Verdict {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, port)| !port.is_some_and(listens))
        .map(|(package, _)| *package)
        .filter(|package| !is_installed(package))
        .collect();
    if !missing.is_empty() {
        let by_hand = format!("install {} with your package manager", missing.join(", "));
        system::install(&missing, &by_hand)?;
    }
    let mut started = Vec::new();
    if let Some(port) = postgres_to_start() {
        start_postgres(port)?;
        wait_for("PostgreSQL", port)?;
        started.push("PostgreSQL");
    }
    for (name, port, start) in
        [("RabbitMQ", RABBITMQ, start_rabbitmq as fn() -> Result<(), String>), ("Redis", REDIS, start_redis)]
    {
        if !listens(port) {
            start()?;
            wait_for(name, port)?;
            started.push(name);
        }
    }
    let (name, url) = postgres_url();
    if !lets_in(&url) {
        return Err(format!("the PostgreSQL {name} does not let the tests in"));
    }
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
        "openssl" => program::exists("openssl", &["version"]),
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
fn start_postgres(port: u16) -> Result<(), String> {
    if postgres_programs().is_none() {
        system::install(&["postgresql"], "install PostgreSQL with your package manager")?;
    }
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
            "{} -A trust -U postgres -E UTF8 --no-locale -D {} >/dev/null",
            quoted(&programs.join("initdb")),
            quoted(&data)
        );
        as_postgres(&init)?;
    }
    as_postgres(&format!(
        "{} -D {} -l {} -o \"-p {port} -k {} -c listen_addresses=127.0.0.1\" start >/dev/null",
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

/// The port on which a PostgreSQL of ours is missing.
fn postgres_to_start() -> Option<u16> {
    if named_postgres().is_some() {
        return None;
    }
    if !listens(POSTGRES) {
        return Some(POSTGRES);
    }
    (!lets_in(&local(POSTGRES)) && !listens(OWN_POSTGRES)).then_some(OWN_POSTGRES)
}

/// The PostgreSQL that the tests use, in words and as their setting.
pub(super) fn postgres_url() -> (String, String) {
    if let Some(url) = named_postgres() {
        return (format!("that {POSTGRES_URL} names"), url);
    }
    let port = if lets_in(&local(POSTGRES)) { POSTGRES } else { OWN_POSTGRES };
    (format!("on 127.0.0.1:{port}"), local(port))
}

/// The setting, and its value, that tests find PostgreSQL by.
pub(super) fn postgres_setting() -> (&'static str, String) {
    (POSTGRES_URL, postgres_url().1)
}

fn local(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests, which run as other programs, read the same variable"
)]
fn named_postgres() -> Option<String> {
    std::env::var(POSTGRES_URL).ok()
}

/// Whether the tests can make databases of their own there.
fn lets_in(url: &str) -> bool {
    let mut ask = Command::new("psql");
    ask.arg(format!("{url}/postgres")).args(["-w", "-qc", "SELECT 1"]);
    // Without the client nobody can ask; the tests will.
    program::capture(&mut ask).map_or(true, |finished| finished.succeeded())
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
