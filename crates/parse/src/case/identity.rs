//! Which statements are about one account.
//!
//! Whole numbers decide first. A masked number joins the one account of the case that it can be; a list without any
//! number joins the one account whose rows or whose balance it has. Wherever there are two, nothing is joined and a finding
//! says so: two accounts taken for one would be silently wrong, one account shown as two is visible.

use super::counted;
use super::evidence::{Agreement, agreement, goes_on};
use super::names::Names;
use super::source::Source;
use smartexus_domain::{Currency, Finding, JoinedBy};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of statements whose rows are compared to find an account; statements beyond stay alone.
const COMPARED_PAIRS_MAX: usize = 50_000;

/// The sources of one account and currency.
#[derive(Debug)]
pub(super) struct Cluster<'d> {
    pub(super) sources: Vec<(Source<'d>, JoinedBy)>,
    pub(super) currency: Currency,
}

/// The accounts of a case.
#[derive(Debug)]
pub(super) struct Clusters<'d> {
    pub(super) accounts: Vec<Cluster<'d>>,
    pub(super) findings: Vec<Finding>,
}

/// Groups the sources by account and currency.
pub(super) fn clusters<'d>(sources: &[Source<'d>]) -> Clusters<'d> {
    let mut sorter = Sorter::new(sources);
    sorter.join_whole();
    sorter.join_numbers_to_ibans();
    sorter.join_masked();
    sorter.join_unnamed();
    let findings = sorter.findings();
    let mut accounts = Vec::new();
    let mut apart = 0_usize;
    for members in sorter.groups() {
        let (mut by_currency, left_apart) = split_by_currency(members);
        apart = apart.saturating_add(left_apart);
        accounts.append(&mut by_currency);
    }
    let message = |n| {
        format!(
            "{n} statements name an account that has several currencies, and no currency; they stay apart."
        )
    };
    let findings = findings.into_iter().chain(counted("currency_ambiguous", apart, message)).collect();
    Clusters { accounts, findings }
}

/// Statements of one account by currency. One that names none belongs to the only one there is.
fn split_by_currency<'d>(members: Vec<(Source<'d>, JoinedBy)>) -> (Vec<Cluster<'d>>, usize) {
    let known: BTreeSet<Currency> =
        members.iter().map(|(source, _)| source.currency()).filter(Currency::is_known).collect();
    let only = known.iter().next().copied().filter(|_| known.len() == 1);
    // Amounts without a currency were read with two digits.
    let only = only.filter(|only| only.exponent() == Currency::UNKNOWN.exponent());
    let mut clusters: BTreeMap<Currency, Cluster<'d>> = BTreeMap::new();
    let mut apart = 0_usize;
    for (source, joined) in members {
        let own = source.currency();
        let currency = if own.is_known() { own } else { only.unwrap_or(own) };
        apart = apart.saturating_add(usize::from(!currency.is_known() && !known.is_empty()));
        let cluster = clusters.entry(currency).or_insert_with(|| Cluster { sources: Vec::new(), currency });
        cluster.sources.push((source, joined));
    }
    (clusters.into_values().collect(), apart)
}

/// Sources under way to their accounts. A group is named by the position of its first member.
struct Sorter<'s, 'd> {
    sources: &'s [Source<'d>],
    names: Vec<Names>,
    group: Vec<usize>,
    joined: Vec<JoinedBy>,
    pairs: usize,
    /// Statements that could be of several accounts.
    ambiguous: usize,
    /// Statements joined by less than a number.
    assumed: usize,
}

