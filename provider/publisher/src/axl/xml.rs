//! XML from a publisher, as a bounded stream of elements and texts. No document type, no entities but XML's
//! own five and character references.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

/// How deep elements may nest. AXL's own answers need seven levels.
const DEEPEST: usize = 32;

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
    #[error("{what} is {text:?}")]
    Unreadable { what: &'static str, text: String },
}

/// One step through a document.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An element begins.
    Begin(Name),
    /// Text inside the innermost element; it may come in several pieces.
    Text(Cow<'a, str>),
    /// The innermost element ends.
    End,
}

/// The name of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) local: String,
    /// Whether it is in SOAP's own namespace.
    pub(super) soap: bool,
}

/// Steps through a document.
pub(super) struct Steps<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
    /// Set by an element without content, which begins and ends at once.
    pending_end: bool,
}

impl<'a> Steps<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        Self {
            reader: NsReader::from_reader(body),
            depth: 0,
            pending_end: false,
        }
    }

    /// The next step; `None` after the last element has ended.
    pub(super) fn next(&mut self) -> Result<Option<Step<'a>>, Problem> {
        if std::mem::take(&mut self.pending_end) {
            self.depth -= 1;
            return Ok(Some(Step::End));
        }
        loop {
            let (namespace, event) = self
                .reader
                .read_resolved_event()
                .map_err(|error| Problem::NotXml(error.to_string()))?;
            let soap = matches!(namespace, ResolveResult::Bound(name) if name.as_ref() == SOAP);
            match event {
                Event::Start(element) => {
                    self.descend()?;
                    return Ok(Some(Step::Begin(Name::new(
                        element.local_name().as_ref(),
                        soap,
                    ))));
                }
                Event::Empty(element) => {
                    self.descend()?;
                    self.pending_end = true;
                    return Ok(Some(Step::Begin(Name::new(
                        element.local_name().as_ref(),
                        soap,
                    ))));
                }
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Some(Step::End));
                }
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

    /// The name of the next element inside the current one; `None` where the current one ends.
    pub(super) fn child(&mut self) -> Result<Option<Name>, Problem> {
        loop {
            match self.next()? {
                Some(Step::Begin(name)) => return Ok(Some(name)),
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
    pub(super) fn enter_body(&mut self) -> Result<Name, Problem> {
        let soap = |name: &Name, local: &str| name.soap && name.local == local;
        if !self.child()?.is_some_and(|name| soap(&name, "Envelope")) {
            return Err(Problem::NotSoap);
        }
        while let Some(name) = self.child()? {
            if soap(&name, "Body") {
                return self
                    .child()?
                    .ok_or(Problem::Missing("the content of the SOAP body"));
            }
            self.skip()?;
        }
        Err(Problem::NotSoap)
    }

    fn descend(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::TooDeep);
        }
        Ok(())
    }
}

impl Name {
    fn new(local: &str, soap: bool) -> Self {
        Self {
            local: local.to_owned(),
            soap,
        }
    }
}
