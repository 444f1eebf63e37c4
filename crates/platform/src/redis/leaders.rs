//! Leaders chosen by Redis.

use super::cache::RedisCache;
use crate::port::{Clock as _, Leaders, Leadership, Role, Unavailable, belief_us};
use async_trait::async_trait;
use std::time::Duration;

#[async_trait]
impl Leaders for RedisCache {
    async fn lead(&self, role: Role, ttl: Duration) -> Result<Option<Leadership>, Unavailable> {
        let (asked_us, ttl) = (self.clock.monotonic_us(), Leadership::clamp(ttl));
        let mut script = self.scripts.lead.key(self.names.leader(role));
        script.key(self.names.fence(role)).arg(millis(ttl));
        let fence: u64 = self.link.run(&script).await?;
        let until_us = belief_us(asked_us, ttl);
        Ok((fence > 0).then_some(Leadership { role, fence, ttl, until_us }))
    }

    async fn renew(&self, leadership: &mut Leadership) -> Result<bool, Unavailable> {
        let asked_us = self.clock.monotonic_us();
        let mut script = self.scripts.renew.key(self.names.leader(leadership.role));
        script.arg(leadership.fence).arg(millis(leadership.ttl));
        let renewed: bool = self.link.run(&script).await?;
        if renewed {
            leadership.until_us = belief_us(asked_us, leadership.ttl);
        }
        Ok(renewed)
    }

    async fn resign(&self, leadership: Leadership) -> Result<(), Unavailable> {
        let mut script = self.scripts.resign.key(self.names.leader(leadership.role));
        script.arg(leadership.fence);
        self.link.run(&script).await
    }

    fn leads(&self, leadership: &Leadership) -> bool {
        self.clock.monotonic_us() < leadership.until_us
    }
}

fn millis(ttl: Duration) -> u64 {
    u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX)
}
