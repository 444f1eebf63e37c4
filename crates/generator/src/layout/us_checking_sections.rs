//! US checking: sections by kind of movement, printed totals, no running balance, daily balances at the end.

use super::{Layout, Sheet};
use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{Canvas, LETTER, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: false, value_dates: false, balances: Balances::None };

const HABITS: &[Habit] = &[
    Habit {
        text: "Card Purchase % Bluebonnet Coffee Austin TX Card ####",
        low: -1_450,
        high: -320,
        section: Section::Card,
    },
    Habit {
        text: "Card Purchase % Pecan & Vine Market Austin TX Card ####",
        low: -18_900,
        high: -1_200,
        section: Section::Card,
    },
    Habit {
        text: "Card Purchase With Pin % Harlan Fuel 0## Round Rock TX Card ####",
        low: -6_800,
        high: -2_100,
        section: Section::Card,
    },
    Habit {
        text: "Recurring Card Purchase % Streamloft.Example 800-555-01## Card ####",
        low: -1_999,
        high: -799,
        section: Section::Card,
    },
    Habit {
        text: "ATM Withdrawal % ### Congress Ave Austin TX Card ####",
        low: -20_000,
        high: -20_000,
        section: Section::Card,
    },
    Habit { text: "Check Paid", low: -64_000, high: -4_500, section: Section::Check },
    Habit {
        text: "Travis Power & Light Web Pmt PPD ID: #########",
        low: -21_400,
        high: -6_100,
        section: Section::Electronic,
    },
    Habit {
        text: "Online Transfer To Sav ...#### Transaction#: ##########",
        low: -50_000,
        high: -10_000,
        section: Section::Electronic,
    },
    Habit {
        text: "Zelta Payment From Dana Whitlock @@@######",
        low: 2_000,
        high: 40_000,
        section: Section::Deposit,
    },
    Habit { text: "Remote Online Deposit #", low: 5_000, high: 120_000, section: Section::Deposit },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 2,
        text: "Lone Creek Tenants Assn Rentpay PPD ID:|Trace ########",
        amount: -145_000,
        section: Section::Electronic,
    },
    Fixed {
        day: 1,
        text: "Juniper Robotics Payroll PPD ID: 9########",
        amount: 284_117,
        section: Section::Deposit,
    },
    Fixed {
        day: 15,
        text: "Juniper Robotics Payroll PPD ID: 9########",
        amount: 284_117,
        section: Section::Deposit,
    },
    Fixed {
        day: 18,
        text: "Card Purchase 0318 Quarry Lane Books Austin TX Card 4471",
        amount: -1_599,
        section: Section::Card,
    },
    Fixed {
        day: 18,
        text: "Card Purchase 0318 Quarry Lane Books Austin TX Card 4471",
        amount: -1_599,
        section: Section::Card,
    },
    Fixed { day: 30, text: "Monthly Service Fee", amount: -1_200, section: Section::Fee },
    Fixed { day: 22, text: "Outgoing Domestic Wire Fee", amount: -2_500, section: Section::Fee },
];

/// Title, total line, and the section it prints.
const SECTIONS: [(&str, &str, Section); 5] = [
    ("DEPOSITS AND ADDITIONS", "Total Deposits and Additions", Section::Deposit),
    ("CHECKS PAID", "Total Checks Paid", Section::Check),
    ("ATM & DEBIT CARD WITHDRAWALS", "Total ATM & Debit Card Withdrawals", Section::Card),
    ("ELECTRONIC WITHDRAWALS", "Total Electronic Withdrawals", Section::Electronic),
    ("FEES", "Total Fees", Section::Fee),
];

const LEFT: f32 = 54.0;
const TEXT: f32 = 110.0;
const RIGHT: f32 = 558.0;
const BOTTOM: f32 = 730.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Cedar Prairie Bank, N.A.",
        holders: vec!["MARISOL E QUINTERO"],
        address: vec!["2208 LOST HOLLOW DR APT 14", "AUSTIN TX 78799"],
        number: "000000583120947".to_owned(),
        kind: "checking",
        currency: "USD",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 412_366,
        rows: 46,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![in_print_order(plan.grow(&mut Random::new(1)))]
}

/// Ledger order inside a day follows the print: section by section.
fn in_print_order(mut book: Book) -> Book {
    let rank = |entry: &Entry| SECTIONS.iter().position(|(_, _, s)| *s == entry.section);
    book.entries.sort_by_key(|entry| (entry.date, rank(entry)));
    book.settled()
}

struct Print<'a> {
    canvas: Canvas,
    book: &'a Book,
    y: f32,
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let canvas = Canvas::new(LETTER, Family::Helvetica, Strokes::Strings, total);
    let mut print = Print { canvas, book, y: 0.0 };
    print.first_page();
    for (title, total, section) in SECTIONS {
        print.section(title, total, section);
    }
    print.daily_balances();
    let truth = StatementTruth::new(book, SHOWS, "text");
    let truth = truth.with_section_totals(book.section_sum(Section::Deposit), book.section_sum(Section::Fee));
    Sheet { canvas: print.canvas, statements: vec![truth] }
}

