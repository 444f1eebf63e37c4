//! Deliveries that no slot claims for: given back to whoever is idle.

use super::judge::Worth;
use super::letter::{self, Letter};
use super::session::Session;
use super::shared::Shared;
use super::subscription::{acknowledge, reject};
use super::topology::Spot;
use futures::future::join_all;
use lapin::Channel;
use lapin::message::Delivery;
use lapin::types::DeliveryTag;

/// Finds a place for each delivery: what is stale is acknowledged, and so are as many more as `unheard` says, because
/// their jobs were claimed without hearing them; what is not ours is rejected; all others are rung again and
/// acknowledged when the broker has the copy. Handing them back instead would burn their delivery count.
///
/// Whatever fails stays unacknowledged and goes back when the channel closes. Returns how many were rung again.
pub(super) async fn settle(
    shared: &Shared,
    session: &Session,
    channel: &Channel,
    rest: Vec<(Spot, Delivery)>,
    unheard: &mut u32,
) -> usize {
    let mut again: Vec<(DeliveryTag, Letter)> = Vec::new();
    for (spot, delivery) in rest {
        let tag = delivery.delivery_tag;
        let settled = match shared.judge.judge(spot, &delivery.data) {
            Worth::Refused(_) => reject(session, channel, tag).await,
            Worth::Stale => acknowledge(session, channel, tag).await,
            Worth::Fresh(_) if *unheard > 0 => {
                *unheard -= 1;
                acknowledge(session, channel, tag).await
            }
            Worth::Fresh(message) => {
                let trace = letter::trace(&delivery.properties);
                // The same ring, as old as it is.
                let copy = Letter::job(&shared.names, shared.judge.key(), &message, trace.as_ref());
                again.extend(copy.map(|copy| (tag, copy)));
                Ok(())
            }
        };
        if settled.is_err() {
            session.condemn("acknowledging failed");
            return 0;
        }
    }
    let count = again.len();
    join_all(again.into_iter().map(|(tag, copy)| async move {
        if shared.post(copy).await.is_ok() && acknowledge(session, channel, tag).await.is_err() {
            session.condemn("acknowledging failed");
        }
    }))
    .await;
    count
}
