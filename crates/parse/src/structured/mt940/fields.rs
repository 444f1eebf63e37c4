//! Fields of a message: a tag at the start of a line, and every line until the next one.

/// Fields that describe the message, in front of its balances and rows.
const HEAD: [&str; 9] = ["20", "21", "25", "25P", "28", "28C", "13", "13D", "34F"];
/// Every other field that may stand in a statement.
const BODY: [&str; 14] =
    ["60F", "60M", "61", "86", "62F", "62M", "64", "65", "90C", "90D", "NS", "60", "62", "end"];

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Without colons; `?` for a line that begins like a field that no statement has, `end` for a message's end.
    pub(super) tag: String,
    /// Lines as they stand, joined by `\n`.
    pub(super) text: String,
    /// 1-based line where it begins.
    pub(super) line: usize,
}

impl Field {
    pub(super) fn place(&self) -> String {
        format!("Line {}", self.line)
    }
}

/// The fields of a text, one at a time.
pub(super) struct Fields<'a> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
    last: String,
}

impl<'a> Fields<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { lines: text.lines().enumerate().peekable(), last: String::new() }
    }

    /// The tag that a line begins with, where it can begin a field after the last one: in free text a line may begin
    /// with a time (`:26:37`).
    fn tag_of<'l>(&self, line: &'l str, next: Option<&str>) -> Option<(&'l str, &'l str)> {
        let (tag, text) = line.trim_start().strip_prefix(':')?.split_once(':')?;
        let after_text = matches!(self.last.as_str(), "86" | "61" | "NS");
        let fits = if HEAD.contains(&tag) && tag != "20" {
            !after_text
        } else if tag == "20" {
            // A reference is no time of day, and behind it comes the account.
            let is_time = text.get(..2).is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()));
            !after_text
                || !is_time
                || next.is_some_and(|line| [":21:", ":25", ":28"].iter().any(|t| line.starts_with(t)))
        } else {
            BODY.contains(&tag)
        };
        fits.then_some((tag, text))
    }

    fn is_end(line: &str) -> bool {
        line.trim_end() == "-" || line.starts_with("-}")
    }

    /// What a block header leaves: the first field may stand right behind it.
    fn unwrapped(line: &str) -> &str {
        match line.strip_prefix('{') {
            Some(_) => line.rsplit_once("{4:").map_or("", |(_, rest)| rest),
            None => line,
        }
    }

    /// A tag cut in two by a line's end: `:` and `86:…`.
    fn is_cut_tag(line: &str, next: Option<&str>) -> bool {
        line.trim_end() == ":"
            && next.and_then(|n| n.split_once(':')).is_some_and(|(tag, _)| BODY.contains(&tag))
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        loop {
            let (at, line) = self.lines.next()?;
            let line = Self::unwrapped(line);
            if line.trim().is_empty() {
                continue;
            }
            if Self::is_end(line) {
                self.last.clear();
                return Some(Field {
                    tag: "end".to_owned(),
                    text: String::new(),
                    line: at.saturating_add(1),
                });
            }
            let joined;
            let next = self.lines.peek().map(|(_, next)| *next);
            let line = if Self::is_cut_tag(line, next) {
                joined = format!(":{}", self.lines.next().map_or("", |(_, rest)| rest));
                joined.as_str()
            } else {
                line
            };
            let next = self.lines.peek().map(|(_, next)| *next);
            let Some((tag, first)) = self.tag_of(line, next) else {
                // Text before the first field, or behind the last one: a word of greeting, or a field of no statement.
                if looks_like_a_field(line) {
                    return Some(Field {
                        tag: "?".to_owned(),
                        text: String::new(),
                        line: at.saturating_add(1),
                    });
                }
                continue;
            };
            let mut field = Field { tag: tag.to_owned(), text: first.to_owned(), line: at.saturating_add(1) };
            self.last.clear();
            self.last.push_str(tag);
            while let Some((_, next)) = self.lines.peek() {
                let ahead = *next;
                let mut rest = self.lines.clone();
                rest.next();
                let behind = rest.next().map(|(_, line)| line);
                let begins =
                    self.tag_of(ahead, behind).is_some() || Self::is_end(ahead) || ahead.starts_with("{1:");
                if begins || Self::is_cut_tag(ahead, behind) {
                    break;
                }
                if !matches!(tag, "86" | "61" | "NS" | "25P" | "25") && looks_like_a_field(ahead) {
                    break;
                }
                field.text.push('\n');
                field.text.push_str(ahead);
                self.lines.next();
            }
            return Some(field);
        }
    }
}

fn looks_like_a_field(line: &str) -> bool {
    line.trim_start()
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(tag, _)| (2..=3).contains(&tag.len()) && tag.starts_with(|c: char| c.is_ascii_digit()))
}
