//! `smartexus rules list|preview|add|remove|order`: a workspace's category rules, in the store of a server.

use crate::backends;
use crate::cli::RulesCommand;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::{Output, one_line};
use crate::rules_file;
use crate::station::{LOCAL_WORKSPACE, rulebook, world_failed};
use crate::store;
use crate::table::{Align, Cell, Table};
use serde::Serialize;
use smartexus_categorize::{Direction, Rulebook, WorkspaceRule};
use smartexus_platform::World;
use smartexus_platform::port::Actor;
use smartexus_worker::categories::{CategoryDesk, CategoryFault, RulePreview};
use std::path::Path;
use std::sync::Arc;

/// Changed rows that a person is shown; `--json` shows more.
const CHANGES_FOR_PEOPLE: usize = 20;

/// Runs one of them.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &RulesCommand,
) -> Result<Exit, Stop> {
    let book = Arc::new(rulebook()?);
    match command {
        RulesCommand::List => list(output, &existing(configuration, book).await?).await,
        RulesCommand::Preview { file } => {
            let rules = read(file, &book)?;
            preview(output, &existing(configuration, book).await?, &rules).await
        }
        RulesCommand::Add { file, at } => {
            let rules = read(file, &book)?;
            let world = backends::open(configuration).await?;
            add(output, &desk(world, book), &rules, *at).await
        }
        RulesCommand::Order { ids } => order(output, &existing(configuration, book).await?, ids).await,
        RulesCommand::Remove { ids } => remove(output, &existing(configuration, book).await?, ids).await,
    }
}

fn read(file: &Path, book: &Rulebook) -> Result<Vec<WorkspaceRule>, Stop> {
    Ok(rules_file::read(file, book)?.list().cloned().collect())
}

pub(super) async fn existing(
    configuration: &Configuration,
    book: Arc<Rulebook>,
) -> Result<CategoryDesk, Stop> {
    Ok(desk(store::open_existing(configuration).await?, book))
}

const fn desk(world: World, book: Arc<Rulebook>) -> CategoryDesk {
    CategoryDesk::new(world, book, LOCAL_WORKSPACE, Actor::Operator)
}

async fn list(output: Output, desk: &CategoryDesk) -> Result<Exit, Stop> {
    let view = desk.rules().await.map_err(refused)?;
    if output.json {
        output.object(&view)?;
        return Ok(Exit::Done);
    }
    let mut table = Table::new(&["id", "category", "when", "document"].map(|name| (name, Align::Left)));
    for held in &view.rules {
        let document = held.document.map_or_else(|| "–".to_owned(), |document| document.to_string());
        table.push(vec![
            Cell::new(one_line(&held.rule.id)),
            Cell::new(held.rule.category.as_str()),
            Cell::new(one_line(&conditions(&held.rule))),
            Cell::new(document),
        ]);
    }
    output.text(&table.render(output))?;
    output.note(&format!("{} rules; the first that fits a row decides", view.rules.len()));
    Ok(Exit::Done)
}

/// What a rule asks of a row, in words.
fn conditions(rule: &WorkspaceRule) -> String {
    let mut parts = Vec::new();
    if !rule.include.is_empty() {
        parts.push(rule.include.join(" or "));
    }
    if !rule.exclude.is_empty() {
        parts.push(format!("not {}", rule.exclude.join(", not ")));
    }
    match (rule.amount_min, rule.amount_max) {
        (Some(least), Some(most)) => parts.push(format!("{least} to {most} minor units")),
        (Some(least), None) => parts.push(format!("at least {least} minor units")),
        (None, Some(most)) => parts.push(format!("at most {most} minor units")),
        (None, None) => {}
    }
    parts.extend(rule.direction.map(|direction| match direction {
        Direction::In => "money in".to_owned(),
        Direction::Out => "money out".to_owned(),
        Direction::Neither => "no money".to_owned(),
    }));
    parts.extend(rule.account.as_ref().map(|account| format!("account {account}")));
    parts.extend(
        rule.recurring.map(|recurring| if recurring { "recurring" } else { "not recurring" }.to_owned()),
    );
    parts.join("; ")
}

