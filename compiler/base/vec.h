/* Growing arrays on an arena: declare with VEC(T), zero is empty, read `data` and `len`.
 *
 *   VEC(Span) spans = {0};
 *   vec_push(arena, &spans, span);
 *   for (size_t i = 0; i < spans.len; i++) use(spans.data[i]);
 */
#ifndef FXC_BASE_VEC_H
#define FXC_BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(T)    \
  struct {        \
    T *data;      \
    size_t len;   \
    size_t space; \
  }

/// Room for one more element, doubling; `data` may move.
#define vec_reserve(arena, v)                                                                  \
  ((v)->len < (v)->space                                                                       \
       ? (void)0                                                                               \
       : (void)((v)->data = arena_grow((arena), (v)->data, (v)->space * sizeof *(v)->data,     \
                                       ((v)->space ? (v)->space * 2 : 8) * sizeof *(v)->data), \
                (v)->space = (v)->space ? (v)->space * 2 : 8))

/// An empty array gets room for exactly `count`, for arrays that stay.
#define vec_room(arena, v, count) \
  ((v)->space = (count),          \
   (void)((v)->data = (v)->space ? arena_alloc((arena), (v)->space * sizeof *(v)->data) : NULL))

#define vec_push(arena, v, ...) (vec_reserve((arena), (v)), (void)((v)->data[(v)->len++] = __VA_ARGS__))
#define vec_last(v) ((v)->data[(v)->len - 1])

#endif
