//! The data that ships with the program.

use crate::rulebook::RulebookText;

macro_rules! data {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../pipelines/categories/", $file))
    };
}

/// The files of `pipelines/categories/`, as they were when the program was built.
pub(crate) const EMBEDDED: RulebookText<'static> = RulebookText {
    taxonomy: data!("taxonomy.csv"),
    rules: data!("rules.yaml"),
    merchants: data!("merchants.txt"),
    trades: data!("trades.txt"),
    brands: data!("brands.txt"),
    strengths: data!("strengths.txt"),
    turns: data!("turns.csv"),
    channels: data!("channels.csv"),
    processors: data!("processors.csv"),
    names: data!("names.csv"),
    words: data!("words.txt"),
    model: include_bytes!("categories.model"),
};
