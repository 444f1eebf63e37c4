//! What a case is made from and what is wished for: the source of the case, `smartexus.case_request/1`.

use crate::pipeline::ReportFormat;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, StageKind};
use smartexus_platform::port::{Artifact, ObjectKind, ObjectName};

/// The source of a case. Same documents, same readings and same wishes are the same case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseRequest {
    pub(crate) schema: String,
    /// By id, each once.
    pub(crate) documents: Vec<CaseSource>,
    /// Which files are written.
    pub(crate) formats: Vec<ReportFormat>,
    /// How the reports are headed.
    pub(crate) title: Option<String>,
    /// For QBO files.
    pub(crate) bank_id: Option<String>,
    /// Write files that have no place for a verdict although not everything is proved.
    pub(crate) allow_unverified: bool,
    /// What changes figures, as a `smartexus.analytics/1` file.
    pub(crate) choices: Option<String>,
}

/// One document of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseSource {
    pub(crate) document: DocumentId,
    /// `null` where the document could not be read.
    pub(crate) reading: Option<PinnedReading>,
}

/// One version of what a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinnedReading {
    pub(crate) stage: StageKind,
    pub(crate) version: u64,
    pub(crate) bytes: u64,
}

impl CaseRequest {
    pub(crate) const SCHEMA: &'static str = "smartexus.case_request/1";
}

impl PinnedReading {
    /// The reading that counts among a document's artifacts: categorized, where that stage ran.
    pub(crate) fn of(artifacts: &[Artifact]) -> Option<Self> {
        [StageKind::Categorize, StageKind::Parse].into_iter().find_map(|stage| {
            let kind = ObjectKind::artifact(stage);
            let found = artifacts.iter().find(|artifact| artifact.object.kind == kind)?;
            Some(Self { stage, version: found.object.version, bytes: found.bytes })
        })
    }

    /// Its object, in place of a source's.
    pub(crate) fn object(self, source: ObjectName) -> ObjectName {
        ObjectName { kind: ObjectKind::artifact(self.stage), version: self.version, ..source }
    }
}
