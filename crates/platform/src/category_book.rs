//! Rules and corrections of one workspace, sealed on their way in and opened on their way out.

use crate::port::{
    Actor, CategoryVersions, CorrectionKind, DocumentKey, Edited, NewCorrection, RuleEdit, SealedCorrections,
};
use crate::sealing::{Context, open_bytes, seal_bytes};
use crate::{PlatformError, Result, World};
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How often a record is tried when others add records at the same moment: of many at once, one goes through each time.
const TRIES: u32 = 64;

const RULE: &str = "category_rule";
const CORRECTION: &str = "category_correction";

/// One workspace's. What comes from a document is sealed under that document's key, so that destroying the key forgets it;
/// what comes from none is sealed under a key of the workspace.
pub struct CategoryBook<'w> {
    world: &'w World,
    workspace: WorkspaceId,
}

/// A rule, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// Never used twice.
    pub number: u64,
    /// It came from this document, and goes with it.
    pub document: Option<DocumentId>,
    /// As it was given.
    pub content: Vec<u8>,
}

/// The rules in their order.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRules {
    /// Of the list.
    pub version: u64,
    /// The first that fits decides.
    pub rules: Vec<KeptRule>,
}

/// A correction, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCorrection {
    /// Never used twice.
    pub number: u64,
    /// Of a row of this document.
    pub document: Option<DocumentId>,
    /// For whom.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// A later record takes it back.
    pub undone: bool,
    /// As it was given.
    pub content: Vec<u8>,
}

/// What the records come to.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCorrections {
    /// Of the list.
    pub version: u64,
    /// Whether anything may follow from them.
    pub learning: bool,
    /// Oldest first, those taken back included.
    pub corrections: Vec<KeptCorrection>,
}

impl World {
    /// Rules and corrections of a workspace.
    #[must_use]
    pub const fn category_book(&self, workspace: WorkspaceId) -> CategoryBook<'_> {
        CategoryBook { world: self, workspace }
    }
}

