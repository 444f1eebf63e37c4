//! Where classes put their files.

use crate::case::Files;

/// The files so far. Two files of one name would be one file less than somebody believes, so that is an error.
pub(super) struct Shelf(Files);

impl Shelf {
    pub(super) const fn new(files: Files) -> Self {
        Self(files)
    }

    /// `class` is the folder, `name` the file's with its ending.
    pub(super) fn put(&mut self, class: &str, name: &str, bytes: impl Into<Vec<u8>>) {
        let path = format!("hostile/{class}/{name}");
        let before = self.0.insert(path, bytes.into());
        assert!(before.is_none(), "{class}/{name} is there twice");
    }

    /// A file for each of `cases`, all with the same ending.
    pub(super) fn put_all<B: Into<Vec<u8>>>(
        &mut self,
        class: &str,
        ending: &str,
        cases: impl IntoIterator<Item = (String, B)>,
    ) {
        for (name, bytes) in cases {
            self.put(class, &format!("{name}.{ending}"), bytes);
        }
    }

    pub(super) fn into_files(self) -> Files {
        self.0
    }
}
