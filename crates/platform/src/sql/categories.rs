//! Rules and corrections of categories.

use super::audit::{self, Entry};
use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, query};
use crate::port::{
    Actor, AuditAction, Categories, CategoryVersions, CorrectionKind, Edited, NewCorrection, RuleEdit,
    SealedCorrection, SealedCorrections, SealedRule, SealedRules,
};
use crate::sql::from_row::from_row;
use crate::{PlatformError, Result};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::collections::BTreeSet;

pub(crate) struct SqlCategories(pub(crate) Database);

from_row! {
    struct RuleRow {
        number: i64,
        document_id: Option<String>,
        sealed: Vec<u8>,
    }
}

from_row! {
    struct CorrectionRow {
        number: i64,
        kind: String,
        undone_number: Option<i64>,
        document_id: Option<String>,
        actor: String,
        at: i64,
        sealed: Option<Vec<u8>>,
    }
}

impl RuleRow {
    fn rule(self) -> Result<SealedRule> {
        let document = self.document_id.as_deref().map(row::id).transpose()?;
        Ok(SealedRule { number: row::count(self.number)?, document, sealed: self.sealed })
    }
}

const CORRECTED: &str = "corrected";
const UNDONE: &str = "undone";
const SWITCHED_OFF: &str = "switched_off";
const SWITCHED_ON: &str = "switched_on";

impl CorrectionRow {
    fn record(self) -> Result<SealedCorrection> {
        let kind = match (self.kind.as_str(), self.undone_number) {
            (CORRECTED, None) => CorrectionKind::Corrected,
            (UNDONE, Some(number)) => CorrectionKind::Undone(row::count(number)?),
            (SWITCHED_OFF, None) => CorrectionKind::SwitchedOff,
            (SWITCHED_ON, None) => CorrectionKind::SwitchedOn,
            _ => return Err(PlatformError::Inconsistent("correction")),
        };
        Ok(SealedCorrection {
            number: row::count(self.number)?,
            kind,
            document: self.document_id.as_deref().map(row::id).transpose()?,
            actor: row::actor(&self.actor)?,
            at: row::time(self.at)?,
            sealed: self.sealed,
        })
    }
}

/// One of the two lists.
#[derive(Clone, Copy)]
enum List {
    Rules,
    Corrections,
}

async fn versions(tx: &mut Tx, workspace: WorkspaceId) -> Result<CategoryVersions> {
    let found: Option<(i64, i64)> =
        query("SELECT rules_version, corrections_version FROM category_books WHERE workspace_id = $1")
            .bind(workspace.to_string())
            .optional(tx)
            .await?;
    let (rules, corrections) = found.unwrap_or((0, 0));
    Ok(CategoryVersions { rules: row::count(rules)?, corrections: row::count(corrections)? })
}

/// Counts a change of a list and says its version now.
async fn count_up(tx: &mut Tx, workspace: WorkspaceId, list: List) -> Result<u64> {
    let statement = match list {
        List::Rules => {
            "INSERT INTO category_books (workspace_id, rules_version) VALUES ($1, 1)
             ON CONFLICT (workspace_id) DO UPDATE SET rules_version = category_books.rules_version + 1"
        }
        List::Corrections => {
            "INSERT INTO category_books (workspace_id, corrections_version) VALUES ($1, 1)
             ON CONFLICT (workspace_id) DO UPDATE SET corrections_version = category_books.corrections_version + 1"
        }
    };
    query(statement).bind(workspace.to_string()).execute(tx).await?;
    let now = versions(tx, workspace).await?;
    Ok(match list {
        List::Rules => now.rules,
        List::Corrections => now.corrections,
    })
}

