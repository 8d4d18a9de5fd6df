integration lookup {
  label "Look up" purpose "Takes arguments of every kind"
  prop country: "us" | "ca" = "us"
  prop region: "us" | "ca" | "de" = "de"
  prop since: date = 2026-02-01
  prop wait: duration = 5m
  prop part: share = 5%
  prop count: int = 3
  prop much: number = 2.5
  prop names: string[] = ["a"]
  prop marks: string?[] = ["a"]
  prop counts: int[] = [1]
  slot street: input
  type Point { lat: number  lng: number  label: string? }
  type Other { lat: number  lng: number }
  event found(point: Point)
  operation good(country: "us" | "ca" | "de", much: number, text: string, names: string[], marks: string?[], point: Point) -> Point
  operation bad(country: "us" | "ca", count: int, wait: duration, counts: int[], names: string[], point: Other, flag: bool, all: json) -> Point
  on change of street {
    call good(country = country, much = count, text = since, names = names, marks = names, point = { lat = 1  lng = much }) -> point
    emit found(point)
    call good(country = "us", much = 2, text = "x", names = ["a", street.value], marks = ["a"], point = { lat = 1  lng = 2  label = street.value })
    call bad(country = region, count = much, wait = part, counts = names, names = marks, point = point, flag = count, all = counts)
    call bad(country = "fr", count = "5", wait = 5%, counts = [1, "a", true], names = { a = 1 }, point = { lat = 1 }, flag = null, all = null)
    call bad(country = [1], count = true, wait = null, counts = 5, names = [[1]], point = [1], flag = { a = 1 }, all = [1, { a = 2 }])
  }
  release v1 = 1.0.0 stable {
    provider loopback
    good = get "/good" { result { lat = "/lat"  lng = "/lng" } }
    bad = get "/bad" { result { lat = "/lat"  lng = "/lng" } }
  }
}
