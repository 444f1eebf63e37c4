//! An open list with its chosen lines marked.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::fonts::Fonts;
use super::line::Line;
use super::look::Look;
use super::paint::Paint;
use super::shape::runs_leftward;
use crate::pdf::PdfFile;
use crate::write::FillProblem;
use lopdf::{Dictionary, Object, ObjectId, Stream};

const SIZE: f32 = 10.0;
const SIZE_MIN: f32 = 6.0;
const LEADING: f32 = 1.15;
const DESCENT: f32 = 0.25;

/// The lines of a list from the first chosen one on if that would not be visible otherwise. Lines that do not fit
/// below are out of sight as in any list; a chosen one never is.
pub(crate) fn draw_list(
    file: &PdfFile,
    fonts: &mut Fonts,
    look: &Look,
    labels: &[&str],
    chosen: &[usize],
    add: &mut dyn FnMut(Object) -> ObjectId,
) -> Result<Stream, FillProblem> {
    // A list shows each option on one line.
    let labels: Vec<String> = labels.iter().map(|label| label.replace(['\r', '\n'], " ")).collect();
    let all = labels.join("\n");
    let letters = fonts.choose(file, look, &all).ok_or(FillProblem::NoGlyph)?;
    let size = look.font_size.unwrap_or(SIZE).clamp(SIZE_MIN, SIZE.max(look.font_size.unwrap_or(SIZE)));
    let line = size * LEADING;
    let room = lines_in(look.height - 2.0, line);
    let first = match (chosen.iter().min(), chosen.iter().max()) {
        (Some(_), Some(last)) if *last < room => 0,
        (Some(first), Some(last)) if last.saturating_sub(*first) < room => *first,
        (Some(_), Some(_)) => return Err(FillProblem::DoesNotFit),
        _ => 0,
    };
    let lines: Vec<Line> =
        labels.iter().map(|label| fonts.line(&letters, label, runs_leftward(label))).collect();
    if chosen.iter().filter_map(|at| lines.get(*at)).any(|line| line.width * size > look.width - 4.0) {
        return Err(FillProblem::DoesNotFit);
    }
    let mut names = Dictionary::new();
    let mut paint = Paint::default();
    look.dress(&mut paint);
    paint.line("/Tx BMC");
    paint.line("q");
    look.clip(&mut paint);
    let mut top = look.height - 1.0;
    for (at, label) in lines.iter().enumerate().skip(first).take(room) {
        if chosen.contains(&at) {
            paint.line("0.600 0.757 0.855 rg");
            paint.operator(&[1.0, top - line, look.width - 2.0, line], "re f");
        }
        paint.line("BT");
        paint.line(&look.color);
        paint.operator(&[2.0, top - line + DESCENT * size], "Td");
        fonts.draw(&mut paint, label, size, &mut names, add);
        paint.line("ET");
        top -= line;
    }
    paint.line("Q");
    paint.line("EMC");
    let mut resources = Dictionary::new();
    resources.set("Font", Object::Dictionary(names));
    Ok(Stream::new(look.form_dictionary(resources), paint.finish()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
fn lines_in(height: f32, line: f32) -> usize {
    ((height / line).floor().clamp(1.0, 1_000.0)) as usize
}
