use super::{HintSide, HintSigns};
use smartexus_domain::{DateOrder, NumberStyle};

/// Which of several undecided readings is shown. It decides nothing: they stay undecided.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Leaning {
    pub(crate) order: Option<DateOrder>,
    pub(crate) style: Option<NumberStyle>,
    pub(crate) signs: Option<HintSigns>,
    pub(crate) side: Option<HintSide>,
}

impl Leaning {
    /// This, and what another says where this says nothing.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            order: self.order.or(other.order),
            style: self.style.or(other.style),
            signs: self.signs.or(other.signs),
            side: self.side.or(other.side),
        }
    }
}
