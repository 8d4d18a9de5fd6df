project shop {
  environment live { flag two on  flag three off }
  environment test { flag three off  flag show_maps off }
}
