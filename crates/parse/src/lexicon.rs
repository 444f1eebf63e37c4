//! The words of statements in seven languages: column headings, labels of printed balances and totals, section
//! headings. Data in code: it names habits of the field, never an issuer.
//!
//! All phrases are folded ([`fold`]): lower case, no accents, no punctuation, single blanks.

mod labels;
mod roles;
mod sections;
mod states;

use labels::LABELS;
use roles::ROLES;
use sections::SECTIONS;
pub(crate) use states::{State, names_state, state};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    Date,
    TransactionDate,
    ValueDate,
    Description,
    Reference,
    CheckNumber,
    Kind,
    Out,
    In,
    Amount,
    Balance,
    Fee,
    Currency,
    Direction,
    Account,
    Other,
}

impl Role {
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Self::Out | Self::In | Self::Amount | Self::Balance | Self::Fee)
    }

    pub(crate) const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::TransactionDate | Self::ValueDate)
    }
}

/// What a labelled amount or date outside the rows means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    Opening,
    Closing,
    /// Balance at a date: the earliest is the opening, the latest the closing one.
    BalanceAt,
    BroughtForward,
    CarriedForward,
    TotalIn,
    TotalOut,
    Fees,
    CountIn,
    CountOut,
    /// An amount that is no balance and no total of the rows: limits, minimum due, available credit.
    Aside,
    /// A total of some rows.
    Subtotal,
}

/// What a heading says about the rows below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    In,
    Out,
    Checks,
    /// Rows that are not booked: they stand apart, in no sum.
    Pending,
    /// Daily balances, fee boxes: no rows of this statement.
    Ignored,
    /// Rows of both directions.
    Both,
}

/// Lower case, accents folded, punctuation to blanks, blanks folded. `&` becomes `and`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let blank = |folded: &mut String| {
        if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    for c in text.chars() {
        match c {
            '&' => {
                blank(&mut folded);
                folded.push_str("and ");
            }
            c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => blank(&mut folded),
            c => c.to_lowercase().for_each(|c| match plain(c) {
                Some(plain) => folded.push_str(plain),
                None if c.is_alphanumeric() => folded.push(c),
                None => blank(&mut folded),
            }),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A letter without its accent.
const fn plain(c: char) -> Option<&'static str> {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => Some("a"),
        'é' | 'è' | 'ê' | 'ë' => Some("e"),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => Some("o"),
        'ú' | 'ù' | 'û' | 'ü' => Some("u"),
        'í' | 'ì' | 'î' | 'ï' => Some("i"),
        'ç' => Some("c"),
        'ñ' => Some("n"),
        'ß' => Some("ss"),
        _ => None,
    }
}

/// A table by its phrases: they are asked for thousands of times in a document.
type ByPhrase<T> = LazyLock<HashMap<&'static str, T>>;

static ROLE_OF: ByPhrase<Role> = LazyLock::new(|| by_phrase(ROLES));
static LABEL_OF: ByPhrase<Label> = LazyLock::new(|| by_phrase(LABELS));
static SECTION_OF: ByPhrase<Section> = LazyLock::new(|| by_phrase(SECTIONS));
static END_WORD_OF: ByPhrase<EndWord> = LazyLock::new(|| by_phrase(END_WORDS));

/// The first words of labels: most rows and lines begin with none of them.
static LABEL_BEGINNINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let phrases = LABELS.iter().flat_map(|(_, phrases)| phrases.split('|'));
    phrases.filter_map(|phrase| phrase.split(' ').next()).collect()
});

