//! What the build needs from the system: a C compiler, for the bundled SQLite and for the cryptography of TLS.

use crate::program;
use std::path::Path;
use std::process::Command;

/// What Debian and its relatives call a C compiler and its headers.
const PACKAGES: [&str; 2] = ["gcc", "libc6-dev"];

/// A program that needs the compiler, the C library's headers and the linker.
const PROBE: &str = "#include <stdio.h>\nint main(void) { return puts(\"\") == EOF; }\n";

/// Makes sure the build can start: names what is missing, installs it as root, else prints the line to paste.
pub(crate) fn ensure(scratch: &Path) -> Result<(), String> {
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
