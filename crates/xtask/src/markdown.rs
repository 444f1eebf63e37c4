//! What the checks need of Markdown: fenced blocks, links, headings.

use std::collections::HashMap;

/// A fenced block of code.
#[derive(Debug, PartialEq)]
pub(crate) struct Block {
    /// The word after the fence, for instance `sh`.
    pub(crate) language: String,
    /// The lines between the fences.
    pub(crate) text: String,
    /// 1-based line of the opening fence.
    pub(crate) line: usize,
}

/// A link or picture.
#[derive(Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) target: String,
    /// 1-based.
    pub(crate) line: usize,
}

/// The fenced blocks in order.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block {
                    language: language.trim().to_owned(),
                    text: String::new(),
                    line: index + 1,
                });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The links and pictures outside code.
pub(crate) fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for (line, prose) in prose(text) {
        let mut rest = prose.as_str();
        while let Some(start) = rest.find("](") {
            rest = rest.get(start + 2..).unwrap_or_default();
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            found.push(Link { target: target.to_owned(), line });
        }
    }
    found
}

/// The anchors that GitHub gives the headings.
pub(crate) fn anchors(text: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (_, line) in prose_with_code(text) {
        let title = line.trim_start_matches('#');
        if title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let slug = slug(title.trim());
        let count = seen.entry(slug.clone()).or_default();
        found.push(if *count == 0 { slug } else { format!("{slug}-{count}") });
        *count += 1;
    }
    found
}

fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Lines outside fences, with their 1-based numbers.
fn prose_with_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let fence = line.trim_start().starts_with("```");
        let outside = !fence && !fenced;
        fenced ^= fence;
        outside.then_some((index + 1, line))
    })
}

/// Lines outside fences with their code spans blanked.
fn prose(text: &str) -> impl Iterator<Item = (usize, String)> {
    prose_with_code(text).map(|(number, line)| {
        let outside = line.split('`').enumerate().filter(|(index, _)| index % 2 == 0).map(|(_, part)| part);
        (number, outside.collect::<Vec<_>>().join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# A title: it's `code`\n[a](b.md#c) ![p](d.png \"t\") `[no](link)`\n```sh\n# no title\n[x](y)\nls\n```\n## Twice\n## Twice\n#none\n";

    #[test]
    fn fences() {
        let block = Block { language: "sh".to_owned(), text: "# no title\n[x](y)\nls\n".to_owned(), line: 3 };
        assert_eq!(blocks(PAGE), [block]);
    }

    #[test]
    fn links_outside_code_only() {
        let targets: Vec<_> = links(PAGE).into_iter().map(|link| (link.target, link.line)).collect();
        assert_eq!(targets, [("b.md#c".to_owned(), 2), ("d.png".to_owned(), 2)]);
    }

    #[test]
    fn headings_as_anchors() {
        assert_eq!(anchors(PAGE), ["a-title-its-code", "twice", "twice-1"]);
    }
}
