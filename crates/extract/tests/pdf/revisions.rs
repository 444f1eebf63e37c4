//! What was saved over what.

use crate::builder::{Pdf, text_at};
use crate::{first_page, read};
use smartexus_domain::{Edit, Page};
use smartexus_extract::{ExtractOptions, extract};

/// Saves another content stream over the one of the first page; `number` is that of its object.
fn saved_over(mut file: Vec<u8>, number: usize, content: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(&file).into_owned();
    let previous: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
    let offset = file.len();
    file.extend(
        format!("{number} 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n", content.len())
            .bytes(),
    );
    let start = file.len();
    file.extend(
        format!(
            "xref\n{number} 1\n{offset:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {previous} >>\nstartxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    file
}

/// A row of a statement; its content is object 3.
fn row(amount: &str) -> String {
    text_at(100.0, 700.0, &format!("(12 Mar) Tj 100 0 Td (Rent) Tj 100 0 Td ({amount}) Tj"))
}

fn first(amount: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page_with("", "", &row(amount));
    pdf.build()
}

fn told(page: &Page) -> Vec<String> {
    let side = |words: &[smartexus_domain::EditedWord]| {
        words.iter().map(|w| w.text.clone()).collect::<Vec<_>>().join(" ")
    };
    let edit = |edit: &Edit| format!("{} {}>{}", edit.revision, side(&edit.before), side(&edit.after));
    page.facts.edits.iter().map(edit).collect()
}

#[test]
fn words_that_a_save_changed_are_told_with_their_places() {
    let file = saved_over(first("300.00"), 3, &row("309.00"));
    let pages = read(&file).unwrap();
    assert_eq!((pages.facts.revisions, pages.pages[0].text.as_str()), (2, "12 Mar Rent 309.00"));
    assert_eq!(told(&pages.pages[0]), ["2 300.00>309.00"]);
    let edit = &pages.pages[0].facts.edits[0];
    assert_eq!(<[f64; 4]>::from(edit.before[0].bounds), [300.0, 92.5, 330.58, 102.5]);
    assert_eq!(edit.before[0].bounds, edit.after[0].bounds);
}

#[test]
fn every_save_is_told_and_one_that_changed_nothing_is_not() {
    let twice = saved_over(saved_over(first("300.00"), 3, &row("309.00")), 3, &row("909.00"));
    assert_eq!(told(&first_page(&twice)), ["2 300.00>309.00", "3 309.00>909.00"]);
    let same = saved_over(first("300.00"), 3, &row("300.00"));
    assert_eq!(told(&first_page(&same)), Vec::<String>::new());
}

#[test]
fn marks_that_end_no_revision_are_none() {
    let file = first("300.00");
    let commented = [b"%PDF-1.7\n%%EOF\nstartxref\n0\n%%EOF\n", file.as_slice()].concat();
    assert_eq!(told(&first_page(&commented)), Vec::<String>::new());
}

#[test]
fn only_the_last_saves_are_looked_into() {
    let mut file = first("1.00");
    for amount in 2..=12 {
        file = saved_over(file, 3, &row(&format!("{amount}.00")));
    }
    let told = told(&first_page(&file));
    assert_eq!((told.len(), told[0].as_str(), told[7].as_str()), (8, "5 4.00>5.00", "12 11.00>12.00"));
}

#[test]
fn parts_of_a_document_say_the_same() {
    let file = saved_over(first("300.00"), 3, &row("309.00"));
    let range = smartexus_domain::PageRange::new(1, 1).ok();
    let part = extract(&file, &ExtractOptions { range, ..ExtractOptions::default() }).unwrap();
    assert_eq!(part.pages, read(&file).unwrap().pages);
}

#[test]
fn the_edited_statement_tells_its_figure() {
    let root =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tampered-us-business-edited/document.pdf");
    let pages = read(&std::fs::read(root).unwrap()).unwrap();
    let edits: Vec<String> = pages.pages.iter().flat_map(told).collect();
    assert_eq!(edits.len(), 1, "{edits:?}");
    assert!(edits[0].ends_with("18,484.87"), "{edits:?}");
}
