//! What the manifests under `k8s/` name is there: settings of the program, its metrics, its stages and queues.

use smartexus_domain::StageKind;
use smartexus_simulation::Repository;
use std::collections::BTreeSet;
use std::path::Path;

type Words = BTreeSet<String>;

/// Settings that no manifest has, and why.
const NOT_FOR_A_FLEET: [(&str, &str); 9] = [
    (
        "SMARTEXUS_DATA_DIR",
        "every store has an address, and one that was forgotten must fail, not fill a pod",
    ),
    ("SMARTEXUS_PASSWORD", "it belongs to one run of `process` or `extract`"),
    ("SMARTEXUS_PIPELINES_DIR", "the built-in pipelines; who has others mounts them with an overlay"),
    (
        "SMARTEXUS_ENDPOINT_URL",
        "nothing leaves a fleet unless its owner adds it, and an egress policy, with an overlay",
    ),
    ("SMARTEXUS_ENDPOINT_MODEL", "as its address"),
    ("SMARTEXUS_ENDPOINT_KEY", "as its address"),
    ("SMARTEXUS_ENDPOINT_CALLS_PER_DAY", "as its address"),
    ("SMARTEXUS_STAGES", "the command line of each worker says it"),
    ("SMARTEXUS_SWEEP_INTERVAL_S", "the CronJob has the schedule"),
];

/// How our metrics begin; anything else belongs to somebody else.
const METRICS: [&str; 4] = ["smartexus_", "http_server_", "messaging_client_", "messaging_process_"];
/// What Prometheus makes of one histogram.
const PARTS: [&str; 3] = ["_bucket", "_count", "_sum"];

#[test]
fn every_variable_is_a_setting_and_every_setting_of_a_fleet_is_given() {
    let known = variables(&text_under("crates/smartexus/src/configuration/key.rs", &[]));
    let named = variables(&text_under("k8s", &[]));
    let given = variables(&text_under("k8s", &["md"]));
    assert!(known.len() > 10, "the settings have moved: {known:?}");
    assert_eq!(missing(&named, &known), Words::new(), "named under k8s/, but no setting of the program");

    let excused: Words = NOT_FOR_A_FLEET.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(missing(&excused, &known), Words::new(), "excused, but no setting of the program");
    assert_eq!(excused.intersection(&given).collect::<Vec<_>>(), [""; 0], "excused, but given under k8s/");
    assert_eq!(missing(&missing(&known, &given), &excused), Words::new(), "a setting that no manifest gives");
}

#[test]
fn every_metric_of_alerts_and_dashboard_is_counted() {
    let names = constants(&text_under("crates/platform/src/metric/name.rs", &[]));
    let recorders = recorders(&text_under("crates/platform/src/metric/record.rs", &[]));
    let counted = recorded(&names, &recorders, &text_of_the_product());
    assert!(counted.len() > 5, "the names of the metrics have moved: {counted:?}");
    let shown = metrics(&text_under("k8s/components/monitoring", &[]));
    assert!(shown.len() > 5, "alerts and dashboard show nothing: {shown:?}");
    let unknown: Vec<&String> = shown.iter().filter(|name| !is_counted(name, &counted)).collect();
    assert_eq!(unknown, [""; 0], "shown, but counted nowhere");
}

#[test]
fn every_stage_has_one_worker_and_every_queue_one_trigger() {
    let stages: Vec<&str> = StageKind::ALL.iter().map(|stage| stage.as_str()).collect();
    let priorities = words_of_matches(&text_under("crates/platform/src/port/priority.rs", &[]));
    assert!(priorities.len() > 1, "the priorities have moved: {priorities:?}");
    let mut queues: Vec<String> = stages
        .iter()
        .flat_map(|stage| priorities.iter().map(move |word| format!("smartexus.{stage}.{word}")))
        .collect();
    queues.sort();

    for manifests in ["k8s/base", "k8s/local"] {
        let mut run = run_by_workers(&text_under(manifests, &[]));
        run.sort();
        let mut wanted = stages.clone();
        wanted.sort_unstable();
        assert_eq!(run, wanted, "the workers of {manifests} run these stages");
    }
    let mut watched = after_each(&text_under("k8s/components/keda", &[]), "queueName: ");
    watched.sort();
    assert_eq!(watched, queues, "the triggers watch these queues");
}

/// A file, or every file of a folder one after another, but for those with one of these extensions.
fn text_under(place: &str, left_out: &[&str]) -> String {
    let repository = Repository::here();
    let files = repository.files().unwrap();
    let is_there = |file: &Path| {
        // `metric` is meant as `metric.rs` and as `metric/…`.
        file.starts_with(place) || file.with_extension("") == Path::new(place) || file == Path::new(place)
    };
    let is_read = |file: &Path| !left_out.iter().any(|one| file.extension().is_some_and(|it| it == *one));
    files
        .iter()
        .filter(|file| is_there(file) && is_read(file))
        .map(|file| repository.read(file).unwrap() + "\n")
        .collect()
}

/// The sources of the crates, without their tests and without the metrics themselves.
fn text_of_the_product() -> String {
    let repository = Repository::here();
    let is_product = |file: &Path| {
        let words: Vec<&str> = file.iter().filter_map(|word| word.to_str()).collect();
        let is_test = |word: &&str| matches!(*word, "tests" | "tests.rs" | "metric");
        let is_source = file.extension().is_some_and(|extension| extension == "rs");
        words.first() == Some(&"crates")
            && words.get(2) == Some(&"src")
            && is_source
            && !words.iter().any(is_test)
    };
    let files = repository.files().unwrap();
    files.iter().filter(|file| is_product(file)).map(|file| repository.read(file).unwrap() + "\n").collect()
}

