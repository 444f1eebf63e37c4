//! `cargo bench-all --kinds`: files of papers drawn from seeds, through the whole path: which kind each page is, where
//! papers end, what they say and what is proved.

mod plan;

use crate::designs::read;
pub(crate) use plan::Plan;
use smartexus_generator::papers::{Packet, make};
use smartexus_simulation::{PaperTally, ReadPapers, TruePaper};
use std::path::PathBuf;

/// Files of one run of the program.
const BATCH: usize = 25;

/// Makes the files of a plan and counts what becomes of them.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    std::fs::create_dir_all(&plan.folder)?;
    let mut tally = PaperTally::default();
    let seeds: Vec<u64> = plan.seeds().collect();
    for batch in seeds.chunks(BATCH) {
        let packets: Vec<Packet> = batch.iter().map(|seed| make(*seed)).collect();
        let files: Vec<PathBuf> = batch.iter().map(|seed| plan.folder.join(format!("{seed}.pdf"))).collect();
        for (file, packet) in files.iter().zip(&packets) {
            std::fs::write(file, &packet.document)?;
        }
        let paths: Vec<&std::path::Path> = files.iter().map(PathBuf::as_path).collect();
        for ((seed, packet), result) in batch.iter().zip(&packets).zip(read(&plan.program, &paths)?) {
            let wanted = printed(packet);
            let wrong = match &result {
                Some(result) => {
                    let document = &result.document;
                    let read = ReadPapers {
                        kind: document.kind,
                        children: &document.children,
                        facts: &result.facts,
                    };
                    tally.add(&wanted, read)
                }
                None => vec!["not read".to_owned()],
            };
            if plan.has_details() {
                wrong.iter().for_each(|line| println!("seed {seed} ({}): {line}", packet.country));
            }
        }
    }
    std::fs::remove_dir_all(&plan.folder)?;
    print(&tally);
    Ok(())
}

fn printed(packet: &Packet) -> Vec<TruePaper<'_>> {
    let page = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    packet
        .papers
        .iter()
        .map(|paper| TruePaper {
            kind: paper.kind,
            first_page: page(paper.first_page),
            last_page: page(paper.last_page),
            facts: &paper.facts,
            is_proved: paper.is_proved,
        })
        .collect()
}

fn print(tally: &PaperTally) {
    let (right, all) = tally.pages();
    println!("\npages of the right kind: {right}/{all} · files split right: {}/{}", tally.split, tally.files);
    println!("\n| page is | read as | pages |\n|---|---|---|");
    for ((wanted, read), pages) in &tally.confusion {
        println!("| {wanted} | {read} | {pages} |");
    }
    println!(
        "\n| kind | papers | facts right | of | proved | provable | proved with a wrong amount |\n|---|---|---|---|---|---|---|"
    );
    for (kind, counts) in &tally.kinds {
        println!(
            "| {kind} | {} | {} | {} | {} | {} | {} |",
            counts.papers, counts.right, counts.facts, counts.proved, counts.provable, counts.falsely
        );
    }
}
