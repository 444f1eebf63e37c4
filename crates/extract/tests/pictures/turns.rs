//! Pages that lie the wrong way.

use crate::{assert_read, head, only, read, statement};
use smartexus_domain::Rect;
use smartexus_extract::{ExtractOptions, extract};
use smartexus_generator::scan::{Codec, Damage, scanned_pdf};

#[test]
fn a_page_is_turned_upright() {
    let picture = head(statement(200));
    for (quarters, rotation) in [(0, 0), (1, 270), (2, 180), (3, 90)] {
        let pages = read(&scanned_pdf(&[picture.clone().turned(quarters)], Codec::FlateGray)).unwrap();
        assert_read(&pages, &["Account", "Statement"]);
        let page = only(pages);
        assert_eq!(page.rotation, rotation, "{quarters} quarters");
        assert!(page.width > page.height, "{quarters} quarters");
    }
}

#[test]
fn words_stand_where_the_text_layer_has_them() {
    let text = extract(&crate::fixture("us-checking-running"), &ExtractOptions::default()).unwrap();
    let text = &text.pages[0];
    for quarters in [0, 2] {
        let scan = scanned_pdf(&[statement(200).turned(quarters)], Codec::FaxGroup4);
        let page = only(read(&scan).unwrap());
        let near =
            |a: Rect, b: Rect| (a.mid_x() - b.mid_x()).abs() < 3.0 && (a.mid_y() - b.mid_y()).abs() < 3.0;
        let placed = text
            .words
            .iter()
            .filter(|word| {
                page.words.iter().any(|read| read.text == word.text && near(read.bounds, word.bounds))
            })
            .count();
        assert!(placed * 100 > 93 * text.words.len(), "{placed} of {}", text.words.len());
    }
}

#[test]
fn words_of_a_leaning_page_stand_on_level_lines() {
    for lean in [-1.2, 0.9, 3.0] {
        let leaning = Damage { lean, ..Damage::NONE }.apply(&statement(200), 1);
        let page = only(read(&scanned_pdf(&[leaning], Codec::FlateGray)).unwrap());
        // Words of one line share their upper edge: there are far fewer edges than words.
        let mut edges: Vec<i64> = page.words.iter().map(|word| word.bounds.y0.round() as i64).collect();
        edges.sort_unstable();
        edges.dedup();
        assert!(edges.len() * 3 < page.words.len(), "{lean}: {} of {}", edges.len(), page.words.len());
    }
}
