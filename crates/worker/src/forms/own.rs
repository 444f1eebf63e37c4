//! Mappings that a workspace keeps: what its people made of a draft answers every blank of that form from then on, in that
//! workspace alone, before the mappings of the program.

use super::desk::{FormDesk, MAPPING, read_for};
use super::fault::FormFault;
use super::request::Told;
use jiff::Timestamp;
use smartexus_domain::DocumentId;
use smartexus_forms::{Mapping, MappingSet};
use smartexus_platform::port::{Actor, Edited};
use smartexus_platform::{KeptMapping, PlatformError};

/// Most mappings of one workspace, and bytes of one: all of them are read for each form that brings none.
const MAPPINGS_MAX: usize = 100;
const MAPPING_BYTES_MAX: usize = 256 * 1024;
/// How often a change is tried when others change the list at the same moment.
const TRIES: u32 = 64;

/// A mapping as the workspace keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnMapping {
    /// Read.
    pub mapping: Mapping,
    /// As it was given.
    pub text: String,
    /// For whom it was kept.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    number: u64,
}

/// A mapping that an older program took and this one does not read. It stays where it is and answers nothing, until
/// somebody keeps it anew or takes it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadMapping {
    /// By which it is taken out: its own name may be what does not read.
    pub name: String,
    /// As it was given.
    pub text: String,
    /// What is wrong with it, with lines and carets.
    pub faults: String,
    /// When it was kept.
    pub at: Timestamp,
    number: u64,
}

/// What a workspace keeps, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnMappings {
    /// What answers blanks.
    pub mappings: Vec<OwnMapping>,
    /// What answers nothing.
    pub unread: Vec<UnreadMapping>,
}

/// All of them.
struct Book {
    version: u64,
    kept: OwnMappings,
}

impl FormDesk {
    /// The workspace's mappings, by name.
    ///
    /// # Errors
    /// [`FormFault::Platform`].
    pub async fn mappings(&self) -> Result<OwnMappings, FormFault> {
        let mut kept = self.book().await?.kept;
        kept.mappings.sort_by(|a, b| a.mapping.name.cmp(&b.mapping.name));
        Ok(kept)
    }

    /// Keeps a mapping, held against the fields of a blank where one is named. It takes the place of the one of its name;
    /// its version has to be higher, so that nobody loses what somebody else corrected. The same text again changes nothing.
    ///
    /// # Errors
    /// [`FormFault`]: it does not read, it knows no form, or not this one, or its version was used.
    pub async fn keep_mapping(&self, text: &str, blank: Option<DocumentId>) -> Result<OwnMapping, FormFault> {
        if text.len() > MAPPING_BYTES_MAX {
            let message = format!("a mapping that is kept has at most {MAPPING_BYTES_MAX} bytes");
            return Err(FormFault::refused("mapping_too_large", message));
        }
        let mapping = match blank {
            None => read_for(text, None)?,
            Some(blank) => {
                let told = self.told(blank).await?;
                let mapping = read_for(text, Some(&told.fields))?;
                let set = MappingSet::new(vec![mapping.clone()]);
                if set.for_blank(&told.sha256, &told.fingerprint).is_none() {
                    let message = "the mapping is of another form: it has neither the hash nor the fingerprint of this blank";
                    return Err(FormFault::refused("other_form", message));
                }
                mapping
            }
        };
        if mapping.sha256.is_empty() && mapping.fingerprints.is_empty() {
            let message = "the mapping names no form; give it the fingerprint of the blank";
            return Err(FormFault::refused("no_form", message));
        }
        for _ in 0..TRIES {
            let book = self.book().await?;
            let before = book.kept.mappings.iter().find(|kept| kept.mapping.name == mapping.name);
            if let Some(kept) = before.filter(|kept| kept.text == text) {
                return Ok(kept.clone());
            }
            if let Some(used) = before.filter(|kept| kept.mapping.version >= mapping.version) {
                let message = format!(
                    "version {} of {} is kept already; look at it and raise the version above it",
                    used.mapping.version, mapping.name
                );
                return Err(FormFault::refused("mapping_version", message));
            }
            if before.is_none() && book.kept.len() >= MAPPINGS_MAX {
                let message = format!("a workspace keeps at most {MAPPINGS_MAX} mappings; remove one first");
                return Err(FormFault::refused("too_many_mappings", message));
            }
            let replaces = before.map(|kept| kept.number);
            let own = self.world.mapping_book(self.workspace);
            match own.keep(book.version, replaces, text.as_bytes(), self.actor).await? {
                Edited::Done(number) => {
                    let kept =
                        self.book().await?.kept.mappings.into_iter().find(|kept| kept.number == number);
                    return kept.ok_or_else(|| PlatformError::Inconsistent("form mapping").into());
                }
                Edited::Stale(_) | Edited::Absent | Edited::Gone => {}
            }
        }
        Err(PlatformError::Inconsistent("form mappings").into())
    }

