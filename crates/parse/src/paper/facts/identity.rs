//! Identity documents: what the machine-readable zone says, proved by its check digits.

use super::record::Record;
use crate::paper::line::Line;
use smartexus_domain::{Mrz, Rect, Source};

/// A zone and where it stands.
pub(in crate::paper) struct Zone {
    pub(in crate::paper) mrz: Mrz,
    /// Its lines, joined by a line feed.
    pub(in crate::paper) text: String,
    pub(in crate::paper) source: Source,
}

/// The first zone among the lines whose check digits all hold.
pub(in crate::paper) fn zone(lines: &[Line]) -> Option<Zone> {
    let compact: Vec<(usize, String)> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            (index, line.tokens.iter().map(|token| token.text.replace(' ', "")).collect::<String>())
        })
        .filter(|(_, text)| matches!(text.len(), 30 | 36 | 44))
        .collect();
    [3, 2].into_iter().find_map(|count| {
        compact.windows(count).find_map(|window| {
            let texts: Vec<&str> = window.iter().map(|(_, text)| text.as_str()).collect();
            let mrz = Mrz::read(&texts)?;
            let first = lines.get(window.first()?.0)?;
            let bounds = window
                .iter()
                .filter_map(|(index, _)| lines.get(*index))
                .map(|line| line.bounds)
                .reduce(Rect::union)?;
            Some(Zone { mrz, text: texts.join("\n"), source: Source { page: first.page, bounds } })
        })
    })
}

pub(super) fn read(record: &mut Record<'_>) {
    let Some(Zone { mrz, text, source }) = zone(record.sheet.lines) else { return };
    let kind = match mrz.document.chars().next() {
        Some('P') => "passport",
        Some('V') => "visa",
        Some('D') => "driving_licence",
        _ => "identity_card",
    };
    for (key, value) in [
        ("identity.mrz", text),
        ("identity.document_type", kind.to_owned()),
        ("identity.number", mrz.number),
        ("identity.surname", mrz.surname),
        ("identity.given_names", mrz.given),
        ("identity.issuer", mrz.issuer),
        ("identity.nationality", mrz.nationality),
        ("identity.birth_date", mrz.born.to_string()),
        ("identity.sex", mrz.sex.map(String::from).unwrap_or_default()),
        ("identity.expiry_date", mrz.expires.to_string()),
    ] {
        record.checked(key, value, source);
    }
}
