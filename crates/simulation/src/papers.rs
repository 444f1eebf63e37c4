//! Kinds, papers and facts as read, beside what is true.

use smartexus_domain::{ChildDocument, DocumentKind, Fact, PaperProof, prove_paper};
use std::collections::BTreeMap;

/// What is true of one paper of a file.
#[derive(Debug, Clone, Copy)]
pub struct TruePaper<'a> {
    /// The product's word for its kind.
    pub kind: &'a str,
    /// 1-based.
    pub first_page: u32,
    /// 1-based.
    pub last_page: u32,
    /// Key and value of what it prints.
    pub facts: &'a [(String, String)],
    /// Its own arithmetic is printed in full and holds.
    pub is_proved: bool,
}

/// What was read of one file.
#[derive(Debug, Clone, Copy)]
pub struct ReadPapers<'a> {
    /// The file's own.
    pub kind: DocumentKind,
    /// Empty where it is one paper.
    pub children: &'a [ChildDocument],
    /// Of all papers.
    pub facts: &'a [Fact],
}

/// Counts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KindCounts {
    /// Papers.
    pub papers: usize,
    /// Facts that are printed.
    pub facts: usize,
    /// Of these read right.
    pub right: usize,
    /// Papers whose arithmetic is printed in full.
    pub provable: usize,
    /// Of these proved.
    pub proved: usize,
    /// Proved, and yet a fact of theirs that is an amount is wrong.
    pub falsely: usize,
}

/// Counts over files.
#[derive(Debug, Clone, Default)]
pub struct PaperTally {
    /// By true and read kind: pages.
    pub confusion: BTreeMap<(String, String), usize>,
    /// By kind.
    pub kinds: BTreeMap<String, KindCounts>,
    /// Files.
    pub files: usize,
    /// Files whose papers begin and end where they do.
    pub split: usize,
}

impl PaperTally {
    /// Pages whose kind is right, and all.
    #[must_use]
    pub fn pages(&self) -> (usize, usize) {
        let right =
            self.confusion.iter().filter(|((wanted, read), _)| wanted == read).map(|(_, pages)| pages).sum();
        (right, self.confusion.values().sum())
    }

    /// Counts one file; gives what is wrong about it, a line each.
    pub fn add(&mut self, wanted: &[TruePaper<'_>], read: ReadPapers<'_>) -> Vec<String> {
        let last_page = wanted.last().map_or(1, |paper| paper.last_page);
        let whole = [ChildDocument { kind: read.kind, confidence: 1.0, first_page: 1, last_page }];
        let children = if read.children.is_empty() { &whole } else { read.children };
        let mut wrong = Vec::new();
        let borders = |papers: &mut dyn Iterator<Item = (u32, u32)>| papers.collect::<Vec<_>>();
        let printed = borders(&mut wanted.iter().map(|paper| (paper.first_page, paper.last_page)));
        let found = borders(&mut children.iter().map(|child| (child.first_page, child.last_page)));
        self.files += 1;
        self.split += usize::from(printed == found);
        if printed != found {
            wrong.push(format!("papers {printed:?}, read {found:?}"));
        }
        for paper in wanted {
            self.paper(paper, children, read.facts, &mut wrong);
        }
        wrong
    }

    fn paper(
        &mut self,
        paper: &TruePaper<'_>,
        children: &[ChildDocument],
        facts: &[Fact],
        wrong: &mut Vec<String>,
    ) {
        for page in paper.first_page..=paper.last_page {
            let read = children
                .iter()
                .find(|child| child.has(page))
                .map_or_else(String::new, |child| name(child.kind));
            if read != paper.kind {
                wrong.push(format!("page {page} is {}, read {read}", paper.kind));
            }
            *self.confusion.entry((paper.kind.to_owned(), read)).or_default() += 1;
        }
        let Some(child) = children.iter().find(|child| child.has(paper.first_page)) else { return };
        let own: Vec<&Fact> =
            facts.iter().filter(|fact| fact.source.is_some_and(|source| child.has(source.page))).collect();
        let counts = self.kinds.entry(paper.kind.to_owned()).or_default();
        let is_proved =
            name(child.kind) == paper.kind && prove_paper(child.kind, &own).proof == PaperProof::Proved;
        counts.papers += 1;
        counts.provable += usize::from(paper.is_proved);
        counts.proved += usize::from(is_proved);
        let mut has_wrong_amount = false;
        for (key, value) in paper.facts {
            let read = own.iter().find(|fact| fact.key == *key);
            let is_right = read.is_some_and(|fact| folded(&fact.value) == folded(value));
            counts.facts += 1;
            counts.right += usize::from(is_right);
            has_wrong_amount |=
                !is_right && smartexus_domain::Decimal::read(value).is_some() && read.is_some();
            if !is_right {
                wrong.push(format!("{key} is {value:?}, read {:?}", read.map(|fact| &fact.value)));
            }
        }
        counts.falsely += usize::from(is_proved && has_wrong_amount);
    }
}

/// The product's word.
fn name(kind: DocumentKind) -> String {
    serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(':').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_kind_and_a_wrong_border_are_counted() {
        let child =
            |kind, first_page, last_page| ChildDocument { kind, confidence: 1.0, first_page, last_page };
        let paper = |kind, first_page, last_page| TruePaper {
            kind,
            first_page,
            last_page,
            facts: &[],
            is_proved: false,
        };
        let mut tally = PaperTally::default();
        let children = [child(DocumentKind::Invoice, 1, 1), child(DocumentKind::Other, 2, 3)];
        let read = ReadPapers { kind: DocumentKind::Invoice, children: &children, facts: &[] };
        let wrong = tally.add(&[paper("invoice", 1, 2), paper("other", 3, 3)], read);
        assert_eq!((tally.pages(), tally.split, tally.files), ((2, 3), 0, 1));
        assert_eq!(wrong.len(), 2);
    }
}
