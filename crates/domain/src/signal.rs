//! Tamper evidence: what a file and its figures show that an untouched one does not. Evidence with its place, never a
//! verdict on a person, and no likelihood of anything.

use crate::Rect;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How loudly a signal speaks.
///
/// `warn` is kept for an amount, date, balance or name that differs between two revisions of the file, for two
/// independent signals at one place, and for arithmetic that breaks in rows read with high confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth looking at.
    Warn,
}

/// Declares the closed list: the name, its stable word, and a cause that has nothing to do with anybody's intent.
macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $innocent:literal;)+) => {
        /// Every signal there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum SignalName { $($(#[$doc])* $name),+ }

        impl SignalName {
            /// Every signal, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// A usual cause that means nothing: an end of the sentence "This may be …".
            #[must_use]
            pub const fn innocent(self) -> &'static str {
                match self { $(Self::$name => $innocent),+ }
            }
        }
    };
}

signals! {
    /// The file was saved again behind its first version.
    IncrementalUpdate = "incremental_update",
        "the bank's own later save, a signature, a filled form, or a program that keeps the old version when it saves";
    /// Words differ between two revisions of the file.
    RevisionChangesText = "revision_changes_text", "a correction by the issuer, or a form that was filled in";
    /// Two different texts stand on the same spot.
    OverlaidText = "overlaid_text", "a stamp, a watermark, or a form printed over a template";
    /// An annotation lies over text.
    AnnotationOverContent = "annotation_over_content", "a stamp of receipt or a reviewer's note";
    /// Text lies under an opaque box or picture.
    MaskedArea = "masked_area", "a redaction by the client, or a template whose placeholder was covered";
    /// Figures that nobody sees.
    HiddenText = "hidden_text", "a text layer of a scanner, or text kept for screen readers or archives";
    /// The text layer says something else than the picture of the page.
    TextLayerMismatch = "text_layer_mismatch", "a font whose map is wrong, or a text layer that a scanner's program misread";
    /// Few figures of a column are set in another font.
    FontMinority = "font_minority", "emphasis by the issuer, or a font that lacks a letter";
    /// Few figures of a column are set in another size, place or spacing.
    GlyphGeometry = "glyph_geometry", "emphasis, justified text, or a figure that was squeezed into its column";
    /// Marks that editors leave where text was changed.
    EditMarks = "edit_marks", "accessibility tools, which leave the same marks";
    /// A program that edits documents or pictures made or saved the file.
    EditorProducer = "editor_producer", "a document that was merged, compressed or printed with that program";
    /// The file names two different producers.
    ProducerMismatch = "producer_mismatch", "a portal that stamps or packs documents of another program";
    /// The dates of the file do not fit each other or the period.
    MetadataDates = "metadata_dates", "a download or save at a later time, or a clock that was set wrong";
    /// The second half of the file's identifier says that it was saved again.
    FileIdChanged = "file_id_changed", "a download portal or archive that saved the file again";
    /// A region of a page's picture has another resolution than the rest.
    ImagePatch = "image_patch", "a scanner that stores a page in pieces, or a label that was put on the scan";
    /// A region of a picture lacks the trace of an earlier save that the rest has.
    Recompression = "recompression", "a scanner or gallery program that cleaned or marked a part of the picture";
    /// Pages with rows differ in size, fonts or kind.
    MixedPages = "mixed_pages", "pages that were scanned or printed apart, or notices in between";
    /// A page of a digital document is one picture.
    FlattenedPage = "flattened_page", "a scan with a phone, or a print that was saved as pictures";
    /// The picture has the size of a screen, or a camera took it.
    ScreenshotOrPhoto = "screenshot_or_photo", "the usual way to send a page from a phone";
    /// The picture's own data name an editor or a later change.
    ExifModified = "exif_modified", "a gallery program that turned or cropped the picture";
    /// Page numbers or carried balances miss a step.
    PageGap = "page_gap", "a page that was not sent";
    /// The figures do not add up.
    ArithmeticBreak = "arithmetic_break", "a row that was misread, or a printing fault of the issuer";
    /// A date that does not exist.
    DateImpossible = "date_impossible", "a misprint, or a misread figure";
    /// A row outside the printed period.
    DateOutOfPeriod = "date_out_of_period", "a late posting, or a purchase booked in the next period";
    /// A date in another style than its column.
    DateStyle = "date_style", "a system that passes on dates as others wrote them";
    /// The same row again, to the letter and the place.
    CopiedRows = "copied_rows", "a standing order, or a row that was printed twice";
    /// Check digits do not hold.
    CheckDigit = "check_digit", "a misprint, or a misread figure";
    /// The document names different holders of one account.
    NameOrAddressMismatch = "name_or_address_mismatch", "a marriage, a move, a trade name or a joint account";
    /// Another document of the case says something else.
    CrossDocument = "cross_document", "timing, or a payment that was split";
    /// The same document is there twice.
    DuplicateDocument = "duplicate_document", "a file that was sent again";
    /// Almost the same document is there twice.
    NearDuplicate = "near_duplicate", "a corrected statement, or the same form of another month";
    /// A signature that does not hold, or does not cover all of the file.
    SignatureState = "signature_state", "an archive that converted the file, or a stamp put on it after signing";
}

