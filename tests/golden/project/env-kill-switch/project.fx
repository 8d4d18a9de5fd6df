project shop {
  environment live { flag maps off  flag use_v2 on }
  environment test { flag map off }
}
