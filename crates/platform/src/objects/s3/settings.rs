//! Which buckets there are, and how they are reached.

use super::regions::{RegionTag, Regions};
use crate::Secret;
use smartexus_domain::WorkspaceId;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// One bucket. It needs the rights to get, put and delete objects and their versions, to list the bucket, its
/// versions and its half uploads, and to abort those.
///
/// Recommended for the bucket itself: no versioning and no object lock (erasure removes every version it may, and
/// a lock forbids it), and a lifecycle rule that aborts incomplete multipart uploads after a day, for servers
/// that do not list them.
#[derive(Clone)]
pub struct S3Bucket {
    /// Its name, 3 to 63 characters out of `a-z 0-9 . -`.
    pub bucket: String,
    /// What every key begins with, without slashes around it; empty for none.
    pub prefix: String,
    /// The provider's name of the region, which every request is signed for.
    pub region: String,
    /// Where the server is, as `https://host[:port]`; `None` is AWS. The bucket goes into the path.
    pub endpoint: Option<String>,
    /// The key id.
    pub access_key: String,
    /// What signs.
    pub secret: Secret,
    /// Permits an endpoint without TLS: for a server on this machine.
    pub allow_http: bool,
    /// How long one step may take, tries included: connecting, a part of 8 MiB written, the next piece read. A dead
    /// server is an error after this, and never a hang.
    pub patience: Duration,
}

/// Buckets, by region.
#[derive(Clone)]
pub struct S3Settings {
    /// Where workspaces belong that nothing else is said about.
    pub home: RegionTag,
    /// Every region that has a bucket.
    pub buckets: BTreeMap<RegionTag, S3Bucket>,
}

/// What is wrong with the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum S3SettingsFault {
    /// Not of the form.
    #[error("a blob store is `s3://bucket/prefix`, without credentials or options in it")]
    Url,
    /// Not a bucket's name.
    #[error("a bucket's name is 3 to 63 characters out of a-z, 0-9, '.' and '-'")]
    Bucket,
    /// Not a prefix.
    #[error(
        "a prefix is made of a-z, A-Z, 0-9, '-', '_' and '.', in parts between slashes that begin with no dot"
    )]
    Prefix,
    /// Not a provider's region.
    #[error("the bucket's region is missing or has strange characters")]
    Region,
    /// Not an endpoint.
    #[error(
        "an endpoint is `https://host` or `https://host:port`, without credentials, path or options in it"
    )]
    Endpoint,
    /// No TLS.
    #[error("the endpoint is not https; permit plain http only for a server on this machine")]
    Plaintext,
    /// No key id or no secret.
    #[error("the access key and its secret must both be set")]
    Credentials,
    /// No waiting at all.
    #[error("the patience with a blob store must be longer than nothing")]
    Patience,
    /// The home region has no bucket.
    #[error("the home region has no bucket")]
    Home,
    /// The HTTP client refused to start.
    #[error("the client of the blob store does not start")]
    Client,
}

impl S3Bucket {
    /// The default of [`S3Bucket::patience`].
    pub const PATIENCE: Duration = Duration::from_secs(10);

    /// Bucket and prefix out of `s3://bucket/prefix`.
    ///
    /// # Errors
    /// [`S3SettingsFault::Url`], `Bucket` or `Prefix`.
    pub fn location(url: &str) -> Result<(String, String), S3SettingsFault> {
        let rest = url.strip_prefix("s3://").ok_or(S3SettingsFault::Url)?;
        if rest.contains(['@', '?', '#', ':']) {
            return Err(S3SettingsFault::Url);
        }
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        if !is_bucket(bucket) {
            return Err(S3SettingsFault::Bucket);
        }
        if !is_prefix(prefix) {
            return Err(S3SettingsFault::Prefix);
        }
        Ok((bucket.to_owned(), prefix.to_owned()))
    }

    /// Everything that is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<S3SettingsFault> {
        let region = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let endpoint = self.endpoint.as_deref();
        let checks = [
            (is_bucket(&self.bucket), S3SettingsFault::Bucket),
            (is_prefix(&self.prefix), S3SettingsFault::Prefix),
            (!self.region.is_empty() && self.region.bytes().all(region), S3SettingsFault::Region),
            (endpoint.is_none_or(is_endpoint), S3SettingsFault::Endpoint),
            (
                self.allow_http || !endpoint.is_some_and(|url| url.starts_with("http:")),
                S3SettingsFault::Plaintext,
            ),
            (!self.access_key.is_empty() && !self.secret.expose().is_empty(), S3SettingsFault::Credentials),
            (!self.patience.is_zero(), S3SettingsFault::Patience),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, fault)| fault).collect()
    }

    /// Where the bucket is reached.
    pub(super) fn url(&self) -> String {
        match &self.endpoint {
            Some(endpoint) => format!("{}/{}", endpoint.trim_end_matches('/'), self.bucket),
            None => format!("https://s3.{}.amazonaws.com/{}", self.region, self.bucket),
        }
    }

    /// What every key begins with: the prefix and its slash, or nothing.
    pub(super) fn key_prefix(&self) -> String {
        if self.prefix.is_empty() { String::new() } else { format!("{}/", self.prefix) }
    }
}

