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
