import Telephony
import Testing

/// Made after the texts of banks, shops and services in their languages; the names and numbers are invented.
@Suite struct OneTimeCodeTests {
    @Test(arguments: [
        ("Your verification code is 493817.", "493817"),
        ("493817 is your Example verification code. Don't share it.", "493817"),
        ("G-493817 is your verification code.", "493817"),
        ("<#> Your Example code is 123-456. Do not share it", "123456"),
        ("Your login code: 1234 5678", "12345678"),
        ("Use OTP 7719 to pay EUR 49.90 at SHOP. Valid for 5 minutes. Never share your OTP.", "7719"),
        ("Your passcode is 2024", "2024"),
        ("Ihre TAN für die Überweisung von 1.250,00 EUR auf Konto endend 4711 lautet: 839201", "839201"),
        ("Ihr Bestätigungscode lautet 58 31 20? Nein: 583120", "583120"),
        ("smsTAN: 664201 fuer Auftrag ueber 2000 EUR an DE12 vom 21.11.2026", "664201"),
        ("Votre code de validation est 048213. Il expire dans 10 min.", "048213"),
        ("Mot de passe à usage unique : 77120934 pour un achat de 2026,00 EUR", "77120934"),
        ("Il tuo codice di verifica è 901244", "901244"),
        ("Su código es 5532. No lo comparta. Llámenos al 900 123 456", "5532"),
        ("Seu código de acesso: 882 194", "882194"),
        ("Kod autoryzacyjny: 40291835. Kwota 150,00 PLN", "40291835"),
        ("Din kode er 6120", "6120"), ("Din engångskod är 334455", "334455"), ("Vahvistuskoodi: 8812", "8812"),
        ("Je inlogcode is 120934", "120934"),
        ("Код подтверждения: 4821. Никому не сообщайте", "4821"),
        ("Onay kodunuz 559012. Kimseyle paylaşmayın.", "559012"),
        ("Ο κωδικός σας είναι 771203", "771203"),
        ("【例】您的验证码是 384921,5 分钟内有效", "384921"), ("【例】验证码384921,请勿泄露", "384921"),
        ("認証コード:204817", "204817"), ("[예시] 인증번호 [592013]를 입력하세요", "592013"),
        ("رمز التحقق الخاص بك هو 664120", "664120"), ("קוד האימות שלך הוא 301942", "301942"),
        ("आपका ओटीपी 482913 है", "482913"),
    ])
    func `the code is found among what else a text says`(text: String, code: String) {
        #expect(OneTimeCode(in: text)?.digits == code)
    }

    @Test(arguments: [
        "", "See you at 1830", "The code is on the door", "Call me: +41 79 123 45 67", "My new number is 0791234567, the old one no longer works",
        "Your card ending 4711 was charged 2500 EUR", "The promo code 202611 gives you 10 %", "ZIP code 8001", "We meet in 2027, code of conduct applies",
        "The code review took 1500 EUR", "Passwort vergessen? Rufen Sie 044 123 45 67 an", "Code: 12:30", "Code 3.1415", "Code 21.11.2026",
        "Code 123", "Code 123456789", "Votre code postal ? 1003 Lausanne est loin de la gare, appelez le 021 123 45 67", "PIN for card no. 4711",
        "Your code costs $5000", "Das Passwort kostet 1000 CHF", "Pin the tail on the donkey in room 4711", "code ABC1234", "code 1234abc",
        "Code: see https://example.org/123456/", "Your codename: 493817",
    ])
    func `nothing is taken for a code that may be something else`(text: String) {
        #expect(OneTimeCode(in: text)?.digits == nil)
    }

    @Test func `a text of any length is looked at in no time`() {
        for text in [String(repeating: "code 12 34 ", count: 100_000), String(repeating: "1", count: 100_000), "code" + String(repeating: "\u{301}", count: 10_000) + " 123456"] {
            _ = OneTimeCode(in: text)
        }
    }
}