impl SignalName {
    /// Whether the signal alone is a reason to look at the document. That a file was given another identifier says no more
    /// than that some program saved it, as download portals do with every file they hand out.
    #[must_use]
    pub const fn speaks_alone(self) -> bool {
        !matches!(self, Self::FileIdChanged)
    }
}

/// What was found, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signal {
    /// Which.
    pub signal: SignalName,
    /// How strong.
    pub severity: Severity,
    /// What was found and where: one sentence for people.
    pub evidence: String,
    /// 1-based page, where there is one.
    pub page: Option<u32>,
    /// Place on the page, in points, origin top left.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Rect>,
    /// The object of the file that shows it, for instance `12 0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Bytes from the start of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// What an untouched document would show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// A cause that means nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innocent: Option<String>,
}

impl Signal {
    /// A signal of [`Severity::Info`] about the whole document, with the usual innocent cause.
    #[must_use]
    pub fn new(signal: SignalName, evidence: impl Into<String>) -> Self {
        Self {
            signal,
            severity: Severity::Info,
            evidence: evidence.into(),
            page: None,
            bounds: None,
            object: None,
            offset: None,
            expected: None,
            found: None,
            innocent: Some(signal.innocent().to_owned()),
        }
    }

    /// The same signal, on a page.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The same signal, at a place on a page.
    #[must_use]
    pub fn at(mut self, page: u32, bounds: Rect) -> Self {
        (self.page, self.bounds) = (Some(page), Some(bounds));
        self
    }

    /// The same signal, with what was expected and what was found.
    #[must_use]
    pub fn showing(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        (self.expected, self.found) = (Some(expected.into()), Some(found.into()));
        self
    }

    /// The same signal, louder.
    #[must_use]
    pub fn warn(mut self) -> Self {
        self.severity = Severity::Warn;
        self
    }
}

/// All signals of a document in one word. The absence of signals proves nothing: a document made anew leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalSummary {
    /// Something was found that a person should look at.
    ReviewRecommended,
    /// Nothing was found, or nothing that [speaks alone](SignalName::speaks_alone).
    NoEditSignalsFound,
}

impl SignalSummary {
    /// The word for these signals.
    #[must_use]
    pub fn of(signals: &[Signal]) -> Self {
        let speaks = signals.iter().any(|signal| signal.signal.speaks_alone());
        if speaks { Self::ReviewRecommended } else { Self::NoEditSignalsFound }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_has_one_word_and_an_innocent_cause() {
        let mut words: Vec<&str> = SignalName::ALL.iter().map(|name| name.as_str()).collect();
        for name in SignalName::ALL {
            assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
            assert!(!name.innocent().is_empty() && !name.innocent().ends_with('.'), "{}", name.as_str());
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), SignalName::ALL.len());
    }

    #[test]
    fn what_is_not_known_is_not_printed() {
        let plain = serde_json::to_value(Signal::new(SignalName::PageGap, "Page 3 is missing.")).unwrap();
        let keys: Vec<&String> = plain.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["evidence", "innocent", "page", "severity", "signal"]);
        let old = r#"{"signal":"page_gap","severity":"info","evidence":"","page":null}"#;
        assert_eq!(serde_json::from_str::<Signal>(old).unwrap().innocent, None);
        assert!(serde_json::from_str::<Signal>(&old.replace("page_gap", "guilt")).is_err());
    }

    #[test]
    fn one_word_for_all() {
        assert_eq!(SignalSummary::of(&[]), SignalSummary::NoEditSignalsFound);
        let one = [Signal::new(SignalName::PageGap, "")];
        assert_eq!(SignalSummary::of(&one), SignalSummary::ReviewRecommended);
        let saved = Signal::new(SignalName::FileIdChanged, "");
        assert_eq!(SignalSummary::of(std::slice::from_ref(&saved)), SignalSummary::NoEditSignalsFound);
        assert_eq!(SignalSummary::of(&[saved, one[0].clone()]), SignalSummary::ReviewRecommended);
    }
}
