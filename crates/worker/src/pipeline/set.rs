//! All pipelines of a process: the built-in one, and a directory of the user's.

use super::{Pipeline, issuers};
use smartexus_domain::RetentionClass;
use smartexus_manifest::{ManifestErrors, SIZE_BYTES_MAX};
use smartexus_platform::port::PipelineRef;
use std::io::Read;
use std::path::{Path, PathBuf};

/// More files than this in one directory are a mistake.
const FILES_MAX: usize = 200;

/// The pipelines that documents may ask for.
#[derive(Debug, Clone)]
pub struct PipelineSet {
    pipelines: Vec<Pipeline>,
}

/// What is wrong with a directory of pipelines.
#[derive(Debug, thiserror::Error)]
pub enum PipelineSetError {
    /// One file is not a valid pipeline.
    #[error(transparent)]
    Manifest(#[from] ManifestErrors),
    /// A file or the directory cannot be read.
    #[error("{}: cannot be read", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// More files than one directory may hold.
    #[error("{}: more than {FILES_MAX} pipeline files", path.display())]
    TooMany {
        /// Which directory.
        path: PathBuf,
    },
    /// Two files describe the same version of the same pipeline.
    #[error("{}: `{name}` version {version} is described by another file too", path.display())]
    Duplicate {
        /// The second file.
        path: PathBuf,
        /// The pipeline's name.
        name: String,
        /// The pipeline's version.
        version: u32,
    },
}

impl PipelineSet {
    /// Only the built-in pipelines.
    ///
    /// # Errors
    /// As [`Pipeline::default_bank_statement`].
    pub fn built_in() -> Result<Self, ManifestErrors> {
        let pipelines =
            vec![Pipeline::default_bank_statement()?, Pipeline::default_case()?, Pipeline::default_form()?];
        Ok(Self { pipelines })
    }

    /// The pipelines of a directory, and the built-in ones that it does not describe itself. All of them know the issuers
    /// that its folder `issuers` describes.
    ///
    /// # Errors
    /// Everything wrong with every file.
    pub fn from_dir(dir: &Path) -> Result<Self, Vec<PipelineSetError>> {
        let mut set = Self { pipelines: validate_all(dir, None)? };
        let hints = issuers::read_all(dir)?;
        let built_in = Self::built_in().map_err(|errors| vec![errors.into()])?;
        for mut pipeline in built_in.pipelines {
            pipeline.know(&hints);
            if set.get(&pipeline.reference()).is_none() {
                set.pipelines.push(pipeline);
            }
        }
        Ok(set)
    }

    /// Exactly these.
    #[must_use]
    pub fn of(pipelines: Vec<Pipeline>) -> Self {
        Self { pipelines }
    }

    /// The pipeline that a document asked for.
    #[must_use]
    pub fn get(&self, reference: &PipelineRef) -> Option<&Pipeline> {
        self.pipelines.iter().find(|pipeline| pipeline.reference() == *reference)
    }

    /// The newest version of a name.
    #[must_use]
    pub fn newest(&self, name: &str) -> Option<&Pipeline> {
        self.pipelines.iter().filter(|pipeline| pipeline.name == name).max_by_key(|pipeline| pipeline.version)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Pipeline> {
        self.pipelines.iter()
    }
}

/// Reads and validates every `*.yaml` of a directory and of its folder `issuers`, in the order of their names. `classes`, when given, are the
/// retention classes that exist.
///
/// # Errors
/// Everything wrong with every file.
pub fn validate_all(
    dir: &Path,
    classes: Option<&[RetentionClass]>,
) -> Result<Vec<Pipeline>, Vec<PipelineSetError>> {
    let mut faults = Vec::new();
    let mut pipelines: Vec<Pipeline> = Vec::new();
    for path in yaml_files(dir).map_err(|error| vec![error])? {
        match read_one(&path, classes) {
            Ok(pipeline) if pipelines.iter().any(|other| other.reference() == pipeline.reference()) => {
                let Pipeline { name, version, .. } = pipeline;
                faults.push(PipelineSetError::Duplicate { path, name, version });
            }
            Ok(pipeline) => pipelines.push(pipeline),
            Err(error) => faults.push(error),
        }
    }
    match issuers::read_all(dir) {
        Ok(hints) => pipelines.iter_mut().for_each(|pipeline| pipeline.know(&hints)),
        Err(of_issuers) => faults.extend(of_issuers),
    }
    if faults.is_empty() { Ok(pipelines) } else { Err(faults) }
}

fn read_one(path: &Path, classes: Option<&[RetentionClass]>) -> Result<Pipeline, PipelineSetError> {
    let text = read_text(path)?;
    let name = path.display().to_string();
    let read = match classes {
        Some(classes) => Pipeline::from_yaml_knowing(&name, &text, classes),
        None => Pipeline::from_yaml(&name, &text),
    };
    Ok(read?)
}

pub(super) fn read_text(path: &Path) -> Result<String, PipelineSetError> {
    let unreadable = |source| PipelineSetError::Unreadable { path: path.to_owned(), source };
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // One byte more than the reader takes, so that it sees that there is more.
    file.take(SIZE_BYTES_MAX as u64 + 1).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

pub(super) fn yaml_files(dir: &Path) -> Result<Vec<PathBuf>, PipelineSetError> {
    let unreadable = |source| PipelineSetError::Unreadable { path: dir.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") && path.is_file() {
            paths.push(path);
        }
        if paths.len() > FILES_MAX {
            return Err(PipelineSetError::TooMany { path: dir.to_owned() });
        }
    }
    paths.sort();
    Ok(paths)
}
