//! Who made the file, with which program and when, as it says itself.

use super::geometry::around;
use super::moment::Moment;
use super::programs::{Purpose, purpose};
use super::scene::Scene;
use smartexus_domain::{FileFacts, Page, Signal, SignalName};

/// Dates that differ by no more days differ by time zones and nightly runs.
const SAME_DAYS: i64 = 1;
/// A statement may be made so many days before the last day of its period: the weekend is foreseen.
const EARLY_DAYS: i64 = 4;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = scene.pages.iter().flat_map(marks).collect();
    signals.extend(programs(scene));
    signals.extend(two_producers(scene.facts));
    signals.extend(dates(scene).into_iter().map(|said| Signal::new(SignalName::MetadataDates, said)));
    signals
}

fn marks(page: &Page) -> Vec<Signal> {
    let marks = &page.facts.edit_marks;
    let mark = marks.first().map(|first| {
        let times = if marks.len() == 1 { "once".to_owned() } else { format!("{} times", marks.len()) };
        let evidence = format!("The content of page {} has the mark {} {times}.", page.page, first.tag);
        let signal = Signal::new(SignalName::EditMarks, evidence);
        match around(marks.iter().filter_map(|mark| mark.bounds)) {
            Some(bounds) => signal.at(page.page, bounds),
            None => signal.on_page(page.page),
        }
    });
    let owners = page.facts.private_data.iter().filter(|owner| is_editor(owner));
    let data = owners.map(|owner| {
        let evidence = format!("{owner} left data of its own with page {}.", page.page);
        Signal::new(SignalName::EditMarks, evidence).on_page(page.page)
    });
    mark.into_iter().chain(data).collect()
}

fn is_editor(name: &str) -> bool {
    matches!(purpose(name), Some(Purpose::Pdf | Purpose::Picture))
}

/// Programs for documents and browsers make honest invoices and print honest pages; banks do not set statements in them.
fn programs(scene: &Scene<'_>) -> Vec<Signal> {
    let facts = scene.facts;
    let xmp = facts.xmp.as_ref();
    let names = [&facts.producer, &facts.creator].into_iter().flatten();
    let names = names.chain(
        xmp.into_iter()
            .flat_map(|xmp| [&xmp.producer, &xmp.creator].into_iter().flatten().chain(&xmp.history)),
    );
    let mut told: Vec<&String> = Vec::new();
    let mut signals = Vec::new();
    for name in names {
        let Some(purpose) = purpose(name).filter(|_| !told.contains(&name)) else { continue };
        let is_telling = match purpose {
            Purpose::Pdf | Purpose::Picture => true,
            Purpose::Office => !scene.statements.iter().all(|s| s.transactions.is_empty()),
            Purpose::Browser | Purpose::Raster => false,
        };
        if is_telling {
            told.push(name);
            let evidence = format!("The file names “{name}”, {}.", purpose.words());
            signals.push(Signal {
                found: Some(name.clone()),
                ..Signal::new(SignalName::EditorProducer, evidence)
            });
        }
    }
    signals
}

/// The information dictionary and the XMP packet name different producers.
fn two_producers(facts: &FileFacts) -> Option<Signal> {
    let (info, xmp) = (facts.producer.as_deref()?, facts.xmp.as_ref()?.producer.as_deref()?);
    let first = |name: &str| name.split([' ', '/', '-']).next().unwrap_or_default().to_lowercase();
    // Versions and what a later program adds behind the name are no other producer.
    if info.contains(xmp) || xmp.contains(info) || first(info) == first(xmp) {
        return None;
    }
    let evidence = format!("The file names the producer “{info}” in one place and “{xmp}” in another.");
    Some(Signal::new(SignalName::ProducerMismatch, evidence).showing(xmp, info))
}

fn dates(scene: &Scene<'_>) -> Vec<String> {
    let facts = scene.facts;
    let mut said = Vec::new();
    let written = [("creation", &facts.created), ("modification", &facts.modified)];
    for (name, text) in written {
        if let Some(text) = text.as_ref().filter(|text| Moment::of_pdf(text).is_none()) {
            said.push(format!("The {name} date of the file, “{text}”, is no date."));
        }
    }
    let read = |text: &Option<String>| text.as_deref().and_then(Moment::of_pdf);
    let (created, modified) = (read(&facts.created), read(&facts.modified));
    if let (None, Some(text)) = (&facts.created, &facts.modified) {
        said.push(format!("The file says when it was changed, “{text}”, but not when it was made."));
    }
    if let (Some(created), Some(modified)) = (created, modified) {
        let days = modified.days_after(created);
        if days > SAME_DAYS {
            said.push(format!("The file was changed {days} days after it was made, on {}.", modified.day));
        } else if days < -SAME_DAYS {
            said.push(format!("The file says that it was changed {} days before it was made.", days.abs()));
        }
    }
    if let Some(created) = created {
        said.extend(before_the_end(scene, created));
    }
    said.extend(other_dates(facts, created, modified));
    said
}

/// A statement is made when its period is over.
fn before_the_end(scene: &Scene<'_>, created: Moment) -> Option<String> {
    let end = scene.statements.iter().filter_map(|statement| statement.period.end).max()?;
    let days = i64::from(created.day.until(end).ok()?.get_days());
    (days > EARLY_DAYS).then(|| {
        format!("The file was made on {}, {days} days before its period ends on {end}.", created.day)
    })
}

/// The information dictionary and the XMP packet are written together.
fn other_dates(facts: &FileFacts, created: Option<Moment>, modified: Option<Moment>) -> Vec<String> {
    let Some(xmp) = &facts.xmp else { return Vec::new() };
    let pairs = [("creation", created, &xmp.created), ("modification", modified, &xmp.modified)];
    let differs = |(name, own, other): (&str, Option<Moment>, &Option<String>)| {
        let (own, other) = (own?, other.as_deref().and_then(Moment::of_iso)?);
        let days = own.days_after(other).abs();
        (days > SAME_DAYS)
            .then(|| format!("Two {name} dates in the file differ: {} and {}.", own.day, other.day))
    };
    pairs.into_iter().filter_map(differs).collect()
}
