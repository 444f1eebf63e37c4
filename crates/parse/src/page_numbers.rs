//! The numbers that pages print of themselves ("page 3 of 5"), and what they say is missing, there twice or out of its place.
//! Every paper of a file numbers its own pages.

use crate::lexicon::fold;
use smartexus_domain::Page;

/// What a page is called before its number, folded.
const PAGE_WORDS: [&str; 14] = [
    "page",
    "sheet",
    "blad",
    "bladzijde",
    "seite",
    "pagina",
    "blatt",
    "pag",
    "pg",
    "feuille",
    "feuillet",
    "hoja",
    "folio",
    "foglio",
];
/// None of them is longer, with a mark behind it.
const PAGE_WORD_BYTES_MAX: usize = 11;
/// What may stand between the word and the number, folded.
const NUMBER_WORDS: [&str; 7] = ["no", "nr", "n", "number", "nummer", "numero", "num"];
/// What stands between the number and the total.
const OF_WORDS: [&str; 10] = ["of", "von", "sur", "de", "di", "da", "van", "out", "/", "aus"];
/// No document of more pages is numbered so.
const PAGES_MAX: u32 = 2_000;
/// A number without a word stands at the end of one of so many lines at the top or the bottom of its page.
const EDGE_LINES: usize = 3;

/// "Page 2 of 5".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    at: u32,
    of: u32,
}

/// The pages of one paper, by their printed numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbered {
    /// The printed total.
    pub(crate) of: u32,
    /// Pages of the file with their printed numbers, in the order of the file.
    pages: Vec<(u32, u32)>,
    /// Pages of the file that are there again, to the letter.
    pub(crate) repeated: Vec<u32>,
    /// Printed numbers that no page has.
    pub(crate) missing: Vec<u32>,
}

impl Numbered {
    /// Pages of the file that are numbered so, repeated ones left out.
    pub(crate) fn pages(&self) -> impl Iterator<Item = u32> {
        self.pages.iter().map(|(page, _)| *page)
    }

    pub(crate) fn has(&self, page: u32) -> bool {
        self.pages().chain(self.repeated.iter().copied()).any(|own| own == page)
    }

    /// The first page of the file that is not where its number says.
    pub(crate) fn misplaced(&self) -> Option<u32> {
        let falls = |pair: &&[(u32, u32)]| matches!(pair, [(_, before), (_, after)] if after < before);
        self.pages.windows(2).find(falls).and_then(|pair| pair.last()).map(|(page, _)| *page)
    }

    /// "page 2, 3", five at most.
    pub(crate) fn missing_text(&self) -> String {
        let named: Vec<String> = self.missing.iter().take(5).map(u32::to_string).collect();
        let more = if self.missing.len() > named.len() { " and more" } else { "" };
        format!("page {}{more}", named.join(", "))
    }
}

/// The papers of a file that number their pages, with what is wrong with them.
pub(crate) fn of(pages: &[Page]) -> Vec<Numbered> {
    let mut numbers: Vec<Option<Number>> = pages.iter().map(worded).collect();
    if numbers.iter().all(Option::is_none) {
        numbers = bare(pages);
    }
    let unnumbered = numbers.iter().filter(|number| number.is_none()).count();
    let mut papers: Vec<Numbered> = Vec::new();
    for (page, number) in pages.iter().zip(numbers).filter_map(|(page, number)| Some((page, number?))) {
        match papers.last_mut().map(|paper| paper.place(pages, page, number)) {
            Some(Place::Next) => {
                if let Some(paper) = papers.last_mut() {
                    paper.pages.push((page.page, number.at));
                }
            }
            Some(Place::Again) => {
                if let Some(paper) = papers.last_mut() {
                    paper.repeated.push(page.page);
                }
            }
            Some(Place::Other) | None => papers.push(Numbered {
                of: number.of,
                pages: vec![(page.page, number.at)],
                repeated: Vec::new(),
                missing: Vec::new(),
            }),
        }
    }
    for paper in &mut papers {
        let has = |number: &u32| paper.pages.iter().any(|(_, own)| own == number);
        let missing: Vec<u32> = (1..=paper.of).filter(|number| !has(number)).collect();
        // Pages without a number may be the missing ones.
        if missing.len() > unnumbered {
            paper.missing = missing;
        }
    }
    papers
}

