//! Ctrl-C: what was done is kept, and the program says so.

use crate::support::{Desk, GOOD_CSV, Ran};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader, Read};

#[test]
fn what_was_read_is_kept() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    // Nobody ever writes into it, so reading it does not end.
    let pipe = desk.path("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for signal in [Signal::INT, Signal::TERM] {
        let mut child =
            desk.command(&["process", "--json", "good.csv", "pipe.csv", "-o", "out"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        assert!(first.contains("good.csv"), "{first}");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap()).ended(130);
        assert!(
            ran.stderr.contains("1 file not read") && ran.stderr.contains("kept in out"),
            "{}",
            ran.stderr
        );
        assert!(rest.is_empty() && desk.path("out/good/result.json").is_file());
    }
}
