//! One bucket, and the requests that `object_store` does not make: listings of versions and of half uploads, and
//! removals of one version.

use super::settings::{S3Bucket, S3SettingsFault};
use super::write_once::WriteOnce;
use crate::objects::fault::{NO_BUCKET, StoreFault, told, told_http};
use crate::objects::patience::in_time;
use crate::{PlatformError, Result};
use bytes::Bytes;
use futures::StreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder, AwsAuthorizer};
use object_store::client::{
    HttpClient, HttpConnector as _, HttpRequest, HttpRequestBody, HttpResponseBody, ReqwestConnector,
};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// A connection is waited for at most this long, so that within one patience a second address can be tried.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// An idle connection is kept this long; servers close theirs later.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// Tries after the first one, all within one patience.
const RETRIES: usize = 3;
/// The wait before the second try; each further one is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// Longest answer that is read: a page of 1,000 keys of 1 KiB, escaped, is far below.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A bucket that is reached with one set of credentials, through one pool of connections.
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    client: HttpClient,
    url: String,
    region: String,
    prefix: String,
    patience: Duration,
}

/// What a server said.
struct Answer {
    status: u16,
    body: Bytes,
}

impl Bucket {
    pub(super) fn open(settings: &S3Bucket) -> Result<Self, S3SettingsFault> {
        if let Some(fault) = settings.faults().first() {
            return Err(*fault);
        }
        let options = ClientOptions::new()
            .with_allow_http(settings.allow_http)
            .with_connect_timeout(CONNECT_TIMEOUT)
            .with_pool_idle_timeout(IDLE_TIMEOUT)
            // One step has a patience; a whole object has none, because a large one may take its time.
            .with_timeout_disabled();
        let client = ReqwestConnector::default().connect(&options).map_err(|_| S3SettingsFault::Client)?;
        let client = WriteOnce::new(client);
        let backoff = BackoffConfig { init_backoff: FIRST_PAUSE, max_backoff: settings.patience, base: 4.0 };
        let retry = RetryConfig { backoff, max_retries: RETRIES, retry_timeout: settings.patience };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(settings.secret.expose())
            .with_client_options(options)
            .with_retry(retry)
            .with_http_connector(client.clone());
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|_| S3SettingsFault::Client)?;
        Ok(Self {
            store: Arc::new(store),
            client: HttpClient::new(client),
            url: settings.url(),
            region: settings.region.clone(),
            prefix: settings.key_prefix(),
            patience: settings.patience,
        })
    }

    /// The store that bytes go through.
    pub(super) fn store(&self) -> Arc<AmazonS3> {
        Arc::clone(&self.store)
    }

    /// What every key begins with.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// How long one step may take.
    pub(super) const fn patience(&self) -> Duration {
        self.patience
    }

    /// Asks the bucket itself; `None` when the server does not know the question.
    pub(super) async fn ask(&self, query: &[(&str, &str)]) -> Result<Option<Bytes>> {
        let answer = self.send("GET", "", query).await?;
        match answer.status {
            200..=299 => Ok(Some(answer.body)),
            405 | 501 => Ok(None),
            status => Err(refusal(status)),
        }
    }

    /// Removes what a key and a query name; nothing there is fine.
    pub(super) async fn delete(&self, key: &str, query: &[(&str, &str)]) -> Result<()> {
        // Such parts would be resolved on the way, and something else removed.
        if key.is_empty() || key.split('/').any(|part| part == "." || part == "..") {
            return Err(StoreFault::Path.into());
        }
        let answer = self.send("DELETE", key, query).await?;
        match answer.status {
            200..=299 => Ok(()),
            404 if !answer.names(NO_BUCKET) => Ok(()),
            status => Err(refusal(status)),
        }
    }

    /// Sends a request that may be repeated, until it is answered or the patience ends.
    async fn send(&self, method: &str, key: &str, query: &[(&str, &str)]) -> Result<Answer> {
        in_time(self.patience, async {
            let mut pause = FIRST_PAUSE;
            for _ in 0..RETRIES {
                match self.send_once(method, key, query).await {
                    Ok(answer) if !answer.is_trouble() => return Ok(answer),
                    Ok(_) | Err(_) => tokio::time::sleep(pause).await,
                }
                pause *= 4;
            }
            self.send_once(method, key, query).await
        })
        .await
    }

    async fn send_once(&self, method: &str, key: &str, query: &[(&str, &str)]) -> Result<Answer> {
        let request = self.request(method, key, query).await?;
        let response = self.client.execute(request).await.map_err(|error| told_http(&error))?;
        let status = response.status().as_u16();
        Ok(Answer { status, body: collect(response.into_body()).await? })
    }

    async fn request(&self, method: &str, key: &str, query: &[(&str, &str)]) -> Result<HttpRequest> {
        let malformed = || PlatformError::from(StoreFault::Path);
        let pairs: Vec<String> =
            query.iter().map(|(name, value)| format!("{name}={}", escaped(value, false))).collect();
        let address = format!("{}/{}?{}", self.url, escaped(key, true), pairs.join("&"));
        let mut request = HttpRequest::new(HttpRequestBody::empty());
        *request.method_mut() = method.parse().map_err(|_| malformed())?;
        *request.uri_mut() = address.trim_end_matches('?').parse().map_err(|_| malformed())?;
        let credential = self.store.credentials().get_credential().await.map_err(told)?;
        AwsAuthorizer::new(&credential, "s3", &self.region)
            .try_authorize(&mut request, None)
            .map_err(told)?;
        Ok(request)
    }
}

impl Answer {
    /// Whether another try may end better.
    fn is_trouble(&self) -> bool {
        matches!(self.status, 408 | 429 | 500 | 502 | 503 | 504)
    }

    fn names(&self, code: &str) -> bool {
        self.body.windows(code.len()).any(|window| window == code.as_bytes())
    }
}

fn refusal(status: u16) -> PlatformError {
    match status {
        401 | 403 => StoreFault::Denied.into(),
        404 => StoreFault::Absent.into(),
        status => StoreFault::Status(status).into(),
    }
}

async fn collect(body: HttpResponseBody) -> Result<Bytes> {
    let mut pieces = body.bytes_stream();
    let mut whole = Vec::new();
    while let Some(piece) = pieces.next().await {
        whole.extend_from_slice(&piece.map_err(|error| told_http(&error))?);
        if whole.len() > ANSWER_BYTES_MAX {
            return Err(StoreFault::Garbled.into());
        }
    }
    Ok(whole.into())
}

/// Escapes everything that S3's signature wants escaped; in a path, slashes stay.
fn escaped(text: &str, path: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            b'/' if path => escaped.push('/'),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_queries_are_escaped_as_they_are_signed() {
        assert_eq!(escaped("a/b c#1?&é~", true), "a/b%20c%231%3F%26%C3%A9~");
        assert_eq!(escaped("a/b+", false), "a%2Fb%2B");
    }
}