impl Print<'_> {
    fn first_page(&mut self) {
        self.canvas.page();
        let owner = &self.book.owner;
        let c = &mut self.canvas;
        c.fill([0.0, 0.0, 612.0, 10.0], [0.09, 0.32, 0.25]);
        c.text(LEFT, 50.0, Pen::bold(17.0), "Cedar Prairie Bank");
        c.lines(
            LEFT,
            66.0,
            10.0,
            Pen::regular(8.0),
            &["Cedar Prairie Bank, N.A.", "P O Box 5150, Waco, TX 76799"],
        );
        let period = format!(
            "{} through {}",
            Days::UsLong.format(self.book.start),
            Days::UsLong.format(self.book.end)
        );
        c.right(RIGHT, 50.0, Pen::regular(9.5), &period);
        c.right(RIGHT, 64.0, Pen::bold(9.5), &format!("Account Number: {}", owner.number));
        c.lines(LEFT, 122.0, 12.0, Pen::regular(10.0), &owner.holders);
        c.lines(LEFT, 134.0, 12.0, Pen::regular(10.0), &owner.address);
        c.frame([350.0, 96.0, 208.0, 74.0], 0.7);
        c.text(358.0, 110.0, Pen::bold(9.0), "CUSTOMER SERVICE INFORMATION");
        c.lines(
            358.0,
            124.0,
            11.0,
            Pen::regular(8.0),
            &[
                "Web site:  cedarprairie.example",
                "Service Center:  1-800-555-0144",
                "Para Espanol:  1-800-555-0145",
                "International Calls:  1-512-555-0100",
            ],
        );
        c.lines(LEFT, 200.0, 11.0, Pen::regular(8.5), &[
            "Good news: refer a friend by May 31 and you each earn $200 when they open a new account with direct",
            "deposits of $500 or more. We also waive the $12.00 Monthly Service Fee on balances above $1,500.00.",
        ]);
        self.y = 240.0;
        self.summary();
    }

    fn summary(&mut self) {
        self.band("CHECKING SUMMARY");
        let c = &mut self.canvas;
        c.right(450.0, self.y, Pen::bold(8.5), "INSTANCES");
        c.right(RIGHT, self.y, Pen::bold(8.5), "AMOUNT");
        self.y += 14.0;
        let book = self.book;
        self.summary_line("Beginning Balance", None, book.opening, true);
        for (title, _, section) in SECTIONS {
            let count = book.section_count(section);
            self.summary_line(&capitals(title), Some(count), book.section_sum(section), false);
        }
        self.canvas.rule(LEFT, self.y - 9.0, RIGHT, self.y - 9.0, 0.6);
        self.summary_line("Ending Balance", Some(book.counts.0 + book.counts.1), book.closing, true);
        self.y += 12.0;
    }

    fn summary_line(&mut self, label: &str, count: Option<usize>, minor: i64, strong: bool) {
        let pen = if strong { Pen::bold(9.5) } else { Pen::regular(9.5) };
        self.canvas.text(LEFT + 6.0, self.y, pen, label);
        if let Some(count) = count {
            self.canvas.right(450.0, self.y, pen, &count.to_string());
        }
        let sign = if minor < 0 { "-" } else { "" };
        let mark = if strong { "$" } else { "" };
        let text = format!("{sign}{mark}{}", Digits::English.format(minor));
        self.canvas.right(RIGHT, self.y, pen, &text);
        self.y += 14.0;
    }

    fn band(&mut self, title: &str) {
        self.canvas.fill([LEFT, self.y - 11.0, RIGHT - LEFT, 16.0], [0.86, 0.91, 0.88]);
        self.canvas.text(LEFT + 6.0, self.y, Pen::bold(10.0), title);
        self.y += 20.0;
    }

    /// Breaks the page if less than `needed` points are left.
    fn room(&mut self, needed: f32) -> bool {
        if self.y + needed <= BOTTOM {
            return false;
        }
        self.footer();
        self.canvas.page();
        let owner = &self.book.owner;
        let c = &mut self.canvas;
        c.text(LEFT, 40.0, Pen::bold(9.0), "Cedar Prairie Bank");
        let period = format!(
            "{} through {}",
            Days::UsLong.format(self.book.start),
            Days::UsLong.format(self.book.end)
        );
        c.right(RIGHT, 40.0, Pen::regular(8.5), &period);
        c.right(RIGHT, 52.0, Pen::regular(8.5), &format!("Account Number: {}", owner.number));
        self.y = 84.0;
        true
    }

    fn footer(&mut self) {
        let (number, total) = self.canvas.page_numbers();
        self.canvas.right(RIGHT, 766.0, Pen::regular(8.0), &format!("Page {number} of {total}"));
        self.canvas.text(
            LEFT,
            766.0,
            Pen::regular(7.0),
            "Member insured as required by law. Equal housing lender.",
        );
    }

    fn section(&mut self, title: &str, total: &str, section: Section) {
        self.room(90.0);
        self.band(title);
        self.columns(section);
        let entries: Vec<Entry> = self.book.section(section).cloned().collect();
        for (index, entry) in entries.iter().enumerate() {
            if self.room(12.0 * count_lines(entry)) {
                self.band(&format!("{title} (continued)"));
                self.columns(section);
            }
            self.row(entry, section, index == 0);
        }
        self.canvas.rule(LEFT, self.y - 8.0, RIGHT, self.y - 8.0, 0.5);
        self.y += 4.0;
        let sum = Digits::English.format(self.book.section_sum(section));
        self.canvas.text(LEFT + 6.0, self.y, Pen::bold(9.0), total);
        self.canvas.right(RIGHT - 4.0, self.y, Pen::bold(9.0), &format!("${sum}"));
        self.y += 26.0;
    }

    fn columns(&mut self, section: Section) {
        let pen = Pen::bold(8.5);
        if section == Section::Check {
            self.canvas.text(LEFT + 6.0, self.y, pen, "CHECK NO.");
            self.canvas.text(TEXT + 20.0, self.y, pen, "DESCRIPTION");
            self.canvas.right(430.0, self.y, pen, "DATE PAID");
        } else {
            self.canvas.text(LEFT + 6.0, self.y, pen, "DATE");
            self.canvas.text(TEXT, self.y, pen, "DESCRIPTION");
        }
        self.canvas.right(RIGHT - 4.0, self.y, pen, "AMOUNT");
        self.y += 13.0;
    }

    fn row(&mut self, entry: &Entry, section: Section, first: bool) {
        let pen = Pen::regular(9.0);
        let day = Days::UsShort.format(entry.date);
        if let (Section::Check, Some(number)) = (section, &entry.check_number) {
            self.canvas.text(LEFT + 6.0, self.y, pen, number);
            self.canvas.text(TEXT + 20.0, self.y, pen, &entry.lines[0]);
            self.canvas.right(430.0, self.y, pen, &day);
        } else {
            self.canvas.text(LEFT + 6.0, self.y, pen, &day);
        }
        let mark = if first { "$" } else { "" };
        let amount = format!("{mark}{}", Digits::English.format(entry.amount));
        self.canvas.right(RIGHT - 4.0, self.y, pen, &amount);
        if section == Section::Check {
            self.y += 12.0;
            return;
        }
        for line in &entry.lines {
            self.canvas.text(TEXT, self.y, pen, line);
            self.y += 12.0;
        }
    }

    fn daily_balances(&mut self) {
        self.room(180.0);
        self.band("DAILY ENDING BALANCE");
        let pen = Pen::bold(8.5);
        for x in [LEFT, LEFT + 168.0, LEFT + 336.0] {
            self.canvas.text(x + 6.0, self.y, pen, "DATE");
            self.canvas.right(x + 150.0, self.y, pen, "AMOUNT");
        }
        self.y += 13.0;
        let ends: Vec<&Entry> = self
            .book
            .entries
            .iter()
            .enumerate()
            .filter(|(i, _)| self.book.ends_day(*i))
            .map(|(_, e)| e)
            .collect();
        let rows = ends.len().div_ceil(3);
        let top = self.y;
        for (column, chunk) in ends.chunks(rows).enumerate() {
            let x = LEFT
                + 168.0
                    * if column == 2 {
                        2.0
                    } else if column == 1 {
                        1.0
                    } else {
                        0.0
                    };
            self.y = top;
            for entry in chunk {
                self.canvas.text(x + 6.0, self.y, Pen::regular(9.0), &Days::UsShort.format(entry.date));
                self.canvas.right(
                    x + 150.0,
                    self.y,
                    Pen::regular(9.0),
                    &Digits::English.signed(entry.balance),
                );
                self.y += 12.0;
            }
        }
        self.footer();
    }
}

fn count_lines(entry: &Entry) -> f32 {
    if entry.lines.len() > 1 { 2.0 } else { 1.0 }
}

/// `ATM & DEBIT CARD WITHDRAWALS` as `Atm & Debit Card Withdrawals`, with `ATM` kept.
fn capitals(title: &str) -> String {
    title
        .split(' ')
        .map(|word| match word {
            "ATM" => word.to_owned(),
            "AND" => "and".to_owned(),
            _ => word.chars().take(1).chain(word.to_lowercase().chars().skip(1)).collect(),
        })
        .collect::<Vec<String>>()
        .join(" ")
}
