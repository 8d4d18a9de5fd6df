integration a { label "L"  purpose "P" }
