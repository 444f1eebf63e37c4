//! Blank application forms drawn from a seed, with what each field means: forms that no reader of ours was made for.
//!
//! `phrases` are questions as forms print them, `plan` draws which a form asks, `style` how it looks, `naming` what its
//! fields are called; `press` and `widget` print it. Seeds from [`APART_FROM`] on are printed from phrases that no seed
//! below has.

mod naming;
mod phrases;
mod plan;
mod press;
mod style;
#[cfg(test)]
mod tests;
mod widget;

use crate::random::Random;
use phrases::{Country, Pool};

/// From this seed on, forms are printed from phrases that no form below has. They are counted and never looked at.
pub const APART_FROM: u64 = 1_000_000;

/// So that a form has nothing in common with the statement of its seed.
const STREAM: u64 = 0x0066_6f72_6d73;

/// What a field asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Any of these keys answers it.
    Keys(Vec<String>),
    /// It takes a part of one of these, or several of them together: no key alone is the answer, and none of these is
    /// wrong.
    Part(Vec<String>),
    /// Only a person may answer it.
    Person,
    /// Nothing that a key of ours means, however much it looks like it.
    Other,
}

impl Meaning {
    /// The keys that it has to do with.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        match self {
            Self::Keys(keys) | Self::Part(keys) => keys,
            Self::Person | Self::Other => &[],
        }
    }
}

/// A field of a drawn form.
#[derive(Debug, Clone)]
pub struct DrawnField {
    /// Full name.
    pub name: String,
    /// What it asks for.
    pub meaning: Meaning,
    /// As it is printed.
    pub label: String,
    /// Of its section, as it is printed.
    pub heading: Option<String>,
}

/// A form that was drawn from a seed.
#[derive(Debug, Clone)]
pub struct DrawnForm {
    /// The bytes of a PDF.
    pub document: Vec<u8>,
    /// Its fields in the order of the file, a group of buttons once.
    pub fields: Vec<DrawnField>,
}

/// The form of a seed. The same seed gives the same bytes.
#[must_use]
pub fn make(seed: u64) -> DrawnForm {
    let mut random = Random::new(seed ^ STREAM);
    let pool = if seed < APART_FROM { Pool::Open } else { Pool::Apart };
    let country = match random.between(1, 20) {
        1..=14 => Country::UnitedStates,
        15..=17 => Country::UnitedKingdom,
        _ => Country::Australia,
    };
    let plan = plan::draw(&mut random, pool, country);
    let style = style::Style::draw(&mut random, pool, country);
    press::print(&plan, style, &mut random)
}
