//! The command line: one clap tree, from which help and completions come too.
//!
//! Environment variables are deliberately absent here: `configuration` reads them, so that
//! `config show --origin` can say where each value came from.

use crate::configuration::{Flags, Key};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Turns bank statements into proved, categorized transactions.
#[derive(Debug, Parser)]
#[command(name = "smartexus", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The settings that this line sets.
    pub(crate) fn flags(&self) -> Flags {
        let path = |path: &PathBuf| path.display().to_string();
        let mut values = Vec::new();
        let mut set = |key, flag, value: Option<String>| values.extend(value.map(|text| (key, flag, text)));
        set(Key::DataDir, "--data-dir", self.global.data_dir.as_ref().map(path));
        if let Command::Process(args) = &self.command {
            set(Key::Pipeline, "--pipeline", args.pipeline.clone());
            set(Key::Jobs, "--jobs", args.jobs.clone());
        }
        if let Command::Serve(args) = &self.command {
            set(Key::Listen, "--listen", args.listen.clone());
            set(Key::Jobs, "--jobs", args.jobs.clone());
        }
        if let Command::Intake(args) = &self.command {
            set(Key::Listen, "--listen", args.listen.clone());
        }
        if let Command::Worker(args) = &self.command {
            set(Key::Stages, "--stages", args.stages.clone());
            set(Key::Jobs, "--jobs", args.jobs.clone());
        }
        Flags { config: self.global.config.clone(), values }
    }
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 usage, 3 some inputs failed, 4 needs attention (with \
--fail-on-review), 69 something needed is missing, 78 bad configuration or pipeline, 130 interrupted. \
More may come.";

/// What every command understands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Print JSON Lines on stdout, one object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Settings file [default: smartexus.toml in the working directory, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where documents, keys and the database live
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

/// The commands of this release.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read statements on this machine: no server, no configuration
    Process(ProcessArgs),
    /// Read the text of files, page by page: the first stage alone
    Extract(ExtractArgs),
    /// Give every row of a CSV a category and the reason for it
    Categorize(CategorizeArgs),
    /// Application forms: their fields, their mappings, and how they are filled
    #[command(subcommand)]
    Forms(FormsCommand),
    /// Prove a result again, whoever edited it
    VerifyStatement(VerifyStatementArgs),
    /// Compute what the results of one client come to: cash flow, revenue, debt, affordability
    Report(ReportArgs),
    /// Receive documents over HTTP on this machine, read them, and forget them in time
    Serve(ServeArgs),
    /// The door of a fleet: receive documents, answer for them
    Intake(IntakeArgs),
    /// A worker of a fleet: claim jobs and run their stages
    Worker(WorkerArgs),
    /// Jobs that were given up
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// The database of a fleet
    #[command(subcommand)]
    Db(DbCommand),
    /// Keys of a fleet
    #[command(subcommand)]
    Keys(KeysCommand),
    /// A workspace's category rules
    #[command(subcommand)]
    Rules(RulesCommand),
    /// What people said of rows, and what is learned from it
    #[command(subcommand)]
    Corrections(CorrectionsCommand),
    /// Pipeline files
    #[command(subcommand)]
    Pipelines(PipelinesCommand),
    /// How long documents are kept
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// Erase what is past its date
    Sweep(SweepArgs),
    /// Erase one document now: its key, its files, its rows
    Erase(EraseArgs),
    /// Check everything this program needs on this machine
    Doctor,
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Settings
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// Passwords come from a flag, a file or `SMARTEXUS_PASSWORD`.
#[derive(Args)]
pub(crate) struct PasswordArgs {
    /// Password of encrypted PDFs (visible to others on this machine: prefer a file or SMARTEXUS_PASSWORD)
    #[arg(long, value_name = "PASSWORD", conflicts_with = "password_file")]
    pub(crate) password: Option<String>,
    /// File whose first line is the password of encrypted PDFs
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

impl std::fmt::Debug for PasswordArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordArgs")
            .field("password", &self.password.as_ref().map(|_| "set"))
            .field("password_file", &self.password_file)
            .finish()
    }
}

