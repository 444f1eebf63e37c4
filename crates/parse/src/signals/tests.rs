//! Pages made by hand.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::*;
use smartexus_domain::{
    Annotation, Cover, CoverKind, DrawnOtherwise, Edit, EditMark, EditedWord, FileFacts, FileId, FontUse,
    MediaType, Overlay, Page, PageFacts, PageMethod, PageRoute, Picture, PictureFacts, Rect, ResavedRegion,
    RouteReason, Save, SignedRange, Word, XmpFacts,
};

/// A page of lines, five points a letter and twelve a line.
pub(crate) fn page(number: u32, lines: &[&str]) -> Page {
    let mut words = Vec::new();
    for (row, line) in (0_u32..).zip(lines) {
        let mut at = 0_u32;
        for word in line.split(' ') {
            let length = u32::try_from(word.chars().count()).unwrap();
            if length > 0 {
                words.push(self::word(word, f64::from(at), f64::from(row)));
            }
            at += length + 1;
        }
    }
    Page {
        page: number,
        width: 600.0,
        height: 800.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words,
        text: lines.join("\n"),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: true,
    }
}

fn word(text: &str, column: f64, row: f64) -> Word {
    let (x0, y0) = (30.0 + 5.0 * column, 40.0 + 12.0 * row);
    Word {
        text: text.to_owned(),
        bounds: Rect { x0, y0, x1: x0 + 5.0 * text.chars().count() as f64, y1: y0 + 9.0 },
        confidence: 1.0,
        size: 9.0,
        angle: 0,
        color: None,
        recognized: false,
        alternatives: Vec::new(),
    }
}

const ROWS: [&str; 12] = [
    "First Sample Bank",
    "Statement period 01 March 2026 to 31 March 2026",
    "Date          Description                 Amount     Balance",
    "              Opening balance                         500.00",
    "02 Mar 2026   CARD PURCHASE ACME          -10.00      490.00",
    "04 Mar 2026   CARD PURCHASE BOND          -20.00      470.00",
    "06 Mar 2026   CARD PURCHASE CORE          -30.00      440.00",
    "09 Mar 2026   CARD PURCHASE DASH          -40.00      400.00",
    "11 Mar 2026   CARD PURCHASE EDGE          -15.00      385.00",
    "13 Mar 2026   CARD PURCHASE FERN          -25.00      360.00",
    "16 Mar 2026   CARD PURCHASE GULL          -35.00      325.00",
    "              Closing balance                         325.00",
];

fn statement() -> Pages {
    let facts = FileFacts::default();
    Pages { media_type: MediaType::Pdf, facts, pages: vec![page(1, &ROWS)], findings: Vec::new() }
}

fn judged(pages: &Pages) -> Vec<Signal> {
    let read = crate::parse(crate::Input::Pages(pages), &crate::ParseOptions::default()).unwrap();
    read.signals
}

fn names(signals: &[Signal]) -> Vec<(&'static str, bool)> {
    signals.iter().map(|s| (s.signal.as_str(), s.severity == smartexus_domain::Severity::Warn)).collect()
}

/// The signals of the statement after a change.
#[track_caller]
fn check(change: impl Fn(&mut Pages), expected: &[(&str, bool)]) {
    let mut pages = statement();
    change(&mut pages);
    let signals = judged(&pages);
    assert_eq!(names(&signals), expected, "{signals:#?}");
    assert!(signals.iter().all(|signal| signal.innocent.is_some() && signal.evidence.ends_with('.')));
}

fn rect(bounds: [f64; 4]) -> Rect {
    Rect::from(bounds)
}

/// The word of the first page that says this.
fn place(pages: &Pages, text: &str) -> Rect {
    pages.pages[0].words.iter().find(|word| word.text == text).unwrap().bounds
}

fn edited(text: &str, bounds: Rect) -> Vec<EditedWord> {
    vec![EditedWord { text: text.to_owned(), bounds }]
}

#[test]
fn saves_and_what_they_change() {
    let save = |signs| Save { offset: 900, signs };
    check(|pages| pages.facts.saves = vec![save(true)], &[]);
    check(|pages| pages.facts.saves = vec![save(false)], &[("incremental_update", false)]);
    let edit = |before: &str, after: &str, at: &'static str| {
        let (before, after) = (before.to_owned(), after.to_owned());
        move |pages: &mut Pages| {
            let bounds = place(pages, at);
            let side = |text: &str| if text.is_empty() { Vec::new() } else { edited(text, bounds) };
            pages.pages[0].facts.edits =
                vec![Edit { revision: 2, before: side(&before), after: side(&after) }];
        }
    };
    check(edit("-11.00", "-10.00", "-10.00"), &[("revision_changes_text", true)]);
    check(edit("", "-10.00", "-10.00"), &[("revision_changes_text", true)]);
    check(edit("", "Copy", "Sample"), &[("revision_changes_text", false)]);
    check(edit("teh", "the", "CARD"), &[("revision_changes_text", false)]);
    let signing = |pages: &mut Pages| {
        edit("", "2026-04-02", "Sample")(pages);
        pages.facts.saves = vec![save(true)];
    };
    check(signing, &[]);
}

