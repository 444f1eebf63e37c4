//! A model outside, from a setting to a row: against a server of our own on this machine.

use crate::support::Desk;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

const ROWS: &str = "Date,Description,Amount,Balance\n\
    2026-03-01,QUXVORNE BLAFNER 0012,-15.00,85.00\n\
    2026-03-02,BLUE HERON COFFEE 0012,-2.50,82.50\n";
const PIPELINE: &str = include_str!("../../../../pipelines/bank-statement.yaml");

/// Answers one request, and hands on what was asked.
fn server() -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let (told, asked) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut request, mut piece) = (String::new(), [0; 4096]);
        while !request.contains("json_object") {
            let read = socket.read(&mut piece).unwrap();
            request.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
        let answers = r#"{\"answers\":[{\"id\":0,\"category\":\"biz.office\",\"confidence\":0.7}]}"#;
        let body = format!(r#"{{"choices":[{{"message":{{"role":"assistant","content":"{answers}"}}}}]}}"#);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        socket.write_all((head + &body).as_bytes()).unwrap();
        told.send(request).unwrap();
    });
    (url, asked)
}

#[test]
fn a_model_is_asked_when_a_setting_and_the_pipeline_say_so() {
    let desk = Desk::new();
    desk.file("rows.csv", ROWS);
    let asking = PIPELINE
        .replace("name: bank-statement", "name: asking")
        .replace("use: categorize }", "use: categorize, with: { endpoint: ask } }");
    desk.file("pipelines/asking.yaml", asking);
    let (url, asked) = server();
    let read = |pipeline: &str| {
        let mut command = desk.command(&["process", "rows.csv", "--json", "--pipeline", pipeline]);
        command.env("SMARTEXUS_PIPELINES_DIR", desk.path("pipelines"));
        command.env("SMARTEXUS_ENDPOINT_URL", &url).env("SMARTEXUS_ENDPOINT_MODEL", "small-1");
        command.env("SMARTEXUS_ENDPOINT_KEY", "k-1");
        let ran = crate::support::Ran::of(command.output().unwrap()).ended(0).objects();
        let row = &ran[0]["statements"][0]["transactions"][0];
        (row["category"].as_str().unwrap().to_owned(), row["category_reason"].as_str().unwrap().to_owned())
    };
    assert!(!read("bank-statement").1.contains("endpoint"), "a pipeline that does not ask for it");
    assert!(asked.try_recv().is_err(), "nothing was sent");
    let (category, reason) = read("asking");
    assert_eq!(category, "biz.office");
    assert!(reason.starts_with("endpoint:small-1 "), "{reason}");
    let sent = asked.recv().unwrap();
    assert!(sent.starts_with("POST /v1/chat/completions ") && sent.contains("quxvorne blafner"));
    assert!(!sent.contains("0012") && !sent.contains("15.00") && !sent.contains("2026-03"), "{sent}");
}

#[test]
fn an_endpoint_that_is_not_safe_is_refused_before_anything_is_read() {
    let desk = Desk::new();
    desk.file("rows.csv", ROWS);
    for (url, model) in [
        ("http://models.example/v1", Some("m")),
        ("https://me:pw@models.example/v1", Some("m")),
        ("https://models.example/v1", None),
    ] {
        let mut command = desk.command(&["process", "rows.csv"]);
        command.env("SMARTEXUS_ENDPOINT_URL", url);
        model.map(|model| command.env("SMARTEXUS_ENDPOINT_MODEL", model));
        let ran = crate::support::Ran::of(command.output().unwrap()).ended(78);
        assert!(!ran.stderr.contains("pw"), "{}", ran.stderr);
    }
}
