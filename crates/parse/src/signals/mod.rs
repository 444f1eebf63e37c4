//! Tamper evidence: the facts of a file and the figures read from it, judged. Pure, bounded, and never a verdict: a signal
//! says what was found and where, and changes nothing of what was read.
//!
//! `scene` finds the printed figures behind the rows; every other module judges one kind of trace; `places` makes two
//! independent signals at one place louder.

mod arithmetic;
mod calendar;
mod check_digits;
mod copies;
mod geometry;
mod hidden;
mod layers;
mod leftovers;
mod lettering;
mod maker;
mod makeup;
mod measures;
mod moment;
mod names;
mod numbering;
mod pictures;
mod places;
mod programs;
mod redrawn;
mod saves;
mod scene;
mod signature;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::page as page_of_lines;

use scene::Scene;
use smartexus_domain::{Pages, Signal, SignalName, Statement};

/// Signals of one kind that are told; further ones say nothing new.
const SIGNALS_OF_A_KIND_MAX: usize = 32;

/// What pages and the statements read from them show, in the order of the closed list.
#[must_use]
pub fn judge_pages(pages: &Pages, statements: &[Statement]) -> Vec<Signal> {
    let scene = Scene::of(pages, statements);
    let judges: [fn(&Scene<'_>) -> Vec<Signal>; 15] = [
        saves::judge,
        signature::judge,
        layers::judge,
        hidden::judge,
        lettering::judge,
        maker::judge,
        makeup::judge,
        pictures::judge,
        redrawn::judge,
        numbering::judge,
        calendar::judge,
        copies::judge,
        check_digits::judge,
        names::judge,
        arithmetic::judge,
    ];
    let mut signals: Vec<Signal> = judges.into_iter().flat_map(|judge| judge(&scene)).collect();
    places::strengthen(&mut signals);
    settled(signals)
}

/// What the statements of a data file show: only their figures can.
pub(crate) fn judge_figures(statements: &[Statement]) -> Vec<Signal> {
    let mut signals = arithmetic::of_figures(statements);
    signals.extend(calendar::out_of_period(statements));
    signals.extend(check_digits::of_accounts(statements));
    settled(signals)
}

/// In the order of the list, then of the document; not too many of a kind.
fn settled(mut signals: Vec<Signal>) -> Vec<Signal> {
    signals.sort_by_key(|signal| (signal.signal, std::cmp::Reverse(signal.severity)));
    let mut told = 0;
    let mut before: Option<SignalName> = None;
    signals.retain(|signal| {
        told = if before == Some(signal.signal) { told + 1 } else { 1 };
        before = Some(signal.signal);
        told <= SIGNALS_OF_A_KIND_MAX
    });
    signals
}