#[test]
fn identifiers_and_signatures() {
    let id = |first: &str, last: &str| Some(FileId { first: first.to_owned(), last: last.to_owned() });
    check(|pages| pages.facts.id = id("a", "a"), &[]);
    check(|pages| pages.facts.id = id("a", "b"), &[("file_id_changed", false)]);
    let signed = |is_whole, holds| vec![SignedRange { end: 500, is_whole, holds }];
    check(|pages| pages.facts.signed = signed(true, Some(true)), &[]);
    check(|pages| pages.facts.signed = signed(true, None), &[]);
    check(|pages| pages.facts.signed = signed(true, Some(false)), &[("signature_state", false)]);
    let behind = |signs| {
        move |pages: &mut Pages| {
            pages.facts.signed = signed(false, Some(true));
            pages.facts.saves = vec![Save { offset: 100, signs: true }, Save { offset: 500, signs }];
        }
    };
    check(behind(true), &[]);
    check(behind(false), &[("incremental_update", false), ("signature_state", false)]);
}

#[test]
fn layers_and_two_signals_at_one_place() {
    let over = |kind, text: &'static str| {
        move |pages: &mut Pages| {
            let bounds = place(pages, text);
            pages.pages[0].facts.covers = vec![Cover { kind, bounds, glyphs: 6 }];
        }
    };
    check(over(CoverKind::Shape, "-10.00"), &[("masked_area", false)]);
    check(over(CoverKind::MaskedPicture, "-10.00"), &[]);
    let background = |pages: &mut Pages| {
        let bounds = rect([0.0, 0.0, 600.0, 400.0]);
        pages.pages[0].facts.covers = vec![Cover { kind: CoverKind::Shape, bounds, glyphs: 60 }];
    };
    check(background, &[]);
    let both = |pages: &mut Pages| {
        over(CoverKind::Shape, "-10.00")(pages);
        let bounds = Some(place(pages, "-10.00"));
        pages.pages[0].facts.edit_marks = vec![EditMark { tag: "TouchUp_TextEdit".to_owned(), bounds }];
    };
    check(both, &[("masked_area", true), ("edit_marks", true)]);
    let apart = |pages: &mut Pages| {
        over(CoverKind::Shape, "-10.00")(pages);
        let bounds = Some(place(pages, "-20.00"));
        pages.pages[0].facts.edit_marks = vec![EditMark { tag: "TouchUp_TextEdit".to_owned(), bounds }];
    };
    check(apart, &[("masked_area", false), ("edit_marks", false)]);
    let typed = |pages: &mut Pages| {
        over(CoverKind::Shape, "-10.00")(pages);
        let bounds = place(pages, "-10.00");
        pages.pages[0].facts.overlays = vec![Overlay { bounds, glyphs: 5 }];
    };
    check(typed, &[("masked_area", false)]);
    let annotation = |kind: &'static str, glyphs| {
        move |pages: &mut Pages| {
            let bounds = place(pages, "-10.00");
            let kind = kind.to_owned();
            let annotation =
                Annotation { kind, bounds, glyphs, modified: None, object: Some("12 0".to_owned()) };
            pages.pages[0].facts.annotations = vec![annotation];
        }
    };
    check(annotation("FreeText", 6), &[("annotation_over_content", false)]);
    check(annotation("FreeText", 0), &[]);
    check(annotation("Highlight", 6), &[]);
}

#[test]
fn hidden_figures() {
    let hide = |text: &'static str| {
        move |pages: &mut Pages| pages.pages[0].hidden_words = vec![word(text, 60.0, 5.0)]
    };
    check(hide("9,999.00"), &[("hidden_text", false)]);
    check(hide("-20.00"), &[]);
    check(hide("Subtotal"), &[]);
    let scanned = |pages: &mut Pages| {
        hide("9,999.00")(pages);
        pages.pages[0].route = PageRoute::Mixed(RouteReason::PictureUnderText);
    };
    check(scanned, &[]);
}

