//! Check boxes and radio buttons that came without a drawing of their own.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::look::Look;
use super::paint::Paint;
use lopdf::{Dictionary, Stream};

/// What is drawn into the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ButtonMark {
    Off,
    Check,
    Cross,
    Dot,
    Square,
}

impl ButtonMark {
    /// From `/MK /CA`, a character of `ZapfDingbats`.
    pub(crate) fn of(look: &Look, is_radio: bool) -> Self {
        match look.caption {
            Some('8') => Self::Cross,
            Some('l') => Self::Dot,
            Some('n') => Self::Square,
            Some(_) => Self::Check,
            None if is_radio => Self::Dot,
            None => Self::Check,
        }
    }
}

/// The appearance of one state.
pub(crate) fn draw_button(look: &Look, mark: ButtonMark) -> Stream {
    let mut paint = Paint::default();
    look.dress(&mut paint);
    let side = look.width.min(look.height) * 0.7;
    let (left, bottom) = ((look.width - side) / 2.0, (look.height - side) / 2.0);
    let at = |x: f32, y: f32| [left + x * side, bottom + y * side];
    if mark != ButtonMark::Off {
        paint.line("q");
        paint.line(&look.color);
        paint.line("0 G");
        paint.operator(&[(side * 0.14).max(0.8)], "w");
    }
    match mark {
        ButtonMark::Off => {}
        ButtonMark::Check => {
            paint.operator(&at(0.05, 0.5), "m");
            paint.operator(&at(0.38, 0.12), "l");
            paint.operator(&at(0.95, 0.92), "l S");
        }
        ButtonMark::Cross => {
            paint.operator(&at(0.05, 0.05), "m");
            paint.operator(&at(0.95, 0.95), "l S");
            paint.operator(&at(0.05, 0.95), "m");
            paint.operator(&at(0.95, 0.05), "l S");
        }
        ButtonMark::Dot => dot(&mut paint, at(0.5, 0.5), side * 0.36),
        ButtonMark::Square => {
            let [x, y] = at(0.1, 0.1);
            paint.operator(&[x, y, side * 0.8, side * 0.8], "re f");
        }
    }
    if mark != ButtonMark::Off {
        paint.line("Q");
    }
    Stream::new(look.form_dictionary(Dictionary::new()), paint.finish())
}

/// A circle of four Bézier curves.
fn dot(paint: &mut Paint, [x, y]: [f32; 2], radius: f32) {
    const HANDLE: f32 = 0.5523;
    let h = radius * HANDLE;
    paint.operator(&[x + radius, y], "m");
    paint.operator(&[x + radius, y + h, x + h, y + radius, x, y + radius], "c");
    paint.operator(&[x - h, y + radius, x - radius, y + h, x - radius, y], "c");
    paint.operator(&[x - radius, y - h, x - h, y - radius, x, y - radius], "c");
    paint.operator(&[x + h, y - radius, x + radius, y - h, x + radius, y], "c f");
}
