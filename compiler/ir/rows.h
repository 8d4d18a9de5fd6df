/* The rows of the IR: plain data of fixed size, no pointers, so that tables can be written out and mapped
 * back. Rows name each other by typed handles (0 is none), strings are interned (Sym, 0 is none), and
 * every row has the span of the source text that it stands for. Children of one row lie together: an
 * IrRange names them. */
#ifndef FXC_IR_ROWS_H
#define FXC_IR_ROWS_H

#include "ir/handles.h"
#include "ir/rows_passes.h"  // what the passes add

/* Pages */

typedef struct Page {
  SourceId source;
  Sym path;  // relative to the project root: "concept/shop/cart.html"
  Sym name;  // without the glob's fixed prefix and suffix: "shop/cart"
  Sym title;
  IrRange uses;
  Span span;
} Page;

typedef struct Use {
  PageId page;
  uint32_t element;  // ordinal of the element with uses on its page; several uses share it
  Sym name;          // as written
  Span span;         // of the name, or name@range
  Span name_span;
  uint32_t line, column;  // of the name, so that maps need not read the page again
  IrText range;           // from @range or data-integration-version
  bool required;          // data-integration-required, false for data-enhance
  bool enhance;
  bool by_dependency;      // no element: linked because data-depends-on or a manifest names it
  IrRange attrs;           // UseAttr of the element (shared by its uses)
  IrRange slots, depends;  // UseSlot, UseDepends
  IrText provider, fallback, flag;
  IntegrationId integration;  // resolve
} Use;

typedef struct UseAttr {
  Sym name;   // the whole attribute name: "data-integration-country"
  Sym value;  // decoded
  Span span, name_span, value_span;
} UseAttr;

typedef struct UseSlot {
  Sym name, element;  // "street", "input"
  Span span;          // of the slot name in the value
} UseSlot;

typedef struct UseDepends {
  Sym name;
  Span span;
  bool on_page;               // names an element, field or section of the page
  IntegrationId integration;  // resolve: names an integration
} UseDepends;

/* Integrations */

typedef struct Integration {
  Sym name;
  Span span;   // of the name
  Span whole;  // of the declaration
  SourceId source;
  IrPlaceKind place;
  IrText label, purpose, render, owner, docs, doc;  // doc: the documentation comment or description
  IrText author, modified, meta_version;
  bool stub;               // marked as generated and not completed
  Span stub_span;          // of the mark
  IrRange tags, provides;  // Name
  IrRange validates;       // Name: annotations.validates
  IrRange props, slots, events, types, operations;
  IrRange behaviors;
  IrRange releases;
  IrRange requirements;      // of every release and of all releases
  IrText active;             // the label as written
  ReleaseId active_release;  // resolve
  ReleaseId locked_release;  // collect: what the lock prefers
  IrRange fallbacks, routes, canary, rollback, alerts;
  IrText canary_release, routing_strategy, migration_strategy;
  IrDate parallel_start, parallel_end, cutover, rollback_until;
  IrRange migrations;  // MigrationStep
  IrNumber budget;     // ms
  IrRange repeatable;  // Name: operations
  LimitsId limits;
  bool shadowed;  // another declaration of the name came first in the look-up order
} Integration;

typedef enum IrStatus {
  IR_DEVELOPMENT,
  IR_TESTING,
  IR_BETA,
  IR_STABLE,
  IR_DEPRECATED,
  IR_RETIRED,
} IrStatus;

/// A semver version (semver.org 2.0.0). `pre` is the dotted prerelease, 0 when there is none.
typedef struct IrVersion {
  uint64_t major, minor, patch;
  Sym pre;
  Sym text;  // as written, or made from the label
  Span span;
  bool valid;
} IrVersion;

typedef struct Release {
  IntegrationId integration;
  IrText label;  // "v3"
  IrVersion version;
  IrStatus status;
  Span span;
  IrText provider, sdk;  // sdk: the range of the provider's SDK
  IrText flag, module, guide, replaced_by, trigger;
  IrNumber quota;  // calls a second
  IrDate released, available_from, until;
  IrRange features, configs, envs, bindings, breaking_changes, rollout;
  IrRange origins;  // Config: the kind of resource, a text or a list of them
  OverlayId production;
  bool implied;  // made from `prototype` of a manifest without versions, or from a fallback
} Release;

typedef enum IrRequirementKind { IR_REQUIRES, IR_OPTIONAL, IR_CONFLICTS } IrRequirementKind;

typedef struct Requirement {
  IntegrationId integration;  // who says it
  ReleaseId release;          // of which release; 0: of all
  IrRequirementKind kind;
  Sym target;
  Span span;               // of the target's name
  IrText range;            // 0: any version
  IntegrationId resolved;  // resolve
} Requirement;

