//! One account of the case, from its sources to its proved ledger.

use super::hash;
use super::identity::Cluster;
use super::ledger::{Dropped, Entry, row};
use super::matching::{self, Differs, Matched};
use super::names::Names;
use super::proof::{self, Doubts};
use super::seams::{self, Seams};
use super::source::Source;
use super::{RowKey, counted, days, pending, signals, text, twins};
use jiff::civil::Date;
use smartexus_domain::{
    Account, CaseAccount, CaseSignal, CaseStatement, Currency, Difference, Disagreement, Duplicate, Finding,
    JoinedBy, LedgerRow, Outcome, Removal, RemovedRow, Severity, StatementRef,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of disagreement that are listed for one account.
const DISAGREEMENTS_MAX: usize = 10_000;

/// An account, and what other accounts and the case need of it.
#[derive(Debug)]
pub(super) struct Settled<'d> {
    pub(super) case: CaseAccount,
    pub(super) names: Names,
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) signals: Vec<CaseSignal>,
    pub(super) rows: Vec<Booked<'d>>,
    pub(super) currency: Currency,
}

/// A row of the ledger as transfers see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booked<'d> {
    pub(super) date: Date,
    pub(super) minor: i64,
    pub(super) text: &'d str,
}

/// Puts the sources of one account together.
pub(super) fn settle<'d>(cluster: Cluster<'d>, restored: &BTreeSet<RowKey>) -> Settled<'d> {
    let currency = cluster.currency;
    let joined: BTreeMap<StatementRef, JoinedBy> =
        cluster.sources.iter().map(|(source, by)| (source.at, *by)).collect();
    let mut sources: Vec<Source<'d>> = cluster.sources.into_iter().map(|(source, _)| source).collect();
    sources.sort_by(|one, other| one.rank().cmp(&other.rank()));
    let (account, names) = (identity(&sources, currency), best_names(&sources));
    let id = account_id(&names, &sources, currency);
    let duplicates = twins::same_statements(&mut sources);
    super::dates::mark(&mut sources);
    sources.sort_by(|one, other| one.rank().cmp(&other.rank()));

    let decided = days::decide(&sources);
    let mut entries = decided.entries;
    let mut matched = matching::find(&sources, &entries, &decided.others, &decided.dropped);
    let mut dropped = decided.dropped;
    dropped.append(&mut matched.dropped);
    let restored = restore(&sources, restored, &mut entries, &mut dropped);
    let order = ledger_order(&sources, &entries);
    let ids = ids(&sources, &entries, &order, &id, currency);

    let seams = seams::find(&sources, currency);
    let unsure = dropped.iter().filter(|row| row.reason == Removal::PossibleDuplicate).count();
    let unsure = unsure.saturating_add(decided.kept_apart).saturating_add(matched.shifted);
    let waiting = pending::booked_again(&sources, &entries);
    let loud =
        matched.differs.iter().filter(|differs| differs.difference.severity() == Severity::Warn).count();
    let doubts = Doubts {
        possible_duplicates: unsure + waiting > 0,
        sources_disagree: loud > 0,
        restored: restored > 0,
    };
    let proof = proof::prove(&sources, &entries, &seams, doubts, currency);
    let teller = Teller { sources: &sources, entries: &entries, ids: &ids, currency };
    let mut signals = signals::same_bytes(&duplicates);
    signals.extend(signals::near_duplicates(&sources));
    let rows = order.iter().filter_map(|at| entries.get(*at)?.booked(&sources)).collect();
    let case = CaseAccount {
        id,
        account,
        statements: teller.statements(&joined),
        disagreements: teller.disagreements(&matched.differs),
        ledger: teller.ledger(&order, &dropped),
        removed: teller.removed(&dropped),
        findings: findings(&seams, &matched, (unsure, waiting), loud),
        seams: seams.seams,
        gaps: seams.gaps,
        overlaps: seams.overlaps,
        proof,
    };
    Settled { case, names, duplicates, signals, rows, currency }
}

