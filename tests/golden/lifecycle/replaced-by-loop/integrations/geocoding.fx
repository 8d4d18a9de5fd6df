integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v1 deprecated { provider mapbox  guide "./m.md"  replaced-by v2 }
  release v2 deprecated { provider mapbox  guide "./m.md"  replaced-by v3 }
  release v3 deprecated { provider mapbox  guide "./m.md"  replaced-by v2 }
  release v4 deprecated { provider mapbox  guide "./m.md"  replaced-by v1 }
  release v5 deprecated { provider mapbox  guide "./m.md"  replaced-by v5 }
  release v6 { provider mapbox }
}
