//! Fills a blank of ours with its own facts: `fill_sample FOLDER MAPPING.yaml OUT.pdf` prints `smartexus.form/1`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use smartexus_forms::{FactBook, FillOptions, Form, FormLimits, Mapping, fill_form};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, mapping, out] = arguments.as_slice() else {
        eprintln!("fill_sample FOLDER MAPPING.yaml OUT.pdf");
        return ExitCode::from(2);
    };
    match fill(Path::new(folder), mapping, out) {
        Ok(result) => {
            println!("{result}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn fill(folder: &Path, mapping: &str, out: &str) -> Result<String, Box<dyn Error>> {
    let form = Form::open(&std::fs::read(folder.join("blank.pdf"))?, None, &FormLimits::default())?;
    let mapping = Mapping::from_yaml_for(mapping, &std::fs::read_to_string(mapping)?, &form.describe())?;
    let facts = FactBook::from_json(&std::fs::read_to_string(folder.join("facts.json"))?)?;
    let options = FillOptions::default();
    let filled = fill_form("blank.pdf", &form, Some(&mapping), &facts, &BTreeMap::new(), &options);
    std::fs::write(out, filled.bytes.unwrap_or_default())?;
    Ok(serde_json::to_string_pretty(&filled.result)?)
}
