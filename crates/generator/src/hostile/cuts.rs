//! Files that stop where nobody would stop, and files with a hole.

use super::archive::Entry;
use super::draft::Draft;
use super::packed::deflated;
use super::plain;
use super::png;
use super::shelf::Shelf;
use super::workbooks::workbook;

/// Words after which a PDF is cut.
const WORDS: [&str; 16] = [
    "%PDF",
    "obj",
    "<<",
    "/Type",
    "/Kids[",
    "stream",
    "stream\n",
    "endstream",
    "endobj",
    "xref",
    "0000000000",
    "trailer",
    "/Root",
    "/Size",
    "startxref",
    "%%EO",
];

pub(super) fn make(shelf: &mut Shelf) {
    let small = Draft::new().file();
    let packed = Draft::new()
        .stream(4, "/Filter/FlateDecode", &deflated(&super::draft::LINE.repeat(90).into_bytes()))
        .file();
    for word in WORDS {
        let name = word.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        for (turn, at) in ends(&small, word.as_bytes()) {
            shelf.put("cut", &format!("after-{turn}-{name}.pdf"), &small[..at]);
        }
    }
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let book = workbook(sheet, None, &[Entry::stored("a", b"b")]);
    for (kind, ending, whole) in [
        ("letter", "pdf", plain::letter()),
        ("packed", "pdf", packed),
        ("picture", "png", png::dots()),
        ("workbook", "xlsx", book),
    ] {
        for share in [1, 5, 20, 50, 75, 90, 97, 99] {
            let at = (whole.len() * share / 100).max(1);
            shelf.put("cut", &format!("{kind}-at-{share}.{ending}"), &whole[..at]);
            let mut holed = whole.clone();
            let end = (at + 64).min(holed.len());
            holed[at..end].fill(0);
            shelf.put("hole", &format!("{kind}-at-{share}.{ending}"), holed);
            let head = &whole[at..];
            shelf.put("cut", &format!("{kind}-without-the-first-{share}.{ending}"), head);
        }
        shelf.put(
            "hole",
            &format!("{kind}-reversed.{ending}"),
            whole.iter().rev().copied().collect::<Vec<u8>>(),
        );
        shelf.put("hole", &format!("{kind}-twice.{ending}"), whole.repeat(2));
        let text =
            whole.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] });
        shelf.put("hole", &format!("{kind}-sent-as-text.{ending}"), text.collect::<Vec<u8>>());
        shelf.put(
            "hole",
            &format!("{kind}-seven-bits.{ending}"),
            whole.iter().map(|byte| byte & 0x7F).collect::<Vec<u8>>(),
        );
    }
}

/// Where a word ends for the first and for the last time.
fn ends(file: &[u8], word: &[u8]) -> Vec<(&'static str, usize)> {
    let at = |position: Option<usize>| position.map(|at| at + word.len());
    let windows = || file.windows(word.len());
    let (first, last) = (at(windows().position(|w| w == word)), at(windows().rposition(|w| w == word)));
    let mut ends: Vec<_> = first.map(|at| ("first", at)).into_iter().collect();
    ends.extend(last.filter(|last| Some(*last) != first).map(|at| ("last", at)));
    ends
}
