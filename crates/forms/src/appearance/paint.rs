//! Operators of a content stream.

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
