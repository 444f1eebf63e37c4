//! A small file system that can be made to run short. Mounting needs root.

use crate::storm::fleet::run;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What the documents are kept on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disk {
    /// A file system in memory. When it is full, writing fails.
    Small,
    /// A file system that believes in more room than there is below it, as on a thin volume: writing goes well, and
    /// `fsync` fails.
    Thin,
}

/// A way to run short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shortage {
    /// Not one byte is left.
    Bytes,
    /// Not one file more can be made. Files that exist may grow: the door's look at the free room does not show it.
    Files,
    /// Not one block more can be stored below the file system.
    Blocks,
}

/// The mounted file system; unmounted when dropped.
pub(super) struct Mounted {
    directory: TempDir,
    disk: Disk,
    /// The loop device of a thin one.
    device: Option<String>,
}

/// Room above what the door wants to be free, and files that are enough for any storm.
const SMALL: &str = "size=640m,nr_inodes=60k";
/// What there really is below a thin one.
const BELOW: &str = "size=400m";
/// What a thin one believes in.
const BELIEVED_BYTES: u64 = 1_200 * 1024 * 1024;
/// Everything but content stands in front, and has its room: a file system that cannot keep its own books ends.
const BOOKS: &str = "80MiB";
/// Otherwise ext4 says that it has stored what is written again after an `fsync` that failed, and forgets it: Linux 6.18
/// leaves such blocks marked as never written.
const THIN: &str = "errors=continue,nodioread_nolock";
/// No request is larger than a page. Linux 6.18's loop device takes a write that was cut short for a whole one: of 58
/// files whose `fsync` went well without this, 32 were not there.
const MOST_KIB: &str = "4";
const FORMAT: [&str; 10] = [
    "-q",
    "-F",
    "-J",
    "size=64",
    "-N",
    "60000",
    "-E",
    "lazy_itable_init=0,lazy_journal_init=0,nodiscard,packed_meta_blocks=1",
    "-t",
    "ext4",
];

impl Disk {
    pub(super) const fn shortages(self) -> &'static [Shortage] {
        match self {
            Self::Small => &[Shortage::Bytes, Shortage::Files],
            Self::Thin => &[Shortage::Blocks],
        }
    }

    pub(super) fn mount(self) -> anyhow::Result<Mounted> {
        let directory = tempfile::tempdir()?;
        let mut mounted = Mounted { directory, disk: self, device: None };
        std::fs::create_dir(mounted.below())?;
        let options = if self == Self::Small { SMALL } else { BELOW };
        run("mount", &["-t", "tmpfs", "-o", options, "storm", &words(&mounted.below())])?;
        if self == Self::Thin {
            let image = words(&mounted.below().join("image"));
            File::create(&image)?.set_len(BELIEVED_BYTES)?;
            run("mke2fs", &[&FORMAT[..], &[image.as_str()]].concat())?;
            run("fallocate", &["-l", BOOKS, &image])?;
            let device = run("losetup", &["--find", "--show", &image])?.trim().to_owned();
            let name = device.trim_start_matches("/dev/");
            mounted.device = Some(device.clone());
            std::fs::write(format!("/sys/block/{name}/queue/max_sectors_kb"), MOST_KIB)?;
            std::fs::create_dir(mounted.place())?;
            run("mount", &["-o", THIN, &device, &words(&mounted.place())])?;
        }
        Ok(mounted)
    }
}

impl Shortage {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Bytes => "no bytes left",
            Self::Files => "no files left",
            Self::Blocks => "fsync fails",
        }
    }
}

impl Mounted {
    /// Where documents can be kept.
    pub(super) fn place(&self) -> PathBuf {
        match self.disk {
            Disk::Small => self.below(),
            Disk::Thin => self.directory.path().join("thin"),
        }
    }

    fn below(&self) -> PathBuf {
        self.directory.path().join("disk")
    }

    fn ballast(&self) -> PathBuf {
        self.below().join("ballast")
    }

    /// Returns when nothing is left.
    pub(super) fn run_short(&self, of: Shortage) -> std::io::Result<()> {
        std::fs::create_dir_all(self.ballast())?;
        match of {
            Shortage::Bytes | Shortage::Blocks => fill_bytes(&self.ballast().join("bytes")),
            Shortage::Files => fill_files(&self.ballast()),
        }
    }

    /// There is room again.
    pub(super) fn relieve(&self) -> std::io::Result<()> {
        std::fs::remove_dir_all(self.ballast())?;
        if self.disk == Disk::Thin {
            // Its books are to be written now, while they can be. The answer is about what could not be written before.
            drop(run("sync", &["-f", &words(&self.place())]));
        }
        Ok(())
    }

    /// From now on what is read comes from the disk, not from what was meant for it.
    pub(super) fn forget_memory() -> std::io::Result<()> {
        std::fs::write("/proc/sys/vm/drop_caches", "1")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if self.disk == Disk::Thin {
            // Lazily: what cannot go now goes with the last process that has a file open there.
            drop(run("umount", &["-l", &words(&self.place())]));
        }
        if let Some(device) = &self.device {
            drop(run("losetup", &["--detach", device]));
        }
        drop(run("umount", &["-l", &words(&self.below())]));
    }
}

fn words(path: &Path) -> String {
    path.display().to_string()
}

/// Large pieces first, then ever smaller ones: what somebody frees meanwhile is taken too.
fn fill_bytes(path: &Path) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    for piece in [vec![1; 8 * 1024 * 1024], vec![1; 64 * 1024], vec![1; 4 * 1024]] {
        until_full(|| file.write_all(&piece))?;
    }
    Ok(())
}

fn fill_files(folder: &Path) -> std::io::Result<()> {
    let mut number = 0_u32;
    until_full(|| {
        number += 1;
        File::create(folder.join(number.to_string())).map(drop)
    })
}

fn until_full(mut write: impl FnMut() -> std::io::Result<()>) -> std::io::Result<()> {
    loop {
        match write() {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::WriteZero) => {
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
}
