//! A text seen through its ASCII: enough to tell formats apart, whatever the encoding.

/// The head of a text, every character beyond ASCII replaced by `x`.
pub(super) struct TextView {
    ascii: String,
    cut: bool,
}

impl TextView {
    /// `None` for bytes that are no text: a NUL or another control character gives them away.
    /// `cut` says that the file goes on after these bytes.
    pub(super) fn new(bytes: &[u8], cut: bool) -> Option<Self> {
        let ascii = match bytes {
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
            [0xEF, 0xBB, 0xBF, rest @ ..] => single_bytes(rest)?,
            _ => single_bytes(bytes)?,
        };
        Some(Self { ascii, cut })
    }

    /// The lines, without the one that may have been cut in two.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let whole = if self.cut {
            self.ascii.rfind(['\n', '\r']).and_then(|end| self.ascii.get(..end))
        } else {
            None
        };
        whole.unwrap_or(&self.ascii).split(['\n', '\r']).filter(|line| !line.trim().is_empty())
    }

    pub(super) fn is_markup(&self) -> bool {
        self.ascii.trim_start().starts_with(['<', '{', '['])
    }

    pub(super) fn is_ofx(&self) -> bool {
        let start = self.ascii.trim_start();
        let is_header = start.starts_with("OFXHEADER") || start.starts_with('<');
        is_header && self.ascii.to_ascii_uppercase().contains("<OFX>")
    }

    pub(super) fn is_camt(&self) -> bool {
        const MARKS: [&str; 6] = [
            "urn:iso:std:iso:20022:tech:xsd:camt.052",
            "urn:iso:std:iso:20022:tech:xsd:camt.053",
            "urn:iso:std:iso:20022:tech:xsd:camt.054",
            "<BkToCstmrAcctRpt",
            "<BkToCstmrStmt",
            "<BkToCstmrDbtCdtNtfctn",
        ];
        self.ascii.trim_start().starts_with('<') && MARKS.iter().any(|mark| self.ascii.contains(mark))
    }

    pub(super) fn is_qif(&self) -> bool {
        const MARKS: [&str; 4] = ["!type:", "!account", "!option:", "!clear:"];
        self.lines().next().is_some_and(|line| {
            let line = line.trim().to_ascii_lowercase();
            MARKS.iter().any(|mark| line.starts_with(mark))
        })
    }

    /// A file header and a group header, each a line that begins with its code.
    pub(super) fn is_bai2(&self) -> bool {
        let mut lines = self.lines().map(str::trim_start);
        lines.next().is_some_and(|line| line.starts_with("01,")) && lines.any(|line| line.starts_with("02,"))
    }

    /// JSON that has a word for a transaction and one for its amount.
    pub(super) fn is_transactions_json(&self) -> bool {
        const MARKS: [&str; 6] = [
            "\"transactions\"",
            "\"transaction_id\"",
            "\"transactionid\"",
            "\"transactionamount\"",
            "\"transaction_type\"",
            "\"running_balance\"",
        ];
        if !self.ascii.trim_start().starts_with(['{', '[']) {
            return false;
        }
        let folded = self.ascii.to_ascii_lowercase();
        MARKS.iter().any(|mark| folded.contains(mark)) && folded.contains("amount\"")
    }

    /// A transaction reference, and two of: account, statement number, opening balance or floor limit, entry.
    pub(super) fn is_mt940(&self) -> bool {
        let has = |tags: &[&str]| {
            self.lines().any(|line| tags.iter().any(|tag| line.trim_start().starts_with(tag)))
        };
        let parts: [&[&str]; 4] =
            [&[":25:", ":25P:"], &[":28C:", ":28:"], &[":60F:", ":60M:", ":34F:"], &[":61:"]];
        has(&[":20:"]) && parts.iter().filter(|tags| has(tags)).count() >= 2
    }
}

fn single_bytes(bytes: &[u8]) -> Option<String> {
    bytes.iter().map(|byte| plain(u32::from(*byte))).collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    bytes.as_chunks::<2>().0.iter().map(|pair| plain(u32::from(unit(*pair)))).collect()
}

/// Tab, line ends, form feed and the old end-of-file mark are the control characters that texts have.
fn plain(code: u32) -> Option<char> {
    match code {
        0x09 | 0x0A | 0x0C | 0x0D => char::from_u32(code),
        0x1A => Some('\n'),
        0x00..=0x1F | 0x7F => None,
        0x20..=0x7E => char::from_u32(code),
        _ => Some('x'),
    }
}
