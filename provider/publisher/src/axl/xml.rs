//! XML from a publisher, as a bounded stream of elements and texts. No document type, no entities but XML's
//! own five and character references.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};

/// How deep elements may nest. AXL's own answers need seven levels.
const DEEPEST: usize = 32;

/// How deep an element may stand whose namespace counts: a fault in a body in an envelope. Below it there are
/// too many elements for each to be looked up.
const DEEPEST_NAMESPACE: usize = 3;

/// How many columns a row may have. No table of a publisher comes near.
pub(super) const MOST_COLUMNS: usize = 1000;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// Why a text is not an answer of AXL.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("it is not XML ({0})")]
    NotXml(String),
    #[error("it declares a document type")]
    DocumentType,
    #[error("it uses an entity that XML does not define")]
    Entity,
    #[error("its elements nest more than {DEEPEST} deep")]
    TooDeep,
    #[error("it is no SOAP envelope")]
    NotSoap,
    #[error("it ends in the middle")]
    Truncated,
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("a row has more than {MOST_COLUMNS} columns")]
    TooWide,
    #[error("{what} is {text:?}")]
    Unreadable { what: &'static str, text: String },
}

/// One step through a document.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An element begins.
    Begin(Start<'a>),
    /// Text inside the innermost element; it may come in several pieces.
    Text(Cow<'a, str>),
    /// The innermost element ends.
    End,
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Start<'a> {
    tag: BytesStart<'a>,
    soap: bool,
}

impl Start<'_> {
    /// Its name, without a prefix.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// Whether it has this name in SOAP's own namespace.
    pub(super) fn is_soap(&self, name: &str) -> bool {
        self.soap && self.name() == name
    }
}

/// Steps through a document.
pub(super) struct Steps<'a> {
    reader: Reader<&'a [u8]>,
    namespaces: NamespaceResolver,
    depth: usize,
    /// Set by an element without content, which begins and ends at once.
    pending_end: bool,
}

impl<'a> Steps<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        Self {
            reader: Reader::from_reader(body),
            namespaces: NamespaceResolver::default(),
            depth: 0,
            pending_end: false,
        }
    }

    /// The next step; `None` after the last element has ended.
    pub(super) fn next(&mut self) -> Result<Option<Step<'a>>, Problem> {
        if std::mem::take(&mut self.pending_end) {
            return Ok(Some(self.ascend()));
        }
        loop {
            let event = self
                .reader
                .read_event()
                .map_err(|error| Problem::NotXml(error.to_string()))?;
            match event {
                Event::Start(tag) => return self.descend(tag).map(Some),
                Event::Empty(tag) => {
                    self.pending_end = true;
                    return self.descend(tag).map(Some);
                }
                Event::End(_) => return Ok(Some(self.ascend())),
                Event::Text(text) => {
                    let text = text.xml10_content();
                    if self.depth > 0 {
                        return Ok(Some(Step::Text(text)));
                    }
                    if !text
                        .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                        .is_empty()
                    {
                        return Err(Problem::NotXml("text outside of any element".to_owned()));
                    }
                }
                Event::CData(text) => return Ok(Some(Step::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => {
                    let character = reference
                        .resolve_char_ref()
                        .map_err(|error| Problem::NotXml(error.to_string()))?;
                    if let Some(character) = character {
                        return Ok(Some(Step::Text(Cow::Owned(character.to_string()))));
                    }
                    let entity = reference.into_inner();
                    let text = resolve_predefined_entity(&entity).ok_or(Problem::Entity)?;
                    return Ok(Some(Step::Text(Cow::Borrowed(text))));
                }
                Event::DocType(_) => return Err(Problem::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(Problem::Truncated),
                Event::Eof => return Ok(None),
            }
        }
    }

    /// The beginning of the next element inside the current one; `None` where the current one ends.
    pub(super) fn child(&mut self) -> Result<Option<Start<'a>>, Problem> {
        loop {
            match self.next()? {
                Some(Step::Begin(start)) => return Ok(Some(start)),
                Some(Step::Text(_)) => {}
                Some(Step::End) | None => return Ok(None),
            }
        }
    }

    /// The text of the current element, up to its end; elements inside are passed over.
    pub(super) fn text(&mut self) -> Result<String, Problem> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Some(Step::Text(piece)) => text.push_str(&piece),
                Some(Step::Begin(_)) => self.skip()?,
                Some(Step::End) => return Ok(text),
                None => return Err(Problem::Truncated),
            }
        }
    }

    /// Passes over the current element, up to its end.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Some(Step::Begin(_)) => depth += 1,
                Some(Step::End) => depth -= 1,
                Some(Step::Text(_)) => {}
                None => return Err(Problem::Truncated),
            }
        }
        Ok(())
    }

    /// Enters the first element in the SOAP body.
    pub(super) fn enter_body(&mut self) -> Result<Start<'a>, Problem> {
        if !self.child()?.is_some_and(|start| start.is_soap("Envelope")) {
            return Err(Problem::NotSoap);
        }
        while let Some(start) = self.child()? {
            if start.is_soap("Body") {
                return self
                    .child()?
                    .ok_or(Problem::Missing("the content of the SOAP body"));
            }
            self.skip()?;
        }
        Err(Problem::NotSoap)
    }

    fn descend(&mut self, tag: BytesStart<'a>) -> Result<Step<'a>, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::TooDeep);
        }
        let mut soap = false;
        if self.depth <= DEEPEST_NAMESPACE {
            self.namespaces
                .push(&tag)
                .map_err(|error| Problem::NotXml(error.to_string()))?;
            let (namespace, _) = self.namespaces.resolve_element(tag.name());
            soap = matches!(namespace, ResolveResult::Bound(name) if name.as_ref() == SOAP);
        }
        Ok(Step::Begin(Start { tag, soap }))
    }

    fn ascend(&mut self) -> Step<'a> {
        if self.depth <= DEEPEST_NAMESPACE {
            self.namespaces.pop();
        }
        self.depth -= 1;
        Step::End
    }
}
