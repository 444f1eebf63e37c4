//! One change for each signal.

use super::Specimen;
use super::file::{
    ADDED, About, Shape, amend, file, information, iso, made_on, objects, other_family, size, stamp, trailer,
    xmp,
};
use super::picture;
use super::pixels::{misleading, pasted};
use super::sheet::{At, Sheet, other_figure};
use super::signing::sign;
use crate::book::Entry;
use crate::container;
use crate::pdf::{self, INFO, Object};
use crate::random::Random;
use jiff::ToSpan;

/// A change: what was drawn before, and chance.
type Plant = fn(&mut Planting<'_>) -> Option<Vec<u8>>;

/// Every signal that is planted.
pub const SIGNALS: [&str; 29] = [
    "incremental_update",
    "revision_changes_text",
    "overlaid_text",
    "annotation_over_content",
    "masked_area",
    "hidden_text",
    "text_layer_mismatch",
    "font_minority",
    "glyph_geometry",
    "edit_marks",
    "editor_producer",
    "producer_mismatch",
    "metadata_dates",
    "file_id_changed",
    "image_patch",
    "recompression",
    "mixed_pages",
    "flattened_page",
    "screenshot_or_photo",
    "exif_modified",
    "page_gap",
    "arithmetic_break",
    "date_impossible",
    "date_out_of_period",
    "date_style",
    "copied_rows",
    "check_digit",
    "name_or_address_mismatch",
    "signature_state",
];

/// What a planter works on.
pub(super) struct Planting<'a> {
    pub(super) seed: u64,
    pub(super) random: &'a mut Random,
    pub(super) what: String,
}

pub(super) fn plant(signal: &str, seed: u64, random: &mut Random) -> Option<Specimen> {
    let plant: Plant = match signal {
        "incremental_update" => saved_again,
        "revision_changes_text" => revised,
        "overlaid_text" => overlaid,
        "annotation_over_content" => annotated,
        "masked_area" => masked,
        "hidden_text" => hidden,
        "text_layer_mismatch" => misleading,
        "font_minority" => other_font,
        "glyph_geometry" => other_geometry,
        "edit_marks" => marked,
        "editor_producer" => by_editor,
        "producer_mismatch" => two_producers,
        "metadata_dates" => dates,
        "file_id_changed" => other_id,
        "image_patch" => patched,
        "recompression" => pasted,
        "mixed_pages" => mixed,
        "flattened_page" => flattened,
        "screenshot_or_photo" => snapshot,
        "exif_modified" => retouched,
        "page_gap" => gap,
        "arithmetic_break" => broken_sum,
        "date_impossible" => no_day,
        "date_out_of_period" => other_period,
        "date_style" => other_style,
        "copied_rows" => copied,
        "check_digit" => misprinted,
        "name_or_address_mismatch" => other_name,
        "signature_state" => signature,
        _ => return None,
    };
    let mut planting = Planting { seed, random, what: String::new() };
    let document = plant(&mut planting)?;
    Some(Specimen { document, what: planting.what })
}

impl Planting<'_> {
    fn sheet(&self) -> Option<Sheet> {
        Sheet::of(self.seed)
    }

    pub(super) fn about(&self, sheet: &Sheet) -> About {
        About::honest(sheet, self.seed)
    }

    /// The sheet as its bank's program would have made it.
    fn finish(&self, sheet: &Sheet) -> Vec<u8> {
        let about = self.about(sheet);
        let shape = if self.seed.is_multiple_of(2) { Shape::Table } else { Shape::Streams };
        file(&objects(sheet, &about), shape, &about)
    }

    /// A sheet, an amount of it, and what it says.
    pub(super) fn amount(&mut self) -> Option<(Sheet, At, String)> {
        let sheet = self.sheet()?;
        let at = sheet.amount(self.random)?;
        let text = sheet.run(at).text.clone();
        self.what = format!("“{text}” on page {}", at.page + 1);
        Some((sheet, at, text))
    }

    fn date(&mut self) -> Option<(Sheet, At, String)> {
        let sheet = self.sheet().filter(|sheet| sheet.drawn.has_days)?;
        let at = sheet.date(self.random)?;
        let text = sheet.run(at).text.clone();
        self.what = format!("“{text}” on page {}", at.page + 1);
        Some((sheet, at, text))
    }
}

fn saved_again(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet()?;
    let about = planting.about(&sheet);
    let objects = objects(&sheet, &about);
    let mut bytes = file(&objects, Shape::Table, &about);
    let info = Object { id: INFO, body: information(&about), is_stream: false };
    container::saved(&mut bytes, &[info], size(&objects), &trailer(&about));
    Some(bytes)
}

