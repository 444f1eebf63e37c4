//! Every rule has teeth: an example that keeps them all breaks exactly one of them after each change.

use super::policy::{self, POLICIES};
use crate::json::Json;

const EXAMPLE: &str = include_str!("example.json");

/// A rule, what stands in the example, and what breaks the rule in its place.
const BREAKS: [(&str, &str, &str); 39] = [
    ("runs as a user that is not root", r#""runAsUser": 65532"#, r#""runAsUser": 0"#),
    ("runs as a user that is not root", r#""runAsNonRoot": true, "runAsUser": 1"#, r#""runAsUser": 1"#),
    (
        "runs as a user that is not root",
        r#""securityContext": {
              "allow"#,
        r#""securityContext": { "runAsUser": 0,
              "allow"#,
    ),
    ("gains no rights", r#""type": "RuntimeDefault""#, r#""type": "Unconfined""#),
    ("gains no rights", r#""allowPrivilegeEscalation": false"#, r#""allowPrivilegeEscalation": true"#),
    ("gains no rights", r#""readOnlyRootFilesystem": true"#, r#""readOnlyRootFilesystem": false"#),
    ("gains no rights", r#""drop": ["ALL"]"#, r#""drop": ["NET_RAW"]"#),
    ("gains no rights", r#""drop": ["ALL"]"#, r#""drop": ["ALL"], "add": ["SYS_ADMIN"]"#),
    (
        "gains no rights",
        r#""readOnlyRootFilesystem": true"#,
        r#""readOnlyRootFilesystem": true, "privileged": true"#,
    ),
    ("gains no rights", r#""serviceAccountName""#, r#""hostNetwork": true, "serviceAccountName""#),
    (
        "has the memory that it asks for",
        r#""limits": { "memory": "1Gi" }"#,
        r#""limits": { "memory": "2Gi" }"#,
    ),
    ("has the memory that it asks for", r#""limits": { "memory": "1Mi" }"#, r#""limits": {}"#),
    ("has the memory that it asks for", r#""cpu": "1", "memory": "1Gi""#, r#""memory": "1Gi""#),
    (
        "holds no token",
        r#""name": "smartexus" }, "automountServiceAccountToken": false"#,
        r#""name": "smartexus" }"#,
    ),
    (
        "holds no token",
        r#""serviceAccountName": "smartexus", "automountServiceAccountToken": false"#,
        r#""serviceAccountName": "smartexus""#,
    ),
    ("writes only to bounded memory", r#""sizeLimit": "64Mi""#, r#""other": 1"#),
    ("writes only to bounded memory", r#""medium": "Memory", "sizeLimit": "1Mi""#, r#""sizeLimit": "1Mi""#),
    ("writes only to bounded memory", r#""secret": { "secretName": "smartexus-key" }"#, r#""hostPath": {}"#),
    ("writes only to bounded memory", r#""mountPath": "/tmp""#, r#""mountPath": "/var""#),
    ("runs one image of this version", "smartexus:VERSION", "smartexus:latest"),
    ("runs one image of this version", "smartexus:VERSION", "smartexus"),
    ("has time to stop", r#""terminationGracePeriodSeconds": 16"#, r#""terminationGracePeriodSeconds": 15"#),
    (
        "answers three probes",
        r#""livenessProbe": { "httpGet": { "path": "/healthz" }"#,
        r#""livenessProbe": { "httpGet": { "path": "/readyz" }"#,
    ),
    ("answers three probes", r#""startupProbe""#, r#""otherProbe""#),
    ("survives a drained node", r#""kind": "PodDisruptionBudget""#, r#""kind": "Other""#),
    ("survives a drained node", r#""topologySpreadConstraints""#, r#""other""#),
    ("sweeps alone and in time", r#""Forbid""#, r#""Allow""#),
    ("sweeps alone and in time", r#""startingDeadlineSeconds": 300"#, r#""other": 300"#),
    ("sweeps alone and in time", r#""ttlSecondsAfterFinished": 60"#, r#""other": 60"#),
    (
        "takes secrets from Secrets",
        r#""kind": "ServiceAccount", "metadata": { "name""#,
        r#""kind": "Secret", "metadata": { "name""#,
    ),
    ("takes secrets from Secrets", r#""data": {"#, r#""data": { "SMARTEXUS_QUEUE_URL": "amqp://a:b@c","#),
    (
        "takes secrets from Secrets",
        r#""name": "SMARTEXUS_LOG", "value": "info""#,
        r#""name": "SMARTEXUS_CACHE_URL", "value": "redis://a""#,
    ),
    ("names where its blobs are", "s3://bucket", ""),
    (
        "denies every connection first",
        r#""policyTypes": ["Ingress", "Egress"]"#,
        r#""policyTypes": ["Ingress"]"#,
    ),
    ("allows only named connections", r#""cidr": "192.0.2.1/32""#, r#""cidr": "0.0.0.0/0""#),
    ("allows only named connections", r#", "ports": [ { "port": 53 } ]"#, ""),
    (
        "allows only named connections",
        r#"[ { "namespaceSelector": { "matchLabels": { "a": "door" } } } ]"#,
        r#"[ { "namespaceSelector": {} } ]"#,
    ),
    ("allows only named connections", r#""name": "to-cache""#, r#""name": "to-the-internet""#),
    (
        "selects pods that exist",
        r#""selector": { "app.kubernetes.io/component": "intake" }"#,
        r#""selector": { "app.kubernetes.io/component": "inatke" }"#,
    ),
];

fn broken(example: &str) -> Vec<&'static str> {
    let Json::List(objects) = Json::parse(&example.replace("VERSION", env!("CARGO_PKG_VERSION"))).unwrap()
    else {
        panic!("the example is no list");
    };
    let objects: Vec<&Json> = objects.iter().collect();
    let broken: Vec<&str> = POLICIES
        .iter()
        .filter(|policy| !(policy.broken_by)(&objects).is_empty())
        .map(|policy| policy.rule)
        .collect();
    assert_eq!(policy::check(&objects).is_ok(), broken.is_empty());
    broken
}

#[test]
fn an_example_keeps_every_rule() {
    assert_eq!(broken(EXAMPLE), [""; 0]);
}

#[test]
fn each_change_breaks_its_rule_and_no_other() {
    for (rule, was, becomes) in BREAKS {
        assert!(EXAMPLE.contains(was), "not in the example: {was}");
        assert_eq!(broken(&EXAMPLE.replacen(was, becomes, 1)), [rule], "{was} → {becomes}");
    }
}

#[test]
fn every_rule_can_be_broken() {
    for policy in &POLICIES {
        assert!(BREAKS.iter().any(|(rule, ..)| *rule == policy.rule), "{}", policy.rule);
    }
}

#[test]
fn nothing_at_all_is_not_a_pass() {
    assert!(broken("[]").len() > 8);
}