typedef struct Feature {
  Sym name;
  Span span;
} Feature;

typedef struct Name {
  Sym text;
  Span span;
} Name;

/* Interfaces */

typedef enum IrTypeKind {
  IR_TYPE_STRING,
  IR_TYPE_INT,
  IR_TYPE_NUMBER,
  IR_TYPE_BOOL,
  IR_TYPE_DURATION,
  IR_TYPE_SHARE,
  IR_TYPE_SIZE,
  IR_TYPE_RATE,
  IR_TYPE_URL,
  IR_TYPE_DATE,
  IR_TYPE_SECRET,
  IR_TYPE_JSON,
  IR_TYPE_UNION,  // of string literals: names
  IR_TYPE_ARRAY,  // of element
  IR_TYPE_OPTIONAL,
  IR_TYPE_NAMED,  // name, decl after check-types
} IrTypeKind;

typedef struct Type {
  IrTypeKind kind;
  Sym name;          // NAMED
  TypeDeclId decl;   // NAMED, check-types
  TypeId element;    // ARRAY, OPTIONAL
  IrRange literals;  // UNION: Name
  Span span;
} Type;

typedef struct Field {
  Sym name;
  TypeId type;
  Span span;
  Sym doc;
} Field;

typedef struct TypeDecl {
  IntegrationId integration;
  Sym name;
  IrRange fields;
  Span span;
  Sym doc;
} TypeDecl;

typedef struct Prop {
  Sym name;
  TypeId type;
  ValueId initial;  // the default; 0: none
  bool required;    // neither optional nor with a default
  Span span;
  Sym doc;
} Prop;

typedef struct Slot {
  Sym name, element;  // element 0 or "any": every kind
  bool optional;
  Span span;
  Sym doc;
} Slot;

typedef struct Event {
  Sym name;
  IrRange fields;
  Span span;
  Sym doc;
} Event;

typedef struct Operation {
  Sym name;
  IrRange params;  // Field
  TypeId returns;  // 0: nothing
  Span span;
  Sym doc;
} Operation;

typedef enum IrHappening { IR_ON_CHANGE, IR_ON_INPUT, IR_ON_BLUR, IR_ON_SUBMIT, IR_ON_CLICK } IrHappening;

typedef struct Behavior {
  IrHappening event;
  IrRange slots;  // Name: the slots where it happens
  ValueId delay;  // a duration, or a reference to a prop; 0: at once
  IrRange steps;
  Span span;  // of the clause
} Behavior;

typedef enum IrStepKind { IR_STEP_CALL, IR_STEP_FILL, IR_STEP_EMIT } IrStepKind;

typedef struct Step {
  IrStepKind kind;
  IrText name;            // CALL: the operation; EMIT: the event
  OperationId operation;  // CALL, check-types
  EventId event;          // EMIT, check-types
  IrText as;              // CALL: what later steps call the answer
  IrRange arguments;      // parameters, slots, the event's members in order
  Span span;
} Step;

typedef struct Argument {
  Sym name;  // a parameter, a slot; 0 in an EMIT
  ValueId value;
  Span span;  // of the name, of the value where there is none
} Argument;

typedef enum IrMethod { IR_GET, IR_POST, IR_PUT, IR_PATCH, IR_DELETE, IR_HEAD } IrMethod;
typedef enum IrBodyKind { IR_BODY_NONE, IR_BODY_JSON, IR_BODY_FORM } IrBodyKind;

typedef struct Binding {
  Sym operation;
  OperationId resolved;  // check-types
  IrMethod method;
  IrText url;
  ValueId query, headers, body;  // records
  IrBodyKind body_kind;
  ValueId basic;   // a record: user, password
  ValueId bearer;  // the token
  IrText each;     // a JSON Pointer to the list whose items `result` is about
  ValueId result;  // a record of JSON Pointers, or one pointer
  Span span;       // of the operation's name
} Binding;

/* Values */

typedef enum IrValueKind {
  IR_VALUE_NULL,
  IR_VALUE_BOOL,  // number 0 or 1
  IR_VALUE_INT,
  IR_VALUE_NUMBER,
  IR_VALUE_STRING,     // text
  IR_VALUE_DURATION,   // number in ms; text as written
  IR_VALUE_SHARE,      // number 0..1
  IR_VALUE_SIZE,       // bytes
  IR_VALUE_RATE,       // a second
  IR_VALUE_DATE,       // days
  IR_VALUE_REFERENCE,  // text: "env.MAPS_KEY", "config.regionCode", "street"
  IR_VALUE_LIST,       // items
  IR_VALUE_RECORD,     // items with keys
} IrValueKind;

typedef struct Value {
  IrValueKind kind;
  Sym key;  // in a record
  Span key_span;
  Sym text;
  double number;
  IrRange items;  // Value rows, together
  Span span;
} Value;

