//! An OpenAI-compatible chat endpoint: `POST <url>/chat/completions`. Only the configured address is ever called: no
//! redirect is followed, no proxy of the environment is used, and without TLS nothing but this machine is reached.

use crate::Secret;
use crate::link::is_this_machine;
use crate::port::{Adviser, AskFault};
use async_trait::async_trait;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// Largest reply: forty answers need less than a tenth.
pub const REPLY_BYTES_MAX: usize = 256 * 1024;
/// Longest name of a model; it stands in reasons.
pub const MODEL_CHARS_MAX: usize = 64;

/// Where a model is, and how it is asked. No `Debug`: the key is a secret.
#[derive(Clone)]
pub struct ChatSettings {
    /// For instance `https://models.example/v1`: `https`, or `http` to this machine.
    pub url: String,
    /// For instance `small-1`.
    pub model: String,
    /// Sent as `Authorization: Bearer`.
    pub key: Option<Secret>,
    /// Longest time for one reply.
    pub timeout: Duration,
}

impl ChatSettings {
    /// Longest time by default.
    pub const TIMEOUT: Duration = Duration::from_secs(20);
}

/// Why an endpoint can never be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChatFault {
    /// The address is none, or has a user, a query or a fragment.
    #[error("its address is not of the form https://host/path")]
    Url,
    /// Names would cross the network in clear.
    #[error("its address is not https, and only this machine is reached without")]
    Open,
    /// The model's name is empty, too long, or has strange characters.
    #[error("its model is not 1 to 64 letters, digits, '.', ':', '/', '_' or '-'")]
    Model,
    /// The key cannot stand in a header.
    #[error("its key has characters that no key has")]
    Key,
    /// This machine gives no roots to verify it with.
    #[error("TLS cannot be set up on this machine")]
    Tls,
}

/// An endpoint that can be asked.
pub struct ChatEndpoint {
    client: Client,
    url: Url,
    model: String,
    key: Option<Secret>,
}

impl ChatEndpoint {
    /// Checks the settings; nothing is called.
    ///
    /// # Errors
    /// [`ChatFault`] for settings that can never work.
    pub fn new(settings: ChatSettings) -> Result<Self, ChatFault> {
        let url = address(&settings.url)?;
        let named = |c: char| c.is_ascii_alphanumeric() || ".:/_-".contains(c);
        let length = settings.model.chars().count();
        if !(1..=MODEL_CHARS_MAX).contains(&length) || !settings.model.chars().all(named) {
            return Err(ChatFault::Model);
        }
        let visible = |key: &Secret| key.expose().bytes().all(|byte| byte.is_ascii_graphic());
        if !settings.key.as_ref().is_none_or(visible) {
            return Err(ChatFault::Key);
        }
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .https_only(url.scheme() == "https")
            .timeout(settings.timeout)
            .build()
            .map_err(|_| ChatFault::Tls)?;
        Ok(Self { client, url, model: settings.model, key: settings.key })
    }

    async fn once(&self, body: &str) -> Result<String, AskFault> {
        let mut request = self.client.post(self.url.clone()).header("content-type", "application/json");
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.expose());
        }
        let response = request.body(body.to_owned()).send().await.map_err(|error| fault(&error))?;
        if !response.status().is_success() {
            return Err(AskFault::Status(response.status().as_u16()));
        }
        let reply: Reply = serde_json::from_slice(&read(response).await?).map_err(|_| AskFault::Malformed)?;
        let first = reply.choices.into_iter().next().ok_or(AskFault::Malformed)?;
        Ok(first.message.content)
    }
}

