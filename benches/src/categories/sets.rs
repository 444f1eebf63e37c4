//! Labelled rows, and which leaves each label accepts.
//!
//! `benches/categories/fixtures.csv` is ours: the rows of the fixtures, labelled by hand. Other sets are read from a folder
//! that the caller names; `benches/categories/labels.csv` says what their labels mean.

use crate::categories::Plan;
use anyhow::Context;
use serde::Deserialize;
use smartexus_categorize::{CategoryId, Direction, RowWords, Rulebook};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A row whose label is known.
#[derive(Debug)]
pub(crate) struct Labelled {
    pub(crate) set: &'static str,
    pub(crate) region: String,
    /// Whose rows these are, where the set says.
    pub(crate) workspace: String,
    pub(crate) description: String,
    pub(crate) direction: Direction,
    pub(crate) label: String,
    /// Leaves that the label accepts.
    pub(crate) accepted: Vec<String>,
}

impl Labelled {
    pub(crate) fn words(&self) -> RowWords<'_> {
        RowWords::plain(&self.description, self.direction)
    }

    pub(crate) fn accepts(&self, leaf: &str) -> bool {
        self.accepted.iter().any(|accepted| accepted == leaf)
    }

    /// Whether the labels of its set follow from the words: those of the tenants are drawn by chance within a family
    /// of accounts, and the first account of the small firms takes what fits nowhere.
    pub(crate) fn is_reliable(&self) -> bool {
        self.set != "tenants" && self.label != "6100 Office Supplies"
    }

    pub(crate) fn is_in(&self, slice: &str) -> bool {
        let direction = if self.direction == Direction::In { "money in" } else { "money out" };
        self.is_reliable() && (slice == direction || slice == self.region)
    }
}

/// Every set.
pub(crate) struct Sets {
    pub(crate) rows: Vec<Labelled>,
    /// By set and label, the accepted leaves.
    pub(crate) labels: BTreeMap<(String, String), Vec<String>>,
    /// By leaf.
    pub(crate) primaries: BTreeMap<String, String>,
}

/// A set of others: its name, its files, its column of labels, where it is from.
const OTHERS: [(&str, &[&str], &str, &str); 4] = [
    ("ghci", &["ghci_test_transactions.csv", "ghci_train_transactions.csv"], "category", "us"),
    ("smb", &["cb_training_1702.csv"], "approved_account", "us"),
    ("tenants", &["cb_tenant_alpha_txns.csv", "cb_tenant_beta_txns.csv"], "suggested_account", "us"),
    ("es-uy", &["leojg_99.csv"], "category", "uy"),
];

#[derive(Deserialize)]
struct LabelRecord {
    set: String,
    label: String,
    accepted: String,
}

#[derive(Deserialize)]
struct FixtureRecord {
    region: String,
    direction: String,
    accepted: String,
    description: String,
}

impl Sets {
    pub(crate) fn read(plan: &Plan, rules: &Rulebook) -> anyhow::Result<Self> {
        let leaves = rules.taxonomy().leaves();
        let primaries =
            leaves.iter().map(|leaf| (leaf.id.as_str().to_owned(), leaf.primary.clone())).collect();
        let mut sets = Self { rows: Vec::new(), labels: BTreeMap::new(), primaries };
        let labels = include_str!("../../categories/labels.csv");
        for record in csv::Reader::from_reader(labels.as_bytes()).deserialize() {
            let record: LabelRecord = record?;
            let accepted = sets.accepted(&record.accepted)?;
            sets.labels.insert((record.set, record.label), accepted);
        }
        sets.own()?;
        if let Some(folder) = &plan.sets {
            for other in OTHERS {
                sets.other(folder, other)?;
            }
        }
        Ok(sets)
    }

    /// `hou.energy|tra.*` as leaves.
    fn accepted(&self, list: &str) -> anyhow::Result<Vec<String>> {
        let mut accepted = Vec::new();
        for entry in list.split('|') {
            let before = accepted.len();
            let fits = |leaf: &&String| {
                entry.strip_suffix('*').map_or(**leaf == entry, |start| leaf.starts_with(start))
            };
            accepted.extend(self.primaries.keys().filter(fits).cloned());
            anyhow::ensure!(accepted.len() > before, "`{entry}` is no leaf");
        }
        Ok(accepted)
    }

    fn own(&mut self) -> anyhow::Result<()> {
        let own = include_str!("../../categories/fixtures.csv");
        for record in csv::Reader::from_reader(own.as_bytes()).deserialize() {
            let record: FixtureRecord = record?;
            let accepted = self.accepted(&record.accepted)?;
            let label = accepted.first().cloned().unwrap_or_default();
            self.labels.insert(("fixtures".to_owned(), label.clone()), vec![label.clone()]);
            self.rows.push(Labelled {
                set: "fixtures",
                region: record.region,
                workspace: String::new(),
                description: record.description,
                direction: if record.direction == "in" { Direction::In } else { Direction::Out },
                label,
                accepted,
            });
        }
        Ok(())
    }

    fn other(
        &mut self,
        folder: &Path,
        (set, files, column, region): (&'static str, &[&str], &str, &str),
    ) -> anyhow::Result<()> {
        for file in files {
            let path = folder.join(file);
            let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
            let header = reader.headers()?.clone();
            let place = |name: &str| header.iter().position(|cell| cell == name);
            let (words, label) =
                (place("description").context("description")?, place(column).context("label")?);
            let (amount, way, workspace) = (place("amount"), place("type"), place("company_id"));
            for record in reader.records() {
                let record = record?;
                let label = record.get(label).unwrap_or_default().to_owned();
                let key = (set.to_owned(), label.clone());
                let Some(accepted) = self.labels.get(&key).cloned() else {
                    anyhow::bail!("{set}: `{label}` means nothing")
                };
                let amount = amount.and_then(|at| record.get(at)).unwrap_or_default();
                // Amounts without a sign are purchases: the set calls the instrument, not the direction, debit or credit.
                let money_in = way.is_none() && !amount.starts_with('-');
                self.rows.push(Labelled {
                    set,
                    region: region.to_owned(),
                    workspace: workspace.and_then(|at| record.get(at)).unwrap_or_default().to_owned(),
                    description: record.get(words).unwrap_or_default().to_owned(),
                    direction: if money_in { Direction::In } else { Direction::Out },
                    label,
                    accepted,
                });
            }
        }
        Ok(())
    }

    pub(crate) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = self.rows.iter().map(|row| row.set).collect();
        names.dedup();
        names
    }

    pub(crate) fn slices(&self) -> Vec<String> {
        let regions: BTreeSet<&String> = self.rows.iter().map(|row| &row.region).collect();
        let ways = ["money in", "money out"].map(str::to_owned);
        ways.into_iter().chain(regions.into_iter().cloned()).collect()
    }

    /// The group of a leaf.
    pub(crate) fn primary(&self, leaf: &str) -> &str {
        self.primaries.get(leaf).map_or(CategoryId::UNCATEGORIZED, String::as_str)
    }
}
