//! Paths: shapes are counted, clips are boxes.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::Unusual;
use super::color::{Engine, OPAQUE};
use super::page::Reader;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use smartexus_domain::CoverKind;

/// Nearer than this is equal: the engine's tolerance.
const TOLERANCE: f64 = 1.0 / 256.0;
/// A line to where it starts still has a length.
const SHORTEST_LINE: f64 = 0.0001;

/// The path under construction.
#[derive(Default)]
pub(super) struct Path {
    elements: BezPath,
    start: Point,
    last: Point,
    /// What ends the path clips, too.
    pub(super) is_clip: bool,
}

impl Path {
    /// `m`, `l`, `c`, `v`, `y`, `h`, `re` with their operands.
    pub(super) fn build(&mut self, operator: &[u8], numbers: &[f64]) -> Result<(), Unusual> {
        match (operator, numbers) {
            (b"m", [.., x, y]) => self.move_to(Point::new(*x, *y)),
            (b"l", [.., x, y]) => self.line_to(Point::new(*x, *y)),
            (b"c", [.., a, b, c, d, x, y]) => {
                self.curve_to(Point::new(*a, *b), Point::new(*c, *d), Point::new(*x, *y));
            }
            (b"v", [.., c, d, x, y]) => {
                self.curve_to(self.last, Point::new(*c, *d), Point::new(*x, *y));
            }
            (b"y", [.., a, b, x, y]) => {
                let end = Point::new(*x, *y);
                self.curve_to(Point::new(*a, *b), end, end);
            }
            (b"h", _) => self.close(),
            (b"re", [.., x, y, width, height]) => {
                let rect = Rect::new(*x, *y, x + width, y + height);
                self.elements.extend(rect.path_elements(0.1));
                (self.start, self.last) = (Point::new(*x, *y), Point::new(*x, *y));
            }
            _ => return Err(Unusual::Operands),
        }
        Ok(())
    }

    fn move_to(&mut self, point: Point) {
        (self.start, self.last) = (point, point);
        self.elements.move_to(point);
    }

    fn line_to(&mut self, mut point: Point) {
        if self.elements.elements().is_empty() {
            return;
        }
        let is_empty = self.last == point;
        self.last = point;
        if is_empty {
            point.x += SHORTEST_LINE;
        }
        self.elements.line_to(point);
    }

    fn curve_to(&mut self, a: Point, b: Point, end: Point) {
        if !self.elements.elements().is_empty() {
            self.last = end;
            self.elements.curve_to(a, b, end);
        }
    }

    pub(super) fn close(&mut self) {
        let elements = self.elements.elements();
        if !elements.is_empty() && elements.last() != Some(&PathEl::ClosePath) {
            self.elements.close_path();
            self.last = self.start;
        }
    }

    pub(super) fn clear(&mut self) {
        self.elements.truncate(0);
        self.is_clip = false;
    }
}

/// A clip that is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clip {
    /// What it leaves of the page; `None` for one that changes nothing.
    pub(super) left: Option<Rect>,
    /// It is the box, not only within it.
    is_box: bool,
}

impl Reader<'_, '_> {
    /// Paints the path and ends it: `n`, `f`, `S`, `B` and their kin.
    pub(super) fn paint_path(&mut self, fills: bool, strokes: bool) {
        if (fills || strokes) && self.layers.is_seen() {
            let rect = as_rect(&self.path.elements);
            if fills && rect.is_some() {
                self.cover_with_box();
            }
            let is_shape =
                |is_fill: bool| rect.is_none_or(|rect| is_fill && is_line(rect, self.states.now.ctm));
            let shapes = [(fills, true), (strokes, false)];
            let count = shapes.into_iter().filter(|(paints, is_fill)| *paints && is_shape(*is_fill)).count();
            (0..count).for_each(|_| self.canvas.draw_path());
        }
        self.end_path();
    }

