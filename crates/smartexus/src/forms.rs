//! What the door asks about forms, answered at the desk of the workspace.

use smartexus_intake::{FormAsk, FormReply, FormShown};
use smartexus_platform::PlatformError;
use smartexus_worker::forms::{FormDesk, FormFault, FormView, FormWish, MappingCheck};

/// Answers one question.
pub(crate) async fn answer(desk: &FormDesk, ask: FormAsk) -> Result<FormReply, PlatformError> {
    let answered = match ask {
        FormAsk::Fill(wish) => desk.fill(wished(wish)).await.map(FormReply::Made),
        FormAsk::Edit { form, edits, trace } => desk.edit(form, edits, trace).await.map(FormReply::Made),
        FormAsk::Look(id) => desk.look(id).await.map(|view| FormReply::Shown(Box::new(shown(view)))),
        FormAsk::Check { mapping, blank } => desk.check(&mapping, blank).await.map(checked),
    };
    answered.or_else(refusal)
}

fn wished(wish: smartexus_intake::FormWish) -> FormWish {
    FormWish {
        blank: wish.blank,
        documents: wish.documents,
        facts: wish.facts,
        mapping: wish.mapping,
        edits: wish.edits,
        lock: wish.lock,
        flatten: wish.flatten,
        trace: wish.trace,
    }
}

fn shown(view: FormView) -> FormShown {
    let FormView { document, blank, documents, revises, version, edits, artifacts } = view;
    FormShown { document, blank, documents, revises, version, edits, artifacts }
}

fn checked(check: MappingCheck) -> FormReply {
    let MappingCheck { mapping, faults } = check;
    FormReply::Checked { mapping, faults }
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