/// `smartexus process`
#[derive(Debug, Args)]
pub(crate) struct ProcessArgs {
    /// Statements, or directories of statements
    #[arg(required = true, value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Write a folder for each input into this directory
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// What to write into each folder
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        requires = "output",
        default_value = "json,csv,xlsx"
    )]
    pub(crate) formats: Vec<Format>,
    /// Pipeline to run
    #[arg(long, value_name = "NAME")]
    pub(crate) pipeline: Option<String>,
    /// Password of encrypted PDFs.
    #[command(flatten)]
    pub(crate) password: PasswordArgs,
    /// Documents read at the same time
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
    /// Take all files as one client's case: accounts, gaps, duplicates and transfers across them
    #[arg(long)]
    pub(crate) case: bool,
    /// What a person decides about reports.
    #[command(flatten)]
    pub(crate) reports: ReportFileArgs,
    /// End with exit code 4 when a person should look at something
    #[arg(long)]
    pub(crate) fail_on_review: bool,
}

/// What a person decides about files that carry no verdict, and how reports are headed.
#[derive(Debug, Args)]
pub(crate) struct ReportFileArgs {
    /// Write OFX, QBO, QIF and CAMT although not every statement is verified: they have no place to say so
    #[arg(long)]
    pub(crate) allow_unverified: bool,
    /// Number under which the bank is listed for QuickBooks, for QBO files
    #[arg(long, value_name = "ID")]
    pub(crate) bank_id: Option<String>,
    /// Name of the client or case, as it shall stand on the case's reports
    #[arg(long, value_name = "NAME")]
    pub(crate) title: Option<String>,
}

/// Files that `process -o` and `report -o` write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Everything: result.json of a document, figures.json of a case
    Json,
    /// transactions.csv: the rows; figures.csv beside it for a case
    Csv,
    /// statement.xlsx or case.xlsx: a workbook with typed cells and a sheet of checks
    Xlsx,
    /// report.pdf: what a lender files
    #[cfg(feature = "report-pdf")]
    Pdf,
    /// transactions.parquet: the rows as typed columns
    Parquet,
    /// transactions.ofx: OFX 2, for Xero, `GnuCash` and others
    Ofx,
    /// transactions.qbo: for QuickBooks; needs --bank-id
    Qbo,
    /// transactions.qif: for old desktop programs
    Qif,
    /// transactions.camt.xml: CAMT.053, ISO 20022
    Camt,
}

/// `smartexus extract`
#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Files to read
    #[arg(required = true, value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Print every word with its box
    #[arg(long)]
    pub(crate) words: bool,
    /// When to recognize text in pictures of pages
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) ocr: Ocr,
    /// Password of encrypted PDFs.
    #[command(flatten)]
    pub(crate) password: PasswordArgs,
}

/// When text is recognized in pictures of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ocr {
    /// Where a page has no text layer, or one that is of no use, as the pipeline asks
    Auto,
    /// On every page, whatever its text layer holds
    Always,
    /// Never: such a page is reported as unread
    Never,
}

/// `smartexus categorize`
#[derive(Debug, Args)]
pub(crate) struct CategorizeArgs {
    /// CSV with the columns description and amount, and optionally date, currency and counterparty
    /// [default: stdin]
    #[arg(value_name = "FILE.csv")]
    pub(crate) file: Option<PathBuf>,
    /// Rules of your own, as a smartexus.rules/1 file: the first that fits a row decides
    #[arg(long, value_name = "FILE.yaml")]
    pub(crate) rules: Option<PathBuf>,
}

/// `smartexus rules`
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List them in their order
    List,
    /// Show which stored rows each rule of a file would change, and change nothing
    Preview {
        /// A smartexus.rules/1 file
        #[arg(value_name = "FILE.yaml")]
        file: PathBuf,
    },
    /// Bring the rules of a file in
    Add {
        /// A smartexus.rules/1 file
        #[arg(value_name = "FILE.yaml")]
        file: PathBuf,
        /// Place of the first of them, from 0 [default: behind the others]
        #[arg(long, value_name = "N")]
        at: Option<u32>,
    },
    /// Take rules out
    Remove {
        /// Their ids
        #[arg(value_name = "RULE_ID", required = true)]
        ids: Vec<String>,
    },
    /// Put the rules into this order: the first that fits a row decides
    Order {
        /// Each id once
        #[arg(value_name = "RULE_ID", required = true)]
        ids: Vec<String>,
    },
}

/// `smartexus corrections`
#[derive(Debug, Subcommand)]
pub(crate) enum CorrectionsCommand {
    /// List them, oldest first, those taken back included
    List,
    /// Take corrections back: they stay on record and say nothing
    Undo {
        /// Their numbers
        #[arg(value_name = "NUMBER", required = true)]
        numbers: Vec<u64>,
    },
    /// Learn nothing from corrections any more: an objection
    Off,
    /// Learn from corrections again
    On,
}