/// Whether a document is there: `Gone` for one that is tombstoned or erased.
async fn document_lives(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Option<Edited>> {
    let found: Option<(bool,)> =
        query("SELECT tombstoned_at IS NOT NULL FROM documents WHERE workspace_id = $1 AND id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .optional(tx)
            .await?;
    let erased: Option<(String,)> =
        query("SELECT id FROM receipts WHERE workspace_id = $1 AND document_id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .optional(tx)
            .await?;
    Ok(match (found, erased) {
        (Some((false,)), _) => None,
        (Some((true,)), _) | (None, Some(_)) => Some(Edited::Gone),
        (None, None) => Some(Edited::Absent),
    })
}

/// What was learned from a document goes with it, in the transaction that erases its rows.
pub(super) async fn forget(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
    let mut gone = 0;
    for (list, statement) in [
        (List::Rules, "DELETE FROM category_rules WHERE workspace_id = $1 AND document_id = $2"),
        (List::Corrections, "DELETE FROM category_corrections WHERE workspace_id = $1 AND document_id = $2"),
    ] {
        let deleted =
            query(statement).bind(workspace.to_string()).bind(document.to_string()).execute(tx).await?;
        if deleted > 0 {
            count_up(tx, workspace, list).await?;
        }
        gone += deleted;
    }
    if gone == 0 {
        return Ok(());
    }
    let action = AuditAction::CategoriesForgotten;
    let detail = gone.to_string();
    let entry = Entry { actor: Actor::Sweeper, action, document: Some(document), job: None, detail: &detail };
    audit::append(tx, workspace, entry).await
}

async fn rules(tx: &mut Tx, workspace: WorkspaceId) -> Result<Vec<SealedRule>> {
    let rows: Vec<RuleRow> = query(
        "SELECT number, document_id, sealed FROM category_rules WHERE workspace_id = $1 ORDER BY place, number",
    )
    .bind(workspace.to_string())
    .all(tx)
    .await?;
    rows.into_iter().map(RuleRow::rule).collect()
}

async fn put_at(tx: &mut Tx, workspace: WorkspaceId, number: u64, place: u64) -> Result<()> {
    query("UPDATE category_rules SET place = $3 WHERE workspace_id = $1 AND number = $2 AND place <> $3")
        .bind(workspace.to_string())
        .bind(row::stored(number)?)
        .bind(row::stored(place)?)
        .execute(tx)
        .await?;
    Ok(())
}

impl SqlCategories {
    async fn try_edit(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &RuleEdit,
        actor: Actor,
    ) -> Result<Edited> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let version = versions(&mut tx, workspace).await?.rules;
        if version != expected {
            return Ok(Edited::Stale(version));
        }
        let (action, document) = match edit {
            RuleEdit::Add { document, .. } => (AuditAction::CategoryRuleAdded, *document),
            RuleEdit::Remove { .. } => (AuditAction::CategoryRuleRemoved, None),
            RuleEdit::Order { .. } => (AuditAction::CategoryRulesOrdered, None),
        };
        let refused = match edit {
            RuleEdit::Add { document, at, sealed } => {
                add(&mut tx, workspace, version + 1, (*document, *at, sealed)).await?
            }
            RuleEdit::Remove { number } => remove(&mut tx, workspace, *number).await?,
            RuleEdit::Order { numbers } => order(&mut tx, workspace, numbers).await?,
        };
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let version = count_up(&mut tx, workspace, List::Rules).await?;
        let detail = version.to_string();
        audit::append(&mut tx, workspace, Entry { actor, action, document, job: None, detail: &detail })
            .await?;
        tx.commit().await?;
        Ok(Edited::Done(version))
    }

    async fn try_record(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        record: &NewCorrection,
        actor: Actor,
    ) -> Result<Edited> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let version = versions(&mut tx, workspace).await?.corrections;
        if version != expected {
            return Ok(Edited::Stale(version));
        }
        let mut new = NewRow { kind: CORRECTED, undone: None, document: None, sealed: None };
        let (action, detail) = match record {
            NewCorrection::Corrected { document, sealed } => {
                if let Some(refused) = document_lives(&mut tx, workspace, *document).await? {
                    return Ok(refused);
                }
                new = NewRow { document: Some(*document), sealed: Some(sealed), ..new };
                (AuditAction::CategoryCorrected, (version + 1).to_string())
            }
            NewCorrection::Undone(number) => {
                let Some(document) = in_force(&mut tx, workspace, *number).await? else {
                    return Ok(Edited::Absent);
                };
                new = NewRow { kind: UNDONE, undone: Some(*number), document, ..new };
                (AuditAction::CategoryCorrectionUndone, number.to_string())
            }
            NewCorrection::Switched(on) => {
                if learns(&mut tx, workspace).await? == *on {
                    return Ok(Edited::Done(version));
                }
                new = NewRow { kind: if *on { SWITCHED_ON } else { SWITCHED_OFF }, ..new };
                (AuditAction::CategoryLearningSwitched, if *on { "on" } else { "off" }.to_owned())
            }
        };
        let version = count_up(&mut tx, workspace, List::Corrections).await?;
        let document = new.document;
        new.insert(&mut tx, workspace, version, actor).await?;
        audit::append(&mut tx, workspace, Entry { actor, action, document, job: None, detail: &detail })
            .await?;
        tx.commit().await?;
        Ok(Edited::Done(version))
    }
}

impl SqlCategories {
    async fn try_note(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        names: u32,
        actor: Actor,
    ) -> Result<bool> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        if document_lives(&mut tx, workspace, document).await?.is_some() {
            return Ok(false);
        }
        let (action, detail) = (AuditAction::EndpointAsked, names.to_string());
        let entry = Entry { actor, action, document: Some(document), job: None, detail: &detail };
        audit::append(&mut tx, workspace, entry).await?;
        tx.commit().await?;
        Ok(true)
    }
}

