//! Sweeping a real embedded platform: what is due goes without a trace, and nothing else does.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

mod house;

use house::{Breakage, House, days};
use smartexus_domain::DocumentState;
use smartexus_platform::port::{Actor, EraseCause, HoldOutcome, Lookup, ObjectName};
use smartexus_platform::telemetry::{LogFormat, ServiceRole, Telemetry, TelemetrySettings};
use smartexus_sweeper::{ErasureAnswer, Reason, SweepTrouble};
use std::sync::Arc;

#[tokio::test]
async fn due_documents_lose_everything_and_leave_a_receipt() {
    let house = House::build().await;
    let old = house.settled_document("old").await;
    house.clock.advance(days(50));
    let young = house.settled_document("young").await;
    let at_work = house.accept("at work").await;
    house.clock.advance(days(41));
    let sweeper = house.sweeper();

    let dry = sweeper.once(true).await.expect("a plan");
    assert!(matches!(dry.plan.entries.as_slice(), [entry] if entry.document == old));
    assert!(house.is_whole(old).await, "a dry run changes nothing");
    let real = sweeper.once(false).await.expect("a sweep");
    assert_eq!(dry.plan, real.plan, "what was shown is what was executed");

    assert!(real.succeeded());
    assert_eq!(real.receipts.len(), 1);
    let receipt = &real.receipts[0];
    assert_eq!((receipt.document, receipt.cause), (old, EraseCause::Schedule));
    assert_eq!(receipt.rule.as_deref(), Some("financial-document"));
    assert!(house.is_gone(old).await);
    assert!(house.is_whole(young).await && house.is_whole(at_work).await);
    let shown = serde_json::to_string(&real).expect("serializes");
    assert!(!shown.contains("old.csv"), "no file name in a report");
    let stored = house.world.retention.receipt(house.workspace, receipt.id).await.expect("a look");
    assert_eq!(stored.as_ref(), Some(receipt));
    assert!(house.world.audit.verify(house.workspace).await.expect("a chain").flaw.is_none());
    assert_eq!(sweeper.once(false).await.expect("again").receipts, Vec::new());
}

#[tokio::test]
async fn what_was_made_from_a_document_goes_in_the_same_sweep() {
    let house = House::build().await;
    let old = house.settled_document("old").await;
    house.clock.advance(days(60));
    let young = house.settled_document("young").await;
    let case = house.made_from("case", &[old, young]).await;
    let upon = house.made_from("upon", &[case]).await;
    let aside = house.made_from("aside", &[young]).await;
    house.clock.advance(days(31));
    let sweeper = house.sweeper();
    let report = sweeper.once(false).await.expect("a sweep");
    assert!(report.succeeded());
    assert!(matches!(report.plan.entries.as_slice(), [entry] if entry.document == old));
    let erased: Vec<_> = report.receipts.iter().map(|receipt| receipt.document).collect();
    assert_eq!(erased.len(), 3);
    for gone in [old, case, upon] {
        assert!(erased.contains(&gone) && house.is_gone(gone).await, "{gone}");
    }
    assert!(house.is_whole(young).await && house.is_whole(aside).await);

    // Somebody asks: the same, without waiting for a sweep.
    let answer = sweeper.request_erasure(house.workspace, young, Actor::Operator).await.expect("an answer");
    let ErasureAnswer::Erasing(erasure) = answer else { unreachable!("not refused") };
    sweeper.finish(house.workspace, &erasure).await.expect("a receipt");
    let with_it = sweeper.finish_derived(house.workspace, &erasure).await.expect("listed");
    assert!(matches!(with_it.as_slice(), [Ok(receipt)] if receipt.document == aside));
    assert!(house.is_gone(young).await && house.is_gone(aside).await);
}

#[tokio::test]
async fn the_last_day_is_kept_and_the_next_is_not() {
    let house = House::build().await;
    let document = house.settled_document("edge").await;
    house.clock.advance(days(90));
    assert_eq!(house.sweeper().once(false).await.expect("a sweep").receipts, Vec::new());
    assert!(house.is_whole(document).await);
    house.clock.advance(days(1));
    assert_eq!(house.sweeper().once(false).await.expect("a sweep").receipts.len(), 1);
}

