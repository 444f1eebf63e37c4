//! What must happen at once at the server, as scripts.

use redis::Script;

/// The scripts, each with its hash. The server loses them when it restarts and is sent them again.
pub(super) struct Scripts {
    pub(super) take: Script,
    pub(super) session_put: Script,
    pub(super) session_get: Script,
    pub(super) session_revoke: Script,
    pub(super) lead: Script,
    pub(super) renew: Script,
    pub(super) resign: Script,
    pub(super) invalidate: Script,
}

impl Scripts {
    pub(super) fn new() -> Self {
        Self {
            take: Script::new(include_str!("scripts/take.lua")),
            session_put: Script::new(include_str!("scripts/session_put.lua")),
            session_get: Script::new(include_str!("scripts/session_get.lua")),
            session_revoke: Script::new(include_str!("scripts/session_revoke.lua")),
            lead: Script::new(include_str!("scripts/lead.lua")),
            renew: Script::new(include_str!("scripts/renew.lua")),
            resign: Script::new(include_str!("scripts/resign.lua")),
            invalidate: Script::new(include_str!("scripts/invalidate.lua")),
        }
    }
}
