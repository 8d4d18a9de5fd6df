/* Names of emitted code made from names of the language. */
#ifndef FXC_EMIT_NAME_H
#define FXC_EMIT_NAME_H

#include "base/str.h"

/// "address-validation" → "AddressValidation": parts between what is no ASCII letter or digit, each with an
/// upper-case first letter; "N" before a leading digit; "N" alone when nothing is left.
Str name_pascal(Arena *arena, Str name);
/// The same with a lower-case first letter: "addressValidation".
Str name_camel(Arena *arena, Str name);
/// The name of an integration's component: PascalCase, with "_" behind a type that emitted code takes from
/// the language.
Str name_component(Arena *arena, Str integration);
/// The camelCase name of a prop, with "_" behind where React, TypeScript or every component has the name, or
/// where an event's handler may have it ("onChange").
Str name_prop(Arena *arena, Str prop);
/// Whether every object of JavaScript has a member called so: TypeScript takes its type for that of an entry
/// in a record.
bool name_is_of_objects(Str name);
/// "page.tsx" in "shop/": how often ".." stands in front of an import: "../../" for "pages/shop/cart".
Str name_upwards(Arena *arena, Str path);

#endif
