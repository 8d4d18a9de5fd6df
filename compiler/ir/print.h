/* The printed form of rows: one line a row, `key value` columns behind it, children indented below. Shared by
 * print.c (pages, what passes added), print_integration.c and print_types.c. */
#ifndef FXC_IR_PRINT_H
#define FXC_IR_PRINT_H

#include "ir/ir.h"

typedef struct Print {
  const Ir *ir;
  Buf *out;
  bool spans;
  size_t depth;
} Print;

/// Starts a line with a word; print_end() ends it with the span.
void print_line(Print *p, const char *word);
void print_end(Print *p, Span span);

/// Columns: nothing is printed for what is not given. Strings are quoted and escaped.
void print_word(Print *p, const char *word);
void print_name(Print *p, const char *key, Sym sym);
void print_text(Print *p, const char *key, IrText text);
void print_span(Print *p, const char *key, Span span);
void print_number(Print *p, const char *key, IrNumber number);
void print_date(Print *p, const char *key, IrDate date);
void print_flag(Print *p, const char *key, bool on);
void print_plain(Print *p, const char *key, double number);
void print_release(Print *p, const char *key, ReleaseId release);

/// A line of its own for a text that has a place.
void print_text_line(Print *p, const char *key, IrText text);
void print_names_line(Print *p, const char *key, IrRange names);

/// Values, types and interfaces.
void print_value(Print *p, const char *key, ValueId value);
void print_type(Print *p, const char *key, TypeId type);
void print_interface(Print *p, const Integration *integration);
void print_bindings(Print *p, IrRange bindings);
void print_configs(Print *p, const char *key, IrRange configs);
void print_envs(Print *p, IrRange envs);
void print_thresholds(Print *p, const char *key, IrRange thresholds);

/// One integration with all that belongs to it.
void print_integration(Print *p, IntegrationId integration);

#endif
