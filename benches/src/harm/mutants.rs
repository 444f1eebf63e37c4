//! Mutants by the hundred thousand. They are read in processes of their own, a few thousand each, so that a death of the
//! parent is seen, counted, and costs one mutant.

use super::leaks::Held;
use super::parents;
use super::plan::Plan;
use anyhow::{Context, ensure};
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use smartexus_domain::FailureCode;
use smartexus_simulation::havoc::{Havoc, Material};
use smartexus_simulation::{Fate, Ordeal, Target};
use smartexus_worker::sandbox::{Reply, Request, SandboxProgram, child_main_with, read_document};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// The first word of a process that reads a batch, and of a child that decodes pictures before it reads.
const BATCH: &str = "mutants-batch";
const CHILD: &str = "mutants-child";
const BATCH_MUTANTS: u64 = 1_000;
/// Mutants on their way at once.
const AT_ONCE: usize = 3;
/// Our own parsers have the stack that a child has.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// This process as a batch or as its child, if it is one. Called before anything else, above all before a thread.
pub(crate) fn role() -> Option<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).take(7).collect();
    match words.first().map(String::as_str) {
        Some(CHILD) => Some(child_main_with(decode_and_read)),
        Some(BATCH) => Some(match batch(&words) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }),
        _ => None,
    }
}

/// Pictures are decoded too, which else happens only where text is recognized.
fn decode_and_read(request: &Request, payload: &[u8]) -> Reply {
    for name in ["png", "jpeg", "webp", "tiff"] {
        if let Some(target) = Target::named(name) {
            (target.throw)(payload);
        }
    }
    read_document(request, payload)
}

/// What came of a batch, and of all.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Tally {
    tried: u64,
    ends: BTreeMap<String, u64>,
    untyped: Vec<u64>,
    hung: Vec<u64>,
    /// Typed, and still to be repaired.
    defects: Vec<(u64, String)>,
    parent_deaths: Vec<u64>,
    children_leaked: u64,
    descriptors_leaked: u64,
    files_leaked: u64,
}

impl Tally {
    fn add(&mut self, number: u64, fate: &Fate) {
        self.tried += 1;
        let end = match fate {
            Fate::Read => "read".to_owned(),
            Fate::Failed(code) => code.as_str().to_owned(),
            Fate::Died(death) => format!("died: {}", death.as_str()),
            Fate::Panicked(name) => format!("panicked: {name}"),
            Fate::Hung(name) => format!("hung: {name}"),
            Fate::BadReply => "bad reply".to_owned(),
            Fate::NoChild(_) => "no child".to_owned(),
        };
        if matches!(fate, Fate::Hung(_)) {
            self.hung.push(number);
        } else if !fate.is_typed() {
            self.untyped.push(number);
        }
        if fate.is_defect() {
            self.defects.push((number, end.clone()));
        }
        *self.ends.entry(end).or_default() += 1;
    }

    fn absorb(&mut self, other: Self) {
        self.tried += other.tried;
        for (end, count) in other.ends {
            *self.ends.entry(end).or_default() += count;
        }
        self.untyped.extend(other.untyped);
        self.hung.extend(other.hung);
        self.defects.extend(other.defects);
        self.parent_deaths.extend(other.parent_deaths);
        self.children_leaked += other.children_leaked;
        self.descriptors_leaked += other.descriptors_leaked;
        self.files_leaked += other.files_leaked;
    }

    fn print(&self) {
        let tried = self.tried;
        println!("{}/{tried} deaths of the parent", self.parent_deaths.len());
        println!("{}/{tried} untyped ends", self.untyped.len());
        println!("{}/{tried} hangs longer than 10 s", self.hung.len());
        println!("{}/{tried} children leaked", self.children_leaked);
        println!("{}/{tried} descriptors leaked", self.descriptors_leaked);
        println!("{}/{tried} temporary files leaked", self.files_leaked);
        for (end, count) in &self.ends {
            println!("  {count:>8} {end}");
        }
    }

    fn is_clean(&self) -> bool {
        self.parent_deaths.is_empty()
            && self.untyped.is_empty()
            && self.hung.is_empty()
            && self.children_leaked + self.descriptors_leaked + self.files_leaked == 0
    }
}

/// Runs the batches one after the other and prints the sum.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut total = Tally::default();
    let (mut at, end) = (plan.first, plan.first + plan.count);
    while at < end {
        let upto = end.min(at + BATCH_MUTANTS);
        at = one_batch(plan, at, upto, &mut total)?;
        // What is known so far, for whoever ends the run early.
        eprintln!("{at} of {end}, {:.0?}: {}", started.elapsed(), serde_json::to_string(&total)?);
    }
    println!("mutants · seed {:#x} · {} to {end} · {:.0?}", plan.seed, plan.first, started.elapsed());
    total.print();
    keep(plan, &total)?;
    ensure!(total.is_clean(), "mutants did harm; the files are in {}", plan.out.display());
    Ok(())
}

