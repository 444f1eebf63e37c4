//! All that the typesetter may see: one template, one piece of data, the fonts inside the program. Every file is denied.

use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

/// Our template. Made once: the typesetter counts the sources that it has ever seen.
static TEMPLATE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("report.typ")));
/// Libertinus Serif, New Computer Modern, DejaVu Sans Mono.
static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    fonts
});

/// Whether some font inside the program has this letter.
pub(super) fn has_letter(letter: char) -> bool {
    let infos = (0..).map_while(|index| FONTS.book().info(index));
    let code = u32::from(letter);
    infos.into_iter().any(|info| info.coverage.contains(code))
}

/// The typesetter's whole world.
pub(super) struct ReportWorld {
    library: LazyHash<Library>,
}

impl ReportWorld {
    /// A world whose only input is this JSON.
    pub(super) fn with(json: Vec<u8>) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("data".into(), Value::Bytes(Bytes::new(json)));
        Self { library: LazyHash::new(Library::builder().with_inputs(inputs).build()) }
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    /// Stages have no clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
