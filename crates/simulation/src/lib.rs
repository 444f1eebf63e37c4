#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod dice;
mod evidence;
mod exact;
mod fixture;
pub mod havoc;
pub mod http;
mod mutant;
mod ordeal;
mod papers;
mod program;
mod repository;
mod siege;
mod target;
mod watch;

pub use dice::Dice;
pub use evidence::{case_signals_of, signals_of};
pub use exact::{differences, differences_of_figures, figures_are_right};
pub use fixture::{Expectation, Fixture, FixtureError, GoldenPage, GoldenWord};
pub use mutant::{Mutation, every_equation_holds};
pub use ordeal::{Fate, Ordeal};
pub use papers::{KindCounts, PaperTally, ReadPapers, TruePaper};
pub use program::{Program, ProgramError};
pub use repository::Repository;
pub use siege::{Answer, Bounds, End, Siege};
pub use target::Target;
