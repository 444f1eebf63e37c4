//! A tree of elements, written as XML or as the SGML of OFX 1.

use crate::ReportError;
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, BytesText, Event};

/// An element with its content.
pub(super) enum Node {
    /// Elements inside an element.
    Group(&'static str, Vec<Node>),
    /// Text inside an element.
    Leaf(&'static str, String),
    /// The same, with one attribute.
    Marked(&'static str, (&'static str, String), String),
}

impl Node {
    /// An element of text; nothing where there is none.
    pub(super) fn maybe(name: &'static str, text: Option<String>) -> Option<Self> {
        text.filter(|text| !text.is_empty()).map(|text| Self::Leaf(name, text))
    }

    /// An element of text that is there.
    pub(super) fn leaf(name: &'static str, text: impl Into<String>) -> Self {
        Self::Leaf(name, text.into())
    }
}

/// XML: each element on a line of its own, two blanks a level.
pub(super) fn xml(root: &Node, namespace: Option<&str>, before: &str) -> Result<Vec<u8>, ReportError> {
    let mut writer = Writer::new_with_indent(before.as_bytes().to_vec(), b' ', 2);
    element(&mut writer, root, namespace)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn element(writer: &mut Writer<Vec<u8>>, node: &Node, namespace: Option<&str>) -> Result<(), ReportError> {
    match node {
        Node::Group(name, inner) => {
            let mut start = BytesStart::new(*name);
            start.extend_attributes(namespace.map(|namespace| ("xmlns", namespace)));
            if inner.is_empty() {
                writer.write_event(Event::Empty(start))?;
                return Ok(());
            }
            writer.write_event(Event::Start(start.borrow()))?;
            inner.iter().try_for_each(|node| element(writer, node, None))?;
            writer.write_event(Event::End(start.to_end()))?;
        }
        Node::Leaf(name, text) => {
            writer.create_element(*name).write_text_content(BytesText::new(text))?;
        }
        Node::Marked(name, (key, value), text) => {
            let element = writer.create_element(*name).with_attribute((*key, value.as_str()));
            element.write_text_content(BytesText::new(text))?;
        }
    }
    Ok(())
}

/// SGML: only groups are closed, each element on a line of its own.
pub(super) fn sgml(root: &Node) -> String {
    let mut text = String::new();
    unclosed(&mut text, root);
    text
}

fn unclosed(text: &mut String, node: &Node) {
    match node {
        Node::Group(name, inner) => {
            *text += &format!("<{name}>\r\n");
            inner.iter().for_each(|node| unclosed(text, node));
            *text += &format!("</{name}>\r\n");
        }
        Node::Leaf(name, value) | Node::Marked(name, _, value) => {
            *text += &format!("<{name}>{}\r\n", escape(value.as_str()));
        }
    }
}
