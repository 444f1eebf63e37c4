//! What `process -o` leaves behind: one folder an input, which appears whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Files that a folder of ours may hold. A folder with anything else in it belongs to somebody.
pub(crate) const FILE_NAMES: [&str; 12] = [
    "result.json",
    "transactions.csv",
    "statement.xlsx",
    "case.xlsx",
    "report.pdf",
    "figures.csv",
    "figures.json",
    "transactions.parquet",
    "transactions.ofx",
    "transactions.qbo",
    "transactions.qif",
    "transactions.camt.xml",
];

/// What stands beside the folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Beside {
    /// `case.json`.
    Case,
    /// `figures.json`.
    Figures,
}

impl Beside {
    /// Its name without its ending.
    const fn stem(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Figures => "figures",
        }
    }

    /// What one of ours begins with: anything else of that name belongs to somebody.
    const fn mark(self) -> &'static str {
        match self {
            Self::Case => "smartexus.case/",
            Self::Figures => "smartexus.figures/",
        }
    }
}

const MARK_WITHIN: u64 = 64;

/// The output directory, and which names this run has given away.
pub(crate) struct OutputDirectory {
    root: PathBuf,
    taken: BTreeSet<String>,
    inputs: BTreeSet<PathBuf>,
    places: BTreeMap<Beside, PathBuf>,
}

