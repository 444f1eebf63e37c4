//! Logical records: a line and its `88` continuations, read field by field.

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Two digits.
    pub(super) code: String,
    /// 1-based line where it begins.
    pub(super) line: usize,
    /// Lines that it takes.
    pub(super) lines: usize,
    pieces: Vec<String>,
    at: usize,
    /// Bytes of the current piece that are read; beyond its end, the piece is done.
    offset: usize,
}

impl Record {
    fn new(code: &str, rest: &str, line: usize) -> Self {
        Self {
            code: code.to_owned(),
            line,
            lines: 1,
            pieces: vec![without_end(rest).to_owned()],
            at: 0,
            offset: 0,
        }
    }

    /// The next field; `None` behind the last one.
    pub(super) fn field(&mut self) -> Option<&str> {
        while self.pieces.get(self.at).is_some_and(|piece| self.offset > piece.len()) {
            (self.at, self.offset) = (self.at.saturating_add(1), 0);
        }
        let rest = self.pieces.get(self.at)?.get(self.offset..)?;
        let length = rest.find(',').unwrap_or(rest.len());
        self.offset = self.offset.saturating_add(length).saturating_add(1);
        rest.get(..length).map(str::trim)
    }

    /// Passes fields over.
    pub(super) fn skip(&mut self, fields: usize) {
        (0..fields).for_each(|_| {
            self.field();
        });
    }

    /// Everything that is left: a text, in which commas are commas.
    pub(super) fn text(mut self) -> String {
        let first = self.pieces.get(self.at).and_then(|piece| piece.get(self.offset..)).unwrap_or_default();
        let mut parts = vec![first.to_owned()];
        parts.extend(self.pieces.drain(self.at.saturating_add(1).min(self.pieces.len())..));
        parts.join(" ")
    }

    pub(super) fn place(&self) -> String {
        format!("Line {}", self.line)
    }
}

/// A line's end is a slash; a text may have it or not.
fn without_end(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_suffix('/').unwrap_or(line)
}

/// The records of a text, one at a time.
pub(super) struct Records<'t> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'t>>>,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { lines: text.lines().enumerate().peekable() }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let (at, line) = self.lines.next()?;
            let line = line.trim_start();
            if line.trim().is_empty() {
                continue;
            }
            let (code, rest) = line.split_once(',').unwrap_or((without_end(line), ""));
            let mut record = Record::new(code.trim(), rest, at.saturating_add(1));
            while let Some(rest) =
                self.lines.peek().and_then(|(_, next)| next.trim_start().strip_prefix("88,"))
            {
                record.pieces.push(without_end(rest).to_owned());
                record.lines = record.lines.saturating_add(1);
                self.lines.next();
            }
            return Some(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_texts_go_on_in_the_next_line() {
        let text = "03,1,USD,010,5/\n88,,015,7/\n16,165,15,Z,B1,C1,PAID, IN FULL/\n88,FOR A/B\n49,1/\n";
        let mut records = Records::new(text);
        let mut account = records.next().unwrap();
        let fields: Vec<String> = std::iter::from_fn(|| account.field().map(str::to_owned)).collect();
        assert_eq!(fields, ["1", "USD", "010", "5", "", "015", "7"]);
        let mut row = records.next().unwrap();
        assert_eq!((row.line, row.lines), (3, 2));
        let fields: Vec<String> = (0..5).filter_map(|_| row.field().map(str::to_owned)).collect();
        assert_eq!(fields, ["165", "15", "Z", "B1", "C1"]);
        assert_eq!(row.text(), "PAID, IN FULL FOR A/B");
        assert_eq!(records.next().unwrap().code, "49");
        assert_eq!(records.next(), None);
    }
}
