integration a {
  prop a: string = = "x"
  prop b: (string
  prop c: string[
  prop d: string?? = null
  prop e: ? = 3
}