/// What is taken of a reply; it may have more.
#[derive(Deserialize)]
struct Reply {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

fn address(text: &str) -> Result<Url, ChatFault> {
    let mut url = Url::parse(text).map_err(|_| ChatFault::Url)?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        _ if !plain || host.is_empty() => return Err(ChatFault::Url),
        "https" => {}
        "http" if is_this_machine(host) => {}
        "http" => return Err(ChatFault::Open),
        _ => return Err(ChatFault::Url),
    }
    let path = format!("{}/chat/completions", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// Piece by piece, so that a reply without end takes no memory.
async fn read(mut response: Response) -> Result<Vec<u8>, AskFault> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
        if bytes.len() + piece.len() > REPLY_BYTES_MAX {
            return Err(AskFault::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn fault(error: &reqwest::Error) -> AskFault {
    if error.is_timeout() { AskFault::Slow } else { AskFault::Away }
}

#[async_trait]
impl Adviser for ChatEndpoint {
    fn model(&self) -> &str {
        &self.model
    }

    async fn ask(&self, system: &str, user: &str) -> Result<String, AskFault> {
        let body = json!({
            "model": self.model,
            "temperature": 0,
            "messages": [{ "role": "system", "content": system }, { "role": "user", "content": user }],
            "response_format": { "type": "json_object" },
        })
        .to_string();
        match self.once(&body).await {
            Err(fault) if fault.may_pass() => self.once(&body).await,
            answer => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::Mutex;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// Answers each request with the next of these, the last one again and again; keeps what it was asked.
    async fn server(answers: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        tokio::spawn(async move {
            for number in 0.. {
                let (mut socket, _) = listener.accept().await.unwrap();
                let answer = answers[number.min(answers.len() - 1)].clone();
                let mut request = String::new();
                let mut piece = [0; 4096];
                while !request.contains("json_object") {
                    let read = socket.read(&mut piece).await.unwrap();
                    if read == 0 {
                        break;
                    }
                    request.push_str(&String::from_utf8_lossy(&piece[..read]));
                }
                kept.lock().unwrap().push(request);
                // Whoever asked may have gone.
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        (url, asked)
    }

    fn answer(status: &str, body: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: http://127.0.0.1:9/\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    }

    fn endpoint(url: &str) -> ChatEndpoint {
        let key = Some(Secret::new("k-1".to_owned()));
        let timeout = Duration::from_millis(400);
        let settings = ChatSettings { url: url.to_owned(), model: "small-1".to_owned(), key, timeout };
        ChatEndpoint::new(settings).unwrap()
    }

    const GOOD: &str = r#"{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"{}"}}]}"#;

    #[tokio::test]
    async fn a_question_is_posted_with_its_key_and_answered() {
        let (url, asked) = server(vec![answer("200 OK", GOOD)]).await;
        assert_eq!(endpoint(&url).ask("sort", "rows").await, Ok("{}".to_owned()));
        let asked = asked.lock().unwrap();
        assert_eq!(asked.len(), 1);
        assert!(asked[0].starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{}", asked[0]);
        assert!(asked[0].to_lowercase().contains("authorization: bearer k-1\r\n"));
        assert!(asked[0].contains(r#""temperature":0"#) && asked[0].contains(r#""model":"small-1""#));
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_once_more_and_the_rest_is_not() {
        for (answers, expected, times) in [
            (vec![answer("503 No", ""), answer("200 OK", GOOD)], Ok("{}".to_owned()), 2),
            (vec![answer("500 No", "")], Err(AskFault::Status(500)), 2),
            (vec![answer("429 No", "")], Err(AskFault::Status(429)), 2),
            (vec![answer("401 No", "")], Err(AskFault::Status(401)), 1),
            // Not followed: the address that it names is not the configured one.
            (vec![answer("302 Found", "")], Err(AskFault::Status(302)), 1),
            (vec![answer("307 Moved", "")], Err(AskFault::Status(307)), 1),
            (vec![answer("200 OK", "not json")], Err(AskFault::Malformed), 1),
            (vec![answer("200 OK", r#"{"choices":[]}"#)], Err(AskFault::Malformed), 1),
            (vec![answer("200 OK", &" ".repeat(REPLY_BYTES_MAX + 1))], Err(AskFault::TooLarge), 1),
            (vec![String::new()], Err(AskFault::Away), 2),
        ] {
            let shown = answers[0].lines().next().unwrap_or_default().to_owned();
            let (url, asked) = server(answers).await;
            assert_eq!(endpoint(&url).ask("s", "u").await, expected, "{shown}");
            assert_eq!(asked.lock().unwrap().len(), times, "{shown}");
        }
        let padded = format!("{GOOD}{}", " ".repeat(REPLY_BYTES_MAX - GOOD.len()));
        let (url, _) = server(vec![answer("200 OK", &padded)]).await;
        assert_eq!(endpoint(&url).ask("s", "u").await, Ok("{}".to_owned()), "just at the limit");
    }

    #[tokio::test]
    async fn whoever_does_not_answer_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        assert_eq!(endpoint(&url).ask("s", "u").await, Err(AskFault::Slow));
        drop(listener);
        assert_eq!(endpoint(&url).ask("s", "u").await, Err(AskFault::Away));
    }

    #[test]
    fn only_addresses_that_are_safe_to_call_are_taken() {
        let refused = |url: &str, model: &str, key: &str| {
            let key = Some(Secret::new(key.to_owned()));
            let (url, model, timeout) = (url.to_owned(), model.to_owned(), ChatSettings::TIMEOUT);
            ChatEndpoint::new(ChatSettings { url, model, key, timeout }).err()
        };
        for url in [
            "https://models.example/v1",
            "https://10.0.0.7:8443",
            "http://127.0.0.1:11434/v1",
            "http://localhost:1/",
            "http://[::1]:1/v1/",
        ] {
            assert_eq!(refused(url, "m", "k"), None, "{url}");
        }
        for url in [
            "http://models.example/v1",
            "http://10.0.0.7/v1",
            "http://169.254.169.254/latest",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://0.0.0.0/",
        ] {
            assert_eq!(refused(url, "m", "k"), Some(ChatFault::Open), "{url}");
        }
        for url in [
            "",
            "models.example",
            "file:///etc/passwd",
            "ftp://models.example",
            "https://me:pw@models.example",
            "https://models.example/?x=1",
            "https://models.example/#x",
        ] {
            assert_eq!(refused(url, "m", "k"), Some(ChatFault::Url), "{url}");
        }
        let url = "https://models.example";
        assert_eq!(refused(url, &"m".repeat(MODEL_CHARS_MAX), "k"), None);
        for model in ["", "two words", "line\nbreak", &"m".repeat(MODEL_CHARS_MAX + 1)] {
            assert_eq!(refused(url, model, "k"), Some(ChatFault::Model), "{model}");
        }
        assert_eq!(refused(url, "m", "k\r\nx: y"), Some(ChatFault::Key));
    }
}
