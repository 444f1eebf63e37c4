#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to a person in a terminal")]

mod cases;
mod categories;
mod clock;
mod contender;
mod designs;
mod engine;
mod evidence;
mod forms;
mod harm;
mod kinds;
mod machine;
mod meter;
mod pace;
mod race;
mod reading;
mod render;
mod scans;
mod stages;
mod storm;
mod structured;
mod suggestions;
mod summary;
mod whole;

use anyhow::Context;
use contender::Peers;
use harm::Harm;
use race::Paper;
use smartexus_simulation::{Fixture, Program, Repository};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use summary::Summary;

const USAGE: &str = "usage: cargo bench-all [--quick] | cargo bench-all --scans | cargo bench-all --designs … | cargo bench-all --cases … | cargo bench-all --kinds … | cargo bench-all --categories … | cargo bench-all --tamper … | cargo bench-all --render | cargo bench-all --forms [FILE.pdf…] | cargo bench-all --suggestions … | cargo bench-all --parse … | cargo bench-all --structured … | cargo bench-all --storm WEATHER … | cargo bench-all --pace … | cargo bench-all --hostile | --mutants | --fuzz | --toll …";

/// What the run was asked for.
struct Request {
    quick: bool,
    scans: bool,
    render: bool,
    designs: Option<Vec<String>>,
    forms: Option<Vec<String>>,
    suggestions: Option<Vec<String>>,
    cases: Option<Vec<String>>,
    tamper: Option<Vec<String>>,
    kinds: Option<Vec<String>>,
    categories: Option<Vec<String>>,
    parse: Option<Vec<String>>,
    structured: Option<Vec<String>>,
    storm: Option<Vec<String>>,
    pace: Option<Vec<String>>,
    harm: Option<(Harm, Vec<String>)>,
    program: PathBuf,
    out: PathBuf,
}

fn main() -> ExitCode {
    if let Some(ended) = storm::role().or_else(harm::role) {
        return ended;
    }
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, name, rounds, files @ ..] = words.as_slice()
        && mode == "engine"
    {
        return engine::run(name, rounds.parse()?, files);
    }
    if let [mode, dpi, folder, files @ ..] = words.as_slice()
        && mode == "render"
    {
        return render::draw(dpi.parse()?, folder, files);
    }
    if let [mode, format, file] = words.as_slice()
        && mode == "structured"
    {
        return structured::tell(format, file);
    }
    run(&request(words)?)
}

fn request(words: Vec<String>) -> anyhow::Result<Request> {
    let (mut quick, mut scans, mut render) = (false, false, false);
    let (mut program, mut out) = (None, None);
    let (mut designs, mut cases, mut kinds, mut categories, mut tamper, mut storm, mut pace, mut harm) =
        (None, None, None, None, None, None, None, None);
    let (mut parse, mut structured, mut forms, mut suggestions) = (None, None, None, None);
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => quick = true,
            "--scans" => scans = true,
            "--render" => render = true,
            "--forms" => forms = Some(words.by_ref().collect()),
            "--suggestions" => suggestions = Some(words.by_ref().collect()),
            "--designs" => designs = Some(words.by_ref().collect()),
            "--cases" => cases = Some(words.by_ref().collect()),
            "--parse" => parse = Some(words.by_ref().collect()),
            "--structured" => structured = Some(words.by_ref().collect()),
            "--tamper" => tamper = Some(words.by_ref().collect()),
            "--kinds" => kinds = Some(words.by_ref().collect()),
            "--categories" => categories = Some(words.by_ref().collect()),
            "--storm" => storm = Some(words.by_ref().collect()),
            "--pace" => pace = Some(words.by_ref().collect()),
            "--hostile" => harm = Some((Harm::Files, words.by_ref().collect())),
            "--mutants" => harm = Some((Harm::Mutants, words.by_ref().collect())),
            "--fuzz" => harm = Some((Harm::Fuzz, words.by_ref().collect())),
            "--toll" => harm = Some((Harm::Toll, words.by_ref().collect())),
            "--program" => program = words.next().map(PathBuf::from),
            "--out" => out = words.next().map(PathBuf::from),
            _ => anyhow::bail!(USAGE),
        }
    }
    let (program, out) = (program.context(USAGE)?, out.context(USAGE)?);
    Ok(Request {
        quick,
        scans,
        render,
        designs,
        forms,
        suggestions,
        cases,
        kinds,
        categories,
        tamper,
        parse,
        structured,
        storm,
        pace,
        harm,
        program,
        out,
    })
}

