//! A page on a table, as the camera of a telephone sees it.

use super::Bitmap;
use super::damage::{at, mixed};
use crate::random::Random;

/// Shade of the table.
const TABLE: u8 = 70;
/// Table around the page, in thousandths of its sides.
const AROUND: f32 = 40.0;
/// How far each corner is off, at most, in thousandths.
const ASKEW: i64 = 15;
/// How much darker it is where the light does not reach, in percent.
const DARKER: i64 = 28;

type Point = (f32, f32);

/// The page seen at an angle, lit from one corner.
pub(super) fn photographed(page: &Bitmap, random: &mut Random) -> Bitmap {
    let (width, height) = (page.width as f32, page.height as f32);
    let share = |thousandths: f32, side: f32| thousandths / 1000.0 * side;
    let mut corner = |x: f32, y: f32| {
        let mut off = |side: f32| share(AROUND + random.between(-ASKEW, ASKEW) as f32, side);
        let (dx, dy) = (off(width), off(height));
        (if x > 0.0 { width + 2.0 * share(AROUND, width) - dx } else { dx }, {
            if y > 0.0 { height + 2.0 * share(AROUND, height) - dy } else { dy }
        })
    };
    let corners = [corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0)];
    let to_page = Perspective::onto(corners);
    let dark = random.between(0, DARKER) as f32 / 100.0;
    let (lit_x, lit_y) = (random.between(0, 1) as f32, random.between(0, 1) as f32);
    let (out_width, out_height) =
        ((width + 2.0 * share(AROUND, width)) as usize, (height + 2.0 * share(AROUND, height)) as usize);
    let places = (0..out_height).flat_map(|y| (0..out_width).map(move |x| (x as f32, y as f32)));
    let pixel = |(x, y): Point| {
        let (u, v) = to_page.back((x + 0.5, y + 0.5));
        let inside = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
        let shade =
            if inside { between(page, (u * width - 0.5, v * height - 0.5)) } else { f32::from(TABLE) };
        let (away_x, away_y) = ((x / out_width as f32 - lit_x).abs(), (y / out_height as f32 - lit_y).abs());
        (shade * (1.0 - dark * f32::midpoint(away_x, away_y))).round() as u8
    };
    Bitmap { width: out_width, height: out_height, pixels: places.map(pixel).collect(), dpi: page.dpi }
}

fn between(page: &Bitmap, (x, y): Point) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let row = |y: i64| {
        let (a, b) = (at(page, left as i64, y), at(page, left as i64 + 1, y));
        mixed(f32::from(a), f32::from(b), x - left)
    };
    mixed(row(top as i64), row(top as i64 + 1), y - top)
}

/// Where the points of a square stand once it is seen at an angle, and back.
struct Perspective {
    /// Rows of the matrix that leads back.
    back: [[f32; 3]; 3],
}

impl Perspective {
    /// The square from (0, 0) to (1, 1) onto four corners, from the top left one clockwise (P. Heckbert, 1989).
    fn onto([a, b, c, d]: [Point; 4]) -> Self {
        let (d1, d2) = ((b.0 - c.0, b.1 - c.1), (d.0 - c.0, d.1 - c.1));
        let d3 = (a.0 - b.0 + c.0 - d.0, a.1 - b.1 + c.1 - d.1);
        let scale = d1.0 * d2.1 - d2.0 * d1.1;
        let g = (d3.0 * d2.1 - d2.0 * d3.1) / scale;
        let h = (d1.0 * d3.1 - d3.0 * d1.1) / scale;
        let [p, q, r] = [
            [b.0 - a.0 + g * b.0, d.0 - a.0 + h * d.0, a.0],
            [b.1 - a.1 + g * b.1, d.1 - a.1 + h * d.1, a.1],
            [g, h, 1.0],
        ];
        // The adjoint leads back, up to a factor that falls out.
        let minor = |s: [f32; 3], t: [f32; 3]| {
            [s[1] * t[2] - s[2] * t[1], s[2] * t[0] - s[0] * t[2], s[0] * t[1] - s[1] * t[0]]
        };
        let columns = [minor(q, r), minor(r, p), minor(p, q)];
        let row = |i: usize| [columns[0][i], columns[1][i], columns[2][i]];
        Self { back: [row(0), row(1), row(2)] }
    }

    fn back(&self, (x, y): Point) -> Point {
        let [u, v, w] = self.back.map(|[a, b, c]| a * x + b * y + c);
        (u / w, v / w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lead_back_to_the_square() {
        let corners = [(3.0, 4.0), (103.0, 8.0), (110.0, 160.0), (1.0, 150.0)];
        let perspective = Perspective::onto(corners);
        for (corner, (x, y)) in corners.into_iter().zip([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) {
            let (u, v) = perspective.back(corner);
            assert!((u - x).abs() < 1e-4 && (v - y).abs() < 1e-4, "{corner:?}: {u} {v}");
        }
    }
}
