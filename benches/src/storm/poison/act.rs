//! What poison does to its reader.

use smartexus_domain::{FailureCode, StageKind};

/// A way to die, and where. The documents say it in their descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Poison {
    act: Act,
    at: At,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Abort,
    EndlessLoop,
    EatMemory,
    OverflowStack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Extract,
    Parse,
}

impl Poison {
    pub(super) const ALL: [Self; 8] = [
        Self { act: Act::Abort, at: At::Extract },
        Self { act: Act::EndlessLoop, at: At::Extract },
        Self { act: Act::EatMemory, at: At::Extract },
        Self { act: Act::OverflowStack, at: At::Extract },
        Self { act: Act::Abort, at: At::Parse },
        Self { act: Act::EndlessLoop, at: At::Parse },
        Self { act: Act::EatMemory, at: At::Parse },
        Self { act: Act::OverflowStack, at: At::Parse },
    ];

    /// The words in the document.
    pub(super) fn mark(self) -> String {
        let at = match self.at {
            At::Extract => "FIRST",
            At::Parse => "SECOND",
        };
        let act = match self.act {
            Act::Abort => "ABORTING",
            Act::EndlessLoop => "LOOPING",
            Act::EatMemory => "EATING",
            Act::OverflowStack => "RECURSING",
        };
        format!("POISON {act} {at}")
    }

    /// The words for people.
    pub(super) const fn words(self) -> &'static str {
        match (self.act, self.at) {
            (Act::Abort, At::Extract) => "abort the first stage",
            (Act::EndlessLoop, At::Extract) => "keep the first stage in an endless loop",
            (Act::EatMemory, At::Extract) => "make the first stage eat memory",
            (Act::OverflowStack, At::Extract) => "overflow the first stage's stack",
            (Act::Abort, At::Parse) => "abort the second stage",
            (Act::EndlessLoop, At::Parse) => "keep the second stage in an endless loop",
            (Act::EatMemory, At::Parse) => "make the second stage eat memory",
            (Act::OverflowStack, At::Parse) => "overflow the second stage's stack",
        }
    }

    pub(super) const fn stage(self) -> StageKind {
        match self.at {
            At::Extract => StageKind::Extract,
            At::Parse => StageKind::Parse,
        }
    }

    /// What its document must fail with.
    pub(super) const fn failure(self) -> FailureCode {
        match self.act {
            Act::Abort | Act::OverflowStack => FailureCode::ReaderCrashed,
            Act::EndlessLoop => FailureCode::Timeout,
            Act::EatMemory => FailureCode::OutOfMemory,
        }
    }

    /// The poison of a document at this stage.
    pub(super) fn of(payload: &[u8], stage: StageKind) -> Option<Self> {
        let mut at_stage = Self::ALL.into_iter().filter(|poison| poison.stage() == stage);
        let holds = |mark: &str| payload.windows(mark.len()).any(|part| part == mark.as_bytes());
        at_stage.find(|poison| holds(&poison.mark()))
    }

    /// Dies. Never returns but by unwinding, which it does not.
    pub(super) fn work(self) -> ! {
        match self.act {
            Act::Abort => std::process::abort(),
            Act::EndlessLoop => loop {
                std::hint::spin_loop();
            },
            Act::EatMemory => eat_memory(),
            Act::OverflowStack => {
                let depth = descend(&[0; 256]);
                // Reached by a stack without an end only.
                unreachable!("{depth}")
            }
        }
    }
}

fn eat_memory() -> ! {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(vec![1; 4 * 1024 * 1024]);
        std::hint::black_box(&eaten);
    }
}

#[expect(unconditional_recursion, reason = "the misbehaviour itself")]
fn descend(above: &[u64; 256]) -> u64 {
    let mut here = *above;
    here[0] += 1;
    std::hint::black_box(&here);
    descend(&here).wrapping_add(here[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_poison_is_found_at_its_own_stage_only() {
        for poison in Poison::ALL {
            let text = format!("CARD PURCHASE {} 1", poison.mark());
            for stage in [StageKind::Extract, StageKind::Parse] {
                let expected = (stage == poison.stage()).then_some(poison);
                assert_eq!(Poison::of(text.as_bytes(), stage), expected);
            }
        }
        assert_eq!(Poison::of(b"CARD PURCHASE 1", StageKind::Extract), None);
    }
}
