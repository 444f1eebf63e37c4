//! Other programs that write PDF: they take a document apart and write it anew, with fonts, encodings and operators of
//! their own.

use anyhow::Context;
use std::path::Path;
use std::process::Command;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Producer {
    Ghostscript,
    Cairo,
}

impl Producer {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ghostscript" => Some(Self::Ghostscript),
            "cairo" => Some(Self::Cairo),
            _ => None,
        }
    }

    /// Puts what it makes of a file in its place.
    pub(crate) fn rewrite(self, file: &Path) -> anyhow::Result<()> {
        let written = file.with_extension("written.pdf");
        let (program, package, mut command) = match self {
            Self::Ghostscript => {
                let mut command = Command::new("gs");
                command.args(["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-o"]);
                command.arg(&written).arg(file);
                ("gs", "ghostscript", command)
            }
            Self::Cairo => {
                let mut command = Command::new("pdftocairo");
                command.arg("-pdf").arg(file).arg(&written);
                ("pdftocairo", "poppler-utils", command)
            }
        };
        let status = command
            .status()
            .with_context(|| format!("{program}: install it with apt-get install {package}"))?;
        anyhow::ensure!(status.success(), "{program} did not write {}", file.display());
        std::fs::rename(&written, file)?;
        Ok(())
    }
}
