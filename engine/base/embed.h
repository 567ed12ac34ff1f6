// SPDX-License-Identifier: MIT
// A file as part of the program: the assembler puts it between two symbols, and a NUL behind it.
// The path starts where the compiler runs, at the root. The Makefile must name the file as
// something that the object depends on.
#ifndef VOUCH_EMBED_INSIDE_H
#define VOUCH_EMBED_INSIDE_H

#define EMBED(name, path)                                                                          \
    __asm__(".pushsection .rodata\n"                                                               \
            ".global vouch_" #name "_start\n"                                                      \
            "vouch_" #name "_start:\n"                                                             \
            ".incbin \"" path "\"\n"                                                               \
            ".global vouch_" #name "_end\n"                                                        \
            "vouch_" #name "_end:\n"                                                               \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char vouch_##name##_start[], vouch_##name##_end[]

#define EMBEDDED(name)                                                                             \
    ((struct text){vouch_##name##_start, (size_t)(vouch_##name##_end - vouch_##name##_start)})

#endif