/// One preview, and the rule it is of.
#[derive(Serialize)]
struct Previewed<'p> {
    rule: &'p str,
    #[serde(flatten)]
    preview: &'p RulePreview,
}

async fn preview(output: Output, desk: &CategoryDesk, rules: &[WorkspaceRule]) -> Result<Exit, Stop> {
    for rule in rules {
        let preview = desk.preview(rule).await.map_err(refused)?;
        if output.json {
            output.object(&Previewed { rule: &rule.id, preview: &preview })?;
        } else {
            print_preview(output, rule, &preview)?;
        }
    }
    Ok(Exit::Done)
}

fn print_preview(output: Output, rule: &WorkspaceRule, preview: &RulePreview) -> Result<(), Stop> {
    let older = if preview.complete { "" } else { "; older documents were not looked at" };
    output.text(&format!(
        "{}: {} of {} rows would change, {} of them approved already ({} documents{older})\n",
        one_line(&rule.id),
        preview.changed,
        preview.rows,
        preview.approved,
        preview.documents,
    ))?;
    for change in preview.changes.iter().take(CHANGES_FOR_PEOPLE) {
        output.text(&format!(
            "  {}  {}  {} -> {}\n",
            change.document,
            one_line(&change.description),
            change.before.as_str(),
            change.after.as_str()
        ))?;
    }
    let more = preview.changed.saturating_sub(CHANGES_FOR_PEOPLE);
    if more > 0 {
        output.text(&format!("  and {more} more\n"))?;
    }
    Ok(())
}

/// What became of one rule.
#[derive(Serialize)]
struct Changed<'c> {
    rule: &'c str,
    done: bool,
    /// The list's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

async fn add(
    output: Output,
    desk: &CategoryDesk,
    rules: &[WorkspaceRule],
    at: Option<u32>,
) -> Result<Exit, Stop> {
    let mut ended = Ended::default();
    for (number, rule) in (0_u32..).zip(rules) {
        let at = at.map(|at| at.saturating_add(number));
        let added = desk.add_rule(rule, (None, at), None).await;
        ended.note(output, &rule.id, added, "added")?;
    }
    if ended.done > 0 {
        output.note("documents that come from now on follow the rules; those that are there do not change");
    }
    Ok(ended.exit())
}

async fn remove(output: Output, desk: &CategoryDesk, ids: &[String]) -> Result<Exit, Stop> {
    let mut ended = Ended::default();
    for id in ids {
        let removed = desk.remove_rule(id, None).await;
        ended.note(output, id, removed, "removed")?;
    }
    Ok(ended.exit())
}

/// The whole list or nothing.
async fn order(output: Output, desk: &CategoryDesk, ids: &[String]) -> Result<Exit, Stop> {
    desk.order_rules(ids, None).await.map_err(refused)?;
    list(output, desk).await
}

#[derive(Default)]
struct Ended {
    done: usize,
    refused: usize,
}

impl Ended {
    fn note(
        &mut self,
        output: Output,
        rule: &str,
        answer: Result<u64, CategoryFault>,
        word: &str,
    ) -> Result<(), Stop> {
        let (version, reason) = match answer {
            Ok(version) => (Some(version), None),
            Err(CategoryFault::Platform(error)) => return Err(world_failed(&error)),
            Err(fault) => (None, Some(fault.to_string())),
        };
        let done = version.is_some();
        self.done += usize::from(done);
        self.refused += usize::from(!done);
        if output.json {
            return output.object(&Changed { rule, done, version, reason });
        }
        let said = reason.map_or_else(|| word.to_owned(), |reason| format!("refused: {reason}"));
        output.text(&format!("{}  {}\n", one_line(rule), one_line(&said)))
    }

    const fn exit(&self) -> Exit {
        match (self.refused, self.done) {
            (0, _) => Exit::Done,
            (_, 0) => Exit::Failed,
            (_, _) => Exit::Partial,
        }
    }
}

pub(super) fn refused(fault: CategoryFault) -> Stop {
    match fault {
        CategoryFault::Platform(error) => world_failed(&error),
        fault @ (CategoryFault::Refused(_)
        | CategoryFault::Stale(_)
        | CategoryFault::Absent
        | CategoryFault::Gone
        | CategoryFault::NoRows) => Stop::failed(fault.to_string()),
    }
}
