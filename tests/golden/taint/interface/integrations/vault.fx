integration vault {
  label "Vault"  purpose "Keep things"
  prop token: secret?
  prop tint: string = "red"
  slot shown: output
  type Account { name: string  keys: Keys[] }
  type Keys { id: string  key: secret  parent: Keys? }
  event opened(name: string, key: secret)
  event told(account: Account)
  operation open(pin: secret, name: string) -> string
  operation read(name: string) -> Account
  operation list() -> Account[]
  on click of shown {
    call read(name = "a") -> account
    emit told(account)
  }
  release v1 = 1.0.0 stable {
    provider vaults
    open = post "https://vault.example/open" { json { name = name }  result "/name" }
    read = get "https://vault.example/read" { query { name = name } }
    list = get "https://vault.example/list"
  }
}
