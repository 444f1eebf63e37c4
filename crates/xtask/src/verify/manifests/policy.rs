//! Our own rules for what runs in a cluster. A schema knows which fields there are; these know which values we promised.

use super::network;
use super::object::{Pod, at, is, items, kind, label, text};
use crate::json::Json;

/// A rule and how to find what breaks it.
pub(super) struct Policy {
    pub(super) rule: &'static str,
    pub(super) broken_by: fn(&[&Json]) -> Vec<String>,
}

pub(super) const POLICIES: [Policy; 15] = [
    Policy { rule: "runs as a user that is not root", broken_by: |all| pods(all, runs_as_root) },
    Policy { rule: "gains no rights", broken_by: |all| pods(all, gains_rights) },
    Policy { rule: "has the memory that it asks for", broken_by: |all| pods(all, memory_differs) },
    Policy { rule: "holds no token", broken_by: holds_token },
    Policy { rule: "writes only to bounded memory", broken_by: |all| pods(all, writes_elsewhere) },
    Policy { rule: "runs one image of this version", broken_by: |all| pods(all, image_is_loose) },
    Policy { rule: "has time to stop", broken_by: |all| pods(all, is_cut_off) },
    Policy { rule: "answers three probes", broken_by: |all| pods(all, is_not_probed) },
    Policy { rule: "survives a drained node", broken_by: drains_at_once },
    Policy { rule: "sweeps alone and in time", broken_by: sweeps_badly },
    Policy { rule: "takes secrets from Secrets", broken_by: tells_secrets },
    Policy { rule: "names where its blobs are", broken_by: forgets_blobs },
    Policy { rule: "denies every connection first", broken_by: network::allows_by_default },
    Policy { rule: "allows only named connections", broken_by: network::allows_too_much },
    Policy { rule: "selects pods that exist", broken_by: network::selects_nobody },
];

