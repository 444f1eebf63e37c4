//! An S3 listing's answer, flattened.

use crate::Result;
use crate::objects::fault::StoreFault;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::collections::BTreeMap;

/// Names and texts of an element's children.
pub(super) type Fields = BTreeMap<String, String>;

/// A document of three levels: the root, its plain children, and its children that have children, in order.
pub(super) struct Answer {
    pub(super) root: String,
    pub(super) fields: Fields,
    pub(super) rows: Vec<(String, Fields)>,
}

/// What is being read.
struct Reading {
    answer: Answer,
    open: Vec<String>,
    row: Fields,
    text: String,
}

impl Answer {
    /// Reads an answer. What lies deeper than three levels is left out.
    ///
    /// # Errors
    /// `Blobs` for anything but well-formed XML.
    pub(super) fn read(xml: &[u8]) -> Result<Self> {
        let garbled = || StoreFault::Garbled.into();
        let xml = std::str::from_utf8(xml).map_err(|_| garbled())?;
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let empty = Self { root: String::new(), fields: Fields::new(), rows: Vec::new() };
        let mut reading =
            Reading { answer: empty, open: Vec::new(), row: Fields::new(), text: String::new() };
        while reading.take(reader.read_event().map_err(|_| garbled())?)? {}
        let complete = reading.open.is_empty() && !reading.answer.root.is_empty();
        if complete { Ok(reading.answer) } else { Err(garbled()) }
    }
}

impl Reading {
    /// Whether there is more.
    fn take(&mut self, event: Event<'_>) -> Result<bool> {
        let garbled = || StoreFault::Garbled;
        match event {
            Event::Start(start) => {
                let name = start.local_name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|_| garbled())?;
                self.open.push(name.to_owned());
                self.text.clear();
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text.push_str(&text.xml10_content().map_err(|_| garbled())?),
            Event::CData(text) => self.text.push_str(&text.xml10_content().map_err(|_| garbled())?),
            Event::GeneralRef(reference) => self.text.push(character(&reference).ok_or_else(garbled)?),
            Event::Eof => return Ok(false),
            // A document type could define entities, which no S3 server does.
            Event::DocType(_) => return Err(garbled().into()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(true)
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let text = std::mem::take(&mut self.text);
        match self.open.len() {
            0 => self.answer.root = name,
            1 if self.row.is_empty() => {
                self.answer.fields.insert(name, text);
            }
            1 => self.answer.rows.push((name, std::mem::take(&mut self.row))),
            2 => {
                self.row.insert(name, text);
            }
            _ => {}
        }
    }
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &*reference.decode().ok()? {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_order_and_texts_their_characters() {
        let xml = br#"<?xml version="1.0" encoding="UTF-8"?>
            <ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Name>b</Name><Prefix/><IsTruncated>true</IsTruncated>
              <Version><Key>a&amp;b&#x2F;c &lt;</Key><Owner><ID>x</ID></Owner><Size>5</Size></Version>
              <DeleteMarker><Key><![CDATA[d&]]></Key></DeleteMarker>
              <Version><Key>e</Key></Version>
            </ListVersionsResult>"#;
        let answer = Answer::read(xml).unwrap();
        assert_eq!(answer.root, "ListVersionsResult");
        assert_eq!((answer.fields["IsTruncated"].as_str(), answer.fields["Prefix"].as_str()), ("true", ""));
        let keys: Vec<_> =
            answer.rows.iter().map(|(kind, row)| (kind.as_str(), row["Key"].as_str())).collect();
        assert_eq!(keys, [("Version", "a&b/c <"), ("DeleteMarker", "d&"), ("Version", "e")]);
        assert_eq!(answer.rows[0].1["Size"], "5");
    }

    #[test]
    fn what_is_not_xml_is_refused() {
        for bad in [&b""[..], b"{}", b"<a>", b"<a><b></a>", b"\xff", b"<!DOCTYPE a><a/>", b"<a>&unknown;</a>"]
        {
            assert!(Answer::read(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
