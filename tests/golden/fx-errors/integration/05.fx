integartion typo {
  label "L"
}
intgration another { label "L" }
