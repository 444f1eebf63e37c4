//! Prints cases made by chance with their figures, for the second implementation:
//! `cargo run -p smartexus-analyze --example random_cases -- 1000 | python crates/analyze/tests/recompute/figures.py
//! pipelines/categories/taxonomy.csv`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a tool of the tests, which share its modules"
)]

#[path = "../tests/analyze/draft.rs"]
mod draft;
#[path = "../tests/analyze/random.rs"]
mod random;

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap());
    let (count, seed) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(1));
    for seed in seed..seed + count {
        println!("{}", draft::as_json(&random::case(seed)));
    }
}