typedef struct Config {
  Sym key;
  ValueId value;
  Span span;  // of the key
} Config;

typedef struct Env {
  Sym name;
  TypeId type;
  bool secret;
  IrText pattern;
  ValueId initial;
  Span span;
} Env;

typedef struct Overlay {
  IrText provider, sdk, module;
  IrRange configs, envs, bindings;
  IrRange origins;        // Config: the kind of resource, a text or a list of them
  IrRange optimizations;  // Name
  IrRange monitoring;     // Config
  IrNumber cache;         // ms
  IrNumber quota;         // calls a second
  Span span;
} Overlay;

/* Versions at run time */

typedef enum IrFallbackKind {
  IR_FALLBACK_UNRESOLVED,
  IR_FALLBACK_RELEASE,
  IR_FALLBACK_PROVIDER,
  IR_FALLBACK_STATIC
} IrFallbackKind;

typedef struct Fallback {
  IrFallbackKind kind;  // resolve
  Sym name;             // a label, a provider, "static" or "manual-entry"
  IrText version, trigger;
  ReleaseId release;  // resolve
  Span span;
} Fallback;

typedef enum IrOperator { IR_EQ, IR_NE, IR_LT, IR_LE, IR_GT, IR_GE, IR_IN, IR_NOT_IN } IrOperator;

typedef struct Route {
  IrText release;      // label
  ReleaseId resolved;  // resolve
  IrNumber share;      // 0..1
  IrRange conditions;  // all must hold
  Span span;
} Route;

typedef struct Condition {
  Sym subject;  // "account_type"
  IrOperator op;
  ValueId value;
  Span span;
} Condition;

typedef struct CanaryStage {
  IrNumber share;     // 0..1
  IrNumber duration;  // ms
  Span span;
} CanaryStage;

typedef struct Threshold {
  Sym metric;  // "fallback-rate", "error-rate", "latency-p95", …
  IrOperator op;
  IrNumber bound;   // a share, or ms for latencies
  IrNumber window;  // ms; `over`
  Span span;
  Sym text;  // as written
} Threshold;

typedef struct Limits {
  IrNumber rate, burst, concurrency, timeout, queue;  // a second, calls, calls, ms, calls
  IrNumber rate_interval;                             // ms: of 5/m a minute
  IrNumber retry_attempts, retry_from, retry_to;
  IrText retry_backoff;  // "exponential", "linear", "constant"
  IrNumber batch_size, batch_window, breaker_failures, breaker_reset;
  Span span;
} Limits;

typedef struct Rollout {
  Sym stage;
  IrRange groups;  // Name
  Span span;
} Rollout;

typedef enum IrMigrationKind {
  IR_RENAME_PROP,
  IR_RENAME_CONFIG,
  IR_RENAME_FEATURE,
  IR_DROP_PROP,
  IR_DROP_CONFIG,
  IR_VALUE_PROP,
  IR_VALUE_CONFIG
} IrMigrationKind;

typedef struct MigrationStep {
  IrText from, to;  // releases
  IrMigrationKind kind;
  Sym subject;  // the prop or config key
  Sym renamed;  // RENAME
  ValueId old_value, new_value;
  Span span;
} MigrationStep;

/* The project */

typedef struct Pin {
  Sym name;
  IrText range;
  Sym label;  // a single release, as a validation result names it; the range is then empty
  Span span;
} Pin;

/// IR_FLAG_NEVER: off in every environment, where none is named.
typedef enum IrChoiceKind { IR_CHOOSE_PROVIDER, IR_FLAG_ON, IR_FLAG_OFF, IR_FLAG_NEVER } IrChoiceKind;

typedef struct Setting {
  IrChoiceKind kind;
  Sym environment;
  Sym name;      // of the integration, or of the flag
  Sym provider;  // of IR_CHOOSE_PROVIDER
  Span span;     // of the provider, or of the flag's name
} Setting;

/// IR_OVERRIDE_INTEGRATION: what is said of one.
typedef enum IrOverrideKind {
  IR_OVERRIDE_FLAG_ON,
  IR_OVERRIDE_FLAG_OFF,
  IR_OVERRIDE_INTEGRATION
} IrOverrideKind;

typedef struct Override {
  IrOverrideKind kind;
  IrText name;      // of the flag, of the integration
  IrText release;   // its label; sym 0: not overridden
  IrRange configs;  // Config
  IrText canary;    // when its first stage began, or "false": taken back; sym 0: not overridden
} Override;

typedef struct Lock {
  Sym name, version, digest, path, reason;
  IrText label;
  Span span, digest_span;  // of the line, of the digest
  bool fresh;              // its release is to be chosen anew
} Lock;

#endif
