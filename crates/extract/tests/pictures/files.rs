//! Picture files.

use crate::{assert_read, codes, head, read, statement};
use smartexus_domain::{FailureCode, MediaType};
use smartexus_extract::{ExtractError, ExtractOptions, extract, survey};
use smartexus_generator::scan::{TiffCodec, jpeg, png, tiff};
use std::slice::from_ref;

const WORDS: [&str; 2] = ["Account", "Statement"];

#[test]
fn png_and_jpeg_are_pages() {
    let picture = head(statement(200));
    for (bytes, media) in [(png(&picture), MediaType::Png), (jpeg(&picture, 80), MediaType::Jpeg)] {
        let pages = read(&bytes).unwrap();
        assert_eq!((pages.media_type, pages.pages.len()), (media, 1));
        assert_read(&pages, &WORDS);
        let page = &pages.pages[0];
        assert!(page.complete && page.width == 841.89, "{} x {}", page.width, page.height);
        assert!(page.words.iter().all(|word| word.bounds.x1 <= page.width && word.bounds.y1 <= page.height));
        assert_eq!(survey(&bytes, &ExtractOptions::default()).unwrap().pages, 1);
    }
}

#[test]
fn every_picture_of_a_tiff_is_a_page() {
    let picture = head(statement(200)).bilevel();
    let expected = read(&tiff(from_ref(&picture), TiffCodec::Gray)).unwrap().pages[0].text.clone();
    for codec in [TiffCodec::Gray, TiffCodec::Bilevel, TiffCodec::FaxGroup3, TiffCodec::FaxGroup4] {
        let bytes = tiff(&[picture.clone(), picture.clone()], codec);
        let pages = read(&bytes).unwrap();
        assert_eq!(pages.pages.iter().map(|page| page.page).collect::<Vec<_>>(), [1, 2]);
        assert!(pages.pages.iter().all(|page| page.text == expected), "{codec:?}");
        assert_eq!(survey(&bytes, &ExtractOptions::default()).unwrap().pages, 2);
    }
}

#[test]
fn colors_by_number_and_pictures_in_a_picture_file_are_read() {
    let black_and_white = head(statement(200)).bilevel();
    let expected = read(&tiff(from_ref(&black_and_white), TiffCodec::Gray)).unwrap().pages[0].text.clone();
    for bits in [1, 2, 4, 8] {
        let pages =
            read(&tiff(&[black_and_white.clone(), black_and_white.clone()], TiffCodec::Palette(bits)));
        let pages = pages.unwrap();
        assert_eq!(pages.pages.iter().filter(|page| page.text == expected).count(), 2, "{bits} bits");
    }
    let picture = head(statement(200));
    for codec in [TiffCodec::Jpeg(80), TiffCodec::ColorJpeg(80)] {
        assert_read(&read(&tiff(from_ref(&picture), codec)).unwrap(), &WORDS);
    }
}

#[test]
fn nobody_asked_so_nothing_is_recognized() {
    let bytes = png(&head(statement(100)));
    let error = extract(&bytes, &ExtractOptions::default()).unwrap_err();
    assert_eq!(error, ExtractError::NothingReadable);
}

#[test]
fn an_engine_that_is_not_there_is_said_to_be_missing() {
    let bytes = png(&head(statement(100)));
    // A thread of its own, on which nothing was prepared.
    let error = std::thread::spawn(move || {
        let ocr = Some(smartexus_extract::OcrOptions::default());
        extract(&bytes, &ExtractOptions { ocr, ..Default::default() }).unwrap_err()
    });
    let error = error.join().unwrap();
    assert_eq!((error, error.code()), (ExtractError::OcrUnavailable, FailureCode::OcrUnavailable));
    assert!(smartexus_extract::prepare_ocr("zz_nowhere".parse().unwrap()).is_err());
}

#[test]
fn damaged_files_are_refused_and_damaged_pages_are_named() {
    let picture = head(statement(100)).bilevel();
    for bytes in [png(&picture), jpeg(&picture, 80), tiff(from_ref(&picture), TiffCodec::FaxGroup4)] {
        for end in [9, 40, bytes.len() / 3] {
            let read = read(&bytes[..end]);
            // What begins well may still be read in part; nothing panics, and nothing is complete.
            match read {
                Err(error) => assert!(
                    [ExtractError::Corrupt, ExtractError::NothingReadable, ExtractError::UnsupportedMedia]
                        .contains(&error),
                    "{error}"
                ),
                Ok(pages) => assert!(!codes(&pages).is_empty()),
            }
        }
    }
    let picture = head(statement(200));
    let mut two = tiff(&[picture.clone(), picture], TiffCodec::Gray);
    // The first picture's compression becomes one that nobody knows.
    let entry = two.windows(4).position(|w| w == [3, 1, 3, 0]).unwrap();
    two[entry + 8] = 99;
    let pages = read(&two).unwrap();
    assert_eq!(codes(&pages), ["page_failed", "text_recognized"]);
    assert!(!pages.pages[0].complete && pages.pages[1].complete);
}
