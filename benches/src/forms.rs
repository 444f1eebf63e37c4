//! `cargo bench-all --forms [FILE.pdf…]`: forms filled a CPU second, every text with words and every box ticked, the file
//! read from its bytes each time, beside pypdf on the same file and values. The blank with most fields of the fixtures
//! where no file is named.

#![expect(clippy::float_arithmetic, reason = "rates and medians")]

use crate::clock::CpuClock;
use crate::contender::install;
use anyhow::Context;
use smartexus_domain::{FieldKind, FormField};
use smartexus_forms::{FactBook, FieldValue, FillOptions, Form, FormLimits, Mapping, fill_form};
use smartexus_simulation::Repository;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Ours runs at least so long and so often.
const SECONDS_MIN: f64 = 2.0;
const ROUNDS_MIN: usize = 30;
/// pypdf takes long: its fastest of so many.
const PEER_ROUNDS: &str = "10";
const LARGEST: &str = "residential-application";

/// One way to fill, and the milliseconds of its rounds.
struct Measured {
    name: &'static str,
    filled: usize,
    median_ms: f64,
    worst_ms: f64,
}

/// Fills and prints a table.
pub(crate) fn run(files: &[String], scripts: &Path, out: &Path) -> anyhow::Result<()> {
    let home = out.join("pypdf");
    let has_peer = install(&home, &scripts.join("pypdf.txt")).is_some();
    let folder = Repository::here().root().join("fixtures/forms").join(LARGEST);
    let files: Vec<PathBuf> = if files.is_empty() {
        vec![folder.join("blank.pdf")]
    } else {
        files.iter().map(PathBuf::from).collect()
    };
    println!("| form | fields | program | filled | median ms | worst ms | forms/CPU s |");
    println!("|---|---|---|---|---|---|---|");
    for file in files {
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        let fields = Form::open(&bytes, None, &FormLimits::default())?.describe();
        let values: BTreeMap<String, FieldValue> =
            fields.iter().filter_map(|field| Some((field.name.clone(), value_for(field)?))).collect();
        let mut measured =
            vec![ours("smartexus", &bytes, &values, false)?, ours("smartexus, flat", &bytes, &values, true)?];
        if file.starts_with(&folder) {
            measured.push(from_facts(&bytes, &folder)?);
        }
        if has_peer {
            measured.push(pypdf(&home, scripts, &out.join("forms.json"), &file, &values)?);
        }
        for Measured { name, filled, median_ms, worst_ms } in measured {
            let form = file.parent().and_then(Path::file_name).unwrap_or_default().display();
            let rate = 1000.0 / median_ms;
            println!(
                "| {form} | {} | {name} | {filled} | {median_ms:.2} | {worst_ms:.2} | {rate:.0} |",
                fields.len()
            );
        }
    }
    Ok(())
}

fn ours(
    name: &'static str,
    bytes: &[u8],
    values: &BTreeMap<String, FieldValue>,
    flatten: bool,
) -> anyhow::Result<Measured> {
    let options = FillOptions { flatten, ..FillOptions::default() };
    rounds(name, || {
        let form = Form::open(bytes, None, &FormLimits::default())?;
        let filled = form.fill(values, &options)?;
        black_box(&filled.bytes);
        Ok(values.len().saturating_sub(filled.refused.len()))
    })
}

/// With the mapping and the facts of the fixture: planning is part of it.
fn from_facts(bytes: &[u8], folder: &Path) -> anyhow::Result<Measured> {
    let file = format!("pipelines/forms/{LARGEST}.yaml");
    let text = std::fs::read_to_string(Repository::here().root().join(&file))?;
    let mapping = Mapping::from_yaml(&file, &text).map_err(|errors| anyhow::anyhow!("{errors}"))?;
    let facts = FactBook::from_json(&std::fs::read_to_string(folder.join("facts.json"))?)?;
    rounds("smartexus, from facts", || {
        let form = Form::open(bytes, None, &FormLimits::default())?;
        let filled =
            fill_form("f.pdf", &form, Some(&mapping), &facts, &BTreeMap::new(), &FillOptions::default());
        black_box(&filled.bytes);
        Ok(filled.result.fields.iter().filter(|field| field.value.is_some()).count())
    })
}

fn rounds(name: &'static str, fill: impl Fn() -> anyhow::Result<usize>) -> anyhow::Result<Measured> {
    let mut clock = CpuClock::start()?;
    let mut taken: Vec<f64> = Vec::new();
    let mut filled = fill()?;
    while taken.len() < ROUNDS_MIN || taken.iter().sum::<f64>() < SECONDS_MIN {
        let before = clock.seconds()?;
        filled = fill()?;
        taken.push(clock.seconds()? - before);
    }
    taken.sort_by(f64::total_cmp);
    let at =
        |share: usize| taken.get(taken.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    Ok(Measured { name, filled, median_ms: at(50) * 1000.0, worst_ms: at(100) * 1000.0 })
}

fn pypdf(
    home: &Path,
    scripts: &Path,
    said: &Path,
    file: &Path,
    values: &BTreeMap<String, FieldValue>,
) -> anyhow::Result<Measured> {
    let words: BTreeMap<&str, String> = values
        .iter()
        .map(|(name, value)| {
            let word = match value {
                FieldValue::Text(text) => text.clone(),
                // pypdf takes the state's name.
                FieldValue::State(state) => format!("/{state}"),
                FieldValue::Check(_) => "/Yes".to_owned(),
                FieldValue::Choices(choices) => choices.join(" "),
            };
            (name.as_str(), word)
        })
        .collect();
    std::fs::write(said, serde_json::to_vec(&words)?)?;
    let output = Command::new(home.join("bin/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(scripts.join("pypdf_fill.py"))
        .args([file, said])
        .arg(PEER_ROUNDS)
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let ms = |key: &str| answer[key].as_f64().map(|seconds| seconds * 1000.0).context("no answer");
    let filled =
        answer["filled"].as_u64().and_then(|count| usize::try_from(count).ok()).context("no count")?;
    Ok(Measured { name: "pypdf", filled, median_ms: ms("median")?, worst_ms: ms("worst")? })
}

fn value_for(field: &FormField) -> Option<FieldValue> {
    let last = field.options.last().map(|option| option.export.clone());
    match field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Comb => {
            let most = field.max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(6);
            Some(FieldValue::Text("123456".chars().take(most).collect()))
        }
        FieldKind::Date => Some(FieldValue::Text("03/14/2026".to_owned())),
        FieldKind::Checkbox | FieldKind::Radio => last.map(FieldValue::State),
        FieldKind::Combo => last.map(FieldValue::Text),
        FieldKind::List => last.map(|option| FieldValue::Choices(vec![option])),
        FieldKind::Signature | FieldKind::Button => None,
    }
}
