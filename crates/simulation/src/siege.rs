//! Many hostile files through one running program, watched from outside: it must answer for each, in time and in bounds.

use crate::watch::{LOOK_EVERY, Peaks, Watch, busy};
use crate::{Program, ProgramError};
use smartexus_domain::{FailureCode, StatementResult};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::process::{ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What no file may make the program do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Processor time of one file, in the program and its children. A file that only waits runs out of patience.
    pub time: Duration,
    /// Resident memory of a child.
    pub child_bytes: u64,
    /// How much more memory of its own the program may still have after its last file than after its first ones.
    pub growth_bytes: u64,
}

impl Bounds {
    /// What the program promises.
    pub const PROMISED: Self = Self {
        time: Duration::from_secs(10),
        child_bytes: 512 * 1024 * 1024,
        growth_bytes: 20 * 1024 * 1024,
    };
}

/// How one file ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Read, with whatever findings.
    Read,
    /// A stable code.
    Failed(FailureCode),
    /// No answer, or one that nobody can read.
    Untyped(String),
}

/// One file and what it cost.
#[derive(Debug, Clone)]
pub struct Answer {
    /// As the program was told.
    pub file: String,
    /// How it ended.
    pub end: End,
    /// From the answer before to this one.
    pub took: Duration,
    /// Processor time between them, in ticks of 10 ms.
    pub busy: Duration,
    /// The largest that a child was meanwhile.
    pub child_bytes: u64,
    /// The most that the program itself had meanwhile.
    pub parent_bytes: u64,
}

/// What came of it.
#[derive(Debug)]
pub struct Siege {
    /// One for each file, in order.
    pub answers: Vec<Answer>,
    /// How much the program itself has grown by the end.
    pub growth_bytes: u64,
    /// How much more it had for a moment, while it held an answer.
    pub swell_bytes: u64,
    /// How the program ended.
    pub status: ExitStatus,
    /// Children that outlived it.
    pub orphans: Vec<u32>,
}

impl Siege {
    /// Hands all files to one started program, one after the other.
    ///
    /// # Errors
    /// As [`Program::run`]; a program that says nothing for longer than `patience` is killed.
    pub fn lay(program: &Program, files: &[String], patience: Duration) -> Result<Self, ProgramError> {
        let mut command = program.command();
        command.args(["process", "--json", "--jobs", "1"]).args(files);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let watch = Watch::of(child.id());
        let lines = Mutex::<Vec<Line>>::default();
        let status = std::thread::scope(|scope| {
            scope.spawn(|| watch.look());
            scope.spawn(|| drain(stderr));
            scope.spawn(|| read_lines(stdout, &lines, &watch));
            let status = wait(&mut child, &watch, patience);
            watch.over.store(true, Ordering::Relaxed);
            status
        })?;
        let orphans = watch.living_children();
        let seen = watch.seen.into_inner().unwrap_or_default();
        let settled = seen.settled.unwrap_or(seen.last);
        let lines = lines.into_inner().unwrap_or_default();
        let answers = files.iter().enumerate().map(|(index, file)| {
            let answer = lines.get(index);
            let Peaks { child_bytes, parent_bytes } = seen.peaks.get(&index).copied().unwrap_or_default();
            Answer {
                file: file.clone(),
                end: answer.map_or(End::Untyped("no answer".to_owned()), |line| end(&line.text, file)),
                took: answer.map_or(patience, |line| line.took),
                busy: answer.map_or(patience, |line| line.busy),
                child_bytes,
                parent_bytes,
            }
        });
        let growth_bytes = seen.last.saturating_sub(settled);
        let swell_bytes = seen.most.saturating_sub(settled);
        Ok(Self { answers: answers.collect(), growth_bytes, swell_bytes, status, orphans })
    }

    /// Everything that broke a bound, one sentence each.
    #[must_use]
    pub fn broken(&self, bounds: Bounds) -> Vec<String> {
        let mut broken = Vec::new();
        if !matches!(self.status.code(), Some(0 | 1 | 3 | 4)) {
            broken.push(format!("the program died: {}", self.status));
        }
        if self.growth_bytes > bounds.growth_bytes {
            broken.push(format!("the program grew by {} bytes", self.growth_bytes));
        }
        broken.extend(self.orphans.iter().map(|pid| format!("child {pid} lives on")));
        for answer in &self.answers {
            let Answer { file, end, took: _, busy, child_bytes, parent_bytes: _ } = answer;
            if let End::Untyped(why) = end {
                broken.push(format!("{file}: {why}"));
            }
            if *busy > bounds.time {
                broken.push(format!("{file}: kept a processor busy for {busy:?}"));
            }
            if *child_bytes > bounds.child_bytes {
                broken.push(format!("{file}: a child had {child_bytes} bytes"));
            }
        }
        broken
    }

    /// Several programs that ran beside each other, as one.
    #[must_use]
    pub fn together(sieges: Vec<Self>) -> Option<Self> {
        sieges.into_iter().reduce(|mut all, next| {
            all.answers.extend(next.answers);
            all.orphans.extend(next.orphans);
            all.growth_bytes = all.growth_bytes.max(next.growth_bytes);
            all.swell_bytes = all.swell_bytes.max(next.swell_bytes);
            if !matches!(next.status.code(), Some(0 | 1 | 3 | 4)) {
                all.status = next.status;
            }
            all
        })
    }
}

