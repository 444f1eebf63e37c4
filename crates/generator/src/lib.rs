#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::float_arithmetic, reason = "geometry of pages; money here is integer minor units")]

mod bank_file;
mod blanks;
mod book;
mod canvas;
mod case;
mod catalogue;
mod cipher;
pub mod client;
mod container;
mod csv;
pub mod design;
pub mod drawn_form;
pub mod evidence;
mod font;
mod font_dots;
mod font_subset;
mod font_widths;
mod hostile;
mod iban;
mod layout;
mod notation;
mod paint;
pub mod papers;
mod pdf;
mod pdf_fonts;
mod random;
pub mod scan;
mod tamper;
mod truth;

pub use case::Files;
pub use paint::painted_over;

/// Makes the scans of the fixtures folder: cases that are there already, as scanners hand them over. They stand apart
/// because their pixels may differ in a bit from processor to processor, so that only their reading can be compared.
#[must_use]
pub fn scans() -> Files {
    let (made, mut scans) = (fixtures(), Files::new());
    let pages = |case: &str| {
        let document = made.get(&format!("{case}/document.pdf")).map(Vec::as_slice).unwrap_or_default();
        scan::pages(document, 300).into_iter().map(scan::Bitmap::bilevel).collect::<Vec<_>>()
    };
    let fax = scan::scanned_pdf(&pages("us-checking-running"), scan::Codec::FaxGroup4);
    scans.insert("scans/us-checking-running.pdf".to_owned(), fax);
    scans.insert("scans/us-card.tif".to_owned(), scan::tiff(&pages("us-card"), scan::TiffCodec::FaxGroup4));
    scans
}

/// Makes every hostile file: those of the fixtures folder, and those of some megabytes that nothing keeps. The path's
/// second part is the class, the harm that all files of it mean.
#[must_use]
pub fn hostile_files() -> Files {
    hostile::all()
}

/// Makes every file of the fixtures folder that this crate owns, but for the scans.
#[must_use]
pub fn fixtures() -> Files {
    let mut files = Files::new();
    for case in catalogue::honest_cases().iter().chain(&catalogue::tampered_cases()) {
        case.make(&mut files);
    }
    csv::make(&mut files);
    bank_file::make(&mut files);
    blanks::make(&mut files);
    files.extend(hostile::kept());
    files
}