/// Each function of the recorder, with the constants that it names.
fn recorders(text: &str) -> Vec<(String, Words)> {
    let functions = text.split("\npub fn ").skip(1);
    functions
        .filter_map(|function| {
            let name = function.split('(').next()?.to_owned();
            let body = function.split("\n}").next()?;
            Some((name, words(body, "name::", |c| c.is_ascii_uppercase() || "name:_".contains(c))))
        })
        .map(|(name, named)| (name, named.iter().map(|word| word.replace("name::", "")).collect()))
        .collect()
}

/// The values of those constants that a function names which the product calls.
fn recorded(names: &[(String, String)], recorders: &[(String, Words)], product: &str) -> Words {
    let called = recorders.iter().filter(|(function, _)| product.contains(&format!("metric::{function}(")));
    let counted: Words = called.flat_map(|(_, named)| named.iter().cloned()).collect();
    names.iter().filter(|(name, _)| counted.contains(name)).map(|(_, value)| value.clone()).collect()
}

fn missing(of: &Words, from: &Words) -> Words {
    of.difference(from).cloned().collect()
}

/// Words out of these characters that begin so, each once.
fn words(text: &str, begins: &str, is_part: fn(char) -> bool) -> Words {
    let whole = text.split(|c: char| !is_part(c)).filter(|word| word.len() > begins.len());
    whole.filter(|word| word.starts_with(begins)).map(str::to_owned).collect()
}

fn variables(text: &str) -> Words {
    words(text, "SMARTEXUS_", |c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn metrics(text: &str) -> Words {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    METRICS.iter().flat_map(|begins| words(text, begins, is_part)).collect()
}

fn is_counted(shown: &str, counted: &Words) -> bool {
    counted.contains(shown)
        || PARTS.iter().any(|part| shown.strip_suffix(part).is_some_and(|name| counted.contains(name)))
}

/// Names and values of `pub const NAME: &str = "value";`, whose value may stand on the next line.
fn constants(text: &str) -> Vec<(String, String)> {
    let constants = text.split("pub const ").skip(1);
    let parts = constants.filter_map(|rest| {
        let (name, rest) = rest.split_once(": &str =")?;
        let value = rest.trim_start().strip_prefix('"')?.split_once("\";")?.0;
        Some((name.to_owned(), value.to_owned()))
    });
    parts.collect()
}

/// The words of `Self::Variant => "word",`, in order.
fn words_of_matches(text: &str) -> Vec<String> {
    let arms = text.lines().filter_map(|line| line.trim().strip_prefix("Self::"));
    arms.filter_map(|arm| arm.split_once(" => \"")?.1.strip_suffix("\",")).map(str::to_owned).collect()
}

/// The stages of every `--stages, "a,b"`.
fn run_by_workers(text: &str) -> Vec<String> {
    let lists = after_each(text, "--stages, ");
    lists.iter().flat_map(|list| list.split(',')).map(str::to_owned).collect()
}

/// What follows each of these, quoted or up to the next blank or comma.
fn after_each(text: &str, before: &str) -> Vec<String> {
    let rest = text.split(before).skip(1);
    let value = |rest: &str| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => rest.split([',', ' ', '\n']).next().unwrap_or_default().to_owned(),
    };
    rest.map(value).collect()
}

#[test]
fn names_are_read_out_of_manifests() {
    let text = "{ name: SMARTEXUS_A_1, value: x }\nSMARTEXUS_B=\nNOT_SMARTEXUS_C SMARTEXUS_ ${SMARTEXUS_D:-}";
    assert_eq!(
        variables(text).into_iter().collect::<Vec<_>>(),
        ["SMARTEXUS_A_1", "SMARTEXUS_B", "SMARTEXUS_D"]
    );
    let text = "sum(rate(http_server_x_bucket{messaging_system=\"a\"}[5m])) my_smartexus_y smartexus_z";
    assert_eq!(metrics(text).into_iter().collect::<Vec<_>>(), ["http_server_x_bucket", "smartexus_z"]);
    assert_eq!(run_by_workers("[worker, --stages, \"a,b\"]\n[--stages, c]"), ["a", "b", "c]"]);
    assert_eq!(after_each("{ queueName: s.a.b, mode: x }\nqueueName: t\n", "queueName: "), ["s.a.b", "t"]);
}

#[test]
fn names_are_read_out_of_sources() {
    let source = "    Self::A => \"a_word\",\n    Self::B => 1,\npub const X: &str = \"x_total\";\nconst Y: &str = \"y\";";
    assert_eq!(words_of_matches(source), ["a_word"]);
    let names = constants(source);
    assert_eq!(names, [("X".to_owned(), "x_total".to_owned())]);
    let recorder = "\npub fn one(n: u64) {\n    counter!(name::X, 1);\n}\n\npub fn two() {\n    one(2);\n}\n";
    let recorders = recorders(recorder);
    assert_eq!(
        recorded(&names, &recorders, "metric::two()"),
        Words::new(),
        "nobody calls `one` from outside"
    );
    let counted = recorded(&names, &recorders, "metric::one(1)");
    for (shown, is) in [("x_total", true), ("x_total_bucket", true), ("x", false), ("x_total_avg", false)] {
        assert_eq!(is_counted(shown, &counted), is, "{shown}");
    }
}
