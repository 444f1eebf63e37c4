//! Every route there is. The router is made from this list, so there is none beside it; a test holds the
//! description at `/v1/openapi.json` against the same list.

use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use crate::{
    IntakeConfig, Neighbours, about, cases, corrections, documents, download, erase, forms, guard, health,
    mappings, observe, rules, upload,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, delete, get, patch, post};
use smartexus_platform::World;
use std::sync::Arc;

/// A method on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    CreateDocuments,
    ListDocuments,
    GetDocument,
    EraseDocument,
    GetResult,
    GetSource,
    GetArtifact,
    GetErasure,
    CreateCase,
    ListCases,
    GetCase,
    GetCaseFigures,
    CreateForm,
    ListForms,
    ValidateMapping,
    GetForm,
    EditForm,
    GetFormResult,
    GetFilledForm,
    ListMappings,
    KeepMapping,
    GetMapping,
    RemoveMapping,
    ListRules,
    CreateRule,
    RemoveRule,
    OrderRules,
    PreviewRule,
    ListCorrections,
    CreateCorrection,
    UndoCorrection,
    SwitchLearning,
    GetLimits,
    GetDescription,
    Healthz,
    Readyz,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 36] = [
        Self::CreateDocuments,
        Self::ListDocuments,
        Self::GetDocument,
        Self::EraseDocument,
        Self::GetResult,
        Self::GetSource,
        Self::GetArtifact,
        Self::GetErasure,
        Self::CreateCase,
        Self::ListCases,
        Self::GetCase,
        Self::GetCaseFigures,
        Self::CreateForm,
        Self::ListForms,
        Self::ValidateMapping,
        Self::GetForm,
        Self::EditForm,
        Self::GetFormResult,
        Self::GetFilledForm,
        Self::ListMappings,
        Self::KeepMapping,
        Self::GetMapping,
        Self::RemoveMapping,
        Self::ListRules,
        Self::CreateRule,
        Self::RemoveRule,
        Self::OrderRules,
        Self::PreviewRule,
        Self::ListCorrections,
        Self::CreateCorrection,
        Self::UndoCorrection,
        Self::SwitchLearning,
        Self::GetLimits,
        Self::GetDescription,
        Self::Healthz,
        Self::Readyz,
    ];

    /// The path as the router writes it; `{*name}` may hold slashes.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::CreateDocuments | Self::ListDocuments => "/v1/documents",
            Self::GetDocument | Self::EraseDocument => "/v1/documents/{id}",
            Self::GetResult => "/v1/documents/{id}/result",
            Self::GetSource => "/v1/documents/{id}/source",
            Self::GetArtifact => "/v1/documents/{id}/artifacts/{*name}",
            Self::GetErasure => "/v1/erasures/{id}",
            Self::CreateCase | Self::ListCases => "/v1/cases",
            Self::GetCase => "/v1/cases/{id}",
            Self::GetCaseFigures => "/v1/cases/{id}/figures",
            Self::CreateForm | Self::ListForms => "/v1/forms",
            Self::ValidateMapping => "/v1/forms:validate",
            Self::GetForm | Self::EditForm => "/v1/forms/{id}",
            Self::GetFormResult => "/v1/forms/{id}/result",
            Self::GetFilledForm => "/v1/forms/{id}/filled.pdf",
            Self::ListMappings | Self::KeepMapping => "/v1/mappings",
            Self::GetMapping | Self::RemoveMapping => "/v1/mappings/{id}",
            Self::ListRules | Self::CreateRule => "/v1/rules",
            Self::RemoveRule => "/v1/rules/{id}",
            Self::OrderRules => "/v1/rules:order",
            Self::PreviewRule => "/v1/rules:preview",
            Self::ListCorrections | Self::CreateCorrection => "/v1/corrections",
            Self::UndoCorrection => "/v1/corrections/{id}",
            Self::SwitchLearning => "/v1/corrections:switch",
            Self::GetLimits => "/v1/limits",
            Self::GetDescription => "/v1/openapi.json",
            Self::Healthz => "/healthz",
            Self::Readyz => "/readyz",
        }
    }

    fn method(self) -> MethodRouter<Door> {
        match self {
            Self::CreateDocuments => post(upload::create),
            Self::ListDocuments => get(documents::list),
            Self::GetDocument => get(documents::one),
            Self::EraseDocument => delete(erase::request),
            Self::GetResult => get(documents::result),
            Self::GetSource => get(download::source),
            Self::GetArtifact => get(download::artifact),
            Self::GetErasure => get(erase::receipt),
            Self::CreateCase => post(cases::create),
            Self::ListCases => get(cases::list),
            Self::GetCase => get(cases::one),
            Self::GetCaseFigures => get(cases::figures),
            Self::CreateForm => post(forms::create),
            Self::ListForms => get(forms::list),
            Self::ValidateMapping => post(forms::validate),
            Self::GetForm => get(forms::one),
            Self::EditForm => patch(forms::edit),
            Self::GetFormResult => get(forms::result),
            Self::GetFilledForm => get(forms::filled),
            Self::ListMappings => get(mappings::list),
            Self::KeepMapping => post(mappings::keep),
            Self::GetMapping => get(mappings::one),
            Self::RemoveMapping => delete(mappings::remove),
            Self::ListRules => get(rules::list),
            Self::CreateRule => post(rules::create),
            Self::RemoveRule => delete(rules::remove),
            Self::OrderRules => post(rules::order),
            Self::PreviewRule => post(rules::preview),
            Self::ListCorrections => get(corrections::list),
            Self::CreateCorrection => post(corrections::create),
            Self::UndoCorrection => delete(corrections::undo),
            Self::SwitchLearning => post(corrections::switch),
            Self::GetLimits => get(about::limits),
            Self::GetDescription => get(about::description),
            Self::Healthz => get(health::healthz),
            Self::Readyz => get(health::readyz),
        }
    }
}

