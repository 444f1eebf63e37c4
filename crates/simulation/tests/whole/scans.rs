//! Our statements as scanners hand them over: every figure right where the page is clean, and where it is damaged no
//! wrong figure in green. A date that is hard to read leaves its statement in doubt however right it is.

use smartexus_domain::{Reading, Statement, Verdict};
use smartexus_extract::{ExtractOptions, OcrOptions, extract, prepare_ocr};
use smartexus_generator::scan::{Bitmap, Codec, Damage, pages, scanned_pdf};
use smartexus_parse::{Input, ParseOptions, parse};
use smartexus_simulation::{Fixture, Repository, differences, figures_are_right};

/// Of these the scans themselves are kept.
const KEPT: [&str; 2] = ["us-checking-running", "us-card"];
/// Statements in English, the language whose data every machine with a recognizer has: honest ones and altered ones.
const ENGLISH: [&str; 4] = ["us-checking-running", "uk-current", "us-card", "tampered-uk-amount"];

fn fixtures() -> Vec<Fixture> {
    let all = Fixture::all(&Repository::here()).unwrap();
    let wanted: Vec<Fixture> = all.into_iter().filter(|f| ENGLISH.contains(&f.name())).collect();
    assert_eq!(wanted.len(), ENGLISH.len(), "the fixtures have moved");
    wanted
}

fn print(fixture: &Fixture, dpi: u32) -> Vec<Bitmap> {
    pages(&std::fs::read(Repository::here().root().join(fixture.source())).unwrap(), dpi)
}

fn fax(pages: &[Bitmap]) -> Vec<u8> {
    let pages: Vec<Bitmap> = pages.iter().cloned().map(Bitmap::bilevel).collect();
    scanned_pdf(&pages, Codec::FaxGroup4)
}

/// `None` where the scan is refused as a whole.
fn read(scan: &[u8]) -> Option<Reading> {
    let ocr = OcrOptions::default();
    prepare_ocr(ocr.languages).unwrap();
    let pages = extract(scan, &ExtractOptions { ocr: Some(ocr), ..Default::default() }).ok()?;
    parse(Input::Pages(&pages), &ParseOptions::default()).ok()
}

/// What the sums say, whether or not a date is hard to read; and that nothing but a date leaves them in doubt.
fn verdicts(statements: &[Statement]) -> Vec<Verdict> {
    let verdict = |statement: &Statement| match statement.unproved_because.as_slice() {
        [only] if only == "doubtful_date" && statement.proof.is_some() => {
            assert_eq!(statement.verdict, Verdict::Unverifiable);
            Verdict::Verified
        }
        _ => statement.verdict,
    };
    statements.iter().map(verdict).collect()
}

#[test]
fn the_scans_that_are_kept_read_as_the_cases_they_show() {
    let repository = Repository::here();
    let all = Fixture::all(&repository).unwrap();
    let files = repository.files().unwrap().into_iter().filter(|file| file.starts_with("fixtures/scans"));
    let (mut count, mut green) = (0, 0);
    for file in files {
        let case = file.file_stem().unwrap().to_string_lossy().into_owned();
        let fixture =
            all.iter().find(|fixture| fixture.name() == case).unwrap_or_else(|| panic!("no {case}"));
        let statements = read(&std::fs::read(repository.root().join(&file)).unwrap()).unwrap().statements;
        assert!(figures_are_right(fixture.statements(), &statements), "{}", file.display());
        assert_eq!(verdicts(&statements), [Verdict::Verified], "{}", file.display());
        count += 1;
        green += usize::from(statements[0].verdict == Verdict::Verified);
    }
    assert!(count >= 2 && green >= 1, "{green} green of {count} scans");
}

#[test]
fn every_date_and_amount_of_a_clean_scan_is_right_and_proved() {
    let mut wrong = Vec::new();
    for fixture in fixtures().iter().filter(|fixture| !KEPT.contains(&fixture.name())) {
        let reading = read(&fax(&print(fixture, 300)));
        let statements = reading.map(|reading| reading.statements).unwrap_or_default();
        let verdicts = verdicts(&statements);
        let expected: Vec<Verdict> = fixture.expectations().iter().map(|e| e.verdict).collect();
        if !figures_are_right(fixture.statements(), &statements) || verdicts != expected {
            let differing = differences(fixture.statements(), &statements);
            wrong.push(format!("{}: {verdicts:?} {differing:#?}", fixture.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_damaged_scan_is_verified_with_a_wrong_figure() {
    for (level, damage) in [("none", Damage::NONE), ("light", Damage::LIGHT), ("heavy", Damage::HEAVY)] {
        for (seed, fixture) in fixtures().iter().enumerate().skip(2) {
            let damaged =
                |(page, picture): (usize, &Bitmap)| damage.apply(picture, (seed * 100 + page) as u64);
            let scan: Vec<Bitmap> = print(fixture, 200).iter().enumerate().map(damaged).collect();
            let reading = read(&scanned_pdf(&scan, Codec::Dct(70)));
            let statements = reading.map(|reading| reading.statements).unwrap_or_default();
            let right = figures_are_right(fixture.statements(), &statements);
            let green = statements.iter().any(|statement| statement.verdict == Verdict::Verified);
            println!("{level:<7} {:<24} right {right} verified {green}", fixture.name());
            assert!(right || !green, "{level} {}: verified and wrong", fixture.name());
        }
    }
}
