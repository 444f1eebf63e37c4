//! How a widget is dressed: its default appearance, colours, border and rotation.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::paint::Paint;
use crate::pdf::PdfFile;
use lopdf::{Dictionary, Object};

/// Parts of a default appearance that are looked at.
const TOKENS_MAX: usize = 64;
/// A larger size of type is taken for automatic.
const SIZE_MAX: f32 = 300.0;

/// Everything but the words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    /// Of the upright appearance.
    pub(super) width: f32,
    pub(super) height: f32,
    /// Degrees counterclockwise: 0, 90, 180, 270.
    rotation: i64,
    pub(super) font_name: String,
    /// `None` is automatic.
    pub(super) font_size: Option<f32>,
    /// The operator that sets the colour of the words.
    pub(super) color: String,
    background: Option<String>,
    border: Option<String>,
    pub(super) border_width: f32,
    /// `S`, `D`, `B`, `I`, `U`.
    border_style: u8,
    /// The character of `/MK /CA`, which says how a button is ticked.
    pub(super) caption: Option<char>,
}

impl Look {
    /// Of a widget on a field with this default appearance.
    pub(crate) fn of(
        file: &PdfFile,
        widget: &Dictionary,
        rect: [f32; 4],
        default_appearance: Option<&str>,
    ) -> Self {
        let own = file.get_text(widget, b"DA");
        let (font_name, font_size, color) =
            parts_of(own.as_deref().or(default_appearance).unwrap_or_default());
        let marks = file.get_dictionary(widget, b"MK");
        let get = |key: &[u8]| marks.and_then(|marks| marks.get(key).ok());
        let rotation = marks.and_then(|m| file.get_integer(m, b"R")).unwrap_or(0).rem_euclid(360) / 90 * 90;
        let [w, h] = [rect[2] - rect[0], rect[3] - rect[1]];
        let (width, height) = if rotation % 180 == 0 { (w, h) } else { (h, w) };
        let style = file.get_dictionary(widget, b"BS");
        let border = get(b"BC").and_then(|color| color_operator(file, color, true));
        Self {
            width,
            height,
            rotation,
            font_name,
            font_size,
            color,
            background: get(b"BG").and_then(|color| color_operator(file, color, false)),
            border,
            border_width: border_width(file, widget, style),
            border_style: style.and_then(|s| file.get_name(s, b"S")?.first().copied()).unwrap_or(b'S'),
            caption: get(b"CA").and_then(|o| file.text(o)?.chars().next()),
        }
    }

    /// The blank between the widget's edge and its words.
    pub(super) fn padding(&self) -> f32 {
        let doubled = matches!(self.border_style, b'B' | b'I');
        (self.border_width * if doubled { 3.0 } else { 2.0 })
            .max(2.0)
            .min(self.height / 4.0)
            .min(self.width / 4.0)
    }

    /// Background and border.
    pub(super) fn dress(&self, paint: &mut Paint) {
        if let Some(background) = &self.background {
            paint.line("q");
            paint.line(background);
            paint.operator(&[0.0, 0.0, self.width, self.height], "re f");
            paint.line("Q");
        }
        let Some(border) = self.border.as_ref().filter(|_| self.border_width > 0.0) else { return };
        paint.line("q");
        paint.line(border);
        paint.operator(&[self.border_width], "w");
        if self.border_style == b'D' {
            paint.line("[3] 0 d");
        }
        let inset = self.border_width / 2.0;
        if self.border_style == b'U' {
            paint.operator(&[0.0, inset], "m");
            paint.operator(&[self.width, inset], "l S");
        } else {
            let sides = [inset, inset, self.width - self.border_width, self.height - self.border_width];
            paint.operator(&sides, "re S");
        }
        paint.line("Q");
    }

    /// The height that a person sees between the borders.
    pub(super) fn clipped_height(&self) -> f32 {
        self.height - 2.0 * self.inset()
    }

    fn inset(&self) -> f32 {
        self.border_width.min(self.width / 4.0).min(self.height / 4.0)
    }

    /// Everything after this is cut at the border.
    pub(super) fn clip(&self, paint: &mut Paint) {
        let inset = self.inset();
        paint.operator(&[inset, inset, self.width - 2.0 * inset, self.height - 2.0 * inset], "re W n");
    }

