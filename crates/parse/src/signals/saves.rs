//! Saves behind the first version of a file, and the words they changed.

use super::geometry::{around, overlaps};
use super::scene::{Scene, is_money, is_whole_date};
use crate::lexicon::fold;
use smartexus_domain::{Edit, EditedWord, Page, Rect, Signal, SignalName};

/// Letters of a text that is quoted.
const QUOTED_CHARS: usize = 120;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = update(scene).into_iter().collect();
    for page in scene.pages {
        signals.extend(page.facts.edits.iter().filter_map(|edit| changed(scene, page, edit)));
    }
    signals.extend(id_changed(scene));
    signals
}

/// A save that only signs is the way in which files are signed.
fn update(scene: &Scene<'_>) -> Option<Signal> {
    let mut others = scene.facts.saves.iter().filter(|save| !save.signs);
    let first = others.next()?;
    let count = others.count().saturating_add(1);
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let evidence = format!(
        "The file was saved {times} behind its first version; the first such save starts at byte {}.",
        first.offset
    );
    Some(Signal { offset: Some(first.offset), ..Signal::new(SignalName::IncrementalUpdate, evidence) })
}

fn changed(scene: &Scene<'_>, page: &Page, edit: &Edit) -> Option<Signal> {
    if edit.before.is_empty() && is_signing(scene, edit.revision) {
        return None;
    }
    let (before, after) = (quoted(&edit.before), quoted(&edit.after));
    let bounds = around(edit.after.iter().chain(&edit.before).map(|word| word.bounds))?;
    let what = match (edit.before.is_empty(), edit.after.is_empty()) {
        (true, _) => format!("puts in {after}"),
        (false, true) => format!("takes out {before}"),
        (false, false) => format!("has {after} where {before} stood before"),
    };
    let evidence = format!("Revision {} of the file {what} on page {}.", edit.revision, page.page);
    let signal = Signal::new(SignalName::RevisionChangesText, evidence).at(page.page, bounds);
    let signal = signal.showing(text(&edit.before), text(&edit.after));
    Some(if matters(scene, page, edit, bounds) { signal.warn() } else { signal })
}

/// Does an amount, a date, a balance or a name differ?
fn matters(scene: &Scene<'_>, page: &Page, edit: &Edit, bounds: Rect) -> bool {
    let is_replaced = !edit.before.is_empty() && !edit.after.is_empty();
    let in_table = scene.table_on(page.page).is_some_and(|table| overlaps(table, bounds));
    let figures = figures(&edit.before) != figures(&edit.after);
    figures && (is_replaced || in_table) || is_replaced && is_name(scene, edit)
}

/// The words of either side that are figures, in order.
fn figures(words: &[EditedWord]) -> Vec<&str> {
    let texts = words.iter().map(|word| word.text.as_str());
    texts.filter(|text| is_money(text) || is_whole_date(text)).collect()
}

/// Is it the name of a holder that differs?
fn is_name(scene: &Scene<'_>, edit: &Edit) -> bool {
    let holders = scene.statements.iter().flat_map(|statement| &statement.account.holders);
    let names: Vec<String> = holders.flat_map(|holder| holder.split(' ')).map(fold).collect();
    let is_part = |word: &EditedWord| word.text.chars().count() >= 3 && names.contains(&fold(&word.text));
    edit.before.iter().chain(&edit.after).any(is_part)
}

/// Does the save of this revision only sign?
fn is_signing(scene: &Scene<'_>, revision: u32) -> bool {
    let index = usize::try_from(revision).ok().and_then(|revision| revision.checked_sub(2));
    index.and_then(|index| scene.facts.saves.get(index)).is_some_and(|save| save.signs)
}

fn text(words: &[EditedWord]) -> String {
    let whole = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    whole.chars().take(QUOTED_CHARS).collect()
}

fn quoted(words: &[EditedWord]) -> String {
    format!("“{}”", text(words))
}

/// A file that was only signed has another second half, too.
fn id_changed(scene: &Scene<'_>) -> Option<Signal> {
    let id = scene.facts.id.as_ref().filter(|id| id.first != id.last)?;
    if scene.facts.saves.iter().any(|save| save.signs) {
        return None;
    }
    let evidence = "The identifier of the file was given when it was made and given anew at a later save.";
    Some(Signal::new(SignalName::FileIdChanged, evidence).showing(&id.first, &id.last))
}
