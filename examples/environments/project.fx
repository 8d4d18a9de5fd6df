// Three environments of one project. A build names one of them: fxc build --env=production
project environments {
  concept "concept/**/*.html"

  // What looks like a place to type a parcel's number into, and asks nobody about it.
  discover {
    suggest parcel-tracking when xpath "//input[contains(@name, 'parcel')]"
  }

  environment development {
    provider parcel-tracking = sandbox  // answers from the developer's own machine
  }
  environment staging {
    set PARCEL_TOKEN
    flag parcel_events on  // the release that waits behind this flag is tried here first
  }
  environment production {
    set PARCEL_TOKEN
    flag parcel_events off
  }
}
