//! Reading order by the structure of the document.

use crate::builder::{Pdf, text_at};
use crate::{first_page, texts};

/// A piece of content in one column, on two lines.
fn piece(tag: usize, x: f64, words: [&str; 2]) -> String {
    let [first, second] = words.map(|word| format!("({word}) Tj"));
    let lines = text_at(x, 700.0, &first) + &text_at(x, 680.0, &second);
    format!("/P <</MCID {tag}>> BDC {lines} EMC\n")
}

/// Two columns; `kids` are the children of the root of the structure, where `PAGE` is the page.
fn columns(kids: &str, after: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let content = piece(0, 100.0, ["left", "under"]) + &piece(1, 300.0, ["right", "below"]) + after;
    pdf.page_with("/StructParents 0", "", &content);
    // Objects 3 and 4 are the content and the page.
    let tree = pdf.object(format!("<< /Type /StructTreeRoot /K {} >>", kids.replace("PAGE", "4 0 R")));
    pdf.catalog(&format!("/MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R"));
    pdf.build()
}

#[track_caller]
fn check(kids: &str, after: &str, expected: &str) {
    let page = first_page(&columns(kids, after));
    assert_eq!(page.text, expected, "{kids}");
    assert_eq!(texts(&page).join(" "), page.text.replace('\n', " "));
}

const BY_PLACE: &str = "left right\nunder below";

#[test]
fn columns_are_read_one_after_the_other_where_the_structure_says_so() {
    check("[<< /S /P /Pg PAGE /K 0 >> << /S /P /Pg PAGE /K 1 >>]", "", "left\nunder\nright\nbelow");
    let other_way = "<< /S /Document /K [<< /S /P /K << /Type /MCR /Pg PAGE /MCID 1 >> >> << /S /P /Pg PAGE /K [0] >>] >>";
    check(other_way, "", "right\nbelow\nleft\nunder");
}

#[test]
fn a_structure_that_does_not_know_the_words_is_not_believed() {
    check("[<< /S /P /Pg PAGE /K 0 >>]", "", BY_PLACE);
    check("[<< /S /P /Pg 2 0 R /K 0 >> << /S /P /Pg 2 0 R /K 1 >>]", "", BY_PLACE);
    check("null", "", BY_PLACE);
    // Half of the words have no tag.
    let untagged = text_at(100.0, 600.0, "(one two three four) Tj");
    let kids = "[<< /S /P /Pg PAGE /K 0 >> << /S /P /Pg PAGE /K 1 >>]";
    check(kids, &untagged, &format!("{BY_PLACE}\none two three four"));
}

#[test]
fn tags_in_the_order_of_the_words_leave_them_alone() {
    let mut pdf = Pdf::new();
    let line = |tag: usize, y: f64| {
        let shown = text_at(100.0, y, &format!("(row {tag}) Tj"));
        format!("/P <</MCID {tag}>> BDC {shown} EMC\n")
    };
    pdf.page_with("", "", &(line(0, 700.0) + &line(1, 680.0)));
    // Backwards, but the tags say nothing that the places do not.
    let tree = pdf.object("<< /K [<< /Pg 4 0 R /K 1 >> << /Pg 4 0 R /K 0 >>] >>");
    pdf.catalog(&format!("/StructTreeRoot {tree} 0 R"));
    assert_eq!(first_page(&pdf.build()).text, "row 0\nrow 1");
}

#[test]
fn an_element_that_holds_itself_is_read_once() {
    let mut pdf = Pdf::new();
    pdf.page_with("", "", &(piece(1, 100.0, ["left", "under"]) + &piece(0, 300.0, ["right", "below"])));
    let tree = pdf.object("<< /K 6 0 R >>");
    pdf.object("<< /S /P /Pg 4 0 R /K [0 1 6 0 R] >>");
    pdf.catalog(&format!("/StructTreeRoot {tree} 0 R"));
    assert_eq!(first_page(&pdf.build()).text, "right\nbelow\nleft\nunder");
}
