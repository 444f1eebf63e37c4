//! `cargo bench-all --render`: pages to gray pictures by ours, `pdftoppm -gray` and pdfium, at equal resolution and in the same
//! run, each writing a file a page. How far a picture is from poppler's is the mean difference of all pixels, of 255.

#![expect(clippy::float_arithmetic, reason = "rates and means")]

use crate::contender::{install, said_by};
use crate::meter::{self, Cost};
use anyhow::Context;
use smartexus_extract::{ExtractOptions, render};
use smartexus_generator::scan::{self, Codec};
use smartexus_simulation::{Fixture, Repository};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const RESOLUTIONS: [u32; 2] = [150, 300];
/// What scanners write, each as one page of a statement at 200 dpi.
const SCANNED: &str = "us-checking-running";
const CODECS: [(&str, Codec); 6] = [
    ("Flate", Codec::FlateGray),
    ("RunLength", Codec::RunLength),
    ("DCT", Codec::Dct(85)),
    ("CCITT G3", Codec::FaxGroup3),
    ("CCITT G4", Codec::FaxGroup4),
    ("JBIG2", Codec::Jbig2),
];

/// A way to draw pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawer {
    Poppler,
    Ours,
    Pdfium,
}

/// Draws the statements and one scan in each compression, and prints a table of each.
pub(crate) fn run(scripts: &Path, out: &Path) -> anyhow::Result<()> {
    let home = out.join("pypdfium2");
    let is_pdfium_here = install(&home, &scripts.join("pypdfium2.txt")).is_some();
    let desk =
        Desk { folder: out.join("render"), scripts: scripts.to_path_buf(), python: home.join("bin/python") };
    let drawers = [Drawer::Poppler, Drawer::Ours].into_iter().chain(is_pdfium_here.then_some(Drawer::Pdfium));
    let drawers: Vec<Drawer> = drawers.collect();
    let (statements, scans) = desk.files()?;
    println!("| pages | dpi | program | pages/s | pages/CPU s | mean difference from poppler |");
    println!("|---|---|---|---|---|---|");
    for dpi in RESOLUTIONS {
        for drawer in &drawers {
            let cost = desk.draw(*drawer, dpi, &statements)?;
            let pages = desk.pictures(*drawer)?.len() as f64;
            let per_cpu = cost.cpu_seconds.filter(|seconds| *seconds > 0.0).map(|seconds| pages / seconds);
            println!(
                "| statements | {dpi} | {} | {:.1} | {:.1} | {:.3} |",
                desk.name(*drawer),
                pages / cost.wall_seconds,
                per_cpu.unwrap_or_default(),
                desk.distance(*drawer, None)?,
            );
        }
    }
    println!("\n| scan, 200 dpi | program | mean difference from poppler |\n|---|---|---|");
    for drawer in &drawers {
        desk.draw(*drawer, 200, &scans)?;
    }
    for (number, (codec, _)) in (1_u32..).zip(CODECS) {
        for drawer in drawers.iter().filter(|drawer| **drawer != Drawer::Poppler) {
            let distance = desk.distance(*drawer, Some(number))?;
            println!("| {codec} | {} | {distance:.3} |", desk.name(*drawer));
        }
    }
    Ok(())
}

/// The child's side of ours: `FOLDER/NUMBER-PAGE.pgm`, both from 1 on.
pub(crate) fn draw(dpi: u32, folder: &str, files: &[String]) -> anyhow::Result<()> {
    for (number, file) in (1_u32..).zip(files) {
        let mut written = Ok(());
        render(&std::fs::read(file)?, &ExtractOptions::default(), dpi, |page| {
            let path = format!("{folder}/{number}-{}.pgm", page.page);
            let written_now = std::fs::File::create(path).and_then(|mut out| {
                write!(out, "P5\n{} {}\n255\n", page.width, page.height)?;
                out.write_all(&page.pixels)
            });
            if written.is_ok() {
                written = written_now;
            }
        })?;
        written?;
    }
    Ok(())
}

/// Where pictures go and programs are.
struct Desk {
    folder: PathBuf,
    scripts: PathBuf,
    python: PathBuf,
}

impl Desk {
    fn files(&self) -> anyhow::Result<(Vec<String>, Vec<String>)> {
        let repository = Repository::here();
        let fixtures = Fixture::all(&repository)?;
        let on_paper = fixtures.iter().filter(|fixture| !fixture.pages().is_empty());
        let path = |source: &Path| repository.root().join(source);
        let statements = on_paper.map(|fixture| path(fixture.source()).display().to_string()).collect();
        let scanned = fixtures.iter().find(|fixture| fixture.name() == SCANNED).context("no such fixture")?;
        let page = scan::pages(&std::fs::read(path(scanned.source()))?, 200).swap_remove(0).bilevel();
        std::fs::create_dir_all(&self.folder)?;
        let mut scans = Vec::new();
        for (number, (_, codec)) in (1_u32..).zip(CODECS) {
            let path = self.folder.join(format!("scan-{number}.pdf"));
            std::fs::write(&path, scan::scanned_pdf(std::slice::from_ref(&page), codec))?;
            scans.push(path.display().to_string());
        }
        Ok((statements, scans))
    }

