integration units {
  label "Units" purpose "Has a prop of every unit"
  prop wait: duration = 5m
  prop part: share = 50%
  prop room: size = 16KiB
  prop pace: rate = 50/s
  prop since: date = 2026-02-01
  prop often: duration? = 2s
  prop much: number = 2.5
  prop count: int = 3
  prop on: bool = true
  prop any: json = [1, "two", { three = false }]
  release v1 = 1.0.0 stable {
    provider p
    config { wait = 90s  part = 1%  room = 1MiB  pace = 30/m  since = 2026-02-01  none = null  yes = true  list = [1, "a"]  half = 0.5 }
  }
}
