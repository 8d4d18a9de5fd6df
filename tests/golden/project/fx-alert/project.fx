project shop { alert { scan >= 0s  error-rate > 5% over 5m } }
