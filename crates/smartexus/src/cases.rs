//! What the door asks about cases, answered at the desk of the workspace.

use smartexus_intake::{CaseAsk, CaseReply, CaseShown};
use smartexus_platform::PlatformError;
use smartexus_worker::cases::{CaseDesk, CaseFault, CaseView, CaseWish};

/// Answers one question.
pub(crate) async fn answer(desk: &CaseDesk, ask: CaseAsk) -> Result<CaseReply, PlatformError> {
    let answered = match ask {
        CaseAsk::Make(wish) => desk.make(wished(wish)).await.map(CaseReply::Made),
        CaseAsk::Look(id) => desk.look(id).await.map(|view| CaseReply::Shown(Box::new(shown(view)))),
    };
    answered.or_else(refusal)
}

fn wished(wish: smartexus_intake::CaseWish) -> CaseWish {
    CaseWish {
        documents: wish.documents,
        pipeline: wish.pipeline,
        formats: wish.formats,
        title: wish.title,
        bank_id: wish.bank_id,
        allow_unverified: wish.allow_unverified,
        choices: wish.choices,
        trace: wish.trace,
    }
}

fn shown(view: CaseView) -> CaseShown {
    let CaseView { document, documents, outdated, title, artifacts } = view;
    CaseShown { document, documents, outdated, title, artifacts }
}

fn refusal(fault: CaseFault) -> Result<CaseReply, PlatformError> {
    match fault {
        CaseFault::Refused { code, message } => Ok(CaseReply::Refused { code, message }),
        CaseFault::Absent(id) => Ok(CaseReply::Absent(id)),
        CaseFault::Gone(id) => Ok(CaseReply::Gone(id)),
        CaseFault::NotReady(id) => Ok(CaseReply::NotReady(id)),
        CaseFault::Platform(error) => Err(error),
    }
}
