//! The axes of a reading and what speaks for each candidate. An axis with one candidate costs nothing.

use crate::draft::{RowDraft, StatementDraft};
use crate::hint::{HintSide, HintSigns, Leaning};
use crate::lexicon::{Label, Section};
use smartexus_domain::{AmountToken, DateOrder, DateToken, Ink, NumberStyle, SignMark};

/// Where the direction of a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SignRule {
    /// Columns of money out and money in.
    Columns,
    /// The same, each being what the other one's heading says: the words of a card's columns mean the bank's side.
    ColumnsTurned,
    /// A word in a column of its own.
    Words,
    /// Minus and debit marks are money out, everything else money in.
    Marks,
    /// Everything is money out unless a minus or a credit mark says otherwise: card statements, and banks
    /// that mark credits only.
    OutUnlessMarked,
    /// Red is money out, green is money in, and black is what is not said by a color.
    Inks,
    /// The heading the row stands under.
    Sections,
    /// The same, whatever the headings say: of the groups of rows those whose bit is set are money in.
    Groups(u8),
    /// The change of the printed balance.
    BalanceDelta,
}

/// What a printed balance means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// Money the holder has.
    Asset,
    /// Money the holder owes: stored as a negative balance.
    Liability,
}

/// What it costs to leave the colors of the amounts without a meaning, in tenths of an edit.
const NOT_INKED: i64 = 20;
/// What it costs to take a balance in red for one below nothing, in tenths of an edit.
const RED_BALANCE: i64 = 3;
/// More groups than this are not tried both ways.
const GROUPS_MAX: usize = 5;

/// One way to read a draft. `price` is in tenths of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axes {
    pub(super) style: NumberStyle,
    pub(super) order: DateOrder,
    pub(super) signs: SignRule,
    pub(super) side: Side,
    /// A balance in red is below nothing.
    pub(super) red_is_below: bool,
    pub(super) price: i64,
}

impl Axes {
    /// On how many axes the reading does what a hint says.
    pub(super) fn agreement(&self, leaning: Leaning) -> usize {
        let signs = match leaning.signs {
            None => false,
            Some(HintSigns::Columns) => self.signs == SignRule::Columns,
            Some(HintSigns::ColumnsTurned) => self.signs == SignRule::ColumnsTurned,
            Some(HintSigns::Marks) => self.signs == SignRule::Marks,
            Some(HintSigns::CreditsMarked) => self.signs == SignRule::OutUnlessMarked,
            Some(HintSigns::Sections) => self.signs == SignRule::Sections,
            Some(HintSigns::BalanceDelta) => self.signs == SignRule::BalanceDelta,
        };
        let side = leaning.side.map(|side| match side {
            HintSide::Asset => Side::Asset,
            HintSide::Liability => Side::Liability,
        });
        let agrees = [
            leaning.order == Some(self.order),
            leaning.style == Some(self.style),
            signs,
            side == Some(self.side),
        ];
        agrees.into_iter().filter(|agrees| *agrees).count()
    }
}

/// Every reading worth trying, cheapest first.
pub(super) fn candidates(draft: &StatementDraft) -> Vec<Axes> {
    let mut all = Vec::new();
    let has_red_balances = has_red_balances(draft);
    for (style, style_price) in styles(draft) {
        for (order, order_price) in orders(draft) {
            for (signs, sign_price) in sign_rules(draft) {
                for (side, side_price) in sides(draft) {
                    let price = style_price + order_price + sign_price + side_price;
                    let axes = Axes { style, order, signs, side, red_is_below: false, price };
                    all.push(axes);
                    if has_red_balances && side == Side::Asset {
                        all.push(Axes { red_is_below: true, price: price + RED_BALANCE, ..axes });
                    }
                }
            }
        }
    }
    all.sort_by_key(|axes| axes.price);
    all
}

fn money_tokens(draft: &StatementDraft) -> impl Iterator<Item = &AmountToken> {
    draft.rows.iter().flat_map(RowDraft::tokens).chain(draft.anchors.iter().map(|a| &a.amount))
}

/// Some balances are red, others are not, and none has a mark that would say the same.
fn has_red_balances(draft: &StatementDraft) -> bool {
    let balances = || draft.rows.iter().filter_map(|row| row.balance.as_ref());
    balances().any(|token| token.ink() == Ink::Red)
        && balances().any(|token| token.ink() != Ink::Red)
        && balances().all(|token| token.sign() == SignMark::None)
}

/// Whether colors say the direction of every amount: red and what is not red, or green and black.
fn are_inked(rows: &[RowDraft]) -> bool {
    let inks = || rows.iter().filter_map(|row| row.amount.as_ref()).map(AmountToken::ink);
    let has = |wanted: Ink| inks().any(|ink| ink == wanted);
    match (has(Ink::Red), has(Ink::Green), has(Ink::Plain)) {
        (true, true, plain) => !plain,
        (true, false, plain) | (false, true, plain) => plain,
        (false, false, _) => false,
    }
}

