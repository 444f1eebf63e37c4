//! Faults as people see them.

use crate::Fault;
use std::fmt::Write;

/// More faults than this are counted, not shown.
const FAULTS_SHOWN_MAX: usize = 50;
/// A longer line is cut to a window around the fault.
const LINE_CHARS_MAX: usize = 160;
/// Characters kept before the fault when a line is cut.
const LEAD_CHARS: usize = 60;

/// All faults, one paragraph each.
pub(crate) fn render(file_name: &str, text: &str, family: &str, faults: &[Fault]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for (index, fault) in faults.iter().take(FAULTS_SHOWN_MAX).enumerate() {
        if index > 0 {
            out.push_str("\n\n");
        }
        render_one(&mut out, file_name, &lines, family, fault);
    }
    if let Some(hidden) = faults.len().checked_sub(FAULTS_SHOWN_MAX).filter(|hidden| *hidden > 0) {
        let _ = write!(out, "\n\nand {hidden} more");
    }
    out
}

fn render_one(out: &mut String, file_name: &str, lines: &[&str], family: &str, fault: &Fault) {
    let _ = write!(out, "error[{family}.{}]: {}", fault.code, printable(&fault.message));
    let number = fault.span.line.to_string();
    let gutter = " ".repeat(number.len());
    let Some(line) = line_of(lines, fault.span.line) else {
        let _ = write!(out, "\n{gutter}--> {file_name}");
        if let Some(hint) = &fault.hint {
            let _ = write!(out, "\n{gutter} = {}", printable(hint));
        }
        return;
    };
    let _ = write!(out, "\n{gutter}--> {file_name}:{number}:{}", fault.span.column);
    let window = Window::around(line, fault.span.column as usize, fault.span.width as usize);
    let _ = write!(out, "\n{number} | {}", window.text);
    let _ = write!(out, "\n{gutter} | {}{}", window.padding, "^".repeat(window.carets));
    if let Some(hint) = &fault.hint {
        let _ = write!(out, " {}", printable(hint));
    }
}

fn line_of<'t>(lines: &[&'t str], number: u32) -> Option<&'t str> {
    // A fault at the very end of a file may stand one line behind the last one.
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    lines.get(index).copied().or_else(|| (index == lines.len()).then_some(""))
}

/// The part of a line that is shown, and where its carets stand.
struct Window {
    text: String,
    padding: String,
    carets: usize,
}

impl Window {
    fn around(line: &str, column: usize, width: usize) -> Self {
        let chars: Vec<char> = line.chars().map(visible).collect();
        let at = column.saturating_sub(1).min(chars.len());
        let start = if chars.len() > LINE_CHARS_MAX { at.saturating_sub(LEAD_CHARS) } else { 0 };
        let end = chars.len().min(start.saturating_add(LINE_CHARS_MAX));
        let shown = chars.get(start..end).unwrap_or_default();
        let before = shown.get(..at.saturating_sub(start)).unwrap_or(shown);
        Self {
            text: shown.iter().collect(),
            // A tab stays a tab, so that the carets stand under it on every terminal.
            padding: before.iter().map(|c| if *c == '\t' { '\t' } else { ' ' }).collect(),
            carets: width.min(end.saturating_sub(at)).max(1),
        }
    }
}

/// A file may hold terminal control sequences; nothing of that kind is ever printed.
fn visible(c: char) -> char {
    if c.is_control() && c != '\t' { '\u{FFFD}' } else { c }
}

fn printable(text: &str) -> String {
    text.chars().map(visible).collect()
}
