//! Answers as part of the pages: each appearance drawn where its widget stood, then no widget and no form.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::changes::Changes;
use crate::pdf::PageView;
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::fmt::Write;

/// Bits of `/F`: hidden, and not shown on the screen.
const HIDDEN: i64 = 2;
const NO_VIEW: i64 = 32;
/// It stays upright when its page is turned.
const NO_ROTATE: i64 = 16;

pub(super) fn flatten(changes: &mut Changes<'_>, pages: &[PageView], catalog: Option<ObjectId>) {
    for page in pages {
        flatten_page(changes, page);
    }
    if let Some(catalog) = catalog.and_then(|id| changes.edit(id)) {
        catalog.remove(b"AcroForm");
    }
}

fn flatten_page(changes: &mut Changes<'_>, view: &PageView) {
    let page = view.id;
    let Some(dictionary) = changes.dictionary(page) else { return };
    let annotations = dictionary.get(b"Annots").ok().and_then(|a| changes.resolve(a)?.as_array().ok());
    let Some(annotations) = annotations.cloned() else { return };
    let is_widget = |object: &Object| {
        let dictionary = changes.resolve(object).and_then(|o| o.as_dict().ok());
        dictionary.is_some_and(|d| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Widget"))
    };
    let (widgets, others): (Vec<Object>, Vec<Object>) = annotations.into_iter().partition(is_widget);
    if widgets.is_empty() {
        return;
    }
    let drawn: Vec<(ObjectId, [f32; 6])> =
        widgets.iter().filter_map(|w| drawing(changes, w, view.rotation)).collect();
    let mut content = String::from("Q\n");
    let mut names = Dictionary::new();
    for (index, (stream, matrix)) in drawn.iter().enumerate() {
        let name = format!("SxW{}", index.saturating_add(1));
        let [a, b, c, d, e, f] = matrix;
        let _ = writeln!(content, "q {a:.5} {b:.5} {c:.5} {d:.5} {e:.3} {f:.3} cm /{name} Do Q");
        names.set(name, Object::Reference(*stream));
        mark_as_form(changes, *stream);
    }
    if !drawn.is_empty() {
        draw_on(changes, page, &content, &names);
    }
    if let Some(dictionary) = changes.edit(page) {
        if others.is_empty() {
            dictionary.remove(b"Annots");
        } else {
            dictionary.set("Annots", Object::Array(others));
        }
    }
}

/// The appearance that a widget shows now, and the matrix that puts its box into the widget's rectangle.
fn drawing(changes: &Changes<'_>, widget: &Object, rotation: u16) -> Option<(ObjectId, [f32; 6])> {
    let dictionary = changes.resolve(widget)?.as_dict().ok()?;
    let flags = dictionary.get(b"F").ok().and_then(|f| changes.resolve(f)?.as_i64().ok()).unwrap_or(0);
    if flags & (HIDDEN | NO_VIEW) != 0 {
        return None;
    }
    let appearances = changes.resolve(dictionary.get(b"AP").ok()?)?.as_dict().ok()?;
    let mut normal = appearances.get(b"N").ok()?;
    if let Ok(states) = changes.resolve(normal)?.as_dict() {
        let state = dictionary.get(b"AS").ok().and_then(|s| s.as_name().ok()).unwrap_or(b"Off");
        normal = states.get(state).ok()?;
    }
    let id = last_reference(changes, normal)?;
    let stream = changes.object(id)?.as_stream().ok()?;
    let rect = four(changes, dictionary.get(b"Rect").ok()?)?;
    let bounds = four(changes, stream.dict.get(b"BBox").ok()?)?;
    let matrix = stream.dict.get(b"Matrix").ok().and_then(|m| numbers(changes, m));
    let matrix: [f32; 6] = matrix.and_then(|m| m.try_into().ok()).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let placed = placement(rect, bounds, matrix)?;
    Some((id, if flags & NO_ROTATE == 0 { placed } else { upright(placed, [rect[0], rect[3]], rotation) }))
}

/// Turned back by the page's rotation around a point: the upper left corner of the rectangle.
fn upright([a, b, c, d, e, f]: [f32; 6], [x, y]: [f32; 2], rotation: u16) -> [f32; 6] {
    let (sin, cos) = match rotation {
        90 => (1.0, 0.0),
        180 => (0.0, -1.0),
        270 => (-1.0, 0.0),
        _ => return [a, b, c, d, e, f],
    };
    let turn = |px: f32, py: f32| (px * cos - py * sin, px * sin + py * cos);
    let ((a, b), (c, d), (e, f)) = (turn(a, b), turn(c, d), turn(e - x, f - y));
    [a, b, c, d, e + x, f + y]
}

/// ISO 32000-1, 12.5.5: the box, turned by the matrix, is scaled and moved onto the rectangle.
fn placement(rect: [f32; 4], bounds: [f32; 4], [a, b, c, d, e, f]: [f32; 6]) -> Option<[f32; 6]> {
    let [x0, y0, x1, y1] = bounds;
    let corners =
        [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
    let fold = |pick: fn(&(f32, f32)) -> f32| {
        let values = corners.iter().map(pick);
        (values.clone().fold(f32::INFINITY, f32::min), values.fold(f32::NEG_INFINITY, f32::max))
    };
    let ((left, right), (bottom, top)) = (fold(|p| p.0), fold(|p| p.1));
    let (width, height) = (right - left, top - bottom);
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return None;
    }
    let (sx, sy) = ((rect[2] - rect[0]) / width, (rect[3] - rect[1]) / height);
    Some([sx, 0.0, 0.0, sy, rect[0] - left * sx, rect[1] - bottom * sy])
}

fn last_reference(changes: &Changes<'_>, object: &Object) -> Option<ObjectId> {
    let mut id = object.as_reference().ok()?;
    for _ in 0..8 {
        match changes.object(id)?.as_reference() {
            Ok(next) => id = next,
            Err(_) => return Some(id),
        }
    }
    None
}

fn numbers(changes: &Changes<'_>, object: &Object) -> Option<Vec<f32>> {
    let array = changes.resolve(object)?.as_array().ok()?;
    array.iter().map(|v| changes.resolve(v)?.as_float().ok().filter(|v| v.is_finite())).collect()
}

fn four(changes: &Changes<'_>, object: &Object) -> Option<[f32; 4]> {
    let [a, b, c, d]: [f32; 4] = numbers(changes, object)?.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// An appearance that does not say that it is a form is not drawn by every viewer.
fn mark_as_form(changes: &mut Changes<'_>, id: ObjectId) {
    let is_form = changes.dictionary(id).is_some_and(|d| d.has(b"Subtype"));
    if !is_form && let Some(dictionary) = changes.edit(id) {
        dictionary.set("Type", Object::Name(b"XObject".to_vec()));
        dictionary.set("Subtype", Object::Name(b"Form".to_vec()));
    }
}

/// Puts `content` behind the page's own, whose state is kept apart, and `names` among its resources.
fn draw_on(changes: &mut Changes<'_>, page: ObjectId, content: &str, names: &Dictionary) {
    let resources = resources_with(changes, page, names);
    let before = changes.add(Object::Stream(Stream::new(Dictionary::new(), b"q\n".to_vec())));
    let after = changes.add_stream(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let own = changes.dictionary(page).and_then(|d| d.get(b"Contents").ok()).cloned();
    let list = own.as_ref().and_then(|own| changes.resolve(own)?.as_array().ok()).cloned();
    let middle = list.unwrap_or_else(|| own.into_iter().filter(|o| o.as_reference().is_ok()).collect());
    let mut contents = vec![Object::Reference(before)];
    contents.extend(middle);
    contents.push(Object::Reference(after));
    if let Some(dictionary) = changes.edit(page) {
        dictionary.set("Contents", Object::Array(contents));
        dictionary.set("Resources", Object::Dictionary(resources));
    }
}

/// The page's resources, its own copy, with `names` added.
fn resources_with(changes: &Changes<'_>, page: ObjectId, names: &Dictionary) -> Dictionary {
    let mut at = changes.dictionary(page);
    let mut resources = Dictionary::new();
    for _ in 0..64 {
        let Some(dictionary) = at else { break };
        let own = dictionary.get(b"Resources").ok().and_then(|r| changes.resolve(r)?.as_dict().ok());
        if let Some(own) = own {
            resources = own.clone();
            break;
        }
        at = dictionary.get(b"Parent").ok().and_then(|p| changes.resolve(p)?.as_dict().ok());
    }
    let known = resources.get(b"XObject").ok().and_then(|x| changes.resolve(x)?.as_dict().ok());
    let mut objects = known.cloned().unwrap_or_default();
    for (name, object) in names {
        objects.set(name.clone(), object.clone());
    }
    resources.set("XObject", Object::Dictionary(objects));
    resources
}

#[cfg(test)]
mod tests {
    use super::placement;

    #[test]
    fn boxes_are_moved_scaled_and_turned() {
        let identity = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let rect = [100.0, 200.0, 150.0, 220.0];
        for (bounds, matrix, placed) in [
            ([0.0, 0.0, 50.0, 20.0], identity, Some([1.0, 0.0, 0.0, 1.0, 100.0, 200.0])),
            ([0.0, 0.0, 100.0, 10.0], identity, Some([0.5, 0.0, 0.0, 2.0, 100.0, 200.0])),
            // A quarter turn: 20 wide and 50 high before, 50 wide and 20 high after.
            (
                [0.0, 0.0, 20.0, 50.0],
                [0.0, 1.0, -1.0, 0.0, 50.0, 0.0],
                Some([1.0, 0.0, 0.0, 1.0, 100.0, 200.0]),
            ),
            ([5.0, 5.0, 5.0, 9.0], identity, None),
        ] {
            assert_eq!(placement(rect, bounds, matrix), placed);
        }
    }
}