    /// Takes a mapping out; the program's own answers its form again, if it has one. `false` when there is none of this name.
    ///
    /// # Errors
    /// [`FormFault::Platform`].
    pub async fn remove_mapping(&self, name: &str) -> Result<bool, FormFault> {
        for _ in 0..TRIES {
            let book = self.book().await?;
            let Some(number) = book.kept.number_of(name) else { return Ok(false) };
            let own = self.world.mapping_book(self.workspace);
            match own.remove(book.version, number, self.actor).await? {
                Edited::Done(_) => return Ok(true),
                Edited::Stale(_) | Edited::Absent | Edited::Gone => {}
            }
        }
        Err(PlatformError::Inconsistent("form mappings").into())
    }

    /// The text of the workspace's mapping of this blank, and whether there are others that may have been meant for it.
    pub(super) async fn own_mapping(&self, blank: &Told) -> Result<(Option<String>, bool), FormFault> {
        let OwnMappings { mappings, unread } = self.book().await?.kept;
        let set = MappingSet::new(mappings.iter().map(|kept| kept.mapping.clone()).collect());
        let chosen = set.for_blank(&blank.sha256, &blank.fingerprint).map(|mapping| mapping.name.as_str());
        let is_chosen = |kept: &OwnMapping| Some(kept.mapping.name.as_str()) == chosen;
        let text = mappings.iter().find(|kept| is_chosen(kept)).map(|kept| kept.text.clone());
        let is_in_doubt = text.is_none() && !unread.is_empty();
        Ok((text, is_in_doubt))
    }

    async fn book(&self) -> Result<Book, FormFault> {
        let all = self.world.mapping_book(self.workspace).all().await?;
        let mut kept = OwnMappings::default();
        for mapping in all.mappings {
            kept.take(mapping);
        }
        Ok(Book { version: all.version, kept })
    }
}

impl OwnMappings {
    fn take(&mut self, kept: KeptMapping) {
        let KeptMapping { number, actor, at, content } = kept;
        let text = String::from_utf8_lossy(&content).into_owned();
        match Mapping::from_yaml(MAPPING, &text) {
            Ok(mapping) => self.mappings.push(OwnMapping { mapping, text, actor, at, number }),
            Err(faults) => {
                tracing::warn!(number, "a kept mapping does not read any more");
                let (name, faults) = (format!("unread-{number}"), faults.to_string());
                self.unread.push(UnreadMapping { name, text, faults, at, number });
            }
        }
    }

    fn len(&self) -> usize {
        self.mappings.len().saturating_add(self.unread.len())
    }

    fn number_of(&self, name: &str) -> Option<u64> {
        let read = self.mappings.iter().find(|kept| kept.mapping.name == name).map(|kept| kept.number);
        read.or_else(|| self.unread.iter().find(|kept| kept.name == name).map(|kept| kept.number))
    }
}