#[tokio::test]
async fn a_hold_wins_over_schedule_and_wish() {
    let house = House::build().await;
    let document = house.settled_document("held").await;
    let hold = |held| house.world.retention.set_hold(house.workspace, document, held, Actor::Operator);
    assert_eq!(hold(true).await.expect("a hold"), HoldOutcome::Changed);
    house.clock.advance(days(400));
    let sweeper = house.sweeper();
    let report = sweeper.once(false).await.expect("a sweep");
    assert_eq!(report.plan.entries[0].because, Reason::Held);
    let answer =
        sweeper.request_erasure(house.workspace, document, Actor::Operator).await.expect("an answer");
    assert!(matches!(answer, ErasureAnswer::Refused(entry) if entry.because == Reason::Held));
    assert!(house.is_whole(document).await);
    hold(false).await.expect("a release");
    assert_eq!(sweeper.once(false).await.expect("a sweep").receipts.len(), 1);
}

#[tokio::test]
async fn a_wish_is_visible_at_once_and_finished_by_the_next_sweep() {
    let house = House::build().await;
    let document = house.accept("unwanted").await;
    let sweeper = house.sweeper();
    let ask = || sweeper.request_erasure(house.workspace, document, Actor::Operator);
    let ErasureAnswer::Erasing(erasure) = ask().await.expect("an answer") else {
        unreachable!("not refused")
    };
    let seen = house.world.documents.document(house.workspace, document).await.expect("a look");
    assert!(matches!(seen, Lookup::Gone(gone) if gone.receipt == erasure.receipt && !gone.finished));
    assert!(house.world.jobs.claim(&[]).await.expect("a claim").is_none(), "its job is out of the queue");
    assert!(matches!(ask().await.expect("asking twice"), ErasureAnswer::Erasing(_)));
    let report = sweeper.once(false).await.expect("a sweep");
    assert_eq!(report.resumed, vec![document]);
    assert_eq!(report.receipts[0].cause, EraseCause::Request);
    assert!(house.is_gone(document).await);
    assert_eq!(ask().await.expect("asking late"), ErasureAnswer::Erased(erasure.receipt));
    let stranger = house.world.ids.document().expect("an id");
    let answer =
        sweeper.request_erasure(house.workspace, stranger, Actor::Operator).await.expect("an answer");
    assert_eq!(answer, ErasureAnswer::Absent);
}

#[tokio::test]
async fn killed_anywhere_the_next_sweep_finishes() {
    let mut polls = 1;
    loop {
        let house = House::build().await;
        let due = [house.settled_document("a").await, house.settled_document("b").await];
        house.clock.advance(days(60));
        let kept = house.settled_document("kept").await;
        house.clock.advance(days(31));
        let sweeper = house.sweeper();
        let finished = house::cut_after(polls, sweeper.once(false)).await;
        drop(sweeper);
        house
            .sweeper()
            .once(false)
            .await
            .expect("the next sweep")
            .succeeded()
            .then_some(())
            .expect("no failure");
        for document in due {
            assert!(house.is_gone(document).await, "cut after {polls} polls");
        }
        assert!(house.is_whole(kept).await, "cut after {polls} polls");
        if finished {
            break;
        }
        polls += 1;
    }
    assert!(polls > 10, "the sweep was cut at {polls} places only");
}

#[tokio::test]
async fn one_bad_document_blocks_no_other_and_turns_readiness_red() {
    let mut house = House::build().await;
    let bad = house.settled_document("bad").await;
    let good = house.settled_document("good").await;
    house.clock.advance(days(91));
    let breakage = Arc::new(Breakage::new(Arc::clone(&house.world.blobs), bad));
    house.world.blobs = Arc::<Breakage>::clone(&breakage) as _;
    let sweeper = house.sweeper();
    let report = sweeper.once(false).await.expect("a sweep");
    assert_eq!(report.failures.len(), 1);
    assert_eq!(report.failures[0].document, Some(bad));
    assert!(house.is_gone(good).await);
    assert!(!house.world.keys.holds(house.workspace, bad).await.expect("a look"), "the key went first");
    assert_eq!(sweeper.health().last_success_at, None);
    house.clock.advance(house::minutes(11));
    assert_eq!(sweeper.trouble(), Some(SweepTrouble::Overdue));
    breakage.repair();
    assert!(sweeper.once(false).await.expect("a sweep").succeeded());
    assert_eq!(sweeper.trouble(), None);
    assert!(house.is_gone(bad).await);
}