fn by_phrase<T: Copy>(table: &[(T, &'static str)]) -> HashMap<&'static str, T> {
    let mut found = HashMap::new();
    for (meaning, phrases) in table {
        for phrase in phrases.split('|') {
            found.entry(phrase).or_insert(*meaning);
        }
    }
    found
}

fn lookup<T: Copy>(table: &ByPhrase<T>, phrase: &str) -> Option<T> {
    table.get(phrase).copied()
}

/// The role a folded heading names, currency words left out.
pub(crate) fn role(folded: &str) -> Option<Role> {
    lookup(&ROLE_OF, folded)
        .or_else(|| {
            let is_currency = |word: &&str| is_currency_word(word);
            let kept: Vec<&str> = folded.split(' ').filter(|word| !is_currency(word)).collect();
            let shorter = kept.join(" ");
            // "Débit (CAD) Crédit (CAD)" are two headings.
            let words: Vec<&str> = folded.split(' ').collect();
            let is_code = |word: &&str| word.len() == 3 && is_currency(word);
            let is_between = words.windows(3).any(
                |three| matches!(three, [a, code, b] if is_code(code) && !is_currency(a) && !is_currency(b)),
            );
            if shorter == folded || shorter.is_empty() || is_between {
                None
            } else {
                lookup(&ROLE_OF, &shorter)
            }
        })
        .or_else(|| day_in_other_words(folded))
}

/// "Data operação", "Datum verwerking": a word for a day, and one word for which.
fn day_in_other_words(folded: &str) -> Option<Role> {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.retain(|word| {
        !matches!(
            *word,
            "de" | "da" | "do" | "di" | "d" | "del" | "della" | "der" | "of" | "van" | "la" | "l"
        )
    });
    let [first, which] = words.as_slice() else { return None };
    if !matches!(*first, "date" | "data" | "datum" | "fecha" | "dt")
        || lookup(&ROLE_OF, which).is_some_and(Role::is_money)
    {
        return None;
    }
    let is_value = ["val", "wert", "effe"].iter().any(|stem| which.starts_with(stem));
    Some(if is_value { Role::ValueDate } else { Role::Date })
}

/// The role that a folded heading names if a recognizer misread a letter of it, or took a border of its cell for one.
pub(crate) fn role_like(folded: &str) -> Option<Role> {
    let read: Vec<&str> = folded.split(' ').filter(|word| !is_currency_word(word)).collect();
    let phrases =
        ROLES.iter().flat_map(|(role, phrases)| phrases.split('|').map(move |phrase| (*role, phrase)));
    let near = phrases.filter_map(|(role, phrase)| Some((apart(&read, phrase)?, role)));
    near.min_by_key(|(apart, _)| *apart).map(|(_, role)| role)
}

/// The words of labels, headings and ends.
fn vocabulary() -> impl Iterator<Item = &'static str> {
    let labels = LABELS.iter().map(|(_, phrases)| *phrases);
    let sections = SECTIONS.iter().map(|(_, phrases)| *phrases);
    let ends = END_WORDS.iter().map(|(_, words)| *words);
    labels.chain(sections).chain(ends).flat_map(|phrases| phrases.split(['|', ' ']))
}

/// Whether a folded word is one of a statement's vocabulary.
pub(crate) fn is_of_statements(word: &str) -> bool {
    vocabulary().any(|known| known == word)
}

/// A folded text in which each of the first words that is none of a statement's vocabulary, and one letter from exactly one
/// word of it, is that word; `None` where nothing changes.
pub(crate) fn respelled(folded: &str) -> Option<String> {
    const WORDS_MAX: usize = 5;
    let nearest = |read: &str| {
        let is_near = |word: &&str| {
            read.len() >= 5
                && word.len() >= 5
                && read.len().abs_diff(word.len()) <= 1
                && (read.bytes().next() == word.bytes().next() || read.bytes().last() == word.bytes().last())
                && strsim::osa_distance(read, word) == 1
        };
        let mut near = vocabulary().filter(is_near);
        let first = near.next()?;
        near.all(|other| other == first).then_some(first)
    };
    let put_right = |(at, read): (usize, &str)| {
        let wrong = at < WORDS_MAX && read.len() >= 5 && !is_of_statements(read);
        wrong.then(|| nearest(read)).flatten().map_or_else(|| read.to_owned(), str::to_owned)
    };
    let right: Vec<String> = folded.split(' ').enumerate().map(put_right).collect();
    Some(right.join(" ")).filter(|right| right != folded)
}

/// How many letters part what was read from a phrase; `None` where it may as well be another one.
fn apart(read: &[&str], phrase: &str) -> Option<usize> {
    // There are a thousand phrases, and most differ at first sight.
    let words = phrase.bytes().filter(|byte| *byte == b' ').count() + 1;
    if words != read.len() {
        return None;
    }
    read.iter().zip(phrase.split(' ')).map(|(read, word)| letters_apart(read, word)).sum()
}

/// Short words are one letter from too many others ("rate", "date"), so only what follows them is let off.
fn letters_apart(read: &str, word: &str) -> Option<usize> {
    let (length, most) = (word.len(), if word.len() >= 8 { 2 } else { 1 });
    let added = read.strip_prefix(word).map(str::len).filter(|added| length >= 4 && *added <= 2);
    // A letter has up to four bytes.
    let may_be_near = length >= 5 && read.len().abs_diff(length) <= 4 * most;
    let changed = || may_be_near.then(|| strsim::osa_distance(read, word)).filter(|changed| *changed <= most);
    if read == word { Some(0) } else { added.or_else(changed) }
}

fn is_currency_word(word: &str) -> bool {
    matches!(
        word,
        "usd"
            | "gbp"
            | "eur"
            | "aud"
            | "inr"
            | "chf"
            | "cad"
            | "nzd"
            | "sgd"
            | "zar"
            | "euro"
            | "euros"
            | "rs"
            | "jpy"
            | "in"
            | "en"
            | "a"
            | "aed"
            | "hkd"
            | "dkk"
            | "sek"
            | "nok"
            | "pln"
            | "uyu"
            | "mxn"
            | "brl"
    )
}

/// Whether a folded line only says that the table goes on overleaf.
pub(crate) fn is_about_pages(folded: &str) -> bool {
    const PAGES: &[&str] = &[
        "continued",
        "continued overleaf",
        "continued on next page",
        "continued on the next page",
        "continues on next page",
        "continues overleaf",
        "suite page suivante",
        "suite a la page suivante",
        "suite au verso",
        "voir page suivante",
        "fortsetzung",
        "fortsetzung folgt",
        "fortsetzung nachste seite",
        "fortsetzung auf der nachsten seite",
        "fortsetzung auf nachster seite",
        "fortsetzung siehe nachste seite",
        "continua",
        "continua en la pagina siguiente",
        "continua en la siguiente pagina",
        "sigue",
        "sigue en la pagina siguiente",
        "segue",
        "segue alla pagina successiva",
        "segue a pagina successiva",
        "continua alla pagina successiva",
        "continua a pagina seguente",
        "vervolg",
        "vervolg op volgende pagina",
        "vervolg op de volgende pagina",
        "zie volgende pagina",
        "wordt vervolgd",
        "continua na pagina seguinte",
        "continua na proxima pagina",
        "continua no verso",
        "te transporteren",
    ];
    let is_carry = |(label, count): (Label, usize)| {
        matches!(label, Label::BroughtForward | Label::CarriedForward) && folded.split(' ').count() == count
    };
    PAGES.contains(&folded) || label(folded).is_some_and(is_carry)
}

/// Whether a folded heading is about payments, whoever makes them.
pub(crate) fn names_payments(folded: &str) -> bool {
    let words = ["payment", "zahlung", "paiement", "pago", "pagament", "betaling"];
    words.iter().any(|word| folded.starts_with(word))
}

/// The label a folded text starts with, longest phrase first, with the number of words it takes.
pub(crate) fn label(folded: &str) -> Option<(Label, usize)> {
    let first = folded.split(' ').next().unwrap_or_default();
    if !LABEL_BEGINNINGS.contains(first) {
        return end_in_other_words(folded);
    }
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    let beginnings = ends.take(7).filter_map(|end| folded.get(..end));
    let known = (1..).zip(beginnings).filter_map(|(n, phrase)| Some((lookup(&LABEL_OF, phrase)?, n)));
    known.last().or_else(|| end_in_other_words(folded))
}

/// The label that a text starts with. Where its first word already says that there is none, nothing more is folded.
pub(crate) fn label_of(text: &str) -> Option<(Label, usize)> {
    let first = fold(text.split(' ').next().unwrap_or_default());
    let begins = first.split(' ').next().unwrap_or_default();
    let may_be =
        begins.is_empty() || LABEL_BEGINNINGS.contains(begins) || lookup(&END_WORD_OF, begins).is_some();
    if may_be { label(&fold(text)) } else { None }
}

/// What a word adds to the name of a printed end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndWord {
    Balance,
    Before,
    After,
    Small,
}

const END_WORDS: &[(EndWord, &str)] = &[
    (
        EndWord::Balance,
        "balance|bal|saldo|solde|kontostand|stand|bestand|divida|deuda|dette|debito|schuld|schuldsaldo|restschuld",
    ),
    (
        EndWord::Before,
        "previous|prior|last|opening|beginning|begin|start|starting|initial|alt|alter|alten|alte|altes|letzter|letzte|\
         letzten|letztes|vorheriger|vorherige|vorigen|vorig|vorige|oud|oude|anfang|anfangs|beginn|ancien|ancienne|precedent|\
         precedente|anterior|anteriore|inicial|iniziale|ouverture|apertura|abertura|debut|vorperiode|vormonat|vorauszug|passado",
    ),
    (
        EndWord::After,
        "new|closing|ending|end|final|neuer|neue|neues|neuen|neu|nuevo|nueva|nouveau|nouvel|nouvelle|nuovo|nuova|novo|nova|actual|attuale|\
         atual|actuel|actuelle|aktueller|aktuell|cloture|cierre|chiusura|fecho|encerramento|fin|fine|finale|eind|einde|ende|huidig|\
         huidige|nieuw|nieuwe|verschuldigd|verschuldigde|owed|geschuldet",
    ),
    (
        EndWord::Small,
        "of|the|your|at|on|am|zum|per|der|des|dem|du|de|del|della|do|da|la|le|l|d|en|op|von|van|votre|uw|ihr|su|mois|mes|monat|month|\
         period|periode|periodo|statement|overzicht|afschrift|releve|extracto|estratto|extrato|abrechnung|auszug|kontoauszug|konto|\
         rekening|compte|conto|cuenta|conta|account|card|im|in|it|this|that",
    ),
];

/// "Saldo vorig overzicht", "Balance at end of period": a word for balances and one for before or after, with nothing
/// but small words between them.
fn end_in_other_words(folded: &str) -> Option<(Label, usize)> {
    let (mut is_balance, mut before, mut after, mut length) = (false, false, false, 0);
    for (index, word) in folded.split(' ').take(6).enumerate() {
        match lookup(&END_WORD_OF, word) {
            Some(EndWord::Balance) => is_balance = true,
            Some(EndWord::Before) => before = true,
            Some(EndWord::After) => after = true,
            Some(EndWord::Small) => continue,
            None => break,
        }
        length = index + 1;
    }
    match (is_balance, before, after) {
        (true, true, false) => Some((Label::Opening, length)),
        (true, false, true) => Some((Label::Closing, length)),
        _ => None,
    }
}

/// The section a folded heading names as a whole; a trailing "continued" is no part of it.
pub(crate) fn section(folded: &str) -> Option<Section> {
    let trimmed = without_continued(folded);
    lookup(&SECTION_OF, trimmed).or_else(|| section_of_parts(trimmed))
}

/// A heading without the words that say that it goes on.
pub(crate) fn without_continued(folded: &str) -> &str {
    ["continued", "cont", "fortsetzung", "suite", "continuacion", "segue", "vervolg", "continuacao"]
        .iter()
        .find_map(|tail| folded.strip_suffix(tail))
        .unwrap_or(folded)
        .trim()
}

/// "Achats et frais": two headings of one direction, joined, have that direction.
fn section_of_parts(folded: &str) -> Option<Section> {
    let joined = [" and ", " et ", " und ", " y ", " e ", " en ", " or "];
    joined.iter().find_map(|word| {
        let (left, right) = folded.split_once(word)?;
        let (left, right) = (lookup(&SECTION_OF, left)?, lookup(&SECTION_OF, right)?);
        (left == right && matches!(left, Section::In | Section::Out)).then_some(left)
    })
}

/// Whether a line says that nothing happened: "There were no transactions in this period."
pub(crate) fn says_no_rows(folded: &str) -> bool {
    const NONE: [&str; 13] = [
        "no", "non", "keine", "kein", "aucune", "aucun", "geen", "nessun", "nessuna", "ningun", "ninguna",
        "sin", "sem",
    ];
    const ROWS: [&str; 16] = [
        "transactions",
        "transaction",
        "activity",
        "umsatze",
        "buchungen",
        "operation",
        "operations",
        "mouvement",
        "transacties",
        "mutaties",
        "movimento",
        "movimenti",
        "operazione",
        "movimientos",
        "movimiento",
        "movimentos",
    ];
    // Small print speaks of accounts on which nothing may happen: the sentence is short, and the words stand at its beginning.
    const LONGEST: usize = 8;
    const LATEST: usize = 3;
    // "No hay movimientos", "non ci sono movimenti".
    let is_verb = |word: &&str| matches!(*word, "hay" | "se" | "ha" | "han" | "ci" | "sono" | "existen");
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_verb(word)).collect();
    let begins = words.windows(2).take(LATEST);
    words.len() <= LONGEST
        && !words.iter().any(|word| word.starts_with("fee") || word.starts_with("charge") || *word == "if")
        && begins
            .into_iter()
            .any(|pair| matches!(pair, [none, rows] if NONE.contains(none) && ROWS.contains(rows)))
}

