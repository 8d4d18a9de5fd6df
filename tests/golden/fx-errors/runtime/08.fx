integration a {
  alert { error-rate > 5 % over 5m }
  alert { fallback-rate => 5% over 5m }
  alert { error-rate 5% }
}