#[tokio::test]
async fn orphans_go_and_uploads_in_flight_stay() {
    let house = House::build().await;
    let document = house.settled_document("kept").await;
    let abandoned = house.half_upload().await;
    let stray = house.stray_object(document).await;
    let foreign = house.foreign_file();
    // Files carry the machine's own time, so the test's clock leaps past it instead of waiting.
    house.clock.advance(house::minutes(30));
    let early = house.sweeper().once(false).await.expect("a sweep");
    assert_eq!(early.orphans.count(), 0, "younger than the horizon");
    house.clock.advance(house::minutes(31));
    let dry = house.sweeper().once(true).await.expect("a plan");
    let real = house.sweeper().once(false).await.expect("a sweep");
    assert_eq!(dry.orphans, real.orphans, "what was counted is what was removed");
    assert_eq!((real.orphans.intents, real.orphans.objects, real.orphans.files), (1, 1, 1));
    assert!(!foreign.exists());
    assert!(!house.world.keys.holds(house.workspace, abandoned).await.expect("a look"));
    assert!(house.world.blobs.get(&stray).await.is_err());
    assert!(house.world.blobs.get(&ObjectName::source(house.workspace, document)).await.is_ok());
    assert!(house.is_whole(document).await);
    assert_eq!(house.sweeper().once(false).await.expect("again").orphans.count(), 0);
}

#[tokio::test]
async fn a_clock_that_jumps_pauses_the_schedule_but_no_wish() {
    let mut house = House::build().await;
    let document = house.settled_document("safe").await;
    let unwanted = house.settled_document("unwanted").await;
    house.world.clock = Arc::new(house::WallOnly(Arc::clone(&house.clock)));
    let sweeper = house.sweeper();
    assert!(sweeper.once(false).await.expect("a sweep").succeeded());
    house.clock.advance(days(400));
    sweeper.request_erasure(house.workspace, unwanted, Actor::Operator).await.expect("an answer");
    let report = sweeper.once(false).await.expect("a sweep");
    assert!(report.paused.is_some_and(|jump| jump.by_s == 400 * 86_400));
    assert_eq!(report.plan.entries, Vec::new());
    assert!(house.is_whole(document).await);
    assert!(house.is_gone(unwanted).await);
    assert_eq!(sweeper.trouble(), Some(SweepTrouble::ClockJump));
}

#[tokio::test]
async fn the_schedule_finishes_wishes_and_stops_when_told() {
    let house = House::build().await;
    let document = house.accept("unwanted").await;
    let sweeper = house.sweeper();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let scheduled = sweeper.run(async {
        let _told = stopped.await;
    });
    let wish = async {
        sweeper.request_erasure(house.workspace, document, Actor::Operator).await.expect("an answer");
        // The document is gone in the middle of a sweep; the sweep is a success at its end.
        while !house.is_gone(document).await || sweeper.health().last_success_at.is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        stop.send(()).expect("it still runs");
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), async { tokio::join!(scheduled, wish) })
        .await
        .expect("both end");
    assert!(sweeper.health().last_success_at.is_some());
}

#[tokio::test]
async fn of_two_on_one_schedule_one_sweeps_until_it_stops() {
    let house = House::build().await;
    let often = std::time::Duration::from_millis(10);
    let (first, second) = (house.sweeper_every(often), house.sweeper_every(often));
    let (stop_first, first_stopped) = tokio::sync::oneshot::channel::<()>();
    let (stop_second, second_stopped) = tokio::sync::oneshot::channel::<()>();
    let story = async {
        while first.health().last_success_at.is_none() {
            tokio::time::sleep(often).await;
        }
        let follower = second.run(async { drop(second_stopped.await) });
        let watching = async {
            while second.health().elsewhere_at.is_none() {
                tokio::time::sleep(often).await;
            }
            assert_eq!(second.health().last_success_at, None, "one sweeps, the other watches");
            stop_first.send(()).expect("it still runs");
            while second.health().last_success_at.is_none() {
                tokio::time::sleep(often).await;
            }
            stop_second.send(()).expect("it still runs");
        };
        tokio::join!(follower, watching);
    };
    let both = async { tokio::join!(first.run(async { drop(first_stopped.await) }), story) };
    tokio::time::timeout(std::time::Duration::from_secs(30), both).await.expect("the other takes over");
}

