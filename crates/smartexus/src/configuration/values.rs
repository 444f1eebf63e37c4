//! The settings as typed values: nothing is left to check after this.

use super::fault::{Fault, Origin};
use super::key::Key;
use super::layers::{Layers, Value};
use crate::exit::Stop;
use smartexus_platform::Secret;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Most documents read at the same time: each may use the pipeline's whole memory limit.
pub(crate) const JOBS_MAX: usize = 64;
/// Longest time between two sweeps: erasure is promised within a day of its date.
const SWEEP_INTERVAL_S_MAX: u64 = 86_400;
/// What the four stores are in this release.
const EMBEDDED: &str = "embedded:";

/// The settings in force.
pub(crate) struct Configuration {
    /// Where documents, keys and the database live; `None` without a home directory.
    data_dir: Option<PathBuf>,
    /// Where `serve` listens.
    pub(crate) listen: SocketAddr,
    /// Documents read at the same time.
    pub(crate) jobs: NonZeroUsize,
    /// The pipeline of documents that name none.
    pub(crate) pipeline: String,
    /// A directory of pipeline files besides the built-in ones.
    pub(crate) pipelines_dir: Option<PathBuf>,
    /// Which log lines are printed.
    pub(crate) log: String,
    /// Somebody set it.
    pub(crate) log_asked: bool,
    /// Between two sweeps of `serve`.
    pub(crate) sweep_interval: Duration,
    /// Password of encrypted PDFs.
    pub(crate) password: Option<Secret>,
    /// All of the above as `config show` prints them.
    pub(crate) values: Vec<Value>,
}

impl Configuration {
    /// Types every value, or says everything that is wrong at once.
    pub(crate) fn of(layers: Layers) -> Result<Self, Stop> {
        let mut reader = Reader { layers: &layers, faults: layers.faults.clone() };
        let listen = reader.listen();
        let jobs = reader
            .whole(Key::Jobs, 1, JOBS_MAX as u64)
            .and_then(|n| NonZeroUsize::new(usize::try_from(n).ok()?));
        let sweep = reader.whole(Key::SweepIntervalS, 1, SWEEP_INTERVAL_S_MAX);
        reader.embedded_only();
        let text = |key| layers.value(key).map(|(text, _)| text.to_owned());
        let faults = reader.faults;
        let (Some(listen), Some(jobs), Some(sweep), true) = (listen, jobs, sweep, faults.is_empty()) else {
            let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(Stop::configuration(words.join("\n\n")));
        };
        Ok(Self {
            data_dir: text(Key::DataDir).map(PathBuf::from),
            listen,
            jobs,
            pipeline: text(Key::Pipeline).unwrap_or_default(),
            pipelines_dir: text(Key::PipelinesDir).map(PathBuf::from),
            log: text(Key::Log).unwrap_or_default(),
            log_asked: layers.value(Key::Log).is_some_and(|(_, origin)| *origin != Origin::Default),
            sweep_interval: Duration::from_secs(sweep),
            password: text(Key::Password).map(Secret::new),
            values: layers.values,
        })
    }

    /// The data directory, for commands that cannot do without.
    pub(crate) fn data_dir(&self) -> Result<PathBuf, Stop> {
        self.data_dir.clone().ok_or_else(|| {
            Stop::configuration("there is no data directory, because HOME is not set")
                .advise("name one with --data-dir or SMARTEXUS_DATA_DIR")
        })
    }
}

/// Collects faults while values are typed.
struct Reader<'l> {
    layers: &'l Layers,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn invalid(&mut self, key: Key, origin: &Origin, wanted: &str) {
        self.faults.push(Fault::invalid(key, origin.clone(), wanted));
    }

    fn whole(&mut self, key: Key, min: u64, max: u64) -> Option<u64> {
        let (text, origin) = self.layers.value(key)?;
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        if number.is_none() {
            self.invalid(key, origin, &format!("a whole number from {min} to {max}"));
        }
        number
    }

    fn listen(&mut self) -> Option<SocketAddr> {
        let (text, origin) = self.layers.value(Key::Listen)?;
        let address: Option<SocketAddr> =
            text.parse().ok().filter(|address: &SocketAddr| address.ip().is_loopback());
        if address.is_none() {
            let wanted = "a loopback address such as 127.0.0.1:7390, because this release has no sign-in";
            self.invalid(Key::Listen, origin, wanted);
        }
        address
    }

    /// A fleet's address that this release would ignore must not look as if it were obeyed.
    fn embedded_only(&mut self) {
        if let Some((_, origin)) = self.layers.value(Key::KeyFile) {
            self.invalid(
                Key::KeyFile,
                origin,
                "unset: this release keeps its key file inside the data directory",
            );
        }
        for key in [Key::DatabaseUrl, Key::QueueUrl, Key::BlobsUrl, Key::CacheUrl] {
            if let Some((text, origin)) = self.layers.value(key)
                && text != EMBEDDED
            {
                let wanted = "`embedded:` or unset: this release keeps everything under the data directory";
                self.invalid(key, origin, wanted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Environment, Flags};
    use super::*;

    fn configuration(pairs: &[(&str, &str)]) -> Result<Configuration, Stop> {
        let environment = Environment::of(pairs.iter().map(|(name, value)| (name.into(), value.into())));
        Configuration::of(Layers::read(&Flags::default(), &environment))
    }

    #[test]
    fn defaults_are_sound() {
        let configuration =
            configuration(&[("HOME", "/home/ada")]).unwrap_or_else(|stop| panic!("{}", stop.sentence));
        assert_eq!(configuration.data_dir().unwrap(), PathBuf::from("/home/ada/.local/share/smartexus"));
        assert!(configuration.listen.ip().is_loopback());
        assert!(configuration.password.is_none());
    }

    #[test]
    fn limits_of_numbers() {
        for (value, fits) in
            [("0", false), ("1", true), ("64", true), ("65", false), ("-1", false), ("x", false)]
        {
            assert_eq!(configuration(&[("SMARTEXUS_JOBS", value)]).is_ok(), fits, "{value}");
        }
        for (value, fits) in [("0", false), ("1", true), ("86400", true), ("86401", false)] {
            assert_eq!(configuration(&[("SMARTEXUS_SWEEP_INTERVAL_S", value)]).is_ok(), fits, "{value}");
        }
    }

    #[test]
    fn all_faults_are_reported_at_once_and_no_value_is_repeated() {
        let pairs = [
            ("SMARTEXUS_JOBS", "s3cret-many"),
            ("SMARTEXUS_LISTEN", "0.0.0.0:80"),
            ("SMARTEXUS_DATABASE_URL", "postgres://user:s3cret@db/x"),
        ];
        let stop = configuration(&pairs).err().unwrap();
        assert_eq!(stop.exit, crate::exit::Exit::Configuration);
        assert_eq!(stop.sentence.matches("error[config.invalid]").count(), 3, "{}", stop.sentence);
        assert!(!stop.sentence.contains("s3cret"), "{}", stop.sentence);
    }
}