/// Holds all objects of an overlay to every rule.
pub(super) fn check(all: &[&Json]) -> Result<(), String> {
    let broken = POLICIES.iter().flat_map(|policy| {
        let rule = policy.rule;
        (policy.broken_by)(all).into_iter().map(move |fault| format!("rule «{rule}»: {fault}"))
    });
    let broken: Vec<String> = broken.collect();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

/// The same question for every pod; no pod at all is a fault too.
fn pods(all: &[&Json], fault: fn(&Pod<'_>) -> Option<String>) -> Vec<String> {
    let mut pods = all.iter().filter_map(|object| Pod::of(object)).peekable();
    if pods.peek().is_none() {
        return vec!["nothing runs".to_owned()];
    }
    pods.filter_map(|pod| fault(&pod).map(|fault| format!("{}: {fault}", label(pod.owner)))).collect()
}

/// The first container with a fault.
fn container(pod: &Pod<'_>, fault: impl Fn(&Json) -> Option<String>) -> Option<String> {
    pod.containers().find_map(fault)
}

fn runs_as_root(pod: &Pod<'_>) -> Option<String> {
    let user = at(pod.template, &["spec", "securityContext", "runAsUser"]).and_then(Json::number);
    let root = !is(pod.template, &["spec", "securityContext", "runAsNonRoot"], true)
        || !user.is_some_and(|user| user > 0.0);
    let overridden = container(pod, |one| {
        let own = ["runAsUser", "runAsNonRoot"].iter().any(|it| at(one, &["securityContext", it]).is_some());
        own.then(|| "a container chooses its own user".to_owned())
    });
    root.then(|| "its user is not fixed to a number above 0".to_owned()).or(overridden)
}

fn gains_rights(pod: &Pod<'_>) -> Option<String> {
    if text(pod.template, &["spec", "securityContext", "seccompProfile", "type"]) != "RuntimeDefault" {
        return Some("its seccomp profile is not RuntimeDefault".to_owned());
    }
    if ["hostNetwork", "hostPID", "hostIPC"].iter().any(|host| at(pod.template, &["spec", host]).is_some()) {
        return Some("it shares something with its node".to_owned());
    }
    container(pod, |one| {
        let dropped = items(one, &["securityContext", "capabilities", "drop"]);
        let fault = if !is(one, &["securityContext", "allowPrivilegeEscalation"], false) {
            "privileges may grow"
        } else if !is(one, &["securityContext", "readOnlyRootFilesystem"], true) {
            "its root can be written"
        } else if dropped != [Json::Text("ALL".to_owned())]
            || at(one, &["securityContext", "capabilities", "add"]).is_some()
        {
            "it keeps capabilities"
        } else if at(one, &["securityContext", "privileged"]).is_some() {
            "it may be privileged"
        } else {
            return None;
        };
        Some(fault.to_owned())
    })
}

fn memory_differs(pod: &Pod<'_>) -> Option<String> {
    container(pod, |one| {
        let asked = text(one, &["resources", "requests", "memory"]);
        let most = text(one, &["resources", "limits", "memory"]);
        let sound =
            !asked.is_empty() && asked == most && at(one, &["resources", "requests", "cpu"]).is_some();
        (!sound)
            .then(|| format!("it asks for «{asked}» and is limited to «{most}», or asks for no processor"))
    })
}

fn holds_token(all: &[&Json]) -> Vec<String> {
    let accounts = all.iter().filter(|object| kind(object) == "ServiceAccount").copied();
    let mut faults: Vec<String> = accounts
        .filter(|account| !is(account, &["automountServiceAccountToken"], false))
        .map(|account| format!("{}: it hands out its token", label(account)))
        .collect();
    faults.extend(pods(all, |pod| {
        let sound = is(pod.template, &["spec", "automountServiceAccountToken"], false)
            && !text(pod.template, &["spec", "serviceAccountName"]).is_empty();
        (!sound).then(|| "it mounts a token, or is no account of its own".to_owned())
    }));
    faults
}

fn writes_elsewhere(pod: &Pod<'_>) -> Option<String> {
    let volumes = items(pod.template, &["spec", "volumes"]);
    let unbounded = volumes.iter().find(|volume| {
        let in_memory = text(volume, &["emptyDir", "medium"]) == "Memory"
            && !text(volume, &["emptyDir", "sizeLimit"]).is_empty();
        !in_memory && at(volume, &["secret"]).is_none() && at(volume, &["configMap"]).is_none()
    });
    if let Some(volume) = unbounded {
        return Some(format!("volume {} is neither bounded memory nor given", text(volume, &["name"])));
    }
    container(pod, |one| {
        let mut mounts = items(one, &["volumeMounts"]).iter();
        let scratch = mounts.any(|mount| text(mount, &["mountPath"]) == "/tmp");
        (!scratch).then(|| "it has no scratch at /tmp".to_owned())
    })
}

fn image_is_loose(pod: &Pod<'_>) -> Option<String> {
    container(pod, |one| {
        let image = text(one, &["image"]);
        let tag = concat!(":", env!("CARGO_PKG_VERSION"));
        let fixed = image.ends_with(tag) || image.contains("@sha256:");
        (!fixed).then(|| format!("image «{image}» has neither the tag {tag} nor a digest"))
    })
}

/// A pod may pause for so many seconds before it is told to stop,
const PAUSE_MAX_S: f64 = 5.0;
/// and then has finished what it had, or given it back, within ten more.
const STOP_S: f64 = 15.0;

fn is_cut_off(pod: &Pod<'_>) -> Option<String> {
    let grace = at(pod.template, &["spec", "terminationGracePeriodSeconds"]).and_then(Json::number);
    let paused_long = container(pod, |one| {
        let pause = at(one, &["lifecycle", "preStop", "sleep", "seconds"]).and_then(Json::number);
        let long = pause.is_some_and(|pause| pause > PAUSE_MAX_S);
        long.then(|| format!("it pauses for more than {PAUSE_MAX_S} s before it stops"))
    });
    let long = grace.is_some_and(|grace| grace > STOP_S);
    (!long).then(|| format!("it is killed before {STOP_S} s are over")).or(paused_long)
}

fn is_not_probed(pod: &Pod<'_>) -> Option<String> {
    if kind(pod.owner) != "Deployment" {
        return None;
    }
    let wanted = [("startupProbe", "/healthz"), ("readinessProbe", "/readyz"), ("livenessProbe", "/healthz")];
    container(pod, |one| {
        let missing = wanted.iter().find(|(probe, path)| text(one, &[probe, "httpGet", "path"]) != *path);
        missing.map(|(probe, path)| format!("its {probe} does not ask {path}"))
    })
}

fn drains_at_once(all: &[&Json]) -> Vec<String> {
    let budgets: Vec<&Json> =
        all.iter().filter(|object| kind(object) == "PodDisruptionBudget").copied().collect();
    let deployed = all.iter().filter(|object| kind(object) == "Deployment").filter_map(|one| Pod::of(one));
    deployed
        .filter_map(|pod| {
            let guarded = budgets
                .iter()
                .any(|budget| at(budget, &["spec", "selector"]).is_some_and(|selector| pod.meets(selector)));
            let spread = items(pod.template, &["spec", "topologySpreadConstraints"]);
            let apart = spread
                .iter()
                .any(|one| at(one, &["labelSelector"]).is_some_and(|selector| pod.meets(selector)));
            let fault = match (guarded, apart) {
                (true, true) => return None,
                (false, _) => "no disruption budget guards it",
                (true, false) => "its pods are not spread",
            };
            Some(format!("{}: {fault}", label(pod.owner)))
        })
        .collect()
}

fn sweeps_badly(all: &[&Json]) -> Vec<String> {
    let mut scheduled = all.iter().filter(|object| kind(object) == "CronJob").peekable();
    if scheduled.peek().is_none() {
        return vec!["nobody sweeps".to_owned()];
    }
    let bounds: [&[&str]; 4] = [
        &["spec", "startingDeadlineSeconds"],
        &["spec", "jobTemplate", "spec", "backoffLimit"],
        &["spec", "jobTemplate", "spec", "activeDeadlineSeconds"],
        &["spec", "jobTemplate", "spec", "ttlSecondsAfterFinished"],
    ];
    let sound = |job: &Json| {
        text(job, &["spec", "concurrencyPolicy"]) == "Forbid"
            && bounds.iter().all(|bound| at(job, bound).and_then(Json::number).is_some())
    };
    scheduled
        .filter(|job| !sound(job))
        .map(|job| format!("{}: it may overlap, or is not bounded", label(job)))
        .collect()
}

/// Settings that hold a password or a key, or may.
const SECRET: [&str; 6] = [
    "SMARTEXUS_DATABASE_URL",
    "SMARTEXUS_KEYS_DATABASE_URL",
    "SMARTEXUS_QUEUE_URL",
    "SMARTEXUS_CACHE_URL",
    "SMARTEXUS_BLOBS_ACCESS_KEY",
    "SMARTEXUS_BLOBS_SECRET_KEY",
];

fn tells_secrets(all: &[&Json]) -> Vec<String> {
    let mut faults = Vec::new();
    for object in all {
        if kind(object) == "Secret" {
            faults.push(format!("{}: a secret has no place in a repository", label(object)));
        }
        if let Some(Json::Object(settings)) = at(object, &["data"]).filter(|_| kind(object) == "ConfigMap") {
            let told = settings.iter().filter(|(name, _)| SECRET.contains(&name.as_str()));
            faults.extend(told.map(|(name, _)| format!("{}: it tells {name}", label(object))));
        }
        let Some(pod) = Pod::of(object) else { continue };
        let mut variables = pod.containers().flat_map(|one| items(one, &["env"]));
        faults.extend(
            variables
                .find(|one| SECRET.contains(&text(one, &["name"])) && at(one, &["value"]).is_some())
                .map(|one| format!("{}: it tells {}", label(object), text(one, &["name"]))),
        );
        if !pod.containers().flat_map(|one| items(one, &["env"])).any(|one| {
            text(one, &["name"]) == "SMARTEXUS_DATABASE_URL"
                && at(one, &["valueFrom", "secretKeyRef"]).is_some()
        }) {
            faults.push(format!("{}: it is told no database", label(object)));
        }
    }
    faults
}

/// Unset would mean files inside the pod.
fn forgets_blobs(all: &[&Json]) -> Vec<String> {
    let mut settings = all.iter().filter(|object| kind(object) == "ConfigMap");
    if settings.any(|map| text(map, &["data", "SMARTEXUS_BLOBS_URL"]).starts_with("s3://")) {
        Vec::new()
    } else {
        vec!["no ConfigMap sets SMARTEXUS_BLOBS_URL to a bucket".to_owned()]
    }
}