impl S3Settings {
    /// One bucket for every workspace, in this region.
    #[must_use]
    pub fn single(home: RegionTag, bucket: S3Bucket) -> Self {
        Self { buckets: BTreeMap::from([(home.clone(), bucket)]), home }
    }

    /// Everything that is wrong with the buckets.
    #[must_use]
    pub fn faults(&self) -> Vec<S3SettingsFault> {
        let homeless = (!self.buckets.contains_key(&self.home)).then_some(S3SettingsFault::Home);
        homeless.into_iter().chain(self.buckets.values().flat_map(S3Bucket::faults)).collect()
    }

    /// Every workspace at home: the answer as long as workspaces have no region of their own.
    #[must_use]
    pub fn all_at_home(&self) -> Arc<dyn Regions> {
        let home = self.home.clone();
        Arc::new(move |_: WorkspaceId| home.clone())
    }
}

fn is_bucket(name: &str) -> bool {
    let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    let edges = !name.starts_with(['.', '-']) && !name.ends_with(['.', '-']) && !name.contains("..");
    (3..=63).contains(&name.len()) && name.bytes().all(allowed) && edges
}

fn is_prefix(prefix: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(allowed);
    prefix.is_empty() || prefix.split('/').all(part)
}

fn is_endpoint(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or("");
    let host = host.strip_suffix('/').unwrap_or(host);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':' | b'[' | b']');
    !host.is_empty() && host.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> S3Bucket {
        S3Bucket {
            bucket: "documents".to_owned(),
            prefix: "a/b".to_owned(),
            region: "eu-central-1".to_owned(),
            endpoint: None,
            access_key: "id".to_owned(),
            secret: Secret::new("secret".to_owned()),
            allow_http: false,
            patience: S3Bucket::PATIENCE,
        }
    }

    #[test]
    fn a_url_names_a_bucket_and_a_prefix_and_nothing_else() {
        let both = |bucket: &str, prefix: &str| Ok((bucket.to_owned(), prefix.to_owned()));
        assert_eq!(S3Bucket::location("s3://documents"), both("documents", ""));
        assert_eq!(S3Bucket::location("s3://documents/"), both("documents", ""));
        assert_eq!(S3Bucket::location("s3://my.docs-1/a/B_c/"), both("my.docs-1", "a/B_c"));
        let cases = [
            ("file:///x", S3SettingsFault::Url),
            ("s3://id:secret@documents", S3SettingsFault::Url),
            ("s3://documents?region=x", S3SettingsFault::Url),
            ("s3://ab", S3SettingsFault::Bucket),
            ("s3://Documents", S3SettingsFault::Bucket),
            ("s3://-documents", S3SettingsFault::Bucket),
            ("s3://documents//x", S3SettingsFault::Prefix),
            ("s3://documents/../x", S3SettingsFault::Prefix),
            ("s3://documents/a b", S3SettingsFault::Prefix),
        ];
        for (url, fault) in cases {
            assert_eq!(S3Bucket::location(url), Err(fault), "{url}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        assert_eq!(bucket().faults(), []);
        assert_eq!(bucket().url(), "https://s3.eu-central-1.amazonaws.com/documents");
        let wrong = S3Bucket {
            bucket: "x".to_owned(),
            prefix: "/".to_owned(),
            region: "a b".to_owned(),
            endpoint: Some("http://id:secret@host/path".to_owned()),
            access_key: String::new(),
            secret: Secret::new(String::new()),
            allow_http: false,
            patience: Duration::ZERO,
        };
        let told = wrong.faults();
        let all = [
            S3SettingsFault::Bucket,
            S3SettingsFault::Prefix,
            S3SettingsFault::Region,
            S3SettingsFault::Endpoint,
            S3SettingsFault::Plaintext,
            S3SettingsFault::Credentials,
            S3SettingsFault::Patience,
        ];
        assert_eq!(told, all);
        let home: RegionTag = "eu".parse().unwrap();
        let mut settings = S3Settings::single(home, bucket());
        assert_eq!(settings.faults(), []);
        settings.home = "us".parse().unwrap();
        assert_eq!(settings.faults(), [S3SettingsFault::Home]);
    }

    #[test]
    fn plain_http_is_permitted_only_when_said() {
        for (endpoint, allow_http, faults) in [
            ("https://s3.example.com", false, vec![]),
            ("https://s3.example.com:9000/", false, vec![]),
            ("http://127.0.0.1:9000", true, vec![]),
            ("http://[::1]:9000", true, vec![]),
            ("http://127.0.0.1:9000", false, vec![S3SettingsFault::Plaintext]),
            ("ftp://host", true, vec![S3SettingsFault::Endpoint]),
            ("https://", true, vec![S3SettingsFault::Endpoint]),
        ] {
            let bucket = S3Bucket { endpoint: Some(endpoint.to_owned()), allow_http, ..bucket() };
            assert_eq!(bucket.faults(), faults, "{endpoint}");
        }
    }
}
