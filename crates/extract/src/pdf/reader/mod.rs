//! Our own interpreter of the operators that matter to text.
//!
//! It walks a page once and knows only what clean files do. Whatever else it meets, it names and leaves the
//! whole page to the engine, which knows more and takes longer; on the pages that it reads, it says what the
//! engine would say.

mod color;
mod content;
mod draw;
mod font;
mod layers;
mod lexer;
mod names;
mod operator;
mod page;
mod path;
mod show;
mod state;
mod strings;

pub(super) use page::{Reading, Shelf, read};

/// Why a page is left to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unusual {
    /// A content stream cannot be decoded to its end.
    Stream,
    /// Content that is not plain syntax.
    Syntax,
    /// A path operator without its numbers.
    Operands,
    /// An inline image whose end is in doubt.
    InlineImage,
    /// Letters used as a clip.
    TextClip,
    /// A function between color and paint.
    Transfer,
    /// More saved graphics states than any page needs.
    States,
    /// More content than any page has: nothing for the engine either.
    TooMuch,
}

/// For the exam: how many operators a content stream has, until its end or until something unusual. Every operand is
/// looked at, as drawing would.
#[cfg(feature = "exam")]
pub(super) fn operators(content: &[u8]) -> usize {
    let mut lexer = lexer::Lexer::new(content);
    let mut count: usize = 0;
    while let Ok(Some(operation)) = lexer.next() {
        let bytes: usize = lexer
            .items()
            .iter()
            .map(|item| match item {
                lexer::Item::Text(text) => lexer.bytes_of(text).len(),
                lexer::Item::Number(_) => 0,
            })
            .sum();
        let named =
            lexer.last_name().is_some() || lexer.last_text().is_some() || lexer.numbers::<6>().is_some();
        std::hint::black_box((bytes, named, operation.source.len()));
        count = count.saturating_add(1);
    }
    count
}
