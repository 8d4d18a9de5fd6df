integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 stable { provider census }
  release v2 = 2.1.4 stable { provider mapbox }
  active v1
  migration-strategy parallel
  parallel-start 2026-02-01
  parallel-end 2026-06-30
  rollback-available-until 2026-07-14
  migrate v1 -> v2 { drop prop lang }
}
