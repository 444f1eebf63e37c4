//! `smartexus report`: what the results of one client come to.

use super::case::CaseFile;
use super::verify_statement;
use crate::case_report::{self, Reports};
use crate::cli::ReportArgs;
use crate::exit::{Exit, Stop};
use crate::output::{Output, one_line};
use crate::words;
use smartexus_analyze::{Analyst, Choices};
use smartexus_domain::{Case, CoveredAccount, Figure, FigureUnit, Figures, NotComputable};
use smartexus_manifest::SIZE_BYTES_MAX;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The file of a result in each folder of a case.
const RESULT: &str = "result.json";
/// What people are told of each currency, in this order.
const TOLD: [(&str, &str); 12] = [
    ("true_revenue", "true revenue"),
    ("revenue_deductions", "money in that is no revenue"),
    ("revenue_undecided", "money in that nobody decided"),
    ("average_daily_balance", "average daily balance"),
    ("balance_min", "lowest balance"),
    ("negative_days", "days below zero"),
    ("nsf_count", "items without cover"),
    ("returned_count", "returned items"),
    ("debt_service", "paid to lenders"),
    ("holdback_actual", "paid to funders, of revenue"),
    ("dscr", "cover of debt service"),
    ("stacking", "advances that run"),
];

/// A case and what it comes to.
pub(crate) struct Reported {
    /// The case, with its figures.
    pub(crate) case: Case,
    /// Everything computed.
    pub(crate) figures: Figures,
}

/// Computes every case and prints it: the object, or a few lines.
pub(crate) fn run(output: Output, args: &ReportArgs) -> Result<Exit, Stop> {
    let analyst = analyst()?;
    let choices = choices(&analyst, args.choices.as_deref())?;
    let reports = Reports::chosen(&args.formats, &args.reports, args.output.is_some())?;
    let mut folders = match &args.output {
        Some(root) => Some(case_report::directory(root, &args.directories)?),
        None => None,
    };
    let mut is_whole = true;
    for directory in &args.directories {
        let reported = computed(directory, &analyst, &choices)?;
        if output.json {
            output.object(&reported.figures)?;
        } else {
            output.text(&lines(directory, &reported.figures))?;
        }
        if let Some(folders) = &mut folders {
            let files = results(directory)?;
            let read = files.iter().map(|file| verify_statement::read(file));
            let read = read.collect::<Result<Vec<_>, _>>()?;
            let written = case_report::of_case(&reported.case, &read, &reported.figures, &reports)?;
            is_whole &= written.keep(output, folders, directory)?;
        }
    }
    Ok(if is_whole { Exit::Done } else { Exit::Partial })
}

/// The data that figures rest on.
pub(crate) fn analyst() -> Result<Analyst, Stop> {
    Analyst::embedded().map_err(|error| Stop::failed(format!("the analytics data does not read: {error}")))
}

fn choices(analyst: &Analyst, path: Option<&Path>) -> Result<Choices, Stop> {
    let Some(path) = path else { return Ok(analyst.defaults().clone()) };
    let unreadable = |error: std::io::Error| {
        Stop::configuration(format!("{}: {}", one_line(&path.display().to_string()), error.kind()))
    };
    let limit = u64::try_from(SIZE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(limit).read_to_string(&mut text)).map_err(unreadable)?;
    let read = analyst.defaults().with_file(&path.display().to_string(), &text);
    read.map_err(|faults| Stop::configuration(faults.to_string().trim_end()))
}

/// Every result under a directory as one case.
pub(crate) fn computed(directory: &Path, analyst: &Analyst, choices: &Choices) -> Result<Reported, Stop> {
    let files = results(directory)?;
    let mut case = CaseFile::open(files.len(), analyst)?.choosing(choices);
    for file in &files {
        case.add(&verify_statement::read(file)?);
    }
    let (case, figures) = case.close()?;
    Ok(Reported { case, figures })
}

