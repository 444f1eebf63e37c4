//! Every relative link and anchor in the Markdown that is kept in git.

use super::{Verdict, succeed};
use crate::markdown::{self, Link};
use crate::workspace::Workspace;
use std::path::Path;
use std::process::Command;

/// Follows them; links to other machines are left alone, since a check must not depend on the network.
pub(super) fn check(ws: &Workspace) -> Verdict {
    let listed = succeed(
        Command::new("git").args(["ls-files", "-co", "--exclude-standard", "*.md"]).current_dir(ws.root()),
    )?;
    let pages: Vec<&str> = listed.stdout.lines().filter(|name| ws.root().join(name).is_file()).collect();
    if pages.is_empty() {
        return Err("git lists no Markdown".to_owned());
    }
    let (mut followed, mut broken) = (0, Vec::new());
    for name in &pages {
        let page = ws.root().join(name);
        for link in markdown::links(&read(&page)?).iter().filter(|link| is_ours(&link.target)) {
            followed += 1;
            if let Err(why) = follow(&page, link) {
                broken.push(format!("{name}:{}: {} {why}", link.line, link.target));
            }
        }
    }
    if broken.is_empty() {
        Ok(format!("{followed} in {} pages", pages.len()))
    } else {
        Err(broken.join("\n"))
    }
}

fn is_ours(target: &str) -> bool {
    !target.contains("://") && !target.starts_with("mailto:")
}

fn follow(page: &Path, link: &Link) -> Result<(), String> {
    let (path, anchor) = match link.target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link.target.as_str(), None),
    };
    let target = match (path, page.parent()) {
        ("", _) => page.to_path_buf(),
        (path, Some(folder)) => folder.join(path),
        (path, None) => Path::new(path).to_path_buf(),
    };
    if !target.exists() {
        return Err("does not exist".to_owned());
    }
    match anchor {
        Some(anchor) if !markdown::anchors(&read(&target)?).iter().any(|known| known == anchor) => {
            Err("has no such heading".to_owned())
        }
        Some(_) | None => Ok(()),
    }
}

fn read(page: &Path) -> Result<String, String> {
    let name = page.file_name().unwrap_or_default().to_string_lossy();
    std::fs::read_to_string(page).map_err(|e| format!("{name}: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_files_and_headings_and_misses_the_rest() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let follows = |target: &str| follow(&page, &Link { target: target.to_owned(), line: 1 }).is_ok();
        for good in ["src/main.rs", "#xtask", "README.md#xtask", "src"] {
            assert!(follows(good), "{good}");
        }
        for bad in ["src/nothing.rs", "#nothing", "README.md#nothing"] {
            assert!(!follows(bad), "{bad}");
        }
    }
}