    fn name(&self, drawer: Drawer) -> &'static str {
        match drawer {
            Drawer::Poppler => "pdftoppm -gray",
            Drawer::Ours => "smartexus",
            Drawer::Pdfium => "pdfium",
        }
    }

    fn pictures_of(&self, drawer: Drawer) -> PathBuf {
        self.folder.join(format!("{drawer:?}").to_lowercase())
    }

    /// Draws all pages anew.
    fn draw(&self, drawer: Drawer, dpi: u32, files: &[String]) -> anyhow::Result<Cost> {
        let folder = self.pictures_of(drawer);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let dpi = dpi.to_string();
        let mut command = match drawer {
            Drawer::Poppler => return poppler(&dpi, &folder, files),
            Drawer::Ours => {
                let mut command = Command::new(std::env::current_exe()?);
                command.arg("render").arg(dpi).arg(folder);
                command
            }
            Drawer::Pdfium => {
                let mut command = Command::new(&self.python);
                command.env("PYTHONDONTWRITEBYTECODE", "1").arg(self.scripts.join("pdfium_pages.py"));
                command.arg(dpi).arg(folder);
                command
            }
        };
        let (output, cost) = meter::run(command.args(files))?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(cost)
    }

    /// By file and page.
    fn pictures(&self, drawer: Drawer) -> anyhow::Result<Vec<((u32, u32), PathBuf)>> {
        let mut pictures = Vec::new();
        for entry in std::fs::read_dir(self.pictures_of(drawer))? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.split_once('-'));
            let (file, page) = name.context("a picture of another name")?;
            pictures.push(((file.parse()?, page.parse()?), path));
        }
        pictures.sort();
        Ok(pictures)
    }

    /// From poppler's pictures; of one file, or of all.
    fn distance(&self, drawer: Drawer, file: Option<u32>) -> anyhow::Result<f64> {
        let wanted = |place: &(u32, u32)| file.is_none_or(|file| file == place.0);
        let own = self.pictures(drawer)?.into_iter().filter(|(place, _)| wanted(place)).collect::<Vec<_>>();
        let theirs = self.pictures(Drawer::Poppler)?.into_iter().filter(|(place, _)| wanted(place));
        let (mut sum, mut count) = (0.0, 0.0);
        for (place, path) in theirs {
            let same = own.iter().find(|(own, _)| *own == place).context("a page was not drawn")?;
            sum += mean_difference(&std::fs::read(&same.1)?, &std::fs::read(&path)?).context("a picture")?;
            count += 1.0;
        }
        Ok(sum / f64::max(count, 1.0))
    }
}

/// One run a file: it takes no more.
fn poppler(dpi: &str, folder: &Path, files: &[String]) -> anyhow::Result<Cost> {
    let mut total: Option<Cost> = None;
    for (number, file) in (1_u32..).zip(files) {
        let mut command = Command::new("pdftoppm");
        command.args(["-gray", "-r", dpi, file]).arg(folder.join(number.to_string()));
        let (output, cost) = meter::run(&mut command).context("pdftoppm is not installed")?;
        anyhow::ensure!(output.status.success(), "{}", said_by(&mut command).unwrap_or_default());
        total = Some(total.map_or(cost, |sum| sum.and(cost)));
    }
    Ok(total.unwrap_or_default())
}

/// Over the pixels that both have: a page may be a pixel longer to one than to the other.
fn mean_difference(one: &[u8], other: &[u8]) -> Option<f64> {
    let ((width, rows), (other_width, other_rows)) = (gray_rows(one)?, gray_rows(other)?);
    let pairs = rows.chunks(width).zip(other_rows.chunks(other_width));
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (row, other) in pairs {
        for (a, b) in row.iter().zip(other) {
            sum += u64::from(a.abs_diff(*b));
            count += 1;
        }
    }
    (count > 0).then(|| sum as f64 / count as f64)
}

/// Width and pixels of a binary gray map.
fn gray_rows(file: &[u8]) -> Option<(usize, &[u8])> {
    let mut lines = file.splitn(4, |byte| *byte == b'\n');
    (lines.next()? == b"P5").then_some(())?;
    let width =
        std::str::from_utf8(lines.next()?).ok()?.split(' ').next()?.parse().ok().filter(|w| *w > 0)?;
    lines.next()?;
    Some((width, lines.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_differ_by_the_mean_of_their_pixels() {
        let picture = |size: &str, pixels: &[u8]| [format!("P5\n{size}\n255\n").as_bytes(), pixels].concat();
        let two = picture("2 2", &[0, 10, 20, 10]);
        assert_eq!(mean_difference(&two, &picture("2 2", &[0, 0, 0, 0])), Some(10.0));
        // A column and a row more.
        assert_eq!(mean_difference(&two, &picture("3 3", &[0, 10, 99, 20, 14, 99, 99, 99, 99])), Some(1.0));
        assert_eq!(mean_difference(&two, b"P6"), None);
    }
}
