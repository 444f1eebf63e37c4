//! Leadership: one process of a fleet does a piece of work, so that the others need not.

use super::Unavailable;
use async_trait::async_trait;
use std::time::Duration;

/// Work that needs one process, not many. Closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Retention: plan, erase, prove.
    Sweeper,
    /// Rings again for jobs whose ring was lost.
    Reconciler,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 2] = [Self::Sweeper, Self::Reconciler];

    /// The word in keys, logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sweeper => "sweeper",
            Self::Reconciler => "reconciler",
        }
    }
}

/// A term of leadership. It ends by itself; see [`Leaders::leads`].
#[derive(Debug, PartialEq, Eq)]
pub struct Leadership {
    pub(crate) role: Role,
    pub(crate) fence: u64,
    pub(crate) ttl: Duration,
    /// Microseconds of the backend's monotonic clock.
    pub(crate) until_us: u64,
}

impl Leadership {
    /// Shortest term.
    pub const MIN_TTL: Duration = Duration::from_millis(100);
    /// Longest term: how long nobody leads after a leader vanished.
    pub const MAX_TTL: Duration = Duration::from_secs(60);

    /// Of what.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Greater than every leader's before, also after the store lost its memory. Below 2^53.
    #[must_use]
    pub const fn fence(&self) -> u64 {
        self.fence
    }

    pub(crate) fn clamp(ttl: Duration) -> Duration {
        ttl.clamp(Self::MIN_TTL, Self::MAX_TTL)
    }
}

/// Chooses leaders.
///
/// A leader believes in itself for nine tenths of its term, counted from *before* it asked; the store gives the
/// role away after the whole term. So two never believe at once while their clocks' rates differ by less than a
/// tenth and the store forgets nothing. Neither can be promised: a process can be stopped between the look at its
/// watch and the write, and a store that fails over may forget the last leader. Leadership therefore only saves
/// double work, and an effect that must not be doubled carries the fence into the database, in its transaction:
///
/// ```sql
/// -- One row a role. 0 rows changed: a later leader was here, roll back and stop leading.
/// UPDATE leader_fences SET fence = $fence WHERE role = $role AND fence <= $fence;
/// ```
///
/// The row's lock then makes leaders take turns, and the comparison makes the numbers that commit never fall.
///
/// While the store is away nobody leads by it, and everybody who might lead goes on as if alone. For the sweeper
/// and the reconciler that is safe and only dearer: each of their steps is idempotent and holds the database's own
/// locks, so two of them do the work of one.
#[async_trait]
pub trait Leaders: Send + Sync {
    /// Asks to lead for `ttl`, held within [`Leadership::MIN_TTL`] and [`Leadership::MAX_TTL`]. `None` while
    /// somebody leads, this process included.
    ///
    /// # Errors
    /// [`Unavailable`]: nobody is leader by the store; see above.
    async fn lead(&self, role: Role, ttl: Duration) -> Result<Option<Leadership>, Unavailable>;

    /// Begins the same term anew; every third of it is a good time. `false` when it was over or is another's.
    ///
    /// # Errors
    /// [`Unavailable`]: the belief runs out at its own time.
    async fn renew(&self, leadership: &mut Leadership) -> Result<bool, Unavailable>;

    /// Steps down, so that another need not wait for the end of the term.
    ///
    /// # Errors
    /// [`Unavailable`]: the term ends by itself.
    async fn resign(&self, leadership: Leadership) -> Result<(), Unavailable>;

    /// Whether this process may still believe that it leads. Asks nobody; ask it before every step.
    fn leads(&self, leadership: &Leadership) -> bool;
}

/// Until when to believe, on a monotonic clock that said `asked_us` before the store was asked.
pub(crate) fn belief_us(asked_us: u64, ttl: Duration) -> u64 {
    asked_us.saturating_add(super::limits::micros(ttl) / 10 * 9)
}
