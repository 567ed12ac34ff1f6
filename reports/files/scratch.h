// SPDX-License-Identifier: MIT
// A scratch file: it has no name, so nothing is left of it whatever happens.
#ifndef VOUCH_SCRATCH_H
#define VOUCH_SCRATCH_H

// A descriptor to read and write, on the file system of `folder`. -1 with errno.
int scratch_open(const char *folder);

#endif