fn run(request: &Request) -> anyhow::Result<()> {
    if let Some(words) = &request.designs {
        return designs::run(&designs::Plan::read(words, request.program.clone(), &request.out)?);
    }
    if let Some(words) = &request.cases {
        return cases::run(&cases::Plan::read(words, request.program.clone(), &request.out)?);
    }
    if let Some(words) = &request.tamper {
        return evidence::run(&evidence::Plan::read(words)?);
    }
    if let Some(words) = &request.kinds {
        return kinds::run(&kinds::Plan::read(words, request.program.clone(), &request.out)?);
    }
    if let Some(words) = &request.categories {
        return categories::run(&categories::Plan::read(words, &request.out)?);
    }
    if let Some(words) = &request.suggestions {
        return suggestions::run(&suggestions::Plan::read(words)?);
    }
    if let Some(words) = &request.parse {
        return reading::run(&reading::Plan::read(words)?);
    }
    if let Some(words) = &request.structured {
        let scripts = peers(&Repository::here());
        return structured::run(&structured::Plan::read(words, scripts, &request.out)?);
    }
    if let Some(words) = &request.storm {
        return storm::run(&storm::Plan::read(words, request.program.clone())?);
    }
    if let Some(words) = &request.pace {
        return pace::run(&pace::Plan::read(words, request.program.clone(), request.out.clone())?);
    }
    if let Some((harm, words)) = &request.harm {
        return harm::run(&harm::Plan::read(*harm, words, request.program.clone(), request.out.clone())?);
    }
    if request.scans {
        return scans::run(&request.program, &request.out.join("scans"));
    }
    let repository = Repository::here();
    if request.render {
        return render::run(&peers(&repository), &request.out);
    }
    if let Some(files) = &request.forms {
        return forms::run(files, &peers(&repository), &request.out);
    }
    let fixtures = Fixture::all(&repository)?;
    let program = Program::at(&request.program, repository.root());
    // Long enough for ticks of 10 ms to be a small error.
    let seconds_wanted = if request.quick { 1.0 } else { 10.0 };

    eprintln!("the whole path");
    let whole = whole::run(&program, &fixtures, seconds_wanted)?;
    eprintln!("each stage");
    let stages = stages::run(&repository, &fixtures, &whole.results, seconds_wanted)?;
    eprintln!("text engines");
    let peers = Peers { scripts: peers(&repository), homes: request.out.clone() };
    let engines = race::run(&papers(&repository, &fixtures), &peers, seconds_wanted)?;

    let summary = Summary::new(request.quick, &fixtures, whole, stages, engines);
    let (json, markdown) = summary.write(&request.out)?;
    println!("{}", summary.markdown());
    println!("{}\n{}", json.display(), markdown.display());
    Ok(())
}

fn peers(repository: &Repository) -> PathBuf {
    repository.root().join("benches/peers")
}

fn papers(repository: &Repository, fixtures: &[Fixture]) -> Vec<Paper> {
    let file = |source: &Path| repository.root().join(source).display().to_string();
    let words = |fixture: &Fixture| {
        fixture.pages().iter().flat_map(|page| &page.words).map(|word| word.text.clone()).collect()
    };
    let on_paper = fixtures.iter().filter(|fixture| !fixture.pages().is_empty());
    on_paper
        .map(|fixture| Paper {
            file: file(fixture.source()),
            pages: fixture.pages().len(),
            words: words(fixture),
        })
        .collect()
}
