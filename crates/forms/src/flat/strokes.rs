//! Lines and boxes that a page draws, along its sides. Curves, slanted lines and pictures are no places to write.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use crate::pdf::{PageView, PdfFile};
use lopdf::content::Content;
use lopdf::{Object, ObjectId};
use smartexus_domain::Rect;

/// Operators of one page that are looked at.
const OPERATORS_MAX: usize = 200_000;
/// Lines and boxes of one page.
const DRAWN_MAX: usize = 5_000;
/// A filled rectangle thinner than this is a line.
const THIN: f64 = 2.0;
/// Saved states inside each other.
const DEPTH_MAX: usize = 64;

/// What a page draws, as displayed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Drawn {
    pub(super) boxes: Vec<Rect>,
    /// Lines from left to right.
    pub(super) rules: Vec<Rect>,
}

type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Reads a page's own content; what it draws through other objects is not looked into.
pub(super) fn drawn_on(file: &PdfFile, view: &PageView) -> Drawn {
    let bytes = content_of(file, view.id);
    let Ok(content) = Content::decode(&bytes) else { return Drawn::default() };
    let mut pen = Pen {
        view,
        matrix: IDENTITY,
        saved: Vec::new(),
        path: Vec::new(),
        at: None,
        start: None,
        drawn: Drawn::default(),
    };
    for operation in content.operations.iter().take(OPERATORS_MAX) {
        pen.step(&operation.operator, &numbers(file, &operation.operands));
        if pen.drawn.boxes.len() + pen.drawn.rules.len() > DRAWN_MAX {
            break;
        }
    }
    pen.drawn
}

fn content_of(file: &PdfFile, page: ObjectId) -> Vec<u8> {
    let Some(contents) = file.dictionary_at(page).and_then(|page| file.get(page, b"Contents")) else {
        return Vec::new();
    };
    let parts: Vec<&Object> = match contents.as_array() {
        Ok(array) => array.iter().filter_map(|part| file.resolve(part)).collect(),
        Err(_) => vec![contents],
    };
    let limit = file.limits.stream_bytes;
    let mut bytes = Vec::new();
    for stream in parts.into_iter().filter_map(|part| part.as_stream().ok()) {
        let Ok(plain) = stream.get_plain_content_with_limit(limit.saturating_sub(bytes.len())) else { break };
        bytes.extend(plain);
        bytes.push(b'\n');
    }
    bytes
}

fn numbers(file: &PdfFile, operands: &[Object]) -> Vec<f64> {
    file.numbers(operands).into_iter().map(f64::from).collect()
}

/// One segment or rectangle of the path, in user space.
#[derive(Clone, Copy)]
enum Piece {
    Line([f64; 2], [f64; 2]),
    Box([f64; 4]),
}

struct Pen<'p> {
    view: &'p PageView,
    matrix: Matrix,
    saved: Vec<Matrix>,
    path: Vec<Piece>,
    at: Option<[f64; 2]>,
    start: Option<[f64; 2]>,
    drawn: Drawn,
}

impl Pen<'_> {
    fn step(&mut self, operator: &str, n: &[f64]) {
        match (operator, n) {
            ("q", _) if self.saved.len() < DEPTH_MAX => self.saved.push(self.matrix),
            ("Q", _) => self.matrix = self.saved.pop().unwrap_or(self.matrix),
            ("cm", [a, b, c, d, e, f]) => self.matrix = times([*a, *b, *c, *d, *e, *f], self.matrix),
            ("m", [x, y]) => {
                self.at = Some(self.moved(*x, *y));
                self.start = self.at;
            }
            ("l", [x, y]) => {
                let to = self.moved(*x, *y);
                if let Some(from) = self.at {
                    self.path.push(Piece::Line(from, to));
                }
                self.at = Some(to);
            }
            ("h", _) => self.close(),
            ("re", [x, y, w, h]) => {
                let (a, b) = (self.moved(*x, *y), self.moved(x + w, y + h));
                let c = self.moved(x + w, *y);
                // A turned rectangle has no sides along the page's.
                if (c[1] - a[1]).abs() < 0.01 || (c[0] - a[0]).abs() < 0.01 {
                    self.path.push(Piece::Box([
                        a[0].min(b[0]),
                        a[1].min(b[1]),
                        a[0].max(b[0]),
                        a[1].max(b[1]),
                    ]));
                }
            }
            ("c" | "v" | "y", _) => {
                self.path.clear();
                self.at = None;
            }
            ("S", _) => self.paint(true),
            ("s" | "b" | "b*", _) => {
                self.close();
                self.paint(true);
            }
            ("B" | "B*", _) => self.paint(true),
            ("f" | "F" | "f*", _) => self.paint(false),
            ("n", _) => self.path.clear(),
            _ => {}
        }
    }

    fn moved(&self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.matrix;
        [a * x + c * y + e, b * x + d * y + f]
    }

    fn close(&mut self) {
        if let (Some(from), Some(to)) = (self.at, self.start)
            && from != to
        {
            self.path.push(Piece::Line(from, to));
        }
        self.at = self.start;
    }

    fn paint(&mut self, is_stroked: bool) {
        let path = std::mem::take(&mut self.path);
        let lines: Vec<[f64; 4]> = path
            .iter()
            .filter_map(|piece| match piece {
                Piece::Line(a, b) => Some([a[0].min(b[0]), a[1].min(b[1]), a[0].max(b[0]), a[1].max(b[1])]),
                Piece::Box(_) => None,
            })
            .collect();
        // Four sides of one path are a box.
        let is_box = lines.len() == 4 && lines.iter().all(|[x0, y0, x1, y1]| x1 - x0 < 0.1 || y1 - y0 < 0.1);
        if is_box {
            self.keep_box(
                lines
                    .iter()
                    .copied()
                    .fold(lines[0], |a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
                is_stroked,
            );
        } else if is_stroked {
            for line in lines.iter().filter(|[_, y0, _, y1]| y1 - y0 < 0.1) {
                self.drawn.rules.push(self.seen(*line));
            }
        }
        for piece in path {
            if let Piece::Box(rect) = piece {
                self.keep_box(rect, is_stroked);
            }
        }
    }

    fn keep_box(&mut self, rect: [f64; 4], is_stroked: bool) {
        let seen = self.seen(rect);
        if seen.height() < THIN && seen.width() > THIN {
            self.drawn.rules.push(seen);
        } else if is_stroked && seen.width() > THIN {
            self.drawn.boxes.push(seen);
        }
    }

    fn seen(&self, rect: [f64; 4]) -> Rect {
        // Pages are at most some hundred thousand points wide: nothing is lost that anybody could see.
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let narrow = rect.map(|value| value as f32);
        self.view.displayed(narrow)
    }
}

/// `first`, then `then`.
fn times(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [g, h, i, j, k, l] = then;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}