/// A style that no token contradicts; the one that tokens prove comes first. Where tokens prove both, the document
/// mixes notations: both are tried and what cannot be read becomes a doubt.
fn styles(draft: &StatementDraft) -> Vec<(NumberStyle, i64)> {
    let proves = |style| money_tokens(draft).filter(|t| t.proves_style() == Some(style)).count();
    let (point, comma) = (proves(NumberStyle::Point), proves(NumberStyle::Comma));
    match (point, comma) {
        (0, 0) if money_tokens(draft).any(AmountToken::is_ambiguous) => {
            vec![(NumberStyle::Point, 0), (NumberStyle::Comma, 0)]
        }
        (_, 0) => vec![(NumberStyle::Point, 0)],
        (0, _) => vec![(NumberStyle::Comma, 0)],
        (p, c) if p >= c => vec![(NumberStyle::Point, 0), (NumberStyle::Comma, 5)],
        _ => vec![(NumberStyle::Comma, 0), (NumberStyle::Point, 5)],
    }
}

fn dates(draft: &StatementDraft) -> impl Iterator<Item = DateToken> + '_ {
    let rows = draft.rows.iter().flat_map(|row| [row.date, row.value_date]).flatten();
    let period = draft.period.iter().flat_map(|(start, end)| [*start, *end]);
    let anchors = draft.anchors.iter().filter_map(|a| a.date);
    rows.chain(period).chain(anchors).chain(draft.context_dates.iter().copied())
}

/// The order that numbers above twelve prove; both, if nothing does. Habits of a currency's country may lean,
/// but a leaning never decides: it costs less than the margin two readings must keep.
fn orders(draft: &StatementDraft) -> Vec<(DateOrder, i64)> {
    if !has_two_orders(draft) {
        return vec![(DateOrder::DayMonth, 0)];
    }
    let rows_prove =
        |order| draft.rows.iter().filter_map(|r| r.date).filter(|d| d.proves_order() == Some(order)).count();
    let all_prove = |order| dates(draft).filter(|d| d.proves_order() == Some(order)).count();
    let (day_first, month_first) = match (rows_prove(DateOrder::DayMonth), rows_prove(DateOrder::MonthDay)) {
        (0, 0) => (all_prove(DateOrder::DayMonth), all_prove(DateOrder::MonthDay)),
        proved => proved,
    };
    let month_first_country = draft.account.currency.code() == "USD";
    match (day_first, month_first) {
        (0, 0) if month_first_country => vec![(DateOrder::MonthDay, 0), (DateOrder::DayMonth, 5)],
        (0, 0) => vec![(DateOrder::DayMonth, 0), (DateOrder::MonthDay, 5)],
        (d, m) if d >= m => vec![(DateOrder::DayMonth, 0)],
        _ => vec![(DateOrder::MonthDay, 0)],
    }
}

/// Whether any date means another day in the other order; where all of them name their months or begin with the year, none
/// does.
fn has_two_orders(draft: &StatementDraft) -> bool {
    let pending = draft.pending.iter().flat_map(|row| [row.date, row.value_date]).flatten();
    let differs = |date: DateToken| {
        let [one, other] = DateOrder::ALL.map(|order| date.resolve(order));
        one != other
    };
    dates(draft).chain(pending).any(differs)
}

