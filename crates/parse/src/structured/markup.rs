//! XML of a bank: a stream of elements, bounded in every direction. What a document type could bring in (entities, other
//! files) is refused before it is looked at.

use crate::{ParseError, ParseOptions};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Most text of one element; banks write a few hundred characters.
const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Where the declaration of the encoding stands.
const DECLARATION_BYTES: usize = 256;

/// An element with everything in it, borrowed from the file wherever it stands there as it is meant. Names are without
/// their prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node<'t> {
    pub(super) name: Cow<'t, str>,
    /// The attribute of that name is the only one that any bank's file needs.
    pub(super) currency: Option<String>,
    pub(super) text: Cow<'t, str>,
    pub(super) children: Vec<Self>,
}

impl Node<'_> {
    /// The first element at a path below this one.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |node, name| node.children.iter().find(|child| child.name == name))
    }

    /// Its text, if it has any.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).map(|node| &*node.text).filter(|text| !text.is_empty())
    }

    /// Every child of a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Why a stream ends before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkupFault {
    /// Not well formed, or cut off: what came before it stands.
    Broken,
    /// More, or other, than is accepted at all.
    Refused(ParseError),
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step<'t> {
    Open(Node<'t>),
    Close(Cow<'t, str>),
    End,
}

/// The elements of a text, one at a time.
pub(super) struct Markup<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: u32,
    elements: u32,
    depth_max: u32,
    attributes_max: usize,
    elements_max: u32,
    /// An empty element is opened and closed by one event.
    closes: Option<Cow<'t, str>>,
}

impl<'t> Markup<'t> {
    pub(super) fn new(text: &'t str, options: &ParseOptions) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            depth: 0,
            elements: 0,
            depth_max: options.depth_max,
            attributes_max: usize::try_from(options.attributes_max).unwrap_or(usize::MAX),
            elements_max: options.cells_max,
            closes: None,
        }
    }

    /// The next element's beginning or end. Text outside a [`Self::subtree`] says nothing.
    pub(super) fn step(&mut self) -> Result<Step<'t>, MarkupFault> {
        loop {
            if let Some(name) = self.closes.take() {
                self.depth = self.depth.saturating_sub(1);
                return Ok(Step::Close(name));
            }
            match self.event()? {
                Some(Piece::Step(step)) => return Ok(step),
                Some(Piece::Text(_)) | None => {}
            }
        }
    }

    /// Everything in an element that was just opened.
    pub(super) fn subtree(&mut self, opened: Node<'t>) -> Result<Node<'t>, MarkupFault> {
        let mut open = vec![opened];
        loop {
            let step = match self.closes.take() {
                Some(name) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Step(Step::Close(name))
                }
                None => match self.event()? {
                    Some(piece) => piece,
                    None => continue,
                },
            };
            match step {
                Piece::Text(text) => {
                    if let Some(node) = open.last_mut() {
                        append(&mut node.text, text);
                    }
                }
                Piece::Step(Step::Open(node)) => open.push(node),
                Piece::Step(Step::End) => return Err(MarkupFault::Broken),
                Piece::Step(Step::Close(_)) => {
                    let Some(mut node) = open.pop() else { return Err(MarkupFault::Broken) };
                    node.text = trimmed(node.text);
                    match open.last_mut() {
                        Some(parent) => parent.children.push(node),
                        None => return Ok(node),
                    }
                }
            }
        }
    }

    fn event(&mut self) -> Result<Option<Piece<'t>>, MarkupFault> {
        let broken = MarkupFault::Broken;
        match self.reader.read_event().map_err(|_| broken)? {
            Event::Start(start) => {
                let node = self.opened(&start, ">".len())?;
                Ok(Some(Piece::Step(Step::Open(node))))
            }
            Event::Empty(start) => {
                let node = self.opened(&start, "/>".len())?;
                self.closes = Some(node.name.clone());
                Ok(Some(Piece::Step(Step::Open(node))))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                let name = self.printed(end.local_name().as_ref(), 1);
                Ok(Some(Piece::Step(Step::Close(name))))
            }
            Event::Text(text) => Ok(Some(Piece::Text(text.decode().map_err(|_| broken)?))),
            Event::CData(text) => Ok(Some(Piece::Text(text.decode().map_err(|_| broken)?))),
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().map_err(|_| broken)? {
                    Some(character) => Some(character),
                    None => named(&reference.decode().map_err(|_| broken)?),
                };
                // Any other name would have to be declared in a document type.
                let character = character.ok_or(MarkupFault::Refused(ParseError::ForbiddenMarkup))?;
                Ok(Some(Piece::Text(Cow::Owned(character.to_string()))))
            }
            Event::DocType(_) => Err(MarkupFault::Refused(ParseError::ForbiddenMarkup)),
            Event::Eof if self.depth > 0 => Err(broken),
            Event::Eof => Ok(Some(Piece::Step(Step::End))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(None),
        }
    }

    /// A name as the file has it, so many bytes before the place where the reader stands; a copy where it is not there.
    fn printed(&self, name: &[u8], behind: usize) -> Cow<'t, str> {
        let end = usize::try_from(self.reader.buffer_position()).ok().and_then(|at| at.checked_sub(behind));
        let place = end.and_then(|end| self.text.get(end.checked_sub(name.len())?..end));
        match place.filter(|place| place.as_bytes() == name) {
            Some(place) => Cow::Borrowed(place),
            None => Cow::Owned(String::from_utf8_lossy(name).into_owned()),
        }
    }

    fn opened(&mut self, start: &BytesStart, ends_with: usize) -> Result<Node<'t>, MarkupFault> {
        self.depth = self.depth.saturating_add(1);
        self.elements = self.elements.saturating_add(1);
        if self.depth > self.depth_max {
            return Err(MarkupFault::Refused(ParseError::TooDeep));
        }
        if self.elements > self.elements_max {
            return Err(MarkupFault::Refused(ParseError::TooManyRows));
        }
        // Behind the name stand its attributes and the mark that ends the element.
        let behind = start.len().saturating_sub(start.name().as_ref().len()).saturating_add(ends_with);
        let mut node = Node { name: self.printed(start.local_name().as_ref(), behind), ..Node::default() };
        for (count, attribute) in start.attributes().with_checks(false).enumerate() {
            if count >= self.attributes_max {
                return Err(MarkupFault::Refused(ParseError::TooDeep));
            }
            let attribute = attribute.map_err(|_| MarkupFault::Broken)?;
            if attribute.key.local_name().as_ref() == b"Ccy" {
                node.currency = Some(String::from_utf8_lossy(&attribute.value).into_owned());
            }
        }
        Ok(node)
    }
}

