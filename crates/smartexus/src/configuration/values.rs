//! The settings as typed values: nothing is left to check after this.

use super::fault::{Fault, Origin};
use super::fleet::Fleet;
use super::key::Key;
use super::layers::{Layers, Value};
use crate::exit::Stop;
use smartexus_domain::StageKind;
use smartexus_platform::Secret;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Most documents read at the same time: each may use the pipeline's whole memory limit.
pub(crate) const JOBS_MAX: usize = 64;
/// Longest time between two sweeps: erasure is promised within a day of its date.
const SWEEP_INTERVAL_S_MAX: u64 = 86_400;

/// Calls of a workspace to a model outside in one day.
const CALLS_PER_DAY_MAX: u64 = 1_000_000;

/// A model outside that may be asked for categories.
pub(crate) struct Endpoint {
    /// `https://host/v1`.
    pub(crate) url: String,
    /// The model's name.
    pub(crate) model: String,
    /// Sent with each question.
    pub(crate) key: Option<Secret>,
    /// Calls of a workspace in one day.
    pub(crate) calls_per_day: u32,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogStyle {
    /// As `--json` says.
    Unsaid,
    /// For people.
    Text,
    /// One object a line.
    Json,
}

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
    /// A gateway that signs people in is all that reaches `listen`.
    pub(crate) behind_gateway: bool,
    /// The engines behind the ports, where they are not embedded.
    pub(crate) fleet: Fleet,
    /// The stages a worker claims; empty means any.
    pub(crate) stages: Vec<StageKind>,
    /// Where a role answers for its health and its metrics.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Where traces are sent, if anywhere.
    pub(crate) otlp_endpoint: Option<String>,
    /// A model outside that may be asked for categories.
    pub(crate) endpoint: Option<Endpoint>,
    /// How log lines look.
    pub(crate) log_style: LogStyle,
    /// All of the above as `config show` prints them.
    pub(crate) values: Vec<Value>,
}

