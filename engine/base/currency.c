// SPDX-License-Identifier: MIT
#include "engine/base/currency.h"

#include <string.h>

int currency_digits(const char *code)
{
    // ISO 4217: the currencies whose minor unit is not a hundredth.
    static const char zero[] =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    static const char three[] = "BHD IQD JOD KWD LYD OMR TND";
    static const char four[] = "CLF UYW";
    if (strlen(code) != 3)
        return 2;
    return strstr(zero, code) ? 0 : strstr(three, code) ? 3 : strstr(four, code) ? 4 : 2;
}

// Longer ones first: "US$" ends in "$".
static const struct {
    const char *text, *codes;
    bool behind_only;
} marks[] = {
    {"人民币", "CNY", false},
    {"新台币", "TWD", false},
    {"NT$", "TWD", false},
    {"US$", "USD", false},
    {"HK$", "HKD", false},
    {"CN¥", "CNY", false},
    {"RMB", "CNY", false},
    {"美元", "USD", false},
    {"欧元", "EUR", false},
    {"港元", "HKD", false},
    {"港币", "HKD", false},
    {"日元", "JPY", false},
    {"英镑", "GBP", false},
    {"韩元", "KRW", false},
    {"A$", "AUD", false},
    {"C$", "CAD", false},
    {"R$", "BRL", false},
    {"S$", "SGD", false},
    {"Fr.", "CHF", false},
    {"Kč", "CZK", false},
    {"zł", "PLN", false},
    {"kr.", "SEK NOK DKK ISK", false},
    {"kr", "SEK NOK DKK ISK", false},
    {"￥", "CNY JPY", false},
    {"¥", "CNY JPY", false},
    {"元", "CNY TWD HKD MOP SGD", true},
    {"圆", "CNY JPY", true},
    {"円", "JPY", true},
    {"$", "USD AUD CAD HKD SGD TWD NZD MXN BRL CLP COP ARS", false},
    {"＄", "USD AUD CAD HKD SGD TWD NZD MXN BRL CLP COP ARS", false},
    {"€", "EUR", false},
    {"£", "GBP EGP GIP FKP SHP", false},
    {"₩", "KRW KPW", false},
    {"₽", "RUB", false},
    {"₹", "INR", false},
    {"฿", "THB", false},
    {"₫", "VND", false},
    {"₺", "TRY", false},
    {"₪", "ILS", false},
    {"₴", "UAH", false},
};

enum { MARKS = sizeof marks / sizeof *marks, CODE_LENGTH = 4 };

// Codes of ISO 4217, each followed by a blank; what else has three letters may be a unit.
static const char codes[] =
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BWP BYN CAD CDF CHF CLP "
    "CNH CNY COP CRC CUP CZK DKK DOP DZD EGP ETB EUR GBP GEL GHS GTQ HKD HNL HUF IDR ILS INR IQD "
    "IRR ISK JMD JOD JPY KES KGS KHR KRW KWD KZT LAK LBP LKR LYD MAD MDL MGA MKD MMK MNT MOP MUR "
    "MVR MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF "
    "SAR SDG SEK SGD SYP THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VND XAF XOF XPF YER "
    "ZAR ZMW ";

static uint16_t find_code(const char *text)
{
    for (const char *at = codes; *at; at += CODE_LENGTH)
        if (memcmp(at, text, CODE_LENGTH - 1) == 0)
            return (uint16_t)(1 + MARKS + (at - codes) / CODE_LENGTH);
    return 0;
}

static uint16_t find_mark(const char *text, size_t length, size_t *size, bool behind)
{
    for (size_t i = 0; i < MARKS; i++) {
        *size = strlen(marks[i].text);
        const char *at = behind ? text + length - *size : text;
        if (length > *size && (behind || !marks[i].behind_only) &&
            memcmp(at, marks[i].text, *size) == 0)
            return (uint16_t)(i + 1);
    }
    *size = CODE_LENGTH - 1;
    uint16_t code = length > *size ? find_code(behind ? text + length - *size : text) : 0;
    if (!code)
        *size = 0;
    return code;
}

uint16_t currency_mark_front(const char *text, size_t length, size_t *size)
{
    return find_mark(text, length, size, false);
}

uint16_t currency_mark_back(const char *text, size_t length, size_t *size)
{
    return find_mark(text, length, size, true);
}

const char *currency_mark_text(uint16_t mark)
{
    static _Thread_local char code[CODE_LENGTH];
    if (mark >= 1 && mark <= MARKS)
        return marks[mark - 1].text;
    if (mark == 0 || (size_t)(mark - 1 - MARKS) * CODE_LENGTH >= sizeof codes - 1)
        return "";
    memcpy(code, codes + (mark - 1 - MARKS) * CODE_LENGTH, CODE_LENGTH - 1);
    return code;
}

bool currency_mark_fits(uint16_t mark, const char *code)
{
    const char *fitting =
        mark >= 1 && mark <= MARKS ? marks[mark - 1].codes : currency_mark_text(mark);
    if (strcmp(fitting, "CNH") == 0 && strcmp(code, "CNY") == 0)
        return true; // the yuan as it is traded abroad
    return strlen(code) == CODE_LENGTH - 1 && strstr(fitting, code);
}
