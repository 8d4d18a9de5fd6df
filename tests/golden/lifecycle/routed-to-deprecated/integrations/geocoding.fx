integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v1 deprecated { provider mapbox  module "./mapbox"  guide "./m.md" }
  release v2 deprecated { provider mapbox  module "./mapbox"  guide "./m.md"  until 2026-06-30  replaced-by v3 }
  release v3 { provider here  module "./here" }
  route percentage { v3 80%  v2 20%  v1 0% }
  route v2 when account == "old"
  canary v1 { 1% for 1h  rollback when error-rate > 5% }
  operation find() -> string
}
