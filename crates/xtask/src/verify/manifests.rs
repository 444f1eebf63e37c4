//! What a cluster would be given: every overlay rendered, held against schemas, and held to our own rules.
//! Nothing here talks to a cluster.

mod network;
mod object;
mod policy;
mod queries;
#[cfg(test)]
mod tests;
mod tools;

use super::{Verdict, succeed};
use crate::json::Json;
use crate::workspace::Workspace;
use object::{kind, name};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tools::Tools;

/// The oldest Kubernetes that has every field we use, and the newest whose schemas the tool knows.
const KUBERNETES: [&str; 2] = ["1.30", "1.37"];

/// YAML to JSON, which this crate can read: one file an object, and all of them on standard output.
const TO_JSON: &str = r#"
import json, pathlib, sys, yaml
folder = pathlib.Path(sys.argv[1])
objects = [one for one in yaml.safe_load_all((folder / "all.yaml").read_text("utf-8")) if one]
for one in objects:
    name = f"{one['kind'].lower()}-{one['metadata']['name']}.json"
    (folder / name).write_text(json.dumps(one), "utf-8")
json.dump(objects, sys.stdout)
"#;

/// Reports every fault of every overlay at once.
pub(super) fn check(ws: &Workspace) -> Verdict {
    let tools = Tools::ensure(ws)?;
    let k8s = ws.root().join("k8s");
    let overlays = folders(&k8s.join("overlays"))?;
    if overlays.is_empty() {
        return Err("k8s/overlays holds no overlay".to_owned());
    }
    let (mut count, mut asked, mut faults) = (0, 0, Vec::new());
    for overlay in &overlays {
        let label = overlay.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let objects = render(&tools, overlay, &ws.target().join("manifests").join(&label))?;
        let queries = queries::of(&objects)?;
        count += objects.len();
        asked += queries.len();
        let found = [
            validate(&tools, &k8s.join("schemas"), &objects),
            queries::parse(&tools, &queries),
            policy::check(&objects.iter().map(|written| &written.object).collect::<Vec<_>>()),
        ];
        faults.extend(found.into_iter().filter_map(Result::err).map(|fault| format!("{label}:\n{fault}")));
    }
    let compose = ["--builtin-schema", "vendor.compose-spec", "k8s/local/compose.yaml"];
    let beside = [
        succeed(tools.command("hadolint").arg("k8s/Dockerfile").current_dir(ws.root())),
        succeed(tools.command("check-jsonschema").args(compose).current_dir(ws.root())),
    ];
    faults.extend(beside.into_iter().filter_map(Result::err));
    if faults.is_empty() {
        Ok(format!(
            "{} overlays, {count} objects, {asked} queries, {} policies",
            overlays.len(),
            policy::POLICIES.len()
        ))
    } else {
        Err(faults.join("\n"))
    }
}

/// One object of a rendered overlay, and the file it was written to.
struct Written {
    object: Json,
    file: PathBuf,
}

/// What `kubectl apply -k` would send, one file an object.
fn render(tools: &Tools, overlay: &Path, out: &Path) -> Result<Vec<Written>, String> {
    let rendered = succeed(tools.command("kubectl").arg("kustomize").arg(overlay))?;
    let failed = |e: std::io::Error| format!("cannot write to the target directory: {e}");
    // What an earlier run wrote would be read as if it were still there.
    match fs::remove_dir_all(out) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        Ok(()) | Err(_) => {}
    }
    fs::create_dir_all(out).map_err(failed)?;
    fs::write(out.join("all.yaml"), &rendered.stdout).map_err(failed)?;
    let converted = succeed(tools.command("python").args(["-c", TO_JSON]).arg(out))?;
    let Json::List(objects) = Json::parse(&converted.stdout)? else {
        return Err("the converter did not answer with a list".to_owned());
    };
    let file = |object: &Json| out.join(format!("{}-{}.json", kind(object).to_lowercase(), name(object)));
    Ok(objects.into_iter().map(|object| Written { file: file(&object), object }).collect())
}

/// Kubernetes' own kinds against its own schemas, custom kinds against ours. A kind with neither is a fault.
fn validate(tools: &Tools, schemas: &Path, objects: &[Written]) -> Result<(), String> {
    let mut faults = Vec::new();
    let mut own = tools.command("kubernetes-validate");
    own.args(["--strict", "--quiet"]);
    own.args(KUBERNETES.iter().flat_map(|version| ["-k", version]));
    for written in objects {
        let schema = schemas.join(format!("{}.json", kind(&written.object).to_lowercase()));
        if schema.is_file() {
            let mut custom = tools.command("check-jsonschema");
            custom.arg("--schemafile").arg(&schema).arg(&written.file);
            faults.extend(succeed(&mut custom).err());
        } else {
            own.arg(&written.file);
        }
    }
    // It only warns of a kind that it has no schema for, and then exits with 0.
    match succeed(&mut own) {
        Ok(finished) if finished.said().is_empty() => {}
        Ok(finished) => faults.push(finished.said()),
        Err(said) => faults.push(said),
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// The folders in a folder, sorted.
fn folders(of: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", of.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(of).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
