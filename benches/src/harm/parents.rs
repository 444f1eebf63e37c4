//! The honest documents that mutants are made of: our fixtures, and small ones of each further kind.

use anyhow::Context;
use smartexus_generator::scan::{self, Bitmap, Codec, TiffCodec};
use smartexus_simulation::havoc::{Material, Parent};
use smartexus_simulation::{Fixture, Repository};

/// A picture is read over and over: this many dots a side are enough.
const PICTURE_DPI: u32 = 40;

const MT940: &str = ":20:START\n:25:10020030/1234567\n:28C:1/1\n:60F:C260301EUR100,00\n:61:2603020302D2,50NMSCNONREF\n:86:020?00PAYMENT?20TEA AND CAKE\n:61:2603030303C12,00NMSCNONREF\n:86:REFUND\n:62F:C260303EUR109,50\n-\n";
const OFX: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260301<DTEND>20260331\n<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302120000[-5:EST]<TRNAMT>-2.50<FITID>1<NAME>TEA</STMTTRN>\n</BANKTRANLIST><LEDGERBAL><BALAMT>97.50<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
const OFX_XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302</DTPOSTED><TRNAMT>-2.50</TRNAMT><FITID>1</FITID><NAME>TEA &amp; CAKE</NAME></STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>-2.50</BALAMT><DTASOF>20260331</DTASOF></LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n";
const QIF: &str = "!Type:Bank\nD03/02/2026\nT-2.50\nPTEA\nMLUNCH\nLFood\n^\nD03/03'2026\nT1,234.56\nPWAGES\nSIncome\n$1,000.00\nSBonus\n$234.56\n^\n";
const CAMT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-31T00:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>DE75512108001245126199</IBAN></Id><Ccy>EUR</Ccy></Acct>\n<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>\n<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">97.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>\n<Ntry><Amt Ccy=\"EUR\">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>TEA</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>\n";

/// All of them.
pub(crate) fn all() -> anyhow::Result<Vec<Parent>> {
    let repository = Repository::here();
    let mut parents = Vec::new();
    for fixture in Fixture::all(&repository)? {
        let material = if fixture.pages().is_empty() { Material::Text } else { Material::Pdf };
        let bytes = std::fs::read(repository.root().join(fixture.source()))?;
        parents.push(Parent { name: fixture.name().to_owned(), material, bytes });
    }
    for (name, text) in [("mt940", MT940), ("ofx", OFX), ("ofx-xml", OFX_XML), ("qif", QIF), ("camt", CAMT)] {
        parents.push(parent(name, Material::Text, text.as_bytes().to_vec()));
    }
    let picture = picture(&repository)?;
    parents.push(parent("png", Material::Png, scan::png(&picture)));
    parents.push(parent("jpeg", Material::Jpeg, scan::jpeg(&picture, 60)));
    parents.push(parent("webp", Material::Riff, scan::webp(&picture)));
    for codec in [Codec::Jbig2, Codec::Dct(60), Codec::FaxGroup3, Codec::FaxGroup4, Codec::RunLength] {
        let name = format!("scan-{codec:?}").to_lowercase();
        parents.push(parent(&name, Material::Pdf, scan::scanned_pdf(&[picture.clone().bilevel()], codec)));
    }
    for codec in [TiffCodec::Gray, TiffCodec::Bilevel, TiffCodec::FaxGroup3, TiffCodec::FaxGroup4] {
        let name = format!("tiff-{codec:?}").to_lowercase();
        parents.push(parent(&name, Material::Tiff, scan::tiff(&[picture.clone().bilevel()], codec)));
    }
    parents.push(parent("xlsx", Material::Archive, workbook(&repository)?));
    Ok(parents)
}

fn parent(name: &str, material: Material, bytes: Vec<u8>) -> Parent {
    Parent { name: name.to_owned(), material, bytes }
}

fn picture(repository: &Repository) -> anyhow::Result<Bitmap> {
    let pdf = std::fs::read(repository.root().join("fixtures/us-card/document.pdf"))?;
    scan::pages(&pdf, PICTURE_DPI).into_iter().next().context("the fixture has no page")
}

/// Our own report of a fixture is an honest workbook.
fn workbook(repository: &Repository) -> anyhow::Result<Vec<u8>> {
    let fixtures = Fixture::all(repository)?;
    let fixture = fixtures.first().context("no fixtures")?;
    let result = serde_json::json!({
        "schema": "smartexus.result/1", "file": "a.csv", "status": "approved", "failure": null,
        "document": { "id": "a", "sha256": "", "media_type": "text/csv", "bytes": 1, "pages": 0, "source": "structured",
            "kind": "bank_statement", "kind_confidence": 1.0, "encrypted": false, "producer": null },
        "statements": fixture.statements(),
    });
    Ok(smartexus_report::xlsx(&serde_json::from_value(result)?)?)
}
