//! What the door asks about forms, answered at the desk of the workspace.

use smartexus_intake::{FormAsk, FormReply, FormShown, MappingShown, UnreadMappingShown};
use smartexus_platform::PlatformError;
use smartexus_worker::forms::{
    FormDesk, FormFault, FormView, FormWish, MappingCheck, OwnMapping, OwnMappings, UnreadMapping,
};

/// Answers one question.
pub(crate) async fn answer(desk: &FormDesk, ask: FormAsk) -> Result<FormReply, PlatformError> {
    let answered = match ask {
        FormAsk::Fill(wish) => desk.fill(wished(wish)).await.map(FormReply::Made),
        FormAsk::Edit { form, edits, trace } => desk.edit(form, edits, trace).await.map(FormReply::Made),
        FormAsk::Look(id) => desk.look(id).await.map(|view| FormReply::Shown(Box::new(shown(view)))),
        FormAsk::Check { mapping, blank } => desk.check(&mapping, blank).await.map(checked),
        FormAsk::Mappings => desk.mappings().await.map(mappings_reply),
        FormAsk::ShowMapping(name) => desk.mappings().await.map(|kept| {
            let found = kept.mappings.into_iter().find(|kept| kept.mapping.name == name);
            found.map_or(FormReply::NoMapping, mapping_reply)
        }),
        FormAsk::KeepMapping { mapping, blank } => {
            desk.keep_mapping(&mapping, blank).await.map(mapping_reply)
        }
        FormAsk::RemoveMapping(name) => desk
            .remove_mapping(&name)
            .await
            .map(|was_there| if was_there { FormReply::Removed } else { FormReply::NoMapping }),
    };
    answered.or_else(refusal)
}

fn wished(wish: smartexus_intake::FormWish) -> FormWish {
    FormWish {
        blank: wish.blank,
        documents: wish.documents,
        case: wish.case,
        facts: wish.facts,
        mapping: wish.mapping,
        edits: wish.edits,
        lock: wish.lock,
        flatten: wish.flatten,
        trace: wish.trace,
    }
}

fn shown(view: FormView) -> FormShown {
    let FormView { document, blank, documents, case, revises, version, edits, artifacts } = view;
    FormShown { document, blank, documents, case, revises, version, edits, artifacts }
}

fn checked(check: MappingCheck) -> FormReply {
    let MappingCheck { mapping, faults } = check;
    FormReply::Checked { mapping, faults }
}

fn mappings_reply(kept: OwnMappings) -> FormReply {
    FormReply::Mappings {
        mappings: kept.mappings.into_iter().map(mapping_shown).collect(),
        unread: kept.unread.into_iter().map(unread_shown).collect(),
    }
}

fn unread_shown(kept: UnreadMapping) -> UnreadMappingShown {
    let UnreadMapping { name, text, faults, at, .. } = kept;
    UnreadMappingShown { name, at, faults, text }
}

fn mapping_reply(kept: OwnMapping) -> FormReply {
    FormReply::Mapping(Box::new(mapping_shown(kept)))
}

fn mapping_shown(kept: OwnMapping) -> MappingShown {
    let OwnMapping { mapping, text, at, .. } = kept;
    let (name, version, title, edition) = (mapping.name, mapping.version, mapping.title, mapping.edition);
    MappingShown { name, version, title, edition, at, text }
}

fn refusal(fault: FormFault) -> Result<FormReply, PlatformError> {
    match fault {
        FormFault::Refused { code, message } => Ok(FormReply::Refused { code, message }),
        FormFault::Absent(id) => Ok(FormReply::Absent(id)),
        FormFault::Gone(id) => Ok(FormReply::Gone(id)),
        FormFault::NotReady(id) => Ok(FormReply::NotReady(id)),
        FormFault::Platform(error) => Err(error),
    }
}
