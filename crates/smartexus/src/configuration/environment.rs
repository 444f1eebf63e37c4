//! The environment, read once.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The variables that this program looks at; all others are left out.
#[derive(Default)]
pub(crate) struct Environment {
    variables: BTreeMap<OsString, OsString>,
}

/// Variables of other programs' conventions that are honored.
const FOREIGN: [&str; 3] = ["HOME", "NO_COLOR", "XDG_DATA_HOME"];
/// What all of ours begin with.
const PREFIX: &str = "SMARTEXUS_";
/// Names the settings file. It is no setting itself.
const CONFIG: &str = "SMARTEXUS_CONFIG";

impl Environment {
    /// The environment of this process: the only place that looks at it.
    pub(crate) fn of_process() -> Self {
        Self::of(std::env::vars_os())
    }

    /// An environment out of pairs.
    pub(crate) fn of(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let looked_at = |name: &OsStr| {
            FOREIGN.iter().any(|foreign| name == *foreign)
                || name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
        };
        // An empty variable is an unset one, as everywhere in shells.
        let kept = variables.into_iter().filter(|(name, value)| looked_at(name) && !value.is_empty());
        Self { variables: kept.collect() }
    }

    /// Ours: every `SMARTEXUS_*` but the name of the settings file.
    pub(crate) fn settings(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        let ours = |name: &OsStr| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) && name != CONFIG;
        self.variables
            .iter()
            .map(|(name, value)| (name.as_os_str(), value.as_os_str()))
            .filter(move |(name, _)| ours(name))
    }

    /// The settings file that the environment names.
    pub(crate) fn config(&self) -> Option<PathBuf> {
        self.path(CONFIG)
    }

    /// Whoever asks for no color gets none (<https://no-color.org>).
    pub(crate) fn no_color(&self) -> bool {
        self.variables.contains_key(OsStr::new("NO_COLOR"))
    }

    /// Where a user's data live by the XDG base directory specification.
    pub(crate) fn data_home(&self) -> Option<PathBuf> {
        // The specification says to ignore relative paths.
        let stated = self.path("XDG_DATA_HOME").filter(|path| path.is_absolute());
        stated.or_else(|| self.path("HOME").map(|home| home.join(".local/share")))
    }

    fn path(&self, variable: &str) -> Option<PathBuf> {
        self.variables.get(OsStr::new(variable)).map(|value| Path::new(value).to_path_buf())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::of(pairs.iter().map(|(name, value)| (name.into(), value.into())))
    }

    #[test]
    fn the_data_home_is_the_one_of_the_specification() {
        for (pairs, home) in [
            (&[("XDG_DATA_HOME", "/x"), ("HOME", "/h")][..], Some("/x")),
            (&[("XDG_DATA_HOME", "relative"), ("HOME", "/h")], Some("/h/.local/share")),
            (&[("XDG_DATA_HOME", ""), ("HOME", "/h")], Some("/h/.local/share")),
            (&[], None),
        ] {
            assert_eq!(environment(pairs).data_home(), home.map(PathBuf::from));
        }
    }

    #[test]
    fn other_programs_variables_are_not_kept() {
        let environment =
            environment(&[("AWS_SECRET", "x"), ("SMARTEXUS_JOBS", "2"), ("SMARTEXUS_CONFIG", "f")]);
        assert_eq!(environment.variables.len(), 2);
        assert_eq!(environment.settings().count(), 1);
        assert_eq!(environment.config(), Some(PathBuf::from("f")));
    }
}
