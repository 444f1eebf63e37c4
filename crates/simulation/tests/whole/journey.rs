//! Every fixture through the whole program, as a person would start it.

use crate::stage::results;
use smartexus_domain::{ResultStatus, Verdict};
use smartexus_simulation::{Fixture, Repository, differences, figures_are_right};

#[test]
fn every_fixture_is_read_exactly_and_judged_rightly() {
    let fixtures = Fixture::all(&Repository::here()).unwrap();
    let mut wrong = Vec::new();
    for (fixture, (name, result)) in fixtures.iter().zip(results()) {
        let found = differences(fixture.statements(), &result.statements);
        let verdicts: Vec<Verdict> = result.statements.iter().map(|s| s.verdict).collect();
        let wanted: Vec<Verdict> = fixture.statements().iter().map(|s| s.verdict).collect();
        let verdict_is_right = verdicts == wanted;
        let all_proved = wanted.iter().all(|verdict| *verdict == Verdict::Verified);
        let status_is_right = all_proved || result.status == ResultStatus::NeedsReview;
        let rows: usize = fixture.statements().iter().map(|s| s.transactions.len()).sum();
        let exact = if found.is_empty() { "exact" } else { "WRONG" };
        println!("{name:<32} {rows:>4} rows  {exact}  {verdicts:?}");
        if !found.is_empty() {
            wrong.push(format!("{name}: {} differences, first: {}", found.len(), found[0]));
        }
        if verdicts.contains(&Verdict::Verified)
            && !figures_are_right(fixture.statements(), &result.statements)
        {
            wrong.push(format!("{name}: FALSE VERIFIED"));
        }
        if !verdict_is_right {
            wrong.push(format!("{name}: {verdicts:?}, not {wanted:?}"));
        }
        if !status_is_right {
            wrong.push(format!("{name}: unproved and yet {:?}", result.status));
        }
    }
    assert!(wrong.is_empty(), "{} of {} fixtures:\n{}", wrong.len(), fixtures.len(), wrong.join("\n"));
}

#[test]
fn every_tampered_fixture_names_the_row_that_was_altered() {
    let fixtures = Fixture::all(&Repository::here()).unwrap();
    let mut tampered = 0;
    for (fixture, (name, result)) in fixtures.iter().zip(results()) {
        for (expect, read) in fixture.expectations().iter().zip(&result.statements) {
            if expect.verdict != Verdict::Discrepancy {
                continue;
            }
            tampered += 1;
            assert_eq!(read.verdict, Verdict::Discrepancy, "{name}");
            let broken = read.checks.iter().find_map(|check| check.row);
            assert_eq!(broken, expect.first_broken_row, "{name}");
        }
    }
    assert!(tampered >= 3, "only {tampered} tampered statements");
}
