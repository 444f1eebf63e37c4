//! The text engines over the same files in the same run.

#![expect(clippy::float_arithmetic, reason = "rates")]

use crate::contender::{self, Contender, Peers};
use crate::engine::Answer;
use serde::Serialize;
use std::collections::HashMap;

/// A PDF, how many pages it has, and the words on them.
pub(crate) struct Paper {
    pub(crate) file: String,
    pub(crate) pages: usize,
    pub(crate) words: Vec<String>,
}

/// How an engine did.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    pub(crate) engine: &'static str,
    pub(crate) gives: &'static str,
    /// `None`: absent from this machine; every figure below is then `None` too.
    pub(crate) version: Option<String>,
    pub(crate) pages_per_second: Option<f64>,
    pub(crate) pages_per_cpu_second: Option<f64>,
    pub(crate) peak_bytes: Option<u64>,
    /// Words of the truth that the engine found, counted with multiplicity.
    pub(crate) words_found_share: Option<f64>,
    pub(crate) files_failed: Option<usize>,
    /// Pages a CPU second beside those of the reference peer.
    pub(crate) ratio_to_reference: Option<f64>,
}

/// Runs them one after the other.
pub(crate) fn run(papers: &[Paper], peers: &Peers, seconds_wanted: f64) -> anyhow::Result<Vec<Standing>> {
    let mut standings = Vec::new();
    for contender in &contender::ALL {
        standings.push(stand(contender, papers, peers, seconds_wanted)?);
    }
    let reference =
        standings.iter().find(|s| s.engine == contender::REFERENCE).and_then(|s| s.pages_per_cpu_second);
    for standing in &mut standings {
        standing.ratio_to_reference =
            standing.pages_per_cpu_second.zip(reference).map(|(own, other)| own / other);
    }
    Ok(standings)
}

fn stand(
    contender: &Contender,
    papers: &[Paper],
    peers: &Peers,
    seconds_wanted: f64,
) -> anyhow::Result<Standing> {
    let mut standing = Standing {
        engine: contender.name,
        gives: contender.gives,
        version: contender.version(peers),
        pages_per_second: None,
        pages_per_cpu_second: None,
        peak_bytes: None,
        words_found_share: None,
        files_failed: None,
        ratio_to_reference: None,
    };
    if standing.version.is_none() {
        return Ok(standing);
    }
    let files: Vec<String> = papers.iter().map(|paper| paper.file.clone()).collect();
    // One round tells how many are needed for ticks of 10 ms to be a small error.
    let (answers, first) = contender.run(peers, 1, &files)?;
    let rounds = rounds_for(seconds_wanted, first.cpu_seconds.unwrap_or(first.wall_seconds));
    let (_, cost) = if rounds > 1 { contender.run(peers, rounds, &files)? } else { (Vec::new(), first) };
    let pages = (papers.iter().map(|paper| paper.pages).sum::<usize>() * rounds as usize) as f64;
    standing.pages_per_second = Some(pages / cost.wall_seconds);
    standing.pages_per_cpu_second =
        cost.cpu_seconds.filter(|seconds| *seconds > 0.0).map(|seconds| pages / seconds);
    standing.peak_bytes = cost.peak_bytes;
    standing.words_found_share = Some(words_found_share(papers, &answers));
    standing.files_failed =
        Some(papers.len() - answers.iter().filter(|answer| answer.text.is_some()).count());
    Ok(standing)
}

/// At least one; at most what keeps a fast engine's run near the wanted seconds.
fn rounds_for(seconds_wanted: f64, seconds_of_one: f64) -> u32 {
    const ROUNDS_MAX: u32 = 500;
    let wanted =
        (1..ROUNDS_MAX).find(|rounds| f64::from(*rounds) * seconds_of_one.max(0.001) >= seconds_wanted);
    wanted.unwrap_or(ROUNDS_MAX)
}

fn words_found_share(papers: &[Paper], answers: &[Answer]) -> f64 {
    let (mut found, mut wanted) = (0_usize, 0_usize);
    for paper in papers {
        let text =
            answers.iter().find(|answer| answer.file == paper.file).and_then(|answer| answer.text.as_deref());
        let mut have: HashMap<&str, usize> = HashMap::new();
        for word in text.unwrap_or_default().split_whitespace() {
            *have.entry(word).or_default() += 1;
        }
        wanted += paper.words.len();
        for word in &paper.words {
            if let Some(left) = have.get_mut(word.as_str()).filter(|left| **left > 0) {
                *left -= 1;
                found += 1;
            }
        }
    }
    found as f64 / wanted.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(words: &[&str]) -> Paper {
        Paper { file: "a".to_owned(), pages: 1, words: words.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn words_count_with_multiplicity() {
        let answer = |text: Option<&str>| [Answer { file: "a".to_owned(), text: text.map(str::to_owned) }];
        let papers = [paper(&["x", "x", "y", "z"])];
        for (text, share) in [(Some("z y x x"), 1.0), (Some("x y z"), 0.75), (Some("xx"), 0.0), (None, 0.0)] {
            assert!((words_found_share(&papers, &answer(text)) - share).abs() < 1e-9, "{text:?}");
        }
    }

    #[test]
    fn rounds_fill_the_wanted_time() {
        assert_eq!(rounds_for(1.0, 2.0), 1);
        assert_eq!(rounds_for(1.0, 0.1), 10);
        assert_eq!(rounds_for(1.0, 0.0), 500);
    }
}
