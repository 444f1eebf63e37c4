//! The migrations, inside the program. The library's macro would do the same, and build itself with both databases and
//! all of TLS a second time, for the compiler.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};
use std::sync::LazyLock;

/// A file below `migrations`, and what is in it.
type Source = (&'static str, &'static str);

macro_rules! sources {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../migrations/", $file)))),+]
    };
}

const SQLITE_ROWS: &[Source] = sources![
    "sqlite/0001_documents.sql",
    "sqlite/0002_bells.sql",
    "sqlite/0003_outbox_held.sql",
    "sqlite/0004_bells_by_priority.sql",
    "sqlite/0005_categories.sql",
    "sqlite/0006_sources.sql",
    "sqlite/0007_form_mappings.sql"
];
const SQLITE_KEYS: &[Source] = sources!["keys-sqlite/0001_keys.sql"];
const POSTGRES_ROWS: &[Source] = sources![
    "postgres/0001_documents.sql",
    "postgres/0002_outbox_held.sql",
    "postgres/0003_bells_by_priority.sql",
    "postgres/0004_categories.sql",
    "postgres/0005_sources.sql",
    "postgres/0006_form_mappings.sql"
];
const POSTGRES_KEYS: &[Source] = sources!["keys-postgres/0001_keys.sql"];

/// SQLite's rows.
pub(crate) static OF_SQLITE_ROWS: LazyLock<Migrator> = LazyLock::new(|| migrator(SQLITE_ROWS));
/// SQLite's wrapped keys.
pub(crate) static OF_SQLITE_KEYS: LazyLock<Migrator> = LazyLock::new(|| migrator(SQLITE_KEYS));
/// PostgreSQL's rows.
pub(super) static OF_POSTGRES_ROWS: LazyLock<Migrator> = LazyLock::new(|| migrator(POSTGRES_ROWS));
/// PostgreSQL's wrapped keys.
pub(super) static OF_POSTGRES_KEYS: LazyLock<Migrator> = LazyLock::new(|| migrator(POSTGRES_KEYS));

fn migrator(sources: &[Source]) -> Migrator {
    let migrations = sources.iter().map(|(file, sql)| {
        let (version, description) = named(file);
        let sql = AssertSqlSafe(*sql).into_sql_str();
        Migration::new(version, description.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// `folder/0001_what_it_does.sql`. A name of another form has version 0 and does not get past the test below.
fn named(file: &str) -> (i64, String) {
    let name = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".sql");
    let (version, description) = name.split_once('_').unwrap_or_default();
    (version.parse().unwrap_or(0), description.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_is_listed_once_and_in_its_place() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let lists = [SQLITE_ROWS, SQLITE_KEYS, POSTGRES_ROWS, POSTGRES_KEYS];
        let mut there = BTreeSet::new();
        for folder in std::fs::read_dir(&root).unwrap().flatten() {
            for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
                there.insert(file.path().strip_prefix(&root).unwrap().display().to_string());
            }
        }
        let listed: Vec<String> =
            lists.iter().flat_map(|l| l.iter()).map(|(file, _)| (*file).to_owned()).collect();
        assert_eq!(listed.len(), there.len());
        assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), there);
        for list in lists {
            let versions: Vec<i64> = list.iter().map(|(file, _)| named(file).0).collect();
            assert_eq!(
                versions,
                (1..=list.len() as i64).collect::<Vec<_>>(),
                "counted from 1, without holes"
            );
        }
    }

    /// What databases out there have written down: it must stay what it was, or they refuse to open.
    #[test]
    fn a_migration_that_ran_somewhere_never_changes() {
        let checksum = |migrator: &Migrator, version: i64| {
            let found = migrator.iter().find(|migration| migration.version == version).unwrap();
            let hex: String = found.checksum.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            (found.description.to_string(), hex)
        };
        let known: [(&Migrator, i64, &str, &str); 11] = [
            (&OF_SQLITE_ROWS, 1, "documents", "fd4e804864bc"),
            (&OF_SQLITE_ROWS, 2, "bells", "97940d37daa2"),
            (&OF_SQLITE_ROWS, 3, "outbox held", "e8fcc2c0419b"),
            (&OF_SQLITE_ROWS, 4, "bells by priority", "4ac43fc7f2d4"),
            (&OF_SQLITE_ROWS, 5, "categories", "41167b3cbcf5"),
            (&OF_SQLITE_KEYS, 1, "keys", "4f05559ac59c"),
            (&OF_POSTGRES_ROWS, 1, "documents", "cc9b430564a6"),
            (&OF_POSTGRES_ROWS, 2, "outbox held", "64ed41cb2b98"),
            (&OF_POSTGRES_ROWS, 3, "bells by priority", "4ac43fc7f2d4"),
            (&OF_POSTGRES_ROWS, 4, "categories", "cb8d9f34a292"),
            (&OF_POSTGRES_KEYS, 1, "keys", "c4037cb750e1"),
        ];
        for (migrator, version, description, hex) in known {
            assert_eq!(checksum(migrator, version), (description.to_owned(), hex.to_owned()));
        }
    }
}
