//! Bytes thrown at every parser, and documents made wrong sent on their whole way: what the fuzz targets and the mutants of
//! the benches do for hours, done for seconds at every change.

use crate::stage::program;
use smartexus_simulation::havoc::{Havoc, Material, Parent};
use smartexus_simulation::{Fate, Fixture, Ordeal, Repository, Target};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Of the hostile files that are kept, every so manieth meets the targets that are slow in a build for tests.
const FOREIGN_EVERY: usize = 7;
/// One throw.
const HANG: Duration = Duration::from_secs(10);
/// Foreign code gets room enough to be slow and not to overflow: its end by overflow is for the walls.
const STACK_BYTES: usize = 256 * 1024 * 1024;
const MUTANTS: u64 = 100;
const SEED: u64 = 0x5eed_0006;

/// The hostile files that are kept, by path.
fn kept() -> Vec<(String, Vec<u8>)> {
    let files = Repository::here().files().unwrap();
    let hostile = files.into_iter().filter(|file| file.starts_with("fixtures/hostile"));
    hostile
        .map(|file| {
            (file.display().to_string(), std::fs::read(Repository::here().root().join(&file)).unwrap())
        })
        .collect()
}

/// Every third of the targets in a test of its own: together they take minutes.
#[test]
fn the_first_third_of_the_targets_comes_back_from_the_hostile_files() {
    comes_back(0);
}

#[test]
fn the_second_third_of_the_targets_comes_back_from_the_hostile_files() {
    comes_back(1);
}

#[test]
fn the_last_third_of_the_targets_comes_back_from_the_hostile_files() {
    comes_back(2);
}

/// Throws every hostile file at every third target from this one on.
fn comes_back(first: usize) {
    let files = kept();
    assert!(files.len() >= 600, "{} files", files.len());
    let thrown = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let (mut throws, mut broken) = (0_usize, Vec::new());
        for target in Target::ALL.iter().skip(first).step_by(3) {
            let every = if target.foreign { FOREIGN_EVERY } else { 1 };
            for (name, bytes) in files.iter().step_by(every) {
                let before = Instant::now();
                let came_back = catch_unwind(AssertUnwindSafe(|| (target.throw)(bytes))).is_ok();
                throws += 1;
                // A panic of foreign code is what its child is for; ours must not have any.
                if (!came_back && !target.foreign) || before.elapsed() > HANG {
                    broken.push(format!("{} {name} {came_back}", target.name));
                }
            }
        }
        (throws, broken)
    });
    let (throws, broken) = thrown.unwrap().join().unwrap();
    println!("{}/{throws} throws broken", broken.len());
    assert_eq!(broken, [""; 0]);
}

/// The fuzz crate is a workspace of its own, so nothing else keeps it true.
#[test]
fn every_target_has_its_fuzz_target() {
    let repository = Repository::here();
    let manifest: toml::Table = repository.read("fuzz/Cargo.toml").unwrap().parse().unwrap();
    let bins = manifest.get("bin").and_then(toml::Value::as_array).unwrap();
    let named = bins.iter().map(|bin| bin.get("name").and_then(toml::Value::as_str).unwrap().to_owned());
    let mut named: Vec<String> = named.collect();
    let mut targets: Vec<String> = Target::ALL.iter().map(|target| target.name.to_owned()).collect();
    named.sort();
    targets.sort();
    assert_eq!(named, targets);
    for name in targets {
        let source = repository.read(format!("fuzz/fuzz_targets/{name}.rs")).unwrap();
        assert!(source.contains(&format!("Target::named(\"{name}\")")), "{name} throws at another target");
    }
}

fn parents() -> Vec<Parent> {
    let repository = Repository::here();
    let fixtures = Fixture::all(&repository).unwrap();
    let parents = fixtures.iter().map(|fixture| Parent {
        name: fixture.name().to_owned(),
        material: if fixture.pages().is_empty() { Material::Text } else { Material::Pdf },
        bytes: std::fs::read(repository.root().join(fixture.source())).unwrap(),
    });
    parents.collect()
}

#[test]
fn mutants_end_in_typed_answers() {
    let parents = parents();
    let materials: BTreeMap<String, Material> =
        parents.iter().map(|parent| (parent.name.clone(), parent.material)).collect();
    let havoc = Havoc::new(parents, SEED);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (mut ends, mut broken) = (BTreeMap::<String, usize>::new(), Vec::new());
    runtime.block_on(async {
        let ordeal = Ordeal::open(program().path()).unwrap();
        for number in 0..MUTANTS {
            let mutant = havoc.mutant(number).unwrap();
            let material = materials[&mutant.parent];
            let (fate, ()) = tokio::join!(ordeal.undergo(mutant.bytes, material), ordeal.warm());
            *ends.entry(format!("{fate:?}")).or_default() += 1;
            if fate.is_defect() {
                broken.push(format!("{number} of seed {SEED:#x}, made of {}: {fate:?}", mutant.parent));
            }
        }
    });
    println!("{}/{MUTANTS} mutants broke something: {ends:?}", broken.len());
    assert_eq!(broken, [""; 0]);
    assert!(
        ends.contains_key(&format!("{:?}", Fate::Read)) && ends.len() > 1,
        "mutants are all alike: {ends:?}"
    );
}
