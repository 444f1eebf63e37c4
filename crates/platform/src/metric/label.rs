//! The values that labels may take.

use smartexus_domain::{DocumentState, PageMethod, Verdict};

/// Makes an enum whose variants are words: the closed list of one label.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word on the label.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What became of a submission.
    Acceptance {
        /// A new document.
        New => "new",
        /// Bytes that were there before.
        Duplicate => "duplicate",
    }
}

words! {
    /// Where a document's stages left it.
    Outcome {
        /// Read, and nobody has to look.
        Approved => "approved",
        /// Read; a person has to look.
        NeedsReview => "needs_review",
        /// Handed on.
        Exported => "exported",
        /// Could not be read.
        Failed => "failed",
    }
}

impl Outcome {
    /// The outcome of a document in this state; `None` while stages still run.
    #[must_use]
    pub const fn of(state: DocumentState) -> Option<Self> {
        match state {
            DocumentState::Received | DocumentState::Queued | DocumentState::Processing => None,
            DocumentState::Approved => Some(Self::Approved),
            DocumentState::NeedsReview => Some(Self::NeedsReview),
            DocumentState::Exported => Some(Self::Exported),
            DocumentState::Failed => Some(Self::Failed),
        }
    }
}

words! {
    /// How one run of a job ended.
    JobEnding {
        /// With an artifact.
        Finished => "finished",
        /// The document is at fault.
        Rejected => "rejected",
        /// It failed through the document and runs again.
        Retried => "retried",
        /// It failed through the document for the last time.
        Dead => "dead",
        /// The world is at fault; later again, uncounted.
        Postponed => "postponed",
        /// Given back, uncounted: the worker stops.
        Released => "released",
        /// The lease was, or may have been, somebody else's.
        Lost => "lost",
    }
}

words! {
    /// Why a job was given up.
    DeadReason {
        /// It failed through the document as often as the pipeline allows.
        Attempts => "attempts",
        /// Its workers vanished too often.
        WorkerLost => "worker_lost",
    }
}

words! {
    /// A write that carries a lease's epoch.
    FencedWrite {
        /// Keeping the lease.
        Heartbeat => "heartbeat",
        /// Recording the verdict.
        Settle => "settle",
        /// Counting an attempt.
        Retry => "retry",
        /// Moving the due time.
        Postpone => "postpone",
        /// Giving the job back.
        Release => "release",
    }
}

words! {
    /// Which bell.
    MessagingSystem {
        /// The one inside the process.
        Embedded => "embedded",
        /// RabbitMQ.
        Rabbitmq => "rabbitmq",
    }
}

words! {
    /// A call to the bell.
    MessagingOperation {
        /// Publish and wait for the confirm.
        Send => "send",
        /// Acknowledge after the claim.
        Ack => "ack",
        /// Reject what cannot be understood.
        Reject => "reject",
    }
}

words! {
    /// Why a call to the bell failed.
    MessagingError {
        /// No answer in time.
        Timeout => "timeout",
        /// No queue took it.
        Unroutable => "unroutable",
        /// The broker said no.
        Refused => "refused",
        /// There is no connection.
        Connection => "connection",
    }
}

words! {
    /// Where something of a document was erased.
    EraseStore {
        /// The document's key.
        Keys => "keys",
        /// Its objects.
        Blobs => "blobs",
        /// Its rows.
        Database => "database",
    }
}

words! {
    /// What a person changed.
    ReviewField {
        /// A date.
        Date => "date",
        /// A description.
        Description => "description",
        /// An amount.
        Amount => "amount",
        /// A running, opening or closing balance.
        Balance => "balance",
        /// A counterparty.
        Counterparty => "counterparty",
        /// A category.
        Category => "category",
        /// Who holds the account, and where.
        Account => "account",
        /// A whole row, added or removed.
        Row => "row",
    }
}

words! {
    /// How an attempt to deliver ended.
    Delivery {
        /// The receiver took it.
        Delivered => "delivered",
        /// It did not; there will be another attempt.
        Failed => "failed",
        /// It did not, and there will be none.
        GivenUp => "given_up",
        /// The receiver wants no more.
        Disabled => "disabled",
    }
}

words! {
    /// What a verification of the audit trail found.
    AuditVerification {
        /// Nothing.
        Intact => "intact",
        /// Something was changed, cut or added.
        Broken => "broken",
    }
}

words! {
    /// What became of a span.
    SpanFate {
        /// The collector has it.
        Sent => "sent",
        /// The collector did not answer.
        Lost => "lost",
    }
}

words! {
    /// A request's method; `_OTHER` is OpenTelemetry's word for what it does not know.
    #[expect(missing_docs, reason = "the names are the field's own words")]
    HttpMethod {
        Get => "GET",
        Head => "HEAD",
        Post => "POST",
        Put => "PUT",
        Patch => "PATCH",
        Delete => "DELETE",
        Options => "OPTIONS",
        Other => "_OTHER",
    }
}

impl HttpMethod {
    /// The method with this name, which is case-sensitive.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::ALL.iter().copied().find(|method| method.as_str() == name).unwrap_or(Self::Other)
    }
}

words! {
    /// The first digit of an answer's status.
    StatusClass {
        /// 100 to 199.
        Informational => "1xx",
        /// 200 to 299.
        Success => "2xx",
        /// 300 to 399.
        Redirection => "3xx",
        /// 400 to 499: the client's fault.
        ClientError => "4xx",
        /// 500 and above: ours.
        ServerError => "5xx",
    }
}

impl StatusClass {
    /// The class of a status.
    #[must_use]
    pub const fn of(status: u16) -> Self {
        match status {
            0..=199 => Self::Informational,
            200..=299 => Self::Success,
            300..=399 => Self::Redirection,
            400..=499 => Self::ClientError,
            _ => Self::ServerError,
        }
    }
}

/// A route's template, `/v1/documents/{id}`: a constant of the program, so never a path that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route(&'static str);

impl Route {
    /// What no route of ours matches.
    pub const UNMATCHED: Self = Self("unmatched");

    /// The route with this template.
    #[must_use]
    pub const fn new(template: &'static str) -> Self {
        Self(template)
    }

    /// The word on the label.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// The word for a verdict.
pub(super) const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified",
        Verdict::Discrepancy => "discrepancy",
        Verdict::Unverifiable => "unverifiable",
    }
}

/// The word for the way a page was read.
pub(super) const fn method_word(method: PageMethod) -> &'static str {
    match method {
        PageMethod::Text => "text",
        PageMethod::Ocr => "ocr",
        PageMethod::Mixed => "mixed",
    }
}