enum Piece<'t> {
    Step(Step<'t>),
    Text(Cow<'t, str>),
}

fn append<'t>(whole: &mut Cow<'t, str>, text: Cow<'t, str>) {
    let room = TEXT_BYTES_MAX.saturating_sub(whole.len());
    if whole.is_empty() && text.len() <= room {
        *whole = text;
    } else {
        whole.to_mut().push_str(text.get(..text.floor_char_boundary(room)).unwrap_or_default());
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The five names that XML has without a declaration.
pub(crate) fn named(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

/// What the first line says of the encoding.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.split_once("<?xml")?.1.split_once("?>")?.0.split_once("encoding")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split_once(quote).map(|(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree<'t>(text: &'t str, options: &ParseOptions) -> Result<Node<'t>, MarkupFault> {
        let mut markup = Markup::new(text, options);
        match markup.step()? {
            Step::Open(node) => markup.subtree(node),
            Step::Close(_) | Step::End => Err(MarkupFault::Broken),
        }
    }

    #[test]
    fn elements_by_their_path() {
        let text = "<?xml version=\"1.0\"?><!-- a --><p:a xmlns:p='x'><b Ccy=\"EUR\"> 1 &amp; &#x32;<![CDATA[<3>]]> </b><c/><b>2</b></p:a>";
        let root = tree(text, &ParseOptions::default()).unwrap();
        assert_eq!(root.name, "a");
        assert_eq!(root.text_at("b"), Some("1 & 2<3>"));
        assert_eq!(root.at("b").and_then(|b| b.currency.as_deref()), Some("EUR"));
        assert_eq!((root.text_at("c"), root.at("d"), root.all("b").count()), (None, None, 2));
    }

    #[test]
    fn what_stands_in_the_file_is_not_copied() {
        let text = "<?xml version=\"1.0\"?><p:a x = 'é>' ><b\n>1</b><q:c y='1' /><d/>\n<e>1&amp;2</e></p:a >";
        let root = tree(text, &ParseOptions::default()).unwrap();
        let is_borrowed = |text: &Cow<str>| matches!(text, Cow::Borrowed(_));
        let names: Vec<&str> = root.children.iter().map(|child| &*child.name).collect();
        assert_eq!((&*root.name, names.as_slice()), ("a", ["b", "c", "d", "e"].as_slice()));
        assert!(is_borrowed(&root.name) && root.children.iter().all(|child| is_borrowed(&child.name)));
        let is_copied = |text: &Cow<str>| !is_borrowed(text) && !text.is_empty();
        let copied: Vec<bool> = root.children.iter().map(|child| is_copied(&child.text)).collect();
        assert_eq!(
            (root.text_at("e"), copied.as_slice()),
            (Some("1&2"), [false, false, false, true].as_slice())
        );
    }

    #[test]
    fn what_reaches_outside_is_refused() {
        let refused = Err(MarkupFault::Refused(ParseError::ForbiddenMarkup));
        for text in [
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<a>&x;</a>",
            "<a><b>&nbsp;</b></a>",
        ] {
            assert_eq!(tree(text, &ParseOptions::default()), refused, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_broken() {
        for text in ["<a>", "<a><b></a>", "<a", "<a>&", "<a></b>"] {
            assert_eq!(tree(text, &ParseOptions::default()), Err(MarkupFault::Broken), "{text}");
        }
    }

    #[test]
    fn limits_hold_to_the_last_one() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        let options =
            ParseOptions { depth_max: 5, attributes_max: 2, cells_max: 5, ..ParseOptions::default() };
        assert!(tree(&nested(5), &options).is_ok());
        let loose = ParseOptions { cells_max: 6, ..options.clone() };
        assert_eq!(tree(&nested(6), &loose), Err(MarkupFault::Refused(ParseError::TooDeep)));
        assert_eq!(
            tree(&format!("<a>{}</a>", "<b/>".repeat(5)), &options),
            Err(MarkupFault::Refused(ParseError::TooManyRows))
        );
        assert!(tree(&format!("<a>{}</a>", "<b/>".repeat(4)), &options).is_ok());
        assert!(tree("<a b='1' c='2'/>", &options).is_ok());
        assert_eq!(tree("<a b='1' c='2' d='3'/>", &options), Err(MarkupFault::Refused(ParseError::TooDeep)));
    }

    #[test]
    fn encodings_are_declared() {
        for (text, expected) in [
            ("<?xml version='1.0' encoding='ISO-8859-1'?>", Some("ISO-8859-1")),
            ("<?xml version=\"1.0\" encoding = \"utf-8\" ?>", Some("utf-8")),
            ("<?xml version='1.0'?>", None),
            ("<a encoding='x'/>", None),
            ("", None),
        ] {
            assert_eq!(declared_encoding(text.as_bytes()).as_deref(), expected, "{text}");
        }
    }
}
