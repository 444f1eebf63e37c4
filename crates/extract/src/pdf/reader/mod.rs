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
