//! Questions to a model outside this program, about rows that nothing here can tell; and what its answers come to.
//!
//! Nothing is asked here and nothing is sent: questions are a value, answers are an input, and the same of both gives the
//! same categories. A question holds the words of a merchant's name and the direction of the money: no amount, no day, no
//! number of three digits or more, no row between people, and no row with a name that the document gives to its holders.

use crate::decide::rows_of;
use crate::direction::{Direction, RowWords};
use crate::fold::Folded;
use crate::lexicon::Channel;
use crate::rulebook::Rulebook;
use crate::taxonomy::Leaf;
use serde::{Deserialize, Serialize};
use serde_json::json;
use smartexus_domain::{Categorization, CategoryId, Reading};
use std::collections::{BTreeSet, HashMap};

/// Rows that were told with at least this much are not asked about.
pub const ASK_BELOW: f64 = 0.5;
/// No answer counts for more, so that a person sees it.
pub const ANSWER_CONFIDENCE_MAX: f64 = 0.79;
/// An answer that does not say how sure it is counts for this.
const ANSWER_CONFIDENCE: f64 = 0.6;
/// Questions of one call.
pub const QUESTIONS_PER_CALL: usize = 40;
/// The wording of the prompt: answers to another one are not taken for answers to this one.
pub const PROMPT_VERSION: u32 = 1;
/// Longest question; a name needs less.
const TEXT_CHARS_MAX: usize = 80;
/// A word with so many digits may be a part of a number that names somebody.
const DIGITS_MAX: usize = 2;

/// One question: whose name stands on the row, and which way the money went.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// The cleaned words of the name.
    pub text: String,
    /// Which way the money went.
    pub direction: Direction,
}

/// What was answered to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// To what.
    pub question: Question,
    /// The leaf; `None` where nothing was answered that could be taken.
    pub category: Option<CategoryId>,
    /// 0 to [`ANSWER_CONFIDENCE_MAX`].
    pub confidence: f64,
}

/// Answers of one model: an input of the stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// The model's name.
    pub model: String,
    /// The wording it was asked in.
    pub prompt_version: u32,
    /// One for each question that was asked.
    pub answers: Vec<Answer>,
}

/// The words that go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What is wanted, and the list of categories.
    pub system: String,
    /// The questions, as JSON.
    pub user: String,
}

/// What nobody here can tell about a categorized reading, each name once, in the order of the rows.
#[must_use]
pub fn questions(reading: &Reading, book: &Rulebook) -> Vec<Question> {
    let names = Names::of(reading);
    let mut seen = BTreeSet::new();
    let asked = rows_of(reading).filter_map(|row| {
        let said = row.row.categorization.as_ref().filter(|said| is_open(said))?;
        names.question(&row.words, said, book)
    });
    asked.filter(|question| seen.insert(question.clone())).collect()
}

/// Gives rows that nothing here could tell what was answered about their names.
pub fn take_answers(reading: &mut Reading, answers: &Answers, book: &Rulebook) {
    let known: HashMap<&Question, &Answer> =
        answers.answers.iter().map(|answer| (&answer.question, answer)).collect();
    let names = Names::of(reading);
    let found: Vec<Option<&Answer>> = rows_of(reading)
        .map(|row| {
            let said = row.row.categorization.as_ref().filter(|said| is_open(said))?;
            known.get(&names.question(&row.words, said, book)?).copied()
        })
        .collect();
    let rows = reading.statements.iter_mut().flat_map(|statement| &mut statement.transactions);
    for (row, answer) in rows.zip(found) {
        let (Some(said), Some(answer)) = (&mut row.categorization, answer) else { continue };
        if let Some(leaf) = answer.category.as_ref().and_then(|id| leaf(book, id, answer.question.direction))
        {
            answered(said, leaf, answer, (&answers.model, book));
        }
    }
}

fn answered(said: &mut Categorization, leaf: &Leaf, answer: &Answer, (model, book): (&str, &Rulebook)) {
    let direction = answer.question.direction.words();
    let before = book.taxonomy().leaf(&said.category);
    // The flags of the old leaf go, what the row's own words said stays.
    said.tags
        .retain(|tag| before.is_none_or(|before| !before.flags.contains(tag)) && !leaf.flags.contains(tag));
    said.tags.splice(0..0, leaf.flags.iter().cloned());
    said.category = leaf.id.clone();
    said.confidence = answer.confidence.clamp(0.0, ANSWER_CONFIDENCE_MAX);
    said.reason =
        format!("endpoint:{model} says so of “{}”; nobody checked it. ({direction})", answer.question.text);
}

