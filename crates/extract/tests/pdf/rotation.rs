//! Coordinates on rotated and cropped pages.

use crate::builder::one_page_with;
use crate::{assert_box, first_page};
use smartexus_domain::Page;

/// A page with one word, `Total`, drawn with this text matrix.
fn page(attributes: &str, matrix: &str) -> Page {
    first_page(&one_page_with(attributes, "", &format!("BT /F1 10 Tf {matrix} Tm (Total) Tj ET")))
}

#[track_caller]
fn check(attributes: &str, matrix: &str, extent: (f64, f64), expected: [f64; 4], angle: i16) {
    let page = page(attributes, matrix);
    let word = page.words.first().unwrap();
    assert_eq!((page.width, page.height), extent);
    assert_box(word, expected);
    assert_eq!(word.angle, angle);
}

#[test]
fn text_that_is_upright_on_the_rotated_page() {
    check("/Rotate 90", "0 1 -1 0 300 200", (800.0, 600.0), [200.0, 292.5, 222.23, 302.5], 0);
    check("/Rotate 180", "-1 0 0 -1 300 200", (600.0, 800.0), [300.0, 192.5, 322.23, 202.5], 0);
    check("/Rotate 270", "0 -1 1 0 300 200", (800.0, 600.0), [600.0, 292.5, 622.23, 302.5], 0);
    check("/Rotate -90", "0 -1 1 0 300 200", (800.0, 600.0), [600.0, 292.5, 622.23, 302.5], 0);
}

#[test]
fn text_that_is_not() {
    // Upright in the page's own space, so it runs down the rotated page.
    check("/Rotate 90", "1 0 0 1 300 200", (800.0, 600.0), [197.5, 300.0, 207.5, 322.23], 270);
    check("", "0 1 -1 0 300 200", (600.0, 800.0), [292.5, 577.77, 302.5, 600.0], 90);
}

#[test]
fn the_crop_box_is_the_page() {
    let cropped = "/CropBox [50 100 550 700]";
    check(cropped, "1 0 0 1 100 650", (500.0, 600.0), [50.0, 42.5, 72.23, 52.5], 0);
    let rotated = "/CropBox [50 100 550 700] /Rotate 90";
    check(rotated, "0 1 -1 0 300 200", (600.0, 500.0), [100.0, 242.5, 122.23, 252.5], 0);
}

#[test]
fn the_rotation_is_told() {
    let told = |attributes: &str| page(attributes, "1 0 0 1 300 300").rotation;
    assert_eq!([told(""), told("/Rotate 90"), told("/Rotate 540"), told("/Rotate -90")], [0, 90, 180, 270]);
}