/// `smartexus forms`
#[derive(Debug, Subcommand)]
pub(crate) enum FormsCommand {
    /// Fields of a form: name, kind, place, options, label
    Inspect {
        /// The form
        #[arg(value_name = "FORM.pdf")]
        form: PathBuf,
    },
    /// Which facts the fields of an unknown form probably ask for
    Suggest {
        /// The form
        #[arg(value_name = "FORM.pdf")]
        form: PathBuf,
        /// Print a mapping file to look over instead
        #[arg(long)]
        draft: bool,
    },
    /// Check mapping files
    Validate {
        /// Mapping files [default: the ones inside the program]
        #[arg(value_name = "MAPPING.yaml")]
        files: Vec<PathBuf>,
        /// Hold them against this form's fields
        #[arg(long, value_name = "FORM.pdf")]
        form: Option<PathBuf>,
    },
    /// Fill a form from facts; what it lacks is listed
    Fill(FillArgs),
    /// What a filled form says, as facts for other forms
    Read {
        /// The filled form
        #[arg(value_name = "FORM.pdf")]
        form: PathBuf,
        /// Use this mapping, whatever the form is [default: the one that knows the form]
        #[arg(long, value_name = "MAPPING.yaml")]
        mapping: Option<PathBuf>,
        /// The same form before it was filled: a flat copy, a scan or a photo is read through its boxes
        #[arg(long, value_name = "BLANK.pdf")]
        blank: Option<PathBuf>,
    },
    /// Make a form's answers part of its pages
    Flatten {
        /// The form
        #[arg(value_name = "FORM.pdf")]
        form: PathBuf,
        /// Where the flat copy goes
        #[arg(short, long, value_name = "OUT.pdf")]
        output: PathBuf,
    },
}

/// `smartexus forms fill`
#[derive(Debug, Args)]
pub(crate) struct FillArgs {
    /// The blank
    #[arg(value_name = "FORM.pdf")]
    pub(crate) form: PathBuf,
    /// What is known of the client: `smartexus.facts/1`
    #[arg(long, value_name = "FACTS.json")]
    pub(crate) facts: PathBuf,
    /// What the client's ledgers come to, as `report --formats json` writes it: it answers what the facts do not
    #[arg(long, value_name = "FIGURES.json")]
    pub(crate) figures: Option<PathBuf>,
    /// Where the filled copy goes
    #[arg(short, long, value_name = "OUT.pdf")]
    pub(crate) output: PathBuf,
    /// Use this mapping, whatever the blank is [default: the one that knows the blank]
    #[arg(long, value_name = "MAPPING.yaml")]
    pub(crate) mapping: Option<PathBuf>,
    /// Your own answer to a field; it leads over every fact
    #[arg(long = "set", value_name = "FIELD=ANSWER")]
    pub(crate) edits: Vec<String>,
    /// Make the answers part of the pages
    #[arg(long)]
    pub(crate) flatten: bool,
    /// Make every field read-only
    #[arg(long)]
    pub(crate) lock: bool,
    /// End with exit code 4 when something is missing or invalid
    #[arg(long)]
    pub(crate) fail_on_review: bool,
}

/// `smartexus verify-statement`
#[derive(Debug, Args)]
pub(crate) struct VerifyStatementArgs {
    /// A smartexus.result/1, as `process` writes it
    #[arg(value_name = "FILE.json")]
    pub(crate) file: PathBuf,
    /// End with exit code 4 when a statement is not verified
    #[arg(long)]
    pub(crate) fail_on_review: bool,
}

/// Formats of a case where nobody names any.
const CASE_FORMATS: &str = if cfg!(feature = "report-pdf") { "xlsx,pdf,csv,json" } else { "xlsx,csv,json" };

/// `smartexus report`
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Directories that `process -o` wrote, each one client's case
    #[arg(required = true, value_name = "CASE_DIR")]
    pub(crate) directories: Vec<PathBuf>,
    /// What the workspace chose, as pipelines/analytics/choices.yaml is written
    #[arg(long, value_name = "FILE")]
    pub(crate) choices: Option<PathBuf>,
    /// Write a folder of reports for each case into this directory
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// What to write into each folder
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        requires = "output",
        default_value = CASE_FORMATS
    )]
    pub(crate) formats: Vec<Format>,
    /// What a person decides about reports.
    #[command(flatten)]
    pub(crate) reports: ReportFileArgs,
}

