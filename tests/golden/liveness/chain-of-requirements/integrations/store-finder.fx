integration store-finder {
  label "L"
  purpose "P"
  release v1 = 1.0.0 stable { provider osm }
  release v2 = 2.0.0 beta { provider here  flag "new_finder"  requires maps }
  active v1
}
