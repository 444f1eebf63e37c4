//! Completing an upload in parts only where nothing is yet.

use async_trait::async_trait;
use object_store::ClientOptions;
use object_store::HeaderValue;
use object_store::client::{HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService};

/// The HTTP client of one bucket, shared by all who ask it.
#[derive(Debug, Clone)]
pub(super) struct WriteOnce(HttpClient);

impl WriteOnce {
    pub(super) fn new(client: HttpClient) -> Self {
        Self(client)
    }
}

#[async_trait]
impl HttpService for WriteOnce {
    /// `object_store` makes the single put conditional and leaves the completion of an upload in parts
    /// unconditional. The header says the same there. It is not signed, which S3 does not ask for; a server that
    /// does not know it ignores it.
    async fn call(&self, mut request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let completes = *request.method() == "POST"
            && request
                .uri()
                .query()
                .is_some_and(|query| query.split('&').any(|q| q.starts_with("uploadId=")));
        if completes {
            request.headers_mut().insert("if-none-match", HeaderValue::from_static("*"));
        }
        self.0.execute(request).await
    }
}

impl HttpConnector for WriteOnce {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}
