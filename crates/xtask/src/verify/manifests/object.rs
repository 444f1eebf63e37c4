//! Reading Kubernetes objects: where pods hide, and which labels a selector meets.

use crate::json::Json;

/// The value at a path of member names.
pub(super) fn at<'j>(object: &'j Json, path: &[&str]) -> Option<&'j Json> {
    path.iter().try_fold(object, |value, member| value.get(member))
}

/// The text at a path; empty where there is none.
pub(super) fn text<'j>(object: &'j Json, path: &[&str]) -> &'j str {
    at(object, path).and_then(Json::text).unwrap_or_default()
}

/// The elements at a path; none where there is no list.
pub(super) fn items<'j>(object: &'j Json, path: &[&str]) -> &'j [Json] {
    at(object, path).map(Json::items).unwrap_or_default()
}

/// Whether the value at a path is `true` or `false` as asked; a missing one is neither.
pub(super) fn is(object: &Json, path: &[&str], asked: bool) -> bool {
    at(object, path) == Some(&Json::Bool(asked))
}

pub(super) fn kind(object: &Json) -> &str {
    text(object, &["kind"])
}

pub(super) fn name(object: &Json) -> &str {
    text(object, &["metadata", "name"])
}

/// Kind and name, as people say it.
pub(super) fn label(object: &Json) -> String {
    format!("{} {}", kind(object), name(object))
}

/// The pods of a workload, before there are any.
pub(super) struct Pod<'j> {
    /// What makes them.
    pub(super) owner: &'j Json,
    /// Their metadata and specification.
    pub(super) template: &'j Json,
}

impl<'j> Pod<'j> {
    /// The pods that an object makes; `None` for one that makes none.
    pub(super) fn of(owner: &'j Json) -> Option<Self> {
        let path: &[&str] = match kind(owner) {
            "CronJob" => &["spec", "jobTemplate", "spec", "template"],
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" => &["spec", "template"],
            "Pod" => &[],
            _ => return None,
        };
        at(owner, path).map(|template| Self { owner, template })
    }

    /// Every container, also those that run before the others.
    pub(super) fn containers(&self) -> impl Iterator<Item = &'j Json> {
        ["initContainers", "containers"].into_iter().flat_map(|list| items(self.template, &["spec", list]))
    }

    /// Whether a label selector meets these pods. An empty one meets all.
    pub(super) fn meets(&self, selector: &Json) -> bool {
        let labels = at(self.template, &["metadata", "labels"]);
        let value = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Json::text);
        let named = match selector.get("matchLabels") {
            Some(Json::Object(wanted)) => {
                wanted.iter().all(|(key, wanted)| value(key).is_some() && value(key) == wanted.text())
            }
            Some(_) | None => true,
        };
        let expressed = items(selector, &["matchExpressions"]).iter().all(|expression| {
            let value = value(text(expression, &["key"]));
            let listed = items(expression, &["values"]).iter().any(|one| one.text() == value);
            match text(expression, &["operator"]) {
                "In" => value.is_some() && listed,
                "NotIn" => value.is_none() || !listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                // Nothing else is valid, and what is invalid meets nobody.
                _ => false,
            }
        });
        named && expressed
    }
}