    /// Does the box under construction cover glyphs?
    fn cover_with_box(&mut self) {
        let drawn = as_rect(&(self.states.now.ctm * self.path.elements.clone()));
        if let Some(drawn) = drawn
            && self.clips.iter().all(|clip| clip.is_box)
            && self.canvas.may_cover(drawn)
        {
            let engine = Engine { xref: self.xref, cache: self.cache };
            let opacity = self.canvas.opacity();
            if self.colors.is_opaque(&self.states.now.fill, opacity, &engine, &self.resources) {
                self.canvas.cover(CoverKind::Shape, drawn);
            }
        }
    }

    /// A picture in the unit square.
    pub(super) fn cover_with_picture(&mut self, kind: CoverKind) {
        let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
        let drawn = as_rect(&(self.states.now.ctm * square));
        let is_opaque = self.states.now.fill.alpha >= OPAQUE && self.canvas.opacity() >= OPAQUE;
        if let Some(drawn) = drawn
            && is_opaque
            && self.clips.iter().all(|clip| clip.is_box)
            && self.canvas.may_cover(drawn)
        {
            self.canvas.cover(kind, drawn);
        }
    }

    /// Ends the path; it clips if that was asked for.
    fn end_path(&mut self) {
        if self.path.is_clip && !self.path.elements.elements().is_empty() {
            let clip = self.states.now.ctm * self.path.elements.clone();
            self.clip(&clip);
        }
        self.path.clear();
    }

    /// A clip that covers all that is left changes nothing.
    fn clip(&mut self, path: &BezPath) {
        let rect = as_rect(path);
        let is_box = rect.is_some();
        let bounds = match rect {
            Some(rect) if covers(rect, self.bounds()) => {
                self.clips.push(Clip { left: None, is_box });
                return;
            }
            Some(rect) => rect,
            None => path.bounding_box(),
        };
        let left = Some(self.bounds().intersect(bounds));
        self.canvas.push_clip(bounds);
        self.clips.push(Clip { left, is_box });
    }

    fn bounds(&self) -> Rect {
        self.clips.iter().rev().find_map(|clip| clip.left).unwrap_or(self.canvas.page())
    }
}

fn covers(outer: Rect, inner: Rect) -> bool {
    inner.min_x() - outer.min_x() >= -TOLERANCE
        && inner.min_y() - outer.min_y() >= -TOLERANCE
        && inner.max_x() - outer.max_x() <= TOLERANCE
        && inner.max_y() - outer.max_y() <= TOLERANCE
}

/// The engine draws what is filled and has no area as a line.
#[expect(clippy::cast_possible_truncation, reason = "the engine compares so")]
fn is_line(rect: Rect, ctm: Affine) -> bool {
    let [a, b, c, d, ..] = ctm.as_coeffs();
    let (width, height) = (rect.width() * a.hypot(b), rect.height() * c.hypot(d));
    let is_nothing = |length: f64| f64::from((length as f32).abs()) <= TOLERANCE;
    is_nothing(width) || is_nothing(height)
}

/// The path as an upright rectangle, if it is one.
pub(super) fn as_rect(path: &BezPath) -> Option<Rect> {
    let corners = match path.elements() {
        [PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d), PathEl::ClosePath] => {
            [*a, *b, *c, *d, *a]
        }
        [
            PathEl::MoveTo(a),
            PathEl::LineTo(b),
            PathEl::LineTo(c),
            PathEl::LineTo(d),
            PathEl::LineTo(last),
        ] if is_near(a.x, last.x) && is_near(a.y, last.y) => [*a, *b, *c, *d, *last],
        _ => return None,
    };
    let mut along_before = None;
    for edge in corners.windows(2) {
        let [from, to] = edge else { continue };
        let (same_x, same_y) = (is_near(from.x, to.x), is_near(from.y, to.y));
        if same_x == same_y || along_before == Some(same_x) {
            return None;
        }
        along_before = Some(same_x);
    }
    let fold = |pick: fn(&Point) -> f64, choose: fn(f64, f64) -> f64| corners.iter().map(pick).reduce(choose);
    Some(Rect::new(
        fold(|p| p.x, f64::min)?,
        fold(|p| p.y, f64::min)?,
        fold(|p| p.x, f64::max)?,
        fold(|p| p.y, f64::max)?,
    ))
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE
}
