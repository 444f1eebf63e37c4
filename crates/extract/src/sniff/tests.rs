use super::sniff;
use smartexus_domain::MediaType;

fn check(bytes: impl AsRef<[u8]>, expected: MediaType) {
    let bytes = bytes.as_ref();
    assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn pictures_are_pictures_whatever_follows() {
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR %PDF-1.7", MediaType::Png);
    check(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", MediaType::Jpeg);
    check(b"II*\0\x08\0\0\0\0\0\0\0", MediaType::Tiff);
    check(b"MM\0*\0\0\0\x08\0\0\0\0", MediaType::Tiff);
    check(b"RIFF\x24\0\0\0WEBPVP8 ", MediaType::Webp);
}

#[test]
fn a_pdf_header_may_come_late_but_not_too_late() {
    check(b"%PDF-1.4\n", MediaType::Pdf);
    let junk = |length: usize| [vec![b'\n'; length], b"%PDF-1.4\n".to_vec()].concat();
    check(junk(1019), MediaType::Pdf);
    check(junk(1020), MediaType::Unknown);
}

#[test]
fn workbooks_and_other_archives() {
    let archive = |name: &str| [b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), &[0; 20], name.as_bytes()].concat();
    check(archive("docProps/app.xmlPK\x03\x04xl/workbook.xml"), MediaType::Xlsx);
    check(archive("letter.txt"), MediaType::Unknown);
    let open = archive("mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    check(open, MediaType::Ods);
    let compound = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 504], &wide].concat()
    };
    check(compound("Workbook"), MediaType::Xls);
    check(compound("WordDocument"), MediaType::Unknown);
}

#[test]
fn bank_formats() {
    check("OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><SIGNONMSGSRSV1>", MediaType::Ofx);
    check("<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\"?>\n<OFX>", MediaType::Ofx);
    check("!Type:Bank\nD01/02/2026\nT-12.00\n^\n", MediaType::Qif);
    check("{1:F01AAAABB99}{4:\n:20:REF\n:25:123\n:28C:1\n:60F:C260101EUR1,00\n", MediaType::Mt940);
    check(":20:REF\n:28C:1/1\n:60F:C260101EUR1,00\n", MediaType::Mt940);
    check(":20:REF\n:25:123\n", MediaType::Unknown);
    check(
        "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">",
        MediaType::Camt,
    );
    check("01,SENDER,RECEIVER,260302,0600,1,,,2/\n02,RECEIVER,SENDER,1,260301,,USD,2/\n", MediaType::Bai2);
    check("01,one\n03,three\n", MediaType::Csv);
    check("{\"transactions\": [{\"amount\": 1.5, \"date\": \"2026-03-02\"}]}", MediaType::Json);
    check("[{\"transactionId\": \"a\", \"transactionAmount\": {}}]", MediaType::Json);
    check("{\"transactions\": []}", MediaType::Unknown);
    check("<html><body>a,b,c\n1,2,3\n</body></html>", MediaType::Unknown);
}

#[test]
fn tables_of_delimited_values() {
    check("Date,Description,Amount\n2026-01-02,Coffee,-3.50\n2026-01-03,Salary,1200.00\n", MediaType::Csv);
    check("Datum;Text;Betrag\r\n02.01.2026;\"Bäcker; Brot\";-3,50\r\n", MediaType::Csv);
    check(b"Datum;Text;Betrag\n02.01.2026;B\xE4cker;-3,50\n", MediaType::Csv);
    check("Date\tText\tAmount\n2026-01-02\tA\t1\n2026-01-03\tB\t2\n", MediaType::Csv);
    check("Date|Text|Amount\n2026-01-02|A|1\n", MediaType::Csv);
    check("Date,Description,Amount\n", MediaType::Csv);
    check(
        "Account statement\nMade on 3 May\n\nDate,Text,Amount\n2026-01-02,\"a\nb\",1.00\n2026-01-03,c,2.00\n",
        MediaType::Csv,
    );
    let utf16: Vec<u8> =
        "\u{FEFF}Date;Text;Amount\n2026-01-02;Ü;1,00\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(utf16, MediaType::Csv);
}

#[test]
fn prose_and_binaries_are_unknown() {
    check("", MediaType::Unknown);
    check(
        "Dear Sir, thank you for your letter.\nWe are well, as you asked.\nYours, A.\n",
        MediaType::Unknown,
    );
    check("Hello, world, again.\n", MediaType::Unknown);
    check("Dear Sir, Madam, all\n", MediaType::Unknown);
    check("a,b,c\n1,2,\0\n", MediaType::Unknown);
    check("{\"a\": 1,\n\"b\": 2,\n\"c\": 3}", MediaType::Unknown);
    check(b"\x7FELF\x02\x01\x01\0\0\0", MediaType::Unknown);
}