fn is_open(said: &Categorization) -> bool {
    said.confidence < ASK_BELOW
}

fn leaf<'b>(book: &'b Rulebook, id: &CategoryId, direction: Direction) -> Option<&'b Leaf> {
    book.taxonomy()
        .leaf(id)
        .filter(|leaf| leaf.direction.fits(direction) && leaf.id.as_str() != CategoryId::UNCATEGORIZED)
}

/// What is asked of a model about these questions.
#[must_use]
pub fn prompt(questions: &[Question], book: &Rulebook) -> Prompt {
    let leaves: Vec<&str> = book
        .taxonomy()
        .leaves()
        .iter()
        .map(|leaf| leaf.id.as_str())
        .filter(|id| *id != CategoryId::UNCATEGORIZED)
        .collect();
    let system = format!(
        "You sort rows of bank statements. Each row has the name of the other side and a direction, `in` or `out`. \
         Answer with JSON only, of the form {{\"answers\":[{{\"id\":0,\"category\":\"food.coffee\",\"confidence\":0.7}}]}}. \
         Use only these categories, and leave out rows that you do not know: {}",
        leaves.join(", ")
    );
    let rows: Vec<_> = (0..)
        .zip(questions)
        .map(|(id, question): (usize, _)| json!({ "id": id, "name": question.text, "direction": question.direction }))
        .collect();
    Prompt { system, user: json!({ "rows": rows }).to_string() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    answers: Vec<ReplyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyRow {
    id: usize,
    category: String,
    #[serde(default)]
    confidence: Option<f64>,
}

/// Reads a reply by its schema: one answer to each question, an empty one where the reply has none that can be taken.
/// `None` when the reply is not of the schema at all.
#[must_use]
pub fn read_reply(reply: &str, questions: &[Question], book: &Rulebook) -> Option<Vec<Answer>> {
    let reply: Reply = serde_json::from_str(reply).ok()?;
    let mut answers: Vec<Answer> = questions
        .iter()
        .map(|question| Answer { question: question.clone(), category: None, confidence: 0.0 })
        .collect();
    for row in reply.answers {
        let Some(answer) = answers.get_mut(row.id) else { continue };
        let id = CategoryId::new(row.category);
        if answer.category.is_none() && leaf(book, &id, answer.question.direction).is_some() {
            let stated = row.confidence.unwrap_or(ANSWER_CONFIDENCE);
            answer.confidence =
                if stated.is_finite() { stated.clamp(0.0, ANSWER_CONFIDENCE_MAX) } else { 0.0 };
            answer.category = Some(id);
        }
    }
    Some(answers)
}

/// Words of names that the document gives to people and companies of the case.
struct Names(BTreeSet<String>);

impl Names {
    fn of(reading: &Reading) -> Self {
        let holders = reading.statements.iter().flat_map(|statement| &statement.account.holders);
        let facts = reading.facts.iter().filter(|fact| fact.key.contains("name")).map(|fact| &fact.value);
        let mut words = BTreeSet::new();
        for name in holders.chain(facts) {
            let text = Folded::of(name);
            words.extend(
                (0..text.len()).map(|at| text.word(at).to_owned()).filter(|word| word.chars().count() > 2),
            );
        }
        Self(words)
    }

    /// What may be asked about a row, if anything may.
    fn question(&self, row: &RowWords<'_>, said: &Categorization, book: &Rulebook) -> Option<Question> {
        let between_people = said.category.as_str().ends_with(".p2p");
        if row.direction == Direction::Neither || between_people {
            return None;
        }
        let text = Folded::read(row.description, &book.vocabulary);
        let cleaned = book.look(row, &text).cleaned;
        let open = match cleaned.channel {
            None | Some(Channel::Card | Channel::DirectDebit | Channel::Bill) => true,
            // Whoever sends money this way may be anybody.
            Some(
                Channel::Ach
                | Channel::Transfer
                | Channel::P2p
                | Channel::Wire
                | Channel::Atm
                | Channel::Check,
            ) => false,
        };
        if !open || (0..text.len()).any(|at| self.0.contains(text.word(at))) {
            return None;
        }
        let harmless = |word: &&str| word.chars().filter(char::is_ascii_digit).count() <= DIGITS_MAX;
        let words: Vec<&str> = cleaned.words.iter().map(|at| text.word(*at)).filter(harmless).collect();
        let name: String = words.join(" ").chars().take(TEXT_CHARS_MAX).collect();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        (letters > 2).then_some(Question { text: name, direction: row.direction })
    }
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;
