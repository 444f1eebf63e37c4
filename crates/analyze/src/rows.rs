//! What figures need of a document's rows beyond day and amount, thin: no text of a row is kept.

use crate::analyst::Analyst;
use crate::lenders::{LenderIndex, fold};
use crate::taxonomy::{Flag, LeafIndex};
use smartexus_domain::{Case, CaseDocumentFacts, RowRef, Statement, StatementResult, Transaction};
use std::collections::HashMap;

/// A name's place among the names of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartyIndex(pub(crate) u32);

/// The rows of all documents of a case, by document, statement and `seq`.
pub struct CaseRows<'a> {
    pub(crate) analyst: &'a Analyst,
    documents: HashMap<DocumentKey, Vec<StatementRows>>,
    names: Vec<String>,
    by_name: HashMap<String, PartyIndex>,
}

/// What a document is named by in a case.
#[derive(Debug, PartialEq, Eq, Hash)]
struct DocumentKey {
    file: String,
    sha256: String,
    id: String,
}

/// Rows of one statement by `seq`.
struct StatementRows {
    rows: Vec<RowFacts>,
}

/// One row, thin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowFacts {
    seq: u32,
    /// Minor units, as printed beside the row.
    pub(crate) balance: Option<i64>,
    pub(crate) is_categorized: bool,
    pub(crate) leaf: Option<LeafIndex>,
    pub(crate) party: Option<PartyIndex>,
    pub(crate) lender: Option<LenderIndex>,
    /// Bits of [`Mark`].
    marks: u16,
    /// Hash of the printed reference.
    pub(crate) reference: Option<u64>,
    /// Last digits of an account that the words name.
    pub(crate) tail: Option<[u8; 4]>,
}

/// What the words or the tags of a row say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It takes something back.
    Reversal,
    /// It has a word of a loan.
    Lending,
    NsfPaid,
    NsfReturned,
    /// An item or a payment that came back unpaid.
    Returned,
    /// A line of fees since the start of a year: no fee itself.
    YearToDate,
}

impl Mark {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl RowFacts {
    /// Nothing is known of a row whose document was not given.
    pub(crate) const NONE: Self = Self {
        seq: 0,
        balance: None,
        is_categorized: false,
        leaf: None,
        party: None,
        lender: None,
        marks: 0,
        reference: None,
        tail: None,
    };

    pub(crate) const fn has(&self, mark: Mark) -> bool {
        self.marks & mark.bit() != 0
    }
}

/// Words of a row that takes another back.
const REVERSAL_WORDS: [&str; 12] = [
    "reversal",
    "reversed",
    "rev",
    "returned",
    "return",
    "storno",
    "stornierung",
    "annulation",
    "rejected",
    "reject",
    "unpaid",
    "rücklastschrift",
];
/// Words before the end of an account's number.
const TAIL_CUES: [&str; 10] =
    ["acct", "account", "ending", "acc", "konto", "compte", "cuenta", "chk", "sav", "in"];
const TAIL_DIGITS: usize = 4;

impl<'a> CaseRows<'a> {
    /// No rows yet.
    #[must_use]
    pub fn new(analyst: &'a Analyst) -> Self {
        Self { analyst, documents: HashMap::new(), names: Vec::new(), by_name: HashMap::new() }
    }

    /// Keeps what is needed of a document. Giving one twice changes nothing.
    pub fn add(&mut self, result: &StatementResult) {
        self.add_statements(&result.file, &result.document.sha256, &result.document.id, &result.statements);
    }

    /// The same for statements without a result, named as the case names their document.
    pub fn add_statements(&mut self, file: &str, sha256: &str, id: &str, statements: &[Statement]) {
        let key = DocumentKey { file: file.to_owned(), sha256: sha256.to_owned(), id: id.to_owned() };
        let kept = statements.iter().map(|statement| self.statement(statement)).collect();
        self.documents.insert(key, kept);
    }

    fn statement(&mut self, statement: &Statement) -> StatementRows {
        let mut rows: Vec<RowFacts> = statement.transactions.iter().map(|row| self.row(row)).collect();
        rows.sort_by_key(|row| row.seq);
        StatementRows { rows }
    }

