//! Pages drawn for eyes.

use crate::{head, statement};
use smartexus_domain::PageRange;
use smartexus_extract::{ExtractError, ExtractLimits, ExtractOptions, RenderedPage, render};
use smartexus_generator::scan::{Bitmap, Codec, scanned_pdf};
use std::slice::from_ref;

fn drawn(bytes: &[u8], options: &ExtractOptions, dpi: u32) -> Vec<RenderedPage> {
    let mut pages = Vec::new();
    render(bytes, options, dpi, |page| pages.push(page)).unwrap();
    pages
}

/// How far two pictures are from each other: the mean over all pixels. A page that ends within a pixel may lack that row.
fn distance(page: &RenderedPage, picture: &Bitmap) -> u64 {
    assert_eq!(page.width, picture.width);
    assert!(page.height.abs_diff(picture.height) <= 1, "{} rows", page.height);
    let pairs = page.pixels.iter().zip(&picture.pixels);
    pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>() / picture.pixels.len() as u64
}

#[test]
fn every_codec_draws_the_same_picture() {
    let picture = head(statement(100));
    let lossless = [Codec::FlateGray, Codec::RunLength];
    let bilevel = [Codec::FlateBilevel, Codec::FaxGroup3, Codec::FaxGroup4, Codec::Jbig2];
    let kinds = lossless.into_iter().chain([Codec::Dct(95)]).map(|codec| (codec, picture.clone()));
    let kinds = kinds.chain(bilevel.into_iter().map(|codec| (codec, picture.clone().bilevel())));
    for (codec, picture) in kinds {
        let pages = drawn(&scanned_pdf(from_ref(&picture), codec), &ExtractOptions::default(), 100);
        let [page] = pages.as_slice() else { panic!("one page") };
        assert!(distance(page, &picture) <= 1, "{codec:?}: {}", distance(page, &picture));
    }
}

#[test]
fn pages_are_drawn_within_the_limit_of_pixels_and_the_range() {
    let picture = head(statement(100));
    let file = scanned_pdf(&[picture.clone(), picture.clone()], Codec::FlateGray);
    let range = PageRange::new(2, 2).ok();
    let limits = ExtractLimits { pixels_per_page: 200_000, ..Default::default() };
    let pages = drawn(&file, &ExtractOptions { range, limits, ..Default::default() }, 100);
    let [page] = pages.as_slice() else { panic!("one page") };
    assert!(page.page == 2 && page.width * page.height <= 210_000 && page.width < picture.width);
    let error = render(b"%PNG", &ExtractOptions::default(), 100, |_| {}).unwrap_err();
    assert_eq!(error, ExtractError::UnsupportedMedia);
}
