/* An HTTP binding as code: a function that sends the request and reads the answer. The same code serves
 * browsers and the server half; only the latter has an environment. */
#ifndef FXC_EMIT_REQUEST_H
#define FXC_EMIT_REQUEST_H

#include "emit/tsx.h"
#include "passes/reference.h"

typedef struct RequestCode {
  TsxModule *module;
  const Ir *ir;
  const Release *release;
  bool server;
  Str name;        // of the function
  Str input_type;  // of its input, as the module has imported it
  // What the function turns out to need, in this order of its parameters, behind the signal.
  bool uses_input, uses_config, uses_environment;
} RequestCode;

/// Takes the names of what these functions have inside of them: no operation's function is to be called so.
void emit_request_names(TsxModule *module);

/// Appends the function to the module; the flags of `code` then say what it takes.
void emit_request(RequestCode *code, const Binding *binding);

/// The call of that function: "find(input, config, signal)", with `input` as given.
Str emit_request_call(const RequestCode *code, Str input, Str config);

#endif
