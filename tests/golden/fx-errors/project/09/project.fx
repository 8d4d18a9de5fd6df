project shop {
  alert { scan > 5 }
  rules { orphan: error, fallback }
}
