//! Signs that a recognizer takes for others, put right where the document itself shows which one it prints.

use smartexus_domain::{Page, Word};
use std::borrow::Cow;

/// A recognizer without the sign in its alphabet takes it for this one.
const TAKEN_FOR_RUPEE: char = '%';
const RUPEE: char = '₹';

/// The pages with every percent sign right before a number read as the rupee sign, where that was recognized before
/// another number: no percent sign stands there.
pub(super) fn put_right(pages: &[Page]) -> Cow<'_, [Page]> {
    let words = || pages.iter().flat_map(|page| &page.words);
    let has_rupees = words().any(|word| begins_with(word, RUPEE));
    if !has_rupees || !words().any(|word| begins_with(word, TAKEN_FOR_RUPEE)) {
        return Cow::Borrowed(pages);
    }
    let mut pages = pages.to_vec();
    let words = pages.iter_mut().flat_map(|page| &mut page.words);
    for word in words.filter(|word| begins_with(word, TAKEN_FOR_RUPEE)) {
        word.text = word.text.replacen(TAKEN_FOR_RUPEE, "₹", 1);
    }
    Cow::Owned(pages)
}

/// A recognized number with this sign in front of it.
fn begins_with(word: &Word, sign: char) -> bool {
    let rest = word.text.trim_start_matches(['-', '+', '(']).strip_prefix(sign);
    word.recognized && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
