// SPDX-License-Identifier: MIT
#include "reports/words/absence_words.h"

#include "reports/words/words.h"

#include <string.h>

void absence_add_words(const struct absence *absence, const char *language, struct buffer *out)
{
    if (!absence) {
        buffer_add_text(out, word_get(WORD_ABSENCE_NEEDED, language));
        return;
    }
    const char *bearing = word_bearing(absence->accuses, absence->acquits, language);
    buffer_add_text(out, language && strcmp(language, "zh") == 0 ? absence->zh : absence->en);
    if (*bearing)
        buffer_printf(out, " (%s)", bearing);
}

void absence_add_field_words(const struct field *field, const char *language, struct buffer *out)
{
    absence_add_words(field->absence, language, out);
    if (field->maybe_recorded)
        buffer_add_text(out, word_get(WORD_EMPTY_THROUGHOUT, language));
    if (field->empty_unknown)
        buffer_add_text(out, word_get(field->absence && field->absence->kind == ABSENCE_DERIVED
                                          ? WORD_EMPTY_WORKED_OUT
                                          : WORD_EMPTY_UNKNOWN,
                                      language));
}

json_t *absence_json(const struct absence *absence)
{
    if (!absence)
        return json_pack("{s:s}", "means", "needed");
    return json_pack("{s:s, s:s, s:b, s:b, s:s, s:s}", "means",
                     absence->kind == ABSENCE_DERIVED ? "derived" : "assumed", "taken_as",
                     absence_taken(absence), "accuses", (int)absence->accuses, "acquits",
                     (int)absence->acquits, "en", absence->en, "zh", absence->zh);
}
