//! `doctor` asks every engine by itself, and says what to do about each.

use crate::support::{Desk, Ran};
use serde_json::Value;

fn ask(desk: &Desk, settings: &[(&str, &str)]) -> Vec<Value> {
    let mut command = desk.command(&["doctor", "--json", "--data-dir", "data"]);
    command.envs(settings.iter().copied());
    let ran = Ran::of(command.output().unwrap());
    for secret in ["s3cret", "nobody-here"] {
        assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret), "{}", ran.stdout);
    }
    ran.ended(69).objects()
}

#[track_caller]
fn found<'f>(findings: &'f [Value], check: &str) -> &'f Value {
    findings
        .iter()
        .find(|finding| finding["check"] == check)
        .unwrap_or_else(|| panic!("{check}: {findings:?}"))
}

#[test]
fn a_cache_that_is_away_is_one_finding_among_good_ones() {
    let desk = Desk::new();
    let findings = ask(&desk, &[("SMARTEXUS_CACHE_URL", "redis://:s3cret@127.0.0.1:1")]);
    let cache = found(&findings, "cache");
    assert_eq!(cache["ok"], false);
    assert!(cache["detail"].as_str().unwrap().starts_with("silent; everything works without it"), "{cache}");
    assert!(cache["fix"].as_str().unwrap().contains("port"), "{cache}");
    for check in ["database", "blobs", "key file", "data directory"] {
        assert_eq!(found(&findings, check)["ok"], true, "{check}");
    }
}

#[test]
fn what_does_not_open_hides_no_other_engine() {
    let desk = Desk::new();
    desk.run(&["keys", "create", "fleet.key"]).ended(0);
    let findings = ask(
        &desk,
        &[
            ("SMARTEXUS_KEY_FILE", "fleet.key"),
            ("SMARTEXUS_DATABASE_URL", "postgres://nobody-here:s3cret@127.0.0.1:1/x"),
            ("SMARTEXUS_QUEUE_URL", "amqp://nobody-here:s3cret@127.0.0.1:1/%2f"),
            ("SMARTEXUS_CACHE_URL", "redis://:s3cret@127.0.0.1:1"),
        ],
    );
    for (check, fix) in [("database", "host and port"), ("queue", "broker runs"), ("cache", "port")] {
        let finding = found(&findings, check);
        assert_eq!(finding["ok"], false, "{finding}");
        assert!(finding["fix"].as_str().unwrap().contains(fix), "{finding}");
    }
    assert_eq!(found(&findings, "key file")["ok"], true);
}

#[test]
fn an_open_link_is_refused_until_somebody_says_that_it_may_be() {
    let desk = Desk::new();
    for (setting, url) in [
        ("SMARTEXUS_DATABASE_URL", "postgres://nobody-here:s3cret@db.invalid/x?sslmode=require"),
        ("SMARTEXUS_CACHE_URL", "redis://:s3cret@cache.invalid"),
    ] {
        let findings = ask(&desk, &[(setting, url)]);
        let settings = found(&findings, "settings");
        let fix = settings["fix"].as_str().unwrap();
        assert!(fix.contains("allow_open_links = true"), "{fix}");
    }
    let allowed = [("SMARTEXUS_CACHE_URL", "redis://cache.invalid"), ("SMARTEXUS_ALLOW_OPEN_LINKS", "true")];
    assert_eq!(found(&ask(&desk, &allowed), "cache")["ok"], false);
}
