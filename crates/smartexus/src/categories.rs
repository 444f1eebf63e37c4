//! What the door asks about categories, answered at the desk of the workspace.

use serde::Serialize;
use serde_json::Value;
use smartexus_categorize::WorkspaceRule;
use smartexus_domain::CategoryId;
use smartexus_intake::{CategoryAsk, CategoryReply};
use smartexus_platform::PlatformError;
use smartexus_worker::categories::{CategoryDesk, CategoryFault, CorrectionAsk};

/// Answers one question.
pub(crate) async fn answer(desk: &CategoryDesk, ask: CategoryAsk) -> Result<CategoryReply, CategoryFault> {
    Ok(match ask {
        CategoryAsk::Rules => {
            let view = desk.rules().await?;
            shown(Some(view.version), &view)
        }
        CategoryAsk::AddRule { rule, document, at, expected } => match read(rule) {
            Ok(rule) => CategoryReply::Done(desk.add_rule(&rule, (document, at), Some(expected)).await?),
            Err(refused) => refused,
        },
        CategoryAsk::RemoveRule { id, expected } => {
            CategoryReply::Done(desk.remove_rule(&id, Some(expected)).await?)
        }
        CategoryAsk::OrderRules { ids, expected } => {
            CategoryReply::Done(desk.order_rules(&ids, Some(expected)).await?)
        }
        CategoryAsk::PreviewRule { rule } => match read(rule) {
            Ok(rule) => shown(None, &desk.preview(&rule).await?),
            Err(refused) => refused,
        },
        CategoryAsk::Corrections { after, limit } => {
            let view = desk.corrections(after, limit).await?;
            shown(Some(view.version), &view)
        }
        CategoryAsk::Correct { document, statement, seq, category } => {
            let category = CategoryId::new(category);
            let asked = CorrectionAsk { document, statement, seq, category };
            CategoryReply::Done(desk.correct(&asked).await?)
        }
        CategoryAsk::Undo(number) => CategoryReply::Done(desk.undo(number).await?),
        CategoryAsk::SwitchLearning(on) => CategoryReply::Done(desk.switch_learning(on).await?),
    })
}

/// Why it was not done, as the door says it.
pub(crate) fn refusal(fault: CategoryFault) -> Result<CategoryReply, PlatformError> {
    match fault {
        CategoryFault::Refused(smartexus_categorize::WorkspaceError::Missing(_)) | CategoryFault::Absent => {
            Ok(CategoryReply::Absent)
        }
        CategoryFault::Refused(error) => {
            Ok(CategoryReply::Refused { code: error.code(), message: error.to_string() })
        }
        CategoryFault::Stale(version) => Ok(CategoryReply::Stale(version)),
        CategoryFault::Gone => Ok(CategoryReply::Gone),
        CategoryFault::NoRows => Ok(CategoryReply::NotReady),
        CategoryFault::Platform(error) => Err(error),
    }
}

/// A rule as a request says it.
fn read(rule: Value) -> Result<WorkspaceRule, CategoryReply> {
    serde_json::from_value(rule)
        .map_err(|error| CategoryReply::Refused { code: "malformed_rule", message: error.to_string() })
}

fn shown(version: Option<u64>, view: &impl Serialize) -> CategoryReply {
    // These shapes hold nothing that JSON has no word for.
    CategoryReply::Shown { version, body: serde_json::to_value(view).unwrap_or(Value::Null) }
}