/// Returns the number of the next mutant to try: behind the batch, or behind the one that killed its reader.
fn one_batch(plan: &Plan, from: u64, upto: u64, total: &mut Tally) -> anyhow::Result<u64> {
    // Nobody else's files are counted.
    let scratch = plan.out.join("scratch");
    std::fs::create_dir_all(&scratch)?;
    let mut child = Command::new("/proc/self/exe")
        .env("TMPDIR", &scratch)
        .args([BATCH, &plan.seed.to_string(), &from.to_string(), &upto.to_string()])
        .arg(&plan.program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().context("a pipe")?;
    let (mut started, mut tally) = (Vec::new(), None);
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        match line.strip_prefix("at ").and_then(|number| number.parse().ok()) {
            Some(number) => started.push(number),
            None => tally = serde_json::from_str(&line).ok(),
        }
    }
    let status = child.wait()?;
    if let (true, Some(tally)) = (status.success(), tally) {
        total.absorb(tally);
        return Ok(upto);
    }
    // One of those on their way killed it; each of them is named.
    let last = started.iter().copied().max().unwrap_or(from);
    let suspects = started.iter().rev().take(AT_ONCE);
    eprintln!("the parent died ({status}) at one of {:?}", suspects.clone().collect::<Vec<_>>());
    total.parent_deaths.push(last);
    total.tried += last + 1 - from;
    Ok(last + 1)
}

/// The life of a batch: its words are the seed, from, up to, the program.
fn batch(words: &[String]) -> anyhow::Result<()> {
    let [_, seed, from, upto, program] = words else { anyhow::bail!("a batch has five words") };
    let (seed, from, upto): (u64, u64, u64) = (seed.parse()?, from.parse()?, upto.parse()?);
    // A panic that is caught is counted, not printed.
    std::panic::set_hook(Box::new(|_| {}));
    let parents = parents::all()?;
    let materials: BTreeMap<String, Material> =
        parents.iter().map(|parent| (parent.name.clone(), parent.material)).collect();
    let havoc = Havoc::new(parents, seed);
    // The first runtime of a process keeps a pair of sockets for signals for ever.
    drop(runtime()?);
    let before = Held::now();
    let runtime = runtime()?;
    let mut tally = runtime.block_on(read_all(&havoc, &materials, from..upto, Path::new(program)))?;
    drop(runtime);
    let more = Held::more_since(before);
    tally.children_leaked = more.children as u64;
    tally.descriptors_leaked = more.descriptors as u64;
    tally.files_leaked = more.files as u64;
    println!("{}", serde_json::to_string(&tally)?);
    Ok(())
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build()
}

async fn read_all(
    havoc: &Havoc,
    materials: &BTreeMap<String, Material>,
    numbers: std::ops::Range<u64>,
    program: &Path,
) -> anyhow::Result<Tally> {
    let honest = Ordeal::open(program)?;
    let decoding = SandboxProgram { path: "/proc/self/exe".into(), args: vec![CHILD.into()] };
    let decoding = Ordeal::open_with(decoding)?;
    let mut fates = futures::stream::iter(numbers)
        .map(|number| {
            let (honest, decoding) = (&honest, &decoding);
            async move {
                say(&format!("at {number}"));
                let Some(mutant) = havoc.mutant(number) else {
                    return (number, Fate::Failed(FailureCode::Corrupt));
                };
                let material = materials.get(&mutant.parent).copied().unwrap_or(Material::Text);
                let ordeal = match material {
                    Material::Png | Material::Jpeg | Material::Tiff | Material::Riff => decoding,
                    Material::Pdf | Material::Text | Material::Archive => honest,
                };
                let (fate, ()) = tokio::join!(ordeal.undergo(mutant.bytes, material), ordeal.warm());
                (number, fate)
            }
        })
        .buffer_unordered(AT_ONCE);
    let mut tally = Tally::default();
    while let Some((number, fate)) = fates.next().await {
        tally.add(number, &fate);
    }
    tally.hung.sort_unstable();
    Ok(tally)
}

/// A parent that dies has told what it was at: each line leaves at once.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody to tell means that nobody wants to know.
    drop(writeln!(out, "{line}").and_then(|()| out.flush()));
}

/// Writes down what did harm, to be looked at and to become a file of the hostile set.
fn keep(plan: &Plan, total: &Tally) -> anyhow::Result<()> {
    let havoc = Havoc::new(parents::all()?, plan.seed);
    std::fs::create_dir_all(&plan.out)?;
    let deaths = total.parent_deaths.iter().map(|number| (*number, "parent died".to_owned()));
    for (number, end) in total.defects.iter().cloned().chain(deaths) {
        let Some(mutant) = havoc.mutant(number) else { continue };
        let end = end.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let file = plan.out.join(format!("{number}-{end}-{}", mutant.parent));
        println!("kept {}", file.display());
        std::fs::write(file, mutant.bytes)?;
    }
    Ok(())
}
