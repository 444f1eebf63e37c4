//! The exam, at a Redis that is there and at one that is away.

use super::server::{Cleaner, PATIENT, Server, free_port, prefix, shared, stands};
use crate::exam::{CACHE_QUESTIONS, CachePlace, Standing};
use crate::port::Cache;
use crate::{RedisCache, RedisSettings, Secret};
use async_trait::async_trait;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

/// A Redis that runs: the machine's own, where there is one, or one that is started for the question.
struct There {
    settings: RedisSettings,
    _cleaner: Cleaner,
    _own: Option<Server>,
}

impl There {
    fn find() -> Self {
        let running = TcpStream::connect("127.0.0.1:6379").is_ok();
        let own = (!running).then(|| Server::start(&[]));
        let url = own.as_ref().map_or_else(|| "redis://127.0.0.1:6379".to_owned(), Server::url);
        let cleaner = Cleaner { url: url.clone(), prefix: prefix() };
        let settings = RedisSettings {
            prefix: cleaner.prefix.clone(),
            // The questions are about what is answered, not how fast.
            patience: PATIENT,
            ..RedisSettings::new(Secret::new(url))
        };
        Self { settings, _cleaner: cleaner, _own: own }
    }
}

#[async_trait]
impl CachePlace for There {
    async fn replica(&self) -> Arc<dyn Cache> {
        let cache = RedisCache::open(self.settings.clone()).await.unwrap();
        stands(&cache, false).await;
        shared(cache)
    }

    async fn pass(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn standing(&self) -> Standing {
        Standing::There
    }
}

/// A Redis that nobody reaches.
struct Away(u16);

#[async_trait]
impl CachePlace for Away {
    async fn replica(&self) -> Arc<dyn Cache> {
        let url = Secret::new(format!("redis://127.0.0.1:{}", self.0));
        shared(RedisCache::open(RedisSettings::new(url)).await.unwrap())
    }

    async fn pass(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn standing(&self) -> Standing {
        Standing::Away
    }
}

macro_rules! sit {
    ($($question:ident)*) => {
        mod there {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $question() {
                let place = || Box::new(super::There::find()) as Box<dyn super::CachePlace>;
                super::ask(stringify!($question), place).await;
            })*
        }

        mod away {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $question() {
                let place = || Box::new(super::Away(super::free_port())) as Box<dyn super::CachePlace>;
                super::ask(stringify!($question), place).await;
            })*
        }

        #[test]
        fn no_question_is_left_out() {
            let asked = [$(stringify!($question)),*];
            let all: Vec<&str> = CACHE_QUESTIONS.iter().map(|(name, _)| *name).collect();
            assert_eq!(asked[..], all[..]);
        }
    };
}

async fn ask(name: &str, place: fn() -> Box<dyn CachePlace>) {
    let (_, question) = CACHE_QUESTIONS.iter().find(|(n, _)| *n == name).unwrap();
    question(&|| Box::pin(async move { place() })).await;
}

sit! {
    a_bucket_grants_its_burst_and_no_more
    a_bucket_fills_again_and_says_when
    a_take_is_all_or_nothing
    buckets_are_counted_apart
    sessions_come_back_until_their_time
    one_number_ends_every_session
    progress_reaches_every_replica
    a_slow_watcher_is_told_of_the_gap
    one_leads_and_fences_grow
    an_invalidation_is_seen_everywhere
    the_probe_tells_the_truth
}
