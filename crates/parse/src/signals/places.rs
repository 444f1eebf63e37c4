//! Two independent signals at one place say more than either.

use super::geometry::overlaps;
use smartexus_domain::{Rect, Severity, Signal, SignalName};

/// What two signals must not share to be independent of each other: one act leaves several traces of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Something lies over something.
    Layers,
    /// Letters unlike their neighbours.
    Letters,
    /// Marks of a program.
    Marks,
    /// Two revisions.
    Saves,
    /// Text that nobody sees.
    Hidden,
    /// The figures say something that cannot be.
    Figures,
    /// The dates do.
    Dates,
}

const fn family(name: SignalName) -> Option<Family> {
    Some(match name {
        SignalName::OverlaidText
        | SignalName::AnnotationOverContent
        | SignalName::MaskedArea
        | SignalName::ImagePatch
        | SignalName::Recompression => Family::Layers,
        SignalName::FontMinority | SignalName::GlyphGeometry => Family::Letters,
        SignalName::EditMarks => Family::Marks,
        SignalName::RevisionChangesText => Family::Saves,
        SignalName::HiddenText | SignalName::TextLayerMismatch => Family::Hidden,
        SignalName::ArithmeticBreak | SignalName::CopiedRows | SignalName::CheckDigit => Family::Figures,
        SignalName::DateImpossible | SignalName::DateOutOfPeriod | SignalName::DateStyle => Family::Dates,
        SignalName::IncrementalUpdate
        | SignalName::EditorProducer
        | SignalName::ProducerMismatch
        | SignalName::MetadataDates
        | SignalName::FileIdChanged
        | SignalName::MixedPages
        | SignalName::FlattenedPage
        | SignalName::ScreenshotOrPhoto
        | SignalName::ExifModified
        | SignalName::PageGap
        | SignalName::NameOrAddressMismatch
        | SignalName::CrossDocument
        | SignalName::DuplicateDocument
        | SignalName::NearDuplicate
        | SignalName::SignatureState => return None,
    })
}

/// Makes signals louder that share a place with one of another family.
pub(super) fn strengthen(signals: &mut [Signal]) {
    let placed: Vec<Option<(Family, u32, Rect)>> =
        signals.iter().map(|s| Some((family(s.signal)?, s.page?, s.bounds?))).collect();
    for (signal, own) in signals.iter_mut().zip(&placed) {
        let Some((family, page, bounds)) = own else { continue };
        let is_other = |(other, there, place): &(Family, u32, Rect)| {
            other != family && there == page && overlaps(*place, *bounds)
        };
        if placed.iter().flatten().any(is_other) {
            signal.severity = Severity::Warn;
        }
    }
}
