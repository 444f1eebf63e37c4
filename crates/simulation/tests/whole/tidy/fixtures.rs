//! Every fixture is whole and used: the tests run over all folders, so a folder that loads is used.

use smartexus_domain::{Verdict, prove};
use smartexus_simulation::{Fixture, Repository};

/// Fixtures that the first end-to-end path promised.
const LAYOUTS_MIN: usize = 12;
const TAMPERED_MIN: usize = 3;

#[test]
fn every_fixture_is_whole() {
    let repository = Repository::here();
    let fixtures = Fixture::all(&repository).unwrap();
    assert!(fixtures.len() >= LAYOUTS_MIN, "{} fixtures", fixtures.len());
    let tampered = fixtures
        .iter()
        .filter(|f| f.expectations().iter().any(|e| e.verdict == Verdict::Discrepancy))
        .count();
    assert!(tampered >= TAMPERED_MIN, "{tampered} tampered fixtures");
    for fixture in &fixtures {
        let folder = repository.root().join("fixtures").join(fixture.name());
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let known = ["case.json", "truth.json", "words.json"].contains(&name.as_str())
                || fixture.source().ends_with(&name);
            assert!(known, "{}/{name} belongs to no test", fixture.name());
        }
        assert!(!fixture.statements().is_empty(), "{} says nothing", fixture.name());
    }
}

#[test]
fn every_truth_proves_as_it_says() {
    for fixture in Fixture::all(&Repository::here()).unwrap() {
        for (statement, expect) in fixture.statements().iter().zip(fixture.expectations()) {
            let mut proved = statement.clone();
            proved.checks.clear();
            prove(&mut proved);
            assert_eq!(proved.verdict, expect.verdict, "{}: {:?}", fixture.name(), proved.checks);
            assert_eq!(statement.verdict, expect.verdict, "{}", fixture.name());
        }
    }
}
