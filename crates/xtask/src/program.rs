//! Running other programs and keeping what they said.

use std::process::{Command, Stdio};

/// How a program ended.
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    pub(crate) fn succeeded(&self) -> bool {
        self.code == Some(0)
    }

    /// Everything it said, errors last.
    pub(crate) fn said(&self) -> String {
        let (out, err) = (self.stdout.trim_end(), self.stderr.trim_end());
        let gap = if out.is_empty() || err.is_empty() { "" } else { "\n" };
        format!("{out}{gap}{err}")
    }
}

/// Runs a command to its end with both streams captured.
pub(crate) fn capture(command: &mut Command) -> Result<Finished, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| cannot_start(command, &e))?;
    Ok(Finished {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Runs a command to its end; what it says goes to the terminal.
pub(crate) fn show(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|e| cannot_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", name_of(command))) }
}

/// Runs a command with standard output captured; its progress goes to the terminal.
pub(crate) fn capture_data(command: &mut Command) -> Result<Finished, String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| cannot_start(command, &e))?;
    Ok(Finished {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::new(),
    })
}

/// Whether a program of this name answers at all.
pub(crate) fn exists(name: &str, args: &[&str]) -> bool {
    let quiet = Command::new(name)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    quiet.is_ok_and(|status| status.success())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", name_of(command))
}

fn name_of(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_both_streams_and_the_code() {
        let finished = capture(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        assert_eq!(finished.code, Some(3));
        assert!(!finished.succeeded());
        assert_eq!(finished.said(), "out\nerr");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = capture(&mut Command::new("/nowhere/no-such-program")).err().unwrap();
        assert!(error.starts_with("cannot start no-such-program"), "{error}");
        assert!(!exists("/nowhere/no-such-program", &[]));
    }
}