struct NewRow<'n> {
    kind: &'static str,
    undone: Option<u64>,
    document: Option<DocumentId>,
    sealed: Option<&'n Vec<u8>>,
}

impl NewRow<'_> {
    async fn insert(self, tx: &mut Tx, workspace: WorkspaceId, number: u64, actor: Actor) -> Result<()> {
        let statement = if self.sealed.is_some() {
            "INSERT INTO category_corrections (workspace_id, number, kind, undone_number, document_id, actor, at, sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        } else {
            "INSERT INTO category_corrections (workspace_id, number, kind, undone_number, document_id, actor, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        };
        let now = tx.now_ms();
        query(statement)
            .bind(workspace.to_string())
            .bind(row::stored(number)?)
            .bind(self.kind)
            .bind(self.undone.map(row::stored).transpose()?)
            .bind(self.document.map(|document| document.to_string()))
            .bind(actor.as_str())
            .bind(now)
            .bind_all(self.sealed.map(|sealed| &sealed[..]))
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// Brings a rule in; says why not.
async fn add(
    tx: &mut Tx,
    workspace: WorkspaceId,
    number: u64,
    (document, at, sealed): (Option<DocumentId>, Option<u32>, &[u8]),
) -> Result<Option<Edited>> {
    if let Some(document) = document
        && let Some(refused) = document_lives(tx, workspace, document).await?
    {
        return Ok(Some(refused));
    }
    let mut numbers: Vec<u64> = rules(tx, workspace).await?.iter().map(|rule| rule.number).collect();
    let place = at.and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX).min(numbers.len());
    query(
        "INSERT INTO category_rules (workspace_id, number, place, document_id, sealed) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(workspace.to_string())
    .bind(row::stored(number)?)
    .bind(row::stored(place as u64)?)
    .bind(document.map(|document| document.to_string()))
    .bind(sealed)
    .execute(tx)
    .await?;
    numbers.insert(place, number);
    for (place, number) in numbers.into_iter().enumerate() {
        put_at(tx, workspace, number, place as u64).await?;
    }
    Ok(None)
}

async fn remove(tx: &mut Tx, workspace: WorkspaceId, number: u64) -> Result<Option<Edited>> {
    let gone = query("DELETE FROM category_rules WHERE workspace_id = $1 AND number = $2")
        .bind(workspace.to_string())
        .bind(row::stored(number)?)
        .execute(tx)
        .await?;
    Ok((gone == 0).then_some(Edited::Absent))
}

async fn order(tx: &mut Tx, workspace: WorkspaceId, numbers: &[u64]) -> Result<Option<Edited>> {
    let held: BTreeSet<u64> = rules(tx, workspace).await?.iter().map(|rule| rule.number).collect();
    if numbers.len() != held.len() || numbers.iter().copied().collect::<BTreeSet<_>>() != held {
        return Ok(Some(Edited::Absent));
    }
    for (place, number) in numbers.iter().enumerate() {
        put_at(tx, workspace, *number, place as u64).await?;
    }
    Ok(None)
}

/// The document of a correction that was not taken back; `None` where there is no such correction.
async fn in_force(tx: &mut Tx, workspace: WorkspaceId, number: u64) -> Result<Option<Option<DocumentId>>> {
    let found: Option<(Option<String>,)> = query(
        "SELECT document_id FROM category_corrections AS c
         WHERE workspace_id = $1 AND number = $2 AND kind = 'corrected' AND NOT EXISTS (
             SELECT 1 FROM category_corrections WHERE workspace_id = $1 AND undone_number = c.number)",
    )
    .bind(workspace.to_string())
    .bind(row::stored(number)?)
    .optional(tx)
    .await?;
    found.map(|(document,)| document.as_deref().map(row::id).transpose()).transpose()
}

/// Whether anything may follow from corrections: the last word counts.
async fn learns(tx: &mut Tx, workspace: WorkspaceId) -> Result<bool> {
    let last: Option<(String,)> = query(
        "SELECT kind FROM category_corrections
         WHERE workspace_id = $1 AND kind IN ('switched_off', 'switched_on') ORDER BY number DESC LIMIT 1",
    )
    .bind(workspace.to_string())
    .optional(tx)
    .await?;
    Ok(last.is_none_or(|(kind,)| kind != SWITCHED_OFF))
}

#[async_trait]
impl Categories for SqlCategories {
    async fn versions(&self, workspace: WorkspaceId) -> Result<CategoryVersions> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        versions(&mut tx, workspace).await
    }

    async fn rules(&self, workspace: WorkspaceId) -> Result<SealedRules> {
        let mut tx = self.0.snapshot(Scope::Workspace(workspace)).await?;
        let version = versions(&mut tx, workspace).await?.rules;
        Ok(SealedRules { version, rules: rules(&mut tx, workspace).await? })
    }

    async fn edit_rules(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &RuleEdit,
        actor: Actor,
    ) -> Result<Edited> {
        self.0.again(|| self.try_edit(workspace, expected, edit, actor)).await
    }

    async fn corrections(&self, workspace: WorkspaceId) -> Result<SealedCorrections> {
        let mut tx = self.0.snapshot(Scope::Workspace(workspace)).await?;
        let version = versions(&mut tx, workspace).await?.corrections;
        let rows: Vec<CorrectionRow> = query(
            "SELECT number, kind, undone_number, document_id, actor, at, sealed FROM category_corrections
             WHERE workspace_id = $1 ORDER BY number",
        )
        .bind(workspace.to_string())
        .all(&mut tx)
        .await?;
        let records = rows.into_iter().map(CorrectionRow::record).collect::<Result<_>>()?;
        Ok(SealedCorrections { version, records })
    }

    async fn record(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        record: &NewCorrection,
        actor: Actor,
    ) -> Result<Edited> {
        self.0.again(|| self.try_record(workspace, expected, record, actor)).await
    }

    async fn note_asked(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        names: u32,
        actor: Actor,
    ) -> Result<bool> {
        self.0.again(|| self.try_note(workspace, document, names, actor)).await
    }
}
