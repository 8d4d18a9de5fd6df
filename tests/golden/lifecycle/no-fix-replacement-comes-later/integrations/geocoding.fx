integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v2 deprecated { provider mapbox  guide "./m.md"  replaced-by v3 }
  release v3 { provider here  available-from 2026-03-01 }
  active v2
}