    fn row(&mut self, row: &Transaction) -> RowFacts {
        let folded = fold(&row.description);
        let said = row.categorization.as_ref();
        let party = said.and_then(|said| said.counterparty.as_deref()).map(|name| self.party(name));
        let (lender, lends) = self.analyst.lenders.find(&folded);
        let leaf = said.and_then(|said| self.analyst.taxonomy.find(said.category.as_str()));
        let tags = said.map_or(&[][..], |said| &said.tags);
        let tagged = |word: &str| tags.iter().any(|tag| tag == word);
        let takes_back = self.analyst.taxonomy.is(leaf, Flag::Reversal)
            || folded.split(' ').any(|word| REVERSAL_WORDS.contains(&word));
        let marks = [
            (Mark::Reversal, takes_back || tagged("reversed")),
            (Mark::Lending, lends),
            (Mark::NsfPaid, tagged("nsf_paid")),
            (Mark::NsfReturned, tagged("nsf_returned")),
            (Mark::Returned, tagged("returned_deposit") || tagged("returned_payment")),
            (Mark::YearToDate, tagged("year_to_date_line")),
        ];
        let marks = marks.iter().filter(|(_, is)| *is).fold(0, |all, (mark, _)| all | mark.bit());
        RowFacts {
            seq: row.seq,
            balance: row.balance.map(smartexus_domain::Money::minor),
            is_categorized: said.is_some(),
            leaf,
            party,
            lender,
            marks,
            reference: row.reference.as_deref().filter(|text| !text.trim().is_empty()).map(hash),
            tail: tail(&row.description),
        }
    }

    /// The place of a name; two spellings of one name are one.
    fn party(&mut self, name: &str) -> PartyIndex {
        let folded = fold(name);
        if let Some(known) = self.by_name.get(&folded).copied() {
            // The smallest spelling stands for all, so that no order of documents shows.
            let spelled = usize::try_from(known.0).ok().and_then(|at| self.names.get_mut(at));
            if let Some(spelled) = spelled.filter(|spelled| name < spelled.as_str()) {
                name.clone_into(spelled);
            }
            return known;
        }
        let index = PartyIndex(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(name.to_owned());
        self.by_name.insert(folded, index);
        index
    }

    /// How a counterparty is written.
    pub(crate) fn name(&self, party: PartyIndex) -> &str {
        usize::try_from(party.0).ok().and_then(|at| self.names.get(at)).map_or("", String::as_str)
    }

    pub(crate) fn find_party(&self, name: &str) -> Option<PartyIndex> {
        self.by_name.get(&fold(name)).copied()
    }

    /// The documents of a case in the order of their numbers.
    pub(crate) fn of(&self, case: &Case) -> DocumentsByNumber<'_> {
        let key = |document: &CaseDocumentFacts| DocumentKey {
            file: document.file.clone(),
            sha256: document.sha256.clone(),
            id: document.id.clone(),
        };
        let found = |document: &CaseDocumentFacts| {
            Some((document.document, self.documents.get(&key(document))?.as_slice()))
        };
        DocumentsByNumber(case.documents.iter().filter_map(found).collect())
    }
}

/// The documents of one case.
pub(crate) struct DocumentsByNumber<'r>(HashMap<u32, &'r [StatementRows]>);

impl DocumentsByNumber<'_> {
    pub(crate) fn row(&self, at: RowRef) -> Option<RowFacts> {
        let statement = usize::try_from(at.statement).ok()?.checked_sub(1)?;
        let rows = &self.0.get(&at.document)?.get(statement)?.rows;
        rows.binary_search_by_key(&at.row, |row| row.seq).ok().and_then(|at| rows.get(at)).copied()
    }
}

/// FNV-1a: only ever compared inside one run.
fn hash(text: &str) -> u64 {
    text.trim()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The end of an account's number: behind a mask, or behind a word that says so.
fn tail(description: &str) -> Option<[u8; 4]> {
    let mut before = "";
    for word in description.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
        let digits = bare.trim_start_matches(['x', 'X', '*', '.', '…', '#']);
        let is_number = digits.len() == TAIL_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_masked = bare.len() > digits.len() || word.starts_with(['…', '#']);
        let is_named = TAIL_CUES.iter().any(|cue| cue.eq_ignore_ascii_case(before));
        if is_number && (is_masked || is_named) {
            return digits.as_bytes().try_into().ok();
        }
        before = bare;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_account_numbers() {
        for (text, expected) in [
            ("ONLINE TRANSFER TO XXXXX4821", Some("4821")),
            ("TRANSFER TO ACCT 4821 REF 9", Some("4821")),
            ("Transfer to savings ending in 0042.", Some("0042")),
            ("TRANSFER TO CHK ...4821", Some("4821")),
            ("PAYMENT TO **4821", Some("4821")),
            ("CARD PURCHASE 0302 STORE 4821", None),
            ("TRANSFER 20260302", None),
            ("EXXON 4821", None),
        ] {
            let found = tail(text).map(|digits| String::from_utf8(digits.to_vec()).unwrap());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
