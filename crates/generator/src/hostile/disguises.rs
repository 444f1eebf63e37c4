//! Files that are two things at once, or another thing than their name says.

use super::archive::{Entry, zip};
use super::draft::{Draft, FREE};
use super::plain;
use super::png;
use super::shelf::Shelf;

const ROWS: &str =
    "Date,Description,Amount,Balance\n2026-03-02,Tea,-2.50,97.50\n2026-03-03,Tea,-2.50,95.00\n";
const HTML: &str = "<html><script>fetch('http://127.0.0.1:9/')</script></html>\n";
const SCRIPT: &str = "#!/bin/sh\necho harm\n";

pub(super) fn make(shelf: &mut Shelf) {
    let pdf = Draft::new().file();
    let kinds: [(&str, Vec<u8>); 8] = [
        ("pdf", pdf.clone()),
        ("png", png::dots()),
        ("zip", zip(&[Entry::stored("a.txt", b"a")])),
        ("html", HTML.into()),
        ("csv", ROWS.into()),
        ("script", SCRIPT.into()),
        ("program", [b"\x7FELF\x02\x01\x01\0".as_slice(), &[0; 120]].concat()),
        ("jpeg", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xD9".to_vec()),
    ];
    for (first, head) in &kinds {
        for (second, tail) in &kinds {
            if first != second {
                shelf.put(
                    "two-at-once",
                    &format!("{first}-then-{second}.pdf"),
                    [head.as_slice(), tail].concat(),
                );
            }
        }
        for ending in ["pdf", "csv", "xlsx", "jpg", "ofx", "exe"] {
            shelf.put("wrong-name", &format!("{first}.{ending}"), head.clone());
        }
    }
    for (name, bytes) in pushed_down(&pdf) {
        shelf.put("two-at-once", &format!("{name}.pdf"), bytes);
    }
    shelf.put("wrong-name", "no-ending", plain::letter());
    shelf.put("wrong-name", "two-endings.pdf.exe", ROWS);
    shelf.put(
        "wrong-name",
        "very-long-name-that-goes-on-and-on-and-on-until-somebody-cuts-it-off-which-nobody-should.pdf",
        ROWS,
    );
    for (name, bytes) in [
        ("old-office", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".repeat(90)),
        (
            "mail",
            b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--\n".to_vec(),
        ),
        ("rich-text", b"{\\rtf1{\\object\\objdata 0105}}".to_vec()),
        ("postscript", b"%!PS-Adobe-3.0\n{} loop\n".to_vec()),
        ("json", b"[".repeat(50_000)),
        ("gzip", b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec()),
        ("tar", [b"a.txt".as_slice(), &[0; 252], b"ustar\0", &[0; 249]].concat()),
        ("seven-zip", b"7z\xBC\xAF\x27\x1C\0\x04".to_vec()),
        ("xar-and-pdf-words", b"xar!%PDF-1.7 %%EOF".to_vec()),
    ] {
        shelf.put("wrong-name", &format!("{name}.pdf"), bytes);
    }
}

/// The header of a PDF may stand later; how much later is a guess that readers differ in.
fn pushed_down(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for bytes in [1, 1_000, 1_018, 1_019, 1_020, 1_024, 5_000] {
        cases.push((format!("header-after-{bytes}"), [&b" ".repeat(bytes), pdf].concat()));
    }
    let archive = zip(&[Entry::stored("a.pdf", pdf)]);
    cases.push(("header-in-an-archive".to_owned(), archive));
    let open = [b"PK\x03\x04".as_slice(), &[0; 40], pdf].concat();
    cases.push(("archive-mark-first".to_owned(), open));
    let inside = Draft::new().stream(FREE, "", &zip(&[Entry::stored("a.txt", b"a")]));
    cases.push(("archive-inside".to_owned(), inside.file()));
    let page = Draft::new().stream(FREE, "", HTML.as_bytes());
    cases.push(("page-inside".to_owned(), page.file()));
    cases.push(("pdf-in-itself".to_owned(), Draft::new().stream(FREE, "", pdf).file()));
    cases.push(("headers-two-hundred".to_owned(), [b"%PDF-1.7\n".repeat(200), pdf.to_vec()].concat()));
    cases.push(("version-of-words".to_owned(), [b"%PDF-x.y\n".as_slice(), &pdf[9..]].concat()));
    cases.push(("ends-two-hundred".to_owned(), [pdf, &b"startxref\n0\n%%EOF\n".repeat(200)].concat()));
    cases
}
