//! The key file: 32 random bytes that wrap every workspace key. Made on first use, mode 0600.

use crate::{KeyFault, PlatformError, Result, SecretBytes};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;
use zeroize::Zeroizing;

/// The first word of the file; the number is the version of the format.
const MARK: &str = "smartexus-key-1";

/// The key-encryption key with its id.
pub(crate) struct KeyFile {
    pub(crate) id: [u8; 16],
    pub(crate) secret: SecretBytes,
}

impl KeyFile {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(PlatformError::Directory { what: "read the key file", source }),
        };
        if is_open(metadata.uid(), metadata.mode()) {
            return Err(PlatformError::Keys(KeyFault::FileReadableByOthers));
        }
        let text = fs::read_to_string(path)
            .map_err(|source| PlatformError::Directory { what: "read the key file", source })?;
        parse(&Zeroizing::new(text)).map(Some)
    }

    /// Makes the file: written and synced under another name first, so that a half-written key never has its name.
    /// The caller holds the opening lock.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let failed = |source| PlatformError::Directory { what: "create the key file", source };
        let key = Self { id: fresh_id()?, secret: SecretBytes::random()? };
        let unfinished = path.with_extension("new");
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
        let mut file =
            OpenOptions::new().create_new(true).write(true).mode(0o600).open(&unfinished).map_err(failed)?;
        file.write_all(key.text().as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        fs::rename(&unfinished, path).map_err(failed)?;
        // The parent of a bare name is empty, and means the working directory.
        let named = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = named.unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(key)
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128));
        text.push_str(MARK);
        text.push(' ');
        push_hex(&mut text, &self.id);
        text.push(' ');
        push_hex(&mut text, self.secret.expose());
        text.push('\n');
        text
    }
}

pub(crate) fn fresh_id() -> Result<[u8; 16]> {
    let mut id = [0_u8; 16];
    getrandom::fill(&mut id).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
    Ok(id)
}

/// Whether more people may read or write the file than should. Its owner alone may; but where root owns it, a group
/// may read it: a Secret's volume belongs to root and is read through the pod's `fsGroup`, which makes 0400 to 0440.
/// The same rule as PostgreSQL's for its private key.
const fn is_open(owner: u32, mode: u32) -> bool {
    let forbidden = if owner == 0 { 0o037 } else { 0o077 };
    mode & forbidden != 0
}

fn parse(text: &str) -> Result<KeyFile> {
    let malformed = PlatformError::Keys(KeyFault::FileMalformed);
    let mut words = text.split_ascii_whitespace();
    let (Some(MARK), Some(id), Some(secret), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(malformed);
    };
    let (Some(id), Some(mut secret)) = (from_hex::<16>(id), from_hex::<32>(secret)) else {
        return Err(malformed);
    };
    Ok(KeyFile { id, secret: SecretBytes::take(&mut secret) })
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0_u8; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let digit = |d: u8| char::from(d).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn what_is_created_reads_back_and_belongs_to_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(KeyFile::read(&path).unwrap().is_none());
        let made = KeyFile::create(&path).unwrap();
        let read = KeyFile::read(&path).unwrap().unwrap();
        assert_eq!((made.id, made.secret.expose()), (read.id, read.secret.expose()));
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(!path.with_extension("new").exists());
    }

    #[test]
    fn a_file_that_others_may_read_or_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        KeyFile::create(&path).unwrap();
        // Not 0640: whether that is refused depends on whether root runs this test.
        for mode in [0o604, 0o620, 0o601, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let answer = KeyFile::read(&path);
            assert!(matches!(answer, Err(PlatformError::Keys(KeyFault::FileReadableByOthers))), "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        assert!(KeyFile::read(&path).is_ok());
    }

    #[test]
    fn a_group_may_read_what_root_owns_and_nothing_more() {
        for (owner, mode, open) in [
            (0, 0o400, false),
            (0, 0o440, false),
            (0, 0o640, false),
            (0, 0o660, true),
            (0, 0o444, true),
            (0, 0o450, true),
            (65532, 0o600, false),
            (65532, 0o440, true),
            (65532, 0o640, true),
        ] {
            assert_eq!(is_open(owner, mode), open, "{owner} {mode:o}");
        }
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let key = "0".repeat(64);
        let id = "1".repeat(32);
        assert!(parse(&format!("{MARK} {id} {key}\n")).is_ok());
        for text in [
            String::new(),
            format!("{MARK} {id} {}", &key[1..]),
            format!("{MARK} {key} {id}"),
            format!("{MARK} {id} {key} more"),
            format!("smartexus-key-2 {id} {key}"),
            format!("{MARK} {id} {}", key.replace('0', "g")),
        ] {
            assert!(matches!(parse(&text), Err(PlatformError::Keys(KeyFault::FileMalformed))), "{text}");
        }
    }
}