/// Whether a word carries a direction in a column of its own: `true` for money in.
pub(crate) fn direction(word: &str) -> Option<bool> {
    match word {
        "+" => return Some(true),
        "-" | "\u{2212}" | "\u{2013}" => return Some(false),
        _ => {}
    }
    match fold(word).as_str() {
        "credit" | "cr" | "c" | "bij" | "h" | "haben" | "in" | "deposit" | "cred" | "crdt" | "gutschrift"
        | "abono" | "avere" | "dslip" => Some(true),
        "debit" | "dr" | "d" | "af" | "s" | "soll" | "out" | "withdrawal" | "deb" | "dbit"
        | "lastschrift" | "check" | "cargo" | "dare" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_stands_twice() {
        fn check<T: std::fmt::Debug>(table: &[(T, &str)]) {
            let mut seen = HashMap::new();
            for (owner, words) in table {
                for phrase in words.split('|') {
                    assert_eq!(phrase, fold(phrase), "phrases are written folded");
                    if let Some(before) = seen.insert(phrase.to_owned(), format!("{owner:?}")) {
                        panic!("{phrase:?} stands under {before} and {owner:?}");
                    }
                }
            }
        }
        check(ROLES);
        check(LABELS);
        check(SECTIONS);
    }

    #[test]
    fn headings_and_labels() {
        for (heading, expected) in [
            ("Paid out (£)", Some(Role::Out)),
            ("Withdrawal Amt.", Some(Role::Out)),
            ("Libellé", Some(Role::Description)),
            ("Wertstellung", Some(Role::ValueDate)),
            ("Saldo EUR", Some(Role::Balance)),
            ("Chq./Ref.No.", Some(Role::Reference)),
            ("Amount (USD)", Some(Role::Amount)),
            ("Hello", None),
        ] {
            assert_eq!(role(&fold(heading)), expected, "{heading}");
        }
        for (misread, expected) in [
            ("DateoF", Some(Role::Date)),
            ("Descriptionwe", Some(Role::Description)),
            ("Ba1ance", Some(Role::Balance)),
            ("Arnount (USD)", None),
            ("Anount (USD)", Some(Role::Amount)),
            ("Late", None),
            ("Hello", None),
        ] {
            assert_eq!(role_like(&fold(misread)), expected, "{misread}");
        }
        for (misread, expected) in [
            ("varig saldo", Some("vorig saldo")),
            ("Openlng ba1ance", Some("opening balance")),
            ("opening balance", None),
            ("old deals", None),
        ] {
            assert_eq!(respelled(&fold(misread)).as_deref(), expected, "{misread}");
        }
        assert_eq!(label(&fold("Opening balance on 1 March 2026")), Some((Label::Opening, 2)));
        assert_eq!(label(&fold("Balance brought forward")), Some((Label::BroughtForward, 3)));
        assert_eq!(section(&fold("Deposits & Additions (continued)")), Some(Section::In));
    }
}