/// The whole API without a socket.
pub fn router(world: World, config: IntakeConfig, neighbours: Arc<dyn Neighbours>) -> Router {
    let door = Door::new(world, config, neighbours);
    let mut router = Router::new();
    for endpoint in Endpoint::ALL {
        router = router.route(endpoint.path(), endpoint.method());
    }
    router
        .fallback(async || Problem::new(ProblemCode::NotFound))
        .method_not_allowed_fallback(async || Problem::new(ProblemCode::MethodNotAllowed))
        // An upload counts its bytes itself, file by file.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(door.clone(), guard::time_limit))
        .layer(from_fn(guard::same_site))
        .layer(from_fn_with_state(door.clone(), guard::local_host))
        .layer(from_fn(guard::safe_headers))
        // Outermost: what a guard refuses is counted too.
        .layer(from_fn_with_state(door.clone(), observe::request))
        .with_state(door)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    const fn verb(endpoint: Endpoint) -> &'static str {
        match endpoint {
            Endpoint::CreateDocuments
            | Endpoint::CreateCase
            | Endpoint::CreateForm
            | Endpoint::ValidateMapping
            | Endpoint::KeepMapping
            | Endpoint::CreateRule
            | Endpoint::OrderRules
            | Endpoint::PreviewRule
            | Endpoint::CreateCorrection
            | Endpoint::SwitchLearning => "post",
            Endpoint::EditForm => "patch",
            Endpoint::EraseDocument
            | Endpoint::RemoveMapping
            | Endpoint::RemoveRule
            | Endpoint::UndoCorrection => "delete",
            Endpoint::ListDocuments
            | Endpoint::GetDocument
            | Endpoint::GetResult
            | Endpoint::GetSource
            | Endpoint::GetArtifact
            | Endpoint::GetErasure
            | Endpoint::ListCases
            | Endpoint::GetCase
            | Endpoint::GetCaseFigures
            | Endpoint::ListForms
            | Endpoint::GetForm
            | Endpoint::GetFormResult
            | Endpoint::GetFilledForm
            | Endpoint::ListMappings
            | Endpoint::GetMapping
            | Endpoint::ListRules
            | Endpoint::ListCorrections
            | Endpoint::GetLimits
            | Endpoint::GetDescription
            | Endpoint::Healthz
            | Endpoint::Readyz => "get",
        }
    }

    #[test]
    fn the_description_lists_every_route_and_no_other() {
        let description: Value = serde_json::from_str(about::DESCRIPTION).expect("JSON");
        let mut described = BTreeSet::new();
        for (path, item) in description["paths"].as_object().expect("paths") {
            for verb in item.as_object().expect("an item").keys().filter(|key| *key != "parameters") {
                described.insert(format!("{verb} {path}"));
            }
        }
        let routed: BTreeSet<String> = Endpoint::ALL
            .iter()
            .map(|endpoint| format!("{} {}", verb(*endpoint), endpoint.path().replace("{*", "{")))
            .collect();
        assert_eq!(described, routed);
    }

    #[test]
    fn the_description_names_every_problem_code() {
        let description: Value = serde_json::from_str(about::DESCRIPTION).expect("JSON");
        let listed = &description["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
        let listed: BTreeSet<&str> =
            listed.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let codes: BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(listed, codes);
    }

    #[test]
    fn every_operation_describes_a_success_and_its_problems() {
        let description: Value = serde_json::from_str(about::DESCRIPTION).expect("JSON");
        for (path, item) in description["paths"].as_object().expect("paths") {
            for (verb, operation) in item.as_object().expect("an item") {
                if verb == "parameters" {
                    continue;
                }
                let answers = operation["responses"].as_object().expect("responses");
                assert!(answers.keys().any(|status| status.starts_with('2')), "{verb} {path}");
                assert!(operation["operationId"].is_string(), "{verb} {path}");
            }
        }
    }
}
