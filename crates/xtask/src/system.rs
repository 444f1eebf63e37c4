//! What the build needs from the system: a C compiler, for the bundled SQLite and for the cryptography of TLS; and the
//! text recognizer, its headers, what reads them, and its data for English.

use crate::program;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Debian and its relatives call a C compiler and its headers.
const PACKAGES: [&str; 2] = ["gcc", "libc6-dev"];
/// What they call the text recognizer. Clang only reads its headers.
const OCR_PACKAGES: [&str; 6] =
    ["libtesseract-dev", "libleptonica-dev", "clang", "libclang-dev", "pkg-config", "tesseract-ocr-eng"];
/// What is done about it elsewhere.
const OCR_BY_HAND: &str = "install Tesseract 5 and Leptonica with their headers, clang, pkg-config and Tesseract's data for English";

/// Where systems keep the recognizer's data for English.
const OCR_DATA: [&str; 5] = [
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
];

/// A program that needs the compiler, the C library's headers and the linker.
const PROBE: &str = "#include <stdio.h>\nint main(void) { return puts(\"\") == EOF; }\n";

/// Makes sure the build can start: names what is missing, installs it as root, else prints the line to paste.
pub(crate) fn ensure(scratch: &Path) -> Result<(), String> {
    ensure_compiler(scratch)?;
    if has_recognizer() {
        return Ok(());
    }
    println!("missing: the text recognizer, that is {}", OCR_PACKAGES.join(" "));
    install(&OCR_PACKAGES, OCR_BY_HAND)?;
    if has_recognizer() { Ok(()) } else { Err("Tesseract is installed but cannot be found".to_owned()) }
}

fn ensure_compiler(scratch: &Path) -> Result<(), String> {
    if compiles(scratch)? {
        return Ok(());
    }
    println!("missing: a C compiler (for SQLite and TLS), that is {}", PACKAGES.join(" "));
    install(&PACKAGES, &line_to_paste())?;
    if compiles(scratch)? { Ok(()) } else { Err("the C compiler is installed but does not work".to_owned()) }
}

/// Installs Debian's packages as root; for anybody else, and elsewhere, the error is what to do by hand.
pub(crate) fn install(packages: &[&str], by_hand: &str) -> Result<(), String> {
    let has_apt = program::exists("apt-get", &["--version"]);
    if !is_root() || !has_apt {
        let apt = format!("sudo apt-get update && sudo apt-get install -y {}", packages.join(" "));
        let line = if has_apt { &apt } else { by_hand };
        return Err(format!("install it with this line, then run the command again:\n\n    {line}\n"));
    }
    println!("installing {} with apt-get", packages.join(" "));
    program::show(Command::new("apt-get").arg("update"))?;
    let install = ["install", "-y", "--no-install-recommends"];
    program::show(
        Command::new("apt-get").args(install).args(packages).env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

/// One line for the package manager that is here, where it is not Debian's.
fn line_to_paste() -> String {
    for (manager, line) in [
        ("dnf", "sudo dnf install -y gcc glibc-devel"),
        ("apk", "sudo apk add gcc musl-dev"),
        ("pacman", "sudo pacman -S --needed gcc"),
        ("xcode-select", "xcode-select --install"),
    ] {
        if program::exists(manager, &["--version"]) {
            return line.to_owned();
        }
    }
    "install a C compiler that answers to `cc`".to_owned()
}

/// The libraries with their headers, what reads the headers, and the data.
fn has_recognizer() -> bool {
    let libraries = program::exists("pkg-config", &["--exists", "tesseract", "lept"]);
    let data = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
    let places = data.into_iter().chain(OCR_DATA.iter().map(PathBuf::from));
    libraries
        && program::exists("clang", &["--version"])
        && places.into_iter().any(|place| place.join("eng.traineddata").is_file())
}

fn compiles(scratch: &Path) -> Result<bool, String> {
    let failed = |e: std::io::Error| format!("cannot write to the target directory: {e}");
    std::fs::create_dir_all(scratch).map_err(failed)?;
    let source = scratch.join("probe.c");
    std::fs::write(&source, PROBE).map_err(failed)?;
    let mut compiler = Command::new("cc");
    compiler.arg(&source).arg("-o").arg(scratch.join("probe"));
    Ok(program::capture(&mut compiler).is_ok_and(|finished| finished.succeeded()))
}

pub(crate) fn is_root() -> bool {
    program::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.stdout.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_to_paste_names_a_compiler() {
        let line = line_to_paste();
        assert!(["gcc", "xcode", "compiler"].iter().any(|word| line.contains(word)), "{line}");
        assert!(!line.contains('\n'));
    }
}
