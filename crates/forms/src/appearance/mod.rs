//! What a filled field looks like: the content of its appearance streams.

mod button;
mod embedded;
mod face;
mod fonts;
mod line;
mod list;
mod look;
mod paint;
mod programs;
mod shape;
mod standard;
mod standard_widths;
mod text;
mod wrap;

pub(crate) use button::{ButtonMark, draw_button};
pub(crate) use fonts::Fonts;
pub(crate) use list::draw_list;
pub(crate) use look::Look;
pub(crate) use text::{TextLayout, draw_text};
