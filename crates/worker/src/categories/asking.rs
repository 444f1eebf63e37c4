//! Asks a model outside about names that nothing here can tell: within a budget, each sending on record, each answer kept
//! as an input of the document.

use smartexus_categorize::{
    Answer, Answers, PROMPT_VERSION, QUESTIONS_PER_CALL, Question, Rulebook, prompt, read_reply, take_answers,
};
use smartexus_domain::{DocumentId, Finding, Reading, WorkspaceId};
use smartexus_platform::port::{Actor, Adviser, AskFault, Clock};
use smartexus_platform::{PlatformError, World};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Answers that one process remembers; then it forgets all of them.
const REMEMBERED_MAX: usize = 20_000;
const DAY_S: i64 = 86_400;

/// Whom a model may be asked for, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointPolicy {
    /// Workspaces that turned it on. All others never ask, whatever a pipeline says.
    pub workspaces: Vec<WorkspaceId>,
    /// Calls for one document.
    pub calls_per_document: u32,
    /// Calls of a workspace in one day (UTC), by this process.
    pub calls_per_day: u32,
}

impl EndpointPolicy {
    /// Calls for one document by default: 200 names.
    pub const CALLS_PER_DOCUMENT: u32 = 5;
    /// Calls a day by default.
    pub const CALLS_PER_DAY: u32 = 500;

    /// The usual budget, for these workspaces.
    #[must_use]
    pub const fn new(workspaces: Vec<WorkspaceId>) -> Self {
        let (calls_per_document, calls_per_day) = (Self::CALLS_PER_DOCUMENT, Self::CALLS_PER_DAY);
        Self { workspaces, calls_per_document, calls_per_day }
    }
}

/// A model and what it may be asked.
#[derive(Clone)]
pub(crate) struct Endpoint {
    adviser: Arc<dyn Adviser>,
    policy: Arc<EndpointPolicy>,
    memory: Arc<Mutex<Memory>>,
}

#[derive(Default)]
struct Memory {
    /// What was answered in a workspace, by this model in this wording; never used for another workspace.
    answers: HashMap<(WorkspaceId, Question), Answer>,
    /// Which day, and calls of each workspace on it.
    day: i64,
    calls: HashMap<WorkspaceId, u32>,
}

/// What became of the questions of one document.
pub(crate) struct Asked {
    /// What is known now: an input of the stage.
    pub(crate) answers: Answers,
    /// What a person should know of it.
    pub(crate) findings: Vec<Finding>,
}

impl Endpoint {
    pub(crate) fn new(adviser: Arc<dyn Adviser>, policy: EndpointPolicy) -> Self {
        Self { adviser, policy: Arc::new(policy), memory: Arc::default() }
    }

    /// Whether a workspace turned it on.
    pub(crate) fn serves(&self, workspace: WorkspaceId) -> bool {
        self.policy.workspaces.contains(&workspace)
    }

    /// Answers that were kept with the document, if they are of this model and this wording.
    fn own(&self, kept: Option<Answers>) -> Answers {
        let model = self.adviser.model();
        let own = kept.filter(|kept| kept.model == model && kept.prompt_version == PROMPT_VERSION);
        own.unwrap_or_else(|| Answers {
            model: model.to_owned(),
            prompt_version: PROMPT_VERSION,
            answers: Vec::new(),
        })
    }

    /// Asks what a categorized reading leaves open. `None` when it leaves nothing open.
    pub(crate) async fn ask_about(
        &self,
        world: &World,
        (workspace, document): (WorkspaceId, DocumentId),
        open: Vec<Question>,
        (kept, book): (Option<Answers>, &Rulebook),
    ) -> Result<Option<Asked>, PlatformError> {
        if open.is_empty() {
            return Ok(None);
        }
        let mut asked = Asked { answers: self.own(kept), findings: Vec::new() };
        let known: HashSet<Question> =
            asked.answers.answers.iter().map(|answer| answer.question.clone()).collect();
        let mut rest: Vec<Question> = open.into_iter().filter(|question| !known.contains(question)).collect();
        asked.answers.answers.extend(self.remembered(workspace, &mut rest));
        let mut sent = 0;
        for (call, batch) in (0_u32..).zip(rest.chunks(QUESTIONS_PER_CALL)) {
            if call >= self.policy.calls_per_document || !self.may_call(workspace, &*world.clock) {
                asked.findings.push(skipped(rest.len() - sent, "the budget of calls is used up"));
                break;
            }
            // On record before a byte leaves: what was never sent may be on record, never the other way round.
            let count = u32::try_from(batch.len()).unwrap_or(u32::MAX);
            if !world.categories.note_asked(workspace, document, count, Actor::Worker).await? {
                return Err(PlatformError::KeyDestroyed);
            }
            match self.call(batch, book).await {
                Ok(answers) => {
                    sent += batch.len();
                    self.remember(workspace, &answers);
                    asked.answers.answers.extend(answers);
                }
                Err(fault) => {
                    tracing::warn!(code = fault.code(), "model endpoint skipped");
                    asked.findings.push(skipped(rest.len() - sent, &fault.to_string()));
                    break;
                }
            }
        }
        if sent > 0 {
            let model = &asked.answers.model;
            let message =
                format!("The names of {sent} merchants were sent to the model {model}, and nothing else.");
            asked.findings.insert(0, Finding::new("endpoint_asked", message));
        }
        Ok(Some(asked))
    }

    async fn call(&self, batch: &[Question], book: &Rulebook) -> Result<Vec<Answer>, AskFault> {
        let words = prompt(batch, book);
        let reply = self.adviser.ask(&words.system, &words.user).await?;
        read_reply(&reply, batch, book).ok_or(AskFault::Malformed)
    }

    /// Takes out of the questions those that were answered in this workspace before.
    fn remembered(&self, workspace: WorkspaceId, rest: &mut Vec<Question>) -> Vec<Answer> {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        rest.retain(|question| match memory.answers.get(&(workspace, question.clone())) {
            Some(answer) => {
                found.push(answer.clone());
                false
            }
            None => true,
        });
        found
    }

    fn remember(&self, workspace: WorkspaceId, answers: &[Answer]) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.answers.len() + answers.len() > REMEMBERED_MAX {
            memory.answers.clear();
        }
        for answer in answers {
            memory.answers.insert((workspace, answer.question.clone()), answer.clone());
        }
    }

    /// Takes one call out of the day's budget.
    fn may_call(&self, workspace: WorkspaceId, clock: &dyn Clock) -> bool {
        let day = clock.now().as_second().div_euclid(DAY_S);
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.day != day {
            memory.day = day;
            memory.calls.clear();
        }
        let calls = memory.calls.entry(workspace).or_insert(0);
        let free = *calls < self.policy.calls_per_day;
        *calls += u32::from(free);
        free
    }
}

impl Asked {
    /// The same stage with the answers as an input.
    pub(crate) fn apply(self, reading: &mut Reading, book: &Rulebook) -> Answers {
        take_answers(reading, &self.answers, book);
        reading.findings.extend(self.findings);
        self.answers
    }
}

fn skipped(names: usize, why: &str) -> Finding {
    let message = format!("{names} names could not be asked about: {why}. Their rows stay as they are.");
    Finding::new("endpoint_skipped", message)
}