fn revised(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let about = planting.about(&sheet);
    let objects = objects(&sheet, &about);
    let mut bytes = file(&objects, Shape::Table, &about);
    let new = sheet.typed(at, &other_figure(&text, planting.random));
    sheet.replace(at, &new)?;
    let content = pdf::stream(pdf::content_id(at.page), &sheet.pages()[at.page].content);
    container::saved(&mut bytes, &[content], size(&objects), &trailer(&about));
    Some(bytes)
}

fn overlaid(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    // All digits others, as where a longer figure is typed on a shorter one.
    let other: String = text
        .chars()
        .map(|c| {
            c.to_digit(10).map_or(c, |digit| char::from(b'0' + u8::try_from((digit + 3) % 10).unwrap_or(0)))
        })
        .collect();
    let new = sheet.typed(at, &other);
    sheet.add(at.page, &new);
    Some(planting.finish(&sheet))
}

fn masked(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let run = sheet.run(at).clone();
    let (x, y) = run.origin;
    let size = run.pen.size;
    let mask = format!("q 1 g {} {} {} {} re f Q", x - 1.0, y - size * 0.22, run.width + 2.0, size);
    sheet.add(at.page, mask.as_bytes());
    if planting.random.chance(70) {
        let new = sheet.typed(at, &other_figure(&text, planting.random));
        sheet.add(at.page, &new);
    }
    Some(planting.finish(&sheet))
}

fn hidden(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let run = sheet.run(at).clone();
    let new = other_figure(&text, planting.random);
    let (x, y) = run.origin;
    if planting.random.chance(40) {
        // The row's own figure in white.
        let mut white = run.pen;
        white.gray = 1.0;
        let bytes = sheet.text_at(white, run.origin, &text, "");
        planting.what.push_str(" in white");
        sheet.replace(at, &bytes)?;
    } else if planting.random.chance(50) {
        let bytes = sheet.text_at(run.pen, (x - 60.0, y), &new, "3 Tr");
        sheet.add(at.page, &bytes);
    } else {
        let text = String::from_utf8_lossy(&sheet.text_at(run.pen, (x - 60.0, y), &new, "")).into_owned();
        let bytes = format!("q 0 0 1 1 re W n\n{text}\nQ");
        sheet.add(at.page, bytes.as_bytes());
    }
    Some(planting.finish(&sheet))
}

fn annotated(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (sheet, at, _) = planting.amount()?;
    let about = planting.about(&sheet);
    let mut objects = objects(&sheet, &about);
    let run = sheet.run(at);
    let frame = sheet.frame();
    let [x0, y0, x1, y1] =
        [run.origin.0 - 1.0, run.origin.1 - 2.0, run.origin.0 + run.width + 1.0, run.origin.1 + run.pen.size];
    // Annotations know nothing of the turn of the content.
    let rect = if frame.turned { [frame.height - y1, x0, frame.height - y0, x1] } else { [x0, y0, x1, y1] };
    let kind = *planting.random.pick(&["FreeText", "Stamp", "Square"]);
    planting.what.push_str(&format!(" under {kind}"));
    let (width, height) = (rect[2] - rect[0], rect[3] - rect[1]);
    let drawing = format!("1 1 0.6 rg 0 0 {width} {height} re f");
    let form = format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Length {}>>\nstream\n{drawing}\nendstream",
        drawing.len()
    );
    let annotation = format!(
        "<</Type/Annot/Subtype/{kind}/Rect[{} {} {} {}]/F 4/M(D:20260501120000Z)/Contents(x)/AP<</N {} 0 R>>>>",
        rect[0],
        rect[1],
        rect[2],
        rect[3],
        ADDED + 1
    );
    objects.push(Object { id: ADDED, body: annotation.into_bytes(), is_stream: false });
    objects.push(Object { id: ADDED + 1, body: form.into_bytes(), is_stream: true });
    amend(&mut objects, pdf::content_id(at.page) - 1, "<<", &format!("<</Annots[{ADDED} 0 R]"));
    Some(file(&objects, Shape::Table, &about))
}

/// The figure, or one digit of it, in the other font.
fn other_font(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let run = sheet.run(at).clone();
    let new = other_figure(&text, planting.random);
    if !new.is_ascii() {
        return None;
    }
    let (x, y) = run.origin;
    let size = run.pen.size * 0.92;
    let family = other_family(&sheet);
    let width: f32 = new.chars().map(|c| family.advance(run.pen.face, c) * size / 1000.0).sum();
    let escaped = new.replace('(', "\\(").replace(')', "\\)");
    let bytes =
        format!("BT\n0 g\n/FX {size} Tf\n1 0 0 1 {} {y} Tm\n({escaped}) Tj\nET", x + run.width - width);
    sheet.replace(at, bytes.as_bytes())?;
    Some(planting.finish(&sheet))
}

