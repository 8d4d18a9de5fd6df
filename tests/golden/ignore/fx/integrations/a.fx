// fxc-ignore FX2012: the CMS uses it
/// Places.
integration geocoding {
  label "// fxc-ignore FX2012: in a string" purpose "Find" render widget
  // fxc-ignore FX2013: there is no guide yet
  release v1 = 1.0.0 deprecated { provider mapbox }
  release v2 = 2.0.0 stable { provider mapbox }
  active v2 // fxc-ignore FX2013: nothing behind it
}
integration mapping {
  label "Map" purpose "Show" render widget
  release v1 = 1.0.0 deprecated { provider mapbox }
  release v2 = 2.0.0 stable { provider mapbox }
  active v2
}
