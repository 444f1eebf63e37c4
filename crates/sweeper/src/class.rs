//! One retention class: how long, from when, and who says so.

use crate::Length;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use smartexus_domain::RetentionClass;
use smartexus_platform::port::Anchor;

/// A row of `pipelines/retention/*.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRule {
    /// The name that pipelines use.
    pub id: RetentionClass,
    /// Whose rule it is.
    pub jurisdiction: Jurisdiction,
    /// Which records it is about, for people.
    pub records: String,
    /// The minimum: nobody may erase before its end.
    pub keep_at_least: Option<Length>,
    /// The event from which both periods run.
    pub anchor: Anchor,
    /// What is done to the day of that event first.
    pub rounding: Rounding,
    /// The maximum: erased after its end.
    pub delete_after: Option<Length>,
    /// Where the rule is written. A row without one does not load.
    pub citation: String,
    /// Against what the row was checked.
    pub text_checked: TextChecked,
    /// When.
    pub checked_on: Date,
    /// Who adopted it.
    pub sign_off: SignOff,
}

/// Whose rule a class is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Jurisdiction {
    /// A policy: ours, or the workspace's own.
    Policy,
    /// A law of this country or union, by its two letters.
    Law(String),
}

/// Not a jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a jurisdiction is `policy`, or two capital letters such as `DE`, `GB`, `US` or `EU`")]
pub struct JurisdictionError;

/// What is done to the day of the anchoring event before a period is counted from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Nothing.
    None,
    /// It becomes the last day of its calendar year.
    CalendarYearEnd,
}

/// Against what a row was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextChecked {
    /// The text of the rule itself.
    Text,
    /// Guidance of an authority.
    OfficialGuidance,
    /// Somebody else's summary.
    Secondary,
    /// Nothing yet.
    Open,
}

/// Who adopted a row, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOff {
    /// Nobody: a law's row does not bind.
    Open,
    /// Somebody.
    Given {
        /// The role or person who decided.
        by: String,
        /// On which day.
        on: Date,
    },
}

impl ClassRule {
    /// Whether the row is in force. A policy is, because a pipeline names it and that is the instruction; a law's row
    /// only once somebody signed it off, because whether it applies is not for a program to decide.
    #[must_use]
    pub fn binds(&self) -> bool {
        match (&self.jurisdiction, &self.sign_off) {
            (Jurisdiction::Policy, _) | (Jurisdiction::Law(_), SignOff::Given { .. }) => true,
            (Jurisdiction::Law(_), SignOff::Open) => false,
        }
    }

    /// The last day of the minimum, for an event at this time; `None` without a minimum.
    #[must_use]
    pub fn keep_through(&self, anchored_at: Timestamp) -> Option<Date> {
        self.keep_at_least.map(|length| length.last_day_from(self.start_day(anchored_at)))
    }

    /// The last day before the document is due, for an event at this time; `None` without a maximum.
    #[must_use]
    pub fn last_day(&self, anchored_at: Timestamp) -> Option<Date> {
        self.delete_after.map(|length| length.last_day_from(self.start_day(anchored_at)))
    }

    /// Events later than this cannot be due by now. Not exact: ask [`plan`](crate::plan()) about each.
    pub(crate) fn cutoff(&self, now: Timestamp) -> Option<Timestamp> {
        let latest = self.delete_after?.latest_start_before(day_of(now));
        latest.to_zoned(TimeZone::UTC).ok().map(|midnight| midnight.timestamp())
    }

    fn start_day(&self, anchored_at: Timestamp) -> Date {
        let day = day_of(anchored_at);
        match self.rounding {
            Rounding::None => day,
            Rounding::CalendarYearEnd => Date::new(day.year(), 12, 31).unwrap_or(day),
        }
    }
}

/// The civil day of an instant, in UTC. Workspaces have no time zone of their own yet.
pub(crate) fn day_of(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

impl TryFrom<String> for Jurisdiction {
    type Error = JurisdictionError;

    fn try_from(text: String) -> Result<Self, JurisdictionError> {
        if text == "policy" {
            return Ok(Self::Policy);
        }
        let code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        if code { Ok(Self::Law(text)) } else { Err(JurisdictionError) }
    }
}

impl From<Jurisdiction> for String {
    fn from(jurisdiction: Jurisdiction) -> Self {
        match jurisdiction {
            Jurisdiction::Policy => "policy".to_owned(),
            Jurisdiction::Law(code) => code,
        }
    }
}
