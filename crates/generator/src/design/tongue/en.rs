//! English.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("CARD", "Card purchase * ####", -9_800, -240, Section::Card),
    tale("CARD", "* on % card ending ####", -12_400, -310, Section::Card),
    tale("POS", "POS *|Terminal ######## Auth ####@@", -22_000, -800, Section::Card),
    tale("ATM", "Cash withdrawal % *", -30_000, -2_000, Section::Card),
    tale("DD", "Direct debit *|Ref ##########", -18_400, -1_900, Section::Electronic),
    tale("SO", "Standing order to &|Rent share", -64_000, -20_000, Section::Electronic),
    tale("TFR", "Online transfer to &|Reference holiday fund|Confirmation @@######", -90_000, -1_000, Section::Electronic),
    tale("FPO", "Bill payment *|Invoice ##### of %|Original amount $ less credit note|Customer ref @@-####", -140_000, -3_000, Section::Electronic),
    tale("INT", "* purchase abroad $ USD at 1.0###", -21_000, -1_500, Section::Card),
    tale("CHQ", "Cheque ######", -74_000, -4_000, Section::Check),
    tale("FEE", "Account maintenance fee", -1_500, -300, Section::Fee),
    tale("BGC", "* salary", 98_000, 410_000, Section::Deposit),
    tale("FPI", "Payment received from &|Thank you for lunch", 900, 24_000, Section::Deposit),
    tale("CR", "Refund * order ########", 1_100, 9_000, Section::Deposit),
    tale("DEP", "Branch deposit ####", 5_000, 180_000, Section::Deposit),
    tale("BGC", "*|Settlement of invoices %|Batch ###### Gross $", 12_000, 680_000, Section::Deposit),
    tale("INT", "Interest paid", 3, 1_900, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* Ref ########", -19_000, -220, Section::Card),
    tale("", "*|@@####@@## online", -34_000, -600, Section::Card),
    tale("", "* travel|Local amount $ EUR", -82_000, -4_000, Section::Card),
    tale("", "Cash advance *", -20_000, -5_000, Section::Card),
    tale("", "Interest charged on purchases", -4_400, -120, Section::Interest),
    tale("", "Late payment fee", -2_900, -1_200, Section::Fee),
    tale("", "Payment received - thank you", 8_000, 160_000, Section::Deposit),
    tale("", "Refund * returned goods", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("INT", "Interest charged", -64_000, -9_000, Section::Interest),
    tale("PMT", "Loan repayment received|Ref ########", 70_000, 190_000, Section::Deposit),
    tale("PMT", "Extra repayment from &", 5_000, 90_000, Section::Deposit),
    tale("FEE", "Monthly service fee", -1_200, -800, Section::Fee),
];

pub(crate) const ENGLISH: Tongue = Tongue {
    code: "en",
    date: &["Date", "Posting date", "Transaction date", "Posted", "Booking date", "Trans Date", "DATE", "Process date"],
    value: &["Value date", "Effective date", "Value Dt", "Valuta"],
    text: &["Description", "Details", "Transaction details", "Particulars", "Narrative", "Payee", "Payment type and details", "Transaction description", "Narration", "DESCRIPTION"],
    columns: &[
        ("Paid out", "Paid in"), ("Money out", "Money in"), ("Debit", "Credit"), ("Withdrawals", "Deposits"),
        ("Payments", "Receipts"), ("Debits", "Credits"), ("Withdrawal Amt", "Deposit Amt"), ("Dr", "Cr"),
        ("Payments out", "Payments in"), ("Withdrawals/Debits", "Deposits/Credits"), ("Subtractions", "Additions"),
    ],
    amount: &["Amount", "Transaction amount", "AMOUNT", "Value", "Debit/Credit"],
    balance: &["Balance", "Running balance", "Account balance", "Ledger balance", "BALANCE", "Closing balance", "Balance after"],
    kind: &["Type", "Code", "Tran Type"],
    reference: &["Reference", "Ref no.", "Transaction ID", "Chq/Ref No", "Serial"],
    sign: &["Dr/Cr", "Type", "+/-"],
    ends: &[
        ("Balance on {}", "Balance on {}"), ("Opening balance {}", "Closing balance {}"), ("Beginning balance on {}", "Ending balance on {}"),
        ("Balance at {}", "Balance at {}"), ("Opening balance as of {}", "Closing balance as of {}"),
    ],
    plain_ends: &[
        ("Opening balance", "Closing balance"), ("Beginning balance", "Ending balance"), ("Balance brought forward", "Balance carried forward"),
        ("Start balance", "End balance"), ("Previous balance", "New balance"), ("OPENING BALANCE", "CLOSING BALANCE"),
    ],
    carried: &[("Balance brought forward", "Balance carried forward"), ("Brought forward", "Carried forward"), ("BALANCE B/F", "BALANCE C/F")],
    totals: &[
        ("Total money out", "Total money in"), ("Total debits", "Total credits"), ("Withdrawals", "Deposits"), ("Payments out", "Payments in"),
        ("Total withdrawals", "Total deposits"), ("Total paid out", "Total paid in"),
    ],
    total: &["Total", "Totals", "TOTALS"],
    sections: &[
        ("Withdrawals and other debits", "Deposits and other credits"), ("Money out", "Money in"), ("Withdrawals", "Deposits"),
        ("Payments and charges", "Receipts"), ("Debits", "Credits"),
    ],
    title: &["Statement of account", "Account statement", "Your statement", "Bank statement", "Transaction history"],
    savings: "Rainy Day Saver",
    business: "Business Current Account",
    loan: "Home Loan Account",
    current: "Everyday Account",
    period: &["{} to {}", "Statement period: {} - {}", "From {} to {}", "For the period {} through {}", "{} – {}"],
    number: &["Account number", "Account no.", "A/C No", "Account"],
    summary: &["Account summary", "Summary", "Balance summary", "Your account at a glance"],
    currency: "Currency",
    overview: "Your accounts",
    page: &["Page {n} of {t}", "Page {n}", "{n}/{t}", "Sheet {n} of {t}", "Page: {n} / {t}"],
    made_on: "Downloaded on {}",
    empty: "There were no transactions in this period.",
    more: "Continued on next page",
    items: "items",
    notices: &[
        &["Your deposits are protected up to 85,000.00 per person.", "Ask in any branch for our leaflet, or read it online."],
        &["From 1 July our fee for a replacement card will be 6.50.", "You need to do nothing now."],
        &["Moving house? Tell us your new address in the app."],
        &["Earn 25.00 for each friend who opens an account", "and pays in 500.00 or more within 30 days."],
    ],
    legal: &["Authorised and regulated. Registered office: 1 Harbour Row.", "Please check this statement and report errors within 30 days.", "Share capital 12,500,000.00. Calls may be recorded."],
    fees: ("Fees and charges", ["Total for this period", "Total year to date", "Overdraft fees"]),
    rates: ("Interest rates", ["Credit interest", "Arranged overdraft", "Unarranged overdraft"]),
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Previous balance", "Balance from last statement", "Opening balance"],
        payments: &["Payments and credits", "Payments received", "Less payments and other credits"],
        purchases: &["Purchases and charges", "New charges", "Plus purchases, fees and interest"],
        new: &["New balance", "Closing balance", "Balance due"],
        minimum: "Minimum payment due",
        limit: "Credit limit",
        columns: &[("Charges", "Payments"), ("Debit", "Credit"), ("Purchases", "Payments/Credits")],
        sections: &[("Purchases and charges", "Payments and credits"), ("New charges", "Payments and other credits")],
        title: &["Credit card statement", "Your card statement", "Card account statement"],
    },
};
