//! Where text stands on a picture: connected ink, gathered to pieces of lines.

mod blob;
mod groups;
mod segment;

pub(super) use blob::Area;
pub(super) use segment::{Segment, segments};
