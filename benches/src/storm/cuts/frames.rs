//! As much of AMQP 0-9-1 as it takes to see who was given what and who acknowledged it.

/// One frame on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) channel: u16,
    pub(super) content: Content,
}

/// What a frame says, where it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// `channel.open`: delivery tags begin anew.
    Opened,
    /// `basic.deliver`; the body follows.
    Deliver { tag: u64 },
    /// A piece of a body. Ours are smaller than a frame.
    Body(Vec<u8>),
    /// `basic.ack`.
    Acknowledge { tag: u64, multiple: bool },
    /// `basic.reject`.
    Reject { tag: u64 },
    /// Anything else.
    Other,
}

/// Puts frames together out of pieces.
#[derive(Default)]
pub(super) struct Frames {
    bytes: Vec<u8>,
}

const METHOD: u8 = 1;
const BODY: u8 = 3;
/// Kind, channel and size before the payload, a mark after it.
const HEAD: usize = 7;
const TAIL: usize = 1;
/// What a client says before its first frame.
const GREETING: &[u8] = b"AMQP\0\0\x09\x01";

impl Frames {
    /// Takes bytes, and gives the frames that they complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Frame> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() < GREETING.len() && GREETING.starts_with(&self.bytes) {
            return Vec::new();
        }
        let mut rest = self.bytes.strip_prefix(GREETING).unwrap_or(&self.bytes);
        let mut frames = Vec::new();
        while let Some((frame, after)) = split(rest) {
            frames.push(frame);
            rest = after;
        }
        let used = self.bytes.len() - rest.len();
        self.bytes.drain(..used);
        frames
    }
}

/// The first frame, and what comes after it.
fn split(bytes: &[u8]) -> Option<(Frame, &[u8])> {
    let (&[kind, high, low, a, b, c, d], _) = bytes.split_first_chunk::<HEAD>()?;
    let size = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
    let payload = bytes.get(HEAD..HEAD + size)?;
    let after = bytes.get(HEAD + size + TAIL..)?;
    let content = match kind {
        METHOD => method(payload).unwrap_or(Content::Other),
        BODY => Content::Body(payload.to_vec()),
        _ => Content::Other,
    };
    Some((Frame { channel: u16::from_be_bytes([high, low]), content }, after))
}

fn method(payload: &[u8]) -> Option<Content> {
    let (&[a, b, c, d], arguments) = payload.split_first_chunk::<4>()?;
    let number = |bytes: &[u8]| Some(u64::from_be_bytes(*bytes.first_chunk::<8>()?));
    Some(match (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])) {
        (20, 10) => Content::Opened,
        (60, 60) => {
            let (length, rest) = arguments.split_first()?;
            Content::Deliver { tag: number(rest.get(usize::from(*length)..)?)? }
        }
        (60, 80) => {
            let multiple = arguments.get(8).is_some_and(|bits| bits & 1 == 1);
            Content::Acknowledge { tag: number(arguments)?, multiple }
        }
        (60, 90) => Content::Reject { tag: number(arguments)? },
        _ => Content::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(kind: u8, channel: u16, payload: &[u8]) -> Vec<u8> {
        let size = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&[kind][..], &channel.to_be_bytes(), &size, payload, &[0xce]].concat()
    }

    #[test]
    fn frames_are_found_however_they_are_cut() {
        let deliver = [&[0, 60, 0, 60, 3][..], b"tag", &7_u64.to_be_bytes(), &[0, 0, 0]].concat();
        let acknowledge = [&[0, 60, 0, 80][..], &7_u64.to_be_bytes(), &[1]].concat();
        let stream = [
            GREETING.to_vec(),
            frame(METHOD, 2, &[0, 20, 0, 10, 0]),
            frame(METHOD, 2, &deliver),
            frame(2, 2, b"header"),
            frame(BODY, 2, b"{}"),
            frame(METHOD, 3, &acknowledge),
            frame(METHOD, 3, &[&[0, 60, 0, 90][..], &9_u64.to_be_bytes(), &[0]].concat()),
        ]
        .concat();
        let expected = [
            (2, Content::Opened),
            (2, Content::Deliver { tag: 7 }),
            (2, Content::Other),
            (2, Content::Body(b"{}".to_vec())),
            (3, Content::Acknowledge { tag: 7, multiple: true }),
            (3, Content::Reject { tag: 9 }),
        ]
        .map(|(channel, content)| Frame { channel, content });
        for piece in [1, 5, 8, stream.len()] {
            let mut frames = Frames::default();
            let found: Vec<Frame> = stream.chunks(piece).flat_map(|bytes| frames.feed(bytes)).collect();
            assert_eq!(found, expected, "{piece}");
        }
    }
}
