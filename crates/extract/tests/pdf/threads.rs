//! A document read on several threads is the document read on one.

use crate::builder::{Pdf, text_at};
use smartexus_domain::PageRange;
use smartexus_extract::{ExtractOptions, extract};
use std::num::NonZeroUsize;

/// Pages that share fonts, some with one of their own, one that cannot be read and one without text.
fn long(pages: usize) -> Vec<u8> {
    let mut pdf = Pdf::new();
    for number in 0..pages {
        let own = format!("/F2 << /Type /Font /Subtype /Type1 /BaseFont /Own{} >>", number % 5);
        let show = |font: &str, y: f64| text_at(100.0, y, &format!("/{font} 9 Tf (Row {number} of many) Tj"));
        let content = match number % 9 {
            7 => "(broken".to_owned(),
            8 => String::new(),
            _ => show("F1", 700.0) + &show("F2", 600.0),
        };
        pdf.page_with("", &format!("/Font << {own} >>"), &content);
    }
    pdf.build()
}

#[test]
fn the_result_does_not_depend_on_the_threads() {
    for pages in [1, 8, 9, 70] {
        let file = long(pages);
        for range in [None, PageRange::new(3, 20).ok()] {
            let read = |threads| {
                let options =
                    ExtractOptions { range, threads: NonZeroUsize::new(threads), ..Default::default() };
                extract(&file, &options).map(|pages| serde_json::to_string(&pages).unwrap())
            };
            let expected = read(0);
            for threads in [1, 2, 3, 16] {
                assert!(read(threads) == expected, "{pages} pages on {threads} threads");
            }
        }
    }
}
