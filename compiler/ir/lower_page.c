#include "ir/lower_page.h"

static Sym sym(Ir *ir, Str s) { return s.data ? ir_sym(ir, s) : 0; }

static IrText text(Ir *ir, FactText fact) { return (IrText){sym(ir, fact.text), fact.span}; }

static IrRange since(size_t before, size_t now) {
  return (IrRange){(uint32_t)before + 1, (uint32_t)(now - before)};
}

static IrRange lower_attrs(Ir *ir, const FactElement *element) {
  size_t before = ir->use_attrs.len;
  for (size_t i = 0; i < element->attrs.len; i++) {
    const FactAttr *attr = &element->attrs.data[i];
    ir_add_use_attr(ir, (UseAttr){.name = sym(ir, attr->name),
                                  .value = sym(ir, attr->value.text),
                                  .span = attr->span,
                                  .name_span = attr->name_span,
                                  .value_span = attr->value.span});
  }
  return since(before, ir->use_attrs.len);
}

static IrRange lower_slots(Ir *ir, const FactElement *element) {
  size_t before = ir->use_slots.len;
  for (size_t i = 0; i < element->slots.len; i++) {
    const FactSlot *slot = &element->slots.data[i];
    ir_add_use_slot(ir, (UseSlot){.name = sym(ir, slot->name.text),
                                  .element = sym(ir, slot->element),
                                  .span = slot->name.span});
  }
  return since(before, ir->use_slots.len);
}

static IrRange lower_depends(Ir *ir, const FactElement *element) {
  size_t before = ir->use_depends.len;
  for (size_t i = 0; i < element->depends.len; i++) {
    const FactDepends *depends = &element->depends.data[i];
    ir_add_use_depends(ir, (UseDepends){.name = sym(ir, depends->name.text),
                                        .span = depends->name.span,
                                        .on_page = depends->on_page});
  }
  return since(before, ir->use_depends.len);
}

// Several uses of one element share its attributes, slots and dependencies.
static void lower_element(Ir *ir, PageId page, uint32_t ordinal, const FactElement *element) {
  Use use = {.page = page, .element = ordinal};
  use.attrs = lower_attrs(ir, element);
  use.slots = lower_slots(ir, element);
  use.depends = lower_depends(ir, element);
  use.provider = text(ir, element->provider);
  use.fallback = text(ir, element->fallback);
  use.flag = text(ir, element->flag);
  for (size_t i = 0; i < element->names.len; i++) {
    FactText name = element->names.data[i], range = element->ranges.data[i];
    use.name = sym(ir, name.text);
    use.name_span = name.span;
    use.range = text(ir, range);
    bool joined = range.text.data && range.span.start == name.span.end + 1;
    use.span = joined ? span_join(name.span, range.span) : name.span;
    use.enhance = element->enhances.data[i];
    if (i < element->places.len) {
      use.line = element->places.data[i].line;
      use.column = element->places.data[i].column;
    }
    use.required = element->required && !use.enhance;
    ir_add_use(ir, use);
  }
}

PageId ir_lower_page(Ir *ir, const PageFacts *facts) {
  Page row = {.source = facts->source, .span = span_file(facts->source)};
  row.path = sym(ir, facts->path);
  row.name = sym(ir, facts->name);
  row.title = sym(ir, facts->title);
  PageId page = ir_add_page(ir, row);
  size_t before = ir->uses.len;
  for (size_t i = 0; i < facts->elements.len; i++)
    lower_element(ir, page, (uint32_t)i, &facts->elements.data[i]);
  ir_page(ir, page)->uses = since(before, ir->uses.len);
  return page;
}
