//! The same page in every compression that scanners write.

use crate::{assert_read, codes, head, only, read, statement};
use smartexus_generator::scan::{Codec, scanned_pdf};
use std::slice::from_ref;

const WORDS: [&str; 3] = ["Account", "Statement", "$6,382.10"];

#[test]
fn black_and_white_pages_read_the_same_in_every_compression() {
    let picture = head(statement(200)).bilevel();
    let text = |codec| {
        let pages = read(&scanned_pdf(from_ref(&picture), codec)).unwrap();
        assert_eq!(codes(&pages), ["text_recognized"], "{codec:?}");
        only(pages).text
    };
    let expected = text(Codec::FlateBilevel);
    for codec in [Codec::FlateGray, Codec::RunLength, Codec::FaxGroup3, Codec::FaxGroup4, Codec::Jbig2] {
        assert_eq!(text(codec), expected, "{codec:?}");
    }
}

#[test]
fn gray_pages_are_read_in_lossy_compressions_too() {
    let picture = head(statement(200));
    for codec in [Codec::FlateGray, Codec::Dct(75)] {
        assert_read(&read(&scanned_pdf(from_ref(&picture), codec)).unwrap(), &WORDS);
    }
}
