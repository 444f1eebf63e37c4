//! What kind of paper each page belongs to, and where one paper ends and the next begins.

mod packet;
mod phrases;
mod score;

use super::line::Line;
use packet::{Step, View};
use score::{Scores, place};
use smartexus_domain::{ChildDocument, DocumentKind, KindMethod, Page, PageKind};

/// A page of another kind at least this surely, and a statement at most this likely, is kept from the reader of
/// statements.
const SURE_OF_ANOTHER: f64 = 0.9;
const HARDLY_A_STATEMENT: f64 = 0.03;

/// The kinds of a file's pages, and its papers.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    pub(super) pages: Vec<PageKind>,
    pub(super) children: Vec<ChildDocument>,
    /// By page: how likely it is a statement's, and whether a paper begins there.
    notes: Vec<Note>,
}

#[derive(Debug, Clone, Copy)]
struct Note {
    statement_share: f64,
    begins: bool,
    /// The page names its kind in its title, or proves it.
    is_named: bool,
}

/// Whether a folded text begins with a word for a page.
pub(super) fn begins_with_page(folded: &str) -> bool {
    folded.split(' ').next().is_some_and(|first| packet::PAGE_WORDS.contains(&first))
}

/// Whether a text is no more than the name of a kind of paper.
pub(super) fn is_title(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let named = words.first().and_then(|first| phrases::by_first_word().get(*first));
    named.is_some_and(|phrases| {
        phrases.iter().any(|phrase| phrase.is_title && words.starts_with(&phrase.words))
    })
}

/// Judges the pages of a file; `lines` are those of all pages, in order.
pub(super) fn judge(pages: &[Page], lines: &[Line]) -> Kinds {
    let views: Vec<View<'_>> = pages
        .iter()
        .map(|page| {
            let lines = lines_of(lines, page.page);
            View { page, lines, scores: Scores::of(page, lines) }
        })
        .collect();
    let steps = packet::path(&views);
    let mut kinds = Kinds::default();
    for (view, step) in views.iter().zip(&steps) {
        kinds.add(view, *step);
    }
    kinds.gather();
    kinds
}

/// The lines of one page; they stand together.
pub(super) fn lines_of(lines: &[Line], page: u32) -> &[Line] {
    let start = lines.partition_point(|line| line.page < page);
    let end = lines.partition_point(|line| line.page <= page);
    lines.get(start..end).unwrap_or_default()
}

impl Kinds {
    fn add(&mut self, view: &View<'_>, step: Step) {
        let shares = view.scores.shares();
        let share = |kind: DocumentKind| shares.get(place(kind)).copied().unwrap_or(0.0);
        let own = share(step.kind);
        let is_best = shares.iter().all(|other| *other <= own);
        let method = match view.scores.proved {
            Some(kind) if kind == step.kind => KindMethod::Identity,
            _ if is_best => KindMethod::Words,
            _ => KindMethod::Neighbors,
        };
        // What the pages around it say of a page is worth no more than what they say of themselves, and not much.
        let confidence = if is_best { own } else { own.max(0.5) };
        let page = view.page.page;
        self.pages.push(PageKind { page, kind: step.kind, confidence, method });
        let statement = share(DocumentKind::BankStatement).max(share(DocumentKind::CardStatement));
        let is_named = view.scores.is_titled(step.kind) || view.scores.proved == Some(step.kind);
        self.notes.push(Note { statement_share: statement, begins: step.begins, is_named });
    }

    /// Pages into papers: one begins where the path says so, or where the kind changes.
    pub(super) fn gather(&mut self) {
        self.children.clear();
        for (judged, note) in self.pages.iter().zip(&self.notes) {
            match self.children.last_mut().filter(|child| !note.begins && child.kind == judged.kind) {
                Some(child) => {
                    child.last_page = judged.page;
                    child.confidence = child.confidence.max(judged.confidence);
                }
                None => self.children.push(ChildDocument {
                    kind: judged.kind,
                    confidence: judged.confidence,
                    first_page: judged.page,
                    last_page: judged.page,
                }),
            }
        }
    }

    /// What the rows of a statement say of a page outweighs its words, and names the kind of the pages beside it that are
    /// pages of a statement, too.
    pub(super) fn settle(&mut self, page: u32, kind: DocumentKind, confidence: f64, method: KindMethod) {
        let Some(at) = self.pages.iter().position(|judged| judged.page == page) else { return };
        let begins = |index: usize| self.notes.get(index).is_none_or(|note| note.begins);
        let first = (0..=at).rev().find(|index| begins(*index)).unwrap_or(0);
        let last = (at + 1..self.pages.len()).find(|index| begins(*index)).unwrap_or(self.pages.len());
        for (index, judged) in self.pages.iter_mut().enumerate().take(last).skip(first) {
            let is_statement =
                matches!(judged.kind, DocumentKind::BankStatement | DocumentKind::CardStatement);
            if index == at {
                *judged = PageKind { page, kind, confidence: judged.confidence.max(confidence), method };
            } else if is_statement {
                judged.kind = kind;
            }
        }
    }

    pub(super) fn kind_of(&self, page: u32) -> DocumentKind {
        self.pages.iter().find(|judged| judged.page == page).map_or(DocumentKind::Other, |judged| judged.kind)
    }

    /// Whether a page is so surely of another kind that no statement may be read from it. Pages of kind `other` never
    /// are: notices and adverts stand inside of statements.
    pub(super) fn is_kept_from_statements(&self, page: u32) -> bool {
        let judged = self.pages.iter().find(|judged| judged.page == page);
        judged.is_some_and(|judged| {
            !matches!(
                judged.kind,
                DocumentKind::BankStatement | DocumentKind::CardStatement | DocumentKind::Other
            ) && judged.confidence >= SURE_OF_ANOTHER
                && self.statement_share(page) <= HARDLY_A_STATEMENT
                && self.is_named(page)
        })
    }

    /// Whether a page of the same paper names or proves its kind: words alone may be those of a statement's rows.
    fn is_named(&self, page: u32) -> bool {
        let Some(child) = self.children.iter().find(|child| child.has(page)) else { return false };
        self.pages.iter().zip(&self.notes).any(|(judged, note)| child.has(judged.page) && note.is_named)
    }

    /// How likely a page is a statement's, by what stands on it: 0–1.
    pub(super) fn statement_share(&self, page: u32) -> f64 {
        let judged = self.pages.iter().zip(&self.notes).find(|(judged, _)| judged.page == page);
        judged.map_or(0.0, |(_, note)| note.statement_share)
    }
}
