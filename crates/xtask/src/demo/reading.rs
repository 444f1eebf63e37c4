//! One line of `smartexus process --json`, as far as the demo shows it.

use crate::json::Json;

/// What the program said about one file.
pub(crate) struct Reading {
    json: Json,
}

impl Reading {
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let json = Json::parse(line)?;
        match json.get("schema").and_then(Json::text) {
            Some("smartexus.result/1") => Ok(Self { json }),
            other => Err(format!("expected smartexus.result/1, found {}", other.unwrap_or("no schema"))),
        }
    }

    pub(super) fn file(&self) -> &str {
        self.json.get("file").and_then(Json::text).unwrap_or_default()
    }

    pub(super) fn status(&self) -> &str {
        self.json.get("status").and_then(Json::text).unwrap_or_default()
    }

    pub(super) fn statements(&self) -> &[Json] {
        self.json.get("statements").map(Json::items).unwrap_or_default()
    }

    /// The bank as printed; a dash where none is.
    pub(super) fn issuer(&self) -> &str {
        let account = self.statements().first().and_then(|statement| statement.get("account"));
        account.and_then(|account| account.get("institution")).and_then(Json::text).unwrap_or("–")
    }

    pub(super) fn rows(&self) -> usize {
        self.statements().iter().map(|statement| rows_of(statement).len()).sum()
    }

    /// The verdict of every statement in the file; one word where they agree.
    pub(super) fn verdict(&self) -> String {
        let mut verdicts: Vec<&str> = self.statements().iter().filter_map(verdict_of).collect();
        verdicts.dedup();
        verdicts.join(", ")
    }

    pub(super) fn milliseconds(&self) -> f64 {
        let timings = self.json.get("timings_ms").into_iter().flat_map(Json::values);
        timings.filter_map(Json::number).sum()
    }

    /// The first broken row of a statement whose arithmetic does not hold, in words.
    pub(super) fn first_broken(&self) -> Option<String> {
        let broken =
            self.statements().iter().find(|statement| verdict_of(statement) == Some("discrepancy"))?;
        let failed: Vec<&Json> =
            items(broken, "checks").iter().filter(|check| text(check, "outcome") == Some("fail")).collect();
        let check = failed.iter().find(|check| check.get("row").is_some_and(|row| row.number().is_some()));
        let check = check.or_else(|| failed.first())?;
        let mut words = format!("Caught: {}\n", self.file());
        let place = match row_with_seq(broken, check) {
            Some(row) => format!("row {}", describe(row)),
            None => "the statement as a whole".to_owned(),
        };
        words += &format!("  first broken   {place}\n");
        words += &format!("  check          {}\n", text(check, "check").unwrap_or("–").replace('_', " "));
        words += &format!("  expected       {}\n", text(check, "expected").unwrap_or("–"));
        words += &format!("  found          {}\n", text(check, "found").unwrap_or("–"));
        for repair in items(broken, "repairs") {
            words += &format!("  would hold if  {}\n", describe_repair(repair));
        }
        Some(words)
    }
}

pub(super) fn verdict_of(statement: &Json) -> Option<&str> {
    text(statement, "verdict")
}

pub(super) fn rows_of(statement: &Json) -> &[Json] {
    items(statement, "transactions")
}

fn items<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).map(Json::items).unwrap_or_default()
}

fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Json::text)
}

fn row_with_seq<'a>(statement: &'a Json, check: &Json) -> Option<&'a Json> {
    let wanted = check.get("row")?.number()?;
    rows_of(statement).iter().find(|row| row.get("seq").and_then(Json::number) == Some(wanted))
}

fn describe(row: &Json) -> String {
    let seq = row.get("seq").and_then(Json::number).unwrap_or_default();
    let words = ["date", "description", "amount"].map(|name| text(row, name).unwrap_or("–"));
    format!("{seq}: {}", words.join("  "))
}

fn describe_repair(repair: &Json) -> String {
    let word = |name| text(repair, name).unwrap_or("–");
    let row = repair.get("row").and_then(Json::number).unwrap_or_default();
    format!("{} of row {row} were {} instead of {}", word("field"), word("to"), word("from"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"schema":"smartexus.result/1","file":"a.pdf","status":"needs_review","timings_ms":{"extract":1.5,"parse":2},
        "statements":[{"account":{"institution":"Harbour Bank"},"verdict":"discrepancy",
        "checks":[{"check":"opening_to_closing","outcome":"fail","row":null,"expected":"1.00","found":"2.00"},
                  {"check":"running_balance","outcome":"fail","row":2,"expected":"10.00","found":"20.00"}],
        "repairs":[{"row":2,"field":"amount","from":"20.00","to":"10.00"}],
        "transactions":[{"seq":1},{"seq":2,"date":"2026-03-02","description":"CARD","amount":"20.00"}]}]}"#;

    #[test]
    fn shows_the_first_broken_row() {
        let reading = Reading::parse(LINE).unwrap();
        assert_eq!(
            (reading.issuer(), reading.rows(), reading.verdict().as_str()),
            ("Harbour Bank", 2, "discrepancy")
        );
        let words = reading.first_broken().unwrap();
        for part in [
            "row 2: 2026-03-02  CARD  20.00",
            "running balance",
            "expected       10.00",
            "found          20.00",
        ] {
            assert!(words.contains(part), "{words}");
        }
        assert!(words.contains("amount of row 2 were 10.00 instead of 20.00"), "{words}");
    }

    #[test]
    fn another_shape_is_refused() {
        assert!(Reading::parse(r#"{"schema":"smartexus.pages/1"}"#).is_err());
        assert!(Reading::parse("{}").is_err());
    }
}