impl Entry {
    fn booked<'d>(&self, sources: &[Source<'d>]) -> Option<Booked<'d>> {
        let row = sources.get(self.source)?.part.rows.get(self.row)?;
        Some(Booked { date: row.date, minor: row.minor, text: &row.text })
    }
}

/// Every identifier that any statement prints; where several are printed, that of the best statement.
fn identity(sources: &[Source<'_>], currency: Currency) -> Account {
    let mut account = Account { currency, ..Account::default() };
    // The longest number is the whole one.
    let whole = |source: &&Source<'_>| Names::of(&source.part.account).number.is_some();
    let numbers = || sources.iter().filter(whole).chain(sources);
    account.number = numbers().find_map(|source| source.part.account.number.clone());
    for printed in sources.iter().map(|source| &source.part.account) {
        let fields = [
            (&mut account.institution, &printed.institution),
            (&mut account.iban, &printed.iban),
            (&mut account.bic, &printed.bic),
            (&mut account.sort_code, &printed.sort_code),
            (&mut account.routing_number, &printed.routing_number),
            (&mut account.kind, &printed.kind),
        ];
        for (known, printed) in fields {
            if known.is_none() {
                known.clone_from(printed);
            }
        }
        if account.holders.is_empty() {
            account.holders.clone_from(&printed.holders);
        }
    }
    account
}

fn best_names(sources: &[Source<'_>]) -> Names {
    let mut best = Names::default();
    for names in sources.iter().map(|source| Names::of(&source.part.account)) {
        best.iban = best.iban.or(names.iban);
        best.number = best.number.or(names.number);
        best.masked = best.masked.or(names.masked);
        best.sort_code = best.sort_code.or(names.sort_code);
        best.routing = best.routing.or(names.routing);
        best.institution.extend(names.institution);
    }
    best
}

/// From what is printed of the account; where nothing is, from what its statements are.
fn account_id(names: &Names, sources: &[Source<'_>], currency: Currency) -> String {
    let mut fields: Vec<String> = names.key().into_iter().map(str::to_owned).collect();
    if !names.is_whole() {
        // Two accounts may end alike.
        fields.extend(names.institution.iter().cloned());
        let first = sources.iter().map(|source| (source.digest, source.at.statement)).min();
        fields.extend(first.map(|(digest, statement)| format!("{digest}/{statement}")));
    }
    fields.push(currency.code().to_owned());
    hash::id("account/1", fields.iter().map(String::as_str))
}

/// Counts rows that a person asked for, and says how many.
fn restore(
    sources: &[Source<'_>],
    restored: &BTreeSet<RowKey>,
    entries: &mut Vec<Entry>,
    dropped: &mut Vec<Dropped>,
) -> usize {
    if restored.is_empty() {
        return 0;
    }
    let before = entries.len();
    dropped.retain(|gone| {
        let (Some(source), Some(row)) = (sources.get(gone.source), row(sources, gone.source, gone.row))
        else {
            return true;
        };
        let key = RowKey { sha256: source.digest.to_owned(), statement: source.at.statement, row: row.seq };
        if restored.contains(&key) {
            let day = source.day_of(row);
            entries.push(Entry { source: gone.source, row: gone.row, day, restored: true });
        }
        !restored.contains(&key)
    });
    entries.len().saturating_sub(before)
}

/// Positions of the entries, oldest first; inside a day as it was decided.
fn ledger_order(sources: &[Source<'_>], entries: &[Entry]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| entries.get(*at).and_then(|entry| entry.row(sources)).map(|row| row.date));
    order
}

/// Id of each entry, by position: account, booking date, amount, currency, folded text, ordinal among equal rows.
fn ids(
    sources: &[Source<'_>],
    entries: &[Entry],
    order: &[usize],
    account: &str,
    currency: Currency,
) -> Vec<String> {
    let mut equal: BTreeMap<(Date, i64, &str), u32> = BTreeMap::new();
    let mut ids = vec![String::new(); entries.len()];
    for at in order {
        let Some(row) = entries.get(*at).and_then(|entry| entry.row(sources)) else { continue };
        let ordinal = equal.entry((row.date, row.minor, &row.text)).or_default();
        *ordinal = ordinal.saturating_add(1);
        let (date, minor, ordinal) = (row.date.to_string(), row.minor.to_string(), ordinal.to_string());
        let fields = [account, &date, &minor, currency.code(), text::RULE, &row.text, &ordinal];
        if let Some(id) = ids.get_mut(*at) {
            *id = hash::id("row/1", fields);
        }
    }
    ids
}

fn findings(
    seams: &Seams,
    matched: &Matched,
    (unsure, waiting): (usize, usize),
    loud: usize,
) -> Vec<Finding> {
    let broken = seams.seams.iter().filter(|seam| seam.outcome == Outcome::Fail).count();
    let open = seams.gaps.iter().filter(|gap| !gap.bridged).count();
    let unlisted = matched.differs.len().saturating_sub(DISAGREEMENTS_MAX);
    [
        counted("seam_broken", broken, |n| {
            format!("{n} statements do not begin with the balance that the one before them ends with.")
        }),
        counted("period_gap", open, |n| format!("{n} times days are missing between two statements.")),
        counted("possible_duplicate", unsure, |n| {
            format!("{n} rows are equal to others where two lists meet inside a day; each may be one transaction or two.")
        }),
        counted("possible_pending", waiting, |n| {
            format!(
                "{n} rows at the end of a list stand in the list after it too, dated some days later; each may be one transaction \
                 that was still pending, or two."
            )
        }),
        counted("sources_disagree", loud, |n| format!("Two sources of this account differ about {n} rows.")),
        counted("disagreements_not_listed", unlisted, |n| {
            format!("{n} more rows differ than the {DISAGREEMENTS_MAX} that are listed.")
        }),
        counted("overlaps_not_listed", seams.overlaps_left_out, |_| {
            "More statements overlap than are listed.".to_owned()
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Ids of a source that stand at one row only.
fn unique_ids<'s>(source: &'s Source<'_>) -> BTreeSet<&'s str> {
    let (mut once, mut often) = (BTreeSet::new(), BTreeSet::new());
    for id in source.part.rows.iter().filter_map(|row| row.bank_id.as_deref()) {
        if !once.insert(id) {
            often.insert(id);
        }
    }
    once.retain(|id| !often.contains(id));
    once
}

/// Turns positions into the references of the contract.
struct Teller<'t, 'd> {
    sources: &'t [Source<'d>],
    entries: &'t [Entry],
    ids: &'t [String],
    currency: Currency,
}

impl Teller<'_, '_> {
    fn money(&self, minor: i64) -> String {
        smartexus_domain::Money::new(minor, self.currency).to_string()
    }

    fn statements(&self, joined: &BTreeMap<StatementRef, JoinedBy>) -> Vec<CaseStatement> {
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for entry in self.entries {
            let count = counts.entry(entry.source).or_default();
            *count = count.saturating_add(1);
        }
        let statement = |(at, source): (usize, &Source<'_>)| CaseStatement {
            at: source.at,
            covers: source.span(),
            period_stated: source.cover.is_some_and(|cover| cover.stated),
            opening_balance: source.part.opening.map(|minor| self.money(minor)),
            closing_balance: source.part.closing.map(|minor| self.money(minor)),
            verdict: source.part.verdict,
            source: source.media,
            rows: u32::try_from(source.part.rows.len()).unwrap_or(u32::MAX),
            counted: counts.get(&at).copied().unwrap_or(0),
            joined_by: joined.get(&source.at).copied().unwrap_or(JoinedBy::Alone),
            other_dates: source.other_dates,
        };
        let mut statements: Vec<CaseStatement> = self.sources.iter().enumerate().map(statement).collect();
        statements
            .sort_by_key(|statement| (statement.covers.map(|days| (days.start, days.end)), statement.at));
        statements
    }

    fn ledger(&self, order: &[usize], dropped: &[Dropped]) -> Vec<LedgerRow> {
        let mut corroborated: BTreeMap<usize, u32> = BTreeMap::new();
        for at in dropped.iter().filter_map(|row| row.entry) {
            let count = corroborated.entry(at).or_default();
            *count = count.saturating_add(1);
        }
        let row = |at: &usize| {
            let entry = self.entries.get(*at)?;
            let row = entry.row(self.sources)?;
            Some(LedgerRow {
                id: self.id(Some(*at))?,
                at: self.sources.get(entry.source)?.row_ref(row),
                date: row.date,
                amount: self.money(row.minor),
                corroborated: corroborated.get(at).copied().unwrap_or(0),
                restored: entry.restored,
            })
        };
        order.iter().filter_map(row).collect()
    }

    fn id(&self, entry: Option<usize>) -> Option<String> {
        entry.and_then(|at| self.ids.get(at)).cloned()
    }

    fn removed(&self, dropped: &[Dropped]) -> Vec<RemovedRow> {
        let unique: Vec<BTreeSet<&str>> = self.sources.iter().map(unique_ids).collect();
        let id = |source: usize, row: &super::source::Row| {
            let id = row.bank_id.as_deref()?;
            unique.get(source).is_some_and(|unique| unique.contains(id)).then(|| id.to_owned())
        };
        let same_id = |gone: &Dropped, row: &super::source::Row| {
            let entry = gone.entry.and_then(|at| self.entries.get(at));
            let there = entry.and_then(|entry| id(entry.source, entry.row(self.sources)?));
            there.is_some() && there == id(gone.source, row)
        };
        let removed = |gone: &Dropped| {
            let source = self.sources.get(gone.source)?;
            let row = row(self.sources, gone.source, gone.row)?;
            Some(RemovedRow {
                at: source.row_ref(row),
                duplicate_of: self.id(gone.entry),
                reason: gone.reason,
                same_bank_id: same_id(gone, row),
            })
        };
        let mut removed: Vec<RemovedRow> = dropped.iter().filter_map(removed).collect();
        removed.sort_by_key(|row| row.at);
        removed
    }

    fn disagreements(&self, differs: &[Differs]) -> Vec<Disagreement> {
        let mut listed: Vec<Disagreement> =
            differs.iter().filter_map(|differs| self.disagreement(differs)).collect();
        listed.sort_by(|one, other| {
            let key = |d: &Disagreement| (d.source, d.row, d.ledger_row.clone(), d.difference);
            key(one).cmp(&key(other))
        });
        listed.truncate(DISAGREEMENTS_MAX);
        listed
    }

    fn disagreement(&self, differs: &Differs) -> Option<Disagreement> {
        let source = self.sources.get(differs.source)?;
        let here = differs.row.and_then(|index| row(self.sources, differs.source, index));
        let there = differs.entry.and_then(|at| self.entries.get(at)?.row(self.sources));
        let text = |row: &super::source::Row| match differs.difference {
            Difference::Amount | Difference::OnlyHere | Difference::MissingHere => {
                Some(self.money(row.minor))
            }
            Difference::Balance => row.balance.map(|minor| self.money(minor)),
            Difference::Date | Difference::BookedLater => Some(row.date.to_string()),
        };
        Some(Disagreement {
            difference: differs.difference,
            severity: differs.difference.severity(),
            source: source.at,
            row: here.map(|row| source.row_ref(row)),
            ledger_row: self.id(differs.entry),
            expected: there.and_then(text),
            found: here.and_then(text),
        })
    }
}