/// `smartexus serve`
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Every role in this process (as without this flag)
    #[arg(long)]
    pub(crate) all: bool,
    /// Address to listen on; loopback only, because this release has no sign-in
    #[arg(long, value_name = "127.0.0.1:PORT")]
    pub(crate) listen: Option<String>,
    /// Documents read at the same time
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
}

/// `smartexus intake`
#[derive(Debug, Args)]
pub(crate) struct IntakeArgs {
    /// Address to listen on; loopback only, unless a gateway that signs people in stands before it
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
}

/// `smartexus worker`
#[derive(Debug, Args)]
pub(crate) struct WorkerArgs {
    /// Stages to claim [default: all]
    #[arg(long, value_name = "STAGES")]
    pub(crate) stages: Option<String>,
    /// Documents read at the same time
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
}

/// `smartexus jobs`
#[derive(Debug, Subcommand)]
pub(crate) enum JobsCommand {
    /// Jobs that will not be tried again
    #[command(subcommand)]
    Dead(DeadCommand),
}

/// `smartexus jobs dead`
#[derive(Debug, Subcommand)]
pub(crate) enum DeadCommand {
    /// List them, with the reason
    List,
    /// Give them another chance
    Retry {
        /// Their ids
        #[arg(value_name = "JOB_ID", required_unless_present = "all")]
        ids: Vec<String>,
        /// All of them
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Take them out of the list; their documents stay failed
    Drop {
        /// Their ids
        #[arg(value_name = "JOB_ID", required_unless_present = "all")]
        ids: Vec<String>,
        /// All of them
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
}

/// `smartexus db`
#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Bring it up to this release, as the owner of its tables
    Migrate,
}

/// `smartexus keys`
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a key file with a fresh key, once for an installation
    Create {
        /// Where
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `smartexus pipelines`
#[derive(Debug, Subcommand)]
pub(crate) enum PipelinesCommand {
    /// Check pipeline files: fields, types and order of stages
    Validate {
        /// Pipeline files [default: the ones inside the program]
        #[arg(value_name = "FILES")]
        files: Vec<PathBuf>,
    },
    /// List the pipelines inside the program
    List,
    /// Learn the layout of an issuer from a result that a person corrected
    Learn(LearnArgs),
}

/// `smartexus pipelines learn`
#[derive(Debug, Args)]
pub(crate) struct LearnArgs {
    /// The document itself
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Its result.json, with the rows as they are right
    #[arg(long, value_name = "RESULT.json")]
    pub(crate) approved: PathBuf,
    /// Which statement of the result, from 1
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) statement: usize,
    /// Write the layout here, into the folder `issuers` of your pipelines [default: print it]
    #[arg(short, long, value_name = "ISSUER.yaml")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) password: PasswordArgs,
}

/// `smartexus retention`
#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// Show what a sweep would erase now, and why
    Plan,
    /// Keep a document whatever its date says
    Hold {
        /// The document's id
        #[arg(value_name = "DOCUMENT_ID")]
        id: String,
    },
    /// End a hold
    Release {
        /// The document's id
        #[arg(value_name = "DOCUMENT_ID")]
        id: String,
    },
}

/// `smartexus sweep`
#[derive(Debug, Args)]
pub(crate) struct SweepArgs {
    /// Sweep once and end, instead of on the schedule
    #[arg(long)]
    pub(crate) once: bool,
    /// Print the plan that a sweep would execute, and erase nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `smartexus erase`
#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// The document's id
    #[arg(value_name = "DOCUMENT_ID")]
    pub(crate) id: String,
    /// Yes, erase it: there is no way back
    #[arg(long)]
    pub(crate) yes: bool,
    /// Say whether it would be erased, and erase nothing
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,
}

/// `smartexus completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// `smartexus config`
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print every setting as it is in force
    Show {
        /// Also print where each value came from
        #[arg(long)]
        origin: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_password_is_never_in_a_debug_print() {
        let args = ["smartexus", "process", "a.pdf", "--password", "hunter2"];
        let cli = Cli::try_parse_from(args).expect("a valid line");
        let printed = format!("{cli:?}");
        assert!(!printed.contains("hunter2") && printed.contains("set"), "{printed}");
    }
}