/// The order in which the pages of a file belong, where their numbers say another than the file has, or pages are there
/// twice. Pages without a number stay where they are.
pub(crate) fn mended(pages: &[Page], papers: &[Numbered]) -> Option<Vec<u32>> {
    let repeated = |page: &u32| papers.iter().any(|paper| paper.repeated.contains(page));
    let mut order: Vec<u32> = pages.iter().map(|page| page.page).filter(|page| !repeated(page)).collect();
    for paper in papers.iter().filter(|paper| paper.misplaced().is_some()) {
        let mut sorted = paper.pages.clone();
        sorted.sort_by_key(|(_, number)| *number);
        let mut next = sorted.into_iter().map(|(page, _)| page);
        for slot in order.iter_mut().filter(|page| paper.pages().any(|own| own == **page)) {
            *slot = next.next().unwrap_or(*slot);
        }
    }
    let is_new = order.len() < pages.len() || order.iter().zip(pages).any(|(one, page)| *one != page.page);
    is_new.then_some(order)
}

/// Where a page belongs.
enum Place {
    Next,
    Again,
    Other,
}

impl Numbered {
    fn place(&self, pages: &[Page], page: &Page, number: Number) -> Place {
        let there = self.pages.iter().find(|(_, own)| *own == number.at).map(|(own, _)| *own);
        let before = there.and_then(|own| pages.iter().find(|page| page.page == own));
        match before {
            _ if self.of != number.of => Place::Other,
            Some(before) if before.text == page.text && before.text.len() > 1 => Place::Again,
            // The same number of another page begins another paper; so does a first page.
            Some(_) => Place::Other,
            None if number.at == 1 && self.pages.len() > 1 && self.misplaced().is_none() => self.first(),
            None => Place::Next,
        }
    }

    /// A first page behind others is that of the next paper, unless this one lacks just it.
    fn first(&self) -> Place {
        let others = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        if others.saturating_add(1) == self.of { Place::Next } else { Place::Other }
    }
}

/// The number that a page prints of itself, with a word for it.
fn worded(page: &Page) -> Option<Number> {
    page.text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            if !is_page_word(word) {
                continue;
            }
            let mut rest = words.clone();
            let first = rest.next().unwrap_or_default();
            let named = NUMBER_WORDS.contains(&fold(first).as_str());
            let first = if named { rest.next().unwrap_or_default() } else { first };
            let next = [rest.next().unwrap_or_default(), rest.next().unwrap_or_default()];
            if let Some(number) = number(first, next) {
                return Some(number);
            }
        }
        None
    })
}

/// Whether a line is nothing but the number of its page: "Page: 2 / 5", or "2 / 5" on the second of five.
pub(crate) fn is_alone(line: &str, page: u32, pages: u32) -> bool {
    let mut words = line.split_whitespace().peekable();
    let has_word = words.next_if(|word| is_page_word(word)).is_some();
    let rest: Vec<&str> = words.collect();
    let word = |at: usize| rest.get(at).copied().unwrap_or_default();
    let is_figure = |word: &str| {
        !word.is_empty() && word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit() || c == '/')
    };
    match (rest.len(), number(word(0), [word(1), word(2)])) {
        (1, None) => has_word && is_figure(word(0)),
        (1..=3, Some(number)) => has_word || (number.at, number.of) == (page, pages),
        _ => false,
    }
}

fn is_page_word(word: &str) -> bool {
    // Folding every word of a page would cost more than all the rest.
    word.len() <= PAGE_WORD_BYTES_MAX
        && word.starts_with(['p', 'P', 's', 'S', 'b', 'B', 'f', 'F', 'h', 'H'])
        && PAGE_WORDS.contains(&fold(word).as_str())
}

