//! Text and a picture on one page.

use crate::builder::{Pdf, text_at};
use crate::{codes, head, only, options, read, statement};
use smartexus_domain::{Page, PageMethod, PageRoute, RouteReason};
use smartexus_extract::{ExtractOptions, extract, needs_recognition};
use smartexus_generator::scan::Bitmap;

/// A picture of the head of a statement, over the lower part of the page, with content before and after it.
fn page_of(picture: &Bitmap, before: &str, after: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (width, height) = (picture.width, picture.height);
    let dict = format!(
        "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    );
    let picture = pdf.stream(&dict, &picture.pixels);
    let content = format!("{before}\nq 612 0 0 264 0 0 cm /P Do Q\n{after}");
    let resources = format!("/XObject << /P {picture} 0 R >>");
    pdf.page_with("/MediaBox [0 0 612 300]", &resources, &content);
    pdf.build()
}

fn picture() -> Bitmap {
    head(statement(200))
}

fn paper() -> Bitmap {
    let mut picture = picture();
    picture.pixels.fill(255);
    picture
}

const TYPED: &str = "Received on 12 March 2026";
const BESIDE: PageRoute = PageRoute::Mixed(RouteReason::PictureUnderText);

fn typed() -> String {
    text_at(50.0, 280.0, &format!("({TYPED}) Tj"))
}

fn recognized(page: &Page, is_recognized: bool) -> Vec<&str> {
    page.words.iter().filter(|word| word.recognized == is_recognized).map(|word| word.text.as_str()).collect()
}

#[test]
fn a_scan_with_a_typed_header_is_read_in_both_ways() {
    let file = page_of(&picture(), "", &typed());
    let unread = only(extract(&file, &ExtractOptions::default()).unwrap());
    assert_eq!((unread.route, unread.text.as_str(), needs_recognition(&unread)), (BESIDE, TYPED, true));
    let pages = read(&file).unwrap();
    assert_eq!(codes(&pages), ["text_recognized"]);
    let page = only(pages);
    assert_eq!((page.method, page.route, page.complete), (PageMethod::Mixed, BESIDE, true));
    assert!(!needs_recognition(&page));
    assert_eq!(recognized(&page, false).join(" "), TYPED);
    let found = recognized(&page, true);
    assert!(["Account", "Statement", "$6,382.10"].iter().all(|word| found.contains(word)), "{found:?}");
    assert!(page.text.starts_with(&format!("{TYPED}\n")), "{}", page.text);
    assert!(page.words.iter().all(|word| word.recognized || word.confidence == 1.0));
}

#[test]
fn text_over_a_picture_is_not_read_twice() {
    let alone = only(read(&page_of(&picture(), "", &typed())).unwrap());
    let amount = alone.words.iter().find(|word| word.text == "$6,382.10").unwrap();
    // The same amount, typed over the one in the picture.
    let (x, y) = (amount.bounds.x0, 300.0 - amount.bounds.y1 + 0.25 * amount.size);
    let typed_over = format!("BT /F1 {} Tf {x} {y} Td ($6,382.10) Tj ET {}", amount.size, typed());
    let page = only(read(&page_of(&picture(), "", &typed_over)).unwrap());
    let twice: Vec<bool> =
        page.words.iter().filter(|word| word.text.contains("6,382.10")).map(|word| word.recognized).collect();
    let before = alone.words.iter().filter(|word| word.text.contains("6,382.10")).count();
    assert_eq!((twice.len(), twice.iter().filter(|recognized| !**recognized).count()), (before, 1));
}

#[test]
fn text_on_printed_paper_stays_text() {
    let pages = read(&page_of(&paper(), "", &typed())).unwrap();
    assert_eq!(codes(&pages), Vec::<&str>::new());
    let page = only(pages);
    assert_eq!((page.method, page.text.as_str(), page.complete), (PageMethod::Text, TYPED, true));
}

#[test]
fn text_under_a_picture_is_kept_as_hidden() {
    let file = page_of(&picture(), &text_at(50.0, 100.0, "(Something else entirely) Tj"), "");
    let unread = extract(&file, &ExtractOptions::default()).unwrap();
    assert_eq!(codes(&unread), ["page_not_text"]);
    let page = only(read(&file).unwrap());
    assert_eq!((page.method, page.route), (PageMethod::Ocr, PageRoute::Scan(RouteReason::TextUnderPicture)));
    assert!(page.text.contains("Statement") && !page.text.contains("entirely"), "{}", page.text);
    let hidden: Vec<&str> = page.hidden_words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(hidden, ["Something", "else", "entirely"]);
}

#[test]
fn without_an_engine_text_on_paper_is_as_good_as_it_was() {
    let file = page_of(&picture(), "", &typed());
    let options = options();
    let pages = std::thread::spawn(move || extract(&file, &options).unwrap()).join().unwrap();
    assert_eq!(codes(&pages), ["ocr_unavailable"]);
    assert_eq!(only(pages).text, TYPED);
}