#[test]
fn letters_unlike_their_column() {
    let change = |text: &'static str, how: fn(&mut Word)| {
        move |pages: &mut Pages| {
            how(pages.pages[0].words.iter_mut().find(|word| word.text == text).unwrap());
        }
    };
    check(change("-30.00", |word| word.size = 9.5), &[("glyph_geometry", false)]);
    check(change("-30.00", |word| word.bounds.x1 += 2.0), &[("glyph_geometry", false)]);
    let higher =
        |word: &mut Word| (word.bounds.y0, word.bounds.y1) = (word.bounds.y0 - 1.0, word.bounds.y1 - 1.0);
    check(change("440.00", higher), &[("glyph_geometry", false)]);
    check(change("440.00", |word| word.bounds.y1 += 0.1), &[]);
    let font = |name: &str, boxes| FontUse { font: name.to_owned(), glyphs: 6, boxes };
    let set = |texts: &'static [&'static str]| {
        move |pages: &mut Pages| {
            let boxes = texts.iter().map(|text| place(pages, text)).collect();
            pages.pages[0].facts.font_uses = vec![font("A", Vec::new()), font("B", boxes)];
        }
    };
    check(set(&["-30.00"]), &[("font_minority", false)]);
    // A column of its own is a style, and so is a row.
    check(set(&["-10.00", "-20.00", "-30.00", "-40.00"]), &[]);
}

#[test]
fn what_a_page_shows_against_its_text_layer() {
    let drawn = |text: &'static str, drawn: &str| {
        let drawn = drawn.to_owned();
        move |pages: &mut Pages| {
            let bounds = place(pages, text);
            pages.pages[0].facts.drawn_otherwise =
                vec![DrawnOtherwise { bounds, text: text.to_owned(), drawn: drawn.clone() }];
        }
    };
    check(drawn("-30.00", "-80.00"), &[("text_layer_mismatch", false)]);
    // A scan with the text layer of another program under it.
    let scanned = |figures: &'static [(&'static str, &'static str)], confidence: f64| {
        move |pages: &mut Pages| {
            let page = &mut pages.pages[0];
            page.hidden_words.clone_from(&page.words);
            page.method = PageMethod::Ocr;
            page.words.iter_mut().for_each(|word| (word.confidence, word.recognized) = (confidence, true));
            for (seen, said) in figures {
                let word = page.hidden_words.iter_mut().find(|word| word.text == *seen).unwrap();
                word.text = (*said).to_owned();
            }
        }
    };
    let told = [("text_layer_mismatch", false)];
    check(scanned(&[("-30.00", "-80.00")], 0.99), &told);
    check(scanned(&[("-30.00", "-80.00")], 0.90), &[]);
    check(scanned(&[("-30.00", "30.00")], 0.99), &[]);
    check(scanned(&[], 0.99), &[]);
    // A layer that differs in many places is a bad one.
    let many = &[("-30.00", "-80.00"), ("-40.00", "-46.00"), ("-15.00", "-18.00"), ("-25.00", "-23.00")];
    check(scanned(many, 0.99), &[]);
}

#[test]
fn regions_of_a_picture_that_lack_a_save() {
    let region = |bounds: [f64; 4]| {
        move |pages: &mut Pages| {
            pages.pages[0].facts.resaved_regions = vec![ResavedRegion { bounds: rect(bounds), quality: 60 }];
        }
    };
    check(region([100.0, 100.0, 160.0, 110.0]), &[("recompression", false)]);
}

#[test]
fn programs_and_dates() {
    let some = |text: &str| Some(text.to_owned());
    let said = |producer: &'static str, created: &'static str, modified: &'static str| {
        move |pages: &mut Pages| {
            pages.facts.producer = some(producer);
            pages.facts.created = some(created);
            pages.facts.modified = some(modified);
        }
    };
    let made = "D:20260401060000Z";
    check(said("Composer 3", made, "D:20260401070000+02'00'"), &[]);
    check(said("GIMP 2.10", made, made), &[("editor_producer", false)]);
    check(said("Microsoft® Word 2019", made, made), &[("editor_producer", false)]);
    check(said("Skia/PDF m120", made, made), &[]);
    check(said("Composer 3", made, "D:20260501060000Z"), &[("metadata_dates", false)]);
    check(said("Composer 3", made, "yesterday"), &[("metadata_dates", false)]);
    check(said("Composer 3", "D:20260320060000Z", "D:20260320060000Z"), &[("metadata_dates", false)]);
    let packet = |producer: &'static str, created: &'static str| {
        move |pages: &mut Pages| {
            said("Composer 3", made, made)(pages);
            let (producer, created) = (some(producer), some(created));
            pages.facts.xmp = Some(XmpFacts { producer, created, ..XmpFacts::default() });
        }
    };
    check(packet("Composer 3", "2026-04-01T06:00:00Z"), &[]);
    check(packet("Composer Pro 4", "2026-04-01"), &[]);
    check(packet("Retyper", "2026-04-01"), &[("producer_mismatch", false)]);
    check(packet("Composer 3", "2026-05-01"), &[("metadata_dates", false)]);
}

