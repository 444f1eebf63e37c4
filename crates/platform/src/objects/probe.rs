//! A round trip through a store: is everything possible that the product will ask of it?

use super::fault::{StoreFault, is_missing, told};
use super::patience::in_time;
use super::shelf::Spot;
use crate::port::ObjectEntry;
use crate::{KeyFault, PlatformError, Result};
use jiff::SignedDuration;
use object_store::{ObjectStoreExt as _, PutMode, PutPayload};

/// The folder of probes, beside the workspaces' folders. No workspace is called like it.
pub(super) const FOLDER: &str = "probe";
/// What a killed probe left behind is removed by a later one, when it is this much older than that one's own.
const LEFTOVER_AGE: SignedDuration = SignedDuration::from_hours(1);
/// As long as the header of a sealed object, and as unreadable.
const CONTENT: [u8; 86] = [0xA5; 86];

/// A fresh name, so that probes of many replicas do not meet.
pub(super) fn name() -> Result<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes as objects are written, only where nothing is yet, and reads back.
pub(super) async fn write_and_read(spot: &Spot) -> Result<()> {
    let put = spot.store.put_opts(&spot.path, PutPayload::from(CONTENT.to_vec()), PutMode::Create.into());
    in_time(spot.patience, async { put.await.map_err(told) }).await?;
    let read = async { spot.store.get(&spot.path).await.map_err(told)?.bytes().await.map_err(told) };
    let read = in_time(spot.patience, read).await?;
    if read == CONTENT[..] { Ok(()) } else { Err(StoreFault::Forgetful.into()) }
}

/// The paths to remove out of a listing of the folder: the probe's own, which must be there, and leftovers.
pub(super) fn to_remove(listed: &[ObjectEntry], own: &str) -> Result<Vec<String>> {
    let Some(entry) = listed.iter().find(|entry| entry.path == own) else {
        return Err(StoreFault::Forgetful.into());
    };
    // By the store's own clock, so nobody else's is needed.
    let is_old = |other: &&ObjectEntry| entry.modified_at.duration_since(other.modified_at) > LEFTOVER_AGE;
    let leftovers = listed.iter().filter(is_old).map(|other| other.path.clone());
    Ok(std::iter::once(own.to_owned()).chain(leftovers).collect())
}

/// Looks whether the probe is gone.
pub(super) async fn is_gone(spot: &Spot) -> Result<()> {
    in_time(spot.patience, async {
        match spot.store.get(&spot.path).await {
            Ok(_) => Err(StoreFault::Forgetful.into()),
            Err(error) if is_missing(&error) => Ok(()),
            Err(error) => Err(told(error)),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn leftovers_are_removed_and_probes_of_others_are_not() {
        let entry = |path: &str, second| ObjectEntry {
            name: None,
            path: path.to_owned(),
            stored_bytes: 86,
            modified_at: Timestamp::from_second(second).unwrap(),
        };
        let listed = [entry("left", 0), entry("other", 1), entry("own", 3_601), entry("late", 9_000)];
        assert_eq!(to_remove(&listed, "own").unwrap(), ["own", "left"]);
        assert!(to_remove(&listed, "absent").is_err(), "what was written must be listed");
    }
}
