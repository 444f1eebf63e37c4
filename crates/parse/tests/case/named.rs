//! The cases that lose or double rows in other programs, each by its name.

use crate::book::{Book, Row, Shows, case, check, codes, csv, day, lost_and_doubled, only, pdf, row};
use smartexus_domain::{
    Difference, DocumentSource, DuplicateKind, Outcome, Removal, RowStatus, SignalName, Transaction, Verdict,
};
use smartexus_parse::{CaseDocument, CaseLimits, RowKey, assemble};
use std::collections::BTreeSet;

/// Two months with twins, a return of the same size, and a day of several rows.
fn book() -> Book {
    Book::new(
        "41887702",
        100_000,
        vec![
            row(2, -450, "COFFEE CORNER"),
            row(2, -450, "COFFEE CORNER"),
            row(5, 241_730, "SALARY WEXCOMBE LABS"),
            row(9, -98_000, "RENT DOVECOTE LETS"),
            row(15, -2_000, "ATM WITHDRAWAL 0411"),
            row(15, -1_250, "OTTER CREEK MARKET"),
            row(15, -450, "COFFEE CORNER"),
            row(16, -450, "COFFEE CORNER"),
            row(22, -7_700, "HEDGEROW ENERGY"),
            row(31, -1_500, "SILVERLEAF CAFE"),
            row(33, -450, "COFFEE CORNER"),
            row(36, 241_730, "SALARY WEXCOMBE LABS"),
            row(40, -98_000, "RENT DOVECOTE LETS"),
            row(58, -600, "OTTER CREEK MARKET"),
        ],
    )
}

#[test]
fn twins_on_one_day() {
    let book = book();
    let account = check(&book, &[pdf("march", &book.statement(1, 31)), csv("all", &book.export(0..14))]);
    let twins = account.ledger.iter().filter(|row| row.date == day(2) && row.amount == "-4.50");
    let ids: BTreeSet<_> = twins.map(|row| &row.id).collect();
    assert_eq!(ids.len(), 2, "two rows, two ids");
}

#[test]
fn periods_sharing_their_edge_day_with_a_seam_that_closes() {
    let book = book();
    let at = |first, last| Shows { period: Some((day(first), day(last))), ends: true, balances: false };
    // The bank closes its statement in the middle of the day.
    let (one, two) = (book.cut(0..6, at(1, 15)), book.cut(6..10, at(15, 31)));
    let account = check(&Book { rows: book.rows[..10].to_vec(), ..book }, &[pdf("a", &one), pdf("b", &two)]);
    assert_eq!(account.seams.len(), 1);
    assert_eq!((account.seams[0].outcome, account.proof.verdict), (Outcome::Pass, Verdict::Verified));
    assert_eq!(codes(&account), Vec::<&str>::new());
}

#[test]
fn periods_sharing_their_edge_day_with_both_holding_it() {
    let book = book();
    let march = Book { rows: book.rows[..10].to_vec(), ..book };
    let account = check(&march, &[pdf("a", &march.statement(1, 15)), pdf("b", &march.statement(15, 31))]);
    assert_eq!(codes(&account), ["seam_broken"], "the balances do not meet, and that is shown");
    assert_eq!(account.proof.verdict, Verdict::Discrepancy);
}

#[test]
fn overlapping_months() {
    let book = book();
    let account = check(
        &book,
        &[
            pdf("a", &book.statement(1, 31)),
            pdf("b", &book.statement(15, 45)),
            pdf("c", &book.statement(32, 61)),
        ],
    );
    assert_eq!(account.proof.verdict, Verdict::Verified, "{:?}", account.proof);
    assert_eq!(account.overlaps.len(), 2);
    assert!(
        account.removed.iter().all(|row| row.reason == Removal::OtherSource && row.duplicate_of.is_some())
    );
}

#[test]
fn part_day_then_full_day_export() {
    let book = book();
    // Taken at noon of the 15th, and again at the end of April.
    check(&book, &[csv("noon", &book.export(0..5)), csv("later", &book.export(2..14))]);
    // The later list begins where the first one stopped, inside the day.
    check(&book, &[csv("noon", &book.export(0..5)), csv("rest", &book.export(5..14))]);
    // A statement made at noon, and a list from that day on: the statement lacks rows of its last day.
    let shows = Shows { period: Some((day(1), day(15))), ends: true, balances: false };
    check(&book, &[pdf("noon", &book.cut(0..5, shows)), csv("rest", &book.export(4..14))]);
}

