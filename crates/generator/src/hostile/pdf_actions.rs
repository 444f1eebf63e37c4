//! Files that would have the viewer do something: run a script, start a program, fetch a page, open another file. A reader
//! of statements does none of it, and reads the line.

use super::draft::{CATALOG, Draft, FREE, PAGE};
use super::shelf::Shelf;

/// Nothing listens there, and nothing of the kind is ever asked for.
const AWAY: &str = "http://127.0.0.1:9/away";

pub(super) fn make(shelf: &mut Shelf) {
    let actions = [
        ("script", "<</S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})>>".to_owned()),
        ("script-in-a-stream", "<</S/JavaScript/JS 21 0 R>>".to_owned()),
        ("launch", "<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>".to_owned()),
        ("address", format!("<</S/URI/URI({AWAY})>>")),
        ("file-address", "<</S/URI/URI(file:///etc/passwd)>>".to_owned()),
        ("submit", format!("<</S/SubmitForm/F<</FS/URL/F({AWAY})>>/Flags 4>>")),
        ("import", "<</S/ImportData/F(/etc/passwd)>>".to_owned()),
        ("remote", "<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>".to_owned()),
        ("embedded", "<</S/GoToE/T<</R/C/N(a.pdf)>>/D[0/Fit]>>".to_owned()),
        ("next-is-itself", format!("<</S/JavaScript/JS(1)/Next {FREE} 0 R>>")),
    ];
    for (name, action) in actions {
        let acting = || Draft::new().with(FREE, action.as_str()).stream(21, "", b"app.launchURL('x')");
        for (place, id, entry) in [
            ("opening", CATALOG, format!("/OpenAction {FREE} 0 R")),
            ("closing", CATALOG, format!("/AA<</WC {FREE} 0 R>>")),
            ("page", PAGE, format!("/AA<</O {FREE} 0 R>>")),
            ("link", PAGE, format!("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 612 792]/A {FREE} 0 R>>]")),
        ] {
            let file = acting().replaced(id, "/Type", &format!("{entry}/Type")).file();
            shelf.put("action", &format!("{name}-at-{place}.pdf"), file);
        }
    }
    for (name, entry) in [
        ("file-of-the-system", "<</Type/Filespec/F(/etc/passwd)>>".to_owned()),
        ("network-file", "<</Type/Filespec/FS/URL/F(http://127.0.0.1:9/f)>>".to_owned()),
        ("share", "<</Type/Filespec/F(\\\\\\\\127.0.0.1\\\\share\\\\f)>>".to_owned()),
    ] {
        let content = format!("/Contents 4 0 R/Old {entry}");
        let outside = Draft::new()
            .replaced(PAGE, "/Contents 4 0 R", &content)
            .with(4, format!("<</Length 0/F {entry}/FFilter/FlateDecode>>\nstream\n\nendstream"));
        shelf.put("action", &format!("stream-in-{name}.pdf"), outside.file());
    }
    let attached = Draft::new()
        .replaced(CATALOG, "/Type", "/Names<</EmbeddedFiles<</Names[(../../a.sh) 20 0 R]>>>>/Type")
        .with(FREE, "<</Type/Filespec/F(../../../../tmp/a.sh)/EF<</F 21 0 R>>>>")
        .stream(21, "/Type/EmbeddedFile", b"#!/bin/sh\n");
    shelf.put("action", "attachment-with-a-path.pdf", attached.file());
    let own = Draft::new().file();
    let nested = Draft::new()
        .replaced(CATALOG, "/Type", "/Names<</EmbeddedFiles<</Names[(a.pdf) 20 0 R]>>>>/Type")
        .with(FREE, "<</Type/Filespec/F(a.pdf)/EF<</F 21 0 R>>>>")
        .stream(21, "/Type/EmbeddedFile", &own);
    shelf.put("action", "file-in-a-file.pdf", nested.file());
}
