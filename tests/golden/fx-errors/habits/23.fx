a-b:
  concept:
    label: L
    purpose: P
  prototype:
    integration: p