#[test]
fn newest_first_order() {
    // Readers put rows into ledger order; inside a day without balances two files may still list in two orders.
    let book = book();
    let mut turned = book.clone();
    turned.rows[4..7].reverse();
    check(&book, &[csv("a", &book.export(0..9)), csv("b", &turned.export(2..14))]);
}

#[test]
fn repeated_missing_and_changed_bank_ids() {
    let mut book = book();
    for repeats in [0, 1, 2] {
        let id = |at: usize| match repeats {
            0 => Some("SAME".to_owned()),
            1 => None,
            _ => Some(format!("NEW-{at}")),
        };
        let documents_of = |book: &Book| csv("a", &book.export(0..9));
        let first = documents_of(&book);
        book.rows.iter_mut().enumerate().for_each(|(at, row)| row.id = id(at));
        check(&book, &[first, csv("b", &book.export(0..14))]);
    }
}

#[test]
fn bank_ids_corroborate_and_never_decide() {
    let mut book = book();
    book.rows.iter_mut().enumerate().for_each(|(at, row)| row.id = Some(format!("ID-{at}")));
    let account = check(&book, &[csv("a", &book.export(0..9)), csv("b", &book.export(0..14))]);
    let corroborated: Vec<bool> = account.removed.iter().map(|row| row.same_bank_id).collect();
    assert_eq!(corroborated.iter().filter(|same| !**same).count(), 0);
    // The same id on two rows of one file is no reason to take one away.
    book.rows[1].id = book.rows[0].id.clone();
    check(&book, &[csv("a", &book.export(0..14))]);
}

#[test]
fn truncated_text() {
    let book = book();
    let mut cut = book.clone();
    cut.rows.iter_mut().for_each(|row| row.text.truncate(9));
    check(&book, &[csv("full", &book.export(0..9)), csv("cut", &cut.export(3..14))]);
    // Also on a day that both lists hold in part.
    check(&book, &[csv("full", &book.export(0..6)), csv("cut", &cut.export(4..14))]);
}

#[test]
fn the_same_shop_next_day() {
    let book = book();
    let account = check(&book, &[csv("a", &book.export(0..7)), csv("b", &book.export(7..14))]);
    assert_eq!(account.ledger.iter().filter(|row| row.amount == "-4.50").count(), 5);
}

#[test]
fn pdf_and_csv_of_one_account() {
    let book = book();
    let mut worded = book.clone();
    worded.rows.iter_mut().for_each(|row| row.text = format!("CARD {} 0302", row.text.to_lowercase()));
    let account = check(
        &book,
        &[
            pdf("march", &book.statement(1, 31)),
            csv("all", &worded.export(0..14)),
            pdf("april", &book.statement(32, 61)),
        ],
    );
    assert_eq!(account.proof.verdict, Verdict::Verified, "{:?}", account.proof);
    assert!(account.ledger.iter().all(|row| row.corroborated == 1), "every row is in both");
    assert_eq!(account.disagreements, []);
}

#[test]
fn pdf_and_csv_that_disagree() {
    let book = book();
    let mut edited = book.clone();
    edited.rows[2].minor += 100_000;
    edited.rows[8].date = day(23);
    edited.rows.push(row(34, -9_999, "NOBODY KNOWS"));
    edited.rows.sort_by_key(|row| row.date);
    let account = check(
        &book,
        &[
            pdf("march", &book.statement(1, 31)),
            pdf("april", &book.statement(32, 61)),
            csv("all", &edited.export(0..15)),
        ],
    );
    let found: Vec<(Difference, Option<&str>)> =
        account.disagreements.iter().map(|d| (d.difference, d.found.as_deref())).collect();
    assert_eq!(
        found,
        [
            (Difference::Amount, Some("3417.30")),
            (Difference::Date, Some("2026-03-23")),
            (Difference::OnlyHere, Some("-99.99")),
        ]
    );
    assert_eq!(account.disagreements[0].expected.as_deref(), Some("2417.30"));
    assert_eq!(account.proof.unproved_because, ["sources_disagree"]);
}

#[test]
fn pending_then_posted() {
    let book = book();
    let mut early = book.clone();
    // What came on the 22nd stood in the earlier list as pending, dated the 19th.
    let pending = Row { date: day(19), ..early.rows.remove(8) };
    early.rows.insert(8, pending);
    let account = check(&book, &[csv("early", &early.export(0..9)), csv("late", &book.export(3..14))]);
    let booked: Vec<_> = account.disagreements.iter().map(|d| d.difference).collect();
    assert_eq!(booked, [Difference::BookedLater]);
}

