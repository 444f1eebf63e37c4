//! `smartexus-generator --out fixtures [--check | --scans]`: writes the fixtures, or compares them with what is committed,
//! or writes the scans, which nothing compares.

#![forbid(unsafe_code)]

use smartexus_generator::{Files, fixtures, scans};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: smartexus-generator --out DIR [--check | --scans]";

fn main() -> ExitCode {
    let mut out = None;
    let (mut check, mut pictures) = (false, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--out" => out = words.next().map(PathBuf::from),
            "--check" => check = true,
            "--scans" => pictures = true,
            _ => return fail(2, USAGE),
        }
    }
    let Some(out) = out else { return fail(2, USAGE) };
    let made = if pictures { scans() } else { fixtures() };
    if check {
        return match differing(&out, &made) {
            Ok(names) if names.is_empty() => ExitCode::SUCCESS,
            Ok(names) => fail(1, &format!("differs from what is made now: {}", names.join(", "))),
            Err(error) => fail(1, &error.to_string()),
        };
    }
    match write(&out, &made) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &error.to_string()),
    }
}

fn fail(code: u8, message: &str) -> ExitCode {
    // A message that cannot be written changes nothing about the exit code.
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::from(code)
}

fn write(out: &Path, made: &Files) -> io::Result<()> {
    for (name, bytes) in made {
        let path = out.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn differing(out: &Path, made: &Files) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for (name, bytes) in made {
        match std::fs::read(out.join(name)) {
            Ok(found) if found == *bytes => {}
            Ok(_) => names.push(name.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => names.push(name.clone()),
            Err(error) => return Err(error),
        }
    }
    Ok(names)
}