fn sign_rules(draft: &StatementDraft) -> Vec<(SignRule, i64)> {
    let rows = &draft.rows;
    if rows.iter().any(|row| row.out.is_some() || row.into.is_some()) {
        // Where only one column is used, turning it is what a single row in the wrong one looks like.
        let are_both_used =
            rows.iter().any(|row| row.out.is_some()) && rows.iter().any(|row| row.into.is_some());
        let turned = (SignRule::ColumnsTurned, if draft.is_card { 12 } else { 25 });
        return [(SignRule::Columns, 0)].into_iter().chain(are_both_used.then_some(turned)).collect();
    }
    let marks: Vec<SignMark> = rows.iter().filter_map(|r| r.amount.as_ref()).map(AmountToken::sign).collect();
    let count = |wanted: &[SignMark]| marks.iter().filter(|m| wanted.contains(m)).count();
    let negatives = count(&[SignMark::Minus, SignMark::Debit]);
    let positives = count(&[SignMark::Plus, SignMark::Credit]);
    let mut rules = Vec::new();
    let worded = rows.iter().filter(|row| row.direction.is_some()).count();
    if worded == rows.len() && negatives + positives == 0 {
        return vec![(SignRule::Words, 0)];
    }
    if worded > 0 && worded * 2 > rows.len() {
        // Where signs are printed as well they say the same, or the words name the kind of booking only.
        rules.push((SignRule::Words, if negatives > 0 { 5 } else { 0 }));
    }
    let directed =
        |row: &&RowDraft| matches!(row.section, Some(Section::In | Section::Out | Section::Checks));
    let sectioned = rows.iter().filter(directed).count();
    if sectioned > 0 {
        rules.push((SignRule::Sections, if sectioned == rows.len() { 0 } else { 3 }));
    }
    // A heading over one row is not explained away: that is what a row in the wrong list looks like.
    let under = |wanted: fn(Section) -> bool| rows.iter().filter(|r| r.section.is_some_and(wanted)).count();
    let stands_alone = under(|section| section == Section::In) == 1
        || under(|section| matches!(section, Section::Out | Section::Checks)) == 1;
    if sectioned == rows.len() && stands_alone {
        return rules;
    }
    // On a card most rows are purchases; whichever mark is rare is the payment. On an account a printed minus is
    // money out unless the balances prove the contrary; without any mark nothing printed says the direction.
    let rare_minus = negatives * 2 < marks.len();
    let is_worded_in =
        worded > 0 && worded < rows.len() && rows.iter().all(|row| row.direction != Some(false));
    let are_credits_marked = positives > 0 && positives < marks.len() || positives == 0 && is_worded_in;
    let only_credits_marked = negatives == 0 && are_credits_marked;
    let (marked, inverted) = match (only_credits_marked, draft.is_card, negatives) {
        (true, _, _) => (3, 0),
        (false, true, _) if rare_minus => (3, 0),
        (false, _, 0) => (0, 6),
        (false, _, _) => (0, 20),
    };
    // Two colors among figures without a mark are there to be seen.
    let is_inked = negatives + positives + sectioned + worded == 0 && are_inked(rows);
    let (marked, inverted) =
        if is_inked { (marked + NOT_INKED, inverted + NOT_INKED) } else { (marked, inverted) };
    if is_inked {
        rules.push((SignRule::Inks, 0));
    }
    // A mark on some rows says what the others are not: no rule gives both of them one direction.
    if !only_credits_marked {
        rules.push((SignRule::Marks, marked));
    }
    if !marks.contains(&SignMark::Debit) {
        rules.push((SignRule::OutUnlessMarked, inverted));
    }
    if rows.iter().any(|row| row.balance.is_some()) {
        // Balances may say the direction of a row only where nothing printed beside it does.
        if negatives + positives + sectioned + worded == 0 {
            rules.push((SignRule::BalanceDelta, 4));
        }
    } else {
        rules.extend(group_rules(rows));
    }
    rules.sort_by_key(|(_, price)| *price);
    rules
}

/// Every way the groups of a list can be money in or out, where their headings do not say it.
fn group_rules(rows: &[RowDraft]) -> Vec<(SignRule, i64)> {
    let mut said: Vec<Option<bool>> = Vec::new();
    for row in rows {
        let Some(group) = row.group.map(usize::from) else { return Vec::new() };
        if group >= GROUPS_MAX {
            return Vec::new();
        }
        if said.len() <= group {
            said.resize(group + 1, None);
        }
        if let Some(meaning) = said.get_mut(group) {
            *meaning = match row.section {
                Some(Section::In) => Some(true),
                Some(Section::Out | Section::Checks) => Some(false),
                Some(Section::Both | Section::Ignored | Section::Pending) | None => *meaning,
            };
        }
    }
    if said.len() < 2 || said.iter().all(Option::is_some) {
        return Vec::new();
    }
    let is_told = |mask: &u8| {
        let mut told = said.iter().enumerate();
        told.all(|(group, said)| said.is_none_or(|into| into == is_in(*mask, group)))
    };
    (0..1_u8 << said.len()).filter(is_told).map(|mask| (SignRule::Groups(mask), 6)).collect()
}

/// Whether the group's bit is set.
pub(super) const fn is_in(mask: u8, group: usize) -> bool {
    group < GROUPS_MAX && mask >> group & 1 == 1
}

fn sides(draft: &StatementDraft) -> Vec<(Side, i64)> {
    let is_balance = |label| {
        matches!(
            label,
            Label::Opening
                | Label::Closing
                | Label::BalanceAt
                | Label::BroughtForward
                | Label::CarriedForward
        )
    };
    let of_rows = draft.rows.iter().filter_map(|row| row.balance.as_ref());
    let of_anchors = draft.anchors.iter().filter(|a| is_balance(a.label)).map(|a| &a.amount);
    let balances: Vec<&AmountToken> = of_rows.chain(of_anchors).collect();
    // The other side is what a sign that was changed looks like, in a mirror: something printed has to ask for it.
    let is_signed = balances.iter().any(|token| matches!(token.sign(), SignMark::Minus | SignMark::Debit));
    let is_loan = draft.account.kind.as_deref() == Some("loan");
    let may_turn = !balances.is_empty() && draft.rows.len() > 1;
    match draft.is_card {
        true if may_turn && is_signed => vec![(Side::Liability, 0), (Side::Asset, 10)],
        true => vec![(Side::Liability, 0)],
        false if may_turn && is_loan => vec![(Side::Asset, 0), (Side::Liability, 30)],
        false => vec![(Side::Asset, 0)],
    }
}
