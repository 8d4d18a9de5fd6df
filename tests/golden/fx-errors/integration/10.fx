integration twice-closed {
  label "L"
  purpose "P"
  }
  release v1 { provider p }
}
