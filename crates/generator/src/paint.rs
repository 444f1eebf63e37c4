//! A statement as an editor leaves it that paints over a figure and types another one on it.

use crate::canvas::DrawnWord;
use crate::catalogue::honest_cases;
use crate::container;
use crate::layout::Sheet;
use crate::pdf::{self, Container, Frame, Object};

const CASE: &str = "us-checking-running";
/// The figure that is painted over, and the one that is typed on it.
const FIGURE: &str = "$6,382.10";
const TYPED: &str = "$9,382.10";

/// The file: its first page has a second content stream, in a font of its own, saved behind the original. `None` where the
/// figure is not printed any more.
#[must_use]
pub fn painted_over() -> Option<Vec<u8>> {
    let case = honest_cases().into_iter().find(|case| case.card.name == CASE)?;
    let Sheet { canvas, .. } = case.layout.print(&(case.layout.books)());
    let frame =
        Frame { width: canvas.width, height: canvas.height, turned: canvas.turned, family: canvas.family };
    let pages = canvas.finish();
    let figure = pages.first()?.words.iter().find(|word| word.text == FIGURE)?;
    let objects = pdf::objects(&frame, &pages, case.maker);
    let free = objects.iter().map(|object| object.id).max()? + 1;
    let page = objects.iter().find(|object| object.id == pdf::content_id(0) - 1)?;
    let changed = [
        with_second_stream(page, free),
        pdf::stream(free, paint(figure, frame.height).as_bytes()),
        Object {
            id: free + 1,
            body: b"<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>".to_vec(),
            is_stream: false,
        },
    ];
    Some(container::revised(container::file(&objects, Container::Table), &changed, free + 2))
}

/// The page with stream `id` behind its own, and font `id + 1`.
fn with_second_stream(page: &Object, id: i32) -> Object {
    let body = String::from_utf8_lossy(&page.body);
    let own = format!("{} 0 R", pdf::content_id(0));
    let body = body.replacen(&format!("/Contents {own}"), &format!("/Contents[{own} {id} 0 R]"), 1).replacen(
        "/Font<<",
        &format!("/Font<</Typed {} 0 R", id + 1),
        1,
    );
    Object { id: page.id, body: body.into_bytes(), is_stream: false }
}

fn paint(figure: &DrawnWord, page_height: f32) -> String {
    let [x0, top, x1, bottom] = figure.bounds;
    let (width, height, y) = (x1 - x0, bottom - top, page_height - bottom);
    let baseline = y + height * 0.25;
    format!(
        "q 1 g {x0} {y} {width} {height} re f Q \
         BT /TouchUp_TextEdit MP /Typed 9 Tf 0 g 1 0 0 1 {x0} {baseline} Tm ({TYPED}) Tj ET"
    )
}
