//! Those who stand beside: a list of keywords, and fastText on the rows that our model was trained on.

use crate::categories::sets::Labelled;
use crate::categories::{Answer, Plan};
use crate::contender::install;
use anyhow::Context;
use smartexus_categorize::training::{aliases, fold_words, phrases};
use smartexus_categorize::{CategoryId, Direction, Rulebook};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Words that a keyword may have.
const WORDS_MAX: usize = 6;

/// The longest of all phrases and names that stands in the row decides: what a plain list does.
pub(crate) fn keywords(rules: &Rulebook, rows: &[Labelled]) -> Vec<Answer> {
    let list = keyword_list(rules);
    rows.iter().map(|row| keyword(&list, row)).collect()
}

type Keywords = HashMap<String, [Option<String>; 2]>;

/// By keyword, the leaf for money in and out.
pub(crate) fn keyword_list(rules: &Rulebook) -> Keywords {
    let leaves = rules.taxonomy().leaves();
    let mut list = Keywords::new();
    for (name, leaf, _) in aliases(rules) {
        if let Some(leaf) = leaves.get(leaf) {
            let id = Some(leaf.id.as_str().to_owned());
            list.insert(name.to_owned(), [id.clone(), id]);
        }
    }
    for (phrase, money_in, money_out) in phrases().unwrap_or_default() {
        list.insert(phrase, [money_in, money_out]);
    }
    list
}

fn keyword(list: &Keywords, row: &Labelled) -> Answer {
    let folded = fold_words(&row.description);
    let words: Vec<&str> = folded.split(' ').collect();
    let way = usize::from(row.direction != Direction::In);
    let spans = (0..words.len())
        .flat_map(|start| (start + 1..=words.len().min(start + WORDS_MAX)).map(move |end| start..end));
    let found = spans.filter_map(|span| {
        let text = words.get(span)?.join(" ");
        let leaf = list.get(&text)?.get(way)?.clone()?;
        Some((text.len(), leaf))
    });
    match found.max_by_key(|(letters, _)| *letters) {
        Some((_, leaf)) => Answer { leaf, confidence: 1.0 },
        None => Answer { leaf: CategoryId::UNCATEGORIZED.to_owned(), confidence: 0.0 },
    }
}

/// A line as fastText was trained on.
pub(crate) fn line(description: &str, direction: Direction) -> String {
    let way = if direction == Direction::In { "money_in" } else { "money_out" };
    format!("{way} {}\n", fold_words(description))
}

/// fastText, trained on the rows file; `None` where there is no file or it cannot be installed.
pub(crate) fn fast_text(plan: &Plan, rows: &[Labelled]) -> anyhow::Result<Option<Vec<Answer>>> {
    let lines: String = rows.iter().map(|row| line(&row.description, row.direction)).collect();
    let Some(said) = ask(plan, &lines, "labels")? else { return Ok(None) };
    let answer = |line: &str| {
        let (leaf, share) = line.split_once('\t')?;
        Some(Answer { leaf: leaf.to_owned(), confidence: share.parse().ok()? })
    };
    let answers: Vec<Answer> = said.lines().filter_map(answer).collect();
    anyhow::ensure!(
        answers.len() == rows.len(),
        "fastText answered {} of {} rows",
        answers.len(),
        rows.len()
    );
    Ok(Some(answers))
}

/// Seconds that fastText takes over lines, its start and reading them left out.
pub(crate) fn fast_text_seconds(plan: &Plan, lines: &str) -> anyhow::Result<Option<f64>> {
    let Some(said) = ask(plan, lines, "seconds")? else { return Ok(None) };
    Ok(Some(said.trim().parse()?))
}

fn ask(plan: &Plan, lines: &str, what: &str) -> anyhow::Result<Option<String>> {
    let Some(rows) = &plan.rows else { return Ok(None) };
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers");
    let home = plan.out.join("fasttext");
    if install(&home, &scripts.join("fasttext.txt")).is_none() {
        eprintln!("going on without fastText");
        return Ok(None);
    }
    let input = plan.out.join("categories.txt");
    std::fs::write(&input, lines)?;
    let output = Command::new(home.join("bin/python"))
        .arg(scripts.join("fasttext_categories.py"))
        .args([rows.as_path(), Path::new(what), &input])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stderr(Stdio::inherit())
        .output()
        .context("fastText")?;
    std::io::stderr().flush()?;
    anyhow::ensure!(output.status.success(), "fastText failed");
    Ok(Some(String::from_utf8(output.stdout)?))
}