impl<'s, 'd> Sorter<'s, 'd> {
    fn new(sources: &'s [Source<'d>]) -> Self {
        Self {
            sources,
            names: sources.iter().map(|source| Names::of(&source.part.account)).collect(),
            group: (0..sources.len()).collect(),
            joined: vec![JoinedBy::Alone; sources.len()],
            pairs: 0,
            ambiguous: 0,
            assumed: 0,
        }
    }

    fn positions(&self) -> std::ops::Range<usize> {
        0..self.sources.len()
    }

    fn group_of(&self, at: usize) -> usize {
        self.group.get(at).copied().unwrap_or(at)
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.group_of(one), self.group_of(other));
        let (first, second) = (one.min(other), one.max(other));
        self.group.iter_mut().filter(|group| **group == second).for_each(|group| *group = first);
    }

    fn mark(&mut self, at: usize, by: JoinedBy) {
        if let Some(joined) = self.joined.get_mut(at) {
            *joined = by;
        }
    }

    /// Positions of the sources for which this holds.
    fn those(&self, is: impl Fn(&Names) -> bool) -> Vec<usize> {
        self.positions().zip(&self.names).filter(|(_, names)| is(names)).map(|(at, _)| at).collect()
    }

    fn name(&self, at: usize) -> Names {
        self.names.get(at).cloned().unwrap_or_default()
    }

    /// Statements with the same IBAN or whole number. Compared with one member of each group that differs from its
    /// others, so that a case of one account stays linear.
    fn join_whole(&mut self) {
        let mut kinds: Vec<(Names, usize)> = Vec::new();
        for at in self.those(Names::is_whole) {
            let names = self.name(at);
            self.mark(at, if names.iban.is_some() { JoinedBy::Iban } else { JoinedBy::Number });
            match kinds.iter().find(|(known, _)| *known == names) {
                Some((_, same)) => self.unite(*same, at),
                None => kinds.push((names, at)),
            }
        }
        let blind: Vec<bool> = kinds.iter().map(|(names, _)| is_blind_among(names, &kinds)).collect();
        self.ambiguous = self.ambiguous.saturating_add(blind.iter().filter(|blind| **blind).count());
        let seeing: Vec<&(Names, usize)> =
            kinds.iter().zip(&blind).filter(|(_, blind)| !**blind).map(|(kind, _)| kind).collect();
        for (index, (names, at)) in seeing.iter().enumerate() {
            for (other, position) in seeing.iter().skip(index.saturating_add(1)) {
                if names.is_same_whole(other) {
                    self.unite(*at, *position);
                }
            }
        }
    }

    /// A number that is in exactly one of the IBANs of the case.
    fn join_numbers_to_ibans(&mut self) {
        let ibans: BTreeMap<String, usize> =
            self.positions().filter_map(|at| self.name(at).iban.map(|iban| (iban, at))).collect();
        for at in self.those(|names| names.iban.is_none() && names.number.is_some()) {
            let names = self.name(at);
            let owners: BTreeSet<usize> = ibans
                .iter()
                .filter(|(iban, _)| names.is_in_iban(iban))
                .map(|(_, owner)| self.group_of(*owner))
                .collect();
            match owners.iter().copied().collect::<Vec<_>>().as_slice() {
                [owner] => self.unite(*owner, at),
                [] => {}
                [_, ..] => self.ambiguous = self.ambiguous.saturating_add(1),
            }
        }
    }

    /// Masked numbers: to the one whole account they can be, else among themselves.
    fn join_masked(&mut self) {
        let masked = self.those(|names| !names.is_whole() && names.masked.is_some());
        let mut homeless = Vec::new();
        for at in masked {
            let names = self.name(at);
            let may_be = |candidate: &usize| {
                self.name(*candidate).may_be_masked_as(&names) && self.same_currency(at, *candidate)
            };
            let candidates: Vec<usize> = self.those(Names::is_whole).into_iter().filter(may_be).collect();
            let groups: BTreeSet<usize> =
                candidates.iter().map(|candidate| self.group_of(*candidate)).collect();
            let fitting: Vec<usize> =
                groups.iter().copied().filter(|group| self.rows_of(at, *group) != Agreement::Other).collect();
            let same: Vec<usize> =
                fitting.iter().copied().filter(|group| self.rows_of(at, *group) == Agreement::Same).collect();
            match (fitting.as_slice(), same.as_slice()) {
                ([only], _) => self.join(at, *only, JoinedBy::MaskedNumber),
                (_, [only]) => self.join(at, *only, JoinedBy::Rows),
                ([], _) if groups.is_empty() => homeless.push(at),
                _ => self.ambiguous = self.ambiguous.saturating_add(1),
            }
        }
        self.join_masks(&homeless);
    }

    /// Masks that nobody prints in full. All that look the same are one account if every pair of them may be; where two
    /// of them cannot, none is joined.
    fn join_masks(&mut self, masked: &[usize]) {
        let mut left: Vec<usize> = masked.to_vec();
        while let Some(first) = left.first().copied() {
            let names = self.name(first);
            let tail = |at: &usize| {
                self.name(*at).masked.map(|m| m.tail) == names.masked.as_ref().map(|m| m.tail.clone())
            };
            let alike: Vec<usize> =
                left.iter().copied().filter(|at| tail(at) && self.same_currency(first, *at)).collect();
            let taken: BTreeSet<usize> = alike.iter().copied().chain([first]).collect();
            left.retain(|at| !taken.contains(at));
            let mut pairs = alike
                .iter()
                .flat_map(|one| alike.iter().map(move |other| (*one, *other)))
                .filter(|(one, other)| one < other);
            let is_one = pairs.all(|(one, other)| {
                self.name(one).may_be_same_mask(&self.name(other))
                    && self.compared(one, other) != Agreement::Other
            });
            if is_one {
                alike.iter().for_each(|at| self.join(*at, first, JoinedBy::MaskedNumber));
            } else {
                self.ambiguous = self.ambiguous.saturating_add(alike.len());
            }
        }
    }

    /// Lists that name no account: to the one account whose rows they have, or whose balance they go on from; else
    /// among themselves.
    fn join_unnamed(&mut self) {
        let unnamed = self.those(|names| !names.is_whole() && names.masked.is_none());
        let named: BTreeSet<usize> = self.positions().filter(|at| !unnamed.contains(at)).collect();
        let homes: BTreeSet<usize> = named.iter().map(|at| self.group_of(*at)).collect();
        let mut homeless = Vec::new();
        let mut joins = Vec::new();
        for at in unnamed {
            match self.home(at, &homes) {
                Home::One(group, by) => joins.push((at, group, by)),
                Home::Several => self.ambiguous = self.ambiguous.saturating_add(1),
                Home::None => homeless.push(at),
            }
        }
        joins.into_iter().for_each(|(at, group, by)| self.join(at, group, by));
        let (mut links, mut chained) = (Vec::new(), Vec::new());
        for (index, one) in homeless.iter().enumerate() {
            for other in homeless.iter().skip(index.saturating_add(1)) {
                if self.compared(*one, *other) == Agreement::Same {
                    links.push((*one, *other));
                } else if self.continues(*one, *other) {
                    chained.push((*one, *other));
                }
            }
        }
        for (one, other) in links {
            self.join(other, one, JoinedBy::Rows);
        }
        // A balance joins only where it has one neighbor on that side: two lists may begin with the same round figure.
        for (one, other) in &chained {
            let rivals = |at: usize| chained.iter().filter(|(a, b)| *a == at || *b == at).count();
            if rivals(*one) <= 2 && rivals(*other) <= 2 {
                self.join(*other, *one, JoinedBy::Balance);
            }
        }
    }

    fn home(&mut self, at: usize, homes: &BTreeSet<usize>) -> Home {
        let (mut same, mut chained) = (BTreeSet::new(), BTreeSet::new());
        for group in homes {
            match self.rows_of(at, *group) {
                Agreement::Same => {
                    same.insert(*group);
                }
                Agreement::Unclear if self.goes_on_in(at, *group) => {
                    chained.insert(*group);
                }
                Agreement::Unclear | Agreement::Other => {}
            }
        }
        let only = |groups: &BTreeSet<usize>| groups.iter().next().copied().filter(|_| groups.len() == 1);
        match (only(&same), only(&chained)) {
            (Some(group), _) => Home::One(group, JoinedBy::Rows),
            (None, Some(group)) if same.is_empty() => Home::One(group, JoinedBy::Balance),
            _ if same.is_empty() && chained.is_empty() => Home::None,
            _ => Home::Several,
        }
    }

    fn join(&mut self, at: usize, group: usize, by: JoinedBy) {
        if self.group_of(at) != self.group_of(group) && by > JoinedBy::MaskedNumber {
            self.assumed = self.assumed.saturating_add(1);
        }
        self.unite(at, group);
        self.mark(at, by);
    }

    fn members(&self, group: usize) -> Vec<usize> {
        self.positions().filter(|at| self.group_of(*at) == group).collect()
    }

    fn same_currency(&self, one: usize, other: usize) -> bool {
        let currency = |at: usize| self.sources.get(at).map_or(Currency::UNKNOWN, Source::currency);
        let (one, other) = (currency(one), currency(other));
        one == other || !one.is_known() || !other.is_known()
    }

    /// What the rows of a source and of a group say: one member that has the same rows is enough, and so is one that has
    /// others.
    fn rows_of(&mut self, at: usize, group: usize) -> Agreement {
        let mut said = Agreement::Unclear;
        for member in self.members(group).into_iter().filter(|member| *member != at) {
            if !self.same_currency(at, member) {
                continue;
            }
            match self.compared(at, member) {
                Agreement::Same => return Agreement::Same,
                Agreement::Other => said = Agreement::Other,
                Agreement::Unclear => {}
            }
        }
        said
    }

    fn compared(&mut self, one: usize, other: usize) -> Agreement {
        if self.pairs >= COMPARED_PAIRS_MAX {
            return Agreement::Unclear;
        }
        self.pairs = self.pairs.saturating_add(1);
        match (self.sources.get(one), self.sources.get(other)) {
            (Some(one), Some(other)) => agreement(one, other),
            _ => Agreement::Unclear,
        }
    }

    fn continues(&self, one: usize, other: usize) -> bool {
        match (self.sources.get(one), self.sources.get(other)) {
            (Some(one), Some(other)) => goes_on(one, other) || goes_on(other, one),
            _ => false,
        }
    }

    fn goes_on_in(&self, at: usize, group: usize) -> bool {
        self.members(group).into_iter().any(|member| self.continues(at, member))
    }

    fn findings(&self) -> Vec<Finding> {
        let ambiguous = counted("account_ambiguous", self.ambiguous, |n| {
            format!("{n} statements may be of more than one account of the case; they are not joined to any.")
        });
        let assumed = counted("account_assumed", self.assumed, |n| {
            format!(
                "{n} statements name no account; their rows or balances are those of the one they are joined to."
            )
        });
        let alone = |(at, names): (usize, &Names)| {
            let unnamed = !names.is_whole() && names.masked.is_none();
            unnamed
                && self.joined.get(at) == Some(&JoinedBy::Alone)
                && self.members(self.group_of(at)).len() == 1
        };
        let alone = self.names.iter().enumerate().filter(|kind| alone(*kind)).count();
        let alone = if self.sources.len() > 1 { alone } else { 0 };
        let unknown = counted("account_unknown", alone, |n| {
            format!(
                "{n} statements name no account, and nothing in them joins them to another one; each stands alone."
            )
        });
        let most = counted("statements_not_compared", usize::from(self.pairs >= COMPARED_PAIRS_MAX), |_| {
            format!(
                "More than {COMPARED_PAIRS_MAX} pairs of statements name no account; the rest is not compared."
            )
        });
        [ambiguous, assumed, unknown, most].into_iter().flatten().collect()
    }

    fn groups(self) -> Vec<Vec<(Source<'d>, JoinedBy)>> {
        let mut groups: BTreeMap<usize, Vec<(Source<'d>, JoinedBy)>> = BTreeMap::new();
        for ((group, source), joined) in self.group.iter().zip(self.sources).zip(&self.joined) {
            groups.entry(*group).or_default().push((source.clone(), *joined));
        }
        groups.into_values().collect()
    }
}

/// Nothing but a number, which several branches of the case use: it could be the account of each.
fn is_blind_among(names: &Names, kinds: &[(Names, usize)]) -> bool {
    if names.iban.is_some() || names.sort_code.is_some() || names.routing.is_some() {
        return false;
    }
    let same = kinds.iter().filter(|(other, _)| names.is_same_whole(other));
    let branches: BTreeSet<_> =
        same.filter_map(|(other, _)| other.sort_code.as_ref().or(other.routing.as_ref())).collect();
    branches.len() > 1
}

/// Where a list without a number belongs.
enum Home {
    One(usize, JoinedBy),
    Several,
    None,
}
