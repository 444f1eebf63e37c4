//! One mutant's way: our own parsers in this process, caught and on a clock; everything foreign behind the walls of the
//! real program; and what came back inspected as a worker does.

use crate::Target;
use crate::havoc::Material;
use smartexus_domain::{FailureCode, MediaType, Pages};
use smartexus_extract::ExtractOptions;
use smartexus_parse::{Input, ParseOptions};
use smartexus_worker::pipeline::Pipeline;
use smartexus_worker::sandbox::{
    Death, Extracted, Outcome, Request, RunLimits, Sandbox, SandboxError, SandboxProgram, inspect_extracted,
    inspect_reading,
};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Processor time that no document may take.
const HANG: Duration = Duration::from_secs(10);
/// Wall-clock time after which it is a hang even if it only waits; long, as a machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);
/// The hidden word that makes the program a sandboxed child.
const CHILD_WORD: &str = "read-untrusted-bytes";
/// Children that wait for the next document.
const WAITING: usize = 4;
/// Streams of a file that are unpacked for the reader of operators, and how far.
const STREAMS_MAX: usize = 8;
const STREAM_BYTES_MAX: usize = 256 * 1024;

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Read and inspected.
    Read,
    /// A stable code.
    Failed(FailureCode),
    /// The child died, which its parent tells the document by a stable code.
    Died(Death),
    /// An own parser panicked: this one.
    Panicked(&'static str),
    /// Longer than ten seconds, here or in the child.
    Hung(&'static str),
    /// The child's reply was not one that an honest reader gives.
    BadReply,
    /// No child could be had, which is never the document's fault.
    NoChild(String),
}

impl Fate {
    /// Whether a document may end like this: with a result or a stable code.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        match self {
            Self::Read | Self::Failed(_) | Self::Died(_) => true,
            Self::Panicked(_) | Self::Hung(_) | Self::BadReply | Self::NoChild(_) => false,
        }
    }

    /// Whether something has to be repaired, even if its end was a typed one.
    #[must_use]
    pub const fn is_defect(&self) -> bool {
        match self {
            Self::Read | Self::Failed(_) | Self::Died(Death::OutOfMemory) => false,
            Self::Died(_) | Self::Panicked(_) | Self::Hung(_) | Self::BadReply | Self::NoChild(_) => true,
        }
    }
}

/// Where mutants go through.
pub struct Ordeal {
    sandbox: Sandbox,
    pipeline: Pipeline,
    options: ExtractOptions,
    limits: RunLimits,
}

impl Ordeal {
    /// With this program's children. Must be called within a runtime.
    ///
    /// # Errors
    /// As [`Sandbox::open`].
    pub fn open(program: &Path) -> Result<Self, SandboxError> {
        Self::open_with(SandboxProgram { path: program.to_owned(), args: vec![CHILD_WORD.into()] })
    }

    /// With other children, whose readers do more.
    ///
    /// # Errors
    /// As [`Sandbox::open`].
    pub fn open_with(program: SandboxProgram) -> Result<Self, SandboxError> {
        let sandbox = Sandbox::open(program, WAITING)?;
        let pipeline = Pipeline::default_bank_statement().map_err(|_| SandboxError::Request)?;
        let limits =
            RunLimits { timeout: PATIENCE, cpu_seconds: HANG.as_secs(), ..pipeline.limits.run_limits() };
        Ok(Self { sandbox, pipeline, options: ExtractOptions::default(), limits })
    }

    /// Starts a child ahead.
    pub async fn warm(&self) {
        self.sandbox.warm(&self.limits).await;
    }

    /// The whole way.
    pub async fn undergo(&self, bytes: Vec<u8>, material: Material) -> Fate {
        let bytes = Arc::new(bytes);
        match own_parsers(&bytes, material).await {
            None => self.through_the_walls(bytes).await,
            Some(broken) => broken,
        }
    }

