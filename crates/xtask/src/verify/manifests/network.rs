//! Who may talk to whom: nobody, but for the connections that are named.

use super::object::{Pod, at, items, kind, label, name, text};
use crate::json::Json;

const DEFAULT_DENY: &str = "default-deny";

/// What a role may reach: policies by name. A pod of any other role may reach nothing.
const REACHES: [(&str, &[&str]); 5] = [
    ("intake", &["to-blobs", "to-broker", "to-cache", "to-database", "to-dns"]),
    ("worker-extract", &["to-blobs", "to-broker", "to-cache", "to-database", "to-dns"]),
    ("worker-finish", &["to-blobs", "to-broker", "to-cache", "to-database", "to-dns"]),
    ("sweeper", &["to-blobs", "to-broker", "to-cache", "to-database", "to-dns"]),
    ("migrate", &["to-database", "to-dns"]),
];

/// Who may be reached, and by which policy.
const REACHED: [(&str, &str); 2] = [("intake", "intake-from-ingress"), ("", "metrics-from-prometheus")];

/// There is a policy that selects every pod, both ways, and allows nothing.
pub(super) fn allows_by_default(all: &[&Json]) -> Vec<String> {
    let denies = policies(all).any(|policy| {
        name(policy) == DEFAULT_DENY
            && at(policy, &["spec", "podSelector"]) == Some(&Json::Object(Vec::new()))
            && ["Ingress", "Egress"].iter().all(|way| is_of(policy, way))
            && ["ingress", "egress"].iter().all(|way| items(policy, &["spec", way]).is_empty())
    });
    if denies { Vec::new() } else { vec![format!("no policy {DEFAULT_DENY} closes both ways for every pod")] }
}

/// Each role reaches what it needs and is reached by whom it serves, through rules that name peers and ports.
pub(super) fn allows_too_much(all: &[&Json]) -> Vec<String> {
    let mut faults: Vec<String> = policies(all).filter_map(is_open).collect();
    for pod in all.iter().filter_map(|object| Pod::of(object)) {
        let role = text(pod.template, &["metadata", "labels", "app.kubernetes.io/component"]);
        let expected =
            REACHES.iter().find(|(known, _)| *known == role).map_or(&[][..], |(_, reaches)| reaches);
        let mut reaches = opened(all, &pod, "Egress");
        reaches.sort_unstable();
        if reaches != expected {
            faults.push(format!("{}: it reaches {reaches:?}, not {expected:?}", label(pod.owner)));
        }
        let reached = opened(all, &pod, "Ingress");
        let allowed =
            |policy: &str| REACHED.iter().any(|(who, by)| *by == policy && (who.is_empty() || *who == role));
        faults.extend(
            reached
                .iter()
                .filter(|policy| !allowed(policy))
                .map(|policy| format!("{}: {policy} lets somebody in", label(pod.owner))),
        );
    }
    faults
}

/// A selector that meets no pod protects nothing and says nothing.
pub(super) fn selects_nobody(all: &[&Json]) -> Vec<String> {
    let pods: Vec<Pod<'_>> = all.iter().filter_map(|object| Pod::of(object)).collect();
    let mut faults = Vec::new();
    for object in all {
        let selector = match kind(object) {
            // A service's selector is the labels themselves.
            "Service" => at(object, &["spec", "selector"])
                .map(|labels| Json::Object(vec![("matchLabels".to_owned(), labels.clone())])),
            "NetworkPolicy" => at(object, &["spec", "podSelector"]).cloned(),
            "Deployment" | "PodDisruptionBudget" | "PodMonitor" => at(object, &["spec", "selector"]).cloned(),
            _ => continue,
        };
        let own = |pod: &&Pod<'_>| kind(object) != "Deployment" || std::ptr::eq(pod.owner, *object);
        let met = selector.is_some_and(|selector| pods.iter().filter(own).any(|pod| pod.meets(&selector)));
        if !met {
            faults.push(format!("{}: its selector meets no pod", label(object)));
        }
    }
    faults
}

fn policies<'j>(all: &[&'j Json]) -> impl Iterator<Item = &'j Json> {
    all.iter().filter(|object| kind(object) == "NetworkPolicy").copied()
}

fn is_of(policy: &Json, way: &str) -> bool {
    items(policy, &["spec", "policyTypes"]).iter().any(|one| one.text() == Some(way))
}

/// Names of the policies that open a way for a pod.
fn opened<'j>(all: &[&'j Json], pod: &Pod<'_>, way: &str) -> Vec<&'j str> {
    policies(all)
        .filter(|policy| is_of(policy, way) && !items(policy, &["spec", &way.to_lowercase()]).is_empty())
        .filter(|policy| at(policy, &["spec", "podSelector"]).is_some_and(|selector| pod.meets(selector)))
        .map(name)
        .collect()
}

/// A rule without peers or without ports means all of them.
fn is_open(policy: &Json) -> Option<String> {
    let rules = [("ingress", "from"), ("egress", "to")].into_iter().flat_map(|(way, peers)| {
        items(policy, &["spec", way]).iter().map(move |rule| (rule, items(rule, &[peers])))
    });
    let mut open = rules.filter(|(rule, peers)| {
        peers.is_empty() || items(rule, &["ports"]).is_empty() || peers.iter().any(means_everybody)
    });
    open.next().map(|_| format!("{}: a rule does not name its peers and ports", label(policy)))
}

/// The whole internet, or every pod of every namespace.
fn means_everybody(peer: &Json) -> bool {
    let selects = ["namespaceSelector", "podSelector"]
        .iter()
        .any(|selector| peer.get(selector).is_some_and(|it| it.values().next().is_some()));
    let address = text(peer, &["ipBlock", "cidr"]);
    let block = !address.is_empty() && !address.ends_with("/0");
    !selects && !block
}