impl Configuration {
    /// Types every value, or says everything that is wrong at once.
    pub(crate) fn of(layers: Layers) -> Result<Self, Stop> {
        let mut reader = Reader { layers: &layers, faults: layers.faults.clone() };
        let behind_gateway = reader.behind_gateway();
        let listen = reader.listen(behind_gateway);
        let jobs = reader
            .whole(Key::Jobs, 1, JOBS_MAX as u64)
            .and_then(|n| NonZeroUsize::new(usize::try_from(n).ok()?));
        let sweep = reader.whole(Key::SweepIntervalS, 1, SWEEP_INTERVAL_S_MAX);
        let (fleet, wrong) = Fleet::of(&layers);
        reader.refuse(wrong);
        let stages = reader.stages();
        let metrics_listen = reader.metrics_listen();
        let log_style = reader.log_style();
        reader.plain_http_endpoint();
        let endpoint = reader.endpoint();
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
            behind_gateway,
            fleet,
            stages,
            metrics_listen,
            otlp_endpoint: text(Key::OtlpEndpoint),
            endpoint,
            log_style,
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

    fn behind_gateway(&mut self) -> bool {
        let mut wrong = Vec::new();
        let gateway = is_true(self.layers, Key::BehindGateway, &mut wrong);
        self.refuse(wrong);
        gateway
    }

    fn listen(&mut self, gateway: bool) -> Option<SocketAddr> {
        let (text, origin) = self.layers.value(Key::Listen)?;
        let address: Option<SocketAddr> =
            text.parse().ok().filter(|address: &SocketAddr| gateway || address.ip().is_loopback());
        if address.is_none() {
            let wanted = "a loopback address such as 127.0.0.1:7390, because this release has no sign-in; any other \
                          only with `behind_gateway = true`, when a gateway that signs people in is all that reaches it";
            self.invalid(Key::Listen, origin, wanted);
        }
        address
    }

    fn metrics_listen(&mut self) -> Option<SocketAddr> {
        let (text, origin) = self.layers.value(Key::MetricsListen)?;
        let address = text.parse().ok();
        if address.is_none() {
            self.invalid(Key::MetricsListen, origin, "an address such as 127.0.0.1:9390");
        }
        address
    }

    fn stages(&mut self) -> Vec<StageKind> {
        let Some((text, origin)) = self.layers.value(Key::Stages) else { return Vec::new() };
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let stages: Result<Vec<StageKind>, ()> = words.map(str::parse).collect();
        stages.ok().filter(|stages| !stages.is_empty()).unwrap_or_else(|| {
            let known = StageKind::ALL.map(StageKind::as_str).join(", ");
            self.invalid(Key::Stages, origin, &format!("some of {known}, with commas between"));
            Vec::new()
        })
    }

    fn log_style(&mut self) -> LogStyle {
        match self.layers.value(Key::LogFormat) {
            None => LogStyle::Unsaid,
            Some(("text", _)) => LogStyle::Text,
            Some(("json", _)) => LogStyle::Json,
            Some((_, origin)) => {
                self.invalid(Key::LogFormat, origin, "`text` or `json`");
                LogStyle::Unsaid
            }
        }
    }

    /// Traces hold ids only, but where they go is still an address that somebody may mistype.
    fn plain_http_endpoint(&mut self) {
        if let Some((text, origin)) = self.layers.value(Key::OtlpEndpoint)
            && !text.starts_with("http://")
            && !text.starts_with("https://")
        {
            self.invalid(Key::OtlpEndpoint, origin, "an http:// or https:// address");
        }
    }

    /// All of it or nothing: a key without an address was meant for one.
    fn endpoint(&mut self) -> Option<Endpoint> {
        let calls_per_day = self.whole(Key::EndpointCallsPerDay, 1, CALLS_PER_DAY_MAX)?;
        let calls_per_day = u32::try_from(calls_per_day).ok()?;
        let text = |key| self.layers.value(key).map(|(text, _)| text.to_owned());
        let (url, model, key) = (text(Key::EndpointUrl), text(Key::EndpointModel), text(Key::EndpointKey));
        match (url, model, key) {
            (Some(url), Some(model), key) => {
                Some(Endpoint { url, model, key: key.map(Secret::new), calls_per_day })
            }
            (Some(_), None, _) => {
                self.refuse(vec![(Key::EndpointModel, "set together with `endpoint_url`")]);
                None
            }
            (None, Some(_), _) => {
                self.refuse(vec![(Key::EndpointModel, "unset, as long as `endpoint_url` is")]);
                None
            }
            (None, None, Some(_)) => {
                self.refuse(vec![(Key::EndpointKey, "unset, as long as `endpoint_url` is")]);
                None
            }
            (None, None, None) => None,
        }
    }

    fn refuse(&mut self, wrong: Vec<(Key, &'static str)>) {
        for (key, wanted) in wrong {
            let origin = self.layers.value(key).map_or(Origin::Default, |(_, origin)| origin.clone());
            self.invalid(key, &origin, wanted);
        }
    }
}

/// A setting that is `true` or `false`; unset is false.
pub(super) fn is_true(layers: &Layers, key: Key, wrong: &mut Vec<(Key, &'static str)>) -> bool {
    match layers.value(key) {
        Some(("true", _)) => true,
        None | Some(("false", _)) => false,
        Some(_) => {
            wrong.push((key, "`true` or `false`"));
            false
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
    fn a_fleet_is_named_by_its_addresses() {
        let pairs = [
            ("SMARTEXUS_DATABASE_URL", "postgres://app:s3cret@db/x"),
            ("SMARTEXUS_QUEUE_URL", "amqps://app:s3cret@mq/%2f"),
            ("SMARTEXUS_CACHE_URL", "rediss://:s3cret@cache"),
            ("SMARTEXUS_BLOBS_URL", "s3://bucket/some/prefix/"),
            ("SMARTEXUS_BLOBS_ACCESS_KEY", "id"),
            ("SMARTEXUS_BLOBS_SECRET_KEY", "s3cret"),
            ("SMARTEXUS_STAGES", "categorize, report"),
        ];
        let configuration = configuration(&pairs).unwrap_or_else(|stop| panic!("{}", stop.sentence));
        let fleet = &configuration.fleet;
        assert!(fleet.database.is_some() && fleet.queue.is_some() && fleet.cache.is_some());
        let bucket = fleet.blobs.as_ref().unwrap();
        assert_eq!(bucket.url.expose(), "s3://bucket/some/prefix/");
        assert!(!bucket.allow_http && bucket.region == "us-east-1");
        assert_eq!(configuration.stages, [StageKind::Categorize, StageKind::Report]);
    }

    #[test]
    fn what_makes_no_sense_together_is_refused() {
        for (pairs, key) in [
            (&[("SMARTEXUS_QUEUE_URL", "amqp://mq")][..], "queue_url"),
            (&[("SMARTEXUS_KEYS_DATABASE_URL", "postgres://db/x")], "keys_database_url"),
            (&[("SMARTEXUS_BLOBS_URL", "s3://")], "blobs_url"),
            (
                &[("SMARTEXUS_BLOBS_URL", "s3://bucket"), ("SMARTEXUS_BLOBS_ACCESS_KEY", "id")],
                "blobs_secret_key",
            ),
            (&[("SMARTEXUS_STAGES", "extract,fly")], "stages"),
            (&[("SMARTEXUS_STAGES", ",")], "stages"),
            (&[("SMARTEXUS_BLOBS_ENDPOINT", "https://s3.example")], "blobs_endpoint"),
            (&[("SMARTEXUS_BLOBS_SECRET_KEY", "secret")], "blobs_secret_key"),
            (&[("SMARTEXUS_LISTEN", "0.0.0.0:80")], "listen"),
            (&[("SMARTEXUS_BEHIND_GATEWAY", "maybe")], "behind_gateway"),
            (&[("SMARTEXUS_OTLP_ENDPOINT", "collector:4318")], "otlp_endpoint"),
        ] {
            let stop = configuration(pairs).err().unwrap();
            assert!(stop.sentence.contains(key), "{key}: {}", stop.sentence);
        }
        let open = [("SMARTEXUS_LISTEN", "0.0.0.0:80"), ("SMARTEXUS_BEHIND_GATEWAY", "true")];
        assert!(configuration(&open).is_ok());
    }

    #[test]
    fn all_faults_are_reported_at_once_and_no_value_is_repeated() {
        let pairs = [
            ("SMARTEXUS_JOBS", "s3cret-many"),
            ("SMARTEXUS_LISTEN", "0.0.0.0:80"),
            ("SMARTEXUS_DATABASE_URL", "mysql://user:s3cret@db/x"),
        ];
        let stop = configuration(&pairs).err().unwrap();
        assert_eq!(stop.exit, crate::exit::Exit::Configuration);
        assert_eq!(stop.sentence.matches("error[config.invalid]").count(), 3, "{}", stop.sentence);
        assert!(!stop.sentence.contains("s3cret"), "{}", stop.sentence);
    }
}