/// The lines that a person reads: each count as `found/tried`.
impl fmt::Display for Siege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bounds = Bounds::PROMISED;
        let all = self.answers.len();
        let count = |holds: &dyn Fn(&Answer) -> bool| self.answers.iter().filter(|a| holds(a)).count();
        let died = usize::from(!matches!(self.status.code(), Some(0 | 1 | 3 | 4)));
        writeln!(f, "{died}/{all} deaths of the parent")?;
        writeln!(f, "{}/{all} untyped ends", count(&|a| matches!(a.end, End::Untyped(_))))?;
        writeln!(f, "{}/{all} longer than {:?}", count(&|a| a.busy > bounds.time), bounds.time)?;
        writeln!(
            f,
            "{}/{all} children above {} MiB",
            count(&|a| a.child_bytes > bounds.child_bytes),
            bounds.child_bytes >> 20
        )?;
        writeln!(f, "{}/{all} children left behind", self.orphans.len())?;
        let longest = self.answers.iter().max_by_key(|a| a.busy);
        let largest = self.answers.iter().max_by_key(|a| a.child_bytes);
        if let (Some(longest), Some(largest)) = (longest, largest) {
            writeln!(f, "longest {:.2} s: {}", longest.busy.as_secs_f64(), longest.file)?;
            writeln!(f, "largest child {} MiB: {}", largest.child_bytes >> 20, largest.file)?;
        }
        let (grew, swelled) = (self.growth_bytes >> 10, self.swell_bytes >> 10);
        writeln!(f, "the parent grew by {grew} KiB, and by {swelled} KiB for a moment")?;
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        for answer in &self.answers {
            let end = match &answer.end {
                End::Read => "read",
                End::Failed(code) => code.as_str(),
                End::Untyped(_) => "untyped",
            };
            *ends.entry(end).or_default() += 1;
        }
        let ends: Vec<String> = ends.iter().map(|(end, count)| format!("{count} {end}")).collect();
        write!(f, "ends: {}", ends.join(", "))
    }
}

fn end(line: &str, file: &str) -> End {
    match serde_json::from_str::<StatementResult>(line) {
        Ok(result) if result.file != file => End::Untyped("the answer is about another file".to_owned()),
        Ok(result) => result.failure.map_or(End::Read, |failure| End::Failed(failure.code)),
        Err(error) => End::Untyped(error.to_string()),
    }
}

fn drain(stream: Option<impl Read>) {
    let mut nothing = Vec::new();
    // A stream that breaks has no more to say.
    drop(stream.map(|mut stream| stream.read_to_end(&mut nothing)));
}

/// What the program said, and the time since it said something before.
struct Line {
    text: String,
    took: Duration,
    busy: Duration,
}

fn read_lines(stream: Option<impl Read>, lines: &Mutex<Vec<Line>>, watch: &Watch) {
    let (mut before, mut busy_before) = (Instant::now(), Duration::ZERO);
    for line in stream.into_iter().flat_map(|stream| BufReader::new(stream).lines().map_while(Result::ok)) {
        let now = Instant::now();
        if let Ok(mut lines) = lines.lock() {
            let busy_now = busy(watch.parent).unwrap_or(busy_before);
            let busy = busy_now.saturating_sub(busy_before);
            lines.push(Line { text: line, took: now.duration_since(before), busy });
            busy_before = busy_now;
        }
        before = now;
        watch.answered.fetch_add(1, Ordering::Relaxed);
    }
}

fn wait(child: &mut std::process::Child, watch: &Watch, patience: Duration) -> std::io::Result<ExitStatus> {
    let (mut answered, mut since) = (0, Instant::now());
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        let now = watch.answered.load(Ordering::Relaxed);
        if now != answered {
            (answered, since) = (now, Instant::now());
        }
        if since.elapsed() > patience {
            child.kill()?;
            return child.wait();
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn siege(status: i32, ends: &[End]) -> Siege {
        let answers = ends.iter().map(|end| Answer {
            file: "f".to_owned(),
            end: end.clone(),
            took: Duration::from_secs(1),
            busy: Duration::from_secs(1),
            child_bytes: 1,
            parent_bytes: 1,
        });
        Siege {
            answers: answers.collect(),
            growth_bytes: 0,
            swell_bytes: 0,
            status: ExitStatus::from_raw(status),
            orphans: Vec::new(),
        }
    }

    #[test]
    fn every_broken_bound_is_named() {
        let check = |siege: Siege, bounds: Bounds, broken: usize| {
            assert_eq!(siege.broken(bounds).len(), broken, "{:?}", siege.broken(bounds));
        };
        let fine = [End::Read, End::Failed(FailureCode::Corrupt)];
        check(siege(3 << 8, &fine), Bounds::PROMISED, 0);
        check(siege(9, &fine), Bounds::PROMISED, 1);
        check(siege(101 << 8, &fine), Bounds::PROMISED, 1);
        check(siege(0, &[End::Untyped(String::new())]), Bounds::PROMISED, 1);
        check(siege(0, &fine), Bounds { time: Duration::ZERO, ..Bounds::PROMISED }, 2);
        check(siege(0, &fine), Bounds { child_bytes: 0, ..Bounds::PROMISED }, 2);
        check(
            Siege { growth_bytes: 1, ..siege(0, &fine) },
            Bounds { growth_bytes: 0, ..Bounds::PROMISED },
            1,
        );
        check(Siege { orphans: vec![7], ..siege(0, &fine) }, Bounds::PROMISED, 1);
        assert!(siege(9, &fine).to_string().starts_with("1/2 deaths of the parent"));
    }

    #[test]
    fn an_answer_is_about_its_file() {
        for line in ["", "{}", "nothing"] {
            assert!(matches!(end(line, "f"), End::Untyped(_)), "{line}");
        }
    }
}
