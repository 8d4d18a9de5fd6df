integration units {
  label "Units" purpose "Mixes up its units"
  prop wait: duration = 5%
  prop part: share = 5m
  prop room: size = 50/s
  prop pace: rate = 16KiB
  prop since: date = 5m
  prop count: int = 2.5
  prop much: number = "2"
  prop on: bool = 1
  prop off: bool = "false"
  release v1 = 1.0.0 stable { provider p }
}
