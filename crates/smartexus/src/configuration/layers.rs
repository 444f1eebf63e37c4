//! Four layers, the later one wins, and every value remembers which one it came from.

use super::environment::Environment;
use super::fault::{Fault, Origin};
use super::file::{self, Values};
use super::key::Key;
use std::path::{Path, PathBuf};

/// The largest settings file that is read.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// The settings file that is read without being asked for, where it exists.
const FILE_DEFAULT: &str = "smartexus.toml";

/// What the command line says about settings.
#[derive(Default)]
pub(crate) struct Flags {
    /// `--config`
    pub(crate) config: Option<PathBuf>,
    /// Settings with the flag that set them.
    pub(crate) values: Vec<(Key, &'static str, String)>,
}

/// One setting as it is in force, for `config show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// Which setting.
    pub(crate) key: Key,
    /// Its value; `None` where there is neither a value nor a default.
    pub(crate) text: Option<String>,
    /// Which layer it came from.
    pub(crate) origin: Origin,
}

/// Every setting, in the order of [`Key::ALL`], and what is wrong so far.
pub(crate) struct Layers {
    /// The values in force.
    pub(crate) values: Vec<Value>,
    /// Faults of the layers themselves; whether values make sense is for `values`.
    pub(crate) faults: Vec<Fault>,
}

impl Layers {
    /// Reads all four layers.
    pub(crate) fn read(flags: &Flags, environment: &Environment) -> Self {
        let mut merged = defaults(environment);
        let (in_file, mut faults) = settings_file(flags, environment);
        merged.extend(in_file);
        let (in_environment, unknown) = variables(environment);
        merged.extend(in_environment);
        faults.extend(unknown);
        merged
            .extend(flags.values.iter().map(|(key, flag, text)| (*key, (text.clone(), Origin::Flag(flag)))));
        let values = Key::ALL.into_iter().map(|key| match merged.remove(&key) {
            Some((text, origin)) => Value { key, text: Some(text), origin },
            None => Value { key, text: None, origin: Origin::Default },
        });
        Self { values: values.collect(), faults }
    }

    /// One setting.
    pub(crate) fn value(&self, key: Key) -> Option<(&str, &Origin)> {
        let value = self.values.iter().find(|value| value.key == key)?;
        value.text.as_deref().map(|text| (text, &value.origin))
    }
}

fn defaults(environment: &Environment) -> Values {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let data_dir = environment.data_home().map(|home| home.join("smartexus").display().to_string());
    let plain = [
        (Key::Listen, "127.0.0.1:7390".to_owned()),
        (Key::Jobs, cores.min(super::values::JOBS_MAX).to_string()),
        (Key::Pipeline, "bank-statement".to_owned()),
        (Key::Log, "info".to_owned()),
        (Key::SweepIntervalS, "300".to_owned()),
        (Key::EndpointCallsPerDay, "500".to_owned()),
        (Key::BlobsRegion, "us-east-1".to_owned()),
        (Key::DatabaseUrl, "embedded:".to_owned()),
        (Key::QueueUrl, "embedded:".to_owned()),
        (Key::BlobsUrl, "embedded:".to_owned()),
        (Key::CacheUrl, "embedded:".to_owned()),
    ];
    let all = plain.into_iter().chain(data_dir.map(|dir| (Key::DataDir, dir)));
    all.map(|(key, text)| (key, (text, Origin::Default))).collect()
}

fn settings_file(flags: &Flags, environment: &Environment) -> (Values, Vec<Fault>) {
    let (asked_for, origin) = match (&flags.config, environment.config()) {
        (Some(path), _) => (Some(path.clone()), Origin::Flag("--config")),
        (None, Some(path)) => (Some(path), Origin::Environment("SMARTEXUS_CONFIG")),
        (None, None) => (None, Origin::Default),
    };
    let path = asked_for.clone().unwrap_or_else(|| PathBuf::from(FILE_DEFAULT));
    match bounded_text(&path) {
        Ok(text) => file::read(&path.display().to_string(), &text),
        // Nobody asked for the default file, so its absence is no fault; any other trouble with it is.
        Err(error) if asked_for.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Default::default()
        }
        Err(error) => {
            let message = format!("the settings file {} cannot be read: {}", path.display(), error.kind());
            (Values::new(), vec![Fault { code: "unreadable", message, origin }])
        }
    }
}

fn bounded_text(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let mut text = String::new();
    let read = std::fs::File::open(path)?.take(FILE_BYTES_MAX + 1).read_to_string(&mut text)?;
    let fits = u64::try_from(read).is_ok_and(|read| read <= FILE_BYTES_MAX);
    if fits { Ok(text) } else { Err(std::io::ErrorKind::FileTooLarge.into()) }
}

fn variables(environment: &Environment) -> (Values, Vec<Fault>) {
    let mut values = Values::new();
    let mut faults = Vec::new();
    for (name, value) in environment.settings() {
        let name = name.to_string_lossy();
        let Some(key) = Key::of_variable(&name) else {
            let message = match smartexus_manifest::closest(&name, Key::ALL.map(Key::variable)) {
                Some(meant) => format!("no such setting: {name}; did you mean {meant}?"),
                None => format!("no such setting: {name}"),
            };
            faults.push(Fault { code: "unknown_setting", message, origin: Origin::Default });
            continue;
        };
        match value.to_str() {
            Some(text) => drop(values.insert(key, (text.to_owned(), Origin::Environment(key.variable())))),
            None => faults.push(Fault::invalid(key, Origin::Environment(key.variable()), "valid UTF-8")),
        }
    }
    (values, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::of(pairs.iter().map(|(name, value)| (name.into(), value.into())))
    }

    #[test]
    fn the_later_layer_wins_and_says_so() {
        let directory = tempfile::tempdir().unwrap();
        let config = directory.path().join("mine.toml");
        std::fs::write(&config, "jobs = 2\npipeline = \"from-file\"\nlog = \"warn\"\n").unwrap();
        let flags = Flags {
            config: Some(config.clone()),
            values: vec![(Key::Pipeline, "--pipeline", "from-flag".into())],
        };
        let layers = Layers::read(
            &flags,
            &environment(&[("SMARTEXUS_JOBS", "3"), ("SMARTEXUS_PIPELINE", "from-env")]),
        );
        assert_eq!(layers.faults, []);
        let shown =
            |key| layers.value(key).map(|(text, origin)| (text.to_owned(), origin.to_string())).unwrap();
        assert_eq!(shown(Key::Pipeline), ("from-flag".into(), "--pipeline".into()));
        assert_eq!(shown(Key::Jobs), ("3".into(), "SMARTEXUS_JOBS".into()));
        assert_eq!(shown(Key::Log), ("warn".into(), format!("{}:3", config.display())));
        assert_eq!(shown(Key::SweepIntervalS), ("300".into(), "default".into()));
    }

    #[test]
    fn a_misspelt_variable_is_not_ignored() {
        let layers = Layers::read(&Flags::default(), &environment(&[("SMARTEXUS_DATADIR", "/x")]));
        let words: Vec<String> = layers.faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "error[config.unknown_setting]: no such setting: SMARTEXUS_DATADIR; did you mean SMARTEXUS_DATA_DIR?"
            ]
        );
    }

    #[test]
    fn a_settings_file_that_was_asked_for_must_exist() {
        let flags = Flags { config: Some("/nonexistent/x.toml".into()), ..Flags::default() };
        assert_eq!(Layers::read(&flags, &environment(&[])).faults.len(), 1);
    }
}