/// `2/5`, `2 / 5`, `2 of 5`.
fn number(first: &str, next: [&str; 2]) -> Option<Number> {
    let [middle, last] = next;
    let (number, total) = match first.split_once('/') {
        Some((number, total)) if !total.is_empty() => (number, total),
        Some((number, _)) => (number, middle),
        None if OF_WORDS.contains(&middle.to_lowercase().as_str()) => (first, last),
        None => match middle.strip_prefix('/') {
            Some(total) if !total.is_empty() => (first, total),
            _ => return None,
        },
    };
    let digits = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let number = Number { at: digits(number)?, of: digits(total)? };
    let is_possible = (1..=number.of).contains(&number.at) && number.of <= PAGES_MAX;
    is_possible.then_some(number)
}

/// Numbers without a word, at the edge of their pages: believed only where more than half of the pages have them, all of one
/// total and none on two pages that differ, for some may be days.
fn bare(pages: &[Page]) -> Vec<Option<Number>> {
    let numbers: Vec<Option<Number>> = pages.iter().map(alone).collect();
    let numbered = || pages.iter().zip(&numbers).filter_map(|(page, number)| Some((page, (*number)?)));
    let first = numbered().next().map(|(_, number)| number.of);
    let one_total = numbered().all(|(_, number)| Some(number.of) == first);
    let mut found: Vec<(u32, &str)> =
        numbered().map(|(page, number)| (number.at, page.text.as_str())).collect();
    found.sort_unstable();
    found.dedup();
    let each_once = found.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a != b));
    let are_usual = 2 * numbered().count() > pages.len();
    if found.len() > 1 && one_total && each_once && are_usual { numbers } else { vec![None; pages.len()] }
}

fn alone(page: &Page) -> Option<Number> {
    let lines: Vec<&str> = page.text.lines().filter(|line| !line.trim().is_empty()).collect();
    let foot = lines.iter().rev().take(EDGE_LINES);
    lines.iter().take(EDGE_LINES).chain(foot).find_map(|line| last_in(line))
}

