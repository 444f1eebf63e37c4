#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::float_arithmetic, reason = "geometry of pages; money here is integer minor units")]

mod book;
mod canvas;
mod case;
mod catalogue;
mod cipher;
mod container;
mod csv;
mod font;
mod font_dots;
mod font_subset;
mod font_widths;
mod hostile;
mod iban;
mod layout;
mod notation;
mod pdf;
mod pdf_fonts;
mod random;
mod tamper;
mod truth;

pub use case::Files;

/// Makes every file of the fixtures folder that this crate owns.
#[must_use]
pub fn fixtures() -> Files {
    let mut files = Files::new();
    for case in catalogue::honest_cases().iter().chain(&catalogue::tampered_cases()) {
        case.make(&mut files);
    }
    csv::make(&mut files);
    hostile::make(&mut files);
    files
}
