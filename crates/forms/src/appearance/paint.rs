//! Operators of a content stream.

use super::embedded::hexadecimal;
use super::line::Glyph;
use std::fmt::Write;

/// A content stream under construction.
#[derive(Debug, Default)]
pub(super) struct Paint(String);

impl Paint {
    pub(super) fn line(&mut self, operators: &str) {
        self.0.push_str(operators);
        self.0.push('\n');
    }

    /// Operands, then the operator.
    pub(super) fn operator(&mut self, operands: &[f32], operator: &str) {
        for operand in operands {
            let _ = write!(self.0, "{} ", number(*operand));
        }
        self.line(operator);
    }

    /// A string as hexadecimal: no byte needs escaping.
    pub(super) fn show(&mut self, bytes: &[u8]) {
        self.0.push('<');
        for byte in bytes {
            let _ = write!(self.0, "{byte:02X}");
        }
        self.line("> Tj");
    }

    /// Glyphs with what is between them, higher and lower where they say so.
    #[expect(clippy::float_arithmetic, reason = "geometry")]
    pub(super) fn glyphs(&mut self, glyphs: &[Glyph], size: f32, code: impl Fn(&Glyph) -> u16) {
        let mut rise = 0.0;
        let mut open = false;
        for glyph in glyphs {
            if glyph.offset[1] != rise {
                self.end_glyphs(&mut open);
                rise = glyph.offset[1];
                self.operator(&[rise * size], "Ts");
            }
            if !open {
                self.0.push('[');
                open = true;
            }
            // What stands in such an array moves to the left, in thousandths.
            self.moved(-glyph.offset[0]);
            let _ = write!(self.0, "<{:04X}>", code(glyph));
            self.moved(glyph.natural - glyph.advance + glyph.offset[0]);
        }
        self.end_glyphs(&mut open);
        if rise != 0.0 {
            self.line("0 Ts");
        }
    }

    #[expect(clippy::float_arithmetic, reason = "geometry")]
    fn moved(&mut self, em: f32) {
        let thousandths = number(em * 1000.0);
        if thousandths != "0" {
            let _ = write!(self.0, "{thousandths} ");
        }
    }

    fn end_glyphs(&mut self, open: &mut bool) {
        if std::mem::take(open) {
            self.line("] TJ");
        }
    }

    /// What the glyphs up to `EMC` say (ISO 32000-2, 14.9.4).
    pub(super) fn says(&mut self, text: &str) {
        self.line(&format!("/Span <</ActualText <FEFF{}>>> BDC", hexadecimal(text)));
    }

    pub(super) fn font(&mut self, name: &str, size: f32) {
        self.line(&format!("/{name} {} Tf", number(size)));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// At most three decimals, never an exponent.
fn number(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.3}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short.is_empty() || short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_plain() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0001, "0"),
            (12.5, "12.5"),
            (100.0, "100"),
            (1e9, "1000000000"),
            (f32::NAN, "0"),
            (-1.25, "-1.25"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