/// `2/5`, `2 / 5` or `- 2 of 5 -` at the end of a line.
fn last_in(line: &str) -> Option<Number> {
    let framed = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '(' | ')' | '[' | ']' | '|');
    let words: Vec<&str> = line.trim_matches(framed).split_whitespace().collect();
    let ends_with = |count: usize| {
        let last = words.get(words.len().checked_sub(count)?..)?;
        let word = |index: usize| last.get(index).copied().unwrap_or_default();
        let is_figure =
            |word: &str, at: fn(&str) -> Option<char>| at(word).is_some_and(|c| c.is_ascii_digit());
        let whole = is_figure(word(0), |word| word.chars().next())
            && is_figure(word(count - 1), |word| word.chars().next_back());
        // "06/11" is a day.
        let is_day = word(0).starts_with('0');
        number(word(0), [word(1), word(2)]).filter(|number| whole && !is_day && number.of > 1)
    };
    (1..=3).find_map(ends_with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::page_of_lines as page;

    fn number_of(text: &str) -> Option<(u32, u32)> {
        worded(&page(1, &[text])).map(|number| (number.at, number.of))
    }

    #[test]
    fn numbers_in_several_languages() {
        for text in [
            "Page 2 of 5",
            "Seite 2 von 5",
            "Seite 2/5",
            "page 2 sur 5",
            "Pagina 2 di 5",
            "IBAN X Página 2 de 5",
            "Pág. 2/5",
            "Bladzijde 2 van 5",
            "Blatt: 2/5",
            "page 2/ 5",
            "PAGE 2 / 5",
            "Page 2 /5",
            "Page No. 2 of 5",
            "Blatt Nr. 2/5",
        ] {
            assert_eq!(number_of(text), Some((2, 5)), "{text}");
        }
        for text in ["Page 2", "2 of 5", "Page 6 of 5", "Page two of five", "Page 1 of 99999", "Page 0 of 2"]
        {
            assert_eq!(number_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_that_only_numbers_its_page() {
        for (line, page) in [("Page: 2 / 5", 1), ("Seite 2", 4), ("2 / 5", 2), ("2 of 5", 2), ("2/5", 2)] {
            assert!(is_alone(line, page, 5), "{line}");
        }
        for (line, page) in
            [("2 / 5", 3), ("2/5", 1), ("Page of honour", 1), ("Salary 2/5", 2), ("25", 2), ("", 1)]
        {
            assert!(!is_alone(line, page, 5), "{line}");
        }
    }

    /// Pages by what they print at their foot.
    fn papers(feet: &[&str]) -> Vec<Numbered> {
        let pages: Vec<Page> =
            (1..).zip(feet).map(|(at, foot)| page(at, &[&format!("Row {at}"), foot])).collect();
        of(&pages)
    }

    fn missing(feet: &[&str]) -> Vec<Vec<u32>> {
        papers(feet).into_iter().map(|paper| paper.missing).collect()
    }

    #[test]
    fn what_is_missing() {
        let none: Vec<u32> = Vec::new();
        for (feet, expected) in [
            (vec!["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"], vec![none.clone()]),
            (vec!["Page 1 of 3", "Page 3 of 3"], vec![vec![2]]),
            (vec!["Page 2 of 3", "Page 3 of 3"], vec![vec![1]]),
            (vec!["Page 1 of 3", "Page 2 of 3"], vec![vec![3]]),
            (vec!["Page 1 of 2", "Page 2 of 2", "Page 1 of 2", "Page 2 of 2"], vec![none.clone(); 2]),
            (vec!["Page 1 of 2", "Page 2 of 2", "Page 1 of 2"], vec![none.clone(), vec![2]]),
            (vec!["Page 1 of 3", "Page 3 of 3", "Page 1 of 2", "Page 2 of 2"], vec![vec![2], none.clone()]),
            // A page without a number may be the missing one.
            (vec!["Page 1 of 2", "Thank you"], vec![none.clone()]),
            (vec!["1 / 3", "2 / 3"], vec![vec![3]]),
            (vec!["- 1 of 3 -", "- 3 of 3 -"], vec![vec![2]]),
            (vec!["Account 20419937 1/3", "Account 20419937 3/3"], vec![vec![2]]),
        ] {
            assert_eq!(missing(&feet), expected, "{feet:?}");
        }
    }

    #[test]
    fn a_day_is_no_number_of_a_page() {
        for feet in [vec!["3/5"], vec!["3/5", "4/6"], vec!["3/5", "3/5"], vec!["Due 03/26", "Due 03/26"]] {
            assert_eq!(papers(&feet), [], "{feet:?}");
        }
    }

    #[test]
    fn pages_out_of_their_place_and_pages_that_are_there_twice() {
        let shuffled: Vec<Page> = [(1, "Page 1 of 3"), (2, "Page 3 of 3"), (3, "Page 2 of 3")]
            .map(|(at, foot)| page(at, &[foot]))
            .into();
        let found = of(&shuffled);
        assert_eq!((found.len(), found[0].misplaced(), found[0].missing.len()), (1, Some(3), 0));
        assert_eq!(mended(&shuffled, &found), Some(vec![1, 3, 2]));

        let backwards: Vec<Page> = [(1, "Page 3 of 3"), (2, "Page 2 of 3"), (3, "Page 1 of 3")]
            .map(|(at, foot)| page(at, &[foot]))
            .into();
        assert_eq!(mended(&backwards, &of(&backwards)), Some(vec![3, 2, 1]));

        let twice: Vec<Page> = [(1, "Page 1 of 2"), (2, "Page 2 of 2"), (3, "Page 2 of 2")]
            .map(|(at, foot)| page(at, &["A", foot]))
            .into();
        let found = of(&twice);
        assert_eq!((found.len(), found[0].repeated.as_slice()), (1, [3].as_slice()));
        assert_eq!(mended(&twice, &found), Some(vec![1, 2]));

        let fine: Vec<Page> =
            [(1, "Page 1 of 2"), (2, "Page 2 of 2")].map(|(at, foot)| page(at, &[foot])).into();
        assert_eq!(mended(&fine, &of(&fine)), None);
    }
}
