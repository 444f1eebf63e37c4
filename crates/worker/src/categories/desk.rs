//! Where a workspace's rules are looked at and changed: the same for the API and the command line.

use super::fault::{CategoryFault, done};
use super::kept::{self, HeldRule};
use serde::Serialize;
use smartexus_categorize::{Rulebook, WorkspaceError, WorkspaceRule, WorkspaceRules};
use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::World;
use smartexus_platform::port::Actor;
use std::sync::Arc;

/// Rules and corrections of one workspace, for one actor.
pub struct CategoryDesk {
    pub(super) world: World,
    pub(super) rulebook: Arc<Rulebook>,
    pub(super) workspace: WorkspaceId,
    pub(super) actor: Actor,
}

/// The rules in their order: `smartexus.rules/1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulesView {
    /// `smartexus.rules/1`
    pub schema: &'static str,
    /// Counts up with every change.
    pub version: u64,
    /// The first that fits decides.
    pub rules: Vec<RuleView>,
}

/// One rule, and the document it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// What it says.
    pub rule: WorkspaceRule,
    /// It goes with this document.
    pub document: Option<DocumentId>,
}

impl CategoryDesk {
    /// A desk before this world.
    #[must_use]
    pub const fn new(world: World, rulebook: Arc<Rulebook>, workspace: WorkspaceId, actor: Actor) -> Self {
        Self { world, rulebook, workspace, actor }
    }

    /// The rules in their order.
    ///
    /// # Errors
    /// [`CategoryFault::Platform`].
    pub async fn rules(&self) -> Result<RulesView, CategoryFault> {
        let (version, held) = self.held().await?;
        let rules = held.into_iter().map(|held| RuleView { rule: held.rule, document: held.document });
        Ok(RulesView { schema: "smartexus.rules/1", version, rules: rules.collect() })
    }

    /// Brings a rule in, at a place from 0 or last; says the list's version then. `expected` is the version that the caller
    /// knows; `None` takes the one there is.
    ///
    /// # Errors
    /// [`CategoryFault`]: it could never be meant, the list was changed meanwhile, or its document is not there.
    pub async fn add_rule(
        &self,
        rule: &WorkspaceRule,
        (document, at): (Option<DocumentId>, Option<u32>),
        expected: Option<u64>,
    ) -> Result<u64, CategoryFault> {
        let (version, held) = self.held().await?;
        let mut rules = self.known(held);
        rules.add(rule.clone(), &self.rulebook)?;
        let content = serde_json::to_vec(rule).map_err(|_| CategoryFault::Absent)?;
        let book = self.world.category_book(self.workspace);
        done(book.add_rule(expected.unwrap_or(version), &content, (document, at), self.actor).await?)
    }

    /// Takes a rule out by its id.
    ///
    /// # Errors
    /// [`CategoryFault`]: there is none, or the list was changed meanwhile.
    pub async fn remove_rule(&self, id: &str, expected: Option<u64>) -> Result<u64, CategoryFault> {
        let (version, held) = self.held().await?;
        let number = number_of(&held, id)?;
        let book = self.world.category_book(self.workspace);
        done(book.remove_rule(expected.unwrap_or(version), number, self.actor).await?)
    }

    /// Puts the rules into this order, each id once.
    ///
    /// # Errors
    /// [`CategoryFault`]: not each of them once, or the list was changed meanwhile.
    pub async fn order_rules(&self, ids: &[String], expected: Option<u64>) -> Result<u64, CategoryFault> {
        let (version, held) = self.held().await?;
        let numbers = ids.iter().map(|id| number_of(&held, id)).collect::<Result<Vec<_>, _>>()?;
        let book = self.world.category_book(self.workspace);
        done(book.order_rules(expected.unwrap_or(version), numbers, self.actor).await?)
    }

    pub(super) async fn held(&self) -> Result<(u64, Vec<HeldRule>), CategoryFault> {
        let rules = self.world.category_book(self.workspace).rules().await?;
        Ok((rules.version, kept::rules(rules)?))
    }

    /// The rules as they decide; one that this release does not carry any more says nothing.
    pub(super) fn known(&self, held: Vec<HeldRule>) -> WorkspaceRules {
        let mut rules = WorkspaceRules::default();
        for held in held {
            drop(rules.add(held.rule, &self.rulebook));
        }
        rules
    }
}

fn number_of(held: &[HeldRule], id: &str) -> Result<u64, CategoryFault> {
    let found = held.iter().find(|held| held.rule.id == id);
    found.map(|held| held.number).ok_or_else(|| WorkspaceError::Missing(id.to_owned()).into())
}
