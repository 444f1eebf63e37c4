//! What is known about issuers: one file each in the folder `issuers` beside the pipelines. Never needed.

use super::PipelineSetError;
use super::set::{read_text, yaml_files};
use serde::Deserialize;
use smartexus_manifest::{Fault, ManifestErrors, Source, Spanned};
use smartexus_parse::IssuerHint;
use std::path::Path;

/// The schema's name and version.
const SCHEMA: &str = "smartexus.issuer/1";

#[derive(Deserialize)]
#[serde(rename = "issuer file")]
struct WrittenIssuer {
    schema: Spanned<String>,
    issuer: IssuerHint,
}

/// Every issuer that a directory of pipelines describes, in the order of the files' names.
pub(super) fn read_all(pipelines: &Path) -> Result<Vec<IssuerHint>, Vec<PipelineSetError>> {
    let dir = pipelines.join("issuers");
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let (mut hints, mut faults) = (Vec::new(), Vec::new());
    for path in yaml_files(&dir).map_err(|error| vec![error])? {
        match read_text(&path).and_then(|text| Ok(read(&path.display().to_string(), &text)?)) {
            Ok(hint) => hints.push(hint),
            Err(error) => faults.push(error),
        }
    }
    if faults.is_empty() { Ok(hints) } else { Err(faults) }
}

fn read(file_name: &str, text: &str) -> Result<IssuerHint, ManifestErrors> {
    let source = Source::new(file_name, text);
    let written: WrittenIssuer = source.read()?;
    if written.schema.value == SCHEMA {
        return Ok(written.issuer);
    }
    let message = format!("`{}` is no schema of an issuer", written.schema.value);
    let fault = Fault::new("schema", written.schema.span, message).hint(format!("write `{SCHEMA}`"));
    Err(source.errors(vec![fault]))
}
