view a "A" {
  p text
  p 'text'
  p "x", p "y"
}