fn other_geometry(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let run = sheet.run(at).clone();
    let new = other_figure(&text, planting.random);
    let (way, mut pen, (mut x, mut y), mut state) =
        (planting.random.between(0, 3), run.pen, run.origin, String::new());
    x += run.width - sheet.width(pen, &new);
    match way {
        0 => {
            x += run.width;
            pen.size *= 1.06;
            x -= sheet.width(pen, &new) - sheet.width(run.pen, &new) + run.width;
        }
        1 => y += 0.8,
        2 => x += 1.4,
        _ => {
            state = "0.7 Tc".to_owned();
            x -= 0.7 * f32::from(u8::try_from(new.chars().count()).ok()?);
        }
    }
    planting.what.push_str([" larger", " higher", " to the right", " wider"][usize::try_from(way).ok()?]);
    let bytes = sheet.text_at(pen, (x, y), &new, &state);
    sheet.replace(at, &bytes)?;
    Some(planting.finish(&sheet))
}

fn marked(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let run = sheet.run(at).clone();
    let bytes = sheet.text_at(run.pen, run.origin, &text, "/TouchUp_TextEdit MP");
    sheet.replace(at, &bytes)?;
    Some(planting.finish(&sheet))
}

fn by_editor(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet()?;
    let mut about = planting.about(&sheet);
    let names = [
        "Sejda PDF Editor 7.6",
        "PDFescape Online - https://www.pdfescape.com",
        "Adobe Photoshop 25.1 (Windows)",
        "Foxit PhantomPDF Printer Version 10.1",
        "GIMP 2.10.36",
        "Microsoft\\256 Word 2019",
        "LibreOffice 7.5",
        "Canva",
    ];
    let name = *planting.random.pick(&names);
    planting.what = name.to_owned();
    if planting.random.chance(50) {
        about.producer = name.to_owned()
    } else {
        about.creator = name.to_owned()
    }
    Some(file(&objects(&sheet, &about), Shape::Table, &about))
}

fn two_producers(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet()?;
    let about = planting.about(&sheet);
    let day = made_on(&sheet);
    let other = xmp("Quick Retype 3.1", &about.creator, &iso(day), &iso(day));
    let about = About { xmp: other, ..about };
    Some(file(&objects(&sheet, &about), Shape::Table, &about))
}

fn dates(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet()?;
    let mut about = planting.about(&sheet);
    let day = made_on(&sheet);
    let has_period = sheet.drawn.books.iter().all(|book| !book.entries.is_empty());
    let way = planting.random.between(0, 3);
    planting.what = ["changed later", "malformed", "two dates", "changed before it was made"]
        [usize::try_from(way).ok()?]
    .to_owned();
    match way {
        0 => about.modified = stamp(day.saturating_add(70.days()), 0),
        1 if has_period => about.created = "yesterday".to_owned(),
        1 => about.created = "D:20261350".to_owned(),
        2 => about.xmp = xmp(&about.producer, &about.creator, &iso(day.saturating_add(40.days())), &iso(day)),
        _ => about.modified = stamp(day.saturating_sub(30.days()), 0),
    }
    Some(file(&objects(&sheet, &about), Shape::Table, &about))
}

fn other_id(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet()?;
    let about = About { id: Some((planting.seed, planting.seed + 77)), ..planting.about(&sheet) };
    let shape = if planting.random.chance(50) { Shape::Table } else { Shape::Streams };
    Some(file(&objects(&sheet, &about), shape, &about))
}

/// A scanned page before the first, with a label put on it.
fn patched(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet().filter(|sheet| sheet.pages().len() >= 2)?;
    let about = planting.about(&sheet);
    let mut objects = objects(&sheet, &about);
    let index = sheet.pages().len() - 1;
    let picture = picture::page(&sheet, &about, index)?;
    let label = picture::paper(120, 24);
    let over =
        format!("q 60 0 0 10 {} {} cm /P1 Do Q", sheet.frame().width * 0.6, sheet.frame().height * 0.5);
    picture::instead_of_content(&mut objects, &sheet, index, (&picture, &[label]), &over);
    Some(file(&objects, Shape::Table, &about))
}

