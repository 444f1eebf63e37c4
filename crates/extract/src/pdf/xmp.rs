//! What the XMP packet of a document says: a handful of properties, found by their names. No XML reader is needed for that,
//! and none gets to see entities or document types.

use super::facts::{positions, text_string};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream};
use smartexus_domain::{SAVES_MAX, XmpFacts};

const METADATA: &[u8] = b"Metadata";
/// What is looked at of a packet.
const PACKET_BYTES: usize = 256 * 1024;

/// The packet of the catalog.
pub(super) fn read_xmp(pdf: &Pdf) -> Option<XmpFacts> {
    let xref = pdf.xref();
    let root = xref.get::<Dict<'_>>(xref.root_id())?;
    let packet = root.get::<Stream<'_>>(METADATA)?.decoded_data().ok()?;
    let facts = facts(packet.get(..PACKET_BYTES).unwrap_or(&packet));
    (facts != XmpFacts::default()).then_some(facts)
}

fn facts(packet: &[u8]) -> XmpFacts {
    let first = |name: &str| values(packet, name).next();
    let mut history = Vec::new();
    for agent in values(packet, "stEvt:softwareAgent") {
        if history.len() < SAVES_MAX && !history.contains(&agent) {
            history.push(agent);
        }
    }
    XmpFacts {
        producer: first("pdf:Producer"),
        creator: first("xmp:CreatorTool"),
        created: first("xmp:CreateDate"),
        modified: first("xmp:ModifyDate"),
        history,
    }
}

/// Every value of a property, written as an attribute or as an element.
fn values<'p>(packet: &'p [u8], name: &'p str) -> impl Iterator<Item = String> + 'p {
    positions(packet, name.as_bytes()).filter_map(move |at| {
        let starts = at.checked_sub(1).and_then(|before| packet.get(before));
        let is_attribute = starts.is_some_and(u8::is_ascii_whitespace);
        let rest = packet.get(at.checked_add(name.len())?..)?.trim_ascii_start();
        let raw = if let (true, Some(value)) = (is_attribute, rest.strip_prefix(b"=")) {
            let value = value.trim_ascii_start();
            let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
            value.split(|byte| byte == quote).next()?
        } else {
            let value = rest.strip_prefix(b">").filter(|_| starts == Some(&b'<'))?;
            value.split(|byte| *byte == b'<').next()?
        };
        text_string(unescaped(raw).as_bytes()).map(|text| repaired(&text))
    })
}

/// The five entities that need no declaration.
fn unescaped(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    // A mark so that the text is taken for what it is: UTF-8.
    format!("\u{FEFF}{text}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Some writers put marks of order inside.
fn repaired(text: &str) -> String {
    text.replace('\u{FEFF}', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_elements() {
        let packet = r#"<rdf:Description xmp:CreatorTool="Writer &amp; Co" pdf:Producer = 'P 1'
            xmp:ModifyDate="2026-04-02T10:00:00Z"><xmp:CreateDate>2026-04-01</xmp:CreateDate>
            <rdf:li stEvt:softwareAgent="A"/><rdf:li stEvt:softwareAgent="A"/><rdf:li stEvt:softwareAgent="B é"/>"#;
        let facts = facts(packet.as_bytes());
        assert_eq!((facts.producer.as_deref(), facts.creator.as_deref()), (Some("P 1"), Some("Writer & Co")));
        assert_eq!(
            (facts.created.as_deref(), facts.modified.as_deref()),
            (Some("2026-04-01"), Some("2026-04-02T10:00:00Z"))
        );
        assert_eq!(facts.history, ["A", "B é"]);
    }

    #[test]
    fn broken_packets_say_nothing() {
        for packet in
            ["pdf:Producer", "<pdf:Producer", " pdf:Producer=", " pdf:Producer=x", "<pdf:Producer>", ""]
        {
            assert_eq!(facts(packet.as_bytes()), XmpFacts::default(), "{packet}");
        }
    }
}