#[test]
fn pending_where_one_list_ends_and_posted_where_the_next_begins() {
    let book = book();
    let mut early = book.clone();
    // As before, but no list has both: the later one begins with the booked row.
    let pending = Row { date: day(19), ..early.rows.remove(8) };
    early.rows.insert(8, pending);
    let asked = case(&[csv("early", &early.export(0..9)), csv("late", &book.export(8..14))]);
    assert!(codes(only(&asked)).contains(&"possible_pending"), "{:?}", codes(only(&asked)));
    assert_eq!(lost_and_doubled(&book, only(&asked)), (0, 1), "shown, not removed");
    assert!(only(&asked).proof.unproved_because.contains(&"possible_duplicate".to_owned()));
    // A balance beside it is one that only a booked row has; another shop is another row.
    let shows = Shows { balances: true, ..Shows::default() };
    let booked = case(&[csv("early", &early.cut(0..9, shows)), csv("late", &book.export(8..14))]);
    assert!(!codes(only(&booked)).contains(&"possible_pending"), "{:?}", codes(only(&booked)));
    early.rows[8].text = "SOMEBODY ELSE".to_owned();
    let other = case(&[csv("early", &early.export(0..9)), csv("late", &book.export(8..14))]);
    assert!(!codes(only(&other)).contains(&"possible_pending"), "{:?}", codes(only(&other)));
}

#[test]
fn rows_marked_as_pending_never_count() {
    let book = book();
    let mut early = book.export(0..8);
    let waiting = book.export(8..9).transactions.remove(0);
    early.pending.push(Transaction { status: RowStatus::Pending, date: day(19), ..waiting });
    let account = check(&book, &[csv("early", &early), csv("late", &book.export(8..14))]);
    assert!(!codes(&account).contains(&"possible_pending"), "{:?}", codes(&account));
}

#[test]
fn nothing_is_merged_inside_one_file() {
    let twins =
        Book::new("41887702", 0, vec![row(2, -450, "COFFEE"), row(2, -450, "COFFEE"), row(9, 100, "X")]);
    // Two lists of one account in one file, each with one of the twins.
    let lists = [twins.export(0..1), twins.export(1..3)];
    let file = CaseDocument::new("both", "ab", DocumentSource::Structured, &lists);
    let account = check(&twins, std::slice::from_ref(&file));
    assert_eq!(codes(&account), Vec::<&str>::new());
    // The same list twice in one file is two lists; a statement whose balances say that it is there twice is one.
    let list = book().export(0..9);
    let file = CaseDocument::new("both", "ab", DocumentSource::Structured, &[list.clone(), list]);
    assert_eq!(only(&case(&[file])).ledger.len(), 18);
    let statement = book().statement(1, 31);
    let file = CaseDocument::new("both", "ab", DocumentSource::Text, &[statement.clone(), statement]);
    let once = case(&[file]);
    assert_eq!((only(&once).ledger.len(), once.duplicates.len()), (10, 1));
}

#[test]
fn the_same_file_three_times() {
    let book = book();
    let file = csv("a", &book.export(0..14));
    let once = case(std::slice::from_ref(&file));
    let thrice = case(&[file.clone(), file.clone(), file]);
    assert_eq!(once.accounts, thrice.accounts);
    assert_eq!(thrice.duplicates.iter().map(|d| d.kind).collect::<Vec<_>>(), [DuplicateKind::SameBytes; 2]);
    assert_eq!(
        thrice.signals.iter().filter(|signal| signal.signal == SignalName::DuplicateDocument).count(),
        2
    );
}

#[test]
fn the_same_statement_in_other_bytes() {
    let book = book();
    let account = |documents: &[_]| check(&book, documents);
    let statement = book.statement(1, 61);
    let twice = [pdf("a", &statement), csv("b", &statement)];
    assert_eq!(account(&twice).statements.len(), 1);
    let case = case(&twice);
    assert_eq!(case.duplicates.len(), 1);
    assert_eq!(case.duplicates[0].kind, DuplicateKind::SameStatement);
    assert_eq!(case.duplicates[0].document, 1, "the structured one is better");
}

#[test]
fn two_statements_of_one_period_that_differ_are_a_signal() {
    let book = book();
    let mut edited = book.clone();
    edited.rows[2].minor += 100_000;
    let case = case(&[pdf("a", &book.statement(1, 61)), pdf("b", &edited.statement(1, 61))]);
    let near: Vec<_> =
        case.signals.iter().filter(|signal| signal.signal == SignalName::NearDuplicate).collect();
    assert_eq!(near.len(), 1, "{:#?}", case.signals);
    assert_ne!(only(&case).proof.verdict, Verdict::Verified);
}

