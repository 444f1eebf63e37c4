//! Identity documents: the zone is read again, and it must say what the facts say.

use super::sheet::Sheet;
use super::{Equation, PaperEquations};
use crate::Mrz;

pub(super) fn prove(sheet: &Sheet<'_>) -> PaperEquations {
    let Some(zone) = sheet.text("identity.mrz") else { return PaperEquations::none() };
    let lines: Vec<&str> = zone.lines().collect();
    let Some(mrz) = Mrz::read(&lines) else { return PaperEquations::none() };
    let said = [
        ("number", mrz.number),
        ("birth_date", mrz.born.to_string()),
        ("expiry_date", mrz.expires.to_string()),
    ];
    let equations = said.into_iter().map(|(key, expected)| Equation {
        code: "identity_mismatch",
        about: format!("the zone's check digits and {key}"),
        expected,
        found: sheet.text(&format!("identity.{key}")).unwrap_or_default().to_owned(),
    });
    PaperEquations::of(equations.collect(), true)
}
