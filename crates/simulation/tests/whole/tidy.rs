//! The repository tells the truth about itself.

mod cards;
mod dependencies;
mod fixtures;
mod lengths;
mod logs;
mod manifests;
mod paths;
mod rooms;
mod wording;
mod words;
