integration maps {
  label "Maps"  purpose "Draws with AIzaMARKERMARKERMARKERMARKERMARKER00000."
  prop style: "plain" | "grey"
  prop site: url?
  release v1 = 1.0.0 stable {
    provider tiles
    module "@acme/tiles"
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
  }
  release v2 = 2.0.0 beta { provider tiles  module "@acme/tiles" }
  active v1
  route v2 when invite == "AIzaMARKERMARKERMARKERMARKERMARKER00000"
}
