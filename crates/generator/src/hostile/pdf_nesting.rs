//! Things inside things, far deeper than any honest file, and things that are opened and never closed.

use super::draft::{CATALOG, Draft, FONT, FREE, LINE, PAGE, PAGES};
use super::shelf::Shelf;

/// Deeper than a reader that calls itself for each level can go with 8 MiB of stack, and less deep.
const DEPTHS: [usize; 4] = [150, 1_500, 10_380, 60_000];

pub(super) fn make(shelf: &mut Shelf) {
    for depth in DEPTHS {
        for (kind, open, close) in
            [("arrays", "[", "]"), ("dictionaries", "<</A", ">>"), ("mixed", "[<</A", ">>]")]
        {
            let nested = [open.repeat(depth), "0".to_owned(), close.repeat(depth)].concat();
            for (place, bytes) in places(&nested) {
                shelf.put("nesting", &format!("{kind}-{depth}-in-{place}.pdf"), bytes);
            }
        }
        shelf.put("nesting", &format!("page-tree-{depth}.pdf"), page_tree(depth));
        shelf.put("nesting", &format!("strings-{depth}-in-content.pdf"), content(&parentheses(depth)));
    }
    for (name, operators) in unclosed() {
        shelf.put("unclosed", &format!("{name}.pdf"), content(&operators));
    }
    for (name, body) in [
        ("array", "["),
        ("dictionary", "<</Type/Catalog/Pages 2 0 R"),
        ("string", "(never ending"),
        ("hex-string", "<4142"),
        ("name", "/"),
        ("stream", "<</Length 10>>\nstream\nabc"),
    ] {
        shelf.put("unclosed", &format!("object-{name}.pdf"), Draft::new().with(FREE, body).file());
        shelf.put("unclosed", &format!("catalog-{name}.pdf"), Draft::new().with(CATALOG, body).file());
    }
}

fn places(nested: &str) -> Vec<(&'static str, Vec<u8>)> {
    let draft = Draft::new;
    vec![
        ("catalog", draft().replaced(CATALOG, "/Type", &format!("/Deep {nested}/Type")).file()),
        ("page", draft().replaced(PAGE, "/Type", &format!("/Deep {nested}/Type")).file()),
        ("font", draft().replaced(FONT, "/Type", &format!("/Widths {nested}/Type")).file()),
        ("trailer", draft().file_with(&format!("/Deep {nested}"))),
        ("content", content(&format!("{nested} TJ\n/T {nested} DP\n"))),
    ]
}

fn content(operators: &str) -> Vec<u8> {
    Draft::new().content(format!("{operators}{LINE}")).file()
}

fn parentheses(depth: usize) -> String {
    format!("BT /F1 9 Tf {}x{} Tj ET\n", "(".repeat(depth), ")".repeat(depth))
}

/// Every node has one kid, down to the page.
fn page_tree(depth: usize) -> Vec<u8> {
    let nodes = i32::try_from(depth.min(20_000)).unwrap_or(0);
    let mut draft = Draft::new().replaced(PAGES, "[3 0 R]", &format!("[{FREE} 0 R]"));
    for node in 0..nodes {
        let id = FREE + node;
        let (kid, parent) =
            (if node + 1 == nodes { PAGE } else { id + 1 }, if node == 0 { PAGES } else { id - 1 });
        draft = draft.with(id, format!("<</Type/Pages/Count 1/Kids[{kid} 0 R]/Parent {parent} 0 R>>"));
    }
    draft.file()
}

/// Operators that want their other half.
fn unclosed() -> Vec<(String, String)> {
    let mut cases = Vec::new();
    for count in [1, 300, 30_000] {
        for (name, operator) in [
            ("saved-states", "q "),
            ("text-objects", "BT "),
            ("marks", "/A BMC "),
            ("marks-with-lists", "/A <</B 1>> BDC "),
            ("compatibility", "BX "),
            ("arrays", "[ "),
            ("strings", "( "),
            ("inline-images", "BI "),
            ("clips", "0 0 9 9 re W n "),
        ] {
            cases.push((format!("{name}-{count}"), operator.repeat(count)));
        }
        cases.push((format!("restores-{count}"), "Q ".repeat(count)));
        cases.push((format!("text-ends-{count}"), "ET ".repeat(count)));
    }
    cases
}
