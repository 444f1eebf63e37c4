//! Pages as pixels.

mod deskew;
mod gray;
mod level;
mod median;
mod page;
mod photo;
mod rules;
mod scale;
mod scan;
mod shade;

pub(crate) use deskew::is_sideways;
pub(crate) use gray::{Gray, Turn};
pub(crate) use level::leveled;
pub(crate) use median::{Noise, median, noise, without_dust};
pub(crate) use page::{Picture, RasterError, coarser, rasterize, render_page};
pub(crate) use photo::{FoundPage, page_of_photo};
pub(crate) use rules::without_rules;
pub(crate) use scale::shrink;
pub(crate) use scan::luma;
pub(crate) use shade::evened;
