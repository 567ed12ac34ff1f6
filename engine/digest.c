// SPDX-License-Identifier: MIT
#include "engine/digest.h"

#include "engine/memory.h"

#include <openssl/evp.h>
#include <stdio.h>

void digest_bytes(const void *bytes, size_t length, char text[DIGEST_TEXT])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL) != 1)
        memory_exhausted();
    for (unsigned int at = 0; at < size && at < 32; at++)
        snprintf(text + 2 * at, 3, "%02x", digest[at]);
}
