integration a }
  label "L"
{