impl CategoryBook<'_> {
    /// How often each list was changed.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn versions(&self) -> Result<CategoryVersions> {
        self.world.categories.versions(self.workspace).await
    }

    /// The rules in their order. One whose document is being erased is not among them.
    ///
    /// # Errors
    /// `Unverified`, `Keys`, `Database`, `Inconsistent`.
    pub async fn rules(&self) -> Result<KeptRules> {
        let sealed = self.world.categories.rules(self.workspace).await?;
        let mut keys = KeyRing::default();
        let mut rules = Vec::with_capacity(sealed.rules.len());
        for rule in sealed.rules {
            let (number, document) = (rule.number, rule.document);
            if let Some(content) = self.open(&mut keys, RULE, document, (number, &rule.sealed)).await? {
                rules.push(KeptRule { number, document, content });
            }
        }
        Ok(KeptRules { version: sealed.version, rules })
    }

    /// Brings a rule in, at a place from 0 or last.
    ///
    /// # Errors
    /// `Keys`, `Database`, `Inconsistent`.
    pub async fn add_rule(
        &self,
        expected: u64,
        content: &[u8],
        (document, at): (Option<DocumentId>, Option<u32>),
        actor: Actor,
    ) -> Result<Edited> {
        let key = match self.key(document).await {
            Ok(key) => key,
            Err(PlatformError::KeyDestroyed) => return self.without_key(document).await,
            Err(error) => return Err(error),
        };
        let sealed = self.seal(&key, RULE, document, (expected.saturating_add(1), content))?;
        self.edit(expected, &RuleEdit::Add { document, at, sealed }, actor).await
    }

    /// Takes a rule out.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn remove_rule(&self, expected: u64, number: u64, actor: Actor) -> Result<Edited> {
        self.edit(expected, &RuleEdit::Remove { number }, actor).await
    }

    /// Puts the rules into this order, each of them once.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn order_rules(&self, expected: u64, numbers: Vec<u64>, actor: Actor) -> Result<Edited> {
        self.edit(expected, &RuleEdit::Order { numbers }, actor).await
    }

    /// What the records come to. A correction whose document is being erased is not among them.
    ///
    /// # Errors
    /// `Unverified`, `Keys`, `Database`, `Inconsistent`.
    pub async fn corrections(&self) -> Result<KeptCorrections> {
        let SealedCorrections { version, records } =
            self.world.categories.corrections(self.workspace).await?;
        let mut keys = KeyRing::default();
        let mut kept = KeptCorrections { version, learning: true, corrections: Vec::new() };
        let mut places: HashMap<u64, usize> = HashMap::new();
        for record in records {
            let (number, document) = (record.number, record.document);
            match record.kind {
                CorrectionKind::SwitchedOff => kept.learning = false,
                CorrectionKind::SwitchedOn => kept.learning = true,
                CorrectionKind::Undone(of) => {
                    if let Some(undone) = places.get(&of).and_then(|at| kept.corrections.get_mut(*at)) {
                        undone.undone = true;
                    }
                }
                CorrectionKind::Corrected => {
                    let sealed = record.sealed.ok_or(PlatformError::Inconsistent("correction"))?;
                    let opened = self.open(&mut keys, CORRECTION, document, (number, &sealed)).await?;
                    let Some(content) = opened else { continue };
                    places.insert(number, kept.corrections.len());
                    let (actor, at) = (record.actor, record.at);
                    kept.corrections.push(KeptCorrection {
                        number,
                        document,
                        actor,
                        at,
                        undone: false,
                        content,
                    });
                }
            }
        }
        Ok(kept)
    }

    /// Keeps what a person said of a row of this document. [`Edited::Done`] has its number.
    ///
    /// # Errors
    /// `Keys`, `Database`, `Inconsistent`.
    pub async fn correct(&self, document: DocumentId, content: &[u8], actor: Actor) -> Result<Edited> {
        let key = match self.key(Some(document)).await {
            Ok(key) => key,
            Err(PlatformError::KeyDestroyed) => return self.without_key(Some(document)).await,
            Err(error) => return Err(error),
        };
        self.record(actor, |number| {
            let sealed = self.seal(&key, CORRECTION, Some(document), (number, content))?;
            Ok(NewCorrection::Corrected { document, sealed })
        })
        .await
    }

    /// Takes a correction back.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn undo(&self, number: u64, actor: Actor) -> Result<Edited> {
        self.record(actor, |_| Ok(NewCorrection::Undone(number))).await
    }

    /// Switches learning off, which is an objection, or on.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn switch(&self, on: bool, actor: Actor) -> Result<Edited> {
        self.record(actor, |_| Ok(NewCorrection::Switched(on))).await
    }

    async fn edit(&self, expected: u64, edit: &RuleEdit, actor: Actor) -> Result<Edited> {
        self.world.documents.ensure_workspace(self.workspace).await?;
        self.world.categories.edit_rules(self.workspace, expected, edit, actor).await
    }

    /// Adds a record behind whatever others add at the same moment.
    async fn record(
        &self,
        actor: Actor,
        make: impl Fn(u64) -> Result<NewCorrection> + Send,
    ) -> Result<Edited> {
        self.world.documents.ensure_workspace(self.workspace).await?;
        let mut expected = self.versions().await?.corrections;
        for _ in 0..TRIES {
            let record = make(expected.saturating_add(1))?;
            match self.world.categories.record(self.workspace, expected, &record, actor).await? {
                Edited::Stale(version) => expected = version,
                answer @ (Edited::Done(_) | Edited::Absent | Edited::Gone) => return Ok(answer),
            }
        }
        Ok(Edited::Stale(expected))
    }

    async fn key(&self, document: Option<DocumentId>) -> Result<DocumentKey> {
        match document {
            Some(document) => self.world.keys.document_key(self.workspace, document).await,
            None => self.world.keys.workspace_content_key(self.workspace).await,
        }
    }

    /// A document without a key: erased, or never there.
    async fn without_key(&self, document: Option<DocumentId>) -> Result<Edited> {
        let Some(document) = document else { return Err(PlatformError::KeyDestroyed) };
        let looked = self.world.documents.document(self.workspace, document).await?;
        Ok(match looked {
            crate::port::Lookup::Absent => Edited::Absent,
            crate::port::Lookup::Found(_) | crate::port::Lookup::Gone(_) => Edited::Gone,
        })
    }

    fn seal(
        &self,
        key: &DocumentKey,
        what: &'static str,
        document: Option<DocumentId>,
        (number, content): (u64, &[u8]),
    ) -> Result<Vec<u8>> {
        let context = Context::category(what, self.workspace, document, number);
        seal_bytes(key.id, &key.secret, &context, content)
    }

    /// `None` when the key is gone, and what it sealed with it.
    async fn open(
        &self,
        keys: &mut KeyRing,
        what: &'static str,
        document: Option<DocumentId>,
        (number, sealed): (u64, &[u8]),
    ) -> Result<Option<Vec<u8>>> {
        let key = match keys.0.entry(document) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(free) => free.insert(match self.key(document).await {
                Ok(key) => Some(key),
                Err(PlatformError::KeyDestroyed) => None,
                Err(error) => return Err(error),
            }),
        };
        let Some(key) = key else { return Ok(None) };
        let context = Context::category(what, self.workspace, document, number);
        open_bytes(key.id, &key.secret, &context, sealed).map(Some)
    }
}

/// Keys that were fetched for one reading.
#[derive(Default)]
struct KeyRing(HashMap<Option<DocumentId>, Option<DocumentKey>>);
