//! The child's side: one text engine over some files, answers as JSON Lines.

use serde::{Deserialize, Serialize};
use smartexus_extract::{ExtractOptions, extract};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What an engine made of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) file: String,
    /// Words, separated by white space; `None` where the engine failed.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// Reads every file `rounds` times and prints the answers of the last round.
pub(crate) fn run(name: &str, rounds: u32, files: &[String]) -> anyhow::Result<()> {
    let read = match name {
        "smartexus" => by_smartexus,
        "pdf-extract" => by_pdf_extract,
        "lopdf" => by_lopdf,
        _ => anyhow::bail!("no engine of this name"),
    };
    std::panic::set_hook(Box::new(|_| {}));
    for left in (0..rounds).rev() {
        for file in files {
            let bytes = std::fs::read(file)?;
            let text = catch_unwind(AssertUnwindSafe(|| read(&bytes))).ok().flatten();
            if left == 0 {
                let answer = Answer { file: file.clone(), text };
                serde_json::to_writer(std::io::stdout(), &answer)?;
                std::io::Write::write_all(&mut std::io::stdout(), b"\n")?;
            }
        }
    }
    Ok(())
}

fn by_smartexus(bytes: &[u8]) -> Option<String> {
    let pages = extract(bytes, &ExtractOptions::default()).ok()?.pages;
    let words = pages.iter().flat_map(|page| &page.words).map(|word| word.text.as_str());
    Some(words.collect::<Vec<_>>().join(" "))
}

fn by_pdf_extract(bytes: &[u8]) -> Option<String> {
    pdf_extract::extract_text_from_mem(bytes).ok()
}

fn by_lopdf(bytes: &[u8]) -> Option<String> {
    let document = lopdf::Document::load_mem(bytes).ok()?;
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).ok()
}