    /// The dictionary of the form that `content` belongs into.
    pub(super) fn form_dictionary(&self, resources: Dictionary) -> Dictionary {
        let real = |v: f32| Object::Real(v);
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", Object::Name(b"XObject".to_vec()));
        dictionary.set("Subtype", Object::Name(b"Form".to_vec()));
        dictionary.set("BBox", vec![real(0.0), real(0.0), real(self.width), real(self.height)]);
        let matrix = match self.rotation {
            90 => Some([0.0, 1.0, -1.0, 0.0, self.height, 0.0]),
            180 => Some([-1.0, 0.0, 0.0, -1.0, self.width, self.height]),
            270 => Some([0.0, -1.0, 1.0, 0.0, 0.0, self.width]),
            _ => None,
        };
        if let Some(matrix) = matrix {
            dictionary.set("Matrix", matrix.map(real).to_vec());
        }
        dictionary.set("Resources", Object::Dictionary(resources));
        dictionary
    }
}

fn border_width(file: &PdfFile, widget: &Dictionary, style: Option<&Dictionary>) -> f32 {
    let stated = style.and_then(|s| file.get(s, b"W")?.as_float().ok());
    let old = || file.get_array(widget, b"Border").and_then(|border| file.numbers(border).get(2).copied());
    stated.or_else(old).filter(|w| w.is_finite()).unwrap_or(1.0).clamp(0.0, 12.0)
}

/// `[g]`, `[r g b]`, `[c m y k]` as an operator; `[]` is transparent.
fn color_operator(file: &PdfFile, color: &Object, stroke: bool) -> Option<String> {
    let parts = file.numbers(file.resolve(color)?.as_array().ok()?);
    let operator = match (parts.len(), stroke) {
        (1, true) => "G",
        (1, false) => "g",
        (3, true) => "RG",
        (3, false) => "rg",
        (4, true) => "K",
        (4, false) => "k",
        _ => return None,
    };
    let parts: Vec<String> = parts.iter().map(|part| format!("{:.3}", part.clamp(0.0, 1.0))).collect();
    Some(format!("{} {operator}", parts.join(" ")))
}

/// Font name, size and colour operator of a default appearance. Nothing else of it is taken over.
fn parts_of(default_appearance: &str) -> (String, Option<f32>, String) {
    let mut font_name = "Helv".to_owned();
    let mut font_size = None;
    let mut color = "0 g".to_owned();
    let mut operands: Vec<&str> = Vec::new();
    for token in default_appearance.split_ascii_whitespace().take(TOKENS_MAX) {
        let count = match token {
            "g" => 1,
            "rg" => 3,
            "k" => 4,
            "Tf" => {
                if let [.., name, size] = operands.as_slice() {
                    name.trim_start_matches('/').clone_into(&mut font_name);
                    font_size = size.parse().ok().filter(|s: &f32| *s > 0.0 && *s < SIZE_MAX);
                }
                operands.clear();
                continue;
            }
            _ => {
                operands.push(token);
                continue;
            }
        };
        let numbers: Option<Vec<f32>> = operands.iter().map(|t| t.parse().ok()).collect();
        if let Some(numbers) = numbers.filter(|n| n.len() == count) {
            let parts: Vec<String> = numbers.iter().map(|n| format!("{:.3}", n.clamp(0.0, 1.0))).collect();
            color = format!("{} {token}", parts.join(" "));
        }
        operands.clear();
    }
    (font_name, font_size, color)
}

#[cfg(test)]
mod tests {
    use super::parts_of;

    #[test]
    fn default_appearances_are_taken_apart() {
        for (text, font, size, color) in [
            ("/Helv 0 Tf 0 g", "Helv", None, "0.000 g"),
            ("0 0 1 rg /TiRo 10.5 Tf", "TiRo", Some(10.5), "0.000 0.000 1.000 rg"),
            ("", "Helv", None, "0 g"),
            ("/F1 -3 Tf", "F1", None, "0 g"),
            ("/F1 900 Tf 1 2 rg", "F1", None, "0 g"),
            ("q BT /A 8 Tf EVIL Do 5 g", "A", Some(8.0), "0 g"),
        ] {
            assert_eq!(parts_of(text), (font.to_owned(), size, color.to_owned()), "{text}");
        }
    }
}