#[test]
fn purchases_before_the_period_of_a_card() {
    // A card lists by the day of purchase what it booked later: days of the month before.
    let mut card = Book::new(
        "",
        -50_000,
        vec![
            row(3, -1_000, "GROVE BOOKS"),
            row(28, -2_500, "OTTER CREEK MARKET"),
            row(20, 50_000, "PAYMENT THANK YOU"),
            row(29, -4_200, "WILLOW TRAVEL"),
            row(40, -990, "COFFEE CORNER"),
        ],
    );
    card.account.number = Some("XXXX XXXX XXXX 0912".to_owned());
    card.account.kind = Some("credit_card".to_owned());
    let at = |first, last| Shows { period: Some((day(first), day(last))), ends: true, balances: false };
    let (march, april) = (card.cut(0..3, at(1, 31)), card.cut(3..5, at(32, 61)));
    let account = check(&card, &[pdf("march", &march), pdf("april", &april)]);
    assert_eq!(account.seams[0].outcome, Outcome::Pass);
}

#[test]
fn a_list_by_value_date_never_owns_a_day() {
    let book = book();
    let statement = book.statement(1, 61);
    let mut valued = book.clone();
    valued.rows.iter_mut().for_each(|row| row.date = row.date.saturating_sub(jiff::ToSpan::days(2)));
    let account = check(&book, &[pdf("all", &statement), csv("valued", &valued.export(2..14))]);
    assert!(account.statements.iter().any(|statement| statement.other_dates));
    assert_eq!(account.disagreements, []);
}

#[test]
fn twins_divided_between_two_lists_of_one_day_raise_the_finding() {
    let book = Book::new(
        "41887702",
        0,
        vec![row(2, -450, "COFFEE"), row(2, -450, "COFFEE"), row(9, 100, "INTEREST")],
    );
    let lists = |balances| {
        let shows = Shows { balances, ..Shows::default() };
        [csv("morning", &book.cut(0..1, shows)), csv("rest", &book.cut(1..3, shows))]
    };
    let blind = case(&lists(false));
    assert_eq!(lost_and_doubled(&book, only(&blind)), (1, 0));
    assert_eq!(codes(only(&blind)), ["possible_duplicate"]);
    // Printed balances keep them apart.
    let account = check(&book, &lists(true));
    assert_eq!(codes(&account), Vec::<&str>::new());
    // And a person can.
    let gone = &only(&blind).removed[0];
    assert_eq!(gone.reason, Removal::PossibleDuplicate);
    let document = &blind.documents[usize::try_from(gone.at.document).unwrap() - 1];
    let key = RowKey { sha256: document.sha256.clone(), statement: 1, row: gone.at.row };
    let restored = assemble(&lists(false), &BTreeSet::from([key]), &CaseLimits::default()).unwrap();
    assert_eq!(lost_and_doubled(&book, only(&restored)), (0, 0));
    assert_eq!(only(&restored).ledger.iter().filter(|row| row.restored).count(), 1);
}

#[test]
fn a_missing_month_is_a_gap_and_a_balance_may_bridge_it() {
    let book = book();
    let gone = case(&[pdf("a", &book.statement(1, 15)), pdf("b", &book.statement(32, 61))]);
    let account = only(&gone);
    assert_eq!(account.gaps.len(), 1);
    assert_eq!((account.gaps[0].days.start, account.gaps[0].days.end), (day(16), day(31)));
    assert!(account.gaps[0].stated && !account.gaps[0].bridged);
    assert_eq!(account.proof.unproved_because, ["gap"]);
    assert_eq!(account.proof.parts.len(), 2);
    // Nothing happened from the 10th to the 14th.
    let quiet = only(&case(&[pdf("a", &book.statement(1, 9)), pdf("b", &book.statement(15, 61))])).clone();
    assert!(quiet.gaps[0].bridged);
    assert_eq!(quiet.proof.verdict, Verdict::Verified);
}

#[test]
fn limits() {
    let book = book();
    let documents = [csv("a", &book.export(0..9)), csv("b", &book.export(9..14))];
    let with = |documents_max, rows_max| {
        assemble(&documents, &BTreeSet::new(), &CaseLimits { documents_max, rows_max })
            .map(|case| case.accounts.len())
    };
    assert_eq!(with(2, 14), Ok(1));
    assert_eq!(with(1, 14).unwrap_err().to_string(), "more than 1 documents");
    assert_eq!(with(2, 13).unwrap_err().to_string(), "more than 13 rows");
}