#[tokio::test]
async fn a_follower_whose_clock_jumped_erases_nothing_when_it_leads() {
    let mut house = House::build().await;
    let document = house.settled_document("kept").await;
    let often = std::time::Duration::from_millis(10);
    let first = house.sweeper_every(often);
    // The second one's wall clock can jump; both share the cache.
    house.world.clock = Arc::new(house::WallOnly(Arc::clone(&house.clock)));
    let second = house.sweeper_every(often);
    let (stop_first, first_stopped) = tokio::sync::oneshot::channel::<()>();
    let (stop_second, second_stopped) = tokio::sync::oneshot::channel::<()>();
    let story = async {
        while first.health().last_success_at.is_none() {
            tokio::time::sleep(often).await;
        }
        let watching = async {
            while second.health().elsewhere_at.is_none() {
                tokio::time::sleep(often).await;
            }
            stop_first.send(()).expect("it still runs");
            house.clock.advance(days(4000));
            while second.trouble() != Some(SweepTrouble::ClockJump) {
                tokio::time::sleep(often).await;
            }
            // It leads and sweeps by now, or will; either way the jump is known.
            let report = second.once(false).await.expect("a sweep");
            assert!(report.paused.is_some());
            stop_second.send(()).expect("it still runs");
        };
        tokio::join!(second.run(async { drop(second_stopped.await) }), watching);
    };
    let both = async { tokio::join!(first.run(async { drop(first_stopped.await) }), story) };
    tokio::time::timeout(std::time::Duration::from_secs(30), both).await.expect("the other takes over");
    assert!(house.is_whole(document).await);
}

#[tokio::test]
async fn the_whole_picture_names_every_document() {
    let house = House::build().await;
    let settled = house.settled_document("settled").await;
    let at_work = house.accept("at work").await;
    let strange = house.accept_with_class("strange", "no-such-class").await;
    let plan = house.sweeper().plan_all().await.expect("a plan");
    let reason =
        |id| plan.entries.iter().find(|entry| entry.document == id).map(|entry| entry.because.as_str());
    assert_eq!(reason(settled), Some("kept_until"));
    assert_eq!(reason(at_work), Some("anchor_open"));
    assert_eq!(reason(strange), Some("unknown_class"));
    assert_eq!(plan.erasures().count(), 0);
    let seen = house.world.documents.document(house.workspace, settled).await.expect("a look").found();
    assert_eq!(seen.expect("found").state, DocumentState::Approved);
}

/// The only test of this file that starts telemetry, which can be started once a process.
#[tokio::test]
async fn sweeps_are_counted_and_their_log_lines_tied_together() {
    let log = Arc::new(std::sync::Mutex::new(Vec::new()));
    let writer = LogLines(Arc::clone(&log));
    let settings = TelemetrySettings {
        log_format: LogFormat::Json,
        log_filter: "info,sqlx=off".to_owned(),
        otlp_endpoint: None,
        service_role: ServiceRole::Sweeper,
    };
    let telemetry = Telemetry::start_with_writer(&settings, move || writer.clone()).expect("telemetry");
    let counted = |line: &str| telemetry.render().lines().any(|found| found == line);

    let mut house = House::build().await;
    let bad = house.settled_document("bad").await;
    house.settled_document("good").await;
    house.clock.advance(days(91));
    let breakage = Arc::new(Breakage::new(Arc::clone(&house.world.blobs), bad));
    house.world.blobs = Arc::<Breakage>::clone(&breakage) as _;
    let sweeper = house.sweeper();
    sweeper.once(false).await.expect("a sweep");
    assert!(counted("smartexus_retention_overdue 1"), "{}", telemetry.render());
    assert!(!telemetry.render().contains("smartexus_sweep_last_success_timestamp_seconds "));
    breakage.repair();
    sweeper.once(false).await.expect("a sweep");
    let ended_at = house.world.clock.now().as_second();
    for line in [
        "smartexus_retention_overdue 0",
        "smartexus_erasures_total{store=\"keys\"} 2",
        "smartexus_erasures_total{store=\"blobs\"} 2",
        "smartexus_erasures_total{store=\"database\"} 2",
        &format!("smartexus_sweep_last_success_timestamp_seconds {ended_at}"),
    ] {
        assert!(counted(line), "no {line} in\n{}", telemetry.render());
    }

    let log = String::from_utf8(log.lock().expect("not poisoned").clone()).expect("text");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let traces: Vec<&str> = lines.iter().filter_map(|line| line["span"]["trace_id"].as_str()).collect();
    assert_eq!(traces.len(), lines.len(), "{log}");
    let distinct: std::collections::BTreeSet<&str> = traces.iter().copied().collect();
    assert_eq!(distinct.len(), 2, "one for each sweep: {log}");
    for message in ["sweep planned", "document erased", "erasure stopped", "sweep proved"] {
        assert!(lines.iter().any(|line| line["message"] == message), "{message}");
    }
}

#[derive(Clone)]
struct LogLines(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for LogLines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().map_err(|_| std::io::ErrorKind::Other)?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
