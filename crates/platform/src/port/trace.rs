//! Where a document's trace goes on: W3C Trace Context, version 00.

/// A `traceparent` header value: `00-<32 hex digits>-<16 hex digits>-<2 hex digits>`, lower case, neither id zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TraceParent(String);

impl TraceParent {
    /// Length of a value.
    const BYTES: usize = 55;

    /// The header value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for TraceParent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            parts.next().filter(|part| part.len() == length && part.chars().all(hex))
        };
        let is_some_id = |id: &&str| id.chars().any(|c| c != '0');
        let version = part(2).filter(|version| *version == "00");
        let ids = (part(32).filter(is_some_id), part(16).filter(is_some_id));
        let complete = version.is_some() && ids.0.is_some() && ids.1.is_some() && part(2).is_some();
        if complete && text.len() == Self::BYTES { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_values_are_taken() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(good.parse::<TraceParent>().map(|trace| trace.as_str().to_owned()), Ok(good.to_owned()));
        for bad in [
            "",
            "00",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert!(bad.parse::<TraceParent>().is_err(), "{bad}");
        }
    }
}
