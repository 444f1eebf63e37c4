//! Which blank is it? By its bytes, and by what its fields are.

use crate::read::Field;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Names, types, options, lengths and pages of the fields, in order. Values, drawings and places on the page do not
/// take part: a saved copy, or one that went through another program, keeps its fingerprint.
pub(crate) fn of_fields(fields: &[Field], pages: usize) -> String {
    let mut lines: Vec<String> = fields
        .iter()
        .map(|field| {
            let page = field.widgets.iter().find_map(|w| w.page).unwrap_or(0);
            let mut options: Vec<&str> = field.options.iter().map(|o| o.export.as_str()).collect();
            options.sort_unstable();
            let kind = field.kind.as_str();
            format!("{}\t{kind}\t{page}\t{:?}\t{options:?}\n", field.name, field.max_length)
        })
        .collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(format!("smartexus-form-fields/1\n{pages}\n"));
    for line in lines {
        hash.update(line);
    }
    hexadecimal(&hash.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
