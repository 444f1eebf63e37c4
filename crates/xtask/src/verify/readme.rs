//! The README keeps its word: every command in it runs, every file shown in it is valid, and the table it shows is
//! the table the demo prints.

use super::Verdict;
use crate::SUBCOMMANDS;
use crate::demo;
use crate::markdown::{self, Block};
use crate::program;
use crate::workspace::{Profile, Workspace};
use std::path::Path;
use std::process::Command;

/// Runs each `sh` block as one script in the root, with the program on the path. A line that starts one
/// of our own tasks is only checked to be an alias: `cargo verify` would otherwise start itself.
pub(super) fn check(ws: &Workspace) -> Verdict {
    let text = std::fs::read_to_string(ws.root().join("README.md")).map_err(|e| format!("README.md: {e}"))?;
    let blocks = markdown::blocks(&text);
    let (mut commands, mut aliases, mut examples) = (0, 0, 0);
    for block in &blocks {
        match block.language.as_str() {
            "sh" => {
                let (tasks, script) = split_tasks(&block.text);
                for task in &tasks {
                    check_alias(ws, task).map_err(|why| at(block, &why))?;
                }
                aliases += tasks.len();
                commands += script.lines().filter(|line| is_command(line)).count();
                run_script(ws, &script).map_err(|why| at(block, &why))?;
            }
            "yaml" => {
                examples += 1;
                validate(ws, &block.text).map_err(|why| at(block, &why))?;
            }
            _ => {}
        }
    }
    if commands == 0 || aliases == 0 {
        return Err("README.md shows no command".to_owned());
    }
    shows_what_the_demo_prints(ws, &blocks)?;
    Ok(format!("{commands} commands run, {aliases} aliases, {examples} examples"))
}

fn at(block: &Block, why: &str) -> String {
    format!("README.md:{}: {why}", block.line)
}

/// Our own tasks, and what is left as a script.
fn split_tasks(text: &str) -> (Vec<&str>, String) {
    let is_task = |line: &&str| {
        let mut words = line.split_whitespace();
        words.next() == Some("cargo") && words.next().is_some_and(|word| SUBCOMMANDS.contains(&word))
    };
    let tasks = text.lines().filter(is_task).collect();
    let script = text.lines().filter(|line| !is_task(line)).map(|line| format!("{line}\n")).collect();
    (tasks, script)
}

fn is_command(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn check_alias(ws: &Workspace, line: &str) -> Result<(), String> {
    let config = std::fs::read_to_string(ws.root().join(".cargo/config.toml"))
        .map_err(|e| format!(".cargo/config.toml: {e}"))?;
    let name = line.split_whitespace().nth(1).unwrap_or_default();
    let wanted = format!("{name} = \"run --quiet --package xtask -- {name}\"");
    if config.lines().any(|line| line == wanted) {
        Ok(())
    } else {
        Err(format!("`cargo {name}` is not an alias"))
    }
}

/// Background jobs of the script, for instance a server, end with it.
fn run_script(ws: &Workspace, script: &str) -> Result<(), String> {
    if !script.lines().any(is_command) {
        return Ok(());
    }
    let mut path = std::ffi::OsString::from(ws.programs(Profile::Dev));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let guarded = format!("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n{script}");
    let finished = program::capture(
        Command::new("bash").arg("-c").arg(guarded).env("PATH", path).current_dir(ws.root()),
    )?;
    if finished.succeeded() { Ok(()) } else { Err(format!("a command failed\n{}", finished.said())) }
}

/// A file of rules has to decide about a row, any other YAML has to be a pipeline.
fn validate(ws: &Workspace, yaml: &str) -> Result<(), String> {
    let folder = ws.target().join("readme");
    let (file, rows) = (folder.join("example.yaml"), folder.join("rows.csv"));
    let failed = |e: std::io::Error| format!("cannot write to the target directory: {e}");
    std::fs::create_dir_all(&folder).map_err(failed)?;
    std::fs::write(&file, yaml).map_err(failed)?;
    let mut command = ws.smartexus(Profile::Dev);
    let what = if yaml.starts_with("schema: smartexus.rules/") {
        std::fs::write(&rows, "description,amount\nTEA,-2.50\n").map_err(failed)?;
        command.arg("categorize").arg(&rows).arg("--rules").arg(&file);
        "not a valid file of rules"
    } else {
        command.args(["pipelines", "validate"]).arg(&file);
        "not a valid pipeline"
    };
    let finished = program::capture(&mut command)?;
    if finished.succeeded() { Ok(()) } else { Err(format!("{what}\n{}", finished.said())) }
}

/// The demo leaves its table behind; some `text` block of the README must hold it, milliseconds aside.
fn shows_what_the_demo_prints(ws: &Workspace, blocks: &[Block]) -> Result<(), String> {
    let printed = read_table(&ws.target().join(demo::TABLE_FILE))?;
    let shown = blocks
        .iter()
        .filter(|block| block.language == "text")
        .map(|block| without_numbers_at_end(&block.text));
    let wanted = without_numbers_at_end(&printed);
    if shown.into_iter().any(|block| block.contains(&wanted)) {
        Ok(())
    } else {
        Err(format!("README.md does not show the table that the demo prints:\n{printed}"))
    }
}

fn read_table(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|_| "the demo has not left its table".to_owned())
}

/// Each line without its last column (milliseconds differ from run to run) and without padding.
fn without_numbers_at_end(text: &str) -> String {
    let column = |c: char| c.is_ascii_digit() || c == '.' || c == ' ';
    let lines = text.lines().map(|line| line.trim_end_matches(column).trim_end_matches(" ms").trim_end());
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_told_from_commands() {
        let (tasks, script) =
            split_tasks("cargo demo\nsmartexus doctor\ncargo verify --quick # all\ncargo fmt\n");
        assert_eq!(tasks, ["cargo demo", "cargo verify --quick # all"]);
        assert_eq!(script, "smartexus doctor\ncargo fmt\n");
    }

    #[test]
    fn milliseconds_may_differ_and_nothing_else() {
        let table = "file  verdict   ms\na     verified  12\n";
        assert_eq!(
            without_numbers_at_end(table),
            without_numbers_at_end("file  verdict  ms\na     verified   9.5\n")
        );
        assert_ne!(
            without_numbers_at_end(table),
            without_numbers_at_end("file  verdict  ms\nb     verified  12\n")
        );
    }
}