impl OutputDirectory {
    /// Makes the directory. Inputs are named so that none of them is ever replaced.
    pub(crate) fn create<'p>(root: &Path, inputs: impl Iterator<Item = &'p Path>) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let inputs = inputs.filter_map(|path| fs::canonicalize(path).ok()).collect();
        Ok(Self { root: root.to_path_buf(), taken: BTreeSet::new(), inputs, places: BTreeMap::new() })
    }

    /// Writes the folder of one input: beside its place first, then renamed into it. A folder of an earlier run is
    /// replaced; a folder that holds anything else is left alone and the next number taken.
    pub(crate) fn write(&mut self, input: &Path, files: &[(&str, Vec<u8>)]) -> io::Result<PathBuf> {
        let target = self.claim(input)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let aside = self.root.join(format!(".{name}.new-{}.tmp", std::process::id()));
        let finished = write_aside(&aside, files).and_then(|()| self.swap_in(&aside, &target, &name));
        if finished.is_err() {
            // Best effort: the error that matters is the first one.
            drop(fs::remove_dir_all(&aside));
        }
        finished.map(|()| target)
    }

    /// Chooses where it will stand, before any folder takes the name: `case.json`, or the next number where somebody
    /// else's file has it.
    pub(crate) fn keep_place_for(&mut self, beside: Beside) -> io::Result<()> {
        let stem = beside.stem();
        for n in 1..=u32::MAX {
            let name = if n == 1 { format!("{stem}.json") } else { format!("{stem}-{n}.json") };
            let path = self.root.join(&name);
            if self.may_replace_ours(&path, beside)? {
                self.taken.insert(name);
                self.places.insert(beside, path);
                return Ok(());
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// There is nothing, or one of an earlier run that is none of this run's inputs.
    fn may_replace_ours(&self, path: &Path, beside: Beside) -> io::Result<bool> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(error),
            Ok(metadata) if !metadata.is_file() => return Ok(false),
            Ok(_) => {}
        }
        let mut start = Vec::new();
        File::open(path)?.take(MARK_WITHIN).read_to_end(&mut start)?;
        let is_input = fs::canonicalize(path).is_ok_and(|path| self.inputs.contains(&path));
        Ok(String::from_utf8_lossy(&start).contains(beside.mark()) && !is_input)
    }

    /// Writes it: beside its place first, then renamed into it.
    pub(crate) fn write_beside(&self, beside: Beside, content: &[u8]) -> io::Result<PathBuf> {
        let target = self.places.get(&beside).cloned().ok_or(io::ErrorKind::NotFound)?;
        let aside = self.root.join(format!(".{}.new-{}.tmp", beside.stem(), std::process::id()));
        let write = || {
            let mut file = File::create_new(&aside)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&aside, &target)
        };
        if let Err(error) = write() {
            // Best effort: the error that matters is the first one.
            drop(fs::remove_file(&aside));
            return Err(error);
        }
        Ok(target)
    }

    fn swap_in(&self, aside: &Path, target: &Path, name: &str) -> io::Result<()> {
        if !target.exists() {
            return fs::rename(aside, target);
        }
        let old = self.root.join(format!(".{name}.old-{}.tmp", std::process::id()));
        fs::rename(target, &old)?;
        fs::rename(aside, target)?;
        fs::remove_dir_all(&old)
    }

    fn claim(&mut self, input: &Path) -> io::Result<PathBuf> {
        let stem = input.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // A leading dot would hide the folder, and `..` would leave the directory.
        let stem = stem.trim_start_matches('.');
        let stem = if stem.is_empty() { "document" } else { stem };
        let numbered = |n: u32| if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") };
        for name in (1..=u32::MAX).map(numbered) {
            let target = self.root.join(&name);
            if !self.taken.contains(&name) && self.may_replace(&target)? {
                self.taken.insert(name);
                return Ok(target);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// There is nothing, or an earlier run's folder without any of this run's inputs in it.
    fn may_replace(&self, target: &Path) -> io::Result<bool> {
        let entries = match fs::read_dir(target) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(false),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let ours =
                FILE_NAMES.iter().any(|name| entry.file_name() == *name) && entry.file_type()?.is_file();
            let is_input = fs::canonicalize(entry.path()).is_ok_and(|path| self.inputs.contains(&path));
            if !ours || is_input {
                return Ok(false);
            }
        }
        // A link to a directory elsewhere is somebody's too.
        Ok(!fs::symlink_metadata(target)?.is_symlink())
    }
}

fn write_aside(aside: &Path, files: &[(&str, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir(aside)?;
    for (name, content) in files {
        let mut file = File::create_new(aside.join(name))?;
        file.write_all(content)?;
        file.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(content: &str) -> Vec<(&'static str, Vec<u8>)> {
        vec![("result.json", content.as_bytes().to_vec())]
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(directory).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn twins_get_numbers_and_a_second_run_replaces() {
        let root = tempfile::tempdir().unwrap();
        for round in ["first", "second"] {
            let mut output = OutputDirectory::create(root.path(), std::iter::empty()).unwrap();
            let one = output.write(Path::new("a/march.pdf"), &result(round)).unwrap();
            let two = output.write(Path::new("b/march.csv"), &result(round)).unwrap();
            assert_eq!((one, two), (root.path().join("march"), root.path().join("march-2")));
        }
        assert_eq!(names(root.path()), ["march", "march-2"]);
        assert_eq!(fs::read_to_string(root.path().join("march-2/result.json")).unwrap(), "second");
    }

    #[test]
    fn a_second_run_leaves_nothing_stale() {
        let root = tempfile::tempdir().unwrap();
        let mut both = result("x");
        both.push(("transactions.csv", b"rows".to_vec()));
        let write = |files| {
            OutputDirectory::create(root.path(), std::iter::empty())
                .unwrap()
                .write(Path::new("m.pdf"), files)
                .unwrap()
        };
        write(&both);
        write(&result("y"));
        assert_eq!(names(&root.path().join("m")), ["result.json"]);
    }

    #[test]
    fn what_belongs_to_somebody_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("march")).unwrap();
        fs::write(root.path().join("march/notes.txt"), "mine").unwrap();
        fs::write(root.path().join("april"), "a file").unwrap();
        fs::create_dir(root.path().join("may")).unwrap();
        let input = root.path().join("may/transactions.csv");
        fs::write(&input, "rows").unwrap();
        let mut output = OutputDirectory::create(root.path(), std::iter::once(input.as_path())).unwrap();
        for (name, folder) in
            [("march.pdf", "march-2"), ("april.pdf", "april-2"), ("may.pdf", "may-2"), ("..", "document")]
        {
            assert_eq!(output.write(Path::new(name), &result("x")).unwrap(), root.path().join(folder));
        }
        assert_eq!(fs::read_to_string(root.path().join("march/notes.txt")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(&input).unwrap(), "rows");
    }

    #[test]
    fn a_case_replaces_only_a_case() {
        let root = tempfile::tempdir().unwrap();
        let write = |content: &str| {
            let mut output = OutputDirectory::create(root.path(), std::iter::empty()).unwrap();
            output.keep_place_for(Beside::Case).unwrap();
            let folder = output.write(Path::new("case.json.pdf"), &result("x")).unwrap();
            assert_ne!(folder, root.path().join("case.json"), "the place is kept");
            output.write_beside(Beside::Case, content.as_bytes()).unwrap()
        };
        let ours = "{\n  \"schema\": \"smartexus.case/1\"}";
        assert_eq!(write(ours), root.path().join("case.json"));
        assert_eq!(write(ours), root.path().join("case.json"));
        fs::write(root.path().join("case.json"), "mine").unwrap();
        assert_eq!(write(ours), root.path().join("case-2.json"));
        assert_eq!(fs::read_to_string(root.path().join("case.json")).unwrap(), "mine");
    }

    #[test]
    fn a_folder_that_cannot_be_finished_does_not_appear() {
        let root = tempfile::tempdir().unwrap();
        let mut output = OutputDirectory::create(root.path(), std::iter::empty()).unwrap();
        let impossible = [("result.json", vec![1]), ("no/such/place", vec![2])];
        assert!(output.write(Path::new("a.pdf"), &impossible).is_err());
        assert_eq!(names(root.path()), Vec::<String>::new());
    }
}
