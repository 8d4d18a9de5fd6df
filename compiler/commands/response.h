/* Response files: "@FILE" among the arguments stands for the words in that file. */
#ifndef FXC_COMMANDS_RESPONSE_H
#define FXC_COMMANDS_RESPONSE_H

#include "base/str.h"
#include "base/vec.h"

/// The words of a command line.
typedef struct ResponseWords {
  Str *data;
  size_t len, space;
} ResponseWords;

/// Adds an argument to `words`, or what the response file holds that it names: words as a POSIX shell would
/// part and quote them (XCU 2.2; nothing is expanded), further "@FILE" among them, paths as the current
/// directory sees them. Everything lies on the arena. False when a file cannot be read, a quote is not
/// closed, or there is too much of it all (8 files deep, 1,000 files, 10,000,000 words); *error says what, in
/// a line.
bool response_add(Arena *arena, Str argument, ResponseWords *words, Str *error);

#endif