    async fn through_the_walls(&self, bytes: Arc<Vec<u8>>) -> Fate {
        let pages_max = self.pipeline.limits.pages_per_job;
        let request = Request::ExtractOrSurvey { options: self.options.clone(), pages_max };
        let reply = match self.sandbox.run(&request, &bytes, &self.limits).await {
            Ok(Outcome::Done(reply)) => reply,
            Ok(Outcome::Failed(code)) => return Fate::Failed(code),
            Ok(Outcome::Died(Death::TimedOut)) => return Fate::Hung("the child"),
            Ok(Outcome::Died(death)) => return Fate::Died(death),
            Err(error) => return Fate::NoChild(error.to_string()),
        };
        match inspect_extracted(&reply, &self.pipeline, self.options.limits.words_per_page) {
            Ok(Extracted::Survey(_)) => Fate::Read,
            Ok(Extracted::Pages(pages)) => {
                on_a_clock("parse", move || parsed(&pages, &bytes)).await.unwrap_or_else(|fate| fate)
            }
            Err(_) => Fate::BadReply,
        }
    }
}

fn parsed(pages: &Pages, bytes: &[u8]) -> Fate {
    let input = match pages.media_type {
        MediaType::Pdf | MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp => {
            Input::Pages(pages)
        }
        media @ (MediaType::Csv
        | MediaType::Ofx
        | MediaType::Qif
        | MediaType::Mt940
        | MediaType::Camt
        | MediaType::Xlsx
        | MediaType::Xls
        | MediaType::Ods
        | MediaType::Bai2
        | MediaType::Json
        | MediaType::Unknown) => Input::Structured { media, bytes },
    };
    let options = ParseOptions::default();
    let reading = match smartexus_parse::parse(input, &options) {
        Ok(reading) => reading,
        Err(error) => return Fate::Failed(error.code()),
    };
    let inspected = serde_json::to_vec(&reading)
        .ok()
        .and_then(|reply| inspect_reading(&reply, options.rows_max, pages.pages.len()).ok());
    if inspected.is_some() { Fate::Read } else { Fate::BadReply }
}

/// Parsers of ours that a file of this kind meets, or could meet under a wrong name.
const fn suited(material: Material) -> &'static [&'static str] {
    match material {
        Material::Pdf => &["sniff"],
        Material::Text => &[
            "sniff",
            "csv",
            "ofx",
            "qif",
            "mt940",
            "camt",
            "bai2",
            "json",
            "notation",
            "paper",
            "hocr",
            "configuration",
            "replies",
        ],
        Material::Archive => &["sniff", "xlsx", "csv"],
        Material::Png | Material::Jpeg | Material::Tiff | Material::Riff => &["sniff", "csv"],
    }
}

/// Throws the bytes at every parser of ours that they suit; what broke first, if anything did.
async fn own_parsers(bytes: &Arc<Vec<u8>>, material: Material) -> Option<Fate> {
    for name in suited(material) {
        let Some(target) = Target::named(name) else { continue };
        let bytes = Arc::clone(bytes);
        if let Err(fate) = on_a_clock(name, move || (target.throw)(&bytes)).await {
            return Some(fate);
        }
    }
    let target = Target::named("content_operators").filter(|_| material == Material::Pdf)?;
    let bytes = Arc::clone(bytes);
    let read = move || streams(&bytes).iter().for_each(|stream| (target.throw)(stream));
    on_a_clock(target.name, read).await.err()
}

/// Runs on a thread for blocking work; what does not come back is a hang, and keeps its thread.
async fn on_a_clock<T: Send + 'static>(
    name: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fate> {
    let mut running = tokio::task::spawn_blocking(work);
    let (started, busy_before) = (Instant::now(), busy());
    loop {
        match tokio::time::timeout(HANG, &mut running).await {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(_)) => return Err(Fate::Panicked(name)),
            // Others share this process, so this is a little strict where they are busy too.
            Err(_) if busy().saturating_sub(busy_before) > HANG || started.elapsed() > PATIENCE => {
                return Err(Fate::Hung(name));
            }
            Err(_) => {}
        }
    }
}

/// Processor time of this process.
fn busy() -> Duration {
    crate::watch::busy(std::process::id()).unwrap_or_default()
}

/// The first packed streams of a file, unpacked.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    const WORD: &[u8] = b"stream\n";
    let places = bytes.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD);
    let starts = places.map(|(at, _)| at.saturating_add(WORD.len())).take(STREAMS_MAX);
    let unpack = |start: usize| {
        let data = bytes.get(start..)?;
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(data, STREAM_BYTES_MAX).ok()
    };
    starts.filter_map(unpack).collect()
}
