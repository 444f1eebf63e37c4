//! What the tools that make the shipped data use of this crate. Not for others: it may change with any version.

use crate::clean::clean;
use crate::decide::RowReading;
use crate::direction::{Direction, RowWords};
use crate::embedded::EMBEDDED;
use crate::evidence::Evidence;
use crate::features::{BUCKET_BITS, Feature, Features};
use crate::fold::Folded;
use crate::merchants::Reach;
use crate::rulebook::{Rulebook, RulebookError, RulebookText};

pub use crate::model::{MAGIC, STEPS, WIDTH, exp, inverse_root};
pub use crate::rules::ListedPhrase;

/// Buckets of the model.
pub const BUCKETS: usize = 1 << BUCKET_BITS;

/// A name as the lists write it: folded words, single blanks.
#[must_use]
pub fn fold_words(name: &str) -> String {
    let folded = Folded::of(name);
    (0..folded.len()).map(|word| folded.word(word)).collect::<Vec<_>>().join(" ")
}

/// A file of a model that says nothing, for the rulebook that a model is trained with.
#[must_use]
pub fn silent_model(fingerprint: u64) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(fingerprint.to_le_bytes());
    bytes.extend((BUCKETS as u64).to_le_bytes());
    bytes.extend(1.0_f32.to_le_bytes());
    bytes.extend([0; (STEPS + 1) * 3 * 4]);
    bytes.resize(bytes.len() + BUCKETS * (WIDTH + 1), 0);
    bytes
}

/// The shipped data with a model that says nothing.
///
/// # Errors
/// [`RulebookError`] if the shipped data is at fault.
pub fn untrained() -> Result<Rulebook, RulebookError> {
    let taxonomy = crate::taxonomy::Taxonomy::parse(EMBEDDED.taxonomy)?;
    let model = silent_model(taxonomy.fingerprint());
    Rulebook::parse(&RulebookText { model: &model, ..EMBEDDED })
}

/// The shipped data with another model.
///
/// # Errors
/// [`RulebookError`] if the model is at fault.
pub fn with_model(model: &[u8]) -> Result<Rulebook, RulebookError> {
    Rulebook::parse(&RulebookText { model, ..EMBEDDED })
}

/// What a model is told about a row, and whether it is asked at all.
pub struct Seen {
    /// Buckets of its features.
    pub buckets: Vec<u16>,
    /// The word that each feature lies in.
    pub words: Vec<Option<String>>,
    /// How many of these are hints of the lists, which stand together.
    pub hints: std::ops::Range<usize>,
    /// The leaf that a list hints at without deciding.
    pub hint: Option<usize>,
    /// No phrase and no precise name decides before the model.
    pub asked: bool,
}

/// Looks at a row as the model would; `without` is a name that the lists shall not know.
#[must_use]
pub fn look(row: &RowWords<'_>, rules: &Rulebook, without: Option<&str>) -> Seen {
    let text = Folded::read(row.description, &rules.vocabulary);
    let mut hits = Vec::new();
    rules.merchants.hits(&text, &mut hits);
    if let Some(without) = without {
        // The name itself, and every part of it that is a name of its own.
        hits.retain(|hit| hit.alias.reach == Reach::Trade || !without.contains(&*hit.alias.text));
    }
    let reading = RowReading { row, rules, text: &text, hits: &hits };
    let cleaned = reading.clean(&(0..0));
    let evidence = Evidence { reading: &reading, corrections: None };
    let (hint, named) = evidence.hint(&cleaned);
    let bare = Features::of(row, &text, &cleaned, &hits, |_| false);
    let full = Features::of(row, &text, &cleaned, &hits, |_| true);
    let start =
        (full.list().iter().zip(bare.list())).take_while(|(one, other)| one.bucket == other.bucket).count();
    let count = full.list().len() - bare.list().len();
    Seen {
        buckets: full.list().iter().map(|feature| feature.bucket).collect(),
        words: (full.list().iter())
            .map(|feature| feature.word.map(|word| text.word(usize::from(word)).to_owned()))
            .collect(),
        hints: start..start + count,
        hint,
        asked: !named && rules.rules.best(&text, row, false).is_none(),
    }
}

/// The model's best leaf for a row and what it says for it.
#[must_use]
pub fn opinion(rules: &Rulebook, seen: &Seen, direction: Direction) -> Option<(usize, f32)> {
    let list: Vec<Feature> =
        seen.buckets.iter().map(|bucket| Feature { bucket: *bucket, word: None }).collect();
    let sums = rules.model.sums(&list);
    let opinion = rules.model.opinion(&sums, list.len(), None, direction, &rules.taxonomy)?;
    Some((opinion.leaf.as_usize(), opinion.said))
}

/// Every alias: its words, the leaf's place, and whether it is a trade word, a brand or a name of our own list.
pub fn aliases(rules: &Rulebook) -> impl Iterator<Item = (&str, usize, Source)> {
    rules.merchants.aliases().iter().map(|alias| {
        let source = match alias.reach {
            Reach::Trade => Source::Trade,
            Reach::Brand => Source::Brand,
            Reach::Never => Source::Never,
            Reach::Whole => Source::Ambiguous,
            Reach::Witnessed | Reach::Head | Reach::Anywhere => Source::Name,
        };
        (&*alias.text, alias.leaf.as_usize(), source)
    })
}

/// Where an alias comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as the lists call them")]
pub enum Source {
    Trade,
    Brand,
    Name,
    Ambiguous,
    Never,
}

/// Every phrase of `rules.yaml` with the leaves for money in and out.
///
/// # Errors
/// [`RulebookError`] if the file is at fault.
pub fn phrases() -> Result<Vec<ListedPhrase>, RulebookError> {
    crate::rules::listed(EMBEDDED.rules)
}

/// Which leaf of the taxonomy money of a row becomes that flows against it.
#[must_use]
pub fn turned(rules: &Rulebook, leaf: usize) -> Option<usize> {
    rules.turns.get(leaf)?.as_ref().map(|turn| turn.leaf.as_usize())
}

/// The taxonomy's fingerprint, which a model names.
#[must_use]
pub fn fingerprint(rules: &Rulebook) -> u64 {
    rules.taxonomy.fingerprint()
}

/// The name that is left of a description.
#[must_use]
pub fn cleaned_name(description: &str, rules: &Rulebook) -> Option<String> {
    let text = Folded::read(description, &rules.vocabulary);
    clean(&text, description, &(0..0), &[], rules).name
}
