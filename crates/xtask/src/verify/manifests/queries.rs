//! The queries of alerts and dashboards: each must be one that Prometheus understands.

use super::object::{at, items, kind};
use super::tools::Tools;
use super::{Written, succeed};
use crate::json::Json;

/// Parses each argument; the first that is no query ends it.
const PARSE: &str = "
import sys, promql_parser
for query in sys.argv[1:]:
    try:
        promql_parser.parse(query)
    except ValueError as fault:
        sys.exit(f'{query}: {fault}')
";

/// What Grafana puts in before it asks.
const GRAFANA: [(&str, &str); 3] = [("$__rate_interval", "5m"), ("$__interval", "15s"), ("$__range", "6h")];

/// Every query, of rules and of JSON files in ConfigMaps.
pub(super) fn of(objects: &[Written]) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for object in objects.iter().map(|written| &written.object) {
        match kind(object) {
            "PrometheusRule" => collect(object, &mut found),
            "ConfigMap" => {
                let Some(Json::Object(files)) = at(object, &["data"]) else { continue };
                for (name, content) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
                    let content = content.text().unwrap_or_default();
                    collect(&Json::parse(content).map_err(|fault| format!("{name}: {fault}"))?, &mut found);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

pub(super) fn parse(tools: &Tools, queries: &[String]) -> Result<(), String> {
    succeed(tools.command("python").args(["-c", PARSE]).args(queries)).map(drop)
}

/// Every text under a member called `expr`, however deep.
fn collect(json: &Json, found: &mut Vec<String>) {
    if let Some(query) = json.get("expr").and_then(Json::text) {
        found.push(GRAFANA.iter().fold(query.to_owned(), |query, (word, value)| query.replace(word, value)));
    }
    json.values().chain(items(json, &[])).for_each(|inner| collect(inner, found));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_found_at_any_depth_and_freed_of_variables() {
        let json = r#"{"a": [{"expr": "rate(x[$__rate_interval])"}, {"b": {"expr": "y"}}], "expr": 1}"#;
        let mut found = Vec::new();
        collect(&Json::parse(json).unwrap(), &mut found);
        assert_eq!(found, ["rate(x[5m])", "y"]);
    }
}