/// A page between others is a picture, or of another size.
fn mixed(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet().filter(|sheet| sheet.pages().len() >= 3)?;
    let about = planting.about(&sheet);
    let mut objects = objects(&sheet, &about);
    let frame = sheet.frame();
    if planting.random.chance(50) {
        let picture = picture::page(&sheet, &about, 1)?;
        picture::instead_of_content(&mut objects, &sheet, 1, (&picture, &[]), "");
        planting.what = "a picture".to_owned();
    } else {
        let (width, height) =
            if frame.turned { (frame.height, frame.width) } else { (frame.width, frame.height) };
        let (from, to) =
            (format!("/MediaBox[0 0 {width} {height}]"), format!("/MediaBox[0 0 {} {height}]", width + 17.0));
        amend(&mut objects, pdf::content_id(1) - 1, &from, &to);
        planting.what = "another size".to_owned();
    }
    Some(file(&objects, Shape::Table, &about))
}

fn flattened(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet().filter(|sheet| sheet.pages().len() >= 2)?;
    let mut about = planting.about(&sheet);
    about.producer = (*planting.random.pick(&[
        "Adobe Photoshop 25.1 (Windows)",
        "img2pdf 0.4.4",
        "ImageMagick 7.1.1",
        "Sejda PDF Editor 7.6",
    ]))
    .to_owned();
    planting.what.clone_from(&about.producer);
    let mut objects = objects(&sheet, &about);
    let index = sheet.pages().len() - 1;
    let picture = picture::page(&sheet, &about, index)?;
    picture::instead_of_content(&mut objects, &sheet, index, (&picture, &[]), "");
    Some(file(&objects, Shape::Table, &about))
}

fn snapshot(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    if planting.random.chance(50) {
        let (width, height) = *planting.random.pick(&[(1170, 2532), (1080, 2400), (1920, 1080), (828, 1792)]);
        planting.what = format!("{width} × {height}");
        return Some(crate::scan::jpeg(&picture::paper(width, height), 50));
    }
    planting.what = "a camera".to_owned();
    let texts = [(0x010F, "Lumen"), (0x0110, "Lumen Six"), (0x0132, "2026:04:02 10:00:00")];
    Some(picture::jpeg_with(&picture::paper(300, 400), &texts, &[(0x9003, "2026:04:02 10:00:00")]))
}

fn retouched(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let paper = picture::paper(300, 400);
    let software = *planting.random.pick(&[
        "Adobe Photoshop 25.1 (Windows)",
        "GIMP 2.10.36",
        "Snapseed 2.0",
        "Firmware 1.04",
    ]);
    planting.what = software.to_owned();
    let texts = [(0x0131, software), (0x0132, "2026:04:05 18:31:00")];
    Some(picture::jpeg_with(&paper, &texts, &[(0x9003, "2026:04:02 10:00:00")]))
}

/// A page is taken out.
fn gap(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = planting.sheet().filter(|sheet| sheet.pages().len() >= 2)?;
    let total = sheet.pages().len();
    let has_total =
        |page: &crate::canvas::DrawnPage| page.runs.iter().any(|run| is_page_of(&run.text, total));
    if !sheet.pages().iter().all(has_total) {
        return None;
    }
    let about = planting.about(&sheet);
    let mut objects = objects(&sheet, &about);
    let gone = usize::try_from(planting.random.between(0, i64::try_from(total).ok()? - 1)).ok()?;
    planting.what = format!("page {} of {total}", gone + 1);
    let id = pdf::content_id(gone) - 1;
    let tree = 2;
    amend(&mut objects, tree, &format!("/Count {total}"), &format!("/Count {}", total - 1));
    amend(&mut objects, tree, &format!("[{id} 0 R"), "[");
    amend(&mut objects, tree, &format!(" {id} 0 R"), "");
    Some(file(&objects, Shape::Table, &about))
}

/// A word, then "n of t" in some language: what a person takes for a page's number.
fn is_page_of(text: &str, total: usize) -> bool {
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    text.starts_with(char::is_alphabetic)
        && matches!(numbers.as_slice(), [_, last] if *last == total.to_string())
}

fn broken_sum(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let row = usize::try_from(planting.random.between(3, 7)).ok()?;
    let sheet = Sheet::changed(planting.seed, |books| {
        if let Some(entry) = books.first_mut().and_then(|book| book.entries.get_mut(row)) {
            entry.amount += if entry.amount > 0 { 50_000 } else { -50_000 };
        }
    })?;
    planting.what = format!("row {}", row + 1);
    let is_long = sheet.drawn.books.first().is_some_and(|book| book.entries.len() > row + 3);
    (is_long && sheet.drawn.has_chain).then(|| planting.finish(&sheet))
}

