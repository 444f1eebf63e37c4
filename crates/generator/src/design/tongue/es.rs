//! Spanish.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("COM", "Compra tarjeta * % ####", -9_800, -240, Section::Card),
    tale("COM", "*|Tarjeta ####, %", -12_000, -310, Section::Card),
    tale("CAJ", "Disposición cajero %", -30_000, -2_000, Section::Card),
    tale("REC", "Recibo *|Mandato @@########", -18_400, -1_900, Section::Electronic),
    tale("TRF", "Transferencia a &|Alquiler piso", -92_000, -38_000, Section::Electronic),
    tale(
        "TRF",
        "Transferencia a &|Factura ##### de %|Importe original $",
        -74_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "REC",
        "Adeudo *|Contrato ########|Periodo hasta %|Acreedor @@##ZZZ######",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("COMI", "Comisión mantenimiento", -1_290, -190, Section::Fee),
    tale("NOM", "Nómina *", 120_000, 340_000, Section::Deposit),
    tale("TRF", "Transferencia de &|Gracias por la cena", 1_200, 26_000, Section::Deposit),
    tale("ING", "Ingreso en efectivo oficina ####", 8_000, 90_000, Section::Deposit),
    tale("DEV", "Devolución * pedido ######", 900, 14_000, Section::Deposit),
    tale("INT", "Liquidación de intereses", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|pedido @@######", -34_000, -600, Section::Card),
    tale("", "* viajes|Importe en divisa $ USD", -82_000, -4_000, Section::Card),
    tale("", "Intereses por aplazamiento", -3_900, -110, Section::Interest),
    tale("", "Pago recibido, gracias", 8_000, 160_000, Section::Deposit),
    tale("", "Abono * devuelto", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("INT", "Intereses", -64_000, -9_000, Section::Interest),
    tale("CUO", "Cuota recibida|Ref. ########", 70_000, 190_000, Section::Deposit),
    tale("ANT", "Amortización anticipada &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const SPANISH: Tongue = Tongue {
    code: "es",
    date: &["Fecha", "Fecha operación", "F. Oper.", "Fecha contable", "F. operación"],
    value: &["Fecha valor", "F. Valor", "Valor"],
    text: &["Concepto", "Descripción", "Movimiento", "Detalle", "Observaciones"],
    columns: &[
        ("Cargo", "Abono"),
        ("Debe", "Haber"),
        ("Cargos", "Abonos"),
        ("Gastos", "Ingresos"),
        ("Débito", "Crédito"),
    ],
    amount: &["Importe", "Importe {c}", "Importe ({c})"],
    balance: &["Saldo", "Saldo disponible", "Saldo {c}"],
    kind: &["Tipo", "Código"],
    reference: &["Referencia", "Nº doc.", "Ref."],
    sign: &["D/H", "+/-"],
    ends: &[
        ("Saldo a {}", "Saldo a {}"),
        ("Saldo inicial a {}", "Saldo final a {}"),
        ("Saldo anterior al {}", "Saldo actual al {}"),
    ],
    plain_ends: &[
        ("Saldo anterior", "Saldo actual"),
        ("Saldo inicial", "Saldo final"),
        ("Saldo de apertura", "Saldo de cierre"),
    ],
    carried: &[("Suma anterior", "Suma y sigue"), ("Saldo anterior", "Saldo a cuenta nueva")],
    totals: &[("Total cargos", "Total abonos"), ("Total gastos", "Total ingresos")],
    total: &["Total", "Totales"],
    sections: &[("Cargos", "Abonos"), ("Gastos", "Ingresos")],
    title: &["Extracto de cuenta", "Extracto mensual", "Movimientos de cuenta", "Consulta de movimientos"],
    savings: "Cuenta de ahorro",
    business: "Cuenta de empresa",
    loan: "Cuenta de préstamo",
    current: "Cuenta corriente",
    period: &["Periodo: {} - {}", "Del {} al {}", "Movimientos desde {} hasta {}", "{} a {}"],
    number: &["Número de cuenta", "Cuenta", "Nº de cuenta"],
    summary: &["Resumen", "Resumen de la cuenta"],
    currency: "Divisa",
    overview: "Sus cuentas",
    page: &["Página {n} de {t}", "Pág. {n}", "Hoja {n}/{t}", "{n} / {t}"],
    made_on: "Emitido el {}",
    empty: "No hay movimientos en este periodo.",
    more: "Continúa en la página siguiente",
    items: "operaciones",
    notices: &[
        &["Sus depósitos están garantizados hasta 100.000,00 por titular.", "Pregunte en su oficina."],
        &["Desde el 1 de julio, el duplicado de tarjeta costará 6,00."],
        &["Traiga su nómina y consiga 150,00", "con un ingreso mensual de 700,00."],
    ],
    legal: &[
        "Conforme salvo error u omisión.",
        "Inscrita en el registro mercantil. Capital social 18.000.000,00",
        "Revise los datos y comunique cualquier error.",
    ],
    fees: ("Comisiones", ["Total del periodo", "Total del año", "De ellas, descubierto"]),
    rates: ("Tipos de interés", ["Acreedor", "Descubierto autorizado", "Excedido"]),
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Saldo anterior", "Deuda anterior"],
        payments: &["Pagos y abonos", "Sus pagos"],
        purchases: &["Compras y cargos", "Nuevos cargos"],
        new: &["Nuevo saldo", "Deuda actual"],
        minimum: "Pago mínimo",
        limit: "Límite de crédito",
        columns: &[("Compras", "Pagos"), ("Cargo", "Abono")],
        sections: &[("Compras y cargos", "Pagos y abonos")],
        title: &["Extracto de tarjeta de crédito", "Extracto de tarjeta"],
    },
};