#[test]
fn pictures_and_pages() {
    let picture =
        |bounds: [f64; 4], width, height| Picture { bounds: rect(bounds), width, height, has_holes: false };
    let page_of = |width, height| picture([0.0, 0.0, 600.0, 800.0], width, height);
    let scan = |pictures: Vec<Picture>| {
        move |pages: &mut Pages| {
            pages.pages.push(Page {
                route: PageRoute::Scan(RouteReason::Picture),
                facts: PageFacts { pictures: pictures.clone(), ..PageFacts::default() },
                ..page(2, &[])
            });
        }
    };
    check(scan(vec![page_of(1240, 1650)]), &[]);
    check(scan(vec![page_of(1170, 2532)]), &[("screenshot_or_photo", false)]);
    let patch = || picture([100.0, 100.0, 160.0, 110.0], 300, 50);
    check(scan(vec![page_of(1240, 1650), patch()]), &[("image_patch", false)]);
    check(scan(vec![page_of(1240, 1650), picture([100.0, 100.0, 160.0, 110.0], 124, 20)]), &[]);
    let layers = vec![page_of(1240, 1650), patch(), Picture { has_holes: true, ..patch() }];
    check(scan(layers), &[]);
    let by_editor = |pages: &mut Pages| {
        scan(vec![page_of(1240, 1650)])(pages);
        pages.facts.producer = Some("ImageMagick 7".to_owned());
    };
    check(by_editor, &[("flattened_page", false)]);
    let exif = |software: &'static str, modified: &'static str| {
        move |pages: &mut Pages| {
            let some = |text: &str| Some(text.to_owned());
            let (software, modified) = (some(software), some(modified));
            let taken = some("2026:04:02 10:00:00");
            pages.facts.picture = Some(PictureFacts { software, modified, taken, ..PictureFacts::default() });
        }
    };
    check(exif("Firmware 1", "2026:04:02 10:05:00"), &[]);
    check(exif("Firmware 1", "2026:04:03 10:05:00"), &[("exif_modified", false)]);
    check(exif("Adobe Photoshop", "2026:04:02 10:00:00"), &[("exif_modified", false)]);
}

/// The statement with a line that says something else.
fn replaced(line: usize, text: &str) -> impl Fn(&mut Pages) + use<> {
    let text = text.to_owned();
    move |pages: &mut Pages| {
        let mut lines = ROWS.to_vec();
        lines[line] = &text;
        pages.pages = vec![page(1, &lines)];
    }
}

#[test]
fn figures_and_dates_of_rows() {
    let broken = "09 Mar 2026   CARD PURCHASE DASH          -90.00      400.00";
    check(replaced(7, broken), &[("arithmetic_break", true)]);
    let style = "09/03/2026    CARD PURCHASE DASH          -40.00      400.00";
    check(replaced(7, style), &[("date_style", false)]);
    let outside = "16 Apr 2026   CARD PURCHASE GULL          -35.00      325.00";
    check(replaced(10, outside), &[("date_out_of_period", false)]);
    check(replaced(0, "First Sample Bank   IBAN DE89 3704 0044 0532 0130 01"), &[("check_digit", false)]);
    check(replaced(0, "First Sample Bank   Page 1 of 3"), &[("page_gap", false)]);
    check(replaced(0, "First Sample Bank   Page 1 of 1"), &[]);
}

#[test]
fn signals_never_change_a_verdict() {
    let verdict = |pages: &Pages| {
        let read = crate::parse(crate::Input::Pages(pages), &crate::ParseOptions::default()).unwrap();
        (read.statements[0].verdict, read.signals.len())
    };
    let mut pages = statement();
    let (before, _) = verdict(&pages);
    pages.facts.saves = vec![Save { offset: 9, signs: false }];
    pages.facts.producer = Some("Sejda".to_owned());
    assert_eq!(verdict(&pages), (before, 2));
}

/// What a hostile file may claim is bounded and comes back.
#[test]
fn absurd_facts_come_back() {
    let mut pages = statement();
    let nowhere = Rect { x0: f64::NAN, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: 0.0 };
    let facts = &mut pages.pages[0].facts;
    facts.covers = vec![Cover { kind: CoverKind::Shape, bounds: nowhere, glyphs: u32::MAX }; 1_000];
    facts.pictures = vec![Picture { bounds: nowhere, width: u32::MAX, height: 0, has_holes: false }; 1_000];
    facts.overlays = vec![Overlay { bounds: nowhere, glyphs: 9 }; 1_000];
    pages.pages[0].words.iter_mut().for_each(|word| word.size = 0.0);
    pages.facts.created = Some("D:99999999999999+99'99'".to_owned());
    let signals = judged(&pages);
    for name in SignalName::ALL {
        assert!(signals.iter().filter(|signal| signal.signal == *name).count() <= SIGNALS_OF_A_KIND_MAX);
    }
}

#[test]
fn an_untouched_page_says_nothing() {
    assert_eq!(judged(&statement()), []);
}
