//! What is read does not depend on who reads it, when, or beside what.

use crate::{options, read, statement};
use smartexus_domain::{PageRange, Pages};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_generator::scan::{Bitmap, Codec, Damage, scanned_pdf};

fn three() -> Vec<u8> {
    let cut = |from: usize| {
        let picture = statement(150);
        let rows = picture.height / 4;
        let start = from * rows * picture.width;
        let pixels = picture.pixels[start..start + rows * picture.width].to_vec();
        Damage::LIGHT.apply(&Bitmap { height: rows, pixels, ..picture }, from as u64)
    };
    scanned_pdf(&[cut(0), cut(1), cut(2)], Codec::FlateGray)
}

fn one(bytes: &[u8], number: u32) -> Pages {
    extract(bytes, &ExtractOptions { range: PageRange::new(number, number).ok(), ..options() }).unwrap()
}

#[test]
fn pages_read_alone_in_any_order_and_on_any_thread_are_the_pages_read_at_once() {
    let bytes = three();
    let whole = read(&bytes).unwrap();
    for number in [3, 1, 2, 3] {
        assert_eq!(one(&bytes, number).pages[0], whole.pages[number as usize - 1], "page {number}");
    }
    let threads: Vec<_> = (1..=3)
        .map(|number| {
            let bytes = bytes.clone();
            std::thread::spawn(move || one(&bytes, number).pages.swap_remove(0))
        })
        .collect();
    let apart: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(apart, whole.pages);
}

#[test]
fn the_same_picture_twice_is_the_same_page_twice() {
    let picture = crate::head(statement(150));
    let pages = read(&scanned_pdf(&[picture.clone(), picture], Codec::FlateGray)).unwrap().pages;
    assert_eq!(pages[0].words, pages[1].words);
    assert!(!pages[0].words.is_empty());
}
