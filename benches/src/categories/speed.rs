//! Rows a second on one thread, beside fastText and a regular expression of every keyword, in one run.

use crate::categories::Plan;
use crate::categories::peers::{fast_text_seconds, keyword_list, line};
use crate::categories::sets::Sets;
use smartexus_categorize::training::fold_words;
use smartexus_categorize::{Categorizer, Direction, RowWords, Rulebook};
use std::hint::black_box;
use std::time::Instant;

/// Rows that slower peers get.
const PEER_ROWS: usize = 200_000;
/// One expression of thousands of words is slow: it gets fewer still.
const REGEX_ROWS: usize = 200;
const REGEX_BYTES_MAX: usize = 1 << 30;
/// Rows in one document: a categorizer lives as long as one.
const DOCUMENT_ROWS: usize = 100_000;

pub(crate) fn run(plan: &Plan, rules: &Rulebook, sets: &Sets) -> anyhow::Result<()> {
    let start = Instant::now();
    drop(black_box(Rulebook::embedded()?));
    println!("the rulebook loads in {:.0} ms", start.elapsed().as_secs_f64() * 1_000.0);
    let base: Vec<(&str, Direction)> =
        sets.rows.iter().map(|row| (row.description.as_str(), row.direction)).collect();
    let before = peak();
    let different: Vec<(String, Direction)> = base
        .iter()
        .cycle()
        .take(plan.speed_rows)
        .enumerate()
        .map(|(at, row)| (renumbered(row.0, at), row.1))
        .collect();
    let bytes: usize = different.iter().map(|(text, _)| text.len()).sum();
    println!("{} rows, {} bytes each on average\n", different.len(), bytes / different.len().max(1));
    println!("| who | rows | rows a second | beside fastText |\n|---|---|---|---|");
    let ours = best(3, || timed(rules, different.iter().map(|(text, way)| (text.as_str(), *way))));
    let recurring = best(3, || timed(rules, base.iter().cycle().take(plan.speed_rows).copied()));
    let few: Vec<&(String, Direction)> = different.iter().take(PEER_ROWS).collect();
    let lines: String = few.iter().map(|(text, way)| line(text, *way)).collect();
    let fast_text = fast_text_seconds(plan, &lines)?.map(|seconds| few.len() as f64 / seconds);
    let regex = regex_pace(rules, few.get(..REGEX_ROWS.min(few.len())).unwrap_or_default())?;
    for (who, rows, pace) in [
        ("smartexus, every row different", different.len(), Some(ours)),
        ("smartexus, rows recur as in the sets", plan.speed_rows, Some(recurring)),
        ("fastText (from Python, features and answer)", few.len(), fast_text),
        ("regex: the names and phrases as one expression", REGEX_ROWS.min(few.len()), Some(regex)),
    ] {
        let Some(pace) = pace else { continue };
        let ratio = fast_text.map_or_else(|| "–".to_owned(), |peer| format!("{:.1} ×", pace / peer));
        println!("| {who} | {rows} | {pace:.0} | {ratio} |");
    }
    println!("\npeak memory {} MB, of which {} MB before the rows were made", peak() / 1024, before / 1024);
    Ok(())
}

fn timed<'t>(rules: &Rulebook, rows: impl Iterator<Item = (&'t str, Direction)>) -> f64 {
    let (start, mut count) = (cpu_seconds(), 0_usize);
    let mut categorizer = Categorizer::new(rules);
    for (text, way) in rows {
        if count % DOCUMENT_ROWS == 0 {
            categorizer = Categorizer::new(rules);
        }
        black_box(categorizer.row(&RowWords::plain(text, way)));
        count += 1;
    }
    count as f64 / (cpu_seconds() - start)
}

fn best(rounds: usize, run: impl Fn() -> f64) -> f64 {
    (0..rounds).map(|_| run()).fold(0.0, f64::max)
}

/// The same words with other digits, or with digits behind them: no two rows are equal.
fn renumbered(text: &str, at: usize) -> String {
    let mut digits = format!("{at:09}").into_bytes().into_iter().rev().cycle();
    if text.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return format!("{text} {at:07}");
    }
    let other = |c: char| if c.is_ascii_digit() { digits.next().map_or(c, char::from) } else { c };
    text.chars().map(other).collect()
}

fn regex_pace(rules: &Rulebook, rows: &[&(String, Direction)]) -> anyhow::Result<f64> {
    let mut words: Vec<String> =
        keyword_list(rules).into_keys().map(|word| word.replace("NUMBER", "[0-9]+")).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
    let expression = format!(r"\b(?:{})\b", words.join("|"));
    let regex = regex::RegexBuilder::new(&expression).unicode(false).size_limit(REGEX_BYTES_MAX).build()?;
    let start = cpu_seconds();
    for (text, _) in rows {
        let folded = fold_words(text);
        black_box(regex.find_iter(&folded).map(|found| found.len()).max());
    }
    Ok(rows.len() as f64 / (cpu_seconds() - start))
}

/// Seconds of a processor that this thread has had: others use the machine, too.
fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// The most memory this process has held, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rows_are_equal() {
        for text in ["POS 123456 ACME", "ACME", "A 1"] {
            assert_ne!(renumbered(text, 17), renumbered(text, 18));
        }
    }
}