/// The day of a date becomes 32.
fn no_day(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.date()?;
    // A number above 12 is a day; the last of three is a year.
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 2);
    let mut numbers = numbers.take(2);
    let day = numbers.find(|part| matches!(part.parse::<u8>(), Ok(13..=31)))?;
    let new = text.replacen(day, "32", 1);
    planting.what.push_str(&format!(" → “{new}”"));
    let run = sheet.run(at).clone();
    let bytes = sheet.text_at(run.pen, run.origin, &new, "");
    sheet.replace(at, &bytes)?;
    Some(planting.finish(&sheet))
}

fn other_period(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let sheet = Sheet::changed(planting.seed, |books| {
        if let Some(entry) = books.first_mut().and_then(|book| book.entries.last_mut()) {
            entry.date = entry.date.saturating_add(40.days());
            entry.value_date = entry.date;
        }
    })?;
    let is_long = sheet.drawn.books.first().is_some_and(|book| book.entries.len() > 5);
    (is_long && sheet.drawn.has_days && sheet.drawn.has_period).then(|| planting.finish(&sheet))
}

/// Points for slashes, or the other way round; or the zero before a digit.
fn other_style(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.date()?;
    let new = if text.contains('/') {
        text.replace('/', ".")
    } else if text.contains('.') && !text.contains(char::is_alphabetic) {
        text.replace('.', "/").trim_end_matches('/').to_owned()
    } else if text.contains('-') {
        text.replace('-', "/")
    } else {
        text.replace(' ', "-")
    };
    if new == text {
        return None;
    }
    planting.what.push_str(&format!(" → “{new}”"));
    let run = sheet.run(at).clone();
    let bytes = sheet.text_at(run.pen, run.origin, &new, "");
    sheet.replace(at, &bytes)?;
    Some(planting.finish(&sheet))
}

/// A row once more, a few rows later, with everything it had.
fn copied(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let row = usize::try_from(planting.random.between(2, 6)).ok()?;
    let sheet = Sheet::changed(planting.seed, |books| {
        if let Some(book) = books.first_mut().filter(|book| book.entries.len() > row + 4) {
            let later = book.entries[row + 2].clone();
            let twin = Entry { date: later.date, value_date: later.value_date, ..book.entries[row].clone() };
            book.entries.insert(row + 3, twin);
        }
    })?;
    planting.what = format!("row {}", row + 1);
    let is_long = sheet.drawn.books.first().is_some_and(|book| book.entries.len() > row + 4);
    (is_long && sheet.drawn.has_chain).then(|| planting.finish(&sheet))
}

fn misprinted(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let mut has_iban = false;
    let sheet = Sheet::changed(planting.seed, |books| {
        for book in books.iter_mut().filter(|book| book.owner.iban.len() > 10) {
            let last = book.owner.iban.pop().unwrap_or('0');
            book.owner.iban.push(if last == '7' { '4' } else { '7' });
            has_iban = true;
        }
    })?;
    has_iban.then(|| planting.finish(&sheet))
}

fn other_name(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let mut sheet = planting.sheet().filter(|sheet| sheet.drawn.books.len() == 1)?;
    let holder = (*sheet.drawn.books.first()?.owner.holders.first()?).to_owned();
    let pen = crate::canvas::Pen::regular(7.0);
    let label = *planting.random.pick(&["Account holder:", "Account name:", "Kontoinhaber:", "Titulaire:"]);
    for (page, y, name) in [(0, 20.0, holder.as_str()), (sheet.pages().len() - 1, 12.0, "Rowena Thistlewick")]
    {
        let bytes = sheet.text_at(pen, (40.0, y), &format!("{label} {name}"), "");
        sheet.add(page, &bytes);
    }
    planting.what = holder;
    Some(planting.finish(&sheet))
}

/// Signed, and then changed in place, or saved again.
fn signature(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    let about = planting.about(&sheet);
    let mut objects = objects(&sheet, &about);
    let mut bytes = sign(file(&objects, Shape::Table, &about), &mut objects, &about);
    if planting.random.chance(50) {
        planting.what.push_str(" saved behind the signature");
        let new = sheet.typed(at, &other_figure(&text, planting.random));
        sheet.replace(at, &new)?;
        let content = pdf::stream(pdf::content_id(at.page), &sheet.pages()[at.page].content);
        container::saved(&mut bytes, &[content], size(&objects), &trailer(&about));
    } else {
        planting.what.push_str(" changed under the signature");
        let at = bytes.windows(4).position(|window| window == b"Core")?;
        bytes[at] = b'B';
    }
    Some(bytes)
}
