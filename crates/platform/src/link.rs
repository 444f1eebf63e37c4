//! Who can listen to a link.

use std::net::IpAddr;

/// Whether a host is this machine, by its name alone: nobody is asked. A path is a socket's.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || literal.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PostgresSettings, RabbitSettings, RedisSettings, Secret};

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in
            ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LocalHost", "/var/run/postgresql"]
        {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["10.0.0.1", "database", "localhost.example", "127.0.0.1.example", "0.0.0.0", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_link_is_open_unless_it_is_verified_or_stays_here() {
        let secret = |url: &str| Secret::new(url.to_owned());
        for (url, open) in [
            ("postgres://me@127.0.0.1/x", false),
            ("postgres:///x?host=/var/run/postgresql", false),
            ("postgres://me@db.example/x?sslmode=verify-full", false),
            ("postgres://me@db.example/x", true),
            ("postgres://me@db.example/x?sslmode=disable", true),
            // Encrypted, but to whoever answers; or to anybody whom the authority knows.
            ("postgres://me@db.example/x?sslmode=require", true),
            ("postgres://me@db.example/x?sslmode=verify-ca", true),
        ] {
            assert_eq!(PostgresSettings::new(secret(url)).is_open().unwrap(), open, "{url}");
        }
        for (url, open) in [
            ("amqp://me:pw@localhost/%2f", false),
            ("amqps://me:pw@mq.example/%2f", false),
            ("amqp://me:pw@mq.example/%2f", true),
        ] {
            assert_eq!(RabbitSettings::new(&secret(url)).unwrap().is_open(), open, "{url}");
        }
        for (url, open) in [
            ("redis://[::1]:6379", false),
            ("rediss://:pw@cache.example", false),
            ("redis://:pw@cache.example", true),
            ("redis://:pw@localhost.example:6379/1", true),
        ] {
            assert_eq!(RedisSettings::new(secret(url)).is_open(), open, "{url}");
        }
    }
}
