//! `smartexus config show`: every setting as it is in force, and where it came from.

use crate::cli::ConfigCommand;
use crate::configuration::{Configuration, Origin};
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::table::{Align, Cell, Table};
use serde::Serialize;

#[derive(Serialize)]
struct Setting {
    setting: &'static str,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

/// Prints the settings.
pub(crate) fn run(
    output: Output,
    configuration: &Configuration,
    command: &ConfigCommand,
) -> Result<Exit, Stop> {
    let ConfigCommand::Show { origin } = command;
    let mut settings = configuration.values.iter().map(|value| Setting {
        setting: value.key.name(),
        // A secret is set or it is not; more is nobody's business. A default is no secret.
        value: value.text.as_ref().map(|text| match (value.key.is_secret(), &value.origin) {
            (false, _) | (true, Origin::Default) => text.clone(),
            (true, _) => "set".to_owned(),
        }),
        origin: origin.then(|| value.origin.to_string()),
    });
    if output.json {
        settings.try_for_each(|setting| output.object(&setting))?;
        return Ok(Exit::Done);
    }
    let mut columns = vec![("setting", Align::Left), ("value", Align::Left)];
    columns.extend(origin.then_some(("origin", Align::Left)));
    let mut table = Table::new(&columns);
    for setting in settings {
        let mut row = vec![Cell::new(setting.setting), Cell::new(setting.value.as_deref().unwrap_or("–"))];
        row.extend(setting.origin.map(Cell::new));
        table.push(row);
    }
    output.text(&table.render(output))?;
    Ok(Exit::Done)
}