/// `result.json` of the directory and of each folder in it, in the order of their names.
fn results(directory: &Path) -> Result<Vec<PathBuf>, Stop> {
    let named = one_line(&directory.display().to_string());
    let unreadable = |error: std::io::Error| {
        Stop::failed(format!("{named} cannot be listed: {}", error.kind()))
            .advise("name a directory that `smartexus process -o` wrote")
    };
    let listed = std::fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut folders: Vec<PathBuf> = listed.map_err(unreadable)?.iter().map(std::fs::DirEntry::path).collect();
    folders.sort();
    let own = directory.join(RESULT);
    let below = folders.iter().map(|folder| folder.join(RESULT));
    let files: Vec<PathBuf> = std::iter::once(own).chain(below).filter(|file| file.is_file()).collect();
    if files.is_empty() {
        return Err(Stop::failed(format!("there is no {RESULT} in {named}"))
            .advise("write results first: `smartexus process FILES -o DIR`"));
    }
    Ok(files)
}

/// A few lines on each currency; every number stands in the object with its rows.
fn lines(directory: &Path, figures: &Figures) -> String {
    let seen = figures.as_of.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let mut text = format!(
        "{}: {}, seen from {seen}\n",
        one_line(&directory.display().to_string()),
        words::count(figures.accounts.len(), "account", "accounts"),
    );
    for account in &figures.accounts {
        text += &account_line(account);
    }
    let currencies: BTreeSet<Option<&str>> = figures.accounts.iter().map(|a| a.currency.as_deref()).collect();
    for currency in currencies {
        for (key, label) in TOLD {
            let of = |figure: &&Figure| {
                figure.key == key
                    && figure.is_whole
                    && figure.account == Figures::ALL
                    && figure.currency.as_deref() == currency
            };
            text += &figures
                .figures
                .iter()
                .find(of)
                .map_or_else(String::new, |figure| figure_line(label, figure));
        }
    }
    for missing in &figures.missing_accounts {
        text += &format!("  ask: {}\n", one_line(&missing.request));
    }
    for finding in &figures.findings {
        text += &format!("  {}\n", one_line(&finding.message));
    }
    text
}

fn account_line(account: &CoveredAccount) -> String {
    let days = words::count(usize::try_from(account.covered_days).unwrap_or(usize::MAX), "day", "days");
    let gaps = match account.gaps.len() {
        0 => String::new(),
        count => format!(", {}", words::count(count, "gap", "gaps")),
    };
    format!("  {}: {days} covered{gaps}, {}\n", one_line(&account.name), words::verdict(account.verdict))
}

fn figure_line(label: &str, figure: &Figure) -> String {
    let currency = figure.currency.as_deref().unwrap_or("no currency stated");
    let value = match (&figure.value, figure.unit) {
        (None, _) => format!("not computable: {}", figure.not_computable.map_or("no reason", because)),
        (Some(value), FigureUnit::Money) => format!("{value} {currency}"),
        (Some(value), FigureUnit::Days | FigureUnit::Count | FigureUnit::Ratio) => value.clone(),
    };
    let basis = match figure.basis {
        smartexus_domain::Basis::Verified => "",
        smartexus_domain::Basis::IncludesUnverified => "  (not all proved)",
    };
    format!("    {label:32} {}{basis}\n", one_line(&value))
}

const fn because(reason: NotComputable) -> &'static str {
    match reason {
        NotComputable::NoCoveredDays => "no day is covered",
        NotComputable::NoBalance => "no balance is printed",
        NotComputable::TooFew => "too few days, months or rows",
        NotComputable::DividesByZero => "there is nothing to divide by",
        NotComputable::NoDeviation => "every value is the same",
        NotComputable::NoCommonDays => "the accounts share no covered day",
        NotComputable::NotCategorized => "rows carry no categories",
        NotComputable::NotGiven => "an amount was not given",
        NotComputable::TooLarge => "the numbers are too large",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_without_results_says_so() {
        let empty = tempfile::tempdir().unwrap();
        let stop = results(empty.path()).unwrap_err();
        assert!(stop.sentence.starts_with("there is no result.json in"), "{}", stop.sentence);
        assert!(results(&empty.path().join("gone")).unwrap_err().sentence.contains("cannot be listed"));
    }
}
