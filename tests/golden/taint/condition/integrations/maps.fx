integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable { provider tiles  module "@acme/tiles"  env INVITE: secret  env ZONE: string = "eu" }
  release v2 = 2.0.0 beta { provider tiles  module "@acme/tiles" }
  active v1
  route v2 when invite == env.INVITE
  route v2 when zone in ["us", env.ZONE]
  route v2 when word == "env.NOTHING"
  route v2 when plan == "enterprise"
}
